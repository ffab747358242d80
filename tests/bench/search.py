"""How long a search in a directory takes: ``python tests/bench/search.py coins_list.json``.

The file is an answer of CoinGecko's ``coins/list``. For each text: milliseconds until the engine has answered, the
median of twenty tries, and the first coins found.
"""

import asyncio
import json
import statistics
import sys
import time
from pathlib import Path

from cointicker.config.settings import Settings
from cointicker.domain.directory import Listing
from cointicker.engine.engine import Engine
from cointicker.engine.ports import Sources
from cointicker.store.sqlite import SqliteStore
from cointicker.text.safe import clean

TEXTS = ("b", "bt", "btc", "usdt", "bitcoin", "usd coin", "token", "e", "zzzzz", "")
TRIES = 20


def no_sources() -> Sources:
    """A search asks nobody."""
    raise NotImplementedError


async def measure(rows: list[dict[str, str]]) -> None:
    """Print a line for each text."""
    store = SqliteStore(None, time.time)
    await store.save_coins([Listing(row["id"], clean(row["symbol"].upper()), clean(row["name"])) for row in rows])
    engine = Engine(Settings(), store, no_sources)
    started = time.perf_counter()
    await engine.search_coins("")
    print(f"{len(rows):,} coins; the first search takes {(time.perf_counter() - started) * 1000:.1f} ms")
    for text in TEXTS:
        took = []
        for _ in range(TRIES):
            started = time.perf_counter()
            found = await engine.search_coins(text)
            took.append((time.perf_counter() - started) * 1000)
        print(
            f"{text!r:12} {statistics.median(took):5.1f} ms, at most {max(took):5.1f}",
            *(each.coin_id for each in found[:3]),
        )
    await engine.close()


if __name__ == "__main__":
    asyncio.run(measure(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
