"""Prices out of JSON values, pegs, moves, and the coin that a person means."""

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.market import (
    PriceHistory,
    Quote,
    match_coin,
    move,
    parse_amount,
    parse_number,
    parse_price,
    peg_distance,
    sparkline_price,
)
from cointicker.domain.words import SafeText
from fake_clock import START

DAY = 86_400.0


def _quote(
    coin_id: str = "bitcoin", price: float | None = 100.0, *, currency: str = "usd", rank: int | None = 1
) -> Quote:
    return Quote(coin_id, SafeText(coin_id[:3].upper()), SafeText(coin_id.title()), currency, price, START, rank=rank)


@pytest.mark.parametrize(
    ("raw", "price"),
    [
        (88_349, 88_349.0),
        (1.2e-10, 1.2e-10),
        (0, None),
        (-1, None),
        (-0.0, None),
        (None, None),
        ("88349", None),
        ("", None),
        (True, None),
        ([88_349], None),
        ({"usd": 1}, None),
        (math.nan, None),
        (math.inf, None),
        (-math.inf, None),
        (json.loads("1e999"), None),
        (10**400, None),
        (1e15, None),
        (9.9e14, 9.9e14),
    ],
)
def test_a_price_is_a_plausible_number_or_unknown(raw: object, price: float | None) -> None:
    assert parse_price(raw) == price


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists))
def test_no_json_value_makes_a_price_that_is_not_one(raw: object) -> None:
    price = parse_price(raw)
    assert price is None or 0 < price < 1e15
    amount, number = parse_amount(raw), parse_number(raw)
    assert amount is None or 0 < amount < math.inf
    assert number is None or math.isfinite(number)


def test_a_change_may_be_negative_and_zero() -> None:
    assert [parse_number(raw) for raw in (-3.5, 0, True, "1")] == [-3.5, 0.0, None, None]


@pytest.mark.parametrize(
    ("coin_id", "price", "currency", "points"),
    [
        ("tether", 1.0003, "usd", 3.0),
        ("tether", 0.97, "usd", -300.0),
        ("euro-coin", 1.001, "eur", 10.0),
        ("tether", 0.86, "eur", None),
        ("euro-coin", 1.16, "usd", None),
        ("tether", None, "usd", None),
        ("bitcoin", 1.0, "usd", None),
    ],
)
def test_the_distance_from_a_peg(coin_id: str, price: float | None, currency: str, points: float | None) -> None:
    found = peg_distance(_quote(coin_id, price, currency=currency))
    assert found == (None if points is None else pytest.approx(points))


def test_the_distance_from_a_peg_in_another_currency_needs_what_that_is_worth() -> None:
    quote = _quote("pax-gold", 4004.0, currency="usd")
    assert peg_distance(quote) is None
    assert peg_distance(quote, {"tether-gold": 4000.0}) is None
    assert peg_distance(quote, {"pax-gold": 4000.0}) == pytest.approx(10.0)


@pytest.mark.parametrize(
    ("before", "now", "percent"),
    [(100.0, 110.0, 10.0), (100.0, 50.0, -50.0), (None, 1.0, None), (1.0, None, None), (0.0, 1.0, None)],
)
def test_moves(before: float | None, now: float | None, percent: float | None) -> None:
    assert move(before, now) == (None if percent is None else pytest.approx(percent))


def test_a_price_of_the_last_week_is_read_off_the_sparkline() -> None:
    rising = replace(_quote(), updated_at=START, sparkline=tuple(float(hour) for hour in range(169)))
    assert sparkline_price(rising, START) == pytest.approx(168)
    assert sparkline_price(rising, START - 7 * DAY) == pytest.approx(0)
    assert sparkline_price(rising, START - 1800) == pytest.approx(167.5)
    assert sparkline_price(rising, START + 1) is None
    assert sparkline_price(rising, START - 7 * DAY - 1) is None
    assert sparkline_price(replace(rising, sparkline=(1.0,) * 5), START - 60) is None


def test_the_nearest_stored_price_is_found_within_reach() -> None:
    history = PriceHistory((100.0, 200.0, 300.0), (1.0, 2.0, 3.0))
    assert [history.near(at, 40) for at in (100, 139, 161, 250, 341, 0)] == [1.0, 1.0, 2.0, None, None, None]
    assert history.near(290, 500) == 3.0
    assert PriceHistory((), ()).near(0, 100) is None


def test_a_coin_is_meant_by_its_id_first_then_by_the_best_ranked_symbol() -> None:
    bitcoin, bitter, unranked = _quote("bitcoin"), _quote("bitter", rank=900), _quote("bit", rank=None)
    quotes = (unranked, bitter, bitcoin)
    assert match_coin(" BIT ", quotes) == unranked
    assert match_coin("bitter", quotes) == bitter
    assert match_coin("BIT", (bitter, bitcoin)) == bitcoin
    assert match_coin("nonesuch", quotes) is None
