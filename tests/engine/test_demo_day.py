"""An hour of the demo world, driven by the clock: what a pane shows all day, with nothing of the outside faked."""

from dataclasses import replace

from cointicker.domain.freshness import Fresh
from cointicker.engine.engine import Engine
from cointicker.sources.demo import DEMO_FEEDS, demo_sources
from cointicker.sources.demo_market import EPOCH
from cointicker.store.sqlite import SqliteStore
from engine.conftest import SETTINGS
from fake_clock import Clock


async def test_an_hour_of_the_demo_world() -> None:
    clock = Clock(EPOCH)
    settings = replace(SETTINGS, news=replace(SETTINGS.news, feeds=DEMO_FEEDS))
    engine = Engine(settings, SqliteStore(None, clock), lambda: demo_sources(clock), clock=clock, demo=True)
    await engine.load()
    for _ in range(60):
        clock.pass_by(60)
        assert await engine.market.refresh() == Fresh(clock.now)
        await engine.news.refresh()
        await engine.mining.refresh()
        await engine.market.show_moves(engine.snapshot.stories)
        assert engine.snapshot.unconfirmed == {}
    snapshot = engine.snapshot
    assert snapshot.market_source == "Demo"
    assert {"bitcoin", "ethereum"} <= set(snapshot.quotes)
    assert snapshot.stories
    assert snapshot.mining is not None
    assert snapshot.mining.hashprice is not None
    assert not [notice for notice in snapshot.notices if notice.grave]
    named = {(each.headline_id, coin) for story in snapshot.stories for each in story.headlines for coin in each.coins}
    assert set(snapshot.moves) <= named
    assert {coin for _, coin in snapshot.moves} >= {"bitcoin", "ethereum"}
    articles = [await engine.open(story.lead) for story in snapshot.stories[:5]]
    assert all(article.blocks for article in articles)
    assert engine.snapshot.feeds_ok == len(DEMO_FEEDS)
    await engine.close()
