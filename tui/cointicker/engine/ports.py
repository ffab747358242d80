"""What the engine needs of the outside. Sources and the store are these; ``wiring`` puts them in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from cointicker.domain.charts import Candle, Chart, ChartPoint, Span
from cointicker.domain.directory import Listing
from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.links import CoinLink
from cointicker.domain.market import CoinName, GlobalMarket, Quote
from cointicker.domain.mining import Mining
from cointicker.domain.news import Article, Block, Feed, FeedHealth, Headline, Link
from cointicker.domain.pictures import Picture, Room
from cointicker.domain.words import EMPTY, SafeText
from cointicker.engine.books import Books
from cointicker.engine.history import HistoryStore


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """What one visit to a feed brought."""

    headlines: tuple[Headline, ...] = ()
    """Without categories and coins, which the engine adds."""
    contents: Mapping[str, str] = field(default_factory=dict)
    """Headline id → the entry's own full text as foreign HTML: never shown, only given to ``ArticleSource.read``."""
    name: str = ""
    """The feed's own title, safe."""
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False
    """The server said 304, or sent the same as before."""
    wait: float | None = None
    """Seconds that the server or the feed asks to wait before the next visit (max-age, Expires, ttl)."""
    pace: float | None = None
    """The part of it that stands in the feed itself, and so is not told where the feed is unchanged."""
    quiet: frozenset[int] = frozenset()
    """Hours of the week without visits, as in ``FeedHealth``; told with ``pace``."""
    moved_to: str = ""
    """The address that a permanent redirect named."""
    found_at: str = ""
    """The feed that the page at the feed's address names as its only one, and that these headlines are from."""


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that was found at an address, or that a page there names."""

    url: str
    title: SafeText = EMPTY
    items: int | None = None
    """Entries that it has now; ``None``: nobody looked."""


@dataclass(frozen=True, slots=True)
class Page:
    """The readable part of a page or of a feed's own text."""

    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    title: str = ""
    """Safe, as are the other texts; empty where the page does not say."""
    author: str = ""
    site: str = ""
    published: float | None = None
    """Unix seconds."""
    words: int = 0


class MarketSource(Protocol):
    """Where quotes come from."""

    name: str
    """What people call it, such as ``CoinGecko``."""

    async def quotes(self, coin_ids: Sequence[str], currency: str) -> tuple[Quote, ...] | Failed:
        """One quote for each coin that the source knows, in any order; coins that it does not know are missing."""
        ...

    async def find(self, symbols: Sequence[str], currency: str) -> tuple[Quote, ...] | Failed:
        """Quotes of the coins with these symbols, the highest ranked of each."""
        ...

    async def page(self, currency: str, category: str = "") -> tuple[Quote, ...] | Failed:
        """Quotes of the 250 largest coins, of a category where one is named, largest first."""
        ...

    async def trending(self) -> tuple[str, ...] | Failed:
        """Ids of the coins that people search for at the source, the most wanted first."""
        ...

    async def chart(self, coin_id: str, currency: str, span: Span) -> tuple[ChartPoint, ...] | Failed:
        """How a price went, oldest first; ``Span.MAX`` is as far back as the source goes."""
        ...

    async def candles(self, coin_id: str, currency: str, span: Span) -> tuple[Candle, ...] | Failed:
        """The same as candles, each with the time of its end."""
        ...

    async def coins(self) -> tuple[Listing, ...] | Failed:
        """All coins that the source has, without ranks and prices."""
        ...

    async def search(self, text: str) -> tuple[Listing, ...] | Failed:
        """The coins that the source itself finds for a text, the likeliest first, without prices."""
        ...

    async def links(self, coin_id: str) -> tuple[CoinLink, ...] | Failed:
        """Where a coin is at home on the web."""
        ...

    async def global_market(self, currency: str) -> GlobalMarket | Failed:
        """All coins together."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class FeedSource(Protocol):
    """Where headlines come from."""

    async def fetch(self, feed: Feed, health: FeedHealth | None) -> FeedAnswer | Failed:
        """Visit a feed; ``health`` holds the validators of the last visit."""
        ...

    async def discover(self, url: str) -> tuple[FoundFeed, ...] | Failed:
        """The feed at an address that a person typed, else the feeds that the site there has; at least one."""
        ...

    async def read_outline(self, document: bytes) -> tuple[Feed, ...] | Failed:
        """The feeds of an OPML document, each once, in its order."""
        ...

    async def close(self) -> None:
        """Let go of connections and of the worker process."""
        ...


class ArticleSource(Protocol):
    """Where articles come from."""

    async def page(self, url: str, *, typed: bool = False) -> Page | Failed:
        """Fetch a page and take the readable part; ``typed``: a person typed the address, so it may be private."""
        ...

    async def read(self, content: str, url: str) -> Page | Failed:
        """The blocks of an entry's own HTML; ``url`` resolves its links."""
        ...


