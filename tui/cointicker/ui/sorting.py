"""In which order the coins of a list are shown. Pure."""

from collections.abc import Sequence

from cointicker.engine.state import Snapshot
from cointicker.ui.columns import BY_NAME, Value
from cointicker.ui.entries import Entry


def sort_of(snapshot: Snapshot) -> str:
    """The column that the list in use is sorted by, ``-`` before it for the highest first; empty: one's own order."""
    return snapshot.settings.sort.get(snapshot.watchlist.name, "")


def sort_entries(entries: Sequence[Entry], sort: str) -> tuple[Entry, ...]:
    """The coins by a column; those of which it says nothing come last either way, equals in one's own order."""
    column = BY_NAME.get(sort.removeprefix("-"))
    if column is None:
        return tuple(entries)
    known = [(key, entry) for entry in entries if (key := _key(column.value(entry))) is not None]
    known.sort(key=lambda each: each[0], reverse=sort.startswith("-"))
    return (*(entry for _, entry in known), *(entry for entry in entries if column.value(entry) is None))


def _key(value: Value) -> tuple[float, str] | None:
    """Something that numbers and texts can be compared by."""
    if value is None:
        return None
    return (0.0, value) if isinstance(value, str) else (value, "")


def next_sort(sort: str, column: str) -> tuple[str, bool]:
    """What choosing a column does: sorts by it, then the other way round, then gives back one's own order.

    The column, empty for one's own order, and whether the highest come first.
    """
    first = BY_NAME[column].falling
    if sort.removeprefix("-") != column:
        return column, first
    return (column, not first) if sort.startswith("-") == first else ("", False)


def turn_sort(sort: str, columns: Sequence[str], step: int) -> tuple[str, bool]:
    """The next column to sort by out of those shown; behind the last comes one's own order."""
    order = ("", *columns)
    now = sort.removeprefix("-")
    column = order[((order.index(now) if now in order else 0) + step) % len(order)]
    return column, bool(column) and BY_NAME[column].falling
