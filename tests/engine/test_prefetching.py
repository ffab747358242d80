"""Articles that are fetched before anybody asks for them."""

from dataclasses import replace
from pathlib import Path

import pytest

from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.market import Watchlist
from cointicker.domain.news import Content, Feed
from cointicker.engine.actions import Star
from cointicker.engine.engine import Engine
from cointicker.engine.leasing import holding
from cointicker.engine.prefetching import AGAIN, IDLE, OF_A_HOST
from cointicker.engine.visiting import LEASE
from engine.conftest import FEEDS, SETTINGS, Start
from engine.outside import Outside, brings, entry, page, until
from fake_clock import START, Clock


@pytest.fixture
async def news(outside: Outside) -> Outside:
    """Three stories of three hosts; of the coins only bitcoin and kaspa are in lists of the person's own."""
    one = [
        entry(name, f"{coin} does something", FEEDS[0], at=START - age, url=f"https://{name}.example/story")
        for name, coin, age in (("newest", "Solana", 10), ("newer", "Bitcoin", 20), ("old", "Kaspa", 30))
    ]
    outside.feeds.answers[FEEDS[0].url] = brings(*one)
    for each in one:
        outside.articles.pages[each.url] = page("The whole story.")
    return outside


async def _ready(engine: Engine, clock: Clock) -> Engine:
    await engine.load()
    await engine.market.refresh()
    await engine.news.refresh()
    clock.pass_by(IDLE)
    return engine


async def test_one_at_a_time_the_newest_first_of_the_coins_that_are_watched(
    engine: Engine, news: Outside, clock: Clock
) -> None:
    await _ready(engine, clock)
    assert [await engine.prefetcher.fetch_one() for _ in range(3)] == [True, True, False]
    assert news.articles.fetched == ["https://newer.example/story", "https://old.example/story"]


async def test_what_is_starred_is_fetched_whatever_it_is_about(engine: Engine, news: Outside, clock: Clock) -> None:
    await _ready(engine, clock)
    engine.do(Star(("newest",), starred=True))
    await until(engine, lambda snapshot: snapshot.stories[0].lead.starred)
    assert await engine.prefetcher.fetch_one()
    assert news.articles.fetched == ["https://newest.example/story"]


async def test_without_a_network_it_is_there_to_be_read(start: Start, news: Outside, clock: Clock, file: Path) -> None:
    online = await _ready(start(place=file), clock)
    assert await online.prefetcher.fetch_one()
    offline = start(place=file, offline=True)
    await offline.load()
    assert not await offline.prefetcher.fetch_one()
    story = next(each for each in offline.snapshot.stories if each.lead.headline_id == "newer")
    assert (await offline.open(story.lead)).content is Content.PAGE


async def test_nothing_is_fetched_while_the_person_is_there_or_wants_none(
    start: Start, news: Outside, clock: Clock
) -> None:
    busy = await _ready(start(), clock)
    busy.panes.touch()
    assert not await busy.prefetcher.fetch_one()
    clock.pass_by(IDLE)
    assert await busy.prefetcher.fetch_one()
    none = await _ready(start(replace(SETTINGS, news=replace(SETTINGS.news, prefetch=0))), clock)
    assert not await none.prefetcher.fetch_one()
    ruled = replace(SETTINGS, watchlists=(Watchlist("Top", ("bitcoin", "kaspa"), "top 50"),))
    assert not await (await _ready(start(ruled), clock)).prefetcher.fetch_one()


async def test_a_host_is_left_alone_for_a_while_and_a_page_that_failed_for_longer(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    one = [
        entry(
            f"story{number}",
            f"Bitcoin does {number} things",
            FEEDS[0],
            at=START - number,
            url=f"https://a.example/{number}",
        )
        for number in range(2)
    ]
    outside.feeds.answers[FEEDS[0].url] = brings(*one)
    outside.articles.pages[one[1].url] = page("Text.")
    await _ready(engine, clock)
    assert not await engine.prefetcher.fetch_one()
    assert not await engine.prefetcher.fetch_one()
    assert outside.articles.fetched == [one[0].url]
    clock.pass_by(OF_A_HOST)
    assert await engine.prefetcher.fetch_one()
    clock.pass_by(OF_A_HOST)
    assert not await engine.prefetcher.fetch_one()
    assert len(outside.articles.fetched) == 2
    clock.pass_by(AGAIN)
    await engine.prefetcher.fetch_one()
    assert outside.articles.fetched[2:] == [one[0].url]


async def test_panes_do_not_fetch_at_once(start: Start, news: Outside, clock: Clock, file: Path) -> None:
    ours, store = start.with_store(place=file)
    theirs, other = start.with_store(place=file)
    await _ready(ours, clock)
    await theirs.load()
    async with holding(other.leases, LEASE) as held:
        assert held is not None
        assert not await ours.prefetcher.fetch_one()
    assert await ours.prefetcher.fetch_one()
    assert store.trouble == ""
    assert [await each.prefetcher.fetch_one() for each in (theirs, ours)] == [True, False]
    assert len(news.articles.fetched) == 2


async def test_a_host_that_asked_to_be_left_alone_is_left_alone_whoever_it_told_so(
    start: Start, news: Outside, clock: Clock, file: Path
) -> None:
    settings = replace(SETTINGS, news=replace(SETTINGS.news, feeds=(*FEEDS, Feed("https://newer.example/feed"))))
    news.feeds.answers["https://newer.example/feed"] = Failed("too many", START + IDLE + 1000, Cause.LIMITED)
    news.articles.pages["https://old.example/story"] = Failed("too many", START + IDLE + 2000, Cause.LIMITED)
    engine = await _ready(start(settings, place=file), clock)
    assert not await engine.prefetcher.fetch_one()
    assert news.articles.fetched == ["https://old.example/story"]
    later = await _ready(start(settings, place=file), clock)  # after a restart
    assert not await later.prefetcher.fetch_one()
    assert len(news.articles.fetched) == 1
    clock.pass_by(1000)
    assert await later.prefetcher.fetch_one()
    assert news.articles.fetched[1:] == ["https://newer.example/story"]
    assert not await later.prefetcher.fetch_one()
    clock.pass_by(1000)
    await later.prefetcher.fetch_one()
    assert news.articles.fetched[2:] == ["https://old.example/story"]
