"""What a poll of feeds costs: ``PYTHONPATH=tests python tests/bench/poll.py [FEEDS [ITEMS]] [--screen]`` (20, 30).

A server in a process of its own plays feeds of about 52 kB, each on an address of its own in 127.0.0.0/8. Four polls by
the engine with a store on disk: the first one; one in which nothing has changed (304); one in which servers without
validators send the same again; one in which each feed has one new item. For each: seconds on the clock, CPU of this
process and of the process that parses, and how late a timer of 5 ms of the same loop was at most. ``--screen``: with
the whole screen, 120 by 36, over the engine. Where others are busy too, ``chrt -f 1`` before it tells what is its own.
"""

import asyncio
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from email.utils import formatdate
from multiprocessing.connection import Connection
from pathlib import Path

from cointicker.config.settings import NewsSettings, Settings
from cointicker.domain.news import Feed
from cointicker.engine.actions import AddFeeds
from cointicker.engine.engine import Engine
from cointicker.engine.ports import Sources
from cointicker.sources.demo import demo_sources
from cointicker.sources.feeds import Feeds
from cointicker.sources.http import Fetcher, user_agent
from cointicker.sources.worker import Worker
from cointicker.store.sqlite import SqliteStore
from ui.stage import FULL, make_app

TICK = 0.005
SYLLABLES = ("ba", "co", "dri", "fen", "gu", "hal", "ki", "lor", "mus", "na", "pol", "ri", "sa", "tem", "vu", "wes")
WORDS = tuple(f"{one}{two}{three}" for one in SYLLABLES for two in SYLLABLES for three in SYLLABLES)
POLLS = ("first", "unchanged, 304", "unchanged, sent again", "one new item each")


def feed(number: int, items: int, generation: int) -> bytes:
    """An RSS feed of about 1.7 kB an item, one more of them in each generation."""
    now = 1_790_000_000
    entries = []
    for item in range(generation + items, generation, -1):
        words = random.Random(number * 1000 + item).choices(WORDS, k=180)  # noqa: S311 - the same in every run
        entries.append(
            f"<item><title>Bitcoin {' '.join(words[:9])} {item}</title><link>https://f{number}.example/{item}</link>"
            f"<guid>{number}-{item}</guid><pubDate>{formatdate(now + item * 60 + number)}</pubDate>"
            f"<description>&lt;p&gt;{' '.join(words)}&lt;/p&gt;</description><category>Mining</category></item>"
        )
    head = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed {number}</title>'
    return f"{head}{''.join(entries)}</channel></rss>".encode()


def serve(pipe: Connection, feeds: int, items: int) -> None:
    """Play the feeds until killed; ``pipe`` gets the port and gives (generation, whether there are validators)."""
    state = {"generation": 0, "validators": True}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                number = int(head.split(" ")[1].rpartition("/")[2])
                etag = f'"{state["generation"]}"'
                known = state["validators"] and f"if-none-match: {etag}" in head.lower()
                body = b"" if known else feed(number, items, int(state["generation"]))
                lines = [f"HTTP/1.1 {'304 Not Modified' if known else '200 OK'}", f"content-length: {len(body)}"]
                lines += [f"etag: {etag}"] if state["validators"] else []
                writer.write("\r\n".join([*lines, "content-type: application/rss+xml", "", ""]).encode() + body)
                await writer.drain()
        writer.close()

    async def main() -> None:
        hosts = [f"127.0.0.{2 + number}" for number in range(feeds)]
        server = await asyncio.start_server(answer, hosts[0], 0)
        port = server.sockets[0].getsockname()[1]
        others = [await asyncio.start_server(answer, host, port) for host in hosts[1:]]
        asyncio.get_running_loop().add_reader(pipe.fileno(), lambda: state.update(pipe.recv()))
        pipe.send(port)
        await asyncio.gather(*(each.serve_forever() for each in (server, *others)))

    asyncio.run(main())


