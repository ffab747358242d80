"""How a quote looks: what is unknown is never 0, what is old says how old."""

import pytest

from cointicker.text.numbers import UNKNOWN
from cointicker.ui.quotes import look_of, symbol_of
from fake_clock import START
from ui.samples import quote, snapshot


def test_a_coin_without_a_quote_is_unknown_and_goes_by_the_name_that_people_know() -> None:
    state = snapshot()
    look = look_of("bitcoin", state, START)
    assert (look.symbol, look.price, look.change, look.way, look.age) == ("BTC", UNKNOWN, UNKNOWN, 0, "")
    assert symbol_of("some-new-thing", state) == "SOME-NEW-THING"


def test_a_quote_without_price_or_change_is_unknown() -> None:
    look = look_of("kaspa", snapshot([quote("kaspa", None, change_24h=None)]), START)
    assert (look.price, look.change, look.way) == (UNKNOWN, UNKNOWN, 0)


@pytest.mark.parametrize(
    ("change", "words", "way"), [(1.239, "▲1.24%", 1), (-0.41, "▼0.41%", -1), (0.001, "0.00%", 0), (0.0, "0.00%", 0)]
)
def test_a_change_has_a_sign_beside_its_colour(change: float, words: str, way: int) -> None:
    look = look_of("kaspa", snapshot([quote("kaspa", 1.0, change_24h=change)]), START)
    assert (look.change, look.way) == (words, way)


def test_a_stablecoin_shows_how_far_it_is_from_its_peg_and_takes_no_colour() -> None:
    look = look_of("tether", snapshot([quote("tether", 1.0003, "USDT")]), START)
    assert (look.price, look.change, look.way, look.pegged) == ("1.0003", "+3bp", 0, True)


def test_a_stablecoin_in_another_currency_is_a_coin_like_any() -> None:
    look = look_of("tether", snapshot([quote("tether", 0.92, "USDT", currency="eur")], currency="eur"), START)
    assert (look.change, look.pegged) == ("▲1.00%", False)


@pytest.mark.parametrize(("seconds", "age"), [(0, ""), (180, ""), (181, "3m"), (7200, "2h")])
def test_what_was_not_fetched_for_three_refreshes_shows_its_age(seconds: float, age: str) -> None:
    state = snapshot([quote(fetched_at=START - seconds, updated_at=START - seconds)], refresh=60.0)
    assert look_of("bitcoin", state, START).age == age


def test_what_its_source_repeats_although_it_is_old_shows_its_age() -> None:
    state = snapshot([quote(fetched_at=START, updated_at=START - 3600)])
    assert look_of("bitcoin", state, START).age == "1h"
