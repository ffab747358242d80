"""Who is there, as rows: one for each pane and status line, which dies with its time."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from cointicker.engine.panes import Pane
from cointicker.store.database import Database
from cointicker.store.owners import is_dead

_AHEAD = 5.0
"""Seconds that a sign of life may be ahead of us; one that is further ahead was given under a clock that was wrong."""
_COLUMNS = "owner, seen_at, currency, coins, focused, touched_at"


class PaneBook:
    """``engine.panes.PaneStore`` in a database that the rest of the store shares. Nothing raises."""

    def __init__(self, database: Database, clock: Callable[[], float], owner: str) -> None:
        self._database = database
        self._clock = clock
        self.owner = owner
        """Names this process."""

    async def beat(self, pane: Pane, lasts: float) -> tuple[Pane, ...]:
        """Write a row that counts for so many seconds; all that count now."""

        def work(connection: sqlite3.Connection) -> tuple[Pane, ...]:
            save_pane(connection, pane, lasts, self._clock())
            forget_panes(connection, self._clock())
            return load_panes(connection, self._clock())

        return await self._database.write(work, (pane,))

    async def present(self) -> tuple[Pane, ...]:
        """All that count now."""
        return await self._database.read(lambda connection: load_panes(connection, self._clock()), ())

    async def leave(self, owner: str) -> None:
        """Remove a row."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM panes WHERE owner = ?", (owner,))

        await self._database.write(work, None)


def save_pane(connection: sqlite3.Connection, pane: Pane, lasts: float, now: float) -> None:
    """Write a row that counts for so many seconds."""
    connection.execute(
        f"INSERT OR REPLACE INTO panes ({_COLUMNS}, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (
            pane.owner, pane.seen_at, pane.currency, json.dumps(pane.coins), pane.focused, pane.touched_at,
            now + lasts,
        ),
    )  # fmt: skip


def load_panes(connection: sqlite3.Connection, now: float) -> tuple[Pane, ...]:
    """All rows that count, without those of processes that are known to be dead."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM panes WHERE expires_at > ? AND seen_at <= ? ORDER BY owner",  # noqa: S608
        (now, now + _AHEAD),
    )
    return tuple(pane for row in rows if not is_dead(row[0]) and (pane := _unpack(row)) is not None)


def forget_panes(connection: sqlite3.Connection, now: float) -> None:
    """Drop the rows whose time is over."""
    connection.execute("DELETE FROM panes WHERE expires_at <= ? OR seen_at > ?", (now, now + _AHEAD))


def _unpack(row: Sequence[Any]) -> Pane | None:
    """The pane of a row; ``None`` where another program has written what makes none. It is gone in a moment."""
    owner, seen_at, currency, text, focused, touched_at = row
    try:
        coins = json.loads(text)
    except ValueError:
        return None
    if not isinstance(coins, list) or not all(isinstance(coin, str) for coin in coins):
        return None
    return Pane(owner, seen_at, currency, tuple(coins), None if focused is None else bool(focused), touched_at)
