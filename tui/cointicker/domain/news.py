"""Headlines, the feeds that carry them and the articles behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from cointicker.domain.words import EMPTY, SafeText

_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Headline:
    """One entry of one feed."""

    headline_id: str
    """Ours: short, stable over runs, made from the feed and the entry's own identity."""
    feed_url: str
    source: SafeText
    """The feed's name as a person knows it."""
    title: SafeText
    url: str
    """An http(s) address that passed the link check, or empty."""
    first_seen: float
    """Unix seconds."""
    published: float | None = None
    """Unix seconds, never later than ``first_seen``; ``None`` where the feed gives no usable date."""
    updated: float | None = None
    author: SafeText = EMPTY
    deck: SafeText = EMPTY
    """The summary, as plain text."""
    tags: tuple[SafeText, ...] = ()
    """The entry's own categories."""
    categories: tuple[str, ...] = ()
    """Ours, see ``domain.categories``."""
    coins: tuple[str, ...] = ()
    """CoinGecko ids of the coins that the title names."""
    read: bool = False
    starred: bool = False

    @property
    def at(self) -> float:
        """When it was published, or else first seen, Unix seconds; what lists are sorted by."""
        return self.first_seen if self.published is None else self.published


@dataclass(frozen=True, slots=True)
class Story:
    """The headlines of all sources that tell the same story, as one row."""

    lead: Headline
    """The earliest, which stands for the story."""
    others: tuple[Headline, ...] = ()
    """Oldest first."""

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """All of them, the lead first."""
        return (self.lead, *self.others)

    @property
    def sources(self) -> tuple[SafeText, ...]:
        """The names of all that carry it, each once, the first to tell it first."""
        return tuple(dict.fromkeys(headline.source for headline in self.headlines))

    @property
    def read(self) -> bool:
        """Whether the lead has been read."""
        return self.lead.read


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is asked for headlines, as configured."""

    url: str
    name: str = ""
    """Empty: the feed's own title is used."""
    categories: tuple[str, ...] = ()
    refresh: float | None = None
    """Seconds between two visits, a floor; ``None``: as for all feeds."""
    mute: tuple[str, ...] = ()
    """Words that hide its headlines, beside those that hide any."""
    full_articles: bool | None = None
    """Whether its pages are fetched for reading; ``None``: as for all feeds."""
    headers: Mapping[str, str] = field(default_factory=lambda: _NO_HEADERS, repr=False, hash=False)
    """Sent to its own host with every visit; they may hold a password."""


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """How the last visits to a feed went, and what the next one needs to know."""

    url: str
    name: str
    ok_at: float | None = None
    """The last visit that worked, Unix seconds."""
    checked_at: float | None = None
    """The last visit, Unix seconds."""
    next_at: float = 0.0
    """The next visit is due, Unix seconds."""
    why: str = ""
    """What went wrong at the last visit, in words; empty when nothing did."""
    failures: int = 0
    """Visits in a row that failed."""
    asked: bool = False
    """The server itself asked to wait until ``next_at``."""
    items: int = 0
    newest_at: float | None = None
    """Time of the newest entry, Unix seconds."""
    etag: str = ""
    """As the server sent it, sent back verbatim."""
    last_modified: str = ""
    pace: float | None = None
    """Seconds between two visits that the feed itself asks for."""
    quiet: frozenset[int] = frozenset()
    """Hours of the week, UTC, from 0 for the first of Monday, in which the feed asks for no visit."""
    address: str = ""
    """Asked in place of ``url``: where the feed has moved for good, or what the page at ``url`` names; else empty."""
    moved_to: str = ""
    """Where ``url`` redirects for good, not believed yet."""
    moved_days: int = 0
    """Different days on which it said so."""
    moved_at: float | None = None
    """When it said so last, Unix seconds."""
    gone: bool = False
    """The server said that there is no such feed any more: it is visited only when a person asks for it."""


class Content(Enum):
    """Where the text of an article comes from."""

    FEED = "feed"
    PAGE = "page"
    DECK = "deck"
    """Only the summary: the page could not be had."""


class Tone(Enum):
    """How a run of words is set apart."""

    PLAIN = ""
    STRONG = "strong"
    EMPHASIS = "em"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words in one tone."""

    text: SafeText
    tone: Tone = Tone.PLAIN
    link: int | None = None
    """Number of the link that the words stand for."""


@dataclass(frozen=True, slots=True)
class Heading:
    spans: tuple[Span, ...]
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """One paragraph of a quotation."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    spans: tuple[Span, ...]
    depth: int = 0
    """0 for the outermost list."""
    number: int | None = None
    """Its number in an ordered list."""


@dataclass(frozen=True, slots=True)
class Code:
    lines: tuple[SafeText, ...]


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[SafeText, ...], ...]
    """All of the same length."""
    header: bool = False
    """Whether the first row names the columns."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that is named, not shown."""

    caption: SafeText
    url: str = ""


Block = Heading | Paragraph | Quotation | ListItem | Code | Table | Image


@dataclass(frozen=True, slots=True)
class Link:
    number: int
    text: SafeText
    url: str
    """An http(s) address that passed the link check."""


@dataclass(frozen=True, slots=True)
class Article:
    """The readable text behind a headline."""

    url: str
    title: SafeText
    source: SafeText
    content: Content
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    author: SafeText = EMPTY
    published: float | None = None
    """Unix seconds."""
    updated: float | None = None
    words: int = 0
    reason: str = ""
    """Why it is not the page as it stands now, in words; empty where it is, or where the feed has the whole text."""
    fetched_at: float = 0.0
    """Unix seconds."""

    @property
    def minutes(self) -> int:
        """Reading time at 230 words a minute, at least 1."""
        return max(1, round(self.words / 230))
