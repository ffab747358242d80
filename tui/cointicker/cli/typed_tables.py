"""What was typed, read as a table of a file by the very checks of that file."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from cointicker.cli.output import UsageError
from cointicker.config.documents import Document, Report

_T = TypeVar("_T")


def read_table(table: dict[str, object], read: Callable[[Report], _T | None]) -> _T:
    """What a table comes to. Raises ``UsageError`` with all that the report was told, or where nothing comes of it."""
    report = Report(Document(Path(), "", table, open_to_others=False))
    found = read(report)
    if found is None or report.problems:
        raise UsageError("; ".join(str(replace(problem, file=None, line=None)) for problem in report.problems))
    return found