@contextmanager
def server(feeds: int, items: int) -> Iterator[tuple[Connection, int]]:
    """The server's process: how to talk to it, and its port."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs, feeds, items), daemon=True)
    process.start()
    try:
        yield ours, ours.recv()
    finally:
        process.terminate()


class Lateness:
    """How late a timer of the loop was."""

    def __init__(self) -> None:
        self.most = 0.0

    async def watch(self) -> None:
        """Until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + TICK
            await asyncio.sleep(TICK)
            self.most = max(self.most, loop.time() - due)


def cpu_of(pid: int | None) -> float:
    """Seconds that another process has used; 0 where there is none."""
    if pid is None:
        return 0.0
    with suppress(OSError):
        parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


@asynccontextmanager
async def shown(engine: Engine, *, screen: bool) -> AsyncIterator[None]:
    """What is stored is loaded; with a screen, on it."""
    await engine.load()
    if not screen:
        yield
        return
    async with make_app(engine).run_test(size=FULL) as pilot:
        await pilot.pause(1.0)
        yield


async def poll(engine: Engine, feeds: Sequence[Feed]) -> None:
    """Visit the feeds; those that the engine does not know yet it visits by itself."""
    if engine.snapshot.feeds_total:
        await engine.news.refresh()
    else:
        await engine.configuration.change(AddFeeds(tuple(feeds)))
        await engine.news.refresh()
    while engine.snapshot.news.busy:  # noqa: ASYNC110 - its own visits
        await asyncio.sleep(TICK)


async def measure(feeds: int, items: int, folder: Path, pipe: Connection, port: int, *, screen: bool) -> None:
    """Print a line for each poll."""
    clock = [1_790_100_000.0]
    urls = [f"http://127.0.0.{2 + number}:{port}/{number}" for number in range(feeds)]
    all_feeds = tuple(map(Feed, urls))
    settings = Settings(news=NewsSettings(feeds=() if screen else all_feeds, refresh=60))
    worker = Worker()

    def make() -> Sources:
        fetcher = Fetcher(user_agent=user_agent(), typed=urls)
        return replace(demo_sources(lambda: clock[0]), feeds=Feeds(fetcher, worker, lambda: clock[0]))

    engine = Engine(settings, SqliteStore(folder / "bench.db", lambda: clock[0]), make, clock=lambda: clock[0])
    size = len(feed(0, items, 0)) / 1000
    print(f"{feeds} feeds x {items} items, {size:.0f} kB each")
    async with shown(engine, screen=screen):
        for name, generation, validators in zip(POLLS, (0, 0, 0, 1), (True, True, False, False), strict=True):
            pipe.send({"generation": generation, "validators": validators})
            lateness = Lateness()
            watching = asyncio.create_task(lateness.watch())
            await asyncio.sleep(0.1)
            lateness.most = 0.0
            wall, own, theirs = time.perf_counter(), time.process_time(), cpu_of(worker.pid)
            await poll(engine, all_feeds)
            wall, own, theirs = time.perf_counter() - wall, time.process_time() - own, cpu_of(worker.pid) - theirs
            watching.cancel()
            print(
                f"{name:22} {wall:5.2f} s   CPU {own * 1000:5.0f} ms here, {theirs * 1000:5.0f} ms parsing   "
                f"loop late by {lateness.most * 1000:4.1f} ms at most   feeds {engine.snapshot.feeds_ok}/{feeds}   "
                f"stories {len(engine.snapshot.stories)}"
            )
            clock[0] += 600
    await engine.close()


def main() -> None:
    """Measure and print."""
    given = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    feeds, items = (*given, *(20, 30)[len(given) :])
    with tempfile.TemporaryDirectory() as folder, server(feeds, items) as (pipe, port):
        asyncio.run(measure(feeds, items, Path(folder), pipe, port, screen="--screen" in sys.argv))


if __name__ == "__main__":
    main()
