"""The outside of the engine, played by hand: sources that say what they are told to and note what they were asked."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit

from cointicker.domain import charts
from cointicker.domain.charts import Candle, ChartPoint
from cointicker.domain.directory import Listing
from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.links import CoinLink, LinkKind
from cointicker.domain.market import GlobalMarket, Quote
from cointicker.domain.mining import Mining
from cointicker.domain.news import Feed, FeedHealth, Headline, Paragraph, Span
from cointicker.domain.pictures import Picture, Room, Way
from cointicker.domain.words import SafeText
from cointicker.engine.engine import Engine
from cointicker.engine.ports import FeedAnswer, FoundFeed, Page, Sources
from cointicker.engine.state import Snapshot
from fake_clock import START, Clock

_T = TypeVar("_T")

NO_NETWORK = Failed("no network", cause=Cause.OFFLINE)


class FlawedSourceError(Exception):
    """What nobody foresaw."""


class Market:
    """A source of quotes."""

    name = "Exchange"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.prices: dict[str, float | None] = {"bitcoin": 100.0, "ethereum": 10.0}
        self.trouble: Failed | Exception | None = None
        self.sampled_at: float | None = None
        """The source's own time of all prices; ``None``: now."""
        self.held = False
        """Answer only after ``let_go``."""
        self.asked: list[tuple[tuple[str, ...], str]] = []
        self.largest: list[Quote] = []
        """What a page holds."""
        self.wanted: tuple[str, ...] = ()
        """What is trending."""
        self.points: tuple[ChartPoint, ...] = ()
        self.bars: tuple[Candle, ...] = ()
        self.listings: tuple[Listing, ...] = ()
        self.questions: list[tuple[str, ...]] = []
        """What was asked beside quotes: the name of the method, then the words."""
        self.arrived = asyncio.Event()
        self.go = asyncio.Event()
        self.closed = False

    async def quotes(self, coin_ids: Sequence[str], currency: str) -> tuple[Quote, ...] | Failed:
        self.asked.append((tuple(coin_ids), currency))
        self.arrived.set()
        if self.held:
            await self.go.wait()
        if isinstance(self.trouble, Exception):
            raise self.trouble
        if self.trouble is not None:
            return self.trouble
        return tuple(self._quote(coin, currency) for coin in coin_ids if coin in self.prices)

    async def find(self, symbols: Sequence[str], currency: str) -> tuple[Quote, ...] | Failed:
        self.asked.append((tuple(symbols), currency))
        if isinstance(self.trouble, Failed):
            return self.trouble
        return tuple(self._quote(coin, currency) for coin in self.prices if coin[:3] in symbols)

    async def page(self, currency: str, category: str = "") -> tuple[Quote, ...] | Failed:
        return self._answer(("page", currency, category), tuple(self.largest))

    async def trending(self) -> tuple[str, ...] | Failed:
        return self._answer(("trending",), self.wanted)

    async def chart(self, coin_id: str, currency: str, span: charts.Span) -> tuple[ChartPoint, ...] | Failed:
        return self._answer(("chart", coin_id, currency, span.value), self.points)

    async def candles(self, coin_id: str, currency: str, span: charts.Span) -> tuple[Candle, ...] | Failed:
        return self._answer(("candles", coin_id, currency, span.value), self.bars)

    async def coins(self) -> tuple[Listing, ...] | Failed:
        return self._answer(("coins",), self.listings)

    async def search(self, text: str) -> tuple[Listing, ...] | Failed:
        return self._answer(("search", text), self.listings)

    async def links(self, coin_id: str) -> tuple[CoinLink, ...] | Failed:
        return self._answer(("links", coin_id), (CoinLink(LinkKind.HOME, f"https://{coin_id}.example/"),))

    async def global_market(self, currency: str) -> GlobalMarket | Failed:
        return self._answer(
            ("global", currency), GlobalMarket(self._clock(), 3e12, 1.5, 1e11, 58.0, 12.0, 17_000, currency)
        )

    def _answer(self, question: tuple[str, ...], answer: _T) -> _T | Failed:
        self.questions.append(question)
        if isinstance(self.trouble, Exception):
            raise self.trouble
        return answer if self.trouble is None else self.trouble

    def _quote(self, coin: str, currency: str) -> Quote:
        now = self._clock()
        sampled_at = now if self.sampled_at is None else self.sampled_at
        return Quote(
            coin, SafeText(coin[:3].upper()), SafeText(coin.title()), currency, self.prices[coin], now, sampled_at
        )

    async def close(self) -> None:
        self.closed = True


