"""A process of its own for the tests of the store: ``python filler.py WHAT PATH``. Speaks lines of JSON.

``fill`` writes until it is told that nothing is kept, and goes on after the store has tried the file again;
``fill-limited`` does so with files that cannot grow until then. ``once`` writes a few quotes; ``write`` writes until it
is killed.
"""

import asyncio
import json
import resource
import sys
from pathlib import Path

from cointicker.domain.market import Quote
from cointicker.domain.words import SafeText
from cointicker.store.database import RETRY_AFTER
from cointicker.store.sqlite import SqliteStore

START = 1_800_000_000.0
LIMIT = 400_000
"""Bytes that a file may grow to."""


def quotes(number: int) -> list[Quote]:
    name = SafeText("C")
    return [Quote(f"coin-{number}-{each}", name, name, "usd", 1.0, START, sparkline=(1.0,) * 160) for each in range(40)]


def say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _limit_files(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


async def fill_limited(path: Path) -> None:
    _limit_files(LIMIT)
    await fill(path)


async def fill(path: Path) -> None:
    now = [START]
    store = SqliteStore(path, lambda: now[0])
    number = 0
    while not store.trouble and number < 200:
        number += 1
        await store.save_quotes(quotes(number))
    say(trouble=store.trouble, wrote=number * 40, kept=len(await store.quotes("usd")))
    _limit_files(resource.RLIM_INFINITY)
    await store.save_quotes(quotes(number + 1))
    say(trouble=store.trouble)
    now[0] += RETRY_AFTER
    kept = len(await store.quotes("usd"))
    await store.close()
    say(trouble=store.trouble, wrote=(number + 1) * 40, kept=kept)


async def once(path: Path) -> None:
    store = SqliteStore(path, lambda: START)
    before = len(await store.quotes("usd"))
    await store.save_quotes(quotes(0))
    say(trouble=store.trouble, before=before, kept=len(await store.quotes("usd")))
    await store.close()


async def write(path: Path) -> None:
    store = SqliteStore(path, lambda: START)
    number = 0
    while not store.trouble:
        number += 1
        await store.save_quotes(quotes(number % 5))
        await store.ledger.count("market")
        say(calls=number)
    say(trouble=store.trouble)


if __name__ == "__main__":
    work = {"fill": fill, "fill-limited": fill_limited, "once": once, "write": write}[sys.argv[1]]
    asyncio.run(work(Path(sys.argv[2])))
