"""The engine as a whole: it starts, follows others, outlives faults, does what it is told and ends at once."""

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from cointicker.domain.freshness import Cause, Failed, Fresh, Stale
from cointicker.engine import engine as engine_module
from cointicker.engine import keeping, supervision
from cointicker.engine.actions import MarkRead, Refresh, Star, Undo, UseCurrency, UseWatchlist
from cointicker.engine.engine import Engine
from cointicker.engine.leasing import LASTS
from cointicker.engine.ports import Sources, Topic
from cointicker.store.sqlite import SqliteStore
from engine.conftest import FEEDS, SETTINGS, Start
from engine.outside import FlawedSourceError, Outside, brings, entry, until
from fake_clock import START, Clock

ONE = FEEDS[0]
IDS = ("aaaa0001", "aaaa0002")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the engine does once in a second or half a minute, it does at once."""
    monkeypatch.setattr(engine_module, "_FOLLOW_EVERY", 0.01)
    monkeypatch.setattr(keeping, "_SHORTEST_SLEEP", 0.01)
    monkeypatch.setattr(supervision, "RESTART_AFTER", 0.01)


def _two_stories(outside: Outside) -> None:
    outside.feeds.answers[ONE.url] = brings(
        entry(IDS[0], "Bitcoin miners sell", ONE, at=START - 60), entry(IDS[1], "Ripple wins in court", ONE)
    )


def _marks(engine: Engine) -> list[tuple[bool, bool]]:
    return [(story.lead.read, story.lead.starred) for story in engine.snapshot.stories]


async def test_running_fetches_everything_and_closing_ends_it(start: Start, outside: Outside) -> None:
    _two_stories(outside)
    engine = start()
    await engine.load()
    running = asyncio.create_task(engine.run())
    snapshot = await until(engine, lambda now: bool(now.quotes and now.stories and now.mining and not now.news.busy))
    assert snapshot.market.freshness == Fresh(START)
    await engine.close()
    await asyncio.wait_for(running, 1)
    assert outside.market.closed
    assert outside.feeds.closed
    assert outside.made == 1


async def test_versions_grow_and_a_snapshot_that_was_given_out_never_changes(start: Start, outside: Outside) -> None:
    _two_stories(outside)
    engine = start()
    seen = [engine.snapshot]
    engine.subscribe(seen.append)
    await engine.market.refresh()
    await engine.news.refresh()
    outside.market.prices["bitcoin"] = 101.0
    await engine.market.refresh(force=True)
    assert [each.version for each in seen] == list(range(len(seen)))
    assert seen[0].quotes == {}
    prices = [each.quotes["bitcoin"].price for each in seen if each.quotes]
    assert prices == sorted(prices, key=lambda price: price or 0)
    assert set(prices) == {100.0, 101.0}


async def test_closing_in_the_middle_of_a_fetch_ends_in_a_second_and_leaves_no_task(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    outside.market.held = True
    engine = start(place=file)
    before = asyncio.all_tasks()
    running = asyncio.create_task(engine.run())
    await outside.market.arrived.wait()
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await engine.close()
    await running
    assert loop.time() - begun < 1
    assert asyncio.all_tasks() == before
    store = SqliteStore(file, clock)
    assert await store.leases.take("market:usd", LASTS)
    await store.close()


async def test_cancelling_the_run_ends_all_that_it_started(start: Start, outside: Outside) -> None:
    outside.market.held = True
    before = asyncio.all_tasks()
    running = asyncio.create_task(start().run())
    await outside.market.arrived.wait()
    running.cancel()
    await asyncio.wait([running])
    assert running.cancelled()
    assert {task for task in asyncio.all_tasks() - before if not task.done()} == set()


async def test_sources_that_are_still_being_made_when_it_closes_are_closed_too(outside: Outside, clock: Clock) -> None:
    making, go = threading.Event(), threading.Event()

    def make() -> Sources:
        making.set()
        go.wait(10)
        return outside.make()

    engine = Engine(SETTINGS, SqliteStore(None, clock), make, clock=clock)
    running = asyncio.create_task(engine.run())
    await asyncio.to_thread(making.wait, 10)
    closing = asyncio.create_task(engine.close())
    await running
    go.set()
    await closing
    assert outside.market.closed


async def test_an_error_that_nobody_foresaw_is_logged_said_once_and_got_over(
    engine: Engine, outside: Outside, caplog: pytest.LogCaptureFixture
) -> None:
    outside.market.trouble = FlawedSourceError("what nobody foresaw")
    running = asyncio.create_task(engine.run())
    await until(engine, lambda _: len(outside.market.asked) >= 3)
    said = [notice for notice in engine.snapshot.notices if notice.text.startswith("market:")]
    assert [(notice.grave, "internal error" in notice.text) for notice in said] == [(True, True)]
    assert caplog.text.count("market failed") >= 2
    assert "what nobody foresaw" in caplog.text
    assert not engine.snapshot.market.busy
    outside.market.trouble = None
    await until(engine, lambda now: now.market.freshness == Fresh(START))
    await engine.close()
    await running


async def test_sources_that_cannot_be_made_are_tried_again(outside: Outside, clock: Clock) -> None:
    tries = []

    def make() -> Sources:
        tries.append(1)
        if len(tries) < 3:
            raise FlawedSourceError("no such library")
        return outside.make()

    engine = Engine(SETTINGS, SqliteStore(None, clock), make, clock=clock)
    running = asyncio.create_task(engine.run())
    await until(engine, lambda now: bool(now.quotes))
    await engine.close()
    await running


async def test_what_another_pane_fetches_is_shown_without_asking(start: Start, outside: Outside, file: Path) -> None:
    _two_stories(outside)
    theirs = start(place=file)
    ours = start(place=file, offline=True)
    await ours.load()
    following = asyncio.create_task(ours.run())
    await theirs.market.refresh()
    await theirs.news.refresh()
    await theirs.mining.refresh()
    await until(ours, lambda now: bool(now.quotes and now.stories and now.mining and now.feeds))
    await theirs.news.mark([IDS[0]], read=True)
    await until(ours, lambda now: now.stories[0].read)
    outside.market.trouble = Failed("too many requests", START + 60, Cause.LIMITED)
    await theirs.market.refresh(force=True)
    assert outside.made == 1
    await ours.close()
    await following


async def test_the_failure_of_another_pane_is_shown_too(start: Start, outside: Outside, file: Path) -> None:
    theirs, ours = start(place=file), start(place=file)
    await theirs.market.refresh()
    await ours.load()
    outside.market.trouble = Failed("too many requests", START + 60, Cause.LIMITED)
    await theirs.market.refresh(force=True)
    following = asyncio.create_task(ours.run())
    await until(ours, lambda now: now.market.freshness == Stale(START, "too many requests", START + 60))
    assert len(outside.market.asked) == 2
    await ours.close()
    await following


async def test_our_own_writes_and_leases_are_no_news_to_us(start: Start, outside: Outside, file: Path) -> None:
    _two_stories(outside)
    engine, store = start.with_store(place=file)
    await engine.load()
    await engine.market.refresh()
    await engine.news.refresh()
    await engine.mining.refresh()
    await engine.news.mark([IDS[0]], read=True)
    assert await store.changed() == frozenset()
    other = start(place=file)
    await other.load()
    await other.market.refresh()
    assert await store.changed() == frozenset()
    await other.market.refresh(force=True)
    assert await store.changed() == {Topic.QUOTES, Topic.DEADLINES}


async def test_trouble_with_the_store_is_told_when_it_begins_and_once(
    start: Start, tmp_path: Path, outside: Outside
) -> None:
    (tmp_path / "file").write_text("in the way")
    engine = start(place=tmp_path / "file" / "shared.db")
    await engine.load()
    running = asyncio.create_task(engine.run())
    await until(engine, lambda now: bool(now.quotes))
    await engine.load()
    told = [notice for notice in engine.snapshot.notices if "Nothing is being kept" in notice.text]
    assert len(told) == 1
    await engine.close()
    await running


async def test_a_person_marks_stars_and_takes_it_back(start: Start, outside: Outside, file: Path) -> None:
    _two_stories(outside)
    engine = start(place=file)
    await engine.news.refresh()
    engine.do(MarkRead(IDS, read=True))
    await until(engine, lambda now: all(story.read for story in now.stories))
    engine.do(Star((IDS[0],), starred=True))
    await until(engine, lambda now: now.stories[0].lead.starred)
    assert _marks(engine) == [(True, True), (True, False)]
    engine.do(Undo())
    await until(engine, lambda now: not now.stories[0].lead.starred)
    engine.do(Undo())
    await until(engine, lambda now: not any(story.read for story in now.stories))
    engine.do(Undo())
    assert engine.snapshot.notices[-1].text == "nothing to undo"


async def test_undoing_leaves_what_was_read_before(start: Start, outside: Outside) -> None:
    _two_stories(outside)
    engine = start()
    await engine.news.refresh()
    engine.do(MarkRead((IDS[0],), read=True, quietly=True))
    await until(engine, lambda now: now.stories[0].read)
    engine.do(MarkRead(IDS, read=True))
    await until(engine, lambda now: now.stories[1].read)
    engine.do(Undo())
    await until(engine, lambda now: not now.stories[1].read)
    assert [read for read, _ in _marks(engine)] == [True, False]
    engine.do(Undo())
    assert engine.snapshot.notices[-1].text == "nothing to undo"


async def test_a_mark_made_just_before_quitting_is_kept(start: Start, outside: Outside, file: Path) -> None:
    _two_stories(outside)
    engine = start(place=file)
    await engine.news.refresh()
    engine.do(Star((IDS[0],), starred=True))
    await engine.close()
    later = start(place=file)
    await later.load()
    assert _marks(later) == [(False, True), (False, False)]


async def test_a_mark_made_while_headlines_are_read_is_not_undone_by_them(start: Start, outside: Outside) -> None:
    _two_stories(outside)
    engine = start()
    await engine.news.refresh()
    shown: list[bool] = []
    engine.subscribe(lambda now: shown.append(now.stories[0].read))
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0003", "A third headline of today", ONE, at=START - 900))
    engine.news.visits._health.clear()
    loading = asyncio.create_task(engine.news.refresh(force=True))
    for _ in range(3):
        await asyncio.sleep(0)
        engine.do(MarkRead((IDS[0],), read=True))
    await loading
    await until(engine, lambda now: now.stories[0].read)
    first = shown.index(True)
    assert all(shown[first:])


async def test_the_watchlists_go_round(engine: Engine) -> None:
    for index, name in ((1, "Mine"), (2, "Majors"), (-1, "Mine")):
        engine.do(UseWatchlist(index))
        assert engine.snapshot.watchlist.name == name


async def test_another_currency_shows_what_is_stored_in_it_and_fetches(start: Start, outside: Outside) -> None:
    engine = start()
    running = asyncio.create_task(engine.run())
    await until(engine, lambda now: now.market.freshness == Fresh(START))
    engine.do(UseCurrency("eur"))
    snapshot = await until(engine, lambda now: now.currency == "eur" and bool(now.quotes))
    assert {quote.currency for quote in snapshot.quotes.values()} == {"eur"}
    engine.do(UseCurrency("usd"))
    snapshot = await until(engine, lambda now: now.currency == "usd" and bool(now.quotes))
    assert {quote.currency for quote in snapshot.quotes.values()} == {"usd"}
    assert snapshot.market.freshness == Fresh(START)
    await engine.close()
    await running


async def test_a_refresh_asks_everything_again_but_not_for_every_key_press(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    running = asyncio.create_task(engine.run())
    await until(engine, lambda now: bool(now.quotes and now.mining and now.feeds_ok == 2 and not now.news.busy))
    clock.pass_by(31)
    for _ in range(10):
        engine.do(Refresh())
    await until(engine, lambda now: now.market.freshness == Fresh(START + 31))
    await until(engine, lambda now: now.mining_part.freshness == Fresh(START + 31))
    await until(engine, lambda now: now.news.freshness == Fresh(START + 31) and not now.news.busy)
    assert (len(outside.market.asked), outside.mine.asked, len(outside.feeds.visits)) == (2, 2, 4)
    await engine.close()
    await running


async def test_a_refresh_within_a_wait_that_was_asked_for_says_so(engine: Engine, outside: Outside) -> None:
    outside.market.trouble = Failed("too many requests", START + 300, Cause.LIMITED)
    await engine.market.refresh()
    engine.do(Refresh())
    assert engine.snapshot.notices[-1].text == "CoinGecko asked us to wait until 08:05"


async def test_offline_nothing_is_fetched_whatever_is_asked(start: Start, outside: Outside) -> None:
    engine = start(offline=True)
    await engine.load()
    running = asyncio.create_task(engine.run())
    engine.do(Refresh())
    assert engine.snapshot.notices[-1].text == "--offline fetches nothing"
    engine.do(UseCurrency("eur"))
    await until(engine, lambda now: now.currency == "eur")
    await engine.close()
    await running
    assert outside.made == 0


async def test_an_unknown_watchlist_shows_the_first(clock: Clock, outside: Outside) -> None:
    for name, shown in (("Mine", "Mine"), ("Nonesuch", "Majors"), (None, "Majors")):
        engine = Engine(SETTINGS, SqliteStore(None, clock), outside.make, clock=clock, watchlist=name)
        assert engine.snapshot.watchlist.name == shown
        await engine.close()


async def test_the_house_is_kept(
    start: Start, outside: Outside, clock: Clock, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_FIRST_HOUSEKEEPING", 0.01)
    _two_stories(outside)
    settings = replace(SETTINGS, news=replace(SETTINGS.news, keep_days=30.0))
    await start(settings, place=file).news.refresh()
    clock.pass_by(31 * 86_400)
    store = SqliteStore(file, clock)
    await store.changed()
    engine = start(settings, place=file, offline=True)
    running = asyncio.create_task(engine.run())
    async with asyncio.timeout(5):
        while await store.headlines(10):
            await store.changed()
    await engine.close()
    await running
    await store.close()
