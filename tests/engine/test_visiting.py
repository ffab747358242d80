"""How feeds are visited: as seldom as their servers ask, wherever they have moved, and never when they are gone."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.config.settings import Settings
from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.news import Feed, FeedHealth
from cointicker.engine.actions import AddFeeds, CheckFeeds, RemoveFeed, Undo
from cointicker.engine.engine import Engine
from cointicker.engine.ports import FeedAnswer
from cointicker.engine.schedule import next_visit
from engine.conftest import FEEDS, SETTINGS, Start
from engine.outside import Outside, brings, entry, until
from fake_clock import START, Clock

ONE, TWO = FEEDS
SIBLING = Feed("https://one.example/other", "Sibling")
NEW_HOME = "https://new.example/feed"
DAY = 86_400.0
LIMITED = Failed("asks for fewer visits", START + 900, Cause.LIMITED)
GONE = Failed("has taken this feed down for good", None, Cause.GONE)
MONDAY = 4 * DAY
"""The first of Unix time."""


def _with(*feeds: Feed) -> Settings:
    return replace(SETTINGS, news=replace(SETTINGS.news, feeds=feeds))


def _notices(engine: Engine) -> list[str]:
    return [notice.text for notice in engine.snapshot.notices]


def _health(engine: Engine, feed: Feed) -> FeedHealth:
    return next(health for health in engine.snapshot.feeds if health.url == feed.url)


async def _days(engine: Engine, outside: Outside, clock: Clock, answers: Sequence[FeedAnswer | Failed]) -> FeedHealth:
    """What is known of the first feed after a visit on each of so many days."""
    for answer in answers:
        outside.feeds.answers[ONE.url] = answer
        await engine.news.refresh()
        clock.pass_by(DAY * 1.2)
    return _health(engine, ONE)


@pytest.mark.parametrize("answer", [LIMITED, replace(LIMITED, retry_at=None)], ids=["with a time", "without"])
async def test_what_one_feed_is_told_to_wait_holds_for_its_host_and_over_restarts(
    start: Start, outside: Outside, clock: Clock, file: Path, answer: Failed
) -> None:
    outside.feeds.answers[ONE.url] = answer
    engine = start(_with(ONE, SIBLING, TWO), place=file)
    await engine.news.refresh()
    assert sorted(outside.feeds.visits) == [ONE.url, TWO.url]
    until_then = _health(engine, ONE).next_at
    later = start(_with(ONE, SIBLING, TWO), place=file)
    await later.news.refresh(force=True)
    later.do(CheckFeeds((SIBLING.url,)))
    await until(later, lambda now: any("Sibling" in notice.text for notice in now.notices))
    assert len(outside.feeds.visits) == 2
    assert _notices(later)[-1].startswith("Sibling asked us to wait until ")
    clock.pass_by(until_then - START)
    outside.feeds.answers[ONE.url] = FeedAnswer()
    await later.news.refresh()
    assert {ONE.url, SIBLING.url} <= set(outside.feeds.visits[2:])


async def test_a_feed_that_was_put_off_for_its_host_tells_until_when(start: Start, outside: Outside) -> None:
    outside.feeds.answers[ONE.url] = LIMITED
    engine = start(_with(ONE, SIBLING, TWO))
    assert await engine.subscriptions.check([feed.url for feed in (ONE, SIBLING, TWO)]) == (SIBLING,)
    sibling = _health(engine, SIBLING)
    assert (sibling.name, sibling.checked_at, sibling.next_at) == ("Sibling", None, START + 900)
    assert (engine.snapshot.feeds_ok, engine.snapshot.feeds_total) == (1, 3)


async def test_a_host_that_asks_us_to_wait_is_not_asked_for_its_feeds_either(engine: Engine, outside: Outside) -> None:
    outside.feeds.answers[ONE.url] = LIMITED
    await engine.news.refresh()
    found = await engine.subscriptions.find("one.example/news")
    assert isinstance(found, Failed)
    assert (found.cause, found.retry_at) == (Cause.LIMITED, START + 900)
    assert found.why.startswith("one.example asked us to wait until ")
    assert outside.feeds.looked_at == []
    await engine.subscriptions.find("two.example")
    assert outside.feeds.looked_at


async def test_a_feed_has_an_interval_of_its_own(start: Start, outside: Outside) -> None:
    engine = start(_with(replace(ONE, refresh=3600.0), replace(TWO, refresh=60.0)))
    await engine.news.refresh()
    assert START + 3600 <= _health(engine, ONE).next_at <= START + 3960
    assert START + 60 <= _health(engine, TWO).next_at <= START + 66


async def test_what_the_feed_itself_asks_for_holds_also_while_it_is_unchanged(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    outside.feeds.answers[ONE.url] = FeedAnswer(wait=7200, pace=7200)
    await engine.news.refresh()
    clock.pass_by(8000)
    outside.feeds.answers[ONE.url] = FeedAnswer(unchanged=True, wait=60)
    await engine.news.refresh()
    assert _health(engine, ONE).next_at >= START + 8000 + 7200
    clock.pass_by(8000)
    outside.feeds.answers[ONE.url] = FeedAnswer()
    await engine.news.refresh()
    assert _health(engine, ONE).next_at <= START + 16_000 + 660


@pytest.mark.parametrize("cause", [Cause.BROKEN, Cause.SERVER, Cause.LIMITED, Cause.MISSING, Cause.BLOCKED])
async def test_a_feed_that_fails_is_asked_no_sooner_than_one_that_does_not(
    start: Start, outside: Outside, clock: Clock, cause: Cause
) -> None:
    engine = start(_with(replace(ONE, refresh=1800.0), replace(TWO, refresh=1800.0)))
    outside.feeds.answers[TWO.url] = FeedAnswer(pace=7200)
    await engine.news.refresh()
    clock.pass_by(3 * 3600)
    for feed in (ONE, TWO):
        outside.feeds.answers[feed.url] = Failed("failed", None, cause)
    await engine.news.refresh()
    assert _health(engine, ONE).next_at >= clock.now + 1800
    assert _health(engine, TWO).next_at >= clock.now + 7200


async def test_a_host_that_cannot_be_reached_is_tried_again_soon_but_not_for_ever(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    outside.feeds.answers[ONE.url] = Failed("cannot be reached", None, Cause.OFFLINE)
    waits = []
    for _ in range(10):
        await engine.news.refresh()
        waits.append(_health(engine, ONE).next_at - clock.now)
        clock.pass_by(waits[-1])
    assert waits[0] <= 10
    assert waits == sorted(waits)
    assert 600 <= waits[-1] <= 660


def test_quiet_hours_put_a_visit_off() -> None:
    night = frozenset(range(22, 24)) | frozenset(range(24, 30))  # Monday 22:00 to Tuesday 6:00
    at = next_visit(MONDAY + 21.9 * 3600, 600, None, "x", night)
    assert MONDAY + 30 * 3600 <= at <= MONDAY + 30 * 3600 + 600
    assert next_visit(MONDAY, 600, None, "x", night) < MONDAY + 661


@given(
    now=st.floats(0, 4e9), interval=st.floats(60, DAY), asked=st.none() | st.floats(0, 1e9),
    quiet=st.frozensets(st.integers(0, 167)),
)  # fmt: skip
def test_the_next_visit_is_never_sooner_than_allowed_nor_much_later_than_two_days(
    now: float, interval: float, asked: float | None, quiet: frozenset[int]
) -> None:
    wait = next_visit(now, interval, asked, "name", quiet) - now
    assert wait >= min(DAY, max(interval, asked or 0)) - 1e-6
    assert wait <= 2.2 * DAY


async def test_a_move_is_believed_when_it_was_named_on_three_days(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    moved = FeedAnswer(moved_to=NEW_HOME)
    assert (await _days(engine, outside, clock, [moved, moved])).address == ""
    await engine.news.refresh()
    assert _health(engine, ONE).address == NEW_HOME
    assert f"One has moved for good: {NEW_HOME} is used from now on" in _notices(engine)
    clock.pass_by(DAY * 1.2)
    outside.feeds.answers[ONE.url] = FeedAnswer(unchanged=True)
    await engine.news.refresh()
    seen = outside.feeds.seen[ONE.url]
    assert seen is not None
    assert (seen.address, _health(engine, ONE).address) == (NEW_HOME, NEW_HOME)


async def test_moves_of_one_day_count_once(start: Start, outside: Outside, clock: Clock) -> None:
    engine = start(_with(replace(ONE, refresh=60.0)))
    clock.now = START // DAY * DAY + 60
    outside.feeds.answers[ONE.url] = FeedAnswer(moved_to=NEW_HOME)
    for _ in range(5):
        await engine.news.refresh()
        clock.pass_by(100)
    assert (_health(engine, ONE).moved_days, _health(engine, ONE).address) == (1, "")


@pytest.mark.parametrize(
    "between", [FeedAnswer(), FeedAnswer(moved_to="https://portal.example/"), FeedAnswer(found_at="")]
)
async def test_days_that_disagree_begin_anew(
    engine: Engine, outside: Outside, clock: Clock, between: FeedAnswer
) -> None:
    moved = FeedAnswer(moved_to=NEW_HOME)
    health = await _days(engine, outside, clock, [moved, moved, between, moved])
    assert (health.address, health.moved_days) == ("", 1)


@pytest.mark.parametrize(
    "failures",
    [[Failed("has no feed", None, Cause.MISSING)], [GONE], [Failed("broken", None, Cause.BROKEN)] * 3],
    ids=["missing", "gone", "three times"],
)
async def test_a_new_home_that_leads_nowhere_is_left_for_the_old_one(
    engine: Engine, outside: Outside, clock: Clock, failures: list[Failed]
) -> None:
    moved = FeedAnswer(moved_to=NEW_HOME, etag='"new"')
    assert (await _days(engine, outside, clock, [moved] * 3)).address == NEW_HOME
    health = await _days(engine, outside, clock, failures)
    assert (health.address, health.etag, health.gone) == ("", "", False)


async def test_the_feed_that_a_page_names_is_asked_from_then_on(engine: Engine, outside: Outside, clock: Clock) -> None:
    health = await _days(engine, outside, clock, [FeedAnswer(found_at=NEW_HOME)])
    assert health.address == NEW_HOME
    assert _notices(engine) == [f"One is a web page that names {NEW_HOME} as its feed: that is used"]


async def test_what_is_gone_is_asked_no_more_until_a_person_asks(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    engine = start(place=file)
    outside.feeds.answers[ONE.url] = GONE
    await engine.news.refresh()
    assert engine.snapshot.feeds_ok == 1
    assert _notices(engine) == ["One is gone for good: has taken this feed down for good; it is asked no more"]
    clock.pass_by(30 * DAY)
    later = start(place=file)
    await later.news.refresh()
    clock.pass_by(60)
    await later.news.refresh(force=True)
    assert outside.feeds.visits.count(ONE.url) == 1
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0001", "Bitcoin miners sell", ONE))
    assert await later.subscriptions.check([ONE.url]) == ()
    assert outside.feeds.visits.count(ONE.url) == 2
    assert not _health(later, ONE).gone
    assert _notices(later) == []


async def test_a_person_who_asks_twice_is_told_that_it_was_just_visited(engine: Engine, outside: Outside) -> None:
    await engine.news.refresh()
    engine.do(CheckFeeds((ONE.url,)))
    await until(engine, lambda now: bool(now.notices))
    assert _notices(engine) == ["One was visited a moment ago"]
    assert outside.feeds.visits.count(ONE.url) == 1


async def test_a_restart_asks_nothing_that_is_not_due(start: Start, outside: Outside, clock: Clock, file: Path) -> None:
    await start(place=file).news.refresh()
    clock.pass_by(300)
    await start(place=file).news.refresh()
    assert len(outside.feeds.visits) == 2


async def test_what_was_noted_under_a_clock_that_was_ahead_holds_nobody_up(
    start: Start, outside: Outside, clock: Clock
) -> None:
    engine = start(_with(ONE, SIBLING))
    clock.pass_by(400 * DAY)
    outside.feeds.answers[ONE.url] = replace(LIMITED, retry_at=START + 400 * DAY + 900)
    await engine.news.refresh()
    clock.now = START
    await engine.news.refresh()
    assert outside.feeds.visits == [ONE.url, ONE.url]
    outside.feeds.answers[ONE.url] = FeedAnswer()
    clock.pass_by(DAY)
    await engine.news.refresh()
    assert outside.feeds.visits[2:] == [ONE.url, SIBLING.url]


async def test_a_feed_that_was_added_is_visited_at_once_and_one_that_was_removed_comes_back_as_it_was(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    outside.feeds.answers[ONE.url] = brings(
        entry("aaaa0001", "Bitcoin miners sell", ONE), entry("aaaa0002", "Ether rises", ONE)
    )
    engine = start(_with(TWO), place=file)
    await engine.news.refresh()
    told = await engine.configuration.change(AddFeeds((ONE,)))
    assert told.words == "One added to the feeds"
    await engine.news.refresh()
    assert outside.feeds.visits == [TWO.url, ONE.url]
    await engine.news.mark(["aaaa0001"], read=True)
    await engine.news.mark(["aaaa0002"], starred=True)
    engine.do(RemoveFeed(ONE.url))
    await until(engine, lambda now: [story.lead.title for story in now.stories] == ["Ether rises"])
    engine.do(Undo())
    await until(engine, lambda now: len(now.stories) == 2)
    marks = {story.lead.title: (story.lead.read, story.lead.starred) for story in engine.snapshot.stories}
    assert marks == {"Bitcoin miners sell": (True, False), "Ether rises": (False, True)}
    clock.pass_by(10)
    await engine.news.refresh()
    assert outside.feeds.visits.count(ONE.url) == 1


async def test_mute_words_of_a_feed_hide_its_headlines_only_and_what_is_hidden_can_be_looked_at(
    start: Start, outside: Outside
) -> None:
    engine = start(replace(_with(replace(ONE, mute=("casino",)), TWO)))
    for feed, key in ((ONE, "a"), (TWO, "b")):
        outside.feeds.answers[feed.url] = brings(
            entry(f"{key}001", f"A casino opens {key}", feed), entry(f"{key}002", f"Nothing of it {key}", feed)
        )
    await engine.news.refresh()
    titles = {headline.title for story in engine.snapshot.stories for headline in story.headlines}
    assert titles == {"A casino opens b", "Nothing of it a", "Nothing of it b"}
    (hidden,) = engine.snapshot.hidden
    assert (hidden.title, engine.news.muting.word_for(hidden), engine.snapshot.muted) == (
        "A casino opens a", "casino", 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("own", "of_all", "from_page"), [(None, True, True), (False, True, False), (True, False, True)]
)
async def test_whether_pages_are_fetched_is_for_each_feed_to_say(
    start: Start, outside: Outside, own: bool | None, of_all: bool, from_page: bool
) -> None:
    settings = _with(replace(ONE, full_articles=own))
    engine = start(replace(settings, news=replace(settings.news, full_articles=of_all)))
    headline = entry("aaaa0001", "Bitcoin miners sell", ONE)
    outside.feeds.answers[ONE.url] = brings(headline, contents={"aaaa0001": "<p>short"})
    await engine.news.refresh()
    await engine.open(headline)
    assert bool(outside.articles.fetched) is from_page
