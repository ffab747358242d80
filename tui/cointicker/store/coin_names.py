"""Finds stored coins by how their id or symbol begins, for who completes a word: nothing is written or waited for."""

import sqlite3
from collections.abc import Sequence

from cointicker.store.reading import open_for_reading

LIMIT = 200
"""Coins at most."""
_FIND = """
    SELECT coin_id, symbol, name FROM (
        SELECT coin_id, symbol, name, rank FROM quotes
        UNION ALL SELECT coin_id, symbol, name, NULL FROM directory
    )
    WHERE coin_id LIKE ?1 ESCAPE '\\' OR symbol LIKE ?1 ESCAPE '\\'
    GROUP BY coin_id ORDER BY min(rank) IS NULL, min(rank), coin_id LIMIT ?2
"""
_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in "\\%_"})


def find_coins(path: str, typed: str) -> Sequence[tuple[str, str, str]]:
    """Id, symbol and name of each, the highest-ranked first; none where the database cannot be read."""
    try:
        connection = open_for_reading(path)
    except sqlite3.Error:
        return ()
    try:
        return connection.execute(_FIND, (f"{typed.translate(_ESCAPES)}%", LIMIT)).fetchall()
    except sqlite3.Error:
        return ()
    finally:
        connection.close()
