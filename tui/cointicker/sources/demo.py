"""The demo world as sources: the same every time for a seed and a clock, without network, and made up throughout."""

import html
from collections.abc import Callable

from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.mining import Mining
from cointicker.domain.news import Feed, FeedHealth, Headline
from cointicker.domain.words import SafeText
from cointicker.engine.ports import FeedAnswer, FoundFeed, Page, Sources
from cointicker.sources.demo_articles import DemoArticles
from cointicker.sources.demo_exchange import DemoExchange
from cointicker.sources.demo_market import market_of
from cointicker.sources.demo_mining import DemoMining
from cointicker.sources.demo_noise import stream
from cointicker.sources.demo_outlets import DEMO_FEEDS, DESKS, OUTLETS
from cointicker.sources.demo_press import DemoPress, Piece
from cointicker.text.blocks import count_words, plain_text
from cointicker.text.safe import clean

__all__ = ["DEMO_FEEDS", "DemoWorld", "demo_sources"]

Clock = Callable[[], float]
"""The time, Unix seconds."""


class DemoWorld:
    """Everything that happens in the demo, at any time."""

    def __init__(self, seed: int) -> None:
        self.market = market_of(seed)
        self.mining = DemoMining(seed)
        self.press = DemoPress(seed, self.market)
        self.articles = DemoArticles(seed, self.market, self.press)


def demo_sources(clock: Clock, seed: int = 7) -> Sources:
    """The world of a seed, asked at the times that ``clock`` tells."""
    world = DemoWorld(seed)
    return Sources(
        market=DemoExchange(world.market, clock),
        feeds=_Feeds(world, clock),
        articles=_Articles(world, clock),
        mining=_Mining(world, clock),
    )


class _Feeds:
    def __init__(self, world: DemoWorld, clock: Clock) -> None:
        self._world = world
        self._clock = clock

    async def fetch(self, feed: Feed, health: FeedHealth | None) -> FeedAnswer | Failed:
        """What the outlet behind a feed has printed."""
        outlet = next((outlet for outlet in OUTLETS if outlet.feed_url == feed.url), None)
        if outlet is None:
            return Failed("The demo has no such feed", cause=Cause.MISSING)
        now = self._clock()
        pieces = self._world.press.pieces(outlet, now)
        etag = f'"{pieces[0].slot}"' if pieces else ""
        if health is not None and etag and health.etag == etag:
            return FeedAnswer(name=outlet.name, etag=etag, unchanged=True)
        return FeedAnswer(
            headlines=tuple(_headline(piece, feed, now) for piece in pieces),
            contents={headline_id(piece): self._content(piece) for piece in pieces},
            name=outlet.name,
            etag=etag,
        )

    async def discover(self, url: str) -> tuple[FoundFeed, ...] | Failed:  # noqa: ARG002 - nobody is asked
        """The demo asks nobody."""
        return Failed("The demo has no feeds but its own", cause=Cause.MISSING)

    async def read_outline(self, document: bytes) -> tuple[Feed, ...] | Failed:  # noqa: ARG002 - nothing is read
        """The demo reads nothing from outside."""
        return Failed("is not read by the demo", cause=Cause.MISSING)

    def _content(self, piece: Piece) -> str:
        paragraphs = plain_text(self._world.articles.opening(piece)).split("\n\n")
        return "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)

    async def close(self) -> None:
        """Nothing is held."""


class _Articles:
    def __init__(self, world: DemoWorld, clock: Clock) -> None:
        self._world = world
        self._clock = clock

    async def page(self, url: str, *, typed: bool = False) -> Page | Failed:  # noqa: ARG002 - nothing is connected to
        """The article at an address of the demo."""
        now = self._clock()
        piece = self._world.press.piece(url, now)
        if piece is None:
            return Failed("The demo has no page at this address", cause=Cause.MISSING)
        return self._world.articles.page(piece, now)

    async def read(self, content: str, url: str) -> Page | Failed:  # noqa: ARG002 - the words are known here
        """The opening paragraphs that the feed carries."""
        piece = self._world.press.piece(url, self._clock())
        if piece is None:
            return Failed("The demo has no page at this address", cause=Cause.MISSING)
        blocks = self._world.articles.opening(piece)
        return Page(blocks=blocks, title=clean(piece.title), words=count_words(blocks))


class _Mining:
    def __init__(self, world: DemoWorld, clock: Clock) -> None:
        self._world = world
        self._clock = clock

    async def fetch(self) -> Mining | Failed:
        """The state of mining now."""
        return self._world.mining.state(self._clock())


def headline_id(piece: Piece) -> str:
    """Ours for a piece: 16 hexadecimal digits."""
    return f"{stream('piece', piece.outlet.host, piece.slot):016x}"


def _headline(piece: Piece, feed: Feed, now: float) -> Headline:
    return Headline(
        headline_id=headline_id(piece),
        feed_url=feed.url,
        source=clean(feed.name or piece.outlet.name),
        title=clean(piece.title),
        url=piece.url,
        first_seen=now,
        published=piece.at,
        author=clean(piece.author),
        deck=clean(piece.deck),
        tags=(SafeText(DESKS[piece.story.desk]),),
    )
