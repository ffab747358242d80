"""The commands that show what is known: prices, headlines, articles, mining, and what works."""

from dataclasses import dataclass

from cointicker.cli.grammar import CSV, JSON, MANY, REFRESH, Form, Option, Word, whole_number
from cointicker.cli.options import Command


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
    unread: bool = False
    limit: int = 30
    """Stories at most."""
    json: bool = False
    refresh: bool = False


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
    refresh: bool = False


@dataclass(frozen=True, slots=True)
class Doctor(Command):
    """``cointicker doctor``."""

    json: bool = False


FORMS = {
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
            Option("--category", "only this category, such as Mining", "C", values="category"),
            Option("--coin", "only headlines that name this coin", "COIN", values="coin"),
            Option("--search", "only headlines with all words of Q", "Q"),
            Option("--unread", "only unread headlines"),
            Option("--limit", "at most N headlines (30)", "N", whole_number(), 30),
            JSON,
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
    "mining": Form("the state of Bitcoin mining", Mining, (), (JSON, REFRESH), ("cointicker mining --json",)),
    "doctor": Form("what works here and what does not", Doctor, (), (JSON,)),
}
