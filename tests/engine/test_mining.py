"""The mining desk."""

from pathlib import Path

import pytest

from cointicker.domain.freshness import Cause, Failed, Fresh, Stale, Waiting
from cointicker.engine.engine import Engine
from cointicker.store.sqlite import SqliteStore
from engine.conftest import Start
from engine.outside import NO_NETWORK, Outside
from fake_clock import START, Clock


async def test_it_is_fetched_every_five_minutes(engine: Engine, outside: Outside, clock: Clock) -> None:
    await engine.load()
    assert engine.snapshot.mining_part.freshness == Waiting()
    assert await engine.mining.refresh() == Fresh(START)
    clock.pass_by(299)
    await engine.mining.refresh()
    assert outside.mine.asked == 1
    clock.pass_by(1)
    await engine.mining.refresh()
    assert outside.mine.asked == 2


async def test_hashprice_is_worked_out_with_the_sources_own_price_of_a_bitcoin(engine: Engine) -> None:
    await engine.mining.refresh()
    mining = engine.snapshot.mining
    assert mining is not None
    # (3.125 new + 0.125 fees) BTC a block x 144 blocks x 50,000 USD, over 1,000,000 PH/s
    assert mining.hashprice == pytest.approx(23.4)


async def test_hashprice_is_worked_out_with_the_market_price_where_that_is_known(
    engine: Engine, outside: Outside
) -> None:
    outside.market.prices["bitcoin"] = 100_000.0
    await engine.market.refresh()
    await engine.mining.refresh()
    mining = engine.snapshot.mining
    assert mining is not None
    assert mining.hashprice == pytest.approx(46.8)


async def test_hashprice_follows_the_price_of_a_bitcoin(engine: Engine, outside: Outside) -> None:
    await engine.mining.refresh()
    outside.market.prices["bitcoin"] = 100_000.0
    await engine.market.refresh()
    engine.mining.reprice()
    mining = engine.snapshot.mining
    assert mining is not None
    assert mining.hashprice == pytest.approx(46.8)


async def test_a_failure_keeps_the_old_facts_and_recovers(engine: Engine, outside: Outside, clock: Clock) -> None:
    await engine.mining.refresh()
    clock.pass_by(300)
    outside.mine.trouble = Failed("mempool.space failed", cause=Cause.SERVER)
    assert await engine.mining.refresh() == Stale(START, "mempool.space failed", START + 330)
    assert engine.snapshot.mining is not None
    outside.mine.trouble = None
    clock.pass_by(30)
    assert await engine.mining.refresh() == Fresh(START + 330)


async def test_with_nothing_stored_it_fails_and_says_when_it_tries_again(engine: Engine, outside: Outside) -> None:
    outside.mine.trouble = NO_NETWORK
    assert await engine.mining.refresh() == Failed("no network", START + 5)


async def test_nobody_reaches_over_a_wait_that_the_source_asked_for(engine: Engine, outside: Outside) -> None:
    outside.mine.trouble = Failed("too many requests", START + 60, Cause.LIMITED)
    await engine.mining.refresh()
    await engine.mining.refresh(force=True)
    assert outside.mine.asked == 1


async def test_facts_from_a_clock_far_ahead_are_asked_for_anew(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    clock.pass_by(1e7)
    await start(place=file).mining.refresh()
    clock.now = START
    engine = start(place=file)
    await engine.load()
    assert await engine.mining.refresh() == Fresh(START)
    store = SqliteStore(file, clock)
    assert (await store.mining()) == engine.snapshot.mining
    await store.close()
