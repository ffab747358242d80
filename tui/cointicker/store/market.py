"""Quotes and the history of prices, as rows."""

import sqlite3
import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cointicker.domain.confirm import sampled_at
from cointicker.domain.market import CoinName, PriceHistory, Quote
from cointicker.store.opening import UnreadableError
from cointicker.text.safe import vouch

HOUR = 3600.0
DAY = 24 * HOUR
KEEP_ALL = 2 * DAY
"""Every stored price is kept for so long, then one an hour."""
KEEP_HOURLY = 30 * DAY
"""One price an hour is kept for so long, then one a day."""

_COLUMNS = (
    "coin_id, symbol, name, currency, price, fetched_at, updated_at, change_1h, change_24h, change_7d, "
    "market_cap, volume_24h, rank, high_24h, low_24h, sparkline, unconfirmed, unconfirmed_at, change_30d, change_1y, "
    "ath, ath_change, ath_at, atl, atl_change, atl_at, circulating_supply, total_supply, max_supply, fully_diluted"
)
_BEFORE_SPARKLINE = 12
"""Columns between the name and the sparkline."""
_RENEWED = (
    "symbol", "name", "change_1h", "change_24h", "change_7d", "market_cap", "volume_24h", "rank", "high_24h",
    "low_24h", "sparkline", "unconfirmed", "unconfirmed_at", "change_30d", "change_1y", "ath", "ath_change", "ath_at",
    "atl", "atl_change", "atl_at", "circulating_supply", "total_supply", "max_supply", "fully_diluted",
)  # fmt: skip
"""Columns that a newer quote overwrites, whatever it says."""

# A quote without a price leaves the last known price and the times that belong to it. A quote from the future was
# stored under a clock that was wrong, and gives way to any other.
_SAVE = f"""
INSERT INTO quotes ({_COLUMNS}) VALUES ({", ".join(["?"] * 30)})
ON CONFLICT (coin_id, currency) DO UPDATE SET
    price = coalesce(excluded.price, price),
    fetched_at = CASE WHEN excluded.price IS NULL AND price IS NOT NULL THEN fetched_at ELSE excluded.fetched_at END,
    updated_at = CASE WHEN excluded.price IS NULL AND price IS NOT NULL THEN updated_at ELSE excluded.updated_at END,
    {", ".join(f"{name} = excluded.{name}" for name in _RENEWED)}
WHERE excluded.fetched_at >= fetched_at OR fetched_at > ?
"""  # noqa: S608
_NEAR = """
SELECT price FROM history WHERE coin_id = ?1 AND currency = ?2 AND at BETWEEN ?3 - ?4 AND ?3 + ?4
ORDER BY abs(at - ?3) LIMIT 1
"""


