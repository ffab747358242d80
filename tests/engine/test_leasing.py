"""Leases: renewed while the work goes on, lost by whoever sleeps over them, and then nothing is stored or asked for."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from cointicker.domain.charts import ChartPoint, Span
from cointicker.domain.freshness import Failed, Fresh
from cointicker.domain.news import Content
from cointicker.engine import leasing
from cointicker.engine.engine import Engine
from cointicker.engine.leasing import LASTS, Held, holding, in_turn
from cointicker.engine.ports import Sources
from cointicker.store.leases import LeaseBook
from cointicker.store.sqlite import SqliteStore
from engine.conftest import SETTINGS, Start
from engine.outside import Outside, brings, entry, page
from fake_clock import START, Clock

ONE = SETTINGS.news.feeds[0]
Opened = Callable[[], SqliteStore]


@pytest.fixture
async def store(file: Path, clock: Clock) -> SqliteStore:
    return SqliteStore(file, clock)


class Watched(LeaseBook):
    """Leases that tell how often they were renewed."""

    renewals = 0
    often = 3

    def __init__(self, book: LeaseBook) -> None:
        self.__dict__ |= book.__dict__
        self.enough = asyncio.Event()

    async def renew(self, name: str, ticket: str, seconds: float) -> bool | None:
        renewed = await super().renew(name, ticket, seconds)
        self.renewals += 1
        if self.renewals >= self.often:
            self.enough.set()
        return renewed


async def _sleep_over_the_lease(engine: Engine, outside: Outside, clock: Clock) -> asyncio.Task[object]:
    """Let an engine ask for prices and do nothing more until its lease is over; what it does then is the task's."""
    outside.market.held = True
    asking = asyncio.create_task(engine.market.refresh())
    await outside.market.arrived.wait()
    outside.market.held = False
    clock.pass_by(LASTS)
    return asking


