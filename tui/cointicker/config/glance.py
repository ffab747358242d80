"""The settings that one line needs, kept in a small file of their own.

To read TOML and to check it takes several times as long as all the rest of ``cointicker line``. So what it came to is
written down, with a stamp of the files that it came from, and holds until one of them changes.
"""

import os

from cointicker import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cointicker.config.settings import Settings
    from cointicker.config.themes import Theme

_FORM = "1"
"""Another number for another form of the file."""
_SIZE_LIMIT = 256 * 1024


class Glance:
    """Settings as a line needs them. Amounts of time in seconds, colours as ``#rrggbb``."""

    __slots__ = (
        "accent", "aliases", "coins", "currency", "down", "feeds", "label", "list", "mining_refresh", "mute",
        "news_refresh", "problems", "refresh", "rule", "separators", "symbols", "up",
    )  # fmt: skip

    def __init__(self) -> None:
        self.currency = "usd"
        self.list = ""
        """Name of the watchlist."""
        self.rule = ""
        """What fills it; empty where the person does."""
        self.coins: tuple[str, ...] = ()
        """Its coins, CoinGecko ids."""
        self.aliases: dict[str, str] = {}
        """CoinGecko id → what the person calls it."""
        self.symbols: dict[str, str] = {}
        """The same, of coins of the watchlist that people call so; stands in while nothing is stored of them."""
        self.separators = ","
        self.refresh = 60.0
        self.news_refresh = 600.0
        self.mining_refresh = 300.0
        self.feeds: dict[str, tuple[str, ...]] = {}
        """Address → the words that hide its headlines."""
        self.mute: tuple[str, ...] = ()
        self.up = self.down = self.label = self.accent = ""
        self.problems: tuple[str, ...] = ()
        """What is wrong with the configuration, in sentences."""


def glance_at(settings: "Settings", theme: "Theme", watchlist: str | None, problems: "Sequence[str]") -> Glance:
    """What a line needs of settings; ``watchlist`` names the one to show, else it is the first."""
    from cointicker.domain.mentions import known_coins  # noqa: PLC0415 - slow to import, and not needed to read one

    found = Glance()
    lists = {each.name: each for each in settings.watchlists}
    chosen = lists[watchlist] if watchlist in lists else settings.watchlists[0]
    found.currency, found.list, found.rule, found.coins = settings.currency, chosen.name, chosen.rule, chosen.coins
    found.aliases = dict(settings.aliases)
    found.symbols = {coin.coin_id: coin.symbol for coin in known_coins() if coin.coin_id in found.coins}
    found.separators = settings.ui.separators
    found.refresh = settings.market.refresh
    found.news_refresh = settings.news.refresh
    found.mining_refresh = settings.mining.refresh
    found.feeds = {feed.url: feed.mute for feed in settings.news.feeds}
    found.mute = settings.news.mute
    found.up, found.down, found.label, found.accent = theme.up, theme.down, theme.label, theme.accent
    found.problems = tuple(problems)
    return found


def stamp_of(config_file: str, words: "Sequence[str]") -> str:
    """What tells whether a kept glance still holds: the files that it came from, and what was asked of them."""
    folder = os.path.join(os.path.dirname(config_file), "themes")  # noqa: PTH118, PTH120 - pathlib is slow to import
    try:
        themes = sorted(name for name in os.listdir(folder) if name.endswith(".toml"))  # noqa: PTH208
    except OSError:
        themes = []
    files = (config_file, *(f"{folder}/{name}" for name in themes))
    return repr((_FORM, __version__, tuple(words), tuple((file, _stamp(file)) for file in files)))


def _stamp(file: str) -> tuple[int, ...]:
    try:
        status = os.stat(file)  # noqa: PTH116
    except OSError:
        return ()
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_mode


def read_glance(file: str, stamp: str) -> Glance | None:
    """What was kept under this stamp; ``None`` where nothing was."""
    try:
        with open(file, encoding="utf-8") as stream:  # noqa: PTH123
            kept = stream.read(_SIZE_LIMIT)
    except (OSError, ValueError):
        return None
    first, _, rest = kept.partition("\n")
    if first != stamp or not rest.endswith("end\n"):
        return None
    try:
        return _unpack(rest)
    except (ValueError, LookupError):
        return None


def keep_glance(file: str, stamp: str, glance: Glance) -> None:
    """Keep it for the next time, for this user alone; where that cannot be it is worked out anew the next time."""
    beside = f"{file}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(file), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120
        with open(beside, "x", encoding="utf-8", opener=_private) as stream:
            stream.write(f"{stamp}\n{_pack(glance)}")
        os.replace(beside, file)  # noqa: PTH105
    except (OSError, ValueError):
        try:
            os.unlink(beside)  # noqa: PTH108
        except OSError:
            return


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _pack(glance: Glance) -> str:
    """Lines of words with tabs between; no text of a configuration has either sign in it."""
    rows: list[tuple[str, ...]] = [
        ("currency", glance.currency),
        ("list", glance.list, glance.rule),
        ("coins", *glance.coins),
        *(("alias", coin, alias) for coin, alias in glance.aliases.items()),
        *(("symbol", coin, symbol) for coin, symbol in glance.symbols.items()),
        ("separators", glance.separators),
        ("refresh", *map(repr, (glance.refresh, glance.news_refresh, glance.mining_refresh))),
        *(("feed", url, *mute) for url, mute in glance.feeds.items()),
        ("mute", *glance.mute),
        ("colours", glance.up, glance.down, glance.label, glance.accent),
        *(("problem", sentence) for sentence in glance.problems),
        ("end",),
    ]
    return "".join("\t".join(row) + "\n" for row in rows)


def _unpack(text: str) -> Glance:
    rows: dict[str, list[list[str]]] = {}
    for line in text.split("\n"):
        name, *words = line.split("\t")
        rows.setdefault(name, []).append(words)
    found = Glance()
    ((found.currency,),) = rows["currency"]
    ((found.list, found.rule),) = rows["list"]
    found.coins = tuple(rows["coins"][0])
    found.aliases = {words[0]: words[1] for words in rows.get("alias", ())}
    found.symbols = {words[0]: words[1] for words in rows.get("symbol", ())}
    ((found.separators,),) = rows["separators"]
    found.refresh, found.news_refresh, found.mining_refresh = map(float, rows["refresh"][0])
    found.feeds = {url: tuple(mute) for url, *mute in rows.get("feed", ())}
    found.mute = tuple(rows["mute"][0])
    found.up, found.down, found.label, found.accent = rows["colours"][0]
    found.problems = tuple(sentence for (sentence,) in rows.get("problem", ()))
    return found
