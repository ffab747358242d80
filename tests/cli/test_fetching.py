"""Several processes, one fetcher: a command waits for what another one is fetching."""

import asyncio
import io
import json
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cli.command_line import quote
from cointicker.cli import fetching, news
from cointicker.cli.fetching import describe, judge_stored
from cointicker.cli.forms.reports import News, Prices
from cointicker.cli.output import Out
from cointicker.cli.prices import show_prices
from cointicker.config.settings import NewsSettings, Settings
from cointicker.domain.freshness import Failed, Fresh, Stale
from cointicker.domain.market import DEFAULT_WATCHLIST
from cointicker.domain.news import Feed, FeedHealth
from cointicker.engine.engine import Engine
from cointicker.engine.leasing import LASTS
from cointicker.engine.ports import Deadline, FeedAnswer, FeedSource, FoundFeed, Sources
from cointicker.sources.demo import DEMO_FEEDS, demo_sources
from cointicker.store.sqlite import SqliteStore
from fake_clock import START, Clock

_LEASE = "market:usd"


def no_sources() -> Sources:
    raise AssertionError("another process fetches")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def other(tmp_path: Path, clock: Clock) -> AsyncIterator[SqliteStore]:
    """The store of another process, which is fetching prices."""
    store = SqliteStore(tmp_path / "cointicker.db", clock)
    assert await store.leases.take(_LEASE, LASTS)
    yield store
    await store.close()


async def save(store: SqliteStore, at: float) -> None:
    """Store prices of the usual watchlist, fetched at a time."""
    quotes = [replace(quote(coin, rank), fetched_at=at) for rank, coin in enumerate(DEFAULT_WATCHLIST, 1)]
    await store.save_quotes(quotes)
    await store.save_deadline(_LEASE, Deadline(fetched_at=at, next_at=at + 60))


async def prices(tmp_path: Path, clock: Clock, *coins: str) -> tuple[int, Any]:
    """Exit status and document of ``prices --json`` in a process that may not fetch."""
    text = io.StringIO()
    engine = Engine(Settings(), SqliteStore(tmp_path / "cointicker.db", clock), no_sources, clock=clock)
    try:
        out = Out(text, io.StringIO())
        status = await show_prices(engine, Prices(coins, json=True), out, list_given=False)
    finally:
        await engine.close()
    return status, json.loads(text.getvalue())


async def test_a_command_waits_for_the_answer_that_another_process_fetches(
    tmp_path: Path, clock: Clock, other: SqliteStore
) -> None:
    waiting = asyncio.create_task(prices(tmp_path, clock))
    await save(other, START)
    status, document = await waiting
    assert (status, document["state"], document["reason"]) == (0, "fresh", None)
    assert len(document["quotes"]) == len(DEFAULT_WATCHLIST)


async def test_waiting_ends_in_words(
    tmp_path: Path, clock: Clock, other: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "WAIT_SECONDS", 0.0)
    status, document = await prices(tmp_path, clock)
    assert (status, document["state"], document["quotes"]) == (1, "failed", [])
    assert "another cointicker" in document["reason"]


async def test_old_prices_are_shown_when_the_other_process_is_slow(
    tmp_path: Path, clock: Clock, other: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "WAIT_SECONDS", 0.0)
    await save(other, START)
    clock.pass_by(630)
    assert await other.leases.take(_LEASE, LASTS)
    status, document = await prices(tmp_path, clock)
    assert (status, document["state"]) == (3, "stale")
    assert "another cointicker" in document["reason"]


async def test_what_is_new_enough_is_shown_without_waiting(tmp_path: Path, clock: Clock, other: SqliteStore) -> None:
    await save(other, START)
    clock.pass_by(20)
    status, document = await prices(tmp_path, clock, "bitcoin")
    assert (status, document["state"]) == (0, "fresh")


def test_stored_data_are_judged_by_their_age() -> None:
    assert judge_stored(START, 60, START + 59) == Fresh(START)
    assert isinstance(judge_stored(START, 60, START + 60), Stale)
    assert isinstance(judge_stored(None, 60, START), Failed)


def test_the_next_try_is_told_while_it_lies_ahead() -> None:
    state = Stale(START, "the server is down", START + 120)
    assert describe(state, START) == "the server is down; the next try is due in 2m"
    assert describe(state, START + 120) == "the server is down"
    assert describe(Fresh(START), START) == ""


class SlowFeeds:
    """Feeds of the demo, one of which never answers."""

    def __init__(self, quick: FeedSource, slow: str) -> None:
        self._quick = quick
        self._slow = slow

    async def fetch(self, feed: Feed, health: FeedHealth | None) -> FeedAnswer | Failed:
        if feed.url == self._slow:
            await asyncio.Event().wait()
        return await self._quick.fetch(feed, health)

    async def discover(self, url: str) -> tuple[FoundFeed, ...] | Failed:
        return await self._quick.discover(url)

    async def read_outline(self, document: bytes) -> tuple[Feed, ...] | Failed:
        return await self._quick.read_outline(document)

    async def close(self) -> None:
        await self._quick.close()


async def test_a_feed_that_hangs_does_not_hold_up_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "FEED_SECONDS", 2.0)
    demo = demo_sources(time.time)
    sources = replace(demo, feeds=SlowFeeds(demo.feeds, DEMO_FEEDS[0].url))
    settings = replace(Settings(), news=NewsSettings(feeds=DEMO_FEEDS))
    engine = Engine(settings, SqliteStore(None, time.time), lambda: sources, demo=True)
    text = io.StringIO()
    try:
        status = await news.show_news(engine, News(json=True, limit=200), Out(text, io.StringIO()))
    finally:
        await engine.close()
    document = json.loads(text.getvalue())
    assert (status, document["state"]) == (0, "fresh")
    assert {headline["source"] for headline in document["headlines"]} >= {DEMO_FEEDS[1].name}
    assert document["feeds"]["ok"] == len(DEMO_FEEDS) - 1
