"""The desk of the whole market."""

import asyncio
from dataclasses import replace
from pathlib import Path

from cointicker.config.settings import MarketSettings, Secret, Settings
from cointicker.domain.freshness import Fresh, Stale, Waiting
from cointicker.engine.actions import ShowGlobal, UseCurrency
from cointicker.engine.engine import Engine
from cointicker.engine.state import OFFLINE
from engine.conftest import Start
from engine.outside import NO_NETWORK, Outside, until
from fake_clock import START, Clock


def calls(outside: Outside) -> list[str]:
    return [question[1] for question in outside.market.questions if question[0] == "global"]


async def test_nothing_is_asked_while_nobody_looks(engine: Engine, outside: Outside) -> None:
    await engine.whole_market.refresh()
    assert outside.market.questions == []
    assert engine.snapshot.global_part.freshness == Waiting()
    assert engine.whole_market.due_at() == float("inf")


async def test_it_is_fetched_every_ten_minutes_while_somebody_looks(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    engine.do(ShowGlobal(shown=True))
    await engine.whole_market.refresh()
    state = engine.snapshot.global_market
    assert state is not None
    assert (state.fetched_at, state.market_cap, state.bitcoin_share) == (START, 3e12, 58.0)
    assert engine.snapshot.global_part.freshness == Fresh(START)
    assert engine.snapshot.global_part.next_at == START + 600
    clock.pass_by(599)
    await engine.whole_market.refresh()
    assert calls(outside) == ["usd"]
    clock.pass_by(1)
    await engine.whole_market.refresh()
    assert calls(outside) == ["usd", "usd"]
    engine.do(ShowGlobal(shown=False))
    clock.pass_by(6000)
    await engine.whole_market.refresh()
    assert len(calls(outside)) == 2


async def test_a_failure_keeps_the_old_state_and_says_why(engine: Engine, outside: Outside, clock: Clock) -> None:
    engine.do(ShowGlobal(shown=True))
    outside.market.trouble = NO_NETWORK
    await engine.whole_market.refresh()
    assert engine.snapshot.global_part.freshness != Waiting()
    assert engine.snapshot.global_market is None
    outside.market.trouble = None
    clock.pass_by(60)
    await engine.whole_market.refresh()
    outside.market.trouble = NO_NETWORK
    clock.pass_by(600)
    await engine.whole_market.refresh()
    freshness = engine.snapshot.global_part.freshness
    assert isinstance(freshness, Stale)
    assert (freshness.since, freshness.why) == (START + 60, NO_NETWORK.why)
    assert engine.snapshot.global_market is not None


async def test_what_one_pane_fetched_all_show(start: Start, outside: Outside, file: Path) -> None:
    first = start(place=file)
    first.do(ShowGlobal(shown=True))
    await first.whole_market.refresh()
    other = start(place=file)
    await other.load()
    assert other.snapshot.global_market == first.snapshot.global_market
    other.do(ShowGlobal(shown=True))
    await other.whole_market.refresh()
    assert len(calls(outside)) == 1
    without = start(place=file, offline=True)
    await without.load()
    assert without.snapshot.global_part.freshness == Stale(START, OFFLINE)


async def test_another_currency_is_another_market(engine: Engine, outside: Outside) -> None:
    running = asyncio.create_task(engine.run())
    engine.do(ShowGlobal(shown=True))
    await until(engine, lambda now: now.global_market is not None)
    engine.do(UseCurrency("eur"))
    await until(engine, lambda now: now.global_market is not None and now.global_market.currency == "eur")
    await until(engine, lambda now: now.global_market is not None and now.global_market.market_cap is not None)
    assert calls(outside) == ["usd", "eur"]
    await engine.close()
    await running


async def test_until_the_sums_come_in_another_currency_the_shares_stay(engine: Engine, outside: Outside) -> None:
    engine.do(ShowGlobal(shown=True))
    await engine.whole_market.refresh()
    before = engine.snapshot.global_market
    assert before is not None
    assert before.bitcoin_share is not None
    outside.market.trouble = NO_NETWORK
    engine.do(UseCurrency("eur"))
    running = asyncio.create_task(engine.run())
    await until(engine, lambda now: now.currency == "eur" and now.global_market is not None)
    state = engine.snapshot.global_market
    assert state == replace(before, currency="eur", market_cap=None, volume=None)
    await engine.close()
    await running


async def test_a_tight_budget_is_spent_on_quotes_first(start: Start, outside: Outside, clock: Clock) -> None:
    market = MarketSettings(demo_api_key=Secret("CG-key"), monthly_calls=1000)
    engine = start(Settings(market=market))
    await engine.market.refresh()
    engine.do(ShowGlobal(shown=True))
    await engine.whole_market.refresh()
    wait = engine.whole_market.due_at() - clock.now
    assert wait >= 4 * engine.snapshot.refresh * 0.99
    assert len(calls(outside)) == 1
