"""What alerts have seen and what fired, as rows, and which pane acts on a firing."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from cointicker.domain.alerts import Firing, Kind, Watch
from cointicker.engine.notifying import Outcome
from cointicker.store.database import Database
from cointicker.text.safe import vouch

KEEP = 90 * 86_400.0
"""Seconds that a firing is kept, and what is remembered of an alert that nobody judges any more."""
_WATCH = "alert_id, at, value, met, fired_at, snoozed_until, turn"
FIRING = "alert_id, kind, coin_id, at, noticed_at, value, level, currency, text, note, headline_id, away, quiet"
"""Columns of a firing."""


class AlertBook:
    """``engine.notifying.AlertStore`` in a database that the rest of the store shares. Nothing raises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def watches(self) -> dict[str, Watch]:
        """What is remembered of every alert, by its id."""
        return await self._database.read(_load_watches, {})

    async def keep(self, outcomes: Sequence[Outcome]) -> tuple[Firing, ...]:
        """Store what alerts came to, unless another process was quicker; the firings that are ours to act on."""
        return await self._database.write(lambda connection: _keep(connection, outcomes), ())

    async def firings(self, limit: int) -> tuple[Firing, ...]:
        """The last that fired, the newest last."""
        return await self._database.read(lambda connection: _load_firings(connection, limit), ())


def _load_watches(connection: sqlite3.Connection) -> dict[str, Watch]:
    return {row[0]: _unpack_watch(row) for row in connection.execute(f"SELECT {_WATCH} FROM watches")}  # noqa: S608


def _keep(connection: sqlite3.Connection, outcomes: Sequence[Outcome]) -> tuple[Firing, ...]:
    ours: list[Firing] = []
    for outcome in outcomes:
        before, after = outcome.before, outcome.after
        row = connection.execute("SELECT turn FROM watches WHERE alert_id = ?", (before.alert_id,)).fetchone()
        if (row[0] if row else 0) != before.turn:
            continue
        connection.execute(
            f"INSERT OR REPLACE INTO watches ({_WATCH}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (
                before.alert_id, after.at, after.value, after.met, after.fired_at, after.snoozed_until,
                before.turn + 1,
            ),
        )  # fmt: skip
        ours += [firing for firing in outcome.firings if _log(connection, firing)]
    return tuple(ours)


def _log(connection: sqlite3.Connection, firing: Firing) -> bool:
    """Enter a firing into the log; ``False`` where it is there already."""
    cursor = connection.execute(
        f"INSERT OR IGNORE INTO firings ({FIRING}) VALUES ({', '.join('?' * 13)})",  # noqa: S608
        (
            firing.alert_id, firing.kind.value, firing.coin_id, firing.at, firing.noticed_at, firing.value,
            firing.level, firing.currency, firing.text, firing.note, firing.headline_id, firing.away, firing.quiet,
        ),
    )  # fmt: skip
    return cursor.rowcount == 1


def _load_firings(connection: sqlite3.Connection, limit: int) -> tuple[Firing, ...]:
    rows = connection.execute(
        f"SELECT {FIRING} FROM firings ORDER BY noticed_at DESC, at DESC, alert_id LIMIT ?",  # noqa: S608
        (limit,),
    )
    known = {kind.value for kind in Kind}  # another version may know more
    return tuple(reversed([unpack_firing(row) for row in rows if row[1] in known]))


def forget_alerts(connection: sqlite3.Connection, now: float) -> None:
    """Drop what is long past."""
    connection.execute("DELETE FROM firings WHERE noticed_at < ?", (now - KEEP,))
    connection.execute("DELETE FROM watches WHERE at < ?", (now - KEEP,))


def _unpack_watch(row: Sequence[Any]) -> Watch:
    alert_id, at, value, met, fired_at, snoozed_until, turn = row
    return Watch(alert_id, at, value, bool(met), fired_at, snoozed_until, turn)


def unpack_firing(row: Sequence[Any]) -> Firing:
    """A row by ``FIRING``."""
    alert_id, kind, coin, at, noticed_at, value, level, currency, text, note, headline, away, quiet = row
    return Firing(
        alert_id, Kind(kind), coin, at, noticed_at, value, level, currency, vouch(text), vouch(note), headline,
        bool(away), bool(quiet),
    )  # fmt: skip
