"""What is no longer kept: old headlines, and texts beyond what may be kept; and which headlines those were."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from cointicker.domain.news import Headline
from cointicker.store.indexing import sweep_index

MEGABYTE = 1_000_000
REMEMBERED = 180 * 86_400.0
"""Seconds after its feed last carried it that a forgotten headline is remembered as one."""

_NEWEST_FIRST = "ORDER BY coalesce(published, first_seen) DESC, headline_id"
_OLD = f"""
SELECT headline_id FROM headlines WHERE NOT starred AND (
    coalesce(published, first_seen) < ?
    OR headline_id IN (SELECT headline_id FROM headlines {_NEWEST_FIRST} LIMIT -1 OFFSET ?)
)
"""  # noqa: S608

# Both kinds of text, what is starred and then the newest first: of the others, what lies beyond the total goes.
_HEAVY = """
WITH texts AS (
    SELECT 'contents' AS kind, headline_id AS name, length(CAST(html AS BLOB)) AS size,
        coalesce(published, first_seen) AS at, starred
    FROM contents JOIN headlines USING (headline_id)
    UNION ALL
    SELECT 'articles', address, length(CAST(data AS BLOB)), fetched_at,
        EXISTS (SELECT 1 FROM headlines WHERE headlines.address = articles.address AND starred)
    FROM articles
)
SELECT kind, name FROM (
    SELECT kind, name, starred, sum(size) OVER (ORDER BY starred DESC, at DESC, kind, name) AS total FROM texts
) WHERE total > ? AND NOT starred
"""


def forget(connection: sqlite3.Connection, before: float, max_headlines: int, megabytes: float, now: float) -> None:
    """Drop unstarred headlines from before a time or beyond a number, and texts beyond a size, the oldest first."""
    ids = [headline_id for (headline_id,) in connection.execute(_OLD, (before, max_headlines))]
    connection.executemany("DELETE FROM headlines WHERE headline_id = ?", ((each,) for each in ids))
    connection.executemany(
        "INSERT OR REPLACE INTO forgotten (digest, seen_at) VALUES (?, ?)", ((_digest(each), int(now)) for each in ids)
    )
    connection.execute("DELETE FROM forgotten WHERE seen_at < ?", (now - REMEMBERED,))
    for kind, name in connection.execute(_HEAVY, (megabytes * MEGABYTE,)).fetchall():
        key = "headline_id" if kind == "contents" else "address"
        connection.execute(f"DELETE FROM {kind} WHERE {key} = ?", (name,))  # noqa: S608 - two names of our own
    connection.execute(
        "DELETE FROM articles WHERE fetched_at < ? AND address NOT IN (SELECT address FROM headlines)", (before,)
    )
    sweep_index(connection)


def without_forgotten(
    connection: sqlite3.Connection, headlines: Iterable[Headline], now: float | None
) -> Sequence[Headline]:
    """The headlines but for those that were here before and have been forgotten; ``now``: the feed carries them."""
    digests = {_digest(headline.headline_id): headline for headline in headlines}
    rows = connection.execute(
        "SELECT digest FROM forgotten WHERE digest IN (SELECT value FROM json_each(?))", (json.dumps(list(digests)),)
    )
    known = [digest for (digest,) in rows]
    if now is not None:
        connection.executemany(
            "UPDATE forgotten SET seen_at = ? WHERE digest = ?", ((int(now), digest) for digest in known)
        )
    forgotten = frozenset(known)
    return [headline for digest, headline in digests.items() if digest not in forgotten]


def _digest(headline_id: str) -> int:
    """Seven bytes of a hash: of a million, two are alike once in seventy thousand times."""
    return int.from_bytes(blake2b(headline_id.encode(errors="replace"), digest_size=7).digest())
