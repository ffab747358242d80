"""How long a search in a directory takes: ``python tests/bench/search.py coins_list.json``.

The file is an answer of CoinGecko's ``coins/list``. First the answers while nothing is ready yet; then for each text:
milliseconds until the engine has answered, the median of twenty tries, and the first coins found.
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
LETTER = 0.1
"""Seconds between two keys of somebody who types fast."""


def no_sources() -> Sources:
    """A search asks nobody."""
    raise NotImplementedError


async def measure(rows: list[dict[str, str]]) -> None:
    """Print a line for each text."""
    store = SqliteStore(None, time.time)
    await store.save_coins([Listing(row["id"], clean(row["symbol"].upper()), clean(row["name"])) for row in rows])
    engine = Engine(Settings(), store, no_sources)
    print(f"{len(rows):,} coins; the search screen opens, then one types a letter every {LETTER * 1000:.0f} ms:")
    for text in ("", "b", "bi", "bit"):
        started = time.perf_counter()
        await engine.search_coins(text)
        took = time.perf_counter() - started
        print(f"{text!r:12} {took * 1000:5.1f} ms")
        await asyncio.sleep(max(0.0, LETTER - took))
    for text in TEXTS:
        tries = []
        for _ in range(TRIES):
            started = time.perf_counter()
            found = await engine.search_coins(text)
            tries.append((time.perf_counter() - started) * 1000)
        print(
            f"{text!r:12} {statistics.median(tries):5.1f} ms, at most {max(tries):5.1f}",
            *(each.coin_id for each in found[:3]),
        )
    await engine.close()


if __name__ == "__main__":
    asyncio.run(measure(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