def load_quotes(connection: sqlite3.Connection, currency: str) -> dict[str, Quote]:
    """The last quote of every coin in a currency, by coin id."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM quotes WHERE currency = ?", (currency,))  # noqa: S608
    return {row[0]: _unpack_quote(row) for row in rows}


def save_quotes(connection: sqlite3.Connection, quotes: Sequence[Quote], now: float) -> None:
    """Keep each quote unless a newer one is stored, and its price in the history."""
    connection.executemany(_SAVE, ((*_pack_quote(quote), now) for quote in quotes))
    connection.executemany(
        "INSERT OR IGNORE INTO history (coin_id, currency, at, price) VALUES (?, ?, ?, ?)",
        (
            (quote.coin_id, quote.currency, sampled_at(quote), quote.price)
            for quote in quotes
            if quote.price is not None
        ),
    )


def save_prices(
    connection: sqlite3.Connection, coin_id: str, currency: str, prices: Iterable[tuple[float, float]]
) -> None:
    """Put prices (Unix seconds, price) into the history of a coin; what is there stays."""
    connection.executemany(
        "INSERT OR IGNORE INTO history (coin_id, currency, at, price) VALUES (?, ?, ?, ?)",
        ((coin_id, currency, at, price) for at, price in prices),
    )


def load_histories(
    connection: sqlite3.Connection, coin_ids: Sequence[str], currency: str, since: float
) -> dict[str, PriceHistory]:
    """Prices of coins from a time on (Unix seconds); coins without any are missing."""
    found: dict[str, PriceHistory] = {}
    for coin_id in coin_ids:
        rows = connection.execute(
            "SELECT at, price FROM history WHERE coin_id = ? AND currency = ? AND at >= ? ORDER BY at",
            (coin_id, currency, since),
        ).fetchall()
        if rows:
            times, prices = zip(*rows, strict=True)
            found[coin_id] = PriceHistory(times, prices)
    return found


def find_prices(
    connection: sqlite3.Connection, moments: Iterable[tuple[str, float]], currency: str, within: float
) -> dict[tuple[str, float], float]:
    """The stored price closest to each moment (coin id, Unix seconds), where one lies within so many seconds."""
    found: dict[tuple[str, float], float] = {}
    for coin_id, at in moments:
        row = connection.execute(_NEAR, (coin_id, currency, at, within)).fetchone()
        if row is not None:
            found[coin_id, at] = row[0]
    return found


def load_coin_names(connection: sqlite3.Connection) -> tuple[CoinName, ...]:
    """All coins that a quote is stored for, best ranked first, those without a rank last."""
    rows = connection.execute(
        "SELECT coin_id, symbol, name, min(rank) AS best FROM quotes GROUP BY coin_id "
        "ORDER BY best IS NULL, best, coin_id"
    )
    return tuple(CoinName(coin_id, vouch(symbol), vouch(name), rank) for coin_id, symbol, name, rank in rows)


def load_missing(connection: sqlite3.Connection, currency: str) -> dict[str, float]:
    """Coins that the source, though asked, did not tell of, and since when."""
    return dict(connection.execute("SELECT coin_id, since FROM missing WHERE currency = ?", (currency,)))


def save_missing(connection: sqlite3.Connection, currency: str, missing: Mapping[str, float]) -> None:
    """Note which coins the last answer lacked, and no others; a coin that was missing before keeps its time."""
    known = load_missing(connection, currency)
    connection.executemany(
        "DELETE FROM missing WHERE coin_id = ? AND currency = ?",
        ((coin_id, currency) for coin_id in known.keys() - missing.keys()),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO missing (coin_id, currency, since) VALUES (?, ?, ?)",
        ((coin_id, currency, since) for coin_id, since in missing.items()),
    )


def load_asked(connection: sqlite3.Connection, currency: str) -> frozenset[str]:
    """The coins that the last fetch asked for."""
    rows = connection.execute("SELECT coin_id FROM asked WHERE currency = ?", (currency,))
    return frozenset(coin for (coin,) in rows)


def save_asked(connection: sqlite3.Connection, currency: str, coin_ids: Sequence[str]) -> None:
    """Note what a fetch asked for, in place of what the one before asked for."""
    connection.execute("DELETE FROM asked WHERE currency = ?", (currency,))
    connection.executemany("INSERT OR IGNORE INTO asked VALUES (?, ?)", ((coin, currency) for coin in coin_ids))


def thin_history(connection: sqlite3.Connection, now: float) -> None:
    """Keep the first price of an hour where all are older than two days, the first of a day beyond thirty."""
    for step, start, end in ((HOUR, now - KEEP_HOURLY, now - KEEP_ALL), (DAY, 0.0, now - KEEP_HOURLY)):
        connection.execute(
            """
            DELETE FROM history WHERE at >= :start AND at < :end AND EXISTS (
                SELECT 1 FROM history AS earlier
                WHERE earlier.coin_id = history.coin_id AND earlier.currency = history.currency
                    AND earlier.at < history.at AND earlier.at >= CAST(history.at / :step AS INTEGER) * :step
            )
            """,
            {"step": step, "start": start, "end": end},
        )


def _pack_quote(quote: Quote) -> tuple[object, ...]:
    return (
        quote.coin_id,
        quote.symbol,
        quote.name,
        quote.currency,
        quote.price,
        quote.fetched_at,
        quote.updated_at,
        quote.change_1h,
        quote.change_24h,
        quote.change_7d,
        quote.market_cap,
        quote.volume_24h,
        quote.rank,
        quote.high_24h,
        quote.low_24h,
        struct.pack(f"<{len(quote.sparkline)}d", *quote.sparkline),
        quote.unconfirmed,
        quote.unconfirmed_at,
        quote.change_30d,
        quote.change_1y,
        quote.ath,
        quote.ath_change,
        quote.ath_at,
        quote.atl,
        quote.atl_change,
        quote.atl_at,
        quote.circulating_supply,
        quote.total_supply,
        quote.max_supply,
        quote.fully_diluted,
    )


def _unpack_quote(row: Sequence[Any]) -> Quote:
    coin_id, symbol, name, *numbers = row
    before, sparkline, after = numbers[:_BEFORE_SPARKLINE], numbers[_BEFORE_SPARKLINE], numbers[_BEFORE_SPARKLINE + 1 :]
    if not isinstance(sparkline, bytes) or len(sparkline) % 8:
        raise UnreadableError(f"quote of {coin_id}")
    points = struct.unpack(f"<{len(sparkline) // 8}d", sparkline)
    return Quote(coin_id, vouch(symbol), vouch(name), *(*before, points, *after))
