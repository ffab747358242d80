"""What is saved of a damaged database, so that the source is not asked more than it bears: how many calls were made,
how many a minute bears, and who asked to be left alone. All else comes anew from its source."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from cointicker.engine.budget import Day
from cointicker.store.counts import add_counts

# A day with more than a call a second, or a minute with ten thousand, is not believed.
_DAYS = (
    "SELECT service, key, day, calls, min(quotes, calls), watched FROM call_days WHERE typeof(service) = 'text'"
    " AND typeof(key) = 'text' AND typeof(day) = 'integer' AND typeof(calls) = 'integer'"
    " AND typeof(quotes) = 'integer' AND calls BETWEEN 0 AND 86400 AND quotes >= 0"
    " AND typeof(watched) = 'real' AND watched BETWEEN 0 AND 86400"
)
_CALLS = "SELECT service, at FROM calls WHERE typeof(service) = 'text' AND typeof(at) = 'real'"
_LIMITS = (
    "SELECT service, key, most, until FROM call_limits WHERE typeof(service) = 'text' AND typeof(key) = 'text'"
    " AND typeof(most) = 'integer' AND most BETWEEN 1 AND 10000 AND typeof(until) = 'real'"
)
# When anything was fetched is of no use without what was fetched.
_DEADLINES = (
    "SELECT name, next_at, why, failures FROM deadlines WHERE asked = 1 AND typeof(name) = 'text'"
    " AND typeof(next_at) = 'real' AND typeof(why) = 'text' AND typeof(failures) = 'integer'"
)


def salvage(damaged: Path, file: sqlite3.Connection) -> None:
    """Put into a file what a damaged one, which no program writes any more, still tells. Raises ``sqlite3.Error``.

    Only a failure to write is raised; what cannot be read is left out.
    """
    file.execute("BEGIN IMMEDIATE")
    with file:
        for service, key, *counted in _rows(damaged, _DAYS):
            add_counts(file, service, key, Day(*counted))
        for row in _rows(damaged, _CALLS):
            file.execute("INSERT INTO calls (service, at) VALUES (?, ?)", row)
        for row in _rows(damaged, _LIMITS):
            file.execute("INSERT OR IGNORE INTO call_limits (service, key, most, until) VALUES (?, ?, ?, ?)", row)
        for row in _rows(damaged, _DEADLINES):
            file.execute(
                "INSERT OR IGNORE INTO deadlines (name, next_at, why, failures, asked) VALUES (?, ?, ?, ?, 1)", row
            )


def _rows(damaged: Path, query: str) -> Iterator[tuple[Any, ...]]:
    """The rows up to the first that cannot be read; none where nothing can."""
    # Without a log of its own a file would be given one, though nobody may write it.
    mode = "mode=ro" if damaged.with_name(f"{damaged.name}-wal").exists() else "immutable=1"
    found: list[tuple[Any, ...]] = []
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"{damaged.absolute().as_uri()}?{mode}", uri=True)) as connection,
    ):
        found.extend(connection.execute(query))
    yield from found
