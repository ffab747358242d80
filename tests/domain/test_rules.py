"""Lists by rule."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.market import Quote
from cointicker.domain.rules import MOST_CATEGORY, MOST_MOVERS, Rule, RuleKind, choose, parse_rule
from cointicker.domain.words import SafeText


def quote(number: int, change: float | None = 0.0, volume: float | None = 1e6) -> Quote:
    name = f"coin-{number}"
    return Quote(
        name, SafeText(name), SafeText(name), "usd", 1.0, 1.0, change_24h=change, volume_24h=volume, market_cap=1e9
    )


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("top 50", "top 50"), ("TOP50", "top 50"), (" top   1", "top 1"), ("gainers", "gainers"), ("Losers", "losers"),
        ("trending ", "trending"), ("category:layer-1", "category:layer-1"),
        ("Category: meme-token", "category:meme-token"),
    ],
)  # fmt: skip
def test_a_rule_has_one_spelling_that_is_read_back(text: str, spelt: str) -> None:
    rule = parse_rule(text)
    assert str(rule) == spelt
    assert parse_rule(spelt) == rule


@pytest.mark.parametrize(
    "text", ["", "top", "top 0", "top 251", "top -5", "top 1e2", "gainer", "category:", "category:a b", "category:../x"]
)
def test_what_is_no_rule_is_none(text: str) -> None:
    assert parse_rule(text) is None


@given(st.text(max_size=20))
def test_no_text_is_more_than_refused(text: str) -> None:
    rule = parse_rule(text)
    assert rule is None or parse_rule(str(rule)) == rule


def test_the_top_is_the_beginning_of_the_page() -> None:
    page = [quote(number) for number in range(20)]
    assert choose(Rule(RuleKind.TOP, count=3), page) == ("coin-0", "coin-1", "coin-2")
    assert len(choose(Rule(RuleKind.TOP, count=250), page)) == 20


def test_gainers_rose_and_losers_fell_the_most_first() -> None:
    page = [quote(1, 2.0), quote(2, -3.0), quote(3, 0.0), quote(4, 9.0), quote(5, None), quote(6, -1.0)]
    assert choose(Rule(RuleKind.GAINERS), page) == ("coin-4", "coin-1")
    assert choose(Rule(RuleKind.LOSERS), page) == ("coin-2", "coin-6")


def test_a_move_that_nobody_traded_is_none() -> None:
    page = [quote(1, 900.0, volume=None), quote(2, 800.0, volume=3.0), replace(quote(3, 1.0), market_cap=None)]
    assert choose(Rule(RuleKind.GAINERS), page) == ("coin-3",)


def test_long_lists_end_somewhere() -> None:
    page = [quote(number, 1.0 + number) for number in range(250)]
    assert len(choose(Rule(RuleKind.GAINERS), page)) == MOST_MOVERS
    assert len(choose(Rule(RuleKind.CATEGORY, category="layer-1"), page)) == MOST_CATEGORY