async def test_who_slept_over_the_lease_stores_nothing_and_shows_what_the_next_one_fetched(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    sleeper, next_one = start(place=file), start(place=file)
    asking = await _sleep_over_the_lease(sleeper, outside, clock)
    outside.market.prices = {"bitcoin": 200.0, "ethereum": 20.0}
    assert await next_one.market.refresh() == Fresh(START + LASTS)
    clock.pass_by(1)
    outside.market.prices = {"bitcoin": 150.0}
    outside.market.go.set()
    assert await asking == Fresh(START + LASTS)
    assert sleeper.snapshot.quotes["bitcoin"].price == 200.0
    await next_one.market.load()
    assert next_one.snapshot.quotes["bitcoin"].price == 200.0
    await sleeper.market.refresh()
    assert len(outside.market.asked) == 2


async def test_a_failure_that_comes_after_the_lease_was_lost_counts_for_nothing(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    sleeper, next_one = start(place=file), start(place=file)
    asking = await _sleep_over_the_lease(sleeper, outside, clock)
    await next_one.market.refresh()
    outside.market.trouble = Failed("no network")
    outside.market.go.set()
    assert await asking == Fresh(START + LASTS)
    await next_one.market.load()
    assert next_one.snapshot.market.freshness == Fresh(START + LASTS)


async def test_who_lost_the_lease_before_asking_does_not_ask(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    making, go = threading.Event(), threading.Event()

    def make_slowly() -> Sources:
        making.set()
        go.wait(10)
        return outside.make()

    store = SqliteStore(file, clock)
    sleeper, next_one = Engine(SETTINGS, store, make_slowly, clock=clock), start(place=file)
    start.engines.append(sleeper)
    asking = asyncio.create_task(sleeper.market.refresh())
    await asyncio.to_thread(making.wait, 10)
    clock.pass_by(LASTS)
    await next_one.market.refresh()
    go.set()
    assert await asking == Fresh(START + LASTS)
    assert len(outside.market.asked) == 1


async def test_mining_and_feeds_that_were_slept_over_are_left_to_the_next(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0001", "Old", ONE))
    making, go = threading.Event(), threading.Event()

    def make_slowly() -> Sources:
        making.set()
        go.wait(10)
        return outside.make()

    sleeper = Engine(SETTINGS, SqliteStore(file, clock), make_slowly, clock=clock)
    start.engines.append(sleeper)
    asking = asyncio.gather(sleeper.mining.refresh(), sleeper.news.refresh())
    await asyncio.to_thread(making.wait, 10)
    next_one = start(place=file)
    clock.pass_by(LASTS)
    await next_one.mining.refresh()
    await next_one.news.refresh()
    go.set()
    await asking
    assert outside.mine.asked == 1
    assert sorted(outside.feeds.visits) == sorted(feed.url for feed in SETTINGS.news.feeds)
    assert [story.lead.headline_id for story in sleeper.snapshot.stories] == ["aaaa0001"]


async def test_a_lease_is_renewed_while_the_work_goes_on(
    store: SqliteStore, clock: Clock, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leasing, "_RENEW_EVERY", 0.001)
    watched, other = Watched(store.leases), SqliteStore(file, clock)
    async with holding(watched, "market") as held:
        assert held is not None
        await watched.enough.wait()
        clock.pass_by(LASTS - 1)
        watched.enough.clear()
        await watched.enough.wait()
        clock.pass_by(LASTS - 1)
        assert await other.leases.take("market", LASTS) is None
        assert await held.confirm()
    assert await other.leases.take("market", LASTS)
    await store.close()
    await other.close()


async def test_work_that_never_gets_any_further_keeps_no_lease(
    store: SqliteStore, clock: Clock, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leasing, "_RENEW_EVERY", 0.001)
    monkeypatch.setattr(leasing, "_MOST_RENEWALS", 3)
    ticket = await store.leases.take("market", LASTS)
    assert ticket
    held = Held(store.leases, "market", ticket)
    async with asyncio.timeout(10):
        await held.keep()
    clock.pass_by(LASTS)
    other = SqliteStore(file, clock)
    assert await other.leases.take("market", LASTS)
    assert not await held.confirm()
    await store.close()
    await other.close()


async def test_a_turn_comes_when_the_other_is_done(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leasing, "_LOOK_EVERY", 0.001)
    done: list[str] = []

    async def work(name: str) -> None:
        async with in_turn(store.leases, "chart") as held:
            assert held is not None
            done.append(f"{name} begins")
            await asyncio.sleep(0)
            done.append(f"{name} ends")

    await asyncio.gather(work("one"), work("two"))
    assert [each.split()[1] for each in done] == ["begins", "ends"] * 2
    await store.close()


async def test_nobody_waits_for_ever_for_a_turn(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leasing, "PATIENCE", 0.0)
    async with holding(store.leases, "chart"), in_turn(store.leases, "chart") as held:
        assert held is None
    await store.close()


async def test_a_chart_that_two_panes_want_at_once_is_fetched_once(
    start: Start, outside: Outside, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leasing, "_LOOK_EVERY", 0.001)
    outside.market.points = (ChartPoint(START - 600, 1.0), ChartPoint(START, 2.0))
    panes = [start(place=file) for _ in range(3)]
    charts = await asyncio.gather(*(pane.chart("bitcoin", Span.DAY) for pane in panes))
    assert not [chart for chart in charts if isinstance(chart, Failed)]
    assert len(outside.market.questions) == 1


async def test_a_page_that_two_panes_open_at_once_is_fetched_once(
    start: Start, outside: Outside, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leasing, "_LOOK_EVERY", 0.001)
    headline = entry("aaaa0001", "Both read this", ONE)
    outside.articles.pages[headline.url] = page("All of it")
    panes = [start(place=file) for _ in range(2)]
    articles = await asyncio.gather(*(pane.open(headline) for pane in panes))
    assert [article.content for article in articles] == [Content.PAGE] * 2
    assert outside.articles.fetched == [headline.url]
