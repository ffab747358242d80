"""How often the running program asks, by who looks, by the calls that are left, and by what a minute bears."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from cointicker.config.settings import MarketSettings, Secret
from cointicker.domain.alerts import Alert, Kind
from cointicker.domain.freshness import Cause, Failed, Fresh
from cointicker.engine.actions import Attend, ShowGlobal, Touch
from cointicker.engine.budget import LONGEST
from cointicker.engine.engine import Engine
from cointicker.engine.ledger import MARKET, Limit
from cointicker.engine.pace import Level
from cointicker.engine.tiers import key_of
from engine.conftest import SETTINGS, Start
from engine.outside import Outside, until
from fake_clock import START, Clock

KEY = MarketSettings(demo_api_key=Secret("CG-key"), monthly_calls=10_000)
WITH_KEY = replace(SETTINGS, market=KEY)
NO_KEY_BEARS = 7
"""Calls of a minute that a person may make without a key."""


def level(engine: Engine) -> Level:
    """Who is there, as an engine knows it now."""
    return engine.market.pacing.pace.level


@pytest.fixture
async def running(start: Start) -> AsyncIterator[Engine]:
    """An engine that runs and has fetched once."""
    engine = start()
    work = asyncio.create_task(engine.run())
    await until(engine, lambda now: bool(now.quotes))
    yield engine
    work.cancel()
    await asyncio.wait([work])


async def test_looking_away_widens_the_interval_and_looking_again_fetches_at_once(
    running: Engine, outside: Outside, clock: Clock
) -> None:
    assert running.snapshot.pace.level is Level.WATCHED
    running.do(Attend(on=False))
    away = await until(running, lambda now: now.pace.level is Level.AWAY)
    assert away.refresh == away.pace.seconds > 60
    assert away.market.next_at == START + away.refresh
    clock.pass_by(100)
    asked = len(outside.market.asked)
    running.do(Attend(on=True))
    back = await until(running, lambda now: now.market.freshness == Fresh(clock.now))
    assert back.pace.level is Level.WATCHED
    assert len(outside.market.asked) == asked + 1


async def test_a_key_after_hours_fetches_at_once(running: Engine, outside: Outside, clock: Clock) -> None:
    clock.pass_by(3 * 3600)
    assert level(running) is Level.ASLEEP
    running.do(Touch(reads=True))
    assert level(running) is Level.WATCHED
    await until(running, lambda now: now.market.freshness == Fresh(clock.now))


async def test_the_pane_that_somebody_looks_at_sets_the_pace_of_all(start: Start, file: Path) -> None:
    ours, theirs = start(place=file), start(place=file)
    for pane in (ours, theirs):
        pane.do(Touch(reads=True))
        await pane.panes.beat()
    ours.do(Attend(on=False))
    assert level(ours) is Level.AWAY
    theirs.do(Attend(on=True))
    await theirs.panes.beat()
    await ours.panes.beat()
    assert level(ours) is Level.WATCHED


async def test_a_command_is_somebody_who_waits(engine: Engine) -> None:
    await engine.load()
    assert (engine.snapshot.pace.level, engine.snapshot.refresh) == (Level.WATCHED, 60)


async def test_an_alert_on_a_price_is_looked_after_while_nobody_looks(start: Start, clock: Clock) -> None:
    alert = Alert(Kind.ABOVE, "bitcoin", 101.0, "usd")
    engine = start(replace(SETTINGS, alerts=(alert,)))
    await engine.load()
    await engine.panes.beat()
    assert engine.market.pacing.pace.seconds == SETTINGS.market.alert_refresh
    engine = start(replace(SETTINGS, alerts=(replace(alert, enabled=False),)))
    await engine.load()
    await engine.panes.beat()
    assert engine.market.pacing.pace.seconds == LONGEST


async def test_time_that_somebody_looked_is_noted_with_each_fetch(start: Start, clock: Clock) -> None:
    engine, store = start.with_store(WITH_KEY)
    for _ in range(3):
        await engine.market.refresh()
        clock.pass_by(60)
    clock.pass_by(5000)  # nobody knows what was in between
    await engine.market.refresh()
    (day,) = await store.ledger.days(MARKET, key_of(KEY).mark, 0)
    assert (day.quotes, day.watched) == (4, 120)


async def test_what_a_person_asks_for_again_is_a_habit_beside_the_planned_fetches(start: Start, clock: Clock) -> None:
    engine, store = start.with_store(WITH_KEY)
    await engine.market.refresh()
    for _ in range(3):
        clock.pass_by(20)
        await engine.market.refresh(force=True)
    (day,) = await store.ledger.days(MARKET, key_of(KEY).mark, 0)
    assert (day.quotes, day.watched) == (1, 60)


async def test_panes_in_two_currencies_share_the_calls(start: Start, file: Path, clock: Clock) -> None:
    ours, theirs = start(WITH_KEY, place=file), start(replace(WITH_KEY, currency="eur"), place=file)
    await theirs.panes.beat()
    await ours.panes.beat()
    assert ours.market.pacing.calls_each() == 2


async def test_what_is_only_nice_to_know_leaves_the_calls_to_the_quotes(
    start: Start, outside: Outside, clock: Clock
) -> None:
    engine = start(replace(WITH_KEY, market=replace(KEY, monthly_calls=5_600)))
    engine.do(ShowGlobal(shown=True))
    await engine.market.refresh()
    await engine.whole_market.refresh()
    assert engine.whole_market.due_at() > START + 3600
    rich = start(replace(WITH_KEY, market=replace(KEY, monthly_calls=100_000)))
    rich.do(ShowGlobal(shown=True))
    await rich.market.refresh()
    await rich.whole_market.refresh()
    assert rich.whole_market.due_at() == START + 600


async def test_what_nobody_sees_is_hardly_asked_for(start: Start, outside: Outside, clock: Clock) -> None:
    engine = start()
    engine.do(ShowGlobal(shown=True))
    await engine.panes.beat()
    await engine.whole_market.refresh()
    assert engine.whole_market.due_at() == START + 3600
    engine.do(Attend(on=True))
    assert engine.whole_market.due_at() == START + 600


async def test_a_person_who_asks_all_the_time_is_told_to_wait_and_what_is_due_still_comes(
    start: Start, outside: Outside, clock: Clock
) -> None:
    engine, store = start.with_store()
    await engine.market.refresh()
    for _ in range(NO_KEY_BEARS + 1):
        await store.ledger.count(MARKET)
    clock.pass_by(10)
    await engine.market.refresh(force=True)
    assert "no more than a few questions a minute" in engine.snapshot.notices[-1].text
    assert len(outside.market.asked) == 1
    clock.pass_by(10)
    await engine.market.refresh(force=True)
    told = [notice.text for notice in engine.snapshot.notices]
    assert told == [told[0]] * 2
    clock.pass_by(61)
    assert await engine.market.refresh() == Fresh(clock.now)


async def test_what_the_minute_holds_back_is_told_to_come_when_it_may(start: Start, clock: Clock) -> None:
    engine, store = start.with_store()
    await engine.market.refresh()
    clock.pass_by(60)
    for _ in range(NO_KEY_BEARS + 1):
        await store.ledger.count(MARKET)
    await engine.market.refresh()
    assert engine.snapshot.market.next_at == engine.market.due_at() == clock.now + 60


async def test_a_refusal_without_a_wait_teaches_what_a_minute_bears(
    start: Start, outside: Outside, clock: Clock
) -> None:
    engine, store = start.with_store()
    for _ in range(4):
        await store.ledger.count(MARKET)
    outside.market.trouble = Failed("too many requests", cause=Cause.LIMITED)
    await engine.market.refresh()
    assert await store.ledger.limit(MARKET, "") == Limit(3, START + 3600)
    outside.market.trouble = None
    refused = await engine.market.allowance.refusal()
    assert refused is not None
    assert refused.cause is Cause.LIMITED


async def test_a_refusal_with_a_wait_teaches_nothing_of_the_minute(start: Start, outside: Outside) -> None:
    engine, store = start.with_store()
    for _ in range(4):
        await store.ledger.count(MARKET)
    outside.market.trouble = Failed("too many requests", START + 60, Cause.LIMITED)
    await engine.market.refresh()
    assert await store.ledger.limit(MARKET, "") is None
