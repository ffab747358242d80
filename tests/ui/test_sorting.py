"""In which order the coins of a list stand, and what they are said to be."""

from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.config.settings import Settings, UiSettings
from cointicker.domain.market import Watchlist
from cointicker.engine.state import Snapshot
from cointicker.text.numbers import format_clock
from cointicker.ui.columns import BY_NAME
from cointicker.ui.entries import Entry, entries_of
from cointicker.ui.sorting import next_sort, sort_entries, turn_sort
from fake_clock import START
from ui.samples import few, quote, snapshot

values = st.none() | st.floats(-1e6, 1e6, allow_nan=False)


def _entries(*prices: float | None) -> tuple[Entry, ...]:
    quotes = [quote(f"coin{index}", price, change_24h=price) for index, price in enumerate(prices)]
    return entries_of(snapshot(quotes), START)


def _ids(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.coin_id for entry in entries]


@few
@given(st.lists(values, max_size=8), st.sampled_from(["24h", "-24h"]))
def test_what_is_not_known_stands_last_either_way_and_equals_keep_ones_own_order(
    changes: list[float | None], sort: str
) -> None:
    entries = _entries(*changes)
    shown = sort_entries(entries, sort)
    assert sorted(_ids(shown)) == sorted(_ids(entries))
    known = [entry.quote.change_24h for entry in shown if entry.quote is not None]
    told = [change for change in known if change is not None]
    assert known == [*told, *([None] * (len(known) - len(told)))]
    assert told == sorted(told, reverse=sort.startswith("-"))
    for one, other in pairwise(shown):
        if one.quote is not None and other.quote is not None and one.quote.change_24h == other.quote.change_24h:
            assert _ids(entries).index(one.coin_id) < _ids(entries).index(other.coin_id)


@pytest.mark.parametrize("column", BY_NAME)
def test_every_column_can_be_sorted_by_though_nothing_is_known(column: str) -> None:
    state = snapshot([quote(), quote("tether", None)], watchlists=(Watchlist("A", ("bitcoin", "tether", "unheard")),))
    for sort in (column, f"-{column}"):
        assert len(sort_entries(entries_of(state, START), sort)) == 3


def test_no_column_means_ones_own_order() -> None:
    entries = _entries(3.0, 1.0, 2.0)
    assert sort_entries(entries, "") == entries
    assert sort_entries(entries, "no-such-column") == entries


@pytest.mark.parametrize("column", BY_NAME)
def test_a_column_sorts_then_turns_round_then_gives_back_ones_own_order(column: str) -> None:
    sorts, sort = [], ""
    for _ in range(3):
        name, descending = next_sort(sort, column)
        sort = f"{'-' * descending}{name}"
        sorts.append(sort)
    assert {*sorts[:2]} == {column, f"-{column}"}
    assert sorts[2] == ""


def test_numbers_begin_with_the_highest_ranks_and_words_with_the_first() -> None:
    assert [next_sort("", name)[1] for name in ("price", "24h", "cap", "rank", "coin")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_turning_goes_through_the_columns_and_ones_own_order_both_ways() -> None:
    names = ("rank", "price", "24h")
    seen, sort = [], ""
    for _ in range(4):
        sort, _descending = turn_sort(sort, names, 1)
        seen.append(sort)
    assert seen == ["rank", "price", "24h", ""]
    assert turn_sort("", names, -1)[0] == "24h"


def _missing(coin: str, price: float | None = 1.0, since: float = START - 3600, **changes: object) -> Entry:
    state = snapshot([quote(coin, price)], missing=MappingProxyType({coin: since}), **changes)
    return entries_of(state, START)[0]


def test_a_coin_that_is_in_no_answer_any_more_keeps_its_price_and_says_since_when() -> None:
    entry = _missing("kaspa", 0.0421)
    assert entry.look.price == "0.0421000"
    assert entry.gone
    assert entry.remarks[0] == f"not in the last answer since {format_clock(START - 3600)}"


def test_a_coin_without_a_price_says_so_and_one_that_nobody_knows_as_well() -> None:
    assert entries_of(snapshot([quote("kaspa", None)]), START)[0].remarks == ("no price",)
    state = snapshot(
        [quote()], watchlists=(Watchlist("A", ("gone-coin",)),), missing=MappingProxyType({"gone-coin": START}),
        market_source="Exchange",
    )  # fmt: skip
    assert entries_of(state, START)[0].remarks[0] == "not known to Exchange"


def test_a_coin_that_was_not_asked_for_yet_says_nothing() -> None:
    state = snapshot([quote()], watchlists=(Watchlist("A", ("new-coin",)),))
    (entry,) = entries_of(state, START)
    assert (entry.gone, entry.remarks) == (False, ())


def _with(state: Snapshot, **changes: object) -> Snapshot:
    settings = Settings(ui=replace(UiSettings(), **changes))  # type: ignore[arg-type]
    return replace(state, settings=settings)


def test_numbers_are_grouped_as_the_settings_say() -> None:
    state = _with(snapshot([quote(market_cap=1.34e12)]), separators=".")
    (entry,) = entries_of(state, START)
    assert entry.look.price == "88.349,00"
    cell = BY_NAME["cap"].say
    assert cell is not None
    assert cell(entry)[0] == "1,34T"
