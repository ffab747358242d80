"""The last known state of mining, as one row."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from cointicker.domain.mining import DayRate, Fees, FoundBlock, Mining, Pool
from cointicker.store.opening import UnreadableError
from cointicker.text.safe import vouch


def load_mining(connection: sqlite3.Connection) -> Mining | None:
    """What was stored last."""
    row = connection.execute("SELECT data FROM mining").fetchone()
    if row is None:
        return None
    try:
        values = json.loads(row[0])
        pool, fees = values.pop("block_pool"), values.pop("fees")
        return Mining(
            pools=_pools(values.pop("pools")),
            pools_day=_pools(values.pop("pools_day", ())),
            hashrates=tuple(DayRate(**each) for each in values.pop("hashrates", ())),
            blocks=tuple(_block(**each) for each in values.pop("blocks", ())),
            fees=None if fees is None else Fees(**fees),
            block_pool=None if pool is None else vouch(pool),
            **values,
        )
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise UnreadableError("mining") from error


def _pools(rows: Iterable[dict[str, Any]]) -> tuple[Pool, ...]:
    return tuple(Pool(vouch(each["name"]), each["share"]) for each in rows)


def _block(pool: str | None, **values: Any) -> FoundBlock:
    return FoundBlock(pool=None if pool is None else vouch(pool), **values)


def save_mining(connection: sqlite3.Connection, mining: Mining, now: float) -> None:
    """Keep it unless a newer state is stored; one from the future was stored under a wrong clock."""
    connection.execute(
        "INSERT INTO mining (slot, fetched_at, data) VALUES (1, ?, ?) ON CONFLICT (slot) DO UPDATE "
        "SET fetched_at = excluded.fetched_at, data = excluded.data "
        "WHERE excluded.fetched_at >= fetched_at OR fetched_at > ?",
        (mining.fetched_at, json.dumps(asdict(mining)), now),
    )
