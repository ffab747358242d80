"""How long a search among many headlines takes: ``python tests/bench/headlines.py [HEADLINES] [FILE]``.

Makes that many headlines (100,000), each with a summary of 40 words and one in twenty with an article of 400, in a
file (a new one, which is deleted), and prints how long storing them takes and how large the file is with the index and
without. Then for each query: milliseconds of work, the median and the 95th percentile, and how long one waits, which
is more where the machine is busy.
"""

import asyncio
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from cointicker.domain.news import Article, Content, FeedHealth, Headline, Paragraph, Span
from cointicker.domain.queries import parse_query
from cointicker.domain.words import SafeText
from cointicker.engine.searching import MOST_FOUND
from cointicker.store.sqlite import SqliteStore

QUERIES = (
    *("bitcoin", "hashprice", "zugzwang", "mi*", "bitc*", "b*", '"bitcoin miner"', "bitcoin etf outflows"),
    *("bitcoin -etf", "-bitcoin", "coin:btc", "coin:xmr hash*", "category:mining", "source:herald bitcoin"),
    *("author:smith", "newer:2d bitcoin", "older:20d bitcoin", "bitcoin is:unread", "bitcoin is:starred", "is:starred"),
    *("halving article", "word0007 word0011", "newer:1d older:12h", "mining -coin:btc -source:herald"),
)
TRIES = 20
DAYS = 30
_COMMON = (
    *("bitcoin", "ethereum", "miner", "mining", "hashrate", "etf", "inflows", "outflows", "market", "price", "rally"),
    *("falls", "rises", "report", "halving", "difficulty", "fees", "stablecoin", "regulator", "bank", "fund"),
    *("quarter", "record", "high", "low", "traders", "analysts", "say", "week"),
)


def words(chance: random.Random, count: int) -> str:
    """Words as news has them: some very often, most hardly ever."""
    rare = (f"word{int(chance.paretovariate(0.6)) % 20_000:04d}" for _ in range(count))
    return " ".join(chance.choice(_COMMON) if chance.random() < 0.5 else word for word in rare)


def make(count: int, now: float) -> list[Headline]:
    """Headlines of a month."""
    chance = random.Random(1)  # noqa: S311 - the same every time
    coins = ("bitcoin", "ethereum", "ripple", "solana", "kaspa")
    return [
        Headline(
            headline_id=f"{number:012x}",
            feed_url=f"https://feed{number % 40}.example/",
            source=SafeText(("Herald", "Monitor", "Post", "Record")[number % 4] + f" {number % 40}"),
            title=SafeText(words(chance, 10)),
            url=f"https://news{number % 40}.example/{number}",
            first_seen=now - chance.random() * DAYS * 86_400,
            author=SafeText(("Ann Smith", "Bo Jones", "Cy Young")[number % 3]),
            deck=SafeText(words(chance, 40)),
            categories=("Mining",) if number % 7 == 0 else ("Bitcoin", "Finance"),
            coins=(chance.choice(coins),) if chance.random() < 0.7 else ("monero",) if chance.random() < 0.01 else (),
            read=chance.random() < 0.9,
            starred=chance.random() < 0.001,
        )
        for number in range(count)
    ]


async def fill(store: SqliteStore, headlines: list[Headline], now: float) -> None:
    """Store them as feeds bring them, then the articles."""
    health = FeedHealth("https://feed.example/", "Feed", checked_at=now)
    started = time.perf_counter()
    for first in range(0, len(headlines), 500):
        await store.save_feed(health, headlines[first : first + 500], {})
    took = time.perf_counter() - started
    each = took / len(headlines) * 1000
    print(f"stored {len(headlines):,} headlines in {took:.1f} s: {each * 30:.1f} ms for a visit that brings 30")
    chance = random.Random(2)  # noqa: S311 - the same every time
    started = time.perf_counter()
    for headline in headlines[::20]:
        text = SafeText(f"{words(chance, 400)} article")
        blocks = (Paragraph((Span(text),)),)
        article = Article(headline.url, headline.title, headline.source, Content.PAGE, blocks, fetched_at=now)
        await store.save_article(article)
    count = len(headlines[::20])
    print(f"stored {count:,} articles, {(time.perf_counter() - started) / count * 1000:.1f} ms each")


async def measure(store: SqliteStore, now: float) -> None:
    """Print a line for each query, and one for all together."""
    every: list[float] = []
    for text in QUERIES:
        query = parse_query(text, now)
        took, cpu = [], []
        for _ in range(TRIES):
            started, worked = time.perf_counter(), time.process_time()
            found = await store.search.find(query, MOST_FOUND)
            took.append((time.perf_counter() - started) * 1000)
            cpu.append((time.process_time() - worked) * 1000)
        every += took
        extracts = sum(bool(hit.extract) for hit in found.hits)
        print(
            f"{text:34} {statistics.median(cpu):6.1f} ms  p95 {statistics.quantiles(cpu, n=20)[-1]:6.1f}"
            f"  waited {statistics.median(took):6.1f}  p95 {statistics.quantiles(took, n=20)[-1]:6.1f}"
            f"  {len(found.hits):4}{'+' if found.more else ' '} hits, {extracts} by their article"
        )
    every.sort()
    late = every[int(len(every) * 0.95)]
    print(f"all waited: p50 {statistics.median(every):.1f} ms, p95 {late:.1f} ms, at most {every[-1]:.1f}")


def sizes(path: Path) -> str:
    """What the file takes, and what of it the index."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        query = "SELECT sum(length(block)) FROM search_data"
        (index,) = connection.execute(query).fetchone()
    return f"{path.stat().st_size / 1e6:.0f} MB, of it {index / 1e6:.0f} MB the index"


async def main(count: int, path: Path) -> None:
    """Fill a file and search it."""
    now = time.time()
    store = SqliteStore(path, time.time)
    if not await store.headlines(1):
        await fill(store, make(count, now), now)
    print(f"the file: {sizes(path)}")
    await measure(store, now)
    await store.close()


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if len(sys.argv) > 2:
        asyncio.run(main(number, Path(sys.argv[2])))
    else:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(main(number, Path(folder) / "bench.db"))
