"""Columns of a terminal: aligned by cells, left out whole where they do not fit, never a number cut."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cointicker.cli.output import Paint
from cointicker.text.cells import cell_width, fit, pad

_GAP = 2
"""Cells between two columns."""
_LEAST_FLEXIBLE = 28
"""Cells that a flexible column keeps; before it gets fewer, others are left out."""


def _plain(_row: int, text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Column:
    """One column; its cells are plain text."""

    title: str
    cells: Sequence[str]
    right: bool = False
    rank: int = 0
    """The column with the highest rank is left out first; those of rank 0 stay."""
    flexible: bool = False
    """Takes the room that the others leave, and is cut to it."""
    paint: Callable[[int, str], str] = _plain
    """Colours the padded text of a row (its index, the text)."""

    @property
    def width(self) -> int:
        """Cells that nothing of it is cut in."""
        return max((cell_width(self.title), *map(cell_width, self.cells)))


def table_lines(columns: Sequence[Column], width: int, paint: Paint) -> list[str]:
    """A header, unless no column has a title, and a line for each row; ``width`` cells if columns of rank 0 fit."""
    kept = list(columns)
    while any(column.rank for column in kept) and _least(kept) > width:
        kept.remove(max(kept, key=lambda column: column.rank))
    room = width - sum(column.width for column in kept if not column.flexible) - _GAP * (len(kept) - 1)
    widths = [max(1, min(column.width, room)) if column.flexible else column.width for column in kept]
    lines = []
    if any(column.title for column in kept):
        titles = [
            pad(fit(column.title, size), size, right=column.right) for column, size in zip(kept, widths, strict=True)
        ]
        lines.append(paint.dim((" " * _GAP).join(titles).rstrip()))
    for row in range(len(columns[0].cells)):
        cells = [
            column.paint(row, pad(fit(column.cells[row], size), size, right=column.right))
            for column, size in zip(kept, widths, strict=True)
        ]
        lines.append((" " * _GAP).join(cells).rstrip())
    return lines


def _least(columns: Sequence[Column]) -> int:
    widths = (min(column.width, _LEAST_FLEXIBLE) if column.flexible else column.width for column in columns)
    return sum(widths) + _GAP * (len(columns) - 1)
