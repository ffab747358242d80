"""Prices that are too far off to be believed at once."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.confirm import confirm
from cointicker.domain.market import Quote
from cointicker.domain.words import SafeText
from fake_clock import START

OLD = Quote("bitcoin", SafeText("BTC"), SafeText("Bitcoin"), "usd", 100.0, START, START - 5)


def _new(price: float | None, after: float = 60.0, *, low: float | None = None, high: float | None = None) -> Quote:
    at = START + after
    return replace(OLD, price=price, fetched_at=at, updated_at=at - 5, low_24h=low, high_24h=high)


@pytest.mark.parametrize("price", [75.0, 100.0, 125.0])
def test_a_move_of_up_to_a_quarter_is_believed(price: float) -> None:
    assert confirm(_new(price), OLD) == _new(price)


@pytest.mark.parametrize("price", [74.9, 125.1, 100_000.0, 0.1])
def test_a_larger_move_within_ten_minutes_is_held(price: float) -> None:
    assert confirm(_new(price), OLD) == replace(OLD, unconfirmed=price, unconfirmed_at=START + 55)


def test_after_ten_minutes_any_move_is_believed_that_the_days_range_allows() -> None:
    assert confirm(_new(200.0, 601), OLD) == _new(200.0, 601)


@pytest.mark.parametrize(("price", "believed"), [(59.0, False), (61.0, True), (164.0, True), (166.0, False)])
def test_a_price_far_outside_the_days_range_is_held_whenever_it_comes(price: float, *, believed: bool) -> None:
    new = _new(price, 5000, low=90.0, high=110.0)
    assert (confirm(new, OLD) == new) is believed


def test_a_first_price_far_outside_the_days_range_is_unknown_until_confirmed() -> None:
    first = _new(88_000.0, low=85.0, high=90.0)
    held = confirm(first, None)
    assert (held.price, held.unconfirmed) == (None, 88_000.0)
    assert confirm(_new(88.0, 120, low=85.0, high=90.0), held).price == 88.0
    assert confirm(_new(88_500.0, 120, low=85.0, high=90.0), held).price == 88_500.0


def test_a_second_sample_that_agrees_confirms() -> None:
    held = confirm(_new(200.0, 60), OLD)
    assert confirm(_new(205.0, 120), held) == _new(205.0, 120)


def test_a_second_sample_that_does_not_agree_is_held_in_its_turn() -> None:
    held = confirm(_new(200.0, 60), OLD)
    again = confirm(_new(400.0, 120), held)
    assert (again.price, again.unconfirmed) == (100.0, 400.0)
    assert confirm(_new(401.0, 180), again).price == 401.0


def test_a_return_to_the_old_price_forgets_the_doubtful_one() -> None:
    held = confirm(_new(200.0, 60), OLD)
    assert confirm(_new(101.0, 120), held) == _new(101.0, 120)


def test_the_same_sample_sent_again_confirms_nothing() -> None:
    held = confirm(_new(200.0, 60), OLD)
    for fetched_at in (START + 120, START + 180):
        repeated = replace(_new(200.0, 60), fetched_at=fetched_at)
        assert confirm(repeated, held) == held


def test_a_quote_without_a_price_keeps_what_is_held() -> None:
    held = confirm(_new(200.0, 60), OLD)
    assert confirm(_new(None, 120), held).unconfirmed == 200.0
    assert confirm(_new(None), None) == _new(None)


@given(st.lists(st.floats(min_value=1e-9, max_value=1e12), min_size=1, max_size=12))
def test_no_price_is_ever_shown_that_was_not_sent_and_the_same_price_twice_is_shown(prices: list[float]) -> None:
    kept = OLD
    for number, price in enumerate(prices, 1):
        kept = confirm(_new(price, number * 60), kept)
        assert kept.price in {100.0, *prices[:number]}
    last = confirm(_new(prices[-1], (len(prices) + 1) * 60), kept)
    assert last.price == prices[-1]
