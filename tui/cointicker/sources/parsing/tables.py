"""Tables: those that hold data, as rows of safe cells."""

from collections.abc import Sequence

from lxml.etree import _Element

from cointicker.domain.news import Table
from cointicker.domain.words import EMPTY, SafeText
from cointicker.text.safe import clean

MAX_COLUMNS = 8
MAX_ROWS = 60
MAX_CELL = 120
"""Characters; a cell with more is running text."""
MAX_HEADED_CELL = 500
"""The same where a row of heads says that all below them are data."""

_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_BLOCKS = ("table", "ul", "ol", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6")


def text_of(element: _Element, gap: str = "") -> str:
    """All words under an element, foreign; ``gap`` stands between those of different elements."""
    return gap.join(map(str, element.itertext()))


def table_rows(table: _Element) -> list[list[_Element]]:
    """The cells of a table's own rows, not of tables within it."""
    rows = []
    for child in table:
        for row in child if child.tag in _GROUPS else (child,):
            if row.tag == "tr":
                rows.append([cell for cell in row if cell.tag in {"td", "th"}])
            elif row.tag not in {"colgroup", "col"}:
                rows.append([row])
    return [row for row in rows if row]


def read_cells(rows: list[list[_Element]]) -> list[list[SafeText]] | None:
    """The texts of the cells, or ``None`` where the table only arranges running text."""
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return None
    longest = MAX_HEADED_CELL if all(cell.tag == "th" for cell in rows[0]) else MAX_CELL
    cells = [[cell for element in row if (cell := _cell(element, longest)) is not None] for row in rows]
    if sum(map(len, cells)) < sum(map(len, rows)) or any(len(cell) > longest for row in cells for cell in row):
        return None
    return [row for row in cells if any(row)]


def are_even(rows: list[list[_Element]]) -> bool:
    """Whether rows are of one length, as those that arrange a page seldom are: each tells of one thing."""
    return len(rows) > 2 and len(rows[0]) > 1 and len({len(row) for row in rows}) == 1


def is_running_text(row: list[_Element]) -> bool:
    """Whether there are no blocks in the cells of a row."""
    return all(next(cell.iter(*_BLOCKS, "p", "div"), None) is None for cell in row)


def has_content(cell: _Element) -> bool:
    """Whether there is anything in a cell."""
    return bool(text_of(cell).strip()) or cell.find(".//img") is not None


def make_table(cells: list[list[SafeText]], *, header: bool) -> Table | None:
    """The table, its rows filled up to one length, or ``None`` where it is too large to be shown in columns."""
    width = max(map(len, cells), default=0)
    if not cells or width > MAX_COLUMNS or len(cells) > MAX_ROWS:
        return None
    rows = tuple((*row, *(EMPTY,) * (width - len(row))) for row in cells)
    return Table(rows, header or _is_headed(rows))


def _is_headed(rows: Sequence[Sequence[SafeText]]) -> bool:
    """Whether the first row is a head though it is not marked as one: words, and figures below them."""
    head, *body = rows
    figures = [all(_is_figure(row[column]) for row in body) for column in range(len(head))]
    return len(body) > 1 and all(head) and any(figures) and not any(map(_is_figure, head))


def _is_figure(text: str) -> bool:
    return text.lstrip("▲▼+-−~$€£¥₿ ")[:1].isdigit()


def _cell(cell: _Element, longest: int) -> SafeText | None:
    """The text of a cell, longer than that at most by as much again, or ``None`` where it holds blocks."""
    if next(cell.iter(*_BLOCKS), None) is not None:
        return None
    return clean(text_of(cell, " "), longest * 2)
