"""What the screen and the commands show: one immutable value with a version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from cointicker.config.settings import Settings
from cointicker.config.themes import Theme
from cointicker.domain.alerts import Alert, Firing
from cointicker.domain.freshness import Freshness, Waiting
from cointicker.domain.market import NO_PEGS, GlobalMarket, Quote, Watchlist
from cointicker.domain.mining import Mining
from cointicker.domain.news import FeedHealth, Headline, Story
from cointicker.domain.portfolio import Portfolio
from cointicker.engine.absence import Absence
from cointicker.engine.budget import Budget
from cointicker.engine.pace import Pace

_NO_THEMES: Mapping[str, Theme] = MappingProxyType({})
_NO_QUOTES: Mapping[str, Quote] = MappingProxyType({})
_NO_TIMES: Mapping[str, float] = MappingProxyType({})
OFFLINE = "--offline fetches nothing"
"""Why nothing is fetched where the person said so."""
NEWER = "a newer version of cointicker keeps the data, which this one only reads"
"""Why nothing is fetched where another version of the program has made the tables of the database."""
INTERNAL = "an internal error; the log has the details"
"""What a person is told of an error that nobody foresaw."""
_NO_SPLITS: Mapping[str, str] = MappingProxyType({})
_NO_MOVES: Mapping[tuple[str, str], float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Part:
    """How one kind of data stands."""

    freshness: Freshness = field(default_factory=Waiting)
    next_at: float | None = None
    """The next fetch is due, Unix seconds."""
    busy: bool = False
    """A fetch is under way."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the person, shown once."""

    number: int
    """Counts up; a screen shows those above the last one that it showed."""
    text: str
    """Safe to show."""
    grave: bool = False
    rings: bool = False
    """Of an alert that this pane acts on: the terminal is to say so too, as ``[notify]`` has it."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that is shown, at one moment."""

    version: int = 0
    """Grows with every change."""
    demo: bool = False
    offline: bool = False
    """Nothing is fetched."""
    why_offline: str = OFFLINE
    """Why not: because the person said so, or because a newer version of the program keeps the data."""
    settings: Settings = field(default_factory=Settings)
    """What is in force now; ``currency`` and ``watchlists`` below stand for themselves."""
    problems: tuple[str, ...] = ()
    """What is wrong with the configuration and the themes, in sentences."""
    themes: Mapping[str, Theme] = field(default_factory=lambda: _NO_THEMES)
    """By name, as they were read last; none where none are followed."""
    currency: str = "usd"
    watchlists: tuple[Watchlist, ...] = ()
    active: int = 0
    """Index of the watchlist in use."""
    quotes: Mapping[str, Quote] = field(default_factory=lambda: _NO_QUOTES)
    """By coin id; all that are known, watched or not."""
    pegs: Mapping[str, float] = field(default_factory=lambda: NO_PEGS)
    """Coin id → what its peg is worth in ``currency``, where the peg is in another one and that is known."""
    missing: Mapping[str, float] = field(default_factory=lambda: _NO_TIMES)
    """Coin id → since when (Unix seconds) the source, though asked, has not told of it; its last quote stays."""
    market: Part = Part()
    market_source: str = ""
    refresh: float = 60.0
    """Seconds between two market fetches, as they are now."""
    pace: Pace = field(default_factory=Pace)
    """Why it is so many."""
    budget: Budget | None = None
    """How the month's calls stand; ``None`` without a budget."""
    stories: tuple[Story, ...] = ()
    """Newest first, without muted ones."""
    hidden: tuple[Headline, ...] = ()
    """Hidden by mute words, newest first."""
    splits: Mapping[str, str] = field(default_factory=lambda: _NO_SPLITS)
    """Id of a headline that stands alone because a person took its story apart → id of the one that led it."""
    moves: Mapping[tuple[str, str], float] = field(default_factory=lambda: _NO_MOVES)
    """(headline id, coin id) → percent since publication; no entry where it is not known."""
    news: Part = Part()
    feeds: tuple[FeedHealth, ...] = ()
    """One for each configured feed that was visited."""
    feeds_total: int = 0
    """Configured feeds."""
    mining: Mining | None = None
    mining_part: Part = Part()
    portfolio: Portfolio | None = None
    """What is held; ``None`` where holdings are not to be read, or before they were."""
    alerts: tuple[Alert, ...] = ()
    """In the order of their file."""
    firings: tuple[Firing, ...] = ()
    """The log of what fired in any pane, the newest last."""
    global_market: GlobalMarket | None = None
    global_part: Part = Part()
    notices: tuple[Notice, ...] = ()
    absence: Absence | None = None
    """The last time that the person looked away for long enough."""

    @property
    def watchlist(self) -> Watchlist:
        """The watchlist in use."""
        return self.watchlists[self.active] if self.watchlists else Watchlist("", ())

    @property
    def calls_left(self) -> int | None:
        """Of this month's budget; ``None`` without one."""
        return None if self.budget is None else self.budget.left

    @property
    def unconfirmed(self) -> dict[str, float]:
        """Coin id → a newer price that is held back until a second sample agrees with it."""
        return {coin: quote.unconfirmed for coin, quote in self.quotes.items() if quote.unconfirmed is not None}

    @property
    def muted(self) -> int:
        """How many headlines mute words hide."""
        return len(self.hidden)

    @property
    def feeds_ok(self) -> int:
        """Feeds whose last visit worked."""
        return sum(not health.why and health.ok_at is not None for health in self.feeds)

    @property
    def feeds_failing(self) -> int:
        """Feeds whose last visit did not."""
        return sum(bool(health.why) for health in self.feeds)
