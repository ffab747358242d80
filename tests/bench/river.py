"""How the screen bears many headlines: ``python tests/bench/river.py [HEADLINES]`` (10,000).

For 500 headlines, for that many, and for as many that an earlier run has shown: seconds of work until they are loaded
and shown, the largest delay of the loop meanwhile, megabytes; then milliseconds of work for a key that moves, a letter
of a search, a mark, and a visit to a feed that brings something new, each the median and the largest of some.
"""

import asyncio
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from bench.headlines import make, words
from cointicker.config.settings import NewsSettings, Settings
from cointicker.domain.news import Feed, FeedHealth, Headline
from cointicker.domain.words import SafeText
from cointicker.engine.engine import Engine
from cointicker.engine.news import FIRST_HEADLINES
from cointicker.engine.ports import Sources
from cointicker.store.sqlite import SqliteStore
from fake_clock import Clock
from ui.stage import Stage, make_app

KEYS = 40
SIGNS = "bcdfghklmnprst", "aeiou"
VOCABULARY = ["".join(random.choice(part) for part in SIGNS * 2) + random.choice(SIGNS[0]) for _ in range(12_000)]  # noqa: S311
WEIGHTS = [1 / (place + 60) for place in range(len(VOCABULARY))]


def no_sources() -> Sources:
    """Nobody is asked."""
    raise NotImplementedError


class Watcher:
    """Notes how late the loop is."""

    def __init__(self) -> None:
        self.late = 0.0

    async def watch(self) -> None:
        """Until cancelled."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.002)
            self.late = max(self.late, time.perf_counter() - before - 0.002)


async def fill(path: Path, headlines: list[Headline]) -> None:
    """Store them."""
    store = SqliteStore(path, time.time)
    for first in range(0, len(headlines), 1000):
        await store.save_feed(FeedHealth("https://feed0.example/", "Feed"), headlines[first : first + 1000], {})
    await store.close()


def title(chance: random.Random) -> str:
    """Ten words as titles have them."""
    return f"{words(chance, 2)} {' '.join(chance.choices(VOCABULARY, WEIGHTS, k=8))}"


def megabytes() -> float:
    """The most memory that was resident."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def spread(took: list[float]) -> str:
    """Median and largest, in milliseconds."""
    return f"{statistics.median(took) * 1000:6.1f} ms, at most {max(took) * 1000:6.1f}"


async def tries(count: int, work: Callable[[int], Awaitable[None]]) -> list[float]:
    """Seconds of work for each."""
    took = []
    for number in range(count):
        started = time.process_time()
        await work(number)
        took.append(time.process_time() - started)
    return took


async def measure(path: Path, headlines: list[Headline]) -> None:
    """Print what so many headlines cost."""
    feeds = tuple(Feed(f"https://feed{number}.example/") for number in range(40))
    engine = Engine(Settings(news=NewsSettings(feeds=feeds)), SqliteStore(path, time.time), no_sources, offline=True)
    started = time.process_time()
    await engine.load(FIRST_HEADLINES)
    first = time.process_time() - started
    app, watcher = make_app(engine), Watcher()
    async with app.run_test(size=(120, 36)) as pilot:
        watching = asyncio.create_task(watcher.watch())
        stage = Stage(app, engine, Clock(time.time()), pilot)
        await stage.until(lambda: len(stage.headlines.river.shown) >= len(headlines) * 0.5)
        await asyncio.sleep(1)
        print(f"{len(headlines):,} headlines, {len(stage.titles):,} stories")
        print(f"  before the first frame    {first * 1000:6.1f} ms")
        print(f"  until all are shown       {(time.process_time() - started) * 1000:6.1f} ms")
        print(f"  the loop was late by      {watcher.late * 1000:6.1f} ms at most")
        print(f"  resident                  {megabytes():6.1f} MB at most")
        watcher.late = 0.0
        print(f"  a key                     {spread(await tries(KEYS, lambda _: pilot.press('j')))}")
        print(f"  a key to the end          {spread(await tries(4, lambda number: pilot.press('gG'[number % 2])))}")
        await pilot.press("slash")
        await asyncio.sleep(0.5)
        letters = ["space" if letter == " " else letter for letter in "bitcoin etf"]
        took = await tries(len(letters), lambda number: pilot.press(letters[number]))
        print(f"  a letter of a search      {spread(took)}")
        await pilot.press("escape")
        print(f"  a mark                    {spread(await tries(10, lambda _: pilot.press('m')))}")

        async def visit(number: int) -> None:
            title = headlines[number].title
            new = replace(headlines[0], headline_id=f"new{number}", title=title, first_seen=time.time())
            await engine._store.save_feed(FeedHealth("https://feed0.example/", "Feed"), [new], {})
            await engine.news.load_headlines()

        print(f"  a visit with one new      {spread(await tries(5, visit))}")
        print(f"  the loop was late by      {watcher.late * 1000:6.1f} ms at most")
        watching.cancel()
    await engine.close()


async def main(count: int) -> None:
    """Measure a few and many."""
    chance = random.Random(3)  # noqa: S311 - the same every time
    made = make(count, time.time())
    headlines = [replace(each, title=SafeText(title(chance)), deck=SafeText(words(chance, 25))) for each in made]
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few.db", Path(folder) / "many.db"
        await fill(few, headlines[:500])
        await fill(many, headlines)
        await measure(few, headlines[:500])
        await measure(many, headlines)
        print("after a restart:")
        await measure(many, headlines)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
