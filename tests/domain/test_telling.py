"""What a title tells: figures, names, columns; and that no title, whatever it holds, is too much."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.figures import FIGURE, read_figure, spell_numbers
from cointicker.domain.telling import contradict, likeness, take_apart

SCRAPS = st.sampled_from(
    ["$500M", "half a billion", "3/4", "BTC", "Fed:", " - CoinDesk", "’s", "9" * 400, "part two", "-"]
)
foreign = st.lists(SCRAPS | st.text(max_size=8), max_size=12).map(" ".join)


def _figures(text: str) -> list[tuple[float, str]]:
    found = FIGURE.finditer(spell_numbers(text.lower()))
    return [(figure.value, figure.unit) for figure in map(read_figure, found)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$500M", 5e8, "$"),
        ("500 million dollars", 5e8, "$"),
        ("€1.5bn", 1.5e9, "$"),
        ("four million euros", 4e6, "$"),
        ("half a billion", 5e8, ""),
        ("$90K", 9e4, "$"),
        ("1,955", 1955, ""),
        ("6.3 percent", 6.3, "%"),
        ("25 basis points", 25, "bps"),
        ("285-megawatt", 285, ""),
        ("41 EH/s", 41, "eh"),
        ("the 20 millionth", 2e7, ""),
        ("third", 3, "th"),
        ("15-year", 15, "year"),
    ],
)
def test_a_figure_is_read_however_it_is_spelled(text: str, value: float, unit: str) -> None:
    ((found, found_unit),) = _figures(text)
    assert found == pytest.approx(value)
    assert found_unit == unit


@pytest.mark.parametrize("text", ["x402", "2/3", "F2Pool", "Q3", "v4"])
def test_what_only_has_a_digit_is_no_figure(text: str) -> None:
    assert _figures(text) == []


def test_the_same_column_tells_nothing() -> None:
    one, other = take_apart("Price analysis: Kaspa rests"), take_apart("Price analysis: Monero rises")
    assert likeness(one, other) < 1
    assert likeness(take_apart("Kaspa rests again"), take_apart("Notes: Kaspa rests again")) >= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fed cuts rates", "ECB cuts rates"),
        ("SEC sues Coinbase", "Coinbase sues SEC"),
        ("Trump knows him", "Trump does not know him"),
        ("Inflows rise", "Inflows fall"),
        ("What moved on Monday", "What moved on Tuesday"),
        ("Part one", "Part two"),
    ],
)
def test_contradictions_are_seen(one: str, other: str) -> None:
    assert contradict(take_apart(one), take_apart(other))


@given(foreign, foreign, st.text(max_size=20))
def test_likeness_is_the_same_both_ways_for_any_titles(one: str, other: str, deck: str) -> None:
    first, second = take_apart(one), take_apart(other)
    there = likeness(first, second, (deck, one))
    assert there == pytest.approx(likeness(second, first, (one, deck)))
    assert contradict(first, second) is contradict(second, first)


@pytest.mark.parametrize("scrap", ["a ", "1,", "A:", "- A", "' ", "$1 ", "one ", "9.", "| "])
def test_a_very_long_title_takes_no_long_time(scrap: str) -> None:
    started = time.process_time()
    take_apart(scrap * 2000)
    assert time.process_time() - started < 1
