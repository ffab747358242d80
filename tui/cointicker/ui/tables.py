"""Tables in lines of cells, narrower than they would like to be."""

from collections.abc import Sequence

from cointicker.text.cells import cell_width, chunks, pad

_GAP = 2
_LEAST = 6
"""Cells below which a column cannot be read: then each row is told as a list of its values."""


def table_lines(rows: Sequence[Sequence[str]], width: int, *, header: bool) -> tuple[list[str], int]:
    """Lines of a table in at most ``width`` cells, and how many of them are its header."""
    columns = len(rows[0]) if rows else 0
    if not columns:
        return [], 0
    wanted = [max(cell_width(row[column]) for row in rows) for column in range(columns)]
    widths = _shrink(wanted, width - _GAP * (columns - 1))
    too_many = sum(widths) + _GAP * (columns - 1) > width
    if too_many or any(have < min(want, _LEAST) for have, want in zip(widths, wanted, strict=True)):
        return _told(rows, width, header=header), 0
    body = rows[1:] if header and len(rows) > 1 else rows
    figures = [all(_is_figure(row[column]) for row in body) for column in range(columns)]
    lines: list[str] = []
    head = 0
    for index, row in enumerate(rows):
        lines += _row_lines(row, widths, figures)
        if index == 0 and header:
            head = len(lines)
    return lines, head


def _shrink(wanted: list[int], room: int) -> list[int]:
    """Take from the widest columns until all fit."""
    widths = list(wanted)
    while sum(widths) > room and max(widths) > 1:
        widest = max(range(len(widths)), key=widths.__getitem__)
        widths[widest] -= 1
    return widths


def _row_lines(row: Sequence[str], widths: Sequence[int], figures: Sequence[bool]) -> list[str]:
    """The lines of a row; columns of figures are set to the right."""
    cells = [_wrapped(text, width) for text, width in zip(row, widths, strict=True)]
    height = max(map(len, cells))
    lines = []
    for index in range(height):
        parts = [
            pad(cell[index] if index < len(cell) else "", width, right=right)
            for cell, width, right in zip(cells, widths, figures, strict=True)
        ]
        lines.append((" " * _GAP).join(parts).rstrip())
    return lines


def _is_figure(text: str) -> bool:
    return not text or text in {"—", "-", "–"} or text.lstrip("▲▼+-−~$€£¥₿ ")[:1].isdigit()


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if cell_width(joined) <= width:
            line = joined
        else:
            if line:
                lines.append(line)
            *full, line = chunks(word, width)
            lines += full
    return [*lines, line]


def _told(rows: Sequence[Sequence[str]], width: int, *, header: bool) -> list[str]:
    names = rows[0] if header and len(rows) > 1 else [""] * len(rows[0])
    lines: list[str] = []
    for row in rows[1:] if header and len(rows) > 1 else rows:
        for name, value in zip(names, row, strict=True):
            if value:
                lines += _wrapped(f"{name}: {value}" if name else value, width)
        lines.append("")
    return lines[:-1]
