"""Engines with a real store and an outside that the test plays."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cointicker.config.holdings import LotBook
from cointicker.config.settings import MarketSettings, NewsSettings, Settings
from cointicker.domain.market import Watchlist
from cointicker.domain.news import Feed
from cointicker.engine.engine import Engine
from cointicker.engine.notifying import Notifier
from cointicker.store.sqlite import SqliteStore
from engine.outside import Outside
from fake_clock import Clock

FEEDS = (
    Feed("https://one.example/feed", "One", ("Mining",)),
    Feed("https://two.example/feed", "Two"),
)
SETTINGS = Settings(
    watchlists=(Watchlist("Majors", ("bitcoin", "ethereum")), Watchlist("Mine", ("kaspa",))),
    market=MarketSettings(refresh=60),
    news=NewsSettings(feeds=FEEDS, refresh=600),
)


class Start:
    """Makes engines, each with a store in memory or on a file, and closes them after the test."""

    def __init__(self, clock: Clock, outside: Outside) -> None:
        self._clock = clock
        self._outside = outside
        self.engines: list[Engine] = []

    def __call__(self, settings: Settings = SETTINGS, *, place: Path | None = None, offline: bool = False) -> Engine:
        return self.with_store(settings, place=place, offline=offline)[0]

    def with_store(
        self,
        settings: Settings = SETTINGS,
        *,
        place: Path | None = None,
        offline: bool = False,
        lots: LotBook | None = None,
        notifier: Notifier | None = None,
    ) -> tuple[Engine, SqliteStore]:
        """The engine, and the store that it was given."""
        store = SqliteStore(place, self._clock)
        engine = Engine(
            *(settings, store, self._outside.make),
            clock=self._clock,
            offline=offline,
            lots=lots,
            notifier=notifier,
        )
        self.engines.append(engine)
        return engine, store


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def outside(clock: Clock) -> Outside:
    return Outside(clock)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a store that several engines share may be."""
    return tmp_path / "data" / "shared.db"


@pytest.fixture
async def start(clock: Clock, outside: Outside) -> AsyncIterator[Start]:
    start = Start(clock, outside)
    yield start
    for engine in start.engines:
        await engine.close()


@pytest.fixture
def engine(start: Start) -> Engine:
    return start()
