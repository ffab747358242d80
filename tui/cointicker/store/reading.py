"""Reads what one line needs: without a lock that anybody could wait for, and without a change to what is stored.

Imports as little as can be: it has answered before a program with a screen has begun to import.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable

from cointicker.domain.glance import FEES, LONGEST, MINING_FACTS, Coin, Due, Known, News, Wants
from cointicker.domain.pegs import PEGS, peg_points
from cointicker.store.schema import MIGRATIONS

_PATIENCE = 0.02
"""Seconds that a read waits for a lock. Readers of a WAL file need none but for a moment while it is opened."""
_BESIDE = 5.0
"""Seconds that a sign of life may be ahead of us."""
_NEAR = 900.0
"""Seconds between the prices of a coin in two currencies that are compared."""
_PEG_OLDEST = 2 * 3600.0
"""Seconds after which the worth of a peg is not told any more."""
_LATEST = 2000
"""Headlines that are looked at, as on the screen."""
_COIN = (
    *("coin_id", "symbol", "name", "price", "fetched_at", "updated_at", "change_1h", "change_24h", "change_7d"),
    *("market_cap", "volume_24h", "rank"),
)
_WHY = {
    sqlite3.SQLITE_BUSY: "the database is locked",
    sqlite3.SQLITE_LOCKED: "the database is locked",
    sqlite3.SQLITE_CORRUPT: "the database is damaged",
    sqlite3.SQLITE_NOTADB: "the database is damaged",
    sqlite3.SQLITE_CANTOPEN: "nothing is stored",
    sqlite3.SQLITE_IOERR: "the disk failed",
    sqlite3.SQLITE_PERM: "access to the database is denied",
}


class Reading:
    """The database at a path, opened at the first use and again after each failure. Nothing raises."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None

    def read(self, wants: Wants, now: float) -> Known:
        """What is stored of it at a time (Unix seconds); ``trouble`` tells why nothing is."""
        try:
            return _Look(self._open(), wants, now).known()
        except sqlite3.Error as error:
            self.close()
            return Known(_WHY.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "the database cannot be read"))

    def version(self) -> int | None:
        """A number that is another one after each change by another process; ``None`` while nothing can be read."""
        try:
            return int(self._open().execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error:
            self.close()
            return None

    def close(self) -> None:
        """Let go of the file."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _open(self) -> sqlite3.Connection:
        if self._connection is not None and self._file != _identify(self._path):
            self.close()  # another file is in its place
        if self._connection is None:
            self._file = _identify(self._path)
            self._connection = open_for_reading(self._path)
        return self._connection


def note_wish(path: str, wants: Wants, coins: Iterable[str], now: float, lasts: float) -> None:
    """Tell the programs with a screen what is wanted, for so many seconds; nothing happens where that has to wait."""
    text = ",".join(f'"{coin}"' for coin in coins if coin.isascii() and '"' not in coin and "\\" not in coin)
    try:
        connection = sqlite3.connect(f"file:{_quoted(path)}?mode=rw", timeout=0, isolation_level=None, uri=True)
    except sqlite3.Error:
        return
    try:
        if connection.execute("PRAGMA user_version").fetchone() != (len(MIGRATIONS),):
            return  # the tables are those of another version, which this one leaves alone
        connection.execute(
            "INSERT OR REPLACE INTO panes (owner, seen_at, expires_at, currency, coins) VALUES (?, ?, ?, ?, ?)",
            (wants.owner, now, now + lasts, wants.currency, f"[{text}]"),
        )
    except sqlite3.Error:
        return
    finally:
        connection.close()


def open_for_reading(path: str) -> sqlite3.Connection:
    """A database that is only read. Raises ``sqlite3.Error``."""
    # A WAL file in a read-only directory opens only as immutable.
    for mode in ("mode=ro", "immutable=1"):
        connection = sqlite3.connect(f"file:{_quoted(path)}?{mode}", timeout=_PATIENCE, isolation_level=None, uri=True)
        try:
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")
        except sqlite3.Error as error:
            connection.close()
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CANTOPEN or mode != "mode=ro":
                raise
        else:
            return connection
    raise AssertionError  # the second mode has raised


def _identify(path: str) -> tuple[int, int] | None:
    """Device and number of a file; ``None`` where there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 - pathlib is slow to import
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _quoted(path: str) -> str:
    """A path inside a URI of SQLite's."""
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


class _Look:
    """One look at what is stored, all of it as of the same moment."""

    def __init__(self, connection: sqlite3.Connection, wants: Wants, now: float) -> None:
        self._connection = connection
        self._wants = wants
        self._now = now
        self._known = Known()

    def known(self) -> Known:
        self._connection.execute("BEGIN")
        try:
            self._read_prices()
            if self._wants.headline or self._wants.unread:
                self._read_news()
            if self._wants.mining:
                self._read_mining()
            self._read_panes()
        finally:
            self._connection.execute("ROLLBACK")
        return self._known

    def _due(self, name: str) -> Due:
        row = self._connection.execute("SELECT fetched_at, next_at, why FROM deadlines WHERE name = ?", (name,))
        for fetched_at, next_at, why in row:
            return Due(fetched_at, next_at, failing=bool(why))
        return Due()

    def _read_prices(self) -> None:
        wants, known = self._wants, self._known
        known.prices_due = self._due(f"market:{wants.currency}")
        if wants.rule:
            rows = self._connection.execute(
                "SELECT each.value FROM rankings, json_each(rankings.coins) AS each WHERE rule = ? AND currency = ?",
                (wants.rule, wants.currency),
            )
            known.listed = tuple(str(coin) for (coin,) in rows)
        words = tuple(dict.fromkeys((*wants.coins, *known.listed)))
        for coin in self._coins("coin_id", words):
            known.coins[coin.coin_id] = coin
        left = tuple(word for word in words if word not in known.coins)
        for coin in reversed(self._coins("lower(symbol)", left)):  # the highest ranked last, so that it stays
            known.coins[coin.symbol.lower()] = known.coins[coin.coin_id] = coin
        for coin in known.coins.values():
            coin.peg_points = self._peg_points(coin)

    def _coins(self, column: str, words: tuple[str, ...]) -> list[Coin]:
        if not words:
            return []
        rows = self._connection.execute(
            f"SELECT {', '.join(_COIN)} FROM quotes WHERE currency = ? AND {column} IN ({', '.join('?' * len(words))}) "  # noqa: S608
            "ORDER BY rank IS NULL, rank, coin_id",
            (self._wants.currency, *words),
        )
        return [Coin(**dict(zip(_COIN, row, strict=True))) for row in rows]

    def _peg_points(self, coin: Coin) -> float | None:
        peg = PEGS.get(coin.coin_id)
        if peg is None:
            return None
        worths = {} if peg[0] == self._wants.currency else self._worth(coin.coin_id, *peg)
        return peg_points(coin.coin_id, coin.price, self._wants.currency, worths)

    def _worth(self, coin_id: str, currency: str, amount: float) -> dict[str, float]:
        """What a peg in another currency is worth, by the price of its coin there and here at about the same time."""
        row = self._connection.execute(
            "SELECT history.price / quotes.price FROM quotes, history "
            "WHERE quotes.coin_id = ?1 AND quotes.currency = ?2 AND quotes.price > 0 AND quotes.fetched_at >= ?5 "
            "AND history.coin_id = ?1 AND history.currency = ?3 "
            "AND history.at BETWEEN coalesce(quotes.updated_at, quotes.fetched_at) - ?4 "
            "AND coalesce(quotes.updated_at, quotes.fetched_at) + ?4 "
            "ORDER BY abs(history.at - coalesce(quotes.updated_at, quotes.fetched_at)) LIMIT 1",
            (coin_id, currency, self._wants.currency, _NEAR, self._now - _PEG_OLDEST),
        ).fetchone()
        return {} if row is None else {coin_id: row[0] * amount}

    def _read_news(self) -> None:
        wants, known = self._wants, self._known
        rows = self._connection.execute(
            "SELECT url, ok_at, min(next_at, coalesce(checked_at + ?, next_at)) FROM feeds", (LONGEST,)
        ).fetchall()
        visited = [(ok_at, next_at) for url, ok_at, next_at in rows if not wants.feeds or url in wants.feeds]
        known.news_at = max((ok_at for ok_at, _ in visited if ok_at is not None), default=None)
        if len(visited) >= len(wants.feeds):  # else one is due that was never visited
            known.news_due = Due(None, min((next_at for _, next_at in visited), default=0.0))
        heard = _Ears(wants)
        unread = 0
        for title, source, at, feed, tags, starred, read in self._headlines():
            if not starred and not heard.hears(feed, title, tags):
                continue
            unread += not read
            if known.headline is None:
                known.headline = News(title, source, at)
                if not wants.unread:
                    return
        known.unread = unread if known.news_at is not None else None

    def _headlines(self) -> sqlite3.Cursor:
        """The newest, none of them from the future."""
        return self._connection.execute(
            "SELECT title, source, coalesce(published, first_seen) AS at, feed_url, tags, starred, read "
            "FROM headlines WHERE coalesce(published, first_seen) <= ? "
            "ORDER BY coalesce(published, first_seen) DESC, headline_id LIMIT ?",
            (self._now, _LATEST),
        )

    def _read_mining(self) -> None:
        known = self._known
        known.mining_due = self._due("mining")
        paths = [*MINING_FACTS, *(f"fees.{name}" for name in FEES)]
        columns = ", ".join(f"json_extract(data, '$.{path}')" for path in paths)
        for at, *values in self._connection.execute(f"SELECT fetched_at, {columns} FROM mining"):  # noqa: S608
            known.mining_at = at
            known.mining = dict(zip(paths, values, strict=True))

    def _read_panes(self) -> None:
        known = self._known
        try:
            rows = self._connection.execute(
                "SELECT owner, seen_at FROM panes WHERE expires_at > ? AND seen_at <= ?",
                (self._now, self._now + _BESIDE),
            ).fetchall()
        except sqlite3.OperationalError:
            return  # an older program wrote the file: nobody leaves signs of life there
        for owner, seen_at in rows:
            if owner == self._wants.owner:
                known.noted_at = seen_at
            known.apps += not owner.startswith("line")


class _Ears:
    """Tells a headline that is to be heard from one of another's feeds and one that is muted."""

    def __init__(self, wants: Wants) -> None:
        self._feeds = wants.feeds
        self._finders = {feed: _finders(wants.mute, words) for feed, words in wants.feeds.items()}
        self._any = _finders(wants.mute)

    def hears(self, feed: str, title: str, tags: str) -> bool:
        if self._feeds and feed not in self._feeds:
            return False
        finders = self._finders.get(feed, self._any)
        return not any(find(title) or find(_spelt_out(tags)) for find in finders)


def _finders(*lists: tuple[str, ...]) -> list[Callable[[str], object]]:
    if not any(lists):
        return []
    from cointicker.domain.muting import any_word  # noqa: PLC0415 - regular expressions, only for who mutes

    return [any_word(words).search for words in lists if words]


def _spelt_out(tags: str) -> str:
    """A list of JSON in which words can be looked for."""
    if "\\" not in tags:
        return tags
    import json  # noqa: PLC0415 - slow to import, and seldom needed

    return "\n".join(map(str, json.loads(tags)))
