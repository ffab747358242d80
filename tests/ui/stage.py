"""The whole screen over a real engine, played by a test: a clock that is held, sources that say what they are told."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from textual import events
from textual.pilot import Pilot

from cointicker.config.holdings import LotBook
from cointicker.config.paths import shipped_themes
from cointicker.config.settings import MarketSettings, NewsSettings, Settings, UiSettings
from cointicker.config.themes import Theme, load_themes
from cointicker.domain.market import DEFAULT_WATCHLIST, Watchlist
from cointicker.engine.actions import ShowGlobal
from cointicker.engine.engine import Engine
from cointicker.engine.ports import Sources
from cointicker.engine.state import Snapshot
from cointicker.sources.demo import DEMO_FEEDS, demo_sources
from cointicker.sources.demo_market import EPOCH, TICK
from cointicker.sources.demo_personal import DEMO_HOLDINGS
from cointicker.store.sqlite import SqliteStore
from cointicker.ui.app import CointickerApp
from cointicker.ui.screens.main import MainScreen
from cointicker.ui.widgets.article import ArticleView
from cointicker.ui.widgets.headlines import Headlines
from cointicker.ui.widgets.watchlist import WatchlistTable
from fake_clock import Clock

FULL = (120, 36)
"""Columns and rows with room for every pane."""
SECONDS_TO_WAIT = 30.0
"""After so long something that ought to happen has not happened."""

WATCHLISTS = (
    Watchlist("Majors", DEFAULT_WATCHLIST),
    Watchlist("Mine", ("kaspa", "bitcoin")),
    Watchlist("DeFi", ("uniswap", "aave")),
)
STILL = UiSettings(page_seconds=3600)
"""The bar turns no page while a test looks."""


def settings_of(**changes: Any) -> Settings:
    """Settings with three watchlists and a bar that does not turn by itself."""
    return replace(Settings(watchlists=WATCHLISTS, ui=STILL), **changes)


def demo_settings(**changes: Any) -> Settings:
    """The same for the demo world."""
    return settings_of(
        market=MarketSettings(refresh=TICK), news=NewsSettings(feeds=DEMO_FEEDS[:4], refresh=600), **changes
    )


@cache
def themes() -> dict[str, Theme]:
    """The shipped themes by name."""
    return dict(load_themes([shipped_themes()]).themes)


@dataclass
class Stage:
    """An app that runs, and what one does with it."""

    app: CointickerApp
    engine: Engine
    clock: Clock
    pilot: Pilot[None]

    @property
    def main(self) -> MainScreen:
        """The main screen, whatever lies over it."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    @property
    def headlines(self) -> Headlines:
        """The list of headlines."""
        return self.main.headlines

    @property
    def article(self) -> ArticleView:
        """The article view."""
        return self.main.article

    @property
    def watchlist(self) -> WatchlistTable:
        """The table of coins."""
        return self.main.watchlist

    @property
    def focus(self) -> str:
        """The id of what has the focus; empty where nothing has."""
        focused = self.app.focused
        return (focused.id or "") if focused is not None else ""

    @property
    def titles(self) -> list[str]:
        """The headlines that the list holds."""
        return [entry.story.lead.title for entry in self.headlines.river.shown]

    async def press(self, *keys: str) -> None:
        """Press keys, and let what they do be done."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def hold(self, key: str, times: int) -> None:
        """Hold a key down: it repeats sooner than the screen can follow."""
        for _ in range(times):
            self.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await self.pilot.pause()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Let things happen until something is true."""
        async with asyncio.timeout(SECONDS_TO_WAIT):
            while not condition():
                await self.pilot.pause()
        await self.pilot.pause()

    async def open_current(self) -> None:
        """Open the current headline and wait for its text."""
        await self.press("enter")
        await self.text_is_there()

    async def text_is_there(self) -> None:
        """Wait for the text of the article that is open."""
        await self.until(lambda: self.article.reading is not None and self.article.reading.article is not None)

    async def fetch(self) -> None:
        """Fetch what is due at the time of the clock, and show it."""
        await self.engine.market.refresh()
        await self.engine.news.refresh()
        await self.engine.mining.refresh()
        await self.shown()

    async def shown(self) -> None:
        """Wait until the screen shows the engine's state."""
        await self.until(lambda: self.main.snapshot is self.engine.snapshot)

    def rows(self) -> list[str]:
        """What the terminal shows, row by row, with nothing for the right half of a wide sign."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    def text(self) -> str:
        """What the terminal shows."""
        return "\n".join(self.rows())

    def find(self, wanted: str, nth: int = 0) -> tuple[int, int]:
        """Column and row where a text begins on the screen; only where all signs before it are one cell wide."""
        places = [
            (column, row)
            for row, text in enumerate(self.rows())
            for column in range(len(text))
            if text.startswith(wanted, column)
        ]
        assert len(places) > nth, f"{wanted!r} is not on the screen:\n{self.text()}"
        return places[nth]

    async def click(self, wanted: str, nth: int = 0, *, shift: int = 0) -> None:
        """Click on a text, ``shift`` cells to the right of its beginning."""
        column, row = self.find(wanted, nth)
        await self.click_at(column + shift, row)

    async def click_at(self, column: int, row: int) -> None:
        """Click on a cell of the screen."""
        await self.pilot.click(offset=(column, row))
        await self.pilot.pause()


async def load_all(engine: Engine) -> None:
    """Fetch everything once, so that nothing is under way and nothing is due."""
    await engine.load()
    await engine.market.refresh()
    await engine.news.refresh()
    await engine.mining.refresh()
    engine.do(ShowGlobal(shown=True))
    await engine.whole_market.refresh()


def make_app(engine: Engine, theme: str = "midnight", problems: Sequence[str] = ()) -> CointickerApp:
    """The app over an engine, without a terminal."""
    return CointickerApp(engine, engine.settings, themes(), theme, problems=problems, driver=None)


def demo_engine(clock: Clock, settings: Settings | None = None) -> Engine:
    """An engine over the demo world and a store in memory."""
    lots = LotBook(None, DEMO_HOLDINGS)
    return make_engine(settings or demo_settings(), clock, lambda: demo_sources(clock), demo=True, lots=lots)


def make_engine(
    settings: Settings,
    clock: Clock,
    make_sources: Callable[[], Sources],
    *,
    demo: bool = False,
    offline: bool = False,
    lots: LotBook | None = None,
) -> Engine:
    """An engine over a store in memory."""
    store = SqliteStore(None, clock)
    return Engine(settings, store, make_sources, clock=clock, demo=demo, offline=offline, lots=lots)


@asynccontextmanager
async def show(
    engine: Engine,
    clock: Clock,
    size: tuple[int, int] = FULL,
    *,
    theme: str = "midnight",
    problems: Sequence[str] = (),
) -> AsyncIterator[Stage]:
    """Run the app over an engine until the block ends; closes both."""
    app = make_app(engine, theme, problems)
    try:
        async with app.run_test(size=size) as pilot:
            stage = Stage(app, engine, clock, pilot)
            await stage.shown()
            yield stage
    finally:
        await engine.close()


@asynccontextmanager
async def demo(size: tuple[int, int] = FULL, **options: Any) -> AsyncIterator[Stage]:
    """The demo world on the screen, with everything fetched."""
    clock = Clock(EPOCH)
    engine = demo_engine(clock, options.pop("settings", None))
    await load_all(engine)
    async with show(engine, clock, size, **options) as stage:
        yield stage


def quotes_of(snapshot: Snapshot) -> list[str]:
    """Symbols of the watched coins that have a quote."""
    return [snapshot.quotes[coin].symbol for coin in snapshot.watchlist.coins if coin in snapshot.quotes]
