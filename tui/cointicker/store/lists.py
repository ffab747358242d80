"""The directory of all coins, the coins of lists by rule, and all coins together, as rows."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import astuple

from cointicker.domain.directory import Listing
from cointicker.domain.market import GlobalMarket
from cointicker.engine.ports import Ranking
from cointicker.store.opening import UnreadableError
from cointicker.text.safe import vouch


def load_directory(connection: sqlite3.Connection) -> tuple[Listing, ...]:
    """All coins that there are."""
    rows = connection.execute("SELECT coin_id, symbol, name FROM directory")
    return tuple(Listing(coin_id, vouch(symbol), vouch(name)) for coin_id, symbol, name in rows)


def save_directory(connection: sqlite3.Connection, listings: Sequence[Listing]) -> None:
    """Keep a directory in place of the old one."""
    connection.execute("DELETE FROM directory")
    connection.executemany(
        "INSERT OR IGNORE INTO directory (coin_id, symbol, name) VALUES (?, ?, ?)",
        ((listing.coin_id, listing.symbol, listing.name) for listing in listings),
    )


def load_ranking(connection: sqlite3.Connection, rule: str, currency: str) -> Ranking | None:
    """The coins of a list by rule, as they were found last."""
    row = connection.execute(
        "SELECT coins, found_at FROM rankings WHERE rule = ? AND currency = ?", (rule, currency)
    ).fetchone()
    if row is None:
        return None
    try:
        return Ranking(tuple(map(str, json.loads(row[0]))), row[1])
    except (ValueError, TypeError) as error:
        raise UnreadableError("ranking") from error


def save_ranking(connection: sqlite3.Connection, rule: str, currency: str, ranking: Ranking) -> None:
    """Keep the coins of a list by rule."""
    connection.execute(
        "INSERT OR REPLACE INTO rankings (rule, currency, found_at, coins) VALUES (?, ?, ?, ?)",
        (rule, currency, ranking.found_at, json.dumps(ranking.coins)),
    )


def load_global_market(connection: sqlite3.Connection, currency: str) -> GlobalMarket | None:
    """What was stored last in a currency."""
    row = connection.execute(
        "SELECT fetched_at, market_cap, cap_change_24h, volume, bitcoin_share, ethereum_share, coins, currency "
        "FROM global_market WHERE currency = ?",
        (currency,),
    ).fetchone()
    return None if row is None else GlobalMarket(*row)


def save_global_market(connection: sqlite3.Connection, state: GlobalMarket, now: float) -> None:
    """Keep it unless a newer state is stored; one from the future was stored under a wrong clock."""
    connection.execute(
        "INSERT INTO global_market (fetched_at, market_cap, cap_change_24h, volume, bitcoin_share, ethereum_share, "
        "coins, currency) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (currency) DO UPDATE SET "
        "fetched_at = excluded.fetched_at, market_cap = excluded.market_cap, cap_change_24h = excluded.cap_change_24h, "
        "volume = excluded.volume, bitcoin_share = excluded.bitcoin_share, ethereum_share = excluded.ethereum_share, "
        "coins = excluded.coins WHERE excluded.fetched_at >= fetched_at OR fetched_at > ?",
        (*astuple(state), now),
    )
