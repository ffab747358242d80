"""Which panes a terminal of a given size gets."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cointicker.ui.arrangement import LOW, MEDIUM, WIDE, Arrangement, Axis, arrange, zen
from cointicker.ui.widgets.mining import FACTS_ROWS, POOLS

ALL_OF_MINING = FACTS_ROWS + 1 + POOLS
RULE = 1

sizes = st.tuples(st.integers(1, 220), st.integers(1, 70))
coins = st.integers(0, 60)


def _rows_for_news(found: Arrangement, height: int) -> int:
    """Rows that are left for headlines and what stands over them."""
    body = height - found.bar - found.status - (2 if found.gap else 0)
    return body - found.watchlist - RULE if found.axis is Axis.STACKED else body


def _headlines(found: Arrangement, height: int) -> int:
    return (_rows_for_news(found, height) - found.head) // found.rows_each


@given(sizes, coins, st.integers(0, ALL_OF_MINING), st.booleans())
@example((60, 8), 40, 13, False)
@example((59, 7), 40, 13, False)
def test_the_parts_never_need_more_than_the_terminal(
    size: tuple[int, int], count: int, mining_rows: int, reading: bool
) -> None:
    width, height = size
    found = arrange(width, height, count, mining_rows=mining_rows, reading=reading)
    assert found.bar + found.status <= height
    if found.axis is Axis.BESIDE:
        body = height - found.bar - found.status - (2 if found.gap else 0)
        assert found.watchlist + RULE < width
        assert found.table + found.mining <= body
        assert found.mining == 0 or found.mining >= min(FACTS_ROWS, mining_rows)
    if found.axis is Axis.STACKED:
        assert _rows_for_news(found, height) >= found.head + found.rows_each
    assert found.rows_each in {1, 2}


@given(st.integers(1, 220), coins, st.booleans())
def test_one_row_is_the_price_bar_or_a_row_of_what_is_read(width: int, count: int, reading: bool) -> None:
    found = arrange(width, 1, count, mining_rows=ALL_OF_MINING, reading=reading)
    assert (found.bar, found.status, found.news, found.watchlist) == (not reading, False, reading, 0)
    told = arrange(width, 1, count, mining_rows=ALL_OF_MINING, reading=reading, telling=True)
    assert (told.bar, told.news) == (1, False), "a notice comes before both"


@given(st.integers(1, 220), st.integers(2, LOW), st.integers(1, 9))
def test_a_low_pane_has_a_second_row_of_prices_where_that_shows_more(width: int, height: int, rows: int) -> None:
    found = arrange(width, height, 10, mining_rows=ALL_OF_MINING, bar_rows=rows)
    assert found.bar == (2 if height >= 5 and rows > 1 else 1)


@given(st.integers(1, 220), st.integers(2, 4), st.booleans())
def test_an_article_has_all_of_a_few_rows_but_that_of_a_notice(width: int, height: int, telling: bool) -> None:
    found = arrange(width, height, 10, mining_rows=ALL_OF_MINING, bar_rows=2, reading=True, telling=telling)
    assert (found.bar, found.news) == (telling, True)


@given(st.integers(1, 220), st.integers(2, LOW), coins)
def test_a_few_rows_are_the_bar_and_a_headline_a_row(width: int, height: int, count: int) -> None:
    found = arrange(width, height, count, mining_rows=ALL_OF_MINING)
    assert (found.axis, found.bar, found.status) == (Axis.ALONE, True, False)
    assert _headlines(found, height) == height - 1


@given(st.integers(WIDE, 220), st.integers(LOW + 1, 70), coins, st.booleans())
def test_a_wide_terminal_has_everything_side_by_side_also_while_one_reads(
    width: int, height: int, count: int, reading: bool
) -> None:
    found = arrange(width, height, count, mining_rows=ALL_OF_MINING, reading=reading)
    assert (found.axis, found.bar, found.status) == (Axis.BESIDE, True, True)
    assert found.watchlist >= 46


@given(st.integers(MEDIUM, WIDE - 1), st.integers(10, 70), coins)
def test_a_medium_terminal_stacks_under_the_bar(width: int, height: int, count: int) -> None:
    found = arrange(width, height, count, mining_rows=ALL_OF_MINING)
    assert (found.axis, found.bar, found.status, found.compact) == (Axis.STACKED, True, True, False)


@given(st.integers(1, MEDIUM - 1), st.integers(LOW + 1, 70), coins)
def test_a_narrow_terminal_is_one_column_without_a_bar(width: int, height: int, count: int) -> None:
    found = arrange(width, height, count, mining_rows=ALL_OF_MINING)
    assert (found.axis, found.bar, found.status, found.compact) == (Axis.STACKED, False, True, True)


@given(st.integers(1, WIDE - 1), st.integers(LOW + 1, 70), coins)
def test_an_article_has_all_of_a_pane_that_is_not_wide(width: int, height: int, count: int) -> None:
    found = arrange(width, height, count, mining_rows=ALL_OF_MINING, reading=True)
    assert (found.axis, found.watchlist) == (Axis.ALONE, 0)


@pytest.mark.parametrize(("size", "least"), [((80, 24), 14), ((100, 30), 12), ((45, 30), 8), ((120, 36), 15)])
def test_so_many_headlines_are_seen_with_ten_coins(size: tuple[int, int], least: int) -> None:
    width, height = size
    found = arrange(width, height, 10, mining_rows=ALL_OF_MINING)
    assert _headlines(found, height) >= least


@given(st.integers(MEDIUM, WIDE - 1), st.integers(LOW + 1, 70), coins)
def test_a_stacked_watchlist_has_rows_for_the_coins_that_it_was_cut_for(width: int, height: int, count: int) -> None:
    found = arrange(width, height, count, mining_rows=ALL_OF_MINING)
    over = 0 if found.axis is Axis.ALONE else 2 if found.across == 1 else 1
    assert 0 <= found.watchlist - over <= -(-count // found.across) or count == 0


def test_mining_is_shown_whole_where_the_terminal_is_high_enough() -> None:
    found = arrange(120, 36, 10, mining_rows=ALL_OF_MINING)
    assert found.mining == ALL_OF_MINING
    assert arrange(120, 20, 10, mining_rows=ALL_OF_MINING).mining == 0


@given(sizes, coins)
def test_zen_leaves_nothing_but_the_article(size: tuple[int, int], count: int) -> None:
    width, height = size
    found = zen(arrange(width, height, count, mining_rows=ALL_OF_MINING, reading=True))
    assert (found.axis, found.bar, found.status, found.watchlist, found.gap) == (Axis.ALONE, False, False, 0, False)
