"""What panes share so that one of them fetches for all: leases, the ledger of calls, and deadlines.

Times are wall-clock, for they must mean the same in every process. A clock that was set wrong and then right could
leave a time far ahead; a deadline is trusted for no more than a day ahead, a lease for a quarter of an hour.
"""

import sqlite3

from cointicker.engine.ports import Deadline

DAY = 24 * 3600.0
LONGEST = DAY
"""Seconds that a deadline may reach ahead."""
LONGEST_LEASE = 900.0
"""Seconds that a lease may reach ahead."""
KEEP_CALLS = 40 * DAY
"""Seconds that a call stays in the ledger: longer than any month."""


def acquire(connection: sqlite3.Connection, name: str, owner: str, seconds: float, now: float) -> bool:
    """Take or renew a lease; ``False`` while another owner holds it."""
    row = connection.execute("SELECT owner, expires_at FROM leases WHERE name = ?", (name,)).fetchone()
    if row is not None and row[0] != owner and now < row[1] <= now + LONGEST_LEASE:
        return False
    connection.execute(
        "INSERT OR REPLACE INTO leases (name, owner, expires_at) VALUES (?, ?, ?)",
        (name, owner, now + min(seconds, LONGEST_LEASE)),
    )
    return True


def release(connection: sqlite3.Connection, name: str, owner: str) -> None:
    """Give a lease back; nothing happens when it is another's."""
    connection.execute("DELETE FROM leases WHERE name = ? AND owner = ?", (name, owner))


def count_call(connection: sqlite3.Connection, service: str, now: float) -> None:
    """Enter one call to a service into the ledger."""
    connection.execute("INSERT INTO calls (service, at) VALUES (?, ?)", (service, now))


def calls_since(connection: sqlite3.Connection, service: str, since: float) -> int:
    """Calls to a service since a time, Unix seconds."""
    row = connection.execute("SELECT count(*) FROM calls WHERE service = ? AND at >= ?", (service, since)).fetchone()
    return int(row[0])


def forget_calls(connection: sqlite3.Connection, now: float) -> None:
    """Drop calls that count for no month any more."""
    connection.execute("DELETE FROM calls WHERE at < ?", (now - KEEP_CALLS,))


def load_deadline(connection: sqlite3.Connection, name: str, now: float) -> Deadline:
    """When a source may be asked next, at most a day ahead."""
    row = connection.execute(
        "SELECT fetched_at, next_at, why, failures, asked FROM deadlines WHERE name = ?", (name,)
    ).fetchone()
    if row is None:
        return Deadline()
    fetched_at, next_at, why, failures, asked = row
    return Deadline(
        fetched_at=None if fetched_at is None else min(fetched_at, now),
        next_at=min(next_at, now + LONGEST),
        why=why,
        failures=failures,
        asked=bool(asked),
    )


def save_deadline(connection: sqlite3.Connection, name: str, deadline: Deadline) -> None:
    """Keep when a source may be asked next."""
    connection.execute(
        "INSERT OR REPLACE INTO deadlines (name, fetched_at, next_at, why, failures, asked) VALUES (?, ?, ?, ?, ?, ?)",
        (name, deadline.fetched_at, deadline.next_at, deadline.why, deadline.failures, deadline.asked),
    )
