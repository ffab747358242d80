"""The newest headlines as they were read last, so that of thousands only those that have changed are read again."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from cointicker.domain.news import Headline
from cointicker.store.news import COLUMNS, NEWEST_FIRST, unpack_headline

_LISTED = f"SELECT headline_id, place, read, starred FROM headlines {NEWEST_FIRST} LIMIT ?"  # noqa: S608
_CHOSEN = f"SELECT {COLUMNS} FROM headlines WHERE headline_id IN (SELECT value FROM json_each(?))"  # noqa: S608


class Shelf:
    """Lives in the thread of the database. What has not changed is the same object as before."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[int | None, Headline]] = {}
        """Id → the headline's place in the index, which changes with its words, and the headline."""
        self._newest: tuple[Headline, ...] = ()

    def load(self, connection: sqlite3.Connection, limit: int) -> tuple[Headline, ...]:
        """The newest headlines, newest first."""
        rows = connection.execute(_LISTED, (limit,)).fetchall()
        shelf: dict[str, tuple[int | None, Headline]] = {}
        unknown: list[str] = []
        for headline_id, place, read, starred in rows:
            known = self._read.get(headline_id)
            if known is None or place is None or known[0] != place:
                unknown.append(headline_id)
            else:
                headline = known[1]
                if (headline.read, headline.starred) != (bool(read), bool(starred)):
                    known = (place, replace(headline, read=bool(read), starred=bool(starred)))
                shelf[headline_id] = known
        places = {row[0]: row[1] for row in rows}
        for headline in _read_all(connection, unknown):
            shelf[headline.headline_id] = (places[headline.headline_id], headline)
        newest = tuple(shelf[row[0]][1] for row in rows if row[0] in shelf)
        if len(newest) != len(self._newest) or any(map(_differ, newest, self._newest)):
            self._newest = newest
        self._read = shelf
        return self._newest


def _differ(one: Headline, other: Headline) -> bool:
    return one is not other


def _read_all(connection: sqlite3.Connection, headline_ids: Sequence[str]) -> list[Headline]:
    rows = connection.execute(_CHOSEN, (json.dumps(headline_ids),)) if headline_ids else ()
    return list(map(unpack_headline, rows))