class PictureSource(Protocol):
    """Where the pictures of articles come from."""

    async def fetch(self, url: str) -> bytes | Failed:
        """The file at an address, as it comes."""
        ...

    async def draw(self, body: bytes, room: Room, url: str) -> Picture | Failed:
        """A file as a picture of the size that there is room for; ``url`` is where it came from, for words."""
        ...


class NoPictures:
    """A world without pictures."""

    async def fetch(self, url: str) -> bytes | Failed:  # noqa: ARG002 - nobody is asked
        """There is none."""
        return Failed("There are no pictures here", cause=Cause.MISSING)

    async def draw(self, body: bytes, room: Room, url: str) -> Picture | Failed:  # noqa: ARG002 - nothing is drawn
        """Nor is any drawn."""
        return Failed("There are no pictures here", cause=Cause.MISSING)


class MiningSource(Protocol):
    """Where the state of mining comes from."""

    async def fetch(self) -> Mining | Failed:
        """All that is known; parts that could not be had are ``None``. Hashprice is left to the engine."""
        ...


@dataclass(frozen=True, slots=True)
class Sources:
    """All that can be asked."""

    market: MarketSource
    feeds: FeedSource
    articles: ArticleSource
    mining: MiningSource
    pictures: PictureSource = field(default_factory=NoPictures)

    async def close(self) -> None:
        """Let go of everything; cancels what is under way."""
        try:
            await self.market.close()
        finally:
            await self.feeds.close()


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a source may be asked next, kept over restarts."""

    fetched_at: float | None = None
    """The last answer, Unix seconds."""
    next_at: float = 0.0
    """Unix seconds."""
    why: str = ""
    """What went wrong the last time, in words; empty when nothing did."""
    failures: int = 0
    """In a row."""
    asked: bool = False
    """The source itself asked to wait until ``next_at``."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The coins of a list by rule, as they were found."""

    coins: tuple[str, ...]
    """Ids, in order."""
    found_at: float
    """Unix seconds."""


class Topic(Enum):
    """A kind of stored data that panes follow, by the name of its table."""

    QUOTES = "quotes"
    HEADLINES = "headlines"
    """Their marks among it."""
    FEEDS = "feeds"
    """How the visits went."""
    MINING = "mining"
    GLOBAL = "global_market"
    RANKINGS = "rankings"
    DEADLINES = "deadlines"
    WATCHES = "watches"
    """What alerts remember."""
    FIRINGS = "firings"
    SPLITS = "splits"
    """Stories that a person took apart."""


