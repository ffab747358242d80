"""Marks of a feed that has moved, when a person puts its new address into the configuration."""

import sqlite3

_SAME = (
    "address != '' AND EXISTS "
    "(SELECT 1 FROM headlines AS same WHERE same.feed_url = ? AND same.{mark} AND same.address = headlines.address)"
)
_BEFORE = "SELECT url FROM feeds WHERE ?1 IN (address, moved_to) AND url != ?1"
_READ = f"UPDATE headlines SET read = 1 WHERE feed_url = ? AND NOT read AND {_SAME.format(mark='read')}"  # noqa: S608
_STAR = f"UPDATE headlines SET starred = 1 WHERE feed_url = ? AND NOT starred AND {_SAME.format(mark='starred')}"  # noqa: S608
_TAKE_STAR = f"UPDATE headlines SET starred = 0 WHERE feed_url = ? AND starred AND {_SAME.format(mark='starred')}"  # noqa: S608


def was_read_before(connection: sqlite3.Connection, url: str) -> bool:
    """Whether a visit to this address of a feed ever worked."""
    return connection.execute("SELECT 1 FROM feeds WHERE url = ? AND ok_at IS NOT NULL", (url,)).fetchone() is not None


def carry_marks(connection: sqlite3.Connection, url: str) -> None:
    """Give the headlines of a feed the marks that the same articles have under the address that it had before.

    Which feeds have redirected to it, or are read there, is known from the visits. A star goes over, so that nothing is
    starred twice; what was read stays so in both.
    """
    for (before,) in connection.execute(_BEFORE, (url,)).fetchall():
        connection.execute(_READ, (url, before))
        connection.execute(_STAR, (url, before))
        connection.execute(_TAKE_STAR, (before, url))
