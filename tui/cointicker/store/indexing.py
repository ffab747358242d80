"""The index of words over headlines and stored articles: FTS5 without the texts, which are in their own tables.

``headlines.place`` is a headline's row in the index. It grows with the time of publication, so that the newest come
first without sorting; it is ``NULL`` until the headline is indexed, and again when its words have changed. A row that
no headline points to any more is passed over when it is found, and gone when the index is made anew.
"""

import json
import sqlite3
from collections.abc import Iterable

from cointicker.text.blocks import plain_text, unpack_block

COLUMNS = ("title", "deck", "tags", "body", "source", "author", "facets")
"""Of the index. ``body`` is the stored article; ``facets`` says what is no word: coins, categories, being there."""
COIN, CATEGORY, ANY = "\ue000", "\ue001", "\ue002"
"""First signs of the words of ``facets``: none that a person can search for."""
PER_SECOND = 256
"""Places for the headlines of one second."""
AT_ONCE = 2000
"""Headlines that one transaction indexes."""
LONGEST_BODY = 60_000
"""Characters of an article that are indexed."""
MOST_LEFTOVERS = 2000
"""Rows without a headline from which on, if they are a fifth of all, the index is made anew."""

_MAKE = f"""
CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5(
    {", ".join(COLUMNS)}, content = '', prefix = '2 3',
    tokenize = "unicode61 remove_diacritics 2 tokenchars '{COIN}{CATEGORY}{ANY}'"
)
"""
_PENDING = """
SELECT headlines.rowid, coalesce(published, first_seen), title, deck, tags, source, author, coins, categories, data
FROM headlines LEFT JOIN articles ON headlines.address != '' AND articles.address = headlines.address
WHERE place IS NULL LIMIT ?
"""
_INSERT = f"INSERT INTO search (rowid, {', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH})
"""Result codes for parts of the index that make no sense, are missing or contradict each other."""
_PARTS = ("search", "search_data", "search_idx", "search_docsize", "search_config", "search_content")


def is_part(table: str) -> bool:
    """Whether a table belongs to the index: it means nothing in another file."""
    return table in _PARTS


def has_index(connection: sqlite3.Connection) -> bool:
    """Whether there is an index that can be used here."""
    try:
        connection.execute("SELECT rowid FROM search LIMIT 0")
    except sqlite3.Error:
        return False
    return True


def make_index(connection: sqlite3.Connection) -> bool:
    """Make the index where there is none; ``False`` where this SQLite has no FTS5."""
    if has_index(connection):
        return True
    if can_index(connection):
        renew_index(connection)
        return True
    return False


def can_index(connection: sqlite3.Connection) -> bool:
    """Whether this SQLite has FTS5."""
    return connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone() is not None


def renew_index(connection: sqlite3.Connection) -> None:
    """Begin the index again, empty, whatever state it is in; in a transaction."""
    try:
        connection.execute("DROP TABLE IF EXISTS search")
    except sqlite3.DatabaseError:
        _remove_by_hand(connection)
    connection.execute("UPDATE headlines SET place = NULL WHERE place IS NOT NULL")
    connection.execute(_MAKE)


def _remove_by_hand(connection: sqlite3.Connection) -> None:
    """Take away an index that is too damaged to be dropped."""
    for table in _PARTS[1:]:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("DELETE FROM sqlite_master WHERE name = 'search'")
    connection.execute("PRAGMA writable_schema = RESET")


def index_some(connection: sqlite3.Connection, limit: int = AT_ONCE) -> bool:
    """Index headlines that are not yet; whether there may be more. In a transaction.

    A damaged index is begun again; what was stored in this transaction stays.
    """
    if not connection.execute("SELECT 1 FROM headlines WHERE place IS NULL LIMIT 1").fetchone():
        return False
    if not make_index(connection):
        return False
    connection.execute("SAVEPOINT indexing")
    try:
        done = _index(connection, limit)
        connection.execute("SAVEPOINT written")  # the index is written here, and fails here
        connection.execute("RELEASE written")
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        connection.execute("ROLLBACK TO indexing")
        renew_index(connection)
        done = limit
    connection.execute("RELEASE indexing")
    return done >= limit


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether an error of the index means that it has to be made anew."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


def _index(connection: sqlite3.Connection, limit: int) -> int:
    rows = connection.execute(_PENDING, (limit,)).fetchall()
    free = _Places(connection)
    for rowid, at, title, deck, tags, source, author, coins, categories, data in rows:
        place = free.take(at)
        texts = (title, deck, " ".join(json.loads(tags)), article_text(data), source, author)
        connection.execute(_INSERT, (place, *texts, _facets(json.loads(coins), json.loads(categories))))
        connection.execute("UPDATE headlines SET place = ? WHERE rowid = ?", (place, rowid))
    return len(rows)


def _facets(coins: Iterable[str], categories: Iterable[str]) -> str:
    return " ".join((ANY, *(facet(COIN, coin) for coin in coins), *(facet(CATEGORY, name) for name in categories)))


def facet(kind: str, name: str) -> str:
    """A word of ``facets``: hexadecimal, for an id may have hyphens and a category blanks."""
    return kind + name.encode(errors="replace").hex()


def first_place(at: float) -> int:
    """The first place of the second that a time (Unix seconds) is in."""
    return max(0, min(int(at), 2**40)) * PER_SECOND


class _Places:
    """Gives out places that no row of the index has ever had."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._next: dict[int, int] = {}

    def take(self, at: float) -> int:
        first = first_place(at)
        place = self._next.get(first, first)
        while self._connection.execute("SELECT 1 FROM search_docsize WHERE id = ?", (place,)).fetchone():
            place += 1
        self._next[first] = place + 1
        return place


def article_text(data: str | None) -> str:
    """The words of a stored article on one line; empty where it cannot be read."""
    if data is None:
        return ""
    try:
        blocks = [unpack_block(block) for block in json.loads(data)["blocks"]]
    except (ValueError, TypeError, LookupError):
        return ""
    return " ".join(plain_text(blocks).split())[:LONGEST_BODY]


def sweep_index(connection: sqlite3.Connection) -> None:
    """Begin the index again where it is damaged or full of rows without a headline; in a transaction."""
    if not has_index(connection):
        return
    try:
        connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        renew_index(connection)
        return
    (rows,) = connection.execute("SELECT count(*) FROM search_docsize").fetchone()
    (used,) = connection.execute("SELECT count(*) FROM headlines WHERE place IS NOT NULL").fetchone()
    if rows - used > max(MOST_LEFTOVERS, used // 5):
        renew_index(connection)
