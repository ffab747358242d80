"""The commands about what is known: prices, headlines, articles, mining, and what works."""

from dataclasses import dataclass, replace

from cointicker.cli.grammar import CSV, JSON, MANY, REFRESH, Family, Form, LineError, Option, Word, whole_number
from cointicker.cli.options import Command
from cointicker.domain.charts import Span


@dataclass(frozen=True, slots=True)
class Prices(Command):
    """``cointicker prices``."""

    coins: tuple[str, ...] = ()
    """Ids or symbols as typed; empty: those of the watchlist."""
    json: bool = False
    csv: bool = False
    refresh: bool = False


@dataclass(frozen=True, slots=True)
class News(Command):
    """``cointicker news``."""

    category: str | None = None
    coin: str | None = None
    search: str | None = None
    source: str | None = None
    unread: bool = False
    starred: bool = False
    limit: int = 30
    """Stories at most."""
    json: bool = False
    csv: bool = False
    refresh: bool = False


@dataclass(frozen=True, slots=True)
class Mark(Command):
    """``cointicker mark``."""

    action: str
    """``read``, ``unread``, ``star`` or ``unstar``."""
    keys: tuple[str, ...] = ()
    """Ids as ``news`` prints them, or addresses."""
    all: bool = False
    """All headlines in place of these."""
    json: bool = False


@dataclass(frozen=True, slots=True)
class Chart(Command):
    """``cointicker chart``."""

    coin: str
    span: Span = Span.WEEK
    height: int = 12
    """Lines of the picture."""
    json: bool = False
    csv: bool = False


@dataclass(frozen=True, slots=True)
class Read(Command):
    """``cointicker read``."""

    key: str
    """An address, or the beginning of a headline's id."""
    width: int | None = None
    """Cells."""
    json: bool = False


@dataclass(frozen=True, slots=True)
class Mining(Command):
    """``cointicker mining``."""

    json: bool = False
    csv: bool = False
    refresh: bool = False


@dataclass(frozen=True, slots=True)
class Doctor(Command):
    """``cointicker doctor``."""

    json: bool = False


_SPANS = tuple(span.value for span in Span)


def _span(text: str) -> Span:
    try:
        return Span(text.lower())
    except ValueError:
        raise LineError(f"{text!r} is none of {', '.join(_SPANS)}") from None


def _mark(action: str, what: str, *options: Option) -> Form:
    def make(*, keys: tuple[str, ...], json: bool, all: bool = False) -> Command:  # noqa: A002
        if not keys and not all:
            raise LineError(f"needs {_IDS.name}…")
        return Mark(action, keys, all, json)

    return Form(what, make, (replace(_IDS, least=0) if options else _IDS,), (*options, JSON))


_IDS = Word("URL-or-ID", "keys", "an id that `cointicker news` prints, or an address", 1, MANY, commas=True)

FORMS: dict[str, Form | Family] = {
    "prices": Form(
        "what coins cost",
        Prices,
        (
            Word(
                "COIN", "coins", "a CoinGecko id or a symbol; none: the watchlist", 0, MANY, commas=True, values="coin"
            ),
        ),
        (JSON, CSV, REFRESH),
        ("cointicker prices", "cointicker prices btc eth --json", "cointicker prices --list Mine --currency eur"),
    ),
    "news": Form(
        "the newest headlines",
        News,
        (),
        (
            Option("--category", "only this category, such as Mining, Popular or a kept search", "C", values="choice"),
            Option("--coin", "only headlines that name this coin", "COIN", values="coin"),
            Option("--search", "only headlines with all words of Q", "Q"),
            Option("--source", "only headlines of this source", "NAME", values="source"),
            Option("--unread", "only unread headlines"),
            Option("--starred", "only starred headlines"),
            Option("--limit", "at most N headlines (30)", "N", whole_number(), 30),
            JSON,
            CSV,
            REFRESH,
        ),
        ("cointicker news --category Mining --limit 10", "cointicker news --coin btc --unread --json"),
    ),
    "read": Form(
        "the text of an article",
        Read,
        (Word("URL-or-ID", "key", "an address, or an id that `cointicker news` prints"),),
        (Option("--width", "cells of a line", "N", whole_number()), JSON),
        ("cointicker read 3f9a21", "cointicker read https://example.org/article --width 72"),
    ),
    "mark": Family(
        "headlines read, unread, starred or not",
        {
            "read": _mark("read", "mark as read", Option("--all", "all headlines that there are")),
            "unread": _mark("unread", "mark as unread"),
            "star": _mark("star", "star"),
            "unstar": _mark("unstar", "take the stars away"),
        },
        ("cointicker mark read 3f9a21 07bc44", "cointicker mark read --all"),
    ),
    "mining": Form(
        "the state of Bitcoin mining",
        Mining,
        (),
        (JSON, replace(CSV, help="the pools as comma-separated values"), REFRESH),
        ("cointicker mining --json",),
    ),
    "chart": Form(
        "how a price went",
        Chart,
        (Word("COIN", "coin", "a CoinGecko id or a symbol", values="coin"),),
        (
            Option("--span", "24h, 7d, 30d, 90d, 1y or max (7d)", "SPAN", _span, Span.WEEK, values=_SPANS),
            Option("--height", "lines of the picture (12)", "N", whole_number(2, 100), 12),
            JSON,
            CSV,
        ),
        ("cointicker chart btc --span 30d", "cointicker chart eth --csv > eth.csv"),
    ),
    "doctor": Form("what works here and what does not", Doctor, (), (JSON,)),
}
