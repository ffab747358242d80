"""How far articles were read, as rows."""

import sqlite3
from collections.abc import Callable

from cointicker.store.database import Database

KEEP = 90 * 86_400.0
"""Seconds that a place is kept after the article was left."""


class PlaceBook:
    """``engine.annotating.PlaceStore`` in a database that the rest of the store shares. Nothing raises."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    async def load(self, headline_id: str) -> float | None:
        """Where reading was left."""

        def work(connection: sqlite3.Connection) -> float | None:
            row = connection.execute(
                "SELECT place FROM reading_places WHERE headline_id = ?", (headline_id,)
            ).fetchone()
            return None if row is None else float(row[0])

        return await self._database.read(work, None)

    async def keep(self, headline_id: str, place: float) -> None:
        """Note where reading was left; places that are too old go."""

        def work(connection: sqlite3.Connection) -> None:
            now = self._clock()
            connection.execute("INSERT OR REPLACE INTO reading_places VALUES (?, ?, ?)", (headline_id, place, now))
            connection.execute("DELETE FROM reading_places WHERE left_at < ?", (now - KEEP,))

        await self._database.write(work, None)
