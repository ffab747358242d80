"""``cointicker watch``: what may be said of watchlists."""

from dataclasses import dataclass
from functools import partial

from cointicker.cli.grammar import CSV, JSON, MANY, Family, Form, Option, Word, whole_number
from cointicker.cli.options import Command


@dataclass(frozen=True, slots=True)
class Watch(Command):
    """``cointicker watch``."""

    action: str
    """``list``, ``add``, ``remove``, ``move``, ``new``, ``rename``, ``delete``, ``send``, ``alias``, ``sort``,
    ``columns`` or ``find``."""
    words: tuple[str, ...] = ()
    """What follows it, as typed."""
    descending: bool = False
    """Of ``sort``: the highest first."""
    limit: int = 0
    """Of ``find``: coins at most."""
    json: bool = False
    csv: bool = False


def _action(name: str, what: str, *words: Word, options: tuple[Option, ...] = (JSON,)) -> Form:
    fields = {word.field for word in words}
    own = {option.field for option in options}

    def make(**given: object) -> Command:
        flat: list[str] = []
        for field in (word.field for word in words):
            value = given[field]
            flat += value if isinstance(value, tuple) else [value] if isinstance(value, str) else []
        more = {field: value for field, value in given.items() if field in own - fields}
        return Watch(name, tuple(flat), **more)  # type: ignore[arg-type]  # as the options declare them

    return Form(what, make, words, options)


_COIN = Word("COIN", "coin", "a CoinGecko id or a symbol; --list: of that list", values="coin")
_COINS = Word("COIN", "coins", _COIN.help, 1, MANY, commas=True, values="coin")
_LIST = Word("LIST", "name", values="list")
_RULES = ("top 50", "gainers", "losers", "trending", "category:")

FORMS = {
    "watch": Family(
        "the watchlists",
        {
            "list": Form("the watchlists and their coins", partial(Watch, "list"), (), (JSON, CSV)),
            "find": _action(
                "find",
                "coins whose name, symbol or id is like TEXT",
                Word("TEXT", "text", "some letters", 1, MANY),
                options=(Option("--limit", "at most N coins (20)", "N", whole_number(1, 250), 20), JSON, CSV),
            ),
            "add": _action("add", "watch coins", _COINS),
            "remove": _action("remove", "take coins out of the list", _COINS),
            "move": _action("move", "give a coin the Nth place", _COIN, Word("N", "place", "from 1")),
            "send": _action("send", "move a coin to another list", _COIN, _LIST),
            "alias": _action("alias", "show a coin under a name; none: its symbol", _COIN, Word("NAME", "name", "", 0)),
            "new": _action(
                "new",
                "a list: empty, or by rule such as top 50",
                Word("LIST", "name"),
                Word("RULE", "rule", "top 50, gainers, losers, trending, category:ID", 0, 2, values=_RULES),
            ),
            "rename": _action("rename", "call a list otherwise", Word("OLD", "old", values="list"), Word("NEW", "new")),
            "delete": _action("delete", "forget a list", _LIST),
            "sort": _action(
                "sort",
                "sort the list; own: your own order",
                Word("COLUMN", "column", "as `config get ui.columns` names them", values="sorting"),
                options=(Option("--descending", "the highest first"), JSON),
            ),
            "columns": _action(
                "columns",
                "the columns of all lists, in your order; none: as at first",
                Word("COLUMN", "columns", "", 0, MANY, commas=True, values="column"),
            ),
        },
        ("cointicker watch add btc,eth", "cointicker watch new Rising gainers", "cointicker watch find pepe"),
    )
}
