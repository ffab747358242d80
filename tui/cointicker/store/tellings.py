"""What was found out about headlines, their stories and their coins, as rows."""

import json
import sqlite3
from collections.abc import Mapping, Sequence

from cointicker.domain.told import Kept
from cointicker.store.database import Database
from cointicker.store.indexing import index_some


class TellingBook:
    """``engine.grouping.TellingStore`` in a database that the rest of the store shares. Nothing raises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, headline_ids: Sequence[str]) -> dict[str, Kept]:
        """Where headlines were put once; those that never were are missing."""

        def work(connection: sqlite3.Connection) -> dict[str, Kept]:
            rows = connection.execute(
                "SELECT headline_id, story_id, digest FROM tellings "
                "WHERE headline_id IN (SELECT value FROM json_each(?))",
                (json.dumps(headline_ids),),
            )
            return {headline_id: Kept(story_id, digest) for headline_id, story_id, digest in rows}

        return await self._database.read(work, {})

    async def save(self, places: Mapping[str, Kept]) -> None:
        """Keep where headlines were put, of those that are stored."""

        def work(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "INSERT INTO tellings (headline_id, story_id, digest) SELECT headline_id, ?, ? FROM headlines "
                "WHERE headline_id = ? ON CONFLICT (headline_id) DO UPDATE "
                "SET story_id = excluded.story_id, digest = excluded.digest "
                "WHERE (story_id, digest) IS NOT (excluded.story_id, excluded.digest)",
                ((place.story_id, place.digest, headline_id) for headline_id, place in places.items()),
            )

        await self._database.write(work, None)

    async def name_coins(self, coins: Mapping[str, Sequence[str]]) -> None:
        """Keep the ids of the coins of headlines, by the ids of these."""

        def work(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "UPDATE headlines SET coins = ?1, place = NULL WHERE headline_id = ?2 AND coins != ?1",
                ((json.dumps(named), headline_id) for headline_id, named in coins.items()),
            )
            index_some(connection)

        await self._database.write(work, None)
