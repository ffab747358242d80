"""The ledger of calls: by service, key and day for the month's budget, and one by one for the pace of a minute.

What is counted cannot be lost by a restart; a clock that jumps puts some calls into the wrong day, no more.
"""

import sqlite3
from collections.abc import Callable

from cointicker.engine.budget import Day, day_number
from cointicker.engine.ledger import Limit
from cointicker.store.counts import add_counts
from cointicker.store.database import Database

_AHEAD = 5.0
"""Seconds that a call may be ahead of us; one that is further ahead was made under a clock that was wrong."""
ANY_KEY = "*"
"""In place of a key: calls that were counted before keys were told apart. They count for each."""


class CallLedger:
    """``engine.ledger.LedgerStore`` in a database that the rest of the store shares. Nothing raises."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    async def count(self, service: str, key: str = "") -> None:
        """Enter a call, made now, in the name of a key by its mark."""
        now = self._clock()

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT INTO calls (service, at) VALUES (?, ?)", (service, now))
            add_counts(connection, service, key, Day(day_number(now), calls=1))

        await self._database.write(work, None)

    async def note_fetch(self, service: str, key: str, calls: int, watched: float) -> None:
        """Note that so many of the calls, counted before, were for quotes, and seconds that somebody looked."""
        day = Day(day_number(self._clock()), quotes=calls, watched=watched)
        await self._database.write(lambda connection: add_counts(connection, service, key, day), None)

    async def days(self, service: str, key: str, since: int) -> tuple[Day, ...]:
        """The days from a day on (as ``day_number`` counts), the oldest first; those without calls are missing."""

        def work(connection: sqlite3.Connection) -> tuple[Day, ...]:
            rows = connection.execute(
                "SELECT day, sum(calls), sum(quotes), sum(watched) FROM call_days"
                " WHERE service = ? AND key IN (?, ?) AND day >= ? GROUP BY day ORDER BY day",
                (service, key, ANY_KEY, since),
            )
            return tuple(Day(*row) for row in rows)

        return await self._database.read(work, ())

    async def since(self, service: str, since: float) -> int:
        """How many calls all processes together made to a service since a time, whatever the key."""
        until = self._clock() + _AHEAD

        def work(connection: sqlite3.Connection) -> int:
            query = "SELECT count(*) FROM calls WHERE service = ? AND at BETWEEN ? AND ?"
            return int(connection.execute(query, (service, since, until)).fetchone()[0])

        return await self._database.read(work, 0)

    async def limit(self, service: str, key: str) -> Limit | None:
        """What is known of the calls that a minute bears, as long as it holds."""
        now = self._clock()

        def work(connection: sqlite3.Connection) -> Limit | None:
            query = "SELECT most, until FROM call_limits WHERE service = ? AND key = ?"
            row = connection.execute(query, (service, key)).fetchone()
            return None if row is None or not now < row[1] <= now + Limit.LONGEST + _AHEAD else Limit(*row)

        return await self._database.read(work, None)

    async def save_limit(self, service: str, key: str, limit: Limit) -> None:
        """Keep how many calls a minute bears."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT OR REPLACE INTO call_limits (service, key, most, until) VALUES (?, ?, ?, ?)",
                (service, key, limit.most, limit.until),
            )

        await self._database.write(work, None)
