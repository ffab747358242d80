"""The market desk: when it asks, what it shows, and how it fails and recovers."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from cointicker.config.settings import MarketSettings, Secret
from cointicker.domain.freshness import Cause, Failed, Fresh, Stale, Waiting
from cointicker.engine.actions import UseCurrency
from cointicker.engine.allowance import USED_UP
from cointicker.engine.engine import Engine
from cointicker.engine.leasing import LASTS
from cointicker.engine.tiers import Key, Tier, key_of
from cointicker.store.sqlite import SqliteStore
from engine.conftest import SETTINGS, Start
from engine.outside import NO_NETWORK, Outside, until
from fake_clock import START, Clock

DAY = 86_400.0


def _price(engine: Engine, coin: str = "bitcoin") -> float | None:
    return engine.snapshot.quotes[coin].price


async def test_before_anything_was_asked_the_market_waits(engine: Engine) -> None:
    await engine.load()
    assert engine.snapshot.market.freshness == Waiting()
    assert engine.snapshot.quotes == {}


async def test_the_first_fetch_asks_for_all_watched_coins_in_one_call(engine: Engine, outside: Outside) -> None:
    assert await engine.market.refresh() == Fresh(START)
    assert outside.market.asked == [(("bitcoin", "ethereum", "kaspa"), "usd")]
    assert set(engine.snapshot.quotes) == {"bitcoin", "ethereum"}
    assert engine.snapshot.market.next_at == START + 60
    assert not engine.snapshot.market.busy


async def test_it_is_asked_again_when_a_minute_has_passed_and_not_before(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    await engine.market.refresh()
    clock.pass_by(59)
    assert await engine.market.refresh() == Fresh(START)
    assert len(outside.market.asked) == 1
    clock.pass_by(1)
    outside.market.prices["bitcoin"] = 101.0
    assert await engine.market.refresh() == Fresh(START + 60)
    assert len(outside.market.asked) == 2
    assert _price(engine) == 101.0


async def test_a_person_may_ask_before_it_is_due(engine: Engine, outside: Outside) -> None:
    await engine.market.refresh()
    await engine.market.refresh(force=True)
    assert len(outside.market.asked) == 2


async def test_nobody_reaches_over_a_wait_that_the_source_asked_for(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    await engine.market.refresh()
    outside.market.trouble = Failed("too many requests", START + 300, Cause.LIMITED)
    await engine.market.refresh(force=True)
    for _ in range(3):
        await engine.market.refresh(force=True)
        await engine.market.refresh(coins=["solana"])
    assert len(outside.market.asked) == 2
    clock.pass_by(300)
    outside.market.trouble = None
    assert await engine.market.refresh() == Fresh(START + 300)


async def test_coins_that_are_named_are_asked_for_at_once(engine: Engine, outside: Outside) -> None:
    outside.market.prices["solana"] = 5.0
    await engine.market.refresh()
    await engine.market.refresh(coins=["solana"])
    assert outside.market.asked[1][0] == ("bitcoin", "ethereum", "kaspa", "solana")
    assert _price(engine, "solana") == 5.0


async def test_a_failure_leaves_the_prices_stale_until_a_retry_works(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    await engine.market.refresh()
    clock.pass_by(60)
    outside.market.trouble = Failed("CoinGecko failed", cause=Cause.SERVER)
    assert await engine.market.refresh() == Stale(START, "CoinGecko failed", START + 60 + 30)
    assert _price(engine) == 100.0
    clock.pass_by(29)
    await engine.market.refresh()
    assert len(outside.market.asked) == 2
    clock.pass_by(1)
    assert await engine.market.refresh() == Stale(START, "CoinGecko failed", START + 90 + 60)
    clock.pass_by(60)
    outside.market.trouble = None
    assert await engine.market.refresh() == Fresh(START + 150)
    assert engine.snapshot.market.next_at == START + 210


async def test_with_nothing_stored_and_no_network_it_fails_and_tries_ever_more_rarely(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    outside.market.trouble = NO_NETWORK
    waits = []
    for _ in range(6):
        state = await engine.market.refresh()
        assert isinstance(state, Failed)
        assert state.why == "no network"
        assert state.retry_at is not None
        waits.append(state.retry_at - clock.now)
        clock.now = state.retry_at
    assert waits == [5, 10, 20, 40, 60, 60]
    outside.market.trouble = None
    assert await engine.market.refresh() == Fresh(clock.now)


async def test_a_failure_is_remembered_over_a_restart(start: Start, outside: Outside, clock: Clock, file: Path) -> None:
    outside.market.trouble = Failed("too many requests", START + 600, Cause.LIMITED)
    await start(place=file).market.refresh()
    second = start(place=file)
    await second.load()
    assert second.snapshot.market.freshness == Failed("too many requests", START + 600)
    clock.pass_by(500)
    await second.market.refresh(force=True)
    assert len(outside.market.asked) == 1


async def test_while_another_process_fetches_nothing_is_asked_and_its_rows_are_shown(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    ours = start(place=file)
    other = SqliteStore(file, clock)
    ticket = await other.leases.take("market:usd", LASTS)
    assert ticket
    assert await ours.market.refresh() == Waiting()
    assert outside.made == 0
    theirs = start(place=file)
    await other.leases.give_back("market:usd", ticket)
    await theirs.market.refresh()
    assert await ours.market.refresh() == Fresh(START)
    assert _price(ours) == 100.0
    assert len(outside.market.asked) == 1
    await other.close()


async def test_two_panes_at_once_make_one_call(start: Start, outside: Outside, file: Path) -> None:
    panes = [start(place=file) for _ in range(3)]
    await asyncio.gather(*(pane.market.refresh() for pane in panes))
    for pane in panes:  # those that came too late for the lease
        await pane.market.refresh()
    assert len(outside.market.asked) == 1
    assert [_price(pane) for pane in panes] == [100.0] * 3


async def test_the_lease_is_given_back_whatever_happens(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    ours = start(place=file)
    outside.market.trouble = NO_NETWORK
    await ours.market.refresh()
    outside.market.held = True
    clock.pass_by(5)
    fetching = asyncio.create_task(ours.market.refresh())
    outside.market.arrived.clear()
    await outside.market.arrived.wait()
    assert ours.snapshot.market.busy
    fetching.cancel()
    await asyncio.wait([fetching])
    assert not ours.snapshot.market.busy
    other = SqliteStore(file, clock)
    assert await other.leases.take("market:usd", LASTS)
    await other.close()


def _with_key(calls: int) -> MarketSettings:
    return MarketSettings(refresh=60, demo_api_key=Secret("CG-key"), monthly_calls=calls)


@pytest.mark.parametrize(
    ("budget", "used", "left", "interval"),
    [
        (10_000, 0, 10_000, 60.0),
        (100_000, 0, 100_000, 60.0),
        (1_000, 0, 1_000, 1_440_000 / 900),  # 16 days and 16 hours are left of the month; a tenth is for other calls
        (0, 0, None, 60.0),
    ],
)
async def test_the_budget_widens_the_interval(
    start: Start, *, budget: int, used: int, left: int | None, interval: float
) -> None:
    market = _with_key(budget)
    engine, store = start.with_store(replace(SETTINGS, market=market))
    await asyncio.gather(*(store.ledger.count("market", key_of(market).mark) for _ in range(used)))
    await engine.market.refresh()
    assert engine.snapshot.calls_left == left
    assert engine.snapshot.refresh == pytest.approx(interval, rel=0.01)
    assert engine.market.due_at() == START + engine.snapshot.refresh


@pytest.mark.parametrize("used", [10, 30])
async def test_when_the_calls_of_the_month_are_used_up_nothing_is_asked_and_that_is_said(
    start: Start, outside: Outside, clock: Clock, *, used: int
) -> None:
    market = _with_key(10)
    engine, store = start.with_store(replace(SETTINGS, market=market))
    await engine.market.refresh()
    for _ in range(used):
        await store.ledger.count("market", key_of(market).mark)
    clock.pass_by(3600)
    await engine.market.load()
    for force in (False, True):
        assert await engine.market.refresh(force=force) == Stale(START, USED_UP, START + 1_440_000)
    assert len(outside.market.asked) == 1
    assert engine.market.due_at() == START + 1_440_000
    clock.now = START + 1_440_000
    await engine.market.load()
    assert await engine.market.refresh() == Fresh(clock.now)
    assert engine.snapshot.calls_left == 10


async def test_the_calls_of_one_key_do_not_count_for_another(start: Start) -> None:
    engine, store = start.with_store(replace(SETTINGS, market=_with_key(10)))
    await store.ledger.count("market", Key(Tier.DEMO, "CG-other").mark)
    await engine.market.load()
    assert engine.snapshot.calls_left == 10


async def test_without_a_key_no_call_is_counted_against_a_budget(start: Start, clock: Clock) -> None:
    engine = start(replace(SETTINGS, market=MarketSettings(refresh=60, monthly_calls=1)))
    await engine.market.refresh()
    assert engine.snapshot.calls_left is None
    assert engine.snapshot.refresh == 60


async def test_a_price_times_a_thousand_is_held_until_a_second_sample_agrees(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    await engine.market.refresh()
    outside.market.prices["bitcoin"] = 100_000.0
    for _ in range(2):  # the same sample twice is one sample
        clock.pass_by(60)
        outside.market.sampled_at = START + 50
        await engine.market.refresh()
        assert _price(engine) == 100.0
        assert engine.snapshot.unconfirmed == {"bitcoin": 100_000.0}
        assert engine.snapshot.quotes["bitcoin"].fetched_at == START
        assert engine.snapshot.market.freshness == Fresh(clock.now)
    outside.market.sampled_at = START + 170
    outside.market.prices["bitcoin"] = 99_000.0
    clock.pass_by(60)
    await engine.market.refresh()
    assert _price(engine) == 99_000.0
    assert engine.snapshot.unconfirmed == {}


async def test_a_glitch_that_passes_leaves_no_trace(start: Start, outside: Outside, clock: Clock, file: Path) -> None:
    engine = start(place=file)
    for price in (100.0, 0.1, 101.0):
        outside.market.prices["bitcoin"] = price
        await engine.market.refresh()
        clock.pass_by(60)
    assert _price(engine) == 101.0
    assert engine.snapshot.unconfirmed == {}
    store = SqliteStore(file, clock)
    assert (await store.histories(["bitcoin"], "usd", 0))["bitcoin"].prices == (100.0, 101.0)
    await store.close()


async def test_a_held_price_alone_does_not_make_it_ask_without_end(
    start: Start, outside: Outside, clock: Clock
) -> None:
    engine = start(replace(SETTINGS, watchlists=(replace(SETTINGS.watchlists[0], coins=("bitcoin",)),)))
    await engine.market.refresh()
    outside.market.prices["bitcoin"] = 1.0
    clock.pass_by(60)
    await engine.market.refresh()
    assert engine.market.due_at() == START + 120


async def test_a_coin_that_is_missing_from_an_answer_keeps_its_price_and_age(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    await engine.market.refresh()
    del outside.market.prices["ethereum"]
    outside.market.prices["bitcoin"] = None
    clock.pass_by(60)
    await engine.market.refresh()
    kept = engine.snapshot.quotes
    assert (kept["ethereum"].price, kept["ethereum"].fetched_at) == (10.0, START)
    assert (kept["bitcoin"].price, kept["bitcoin"].fetched_at) == (100.0, START)


async def test_an_answer_without_any_watched_coin_is_not_asked_for_again_at_once(
    engine: Engine, outside: Outside
) -> None:
    outside.market.prices.clear()
    await engine.market.refresh()
    await engine.market.refresh()
    assert len(outside.market.asked) == 1
    assert engine.market.due_at() == START + 60


async def test_a_late_answer_for_another_currency_is_stored_and_not_shown(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    engine = start(place=file)
    outside.market.held = True
    fetching = asyncio.create_task(engine.market.refresh())
    await outside.market.arrived.wait()
    engine.do(UseCurrency("eur"))
    await until(engine, lambda snapshot: snapshot.currency == "eur")
    outside.market.go.set()
    await fetching
    assert engine.snapshot.quotes == {}
    assert isinstance(engine.snapshot.market.freshness, Waiting)
    store = SqliteStore(file, clock)
    assert set(await store.quotes("usd")) == {"bitcoin", "ethereum"}
    await store.close()
    assert await engine.market.refresh() == Fresh(START)
    assert {quote.currency for quote in engine.snapshot.quotes.values()} == {"eur"}


async def test_one_stored_price_in_a_currency_does_not_put_off_all_the_others(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    engine = start(place=file)
    await engine.market.refresh()
    store = SqliteStore(file, clock)
    bitcoin = engine.snapshot.quotes["bitcoin"]
    await store.save_quotes((replace(bitcoin, currency="eur", fetched_at=clock()),))
    await store.close()
    engine.do(UseCurrency("eur"))
    await until(engine, lambda snapshot: snapshot.currency == "eur" and "bitcoin" in snapshot.quotes)
    await engine.market.refresh()
    assert set(engine.snapshot.quotes) == {"bitcoin", "ethereum"}


async def test_stored_prices_from_a_clock_far_ahead_are_asked_for_anew(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    clock.pass_by(400 * DAY)
    await start(place=file).market.refresh()
    clock.now = START
    engine = start(place=file)
    await engine.load()
    assert await engine.market.refresh() == Fresh(START)
    assert engine.snapshot.quotes["bitcoin"].fetched_at == START


async def test_offline_shows_what_is_stored_as_stale_and_makes_no_source(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    await start(place=file).market.refresh()
    outside.made = 0
    clock.pass_by(3600)
    engine = start(place=file, offline=True)
    await engine.load()
    for refresh in (engine.market.refresh, engine.news.refresh, engine.mining.refresh):
        await refresh(force=True)
    assert engine.snapshot.market.freshness == Stale(START, "--offline fetches nothing")
    assert _price(engine) == 100.0
    assert outside.made == 0


async def test_names_are_found_by_heart_then_in_the_store_then_at_the_source(engine: Engine, outside: Outside) -> None:
    outside.market.prices |= {"pax-gold": 2_000.0, "zetacoin": 0.5}
    assert await engine.market.resolve(["BTC", "solana"]) == ({"BTC": "bitcoin", "solana": "solana"}, [])
    assert outside.made == 0
    found, unknown = await engine.market.resolve(["pax-gold", "ZET", "nonesuch", "btc"])
    assert found == {"pax-gold": "pax-gold", "ZET": "zetacoin", "btc": "bitcoin"}
    assert unknown == ["nonesuch"]
    asked = len(outside.market.asked)
    assert await engine.market.resolve(["zet", "PAX-GOLD"]) == ({"zet": "zetacoin", "PAX-GOLD": "pax-gold"}, [])
    assert len(outside.market.asked) == asked


async def test_a_name_that_the_source_cannot_be_asked_for_is_told_as_failed(engine: Engine, outside: Outside) -> None:
    outside.market.trouble = NO_NETWORK
    assert await engine.market.resolve(["btc", "nonesuch"]) == ({"btc": "bitcoin"}, NO_NETWORK)


async def test_offline_a_name_that_is_not_known_here_is_unknown(start: Start, outside: Outside) -> None:
    assert await start(offline=True).market.resolve(["nonesuch"]) == ({}, ["nonesuch"])
    assert outside.made == 0
