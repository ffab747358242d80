"""Tables in a column of text."""

from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from cointicker.text.cells import cell_width
from cointicker.ui.tables import table_lines
from ui.samples import texts

tables = st.integers(1, 8).flatmap(
    lambda columns: st.lists(st.lists(texts, min_size=columns, max_size=columns), min_size=1, max_size=6)
)


@given(tables, st.integers(8, 90), st.booleans())
def test_no_row_is_wider_than_the_column(rows: list[list[str]], width: int, header: bool) -> None:
    lines, head = table_lines(rows, width, header=header)
    assert all(cell_width(line) <= width for line in lines)
    assert 0 <= head <= len(lines)


@given(st.lists(st.lists(st.sampled_from(["BTC", "88,349.00", "a coin", ""]), min_size=3, max_size=3), min_size=1))
def test_where_there_is_room_a_row_is_a_line(rows: Sequence[Sequence[str]]) -> None:
    lines, _ = table_lines(rows, 60, header=False)
    assert [line.split() for line in lines] == [" ".join(row).split() for row in rows]


@given(tables, st.integers(8, 90))
def test_no_sign_is_lost_however_narrow_the_column(rows: list[list[str]], width: int) -> None:
    shown = Counter("".join("".join(table_lines(rows, width, header=False)[0]).split()))
    assert not Counter("".join("".join(cell for row in rows for cell in row).split())) - shown


def test_figures_stand_under_each_other_at_the_right() -> None:
    lines, head = table_lines([["coin", "price"], ["BTC", "88,349.00"], ["XRP", "1.9042"]], 40, header=True)
    assert lines == ["coin      price", "BTC   88,349.00", "XRP      1.9042"]
    assert head == 1


def test_a_cell_that_is_too_wide_goes_on_in_the_line_below() -> None:
    lines, head = table_lines([["pool", "what it said"], ["Foundry", "the difficulty will fall"]], 24, header=True)
    assert lines == ["pool     what it said", "Foundry  the difficulty", "         will fall"]
    assert head == 1


def test_columns_that_cannot_be_read_are_told_row_by_row() -> None:
    rows = [["coin name", "price now", "day change"], ["Bitcoin Cash", "530.10", "1.2%"]]
    lines, head = table_lines(rows, 16, header=True)
    assert lines == ["coin name:", "Bitcoin Cash", "price now:", "530.10", "day change: 1.2%"]
    assert head == 0


def test_no_table_is_no_line() -> None:
    assert table_lines([], 40, header=True) == ([], 0)
