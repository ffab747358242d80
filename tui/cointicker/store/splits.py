"""The stories that a person took apart, as rows."""

import sqlite3
from collections.abc import Sequence

from cointicker.store.database import Database


class SplitBook:
    """``engine.splitting.SplitStore`` in a database that the rest of the store shares. Nothing raises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self) -> dict[str, str]:
        """Id of a headline that stands alone → id of the headline that led its story."""

        def work(connection: sqlite3.Connection) -> dict[str, str]:
            return dict(connection.execute("SELECT headline_id, story_id FROM splits"))

        return await self._database.read(work, {})

    async def part(self, story_id: str, headline_ids: Sequence[str]) -> None:
        """Let the headlines of a story stand alone, until they are joined again or forgotten."""

        def work(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "INSERT OR REPLACE INTO splits (headline_id, story_id) "
                "SELECT headline_id, ? FROM headlines WHERE headline_id = ?",
                ((story_id, each) for each in headline_ids),
            )

        await self._database.write(work, None)

    async def join(self, headline_ids: Sequence[str]) -> None:
        """Let headlines stand alone no more."""

        def work(connection: sqlite3.Connection) -> None:
            connection.executemany("DELETE FROM splits WHERE headline_id = ?", ((each,) for each in headline_ids))

        await self._database.write(work, None)
