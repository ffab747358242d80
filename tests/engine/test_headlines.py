"""The news desk: visits, sorts, groups and keeps headlines."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from cointicker.config.settings import NewsSettings, Settings
from cointicker.domain.freshness import Cause, Failed, Fresh, Stale, Waiting
from cointicker.domain.news import Feed
from cointicker.engine.engine import Engine
from cointicker.engine.ports import FeedAnswer
from engine.conftest import FEEDS, SETTINGS, Start
from engine.outside import FlawedSourceError, Outside, brings, entry
from fake_clock import START, Clock

ONE, TWO = FEEDS
REFUSED = Failed("the server answered 503", cause=Cause.SERVER)


def _titles(engine: Engine) -> list[str]:
    return [story.lead.title for story in engine.snapshot.stories]


def _news(**changes: object) -> Settings:
    return replace(SETTINGS, news=replace(SETTINGS.news, **changes))  # type: ignore[arg-type]


async def test_before_anything_was_asked_the_news_wait(engine: Engine) -> None:
    await engine.load()
    assert engine.snapshot.news.freshness == Waiting()
    assert (engine.snapshot.feeds_ok, engine.snapshot.feeds_total) == (0, 2)


async def test_a_visit_brings_stories_with_categories_coins_and_health(engine: Engine, outside: Outside) -> None:
    outside.feeds.answers[ONE.url] = brings(
        entry("aaaa0001", "Bitcoin miners sell", ONE, at=START - 60, tags=["DeFi"]), etag='"v1"'
    )
    outside.feeds.answers[TWO.url] = brings(entry("bbbb0001", "Ripple wins in court", TWO, at=START - 30))
    assert await engine.news.refresh() == Fresh(START)
    assert _titles(engine) == ["Ripple wins in court", "Bitcoin miners sell"]
    ripple, miners = (story.lead for story in engine.snapshot.stories)
    assert (ripple.categories, ripple.coins) == (("XRP",), ("ripple",))
    assert (miners.categories, miners.coins) == (("Mining", "Bitcoin", "DeFi"), ("bitcoin",))
    health = engine.snapshot.feeds[0]
    assert (health.name, health.ok_at, health.items, health.newest_at, health.etag) == (
        "One", START, 1, START - 60, '"v1"',
    )  # fmt: skip
    assert engine.snapshot.feeds_ok == 2
    assert not engine.snapshot.news.busy


async def test_a_feed_is_visited_again_after_its_interval_and_not_before(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    await engine.news.refresh()
    clock.pass_by(599)
    await engine.news.refresh()
    assert sorted(outside.feeds.visits) == [ONE.url, TWO.url]
    clock.pass_by(61 + 1)  # the interval and up to a tenth of it, so that feeds do not come due all at once
    await engine.news.refresh()
    assert sorted(outside.feeds.visits) == [ONE.url, ONE.url, TWO.url, TWO.url]


async def test_what_the_feed_asks_to_wait_counts_where_it_is_longer(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    outside.feeds.answers[ONE.url] = FeedAnswer(wait=7200)
    outside.feeds.answers[TWO.url] = FeedAnswer(wait=5)
    await engine.news.refresh()
    next_at = {health.url: health.next_at for health in engine.snapshot.feeds}
    assert START + 7200 <= next_at[ONE.url] <= START + 7920
    assert START + 600 <= next_at[TWO.url] <= START + 660


async def test_an_unchanged_feed_keeps_its_headlines_count_and_validators(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0001", "Bitcoin miners sell", ONE), etag='"v1"')
    await engine.news.refresh()
    outside.feeds.answers[ONE.url] = FeedAnswer(unchanged=True)
    clock.pass_by(700)
    await engine.news.refresh()
    seen = outside.feeds.seen[ONE.url]
    assert seen is not None
    assert seen.etag == '"v1"'
    health = engine.snapshot.feeds[0]
    assert (health.etag, health.items, health.newest_at, health.ok_at) == ('"v1"', 1, START - 600, START + 700)
    assert _titles(engine) == ["Bitcoin miners sell"]


async def test_what_is_older_than_headlines_are_kept_does_not_come_back_as_unread(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    days = SETTINGS.news.keep_days
    outside.feeds.answers[ONE.url] = brings(
        entry("aaaa0001", "Bitcoin miners sell", ONE, at=START - days * 86_400 + 300),
        entry("aaaa0002", "Bitcoin miners bought", ONE, at=START - days * 86_400 - 300),
    )
    await engine.news.refresh()
    assert _titles(engine) == ["Bitcoin miners sell"]
    await engine.news.mark(["aaaa0001"], read=True)
    clock.pass_by(700)
    await engine.news.refresh()
    assert engine.snapshot.feeds[0].items == 2
    assert [story.read for story in engine.snapshot.stories] == [True]


async def test_a_changed_feed_without_validators_forgets_the_old_ones(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    outside.feeds.answers[ONE.url] = brings(etag='"v1"')
    await engine.news.refresh()
    outside.feeds.answers[ONE.url] = brings()
    clock.pass_by(700)
    await engine.news.refresh()
    assert engine.snapshot.feeds[0].etag == ""


async def test_a_failed_visit_deletes_nothing_and_the_rest_stays_fresh(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0001", "Bitcoin miners sell", ONE), etag='"v1"')
    await engine.news.refresh()
    outside.feeds.answers[ONE.url] = REFUSED
    clock.pass_by(700)
    assert await engine.news.refresh() == Fresh(START + 700)
    assert _titles(engine) == ["Bitcoin miners sell"]
    health = engine.snapshot.feeds[0]
    assert (health.why, health.failures, health.ok_at, health.checked_at, health.etag) == (
        "the server answered 503", 1, START, START + 700, '"v1"',
    )  # fmt: skip
    assert START + 700 + 600 <= health.next_at <= START + 700 + 660
    assert engine.snapshot.feeds_ok == 1


async def test_when_no_feed_answers_the_headlines_are_stale_until_one_does(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0001", "Bitcoin miners sell", ONE))
    await engine.news.refresh()
    outside.feeds.answers = {ONE.url: REFUSED, TWO.url: REFUSED}
    clock.pass_by(700)
    state = await engine.news.refresh()
    earliest = min(health.next_at for health in engine.snapshot.feeds)
    assert state == Stale(START, "none of 2 feeds answers: the server answered 503", earliest)
    assert _titles(engine) == ["Bitcoin miners sell"]
    outside.feeds.answers = {}
    clock.pass_by(earliest - clock.now)
    assert await engine.news.refresh() == Fresh(earliest)


async def test_with_nothing_stored_and_no_feed_answering_the_news_failed(engine: Engine, outside: Outside) -> None:
    outside.feeds.answers = {ONE.url: REFUSED, TWO.url: REFUSED}
    state = await engine.news.refresh()
    earliest = min(health.next_at for health in engine.snapshot.feeds)
    assert state == Failed("none of 2 feeds answers: the server answered 503", earliest)


async def test_a_person_may_ask_early_but_not_twice_in_a_moment_nor_where_a_server_asked_to_wait(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    outside.feeds.answers[ONE.url] = Failed("too many requests", START + 900, Cause.LIMITED)
    await engine.news.refresh()
    await engine.news.refresh(force=True)
    assert len(outside.feeds.visits) == 2
    clock.pass_by(30)
    await engine.news.refresh(force=True)
    assert outside.feeds.visits[2:] == [TWO.url]


async def test_feeds_of_one_host_are_visited_one_after_the_other(start: Start, outside: Outside) -> None:
    feeds = tuple(
        Feed(f"https://{host}.example/{number}") for number in range(4) for host in ("a", "b", "c", "d", "e", "f")
    )
    await start(_news(feeds=feeds)).news.refresh()
    assert len(outside.feeds.visits) == 24
    assert outside.feeds.most_of_a_host == 1
    assert 2 <= outside.feeds.most_at_once <= 4


async def test_a_feed_that_breaks_the_source_is_no_other_feeds_trouble(
    engine: Engine, outside: Outside, caplog: pytest.LogCaptureFixture
) -> None:
    outside.feeds.answers[ONE.url] = FlawedSourceError("what nobody foresaw")
    outside.feeds.answers[TWO.url] = brings(entry("bbbb0001", "Ripple wins in court", TWO))
    assert await engine.news.refresh() == Fresh(START)
    assert _titles(engine) == ["Ripple wins in court"]
    assert engine.snapshot.feeds[0].why == "an internal error; the log has the details"
    assert engine.snapshot.feeds[0].next_at > START
    assert "what nobody foresaw" in caplog.text


async def test_muted_headlines_are_hidden_and_counted_by_whole_words_in_title_and_tags(
    start: Start, outside: Outside
) -> None:
    engine = start(_news(mute=("sponsored", "press release", "eth")))
    outside.feeds.answers[ONE.url] = brings(
        entry("aaaa0001", "Sponsored: win a miner", ONE, at=START - 1),
        entry("aaaa0002", "Something else", ONE, at=START - 2, tags=["Press Release"]),
        entry("aaaa0003", "A new method to mine", ONE, at=START - 3),
    )
    await engine.news.refresh()
    assert _titles(engine) == ["A new method to mine"]
    assert engine.snapshot.muted == 2


async def test_a_starred_headline_outlives_its_feed_and_its_mute_word(
    start: Start, outside: Outside, file: Path
) -> None:
    outside.feeds.answers[ONE.url] = brings(
        entry("aaaa0001", "Sponsored: win a miner", ONE), entry("aaaa0002", "Another day", ONE)
    )
    first = start(place=file)
    await first.news.refresh()
    await first.news.mark(["aaaa0001"], starred=True)
    later = start(_news(feeds=(TWO,), mute=("sponsored",)), place=file)
    await later.load()
    assert _titles(later) == ["Sponsored: win a miner"]
    assert later.snapshot.muted == 0


async def test_one_story_of_two_sources_is_one_row(engine: Engine, outside: Outside) -> None:
    title = "Ripple secures $500 million at a valuation of $40 billion"
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0001", title, ONE, at=START - 500))
    outside.feeds.answers[TWO.url] = brings(
        entry("bbbb0001", "Ripple secures $500M at $40B valuation", TWO, at=START - 400)
    )
    await engine.news.refresh()
    (story,) = engine.snapshot.stories
    assert story.lead.title == title
    assert story.sources == ("One", "Two")


async def test_moves_since_publication_come_from_stored_prices(engine: Engine, outside: Outside, clock: Clock) -> None:
    await engine.market.refresh()
    clock.pass_by(120)
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0001", "Bitcoin and Ethereum rise", ONE, at=START + 60))
    await engine.news.refresh()
    outside.market.prices |= {"bitcoin": 110.0, "ethereum": 9.0}
    await engine.market.refresh()
    await engine.market.show_moves(engine.snapshot.stories)
    assert engine.snapshot.moves["aaaa0001", "bitcoin"] == pytest.approx(10.0)
    assert engine.snapshot.moves["aaaa0001", "ethereum"] == pytest.approx(-10.0)


async def test_one_price_alone_tells_no_move_and_a_second_one_does(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0001", "Bitcoin rises", ONE, at=START - 60))
    await engine.market.refresh()
    await engine.news.refresh()
    assert engine.snapshot.moves == {}
    clock.pass_by(1500)
    await engine.market.refresh()
    await engine.market.show_moves(engine.snapshot.stories)
    assert engine.snapshot.moves == {("aaaa0001", "bitcoin"): 0.0}


async def test_a_headline_from_before_the_first_price_has_no_move(engine: Engine, outside: Outside) -> None:
    await engine.market.refresh()
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0001", "Bitcoin rises", ONE, at=START - 7200))
    await engine.news.refresh()
    assert engine.snapshot.moves == {}


async def test_what_a_feed_calls_an_entry_tells_coins_from_words(engine: Engine, outside: Outside) -> None:
    outside.feeds.answers[ONE.url] = brings(
        entry("aaaa0001", "SUI falls again", ONE, tags=("Altcoins",)),
        entry("aaaa0002", "SUI falls again", ONE, tags=("Switzerland",)),
    )
    await engine.news.refresh()
    coins = {each.headline_id: each.coins for story in engine.snapshot.stories for each in story.headlines}
    assert coins == {"aaaa0001": ("sui",), "aaaa0002": ()}


async def test_a_coin_that_becomes_known_is_found_in_headlines_that_came_before(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    outside.feeds.answers[ONE.url] = brings(
        entry("aaaa0001", "Zorp (ZOR) halves", ONE, at=clock() - 3600), entry("aaaa0002", "Fed waits", ONE)
    )
    await engine.news.refresh()
    assert {each.coins for story in engine.snapshot.stories for each in story.headlines} == {()}
    outside.market.prices["zorp"] = 2.0
    await engine.market.look_up(["zorp"])
    await engine.news.refresh()
    found = {each.headline_id: each.coins for story in engine.snapshot.stories for each in story.headlines}
    assert found == {"aaaa0001": ("zorp",), "aaaa0002": ()}
    answer = await engine.searching.find(engine.searching.parse("coin:zorp"))
    assert [hit.headline.headline_id for hit in answer.hits] == ["aaaa0001"]


async def test_coins_that_headlines_name_are_asked_for_with_the_watched_ones(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0001", "Solana and Dogecoin rally", ONE))
    await engine.news.refresh()
    await engine.market.refresh()
    assert outside.market.asked == [(("bitcoin", "ethereum", "kaspa", "solana", "dogecoin"), "usd")]


async def test_the_visits_of_another_process_are_not_repeated(start: Start, outside: Outside, file: Path) -> None:
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0001", "Bitcoin miners sell", ONE))
    ours, theirs = start(place=file), start(place=file)
    await asyncio.gather(ours.news.refresh(), theirs.news.refresh())
    await theirs.news.refresh()
    await ours.news.refresh()
    assert sorted(outside.feeds.visits) == [ONE.url, TWO.url]


async def test_nothing_is_worked_out_again_where_no_headline_changed(engine: Engine, outside: Outside) -> None:
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0001", "Bitcoin miners sell", ONE))
    await engine.news.refresh()
    await engine.load()
    before = engine.snapshot
    await engine.load()
    assert engine.snapshot is before


async def test_without_feeds_there_is_nothing_to_do(start: Start, outside: Outside) -> None:
    engine = start(replace(SETTINGS, news=NewsSettings(feeds=())))
    await engine.news.refresh(force=True)
    assert engine.news.due_at() == float("inf")
    assert outside.made == 0
