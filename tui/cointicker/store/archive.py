"""All stored prices, headlines and firings, read in pages that each begin behind the last row of the one before."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, TypeVar

from cointicker.domain.alerts import Firing, Kind
from cointicker.domain.news import Headline
from cointicker.engine.archive import StoredPrice, Wanted
from cointicker.store.alerts import FIRING, unpack_firing
from cointicker.store.database import Database
from cointicker.store.news import COLUMNS, unpack_headline

PAGE = 2000
"""Rows that are in memory at once."""

_Row = TypeVar("_Row")
_Load = Callable[[sqlite3.Connection, Wanted, tuple[Any, ...], int], Sequence[_Row]]
"""Reads so many rows behind a key; an empty one is that of the beginning."""


class SqliteArchive:
    """``engine.archive.Archive`` in a database that the rest of the store shares. Nothing raises."""

    def __init__(self, database: Database, page: int = PAGE) -> None:
        self._database = database
        self._page = page

    async def prices(self, wanted: Wanted) -> AsyncIterator[Sequence[StoredPrice]]:
        """By coin and currency, each oldest first."""
        async for page in self._pages(_load_prices, wanted, lambda last: (last.coin_id, last.currency, last.at)):
            yield page

    async def headlines(self, wanted: Wanted) -> AsyncIterator[Sequence[Headline]]:
        """Oldest first."""
        async for page in self._pages(_load_headlines, wanted, lambda last: (last.at, last.headline_id)):
            yield page

    async def firings(self, wanted: Wanted) -> AsyncIterator[Sequence[Firing]]:
        """Oldest first."""
        async for page in self._pages(_load_firings, wanted, lambda last: (last.at, last.alert_id, last.headline_id)):
            yield page

    async def _pages(
        self,
        load: _Load[_Row],
        wanted: Wanted,
        key: Callable[[_Row], tuple[Any, ...]],
    ) -> AsyncIterator[Sequence[_Row]]:
        rows = await self._page_of(load, wanted, ())
        while rows:
            yield rows
            rows = await self._page_of(load, wanted, key(rows[-1]))

    async def _page_of(self, load: _Load[_Row], wanted: Wanted, after: tuple[Any, ...]) -> Sequence[_Row]:
        nothing: Sequence[_Row] = ()
        return await self._database.read(lambda connection: load(connection, wanted, after, self._page), nothing)


def _of_coins(wanted: Wanted, column: str) -> tuple[str, list[Any]]:
    """The test for the coins that are wanted, and its values."""
    if not wanted.coins:
        return "", []
    return f" AND {column} IN ({', '.join('?' * len(wanted.coins))})", list(wanted.coins)


def _load_prices(
    connection: sqlite3.Connection, wanted: Wanted, after: tuple[Any, ...], limit: int
) -> Sequence[StoredPrice]:
    test, values = _of_coins(wanted, "coin_id")
    behind = " AND (coin_id, currency, at) > (?, ?, ?)" if after else ""
    rows = connection.execute(
        f"SELECT coin_id, currency, at, price FROM history WHERE at >= ? AND at < ?{test}{behind} "  # noqa: S608
        "ORDER BY coin_id, currency, at LIMIT ?",
        (wanted.since, wanted.until, *values, *after, limit),
    )
    return [StoredPrice(*row) for row in rows]


def _load_headlines(
    connection: sqlite3.Connection, wanted: Wanted, after: tuple[Any, ...], limit: int
) -> Sequence[Headline]:
    of_coins, values = _of_coins(wanted, "value")
    test = f" AND EXISTS (SELECT 1 FROM json_each(headlines.coins) WHERE 1{of_coins})" if values else ""  # noqa: S608
    behind = " AND (coalesce(published, first_seen), headline_id) > (?, ?)" if after else ""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM headlines WHERE coalesce(published, first_seen) >= ? "  # noqa: S608
        f"AND coalesce(published, first_seen) < ?{test}{behind} "
        "ORDER BY coalesce(published, first_seen), headline_id LIMIT ?",
        (wanted.since, wanted.until, *values, *after, limit),
    )
    return [unpack_headline(row) for row in rows]


def _load_firings(
    connection: sqlite3.Connection, wanted: Wanted, after: tuple[Any, ...], limit: int
) -> Sequence[Firing]:
    test, values = _of_coins(wanted, "coin_id")
    known = [kind.value for kind in Kind]  # another version may know more
    behind = " AND (at, alert_id, headline_id) > (?, ?, ?)" if after else ""
    rows = connection.execute(
        f"SELECT {FIRING} FROM firings WHERE at >= ? AND at < ? AND kind IN ({', '.join('?' * len(known))})"  # noqa: S608
        f"{test}{behind} ORDER BY at, alert_id, headline_id LIMIT ?",
        (wanted.since, wanted.until, *known, *values, *after, limit),
    )
    return [unpack_firing(row) for row in rows]
