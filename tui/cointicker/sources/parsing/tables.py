"""Tables: those that hold data, as rows of safe cells."""

from lxml.etree import _Element

from cointicker.domain.news import Table
from cointicker.domain.words import EMPTY, SafeText
from cointicker.text.safe import clean

MAX_COLUMNS = 8
MAX_ROWS = 60
MAX_CELL = 120
"""Characters; a cell with more is running text."""

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


def read_table(rows: list[list[_Element]]) -> Table | None:
    """The table, or ``None`` where it only arranges running text or is too large to be shown in columns."""
    width = max(map(len, rows), default=0)
    if not (1 < width <= MAX_COLUMNS and 1 < len(rows) <= MAX_ROWS):
        return None
    cells = [[_cell(cell) for cell in row] for row in rows]
    texts = [[cell for cell in row if cell is not None] for row in cells]
    if any(len(text) > MAX_CELL for row in texts for text in row) or sum(map(len, texts)) < sum(map(len, cells)):
        return None
    filled = tuple((*row, *(EMPTY,) * (width - len(row))) for row in texts if any(row))
    if len(filled) < 2:
        return None
    return Table(filled, header=all(cell.tag == "th" for cell in rows[0]))


def _cell(cell: _Element) -> SafeText | None:
    """The text of a cell, or ``None`` where it holds blocks."""
    if next(cell.iter(*_BLOCKS), None) is not None:
        return None
    return clean(text_of(cell, " "), MAX_CELL * 2)
