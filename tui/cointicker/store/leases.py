"""What panes share so that one of them fetches for all: leases and deadlines.

Times are wall-clock, for they must mean the same in every process. A clock that was set wrong and then right could
leave a time far ahead; a deadline is trusted for no more than a day ahead, a lease for no more than its length.
"""

import itertools
import sqlite3
from collections.abc import Callable

from cointicker.engine.ports import Deadline
from cointicker.store.database import Database
from cointicker.store.owners import is_dead

DAY = 24 * 3600.0
LONGEST = DAY
"""Seconds that a deadline may reach ahead."""
_SKEW = 2.0
"""Seconds that a lease may reach ahead beyond its length; one that reaches further is from before a clock was set."""


class LeaseBook:
    """``engine.leasing.LeaseStore`` in a database that the rest of the store shares. Nothing raises."""

    def __init__(self, database: Database, clock: Callable[[], float], owner: str) -> None:
        self._database = database
        self._clock = clock
        self._owner = owner
        self._tickets = itertools.count(1)

    async def take(self, name: str, seconds: float) -> str | None:
        """Take a lease for so long; a ticket that proves it, ``None`` while another has it or nothing can be kept."""
        ticket = f"{self._owner}:{next(self._tickets)}"
        taken = await self._database.write(
            lambda connection: take(connection, name, ticket, seconds, self._clock()), otherwise=False
        )
        return ticket if taken else None

    async def renew(self, name: str, ticket: str, seconds: float) -> bool | None:
        """Have a lease for so long from now; ``False`` where another took it since, ``None`` where none can tell."""
        return await self._database.write(
            lambda connection: renew(connection, name, ticket, seconds, self._clock()), None
        )

    async def give_back(self, name: str, ticket: str) -> None:
        """Let others have a lease; nothing happens when another has it already."""
        await self._database.write(lambda connection: give_back(connection, name, ticket), None)


def take(connection: sqlite3.Connection, name: str, ticket: str, seconds: float, now: float) -> bool:
    """Take a lease that nobody has, whose time is over, or whose owner is dead."""
    row = connection.execute("SELECT owner, expires_at FROM leases WHERE name = ?", (name,)).fetchone()
    if row is not None and now < row[1] <= now + seconds + _SKEW and not is_dead(row[0]):
        return False
    connection.execute(
        "INSERT OR REPLACE INTO leases (name, owner, expires_at) VALUES (?, ?, ?)", (name, ticket, now + seconds)
    )
    return True


def renew(connection: sqlite3.Connection, name: str, ticket: str, seconds: float, now: float) -> bool:
    """Lengthen a lease, though its time be over; ``False`` where another has had it since."""
    cursor = connection.execute(
        "UPDATE leases SET expires_at = ? WHERE name = ? AND owner = ?", (now + seconds, name, ticket)
    )
    return cursor.rowcount == 1


def give_back(connection: sqlite3.Connection, name: str, ticket: str) -> None:
    """Free a lease; nothing happens when another has it."""
    connection.execute("DELETE FROM leases WHERE name = ? AND owner = ?", (name, ticket))


def load_deadline(connection: sqlite3.Connection, name: str, now: float) -> Deadline:
    """When a source may be asked next, at most a day ahead (see ``trusted``)."""
    row = connection.execute(
        "SELECT fetched_at, next_at, why, failures, asked FROM deadlines WHERE name = ?", (name,)
    ).fetchone()
    if row is None:
        return Deadline()
    fetched_at, next_at, why, failures, asked = row
    return Deadline(
        fetched_at=None if fetched_at is None else min(fetched_at, now),
        next_at=trusted(next_at, now),
        why=why,
        failures=failures,
        asked=bool(asked),
    )


def trusted(next_at: float, now: float) -> float:
    """A time to wait for; now for one that is further ahead than any may be: a clock was wrong when it was written."""
    return next_at if next_at <= now + LONGEST + _SKEW else now


def save_deadline(connection: sqlite3.Connection, name: str, deadline: Deadline) -> None:
    """Keep when a source may be asked next."""
    connection.execute(
        "INSERT OR REPLACE INTO deadlines (name, fetched_at, next_at, why, failures, asked) VALUES (?, ?, ?, ?, ?, ?)",
        (name, deadline.fetched_at, deadline.next_at, deadline.why, deadline.failures, deadline.asked),
    )
