"""``cointicker holdings``: what may be said of what is held."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from cointicker.cli.grammar import CSV, JSON, MANY, REFRESH, Family, Form, Option, Word
from cointicker.cli.options import Command


@dataclass(frozen=True, slots=True)
class Holdings(Command):
    """``cointicker holdings``."""

    action: str
    """``list``, ``add``, ``sell``, ``edit``, ``remove`` or ``value``."""
    words: tuple[str, ...] = ()
    """Numbers of lots, or ids."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """What was said of a lot, by the names that its table in ``holdings.toml`` has; empty: taken away."""
    json: bool = False
    csv: bool = False
    refresh: bool = False

    @property
    def opens_holdings(self) -> bool:
        """It is about nothing else."""
        return True


def _write(action: str, *, words: tuple[str, ...] = (), json: bool, **settings: Any) -> Command:
    given = {name: value for name, value in settings.items() if value is not None}
    return Holdings(action, words, given, json=json)


def _edit(*, which: str, json: bool, **settings: Any) -> Command:
    return _write("edit", words=(which,), json=json, **settings)


_COIN = Word("COIN", "coin", "a CoinGecko id or a symbol", values="coin")
_AMOUNT = Word("AMOUNT", "amount", "coins, such as 0.5")
_WHICH = "a number or an id that `holdings list` shows"
_OF_A_LOT = (
    Option("--price", "of one coin", "P"),
    Option("--currency", "the currency of price and fee", "C", values="currency"),
    Option("--date", "such as 2026-01-31", "D"),
    Option("--fee", "on top of what was paid, or taken from what a sale brought", "F"),
    Option("--note", "words of your own", "TEXT"),
)

FORMS = {
    "holdings": Family(
        "what you hold",
        {
            "list": Form("purchases and sales as they are written down", partial(Holdings, "list"), (), (JSON, CSV)),
            "value": Form("what each coin came to and is worth", partial(Holdings, "value"), (), (JSON, CSV, REFRESH)),
            "add": Form(
                "write a purchase down",
                partial(_write, "add"),
                (_COIN, _AMOUNT),
                (*_OF_A_LOT, JSON),
                ("cointicker holdings add btc 0.5 --price 30000 --currency eur --date 2023-05-31",),
            ),
            "sell": Form(
                "write a sale down",
                partial(_write, "sell"),
                (_COIN, _AMOUNT),
                (*_OF_A_LOT, JSON),
                ("cointicker holdings sell btc 0.1 --price 95000",),
            ),
            "edit": Form(
                "change what is said of one; an empty value takes it away",
                _edit,
                (Word("N-or-ID", "which", _WHICH, values="lot"),),
                (
                    Option("--coin", "a CoinGecko id or a symbol", "COIN", values="coin"),
                    Option("--amount", "coins, below 0 for a sale", "N"),
                    *_OF_A_LOT,
                    JSON,
                ),
                ("cointicker holdings edit 2 --price 31000 --note ''",),
            ),
            "remove": Form(
                "strike one out",
                partial(Holdings, "remove"),
                (Word("N-or-ID", "words", _WHICH, 1, MANY, commas=True, values="lot"),),
                (JSON,),
            ),
        },
        ("cointicker holdings add btc 0.5 --price 30000", "cointicker holdings value --json"),
    )
}
