"""Every setting, declared once: its name, default, meaning and what it may be.

``reading`` turns a TOML file into a ``Settings``; the template of ``config init``, the listing of ``config show`` and
the checks derive from the declarations below.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from cointicker.config.feeds import DEFAULT_FEEDS
from cointicker.domain.alerts import Alert
from cointicker.domain.market import CURRENCIES, DEFAULT_WATCHLIST, Watchlist
from cointicker.domain.news import Feed
from cointicker.text.numbers import regroup

Setting = str | bool | int | float | Sequence[str] | None
"""A value that a person can give to a setting; ``None``: none, so that its default holds."""

MASK = "***"
"""What is shown of a key. No key is spelt so."""

COLUMNS = (
    *("rank", "coin", "name", "alias", "price", "1h", "24h", "7d", "30d", "1y", "cap", "volume"),
    *("range", "ath", "sparkline", "holdings", "value", "pnl"),
)
"""Of the watchlist, by the names that a configuration gives them."""
DEFAULT_COLUMNS = ("rank", "coin", "price", "24h", "sparkline")

_NONE: Mapping[str, str] = MappingProxyType({})
_NO_COMMANDS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Secret(str):
    """A key that no log, traceback or screen may show: its ``repr`` is ``MASK``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return repr(MASK) if self else "''"


def setting(
    default: Any,
    help: str,  # noqa: A002
    *,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] = (),
    address: bool = False,
    header: bool = False,
    hours: bool = False,
    environment: str = "",
) -> Any:
    """Declare a setting.

    ``low`` and ``high`` bound a number, both included; ``choices`` are all the words that it may be; ``address``: an
    http or https address, to which a closing slash is added; ``header``: sent in a header, so plain ASCII;
    ``hours``: empty or hours of the day, such as
    ``23:00-07:00``; ``environment`` names the variable that stands in where the file says nothing.
    """
    return field(
        default_factory=lambda: default,
        metadata={
            "help": help,
            "low": low,
            "high": high,
            "choices": choices,
            "address": address,
            "header": header,
            "hours": hours,
            "environment": environment,
        },
    )


@dataclass(frozen=True, slots=True)
class MarketSettings:
    """``[market]``: where prices come from."""

    base_url: str = setting(
        "https://api.coingecko.com/api/v3/",
        "any CoinGecko-compatible host; https://pro-api.coingecko.com/api/v3/ for a Pro key",
        address=True,
    )
    demo_api_key: Secret = setting(Secret(), "a free Demo key", environment="COINGECKO_DEMO_API_KEY")  # noqa: RUF009
    pro_api_key: Secret = setting(Secret(), "a paid Pro key", environment="COINGECKO_PRO_API_KEY")  # noqa: RUF009
    refresh: float = setting(60.0, "seconds between two fetches, a floor: the budget widens it", low=5, high=86_400)
    monthly_calls: int = setting(10_000, "the budget of calls in a month with a key; 0 = none", low=0, high=10**9)
    alert_refresh: float = setting(
        120.0, "seconds between two fetches while nobody looks but an alert waits for a price; the budget widens it",
        low=5, high=86_400,
    )  # fmt: skip

    @property
    def has_key(self) -> bool:
        """Whether calls are made in the name of a key, and so count against its budget."""
        return bool(self.demo_api_key or self.pro_api_key)


@dataclass(frozen=True, slots=True)
class NewsSettings:
    """``[news]``: what the headlines are read from."""

    refresh: float = setting(600.0, "seconds between two visits to a feed, a floor", low=60, high=86_400)
    full_articles: bool = setting(default=True, help="fetch the page where a feed gives only a summary")
    mute: tuple[str, ...] = setting((), "headlines with one of these words in title or tags are hidden, and counted")
    keep_days: float = setting(30.0, "headlines are kept for so many days; starred ones for ever", low=1, high=3650)
    keep_headlines: int = setting(20_000, "and no more than so many", low=100, high=1_000_000)
    keep_megabytes: float = setting(
        50.0, "so much of articles and of the texts of feeds, the newest; those of starred headlines for ever",
        low=1, high=10_000,
    )  # fmt: skip
    prefetch: int = setting(
        20, "articles of your coins, and starred ones, fetched while the program is idle; 0 = none", low=0, high=500
    )
    feeds: tuple[Feed, ...] = setting(
        DEFAULT_FEEDS,
        "each with url, and if you like name, categories, refresh (such as 30m), mute, full_articles and headers (sent "
        'to its own host, such as { Authorization = "Bearer …" }); with one of your own none of these',
    )


@dataclass(frozen=True, slots=True)
class MiningSettings:
    """``[mining]``: where the state of Bitcoin mining comes from."""

    base_url: str = setting("https://mempool.space/api/", "mempool.space or a mempool of your own", address=True)
    refresh: float = setting(300.0, "seconds between two fetches", low=60, high=86_400)