class Store(Books, HistoryStore, Protocol):
    """What is kept between runs and shared by all panes. No method blocks the caller's loop."""

    @property
    def trouble(self) -> str:
        """Why nothing is kept (full disk, read-only home) or what was lost, in words; empty when all is well."""
        ...

    @property
    def reads_only(self) -> bool:
        """Whether a newer version of the program keeps the data, so that this one writes and fetches nothing."""
        ...

    async def quotes(self, currency: str) -> dict[str, Quote]:
        """The last quote of every coin that was ever stored in a currency, by coin id."""
        ...

    async def save_quotes(self, quotes: Sequence[Quote]) -> None:
        """Keep the newest quote of each coin, and its price in the history. A missing price leaves the old one."""
        ...

    async def coin_names(self) -> tuple[CoinName, ...]:
        """All coins that a quote was ever stored for, best ranked first."""
        ...

    async def missing(self, currency: str) -> dict[str, float]:
        """Coin id → since when (Unix seconds) the source, though asked, has not told of it in a currency."""
        ...

    async def save_missing(self, currency: str, missing: Mapping[str, float]) -> None:
        """Note which coins the last answer lacked, and since when at the latest; no others are missing."""
        ...

    async def asked(self, currency: str) -> frozenset[str]:
        """Ids of the coins that the last fetch of quotes in a currency asked for."""
        ...

    async def save_asked(self, currency: str, coin_ids: Sequence[str]) -> None:
        """Note what a fetch asked for."""
        ...

    async def chart(self, coin_id: str, currency: str, span: Span) -> Chart | None:
        """A stored chart, however old."""
        ...

    async def save_chart(self, chart: Chart) -> None:
        """Keep a chart."""
        ...

    async def coins(self) -> tuple[Listing, ...]:
        """The directory of all coins, without ranks and prices."""
        ...

    async def save_coins(self, listings: Sequence[Listing]) -> None:
        """Keep a directory in place of the old one."""
        ...

    async def ranking(self, rule: str, currency: str) -> Ranking | None:
        """The coins of a list by rule."""
        ...

    async def save_ranking(self, rule: str, currency: str, ranking: Ranking) -> None:
        """Keep the coins of a list by rule."""
        ...

    async def global_market(self, currency: str) -> GlobalMarket | None:
        """The last known state of all coins together."""
        ...

    async def save_global_market(self, state: GlobalMarket) -> None:
        """Keep the state of all coins together."""
        ...

    async def headlines(self, limit: int) -> tuple[Headline, ...]:
        """The newest headlines, newest first."""
        ...

    async def known_ids(self, headline_ids: Sequence[str]) -> frozenset[str]:
        """Which of these headlines are stored already."""
        ...

    async def headline(self, key: str) -> Headline | None:
        """A headline by its id (or a unique beginning of at least four characters) or address."""
        ...

    async def save_feed(self, health: FeedHealth, headlines: Sequence[Headline], contents: Mapping[str, str]) -> None:
        """Keep the outcome of a visit. Headlines known already keep ``first_seen``, ``read`` and ``starred``."""
        ...

    async def feeds(self) -> dict[str, FeedHealth]:
        """The health of every feed ever visited, by address."""
        ...

    async def content(self, headline_id: str) -> str | None:
        """The entry's own HTML as the feed gave it."""
        ...

    async def article(self, url: str) -> Article | None:
        """A stored article."""
        ...

    async def save_article(self, article: Article) -> None:
        """Keep an article."""
        ...

    async def mark(self, headline_ids: Sequence[str], *, read: bool | None = None, starred: bool | None = None) -> None:
        """Set the marks that are given, leave the others."""
        ...

    async def mining(self) -> Mining | None:
        """The last known state of mining."""
        ...

    async def save_mining(self, mining: Mining) -> None:
        """Keep the state of mining."""
        ...

    async def deadline(self, name: str) -> Deadline:
        """When a source may be asked next."""
        ...

    async def save_deadline(self, name: str, deadline: Deadline) -> None:
        """Keep when a source may be asked next."""
        ...

    async def changed(self) -> frozenset[Topic]:
        """What other processes have changed since the last time this was asked; leases and the ledger do not count."""
        ...

    async def prune(self, before: float, max_headlines: int, megabytes: float) -> None:
        """Forget old unstarred headlines, texts of articles beyond a size and old price history; look for damage."""
        ...

    async def close(self) -> None:
        """Finish what was asked for, then close the file."""
        ...
