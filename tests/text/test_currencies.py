"""Currencies have names, and are found by them; numbers are grouped as a person likes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.market import CURRENCIES
from cointicker.text.currencies import CURRENCY_NAMES, currencies_called
from cointicker.text.numbers import format_change, format_price, regroup

SEPARATORS = (",", ".", " ", "'", "")


def test_every_currency_has_a_name() -> None:
    assert set(CURRENCY_NAMES) == set(CURRENCIES)
    assert all(CURRENCY_NAMES.values())


@pytest.mark.parametrize(
    ("typed", "first"),
    [("eur", "eur"), ("yen", "jpy"), ("won", "krw"), ("sat", "sats"), ("sats", "sats"), ("gold", "xau"),
     ("Euro", "eur"), (" swiss ", "chf"), ("bitcoin", "bits"), ("btc", "btc")],
)  # fmt: skip
def test_a_code_or_a_name_finds_a_currency(typed: str, first: str) -> None:
    found = currencies_called(typed, CURRENCIES)
    assert first in found
    assert found.index(first) <= CURRENCIES.index(first)


def test_the_code_itself_comes_before_codes_that_begin_so_and_those_before_names() -> None:
    assert currencies_called("bnb", CURRENCIES)[0] == "bnb"
    found = currencies_called("s", CURRENCIES)
    assert all(code.startswith("s") for code in found[: sum(code.startswith("s") for code in CURRENCIES)])


def test_no_words_mean_all_in_the_order_given_and_foreign_ones_none() -> None:
    assert currencies_called("", CURRENCIES[::-1]) == CURRENCIES[::-1]
    assert currencies_called("no such money", CURRENCIES) == ()


@given(st.text(max_size=8))
def test_a_currency_is_found_once_or_not_at_all(typed: str) -> None:
    found = currencies_called(typed, CURRENCIES)
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("separators", "price", "change"),
    [(",", "1,234,567.89", "▲1,234%"), (".", "1.234.567,89", "▲1.234%"), (" ", "1 234 567.89", "▲1 234%"),
     ("'", "1'234'567.89", "▲1'234%"), ("", "1234567.89", "▲1234%")],
)  # fmt: skip
def test_thousands_are_set_apart_as_a_person_likes(separators: str, price: str, change: str) -> None:
    assert regroup(format_price(1_234_567.89), separators) == price
    assert regroup(format_change(1234.0), separators) == change


@given(st.floats(1e-12, 1e15), st.sampled_from(SEPARATORS))
def test_every_way_of_setting_apart_says_the_same_number(price: float, separators: str) -> None:
    plain = format_price(price).replace(",", "")
    shown = regroup(format_price(price), separators)
    point = "," if separators == "." else "."
    whole, _, decimals = shown.partition(point)
    digits = whole.replace(separators, "") if separators else whole
    assert (f"{digits}.{decimals}" if decimals else digits) == plain


@pytest.mark.parametrize("price", [1e-9, 1.206e-9, 3.65e-6, 0.0331970, 1.0, 88_349.0, 1e8, 1e12, 9.3e14])
def test_no_price_in_any_currency_needs_an_exponent_or_loses_its_digits(price: float) -> None:
    shown = format_price(price)
    assert "e" not in shown.lower()
    assert float(shown.replace(",", "")) == pytest.approx(price, rel=1e-5)
