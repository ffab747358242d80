"""What is known at a glance: the facts that fit one line. Light enough for what answers at once."""

from collections.abc import Mapping

MINING_FACTS = ("hashprice", "hashrate", "difficulty", "next_change", "retarget_at", "height", "block_at")
"""Of ``domain.mining.Mining``."""
FEES = ("fastest", "half_hour", "hour")
"""Of ``domain.mining.Fees``."""


class Coin:
    """A stored quote without its history."""

    __slots__ = (
        "change_1h", "change_7d", "change_24h", "coin_id", "fetched_at", "market_cap", "name", "peg_points", "price",
        "rank", "symbol", "updated_at", "volume_24h",
    )  # fmt: skip

    def __init__(
        self,
        *,
        coin_id: str,
        symbol: str,
        name: str,
        price: float | None,
        fetched_at: float,
        updated_at: float | None = None,
        change_1h: float | None = None,
        change_24h: float | None = None,
        change_7d: float | None = None,
        market_cap: float | None = None,
        volume_24h: float | None = None,
        rank: int | None = None,
    ) -> None:
        """All as in ``domain.market.Quote``; symbol and name are safe to show."""
        self.coin_id = coin_id
        self.symbol = symbol
        self.name = name
        self.price = price
        self.fetched_at = fetched_at
        self.updated_at = updated_at
        self.change_1h = change_1h
        self.change_24h = change_24h
        self.change_7d = change_7d
        self.market_cap = market_cap
        self.volume_24h = volume_24h
        self.rank = rank
        self.peg_points: float | None = None
        """Of a stablecoin: how far it is from its peg, basis points."""


class News:
    """The newest headline."""

    __slots__ = ("at", "source", "title")

    def __init__(self, title: str, source: str, at: float) -> None:
        """Title and source are safe to show; ``at`` in Unix seconds."""
        self.title = title
        self.source = source
        self.at = at


class Wants:
    """What is asked of the store for one line."""

    __slots__ = ("coins", "currency", "feeds", "headline", "mining", "mute", "owner", "rule", "unread")

    def __init__(
        self,
        currency: str,
        coins: tuple[str, ...] = (),
        *,
        rule: str = "",
        headline: bool = False,
        unread: bool = False,
        mining: bool = False,
        feeds: Mapping[str, tuple[str, ...]] | None = None,
        mute: tuple[str, ...] = (),
        owner: str = "",
    ) -> None:
        """``coins``: ids or symbols, in lower case; ``rule``: of a watchlist whose coins are wanted too.

        ``feeds``: address → the words that hide its headlines; ``mute``: those that hide any. ``owner``: who wants it.
        """
        self.owner = owner
        self.currency = currency
        self.coins = coins
        self.rule = rule
        self.headline = headline
        self.unread = unread
        self.mining = mining
        self.feeds = feeds or {}
        self.mute = mute


LONGEST = 86_400.0
"""Seconds that anything may have to wait for its next try."""
_SKEW = 2.0


class Due:
    """When something was asked for last, and when it is due next, Unix seconds."""

    __slots__ = ("failing", "fetched_at", "next_at")

    def __init__(self, fetched_at: float | None = None, next_at: float = 0.0, *, failing: bool = False) -> None:
        self.fetched_at = fetched_at
        self.next_at = next_at
        self.failing = failing
        """The last try failed; ``next_at`` is that of the next."""

    def has_come(self, now: float, grace: float = 0.0) -> bool:
        """Whether it is due, so many seconds after its time; a time far ahead was written by a clock that was wrong."""
        return now >= self.next_at + grace or self.next_at > now + LONGEST + _SKEW

    @property
    def interval(self) -> float:
        """Seconds between two fetches at the present pace; 0 where that is not known."""
        if self.failing or self.fetched_at is None:
            return 0.0
        return max(0.0, self.next_at - self.fetched_at)


class Known:
    """What the store knows of it. What it does not know is missing or ``None``."""

    __slots__ = (
        "apps", "coins", "headline", "listed", "mining", "mining_at", "mining_due", "news_at", "news_due", "noted_at",
        "prices_due", "trouble", "unread",
    )  # fmt: skip

    def __init__(self, trouble: str = "") -> None:
        self.trouble = trouble
        """Why nothing can be read, in words."""
        self.coins: dict[str, Coin] = {}
        """By the word that was asked for, and by id."""
        self.listed: tuple[str, ...] = ()
        """Ids of the coins that a watchlist's rule has found."""
        self.prices_due = Due()
        self.headline: News | None = None
        self.unread: int | None = None
        self.news_at: float | None = None
        """When a feed was last read."""
        self.news_due = Due()
        """``next_at``: when the first of the feeds is due."""
        self.mining: dict[str, float | None] = {}
        """By ``MINING_FACTS``, and ``fees.`` before each of ``FEES``."""
        self.mining_at: float | None = None
        self.mining_due = Due()
        self.apps = 0
        """Programs with a screen that keep the store fresh now."""
        self.noted_at: float | None = None
        """When the store was last told who wants this, Unix seconds."""
