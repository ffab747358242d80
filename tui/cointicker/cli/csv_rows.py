"""Comma-separated values as RFC 4180 has them, safe to open with a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula, though it stands in a text."""


def csv_text(columns: Sequence[str], rows: Iterable[dict[str, Any]], *, header: bool = True) -> str:
    """Rows by the names of columns: CRLF, quotation marks where they are needed; unknown is empty.

    A text that a spreadsheet would run gets an apostrophe in front, a list has semicolons between its parts.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    if header:
        writer.writerow(columns)
    writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    match value:
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return _cell("; ".join(map(str, value)))
        case str():
            return f"'{value}" if value.startswith(_FORMULA) else str(value)
    return value
