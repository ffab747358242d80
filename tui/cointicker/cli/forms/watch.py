"""``cointicker watch``: what may be said of watchlists."""

from dataclasses import dataclass
from functools import partial

from cointicker.cli.grammar import JSON, MANY, Family, Form, Word
from cointicker.cli.options import Command


@dataclass(frozen=True, slots=True)
class Watch(Command):
    """``cointicker watch``."""

    action: str
    """``list``, ``add``, ``remove``, ``move``, ``new``, ``rename``, ``delete``, ``send`` or ``alias``."""
    words: tuple[str, ...] = ()
    """What follows it, as typed."""
    json: bool = False


def _action(name: str, help: str, *words: Word) -> Form:  # noqa: A002
    def make(*, json: bool = False, **given: str | tuple[str, ...] | None) -> Command:
        flat = [each for value in given.values() for each in ((value,) if isinstance(value, str) else value or ())]
        return Watch(name, tuple(flat), json=json)

    return Form(help, make, words, (JSON,) if name == "list" else ())


_COIN = Word("COIN", "coin", "a CoinGecko id or a symbol; --list: of that list", values="coin")
_COINS = Word("COIN", "coins", _COIN.help, 1, MANY, commas=True, values="coin")
_RULES = ("top 50", "gainers", "losers", "trending", "category:")

FORMS = {
    "watch": Family(
        "the watchlists",
        {
            "list": Form("the watchlists and their coins", partial(Watch, "list"), (), (JSON,)),
            "add": _action("add", "watch coins", _COINS),
            "remove": _action("remove", "take coins out of the list", _COINS),
            "move": _action("move", "give a coin the Nth place", _COIN, Word("N", "place", "from 1")),
            "new": _action(
                "new",
                "a list: empty, or by rule such as top 50",
                Word("LIST", "name"),
                Word("RULE", "rule", "top 50, gainers, losers, trending, category:ID", 0, 2, values=_RULES),
            ),
            "rename": _action("rename", "call a list otherwise", Word("OLD", "old", values="list"), Word("NEW", "new")),
            "delete": _action("delete", "forget a list", Word("LIST", "name", values="list")),
            "send": _action("send", "move a coin to another list", _COIN, Word("LIST", "name", values="list")),
            "alias": _action(
                "alias", "show a coin under a name; none: its symbol", _COIN, Word("NAME", "name", "", 0, 1)
            ),
        },
        ("cointicker watch add btc,eth", "cointicker watch new Rising gainers"),
    )
}
