"""Stablecoins whose peg is in another currency than that of the screen: how far they are from it."""

import asyncio
from dataclasses import replace

import pytest

from cointicker.config.settings import Settings
from cointicker.domain.alerts import Alert, Kind
from cointicker.domain.freshness import Failed
from cointicker.domain.market import Quote, Watchlist, peg_distance
from cointicker.domain.pegs import PEGS
from cointicker.engine.actions import UseCurrency
from cointicker.engine.engine import Engine
from cointicker.engine.state import Snapshot
from engine.conftest import SETTINGS, Start
from engine.outside import Market, Outside, until
from fake_clock import Clock

_IN = {"usd": 1.0, "eur": 0.8, "xau": 1 / 4000}
"""What a dollar is worth in the currencies of these tests."""
HOUR = 3600.0


class _Exchange(Market):
    """A market whose prices, kept in dollars, differ by currency."""

    def _quote(self, coin: str, currency: str) -> Quote:
        quote = super()._quote(coin, currency)
        return replace(quote, price=None if quote.price is None else quote.price * _IN[currency])


@pytest.fixture(autouse=True)
def exchange(clock: Clock, outside: Outside) -> Market:
    outside.market = _Exchange(clock)
    outside.market.prices |= {"euro-coin": 1.25 * 1.0012, "pax-gold": 4000 * 0.998, "tether": 1.0003, "bitcoin": 1e5}
    return outside.market


def _watching(*coins: str) -> Settings:
    return replace(SETTINGS, watchlists=(Watchlist("Pegged", coins),))


def _distance(snapshot: Snapshot, coin: str) -> float | None:
    quote = snapshot.quotes.get(coin)
    return None if quote is None else peg_distance(quote, snapshot.pegs)


async def _known(engine: Engine, coin: str) -> float:
    """The distance of a coin, once it is known."""
    snapshot = await until(engine, lambda now: _distance(now, coin) is not None)
    distance = _distance(snapshot, coin)
    assert distance is not None
    return distance


@pytest.mark.parametrize(("coin", "points"), [("euro-coin", 12.0), ("pax-gold", -20.0), ("tether", 3.0)])
async def test_a_distance_is_told_in_dollars_whatever_the_peg(start: Start, coin: str, points: float) -> None:
    engine = start(_watching(coin))
    await engine.load()
    running = asyncio.create_task(engine.run())
    assert await _known(engine, coin) == pytest.approx(points)
    await engine.close()
    await running


async def test_turning_to_another_currency_tells_the_same_distance(start: Start) -> None:
    engine = start(_watching("tether", "euro-coin"))
    await engine.load()
    running = asyncio.create_task(engine.run())
    await _known(engine, "euro-coin")
    engine.do(UseCurrency("eur"))
    await until(engine, lambda now: now.currency == "eur")
    await engine.market.refresh(force=True)
    assert await _known(engine, "tether") == pytest.approx(3.0)
    assert _distance(engine.snapshot, "euro-coin") == pytest.approx(12.0)
    await engine.close()
    await running


async def test_no_peg_abroad_asks_nothing_more(start: Start, exchange: Market) -> None:
    engine = start(_watching("tether", "bitcoin"))
    await engine.load()
    running = asyncio.create_task(engine.run())
    await until(engine, lambda now: "bitcoin" in now.quotes)
    assert {currency for _, currency in exchange.asked} == {"usd"}
    await engine.close()
    await running


async def _bring(engine: Engine, exchange: Market, currency: str) -> None:
    """What the source says of the coins of a currency's pegs."""
    family = [coin for coin, peg in PEGS.items() if peg[0] == currency]
    answer = await exchange.quotes(family, currency)
    assert not isinstance(answer, Failed)
    await engine.market.take_in(answer, currency)
    await engine.personal.pegs.load()


async def test_a_distance_follows_the_price_and_is_not_told_by_an_old_rate(
    start: Start, exchange: Market, clock: Clock
) -> None:
    engine = start(_watching("euro-coin"))
    await engine.load()
    await engine.market.refresh()
    assert _distance(engine.snapshot, "euro-coin") is None
    await _bring(engine, exchange, "eur")
    clock.now += HOUR
    exchange.prices["euro-coin"] = 1.25 * 0.99
    await engine.market.refresh()
    await engine.personal.pegs.load()
    assert _distance(engine.snapshot, "euro-coin") == pytest.approx(-100.0)
    clock.now += 1.5 * HOUR
    await engine.personal.pegs.load()
    assert _distance(engine.snapshot, "euro-coin") is None


async def test_prices_of_different_times_tell_no_rate(start: Start, exchange: Market, clock: Clock) -> None:
    engine = start(_watching("pax-gold"))
    await engine.load()
    await engine.market.refresh()
    clock.now += HOUR
    await _bring(engine, exchange, "xau")
    assert engine.snapshot.pegs == {}


@pytest.mark.parametrize("coin", ["euro-coin", "pax-gold"])
async def test_an_alert_tells_that_such_a_coin_has_left_its_peg(start: Start, exchange: Market, coin: str) -> None:
    currency = PEGS[coin][0]
    engine = start(replace(SETTINGS, alerts=(Alert(Kind.DEPEG, coin, 50.0, currency),)))
    exchange.prices[coin] = 0.99 / _IN[currency]
    await engine.load()
    running = asyncio.create_task(engine.run())
    snapshot = await until(engine, lambda now: bool(now.firings))
    assert snapshot.firings[-1].value == pytest.approx(-100.0)
    await engine.close()
    await running
