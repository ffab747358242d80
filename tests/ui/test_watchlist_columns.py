"""The columns of the watchlist: whole ones are left out, a number is never cut, and none jumps about."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.config.settings import COLUMNS, DEFAULT_COLUMNS
from cointicker.domain.market import Watchlist
from cointicker.engine.state import Snapshot
from cointicker.text.cells import cell_width
from cointicker.ui.columns import BY_NAME, FIRM, PICTURES, Layout, lay_out, natural_widths, title_of, width_of
from cointicker.ui.entries import entries_of
from cointicker.ui.widgets.watchlist import columns_for
from fake_clock import START
from ui.samples import few, quote, snapshot

prices = st.none() | st.floats(1e-12, 1e15, allow_nan=False)
changes = st.none() | st.floats(-100, 1e6, allow_nan=False)
chosen = st.lists(st.sampled_from(COLUMNS), unique=True, min_size=1)


@st.composite
def states(draw: st.DrawFn) -> Snapshot:
    quotes = [
        quote(f"coin-{index}", draw(prices), draw(st.sampled_from(["BTC", "X", "SLISBNBX", "你好吗"])),
              change_24h=draw(changes), change_1y=draw(changes), rank=draw(st.none() | st.integers(1, 20_000)),
              market_cap=draw(st.none() | st.floats(0, 1e15)), fetched_at=START - draw(st.sampled_from([0, 4000])))
        for index in range(draw(st.integers(0, 4)))
    ]  # fmt: skip
    state = snapshot(quotes)
    coins = (*state.quotes, "unknown-coin")
    gone = draw(st.sets(st.sampled_from(coins)))
    return snapshot(quotes, watchlists=(Watchlist("All", coins),), missing=MappingProxyType(dict.fromkeys(gone, START)))


def _natural(state: Snapshot, names: tuple[str, ...], kept: Mapping[str, int] | None = None) -> dict[str, int]:
    return natural_widths((*names, *FIRM), entries_of(state, START), state.currency, "", kept or {})


def _fit(state: Snapshot, names: tuple[str, ...], width: int) -> Layout:
    return lay_out(names, _natural(state, names), width)


def _end(layout: Layout) -> int:
    return max(start + cells for _, start, cells in layout.places)


@given(states(), chosen, st.integers(30, 200))
def test_a_row_is_never_wider_than_its_pane(state: Snapshot, names: list[str], width: int) -> None:
    assert _end(_fit(state, tuple(names), width)) <= width


@few
@given(states(), chosen, st.integers(1, 200))
def test_a_number_has_all_the_cells_that_it_needs_or_none(state: Snapshot, names: list[str], width: int) -> None:
    layout = _fit(state, tuple(names), width)
    shown = {column.name for column, _, _ in layout.places}
    assert set(FIRM) <= shown
    assert shown | set(layout.dropped) == {*names, *FIRM}
    for column, _, cells in layout.places:
        if column.right and column.say is not None:
            for entry in entries_of(state, START):
                assert cell_width(column.say(entry)[0]) <= cells


@few
@given(states(), chosen)
def test_with_room_every_column_stands_where_it_was_put(state: Snapshot, names: list[str]) -> None:
    layout = _fit(state, tuple(names), 400)
    assert [column.name for column, _, _ in layout.places][: len(names)] == names
    assert layout.dropped == ()


@few
@given(states(), chosen, st.integers(1, 150))
def test_a_wider_pane_shows_no_less(state: Snapshot, names: list[str], width: int) -> None:
    assert len(_fit(state, tuple(names), width).dropped) >= len(_fit(state, tuple(names), width + 1).dropped)


def test_what_goes_first_is_the_picture_then_the_rank_then_the_change() -> None:
    state = snapshot([quote()])
    narrowing = [set(_fit(state, DEFAULT_COLUMNS, width).dropped) for width in range(60, 8, -1)]
    steps = [each for index, each in enumerate(narrowing) if index == 0 or each != narrowing[index - 1]]
    assert steps == [set(), {"sparkline"}, {"sparkline", "rank"}, {"sparkline", "rank", "24h"}]


def test_of_many_columns_the_rightmost_numbers_go_before_those_on_the_left() -> None:
    state = snapshot([quote()])
    names = ("coin", "price", "1h", "24h", "7d")
    steps = [_fit(state, names, width).dropped for width in range(60, 8, -1)]
    assert list(dict.fromkeys(steps)) == [(), ("7d",), ("24h", "7d"), ("1h", "24h", "7d")]


def test_a_column_does_not_shrink_while_prices_change() -> None:
    long, short = snapshot([quote(price=100_000.0)]), snapshot([quote(price=99.0)])
    kept = _natural(long, DEFAULT_COLUMNS)
    assert _natural(short, DEFAULT_COLUMNS, kept)["price"] == kept["price"] > _natural(short, DEFAULT_COLUMNS)["price"]


def test_the_width_of_a_row_is_what_its_columns_add_up_to() -> None:
    state = snapshot([quote()])
    natural = _natural(state, DEFAULT_COLUMNS)
    width = width_of(DEFAULT_COLUMNS, natural)
    assert _fit(state, DEFAULT_COLUMNS, width).dropped == ()
    assert {column.name: cells for column, _, cells in _fit(state, DEFAULT_COLUMNS, width).places} == {
        name: natural[name] for name in DEFAULT_COLUMNS
    }


def test_pictures_are_what_grows_where_there_is_room() -> None:
    state = snapshot([quote()])
    small, large = (_fit(state, DEFAULT_COLUMNS, width).widths for width in (50, 120))
    assert {name for name in small if small[name] != large[name]} == {"sparkline"} <= PICTURES


def test_there_is_a_column_for_every_name_that_a_configuration_may_hold() -> None:
    assert set(BY_NAME) == set(COLUMNS)


@pytest.mark.parametrize(("currency", "title"), [("usd", "price"), ("eur", "EUR"), ("sats", "SATS")])
def test_the_head_of_the_prices_names_their_currency(currency: str, title: str) -> None:
    assert title_of(BY_NAME["price"], currency) == title


def test_coins_that_fit_below_each_other_stay_in_one_column() -> None:
    assert columns_for(5, 200, 5) == 1
    assert columns_for(10, 80, 5) == 2
    assert columns_for(10, 60, 5) == 1
    assert columns_for(30, 220, 5) == 3