@dataclass(frozen=True, slots=True)
class NotifySettings:
    """``[notify]``: how an alert makes itself heard, beside the notice on the screen."""

    bell: bool = setting(default=True, help="ring the terminal's bell")
    terminal: str = setting(
        "auto",
        "the terminal's own notification; inside tmux it needs `set -g allow-passthrough on`",
        choices=("auto", "osc9", "osc777", "off"),
    )
    desktop: bool = setting(
        default=False, help="a notification of the desktop, by notify-send, terminal-notifier or osascript"
    )
    command: tuple[str, ...] = setting(
        (),
        'a program and its arguments, such as ["mail-me", "--now"], run without a shell for 10 seconds at most; '
        "COINTICKER_ALERT_TEXT and others like it in its environment say what happened",
    )
    quiet: str = setting("", 'hours without any of these, such as "23:00-07:00"; empty for none', hours=True)


@dataclass(frozen=True, slots=True)
class UiSettings:
    """``[ui]``: the look."""

    bar: str = setting(
        "pages",
        "coins that do not fit the price bar: turn pages, scroll as a tape, or stay still",
        choices=("pages", "scroll", "still"),
    )
    page_seconds: float = setting(6.0, "seconds that a page of the price bar stays", low=1, high=3600)
    columns: tuple[str, ...] = setting(
        DEFAULT_COLUMNS,
        f"columns of the watchlist in your order; where room is short pictures, name and rank go first, then those "
        f"on the right: {' '.join(COLUMNS)}",
        choices=COLUMNS,
    )
    separators: str = setting(
        ",",
        "what stands between thousands: a comma, a point (then a comma stands before decimals), a blank, "
        "an apostrophe, or nothing",
        choices=(",", ".", " ", "'", ""),
    )
    private: bool = setting(default=False, help="amounts held and what they are worth are not shown")
    reading_width: int = setting(76, "widest line of an article, cells", low=30, high=200)
    line_spacing: int = setting(1, "rows from one line of an article to the next: 1 or 2", low=1, high=2)
    images: str = setting(
        "ask", "pictures of an article: never, when asked for by a key, or always", choices=("off", "ask", "on")
    )
    images_by: str = setting(
        "auto",
        "how pictures are drawn; auto finds the best that the terminal can do, blocks every terminal of 256 colours",
        choices=("auto", "kitty", "sixel", "blocks"),
    )

    def regroup(self, number: str) -> str:
        """A number of ``text.numbers`` with the person's separators."""
        return regroup(number, self.separators)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a person can set."""

    currency: str = setting("usd", "what prices are in, as CoinGecko spells it", choices=CURRENCIES)
    theme: str = setting("midnight", "a palette; `cointicker themes list` names them")
    contact: str = setting(
        "", "an e-mail or web address, told to the sites that are fetched; some ask for one", header=True
    )
    alerts: tuple[Alert, ...] = setting(
        (),
        "begin each by [[alerts]]: a coin and one of above, below, crosses, move (percent) with within, depeg (basis "
        'points), new_high ("7d", "ath"); or hashprice_above, hashprice_below, difficulty (percent), keyword; and if '
        "you like currency, repeat, cooldown, quiet, enabled, note",
    )
    watchlists: tuple[Watchlist, ...] = setting(
        (Watchlist("Majors", DEFAULT_WATCHLIST),),
        'lists of CoinGecko ids, in your order; or by a rule: "top 50", "gainers", "losers", "trending", "category:ID"',
    )
    aliases: Mapping[str, str] = setting(_NONE, "CoinGecko id = what you call the coin in place of its symbol")
    sort: Mapping[str, str] = setting(
        _NONE, 'watchlist = the column that it is sorted by, such as "price", or "-24h" for the highest first'
    )
    searches: Mapping[str, str] = setting(
        _NONE, 'name = a search that stands among the categories, such as "hashprice -sponsored newer:1w"'
    )
    share: Mapping[str, tuple[str, ...]] = setting(
        _NO_COMMANDS,
        'name = a program and its arguments that an article is handed to, such as ["mail-me", "--subject", "{title}", '
        '"{url}"]; {url}, {title}, {source} and {markdown} are filled in, without a shell',
    )
    market: MarketSettings = field(default_factory=MarketSettings)
    news: NewsSettings = field(default_factory=NewsSettings)
    mining: MiningSettings = field(default_factory=MiningSettings)
    notify: NotifySettings = field(default_factory=NotifySettings)
    ui: UiSettings = field(default_factory=UiSettings)
    keys: Mapping[str, str] = setting(_NONE, "command = key; several with commas between; empty for none")

    @property
    def secrets(self) -> tuple[str, ...]:
        """Everything that no log may hold: keys, and what is sent in the headers of feeds."""
        headers = (value for feed in self.news.feeds for value in feed.headers.values())
        return (self.market.demo_api_key, self.market.pro_api_key, *headers)