class Feeds:
    """A source of headlines."""

    def __init__(self) -> None:
        self.answers: dict[str, FeedAnswer | Failed | Exception] = {}
        self.visits: list[str] = []
        self.seen: dict[str, FeedHealth | None] = {}
        """What was known of each feed at its last visit."""
        self.at_once: Counter[str] = Counter()
        self.most_at_once = 0
        self.most_of_a_host = 0
        self.sites: dict[str, tuple[FoundFeed, ...] | Failed] = {}
        self.looked_at: list[str] = []
        self.outlines: dict[bytes, tuple[Feed, ...]] = {}
        self.closed = False

    async def fetch(self, feed: Feed, health: FeedHealth | None) -> FeedAnswer | Failed:
        host = urlsplit(feed.url).netloc
        self.visits.append(feed.url)
        self.seen[feed.url] = health
        self.at_once[host] += 1
        self.most_of_a_host = max(self.most_of_a_host, self.at_once[host])
        self.most_at_once = max(self.most_at_once, self.at_once.total())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        self.at_once[host] -= 1
        answer = self.answers.get(feed.url, FeedAnswer())
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def discover(self, url: str) -> tuple[FoundFeed, ...] | Failed:
        self.looked_at.append(url)
        return self.sites.get(url, NO_NETWORK)

    async def read_outline(self, document: bytes) -> tuple[Feed, ...] | Failed:
        return self.outlines.get(document, Failed("is no OPML file"))

    async def close(self) -> None:
        self.closed = True


class Articles:
    """A source of pages."""

    def __init__(self) -> None:
        self.pages: dict[str, Page | Failed | Exception] = {}
        self.fetched: list[str] = []
        self.parsed: list[str] = []

    async def page(self, url: str, *, typed: bool = False) -> Page | Failed:
        self.fetched.append(f"typed {url}" if typed else url)
        answer = self.pages.get(url, NO_NETWORK)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def read(self, content: str, url: str) -> Page | Failed:
        self.parsed.append(content)
        return page(content.removeprefix("<p>")) if content.startswith("<p>") else Failed("nothing to read in it")


class Pictures:
    """A source of pictures: whatever was sent is drawn as stripes of the size that there is room for."""

    def __init__(self) -> None:
        self.files: dict[str, bytes | Failed] = {}
        self.fetched: list[str] = []
        self.drawn: list[tuple[str, Room]] = []
        self.flawed: Failed | None = None
        """What is wrong with every picture."""
        self.gate: asyncio.Event | None = None
        """Nothing is sent before it is set."""
        self.hold = asyncio.Event()
        """Nothing is drawn while it is not set."""
        self.hold.set()
        self.was_asked = asyncio.Semaphore(0)
        """Let go of by every question."""

    async def fetch(self, url: str) -> bytes | Failed:
        self.fetched.append(url)
        self.was_asked.release()
        if self.gate is not None:
            await self.gate.wait()
        return self.files.get(url, NO_NETWORK)

    async def draw(self, body: bytes, room: Room, url: str) -> Picture | Failed:
        self.drawn.append((url, room))
        await self.hold.wait()
        if self.flawed is not None:
            return self.flawed
        columns, rows = min(room.columns, 20), min(room.rows, 6)
        pixels = b"".join(bytes((40 * row, 100, 255 - 40 * row)) * columns for row in range(rows) for _ in range(2))
        data = {Way.BLOCKS: b"", Way.KITTY: body, Way.SIXEL: b'"1;1;20;12#1;2;9;9;9#1!20~-#1!20~'}[room.way]
        return Picture(columns, rows, pixels, data)


class Mine:
    """A source of the state of mining."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.trouble: Failed | None = None
        self.asked = 0

    async def fetch(self) -> Mining | Failed:
        self.asked += 1
        if self.trouble is not None:
            return self.trouble
        return Mining(fetched_at=self._clock(), height=840_000, hashrate=1e21, block_fees=0.125, bitcoin_usd=50_000.0)


@dataclass
class Outside:
    """All that can be asked, and how often it was made."""

    clock: Clock
    made: int = 0
    market: Market = field(init=False)
    mine: Mine = field(init=False)
    feeds: Feeds = field(default_factory=Feeds)
    articles: Articles = field(default_factory=Articles)
    pictures: Pictures = field(default_factory=Pictures)

    def __post_init__(self) -> None:
        self.market = Market(self.clock)
        self.mine = Mine(self.clock)

    def make(self) -> Sources:
        self.made += 1
        return Sources(self.market, self.feeds, self.articles, self.mine, self.pictures)


def page(text: str) -> Page:
    """A page of one paragraph."""
    return Page((Paragraph((Span(SafeText(text)),)),), words=len(text.split()))


def entry(
    headline_id: str,
    title: str,
    feed: Feed,
    *,
    at: float = START - 600,
    url: str | None = None,
    tags: Sequence[str] = (),
    deck: str = "",
) -> Headline:
    """A headline as a feed gives it."""
    address = f"https://news.example/{headline_id}" if url is None else url
    return Headline(
        headline_id, feed.url, SafeText(feed.name), SafeText(title), address, START, at,
        deck=SafeText(deck), tags=tuple(map(SafeText, tags)),
    )  # fmt: skip


def brings(*headlines: Headline, contents: Mapping[str, str] | None = None, etag: str = "") -> FeedAnswer:
    """The answer of a feed with these entries."""
    return FeedAnswer(headlines, contents or {}, SafeText("A feed"), etag)


async def until(engine: Engine, condition: Callable[[Snapshot], bool]) -> Snapshot:
    """The first snapshot, from now on, of which something is true; fails after ten seconds."""
    met = asyncio.Event()
    found = [engine.snapshot]

    def look(snapshot: Snapshot) -> None:
        if not met.is_set() and condition(snapshot):
            found[0] = snapshot
            met.set()

    engine.subscribe(look)
    look(engine.snapshot)
    async with asyncio.timeout(10):
        await met.wait()
    return found[0]
