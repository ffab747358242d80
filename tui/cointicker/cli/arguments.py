"""The command line: what it may say, and what is said about one that says something else.

It is read in two steps, so that global options may stand anywhere: first these are picked out, then the first word
that is left names the command, whose own parser reads the rest. Nothing heavy is imported here.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from cointicker import __version__
from cointicker.cli.options import App, Command, Config, Doctor, Mining, News, Options, Prices, Read, Themes, Watch

USAGE_ERROR = 2
_SENTENCE_LIMIT = 500
_THEME_ACTIONS = {"list": "all palettes", "show": "the colours of NAME", "check": "look for mistakes in FILE"}
_CONFIG_ACTIONS = {
    "path": "where the file is looked for",
    "show": "all settings as they are now, keys hidden",
    "check": "look for mistakes",
    "init": "write a commented file to start from; never overwrites",
}
_WATCH_ACTIONS = {
    "list": ("", "the watchlists and their coins", 0, 0),
    "add": ("COIN…", "watch coins", 1, 1000),
    "remove": ("COIN…", "take coins out of the list", 1, 1000),
    "move": ("COIN N", "give a coin the Nth place", 2, 2),
    "new": ("LIST [RULE]", "a list: empty, or by rule such as top 50", 1, 3),
    "rename": ("OLD NEW", "call a list otherwise", 2, 2),
    "delete": ("LIST", "forget a list", 1, 1),
    "send": ("COIN LIST", "move a coin to another list", 2, 2),
    "alias": ("COIN [NAME]", "show a coin under a name; none: its symbol", 1, 2),
}
"""What follows each, what it does, and how many words that may be."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def __init__(self, prog: str, *, description: str | None = None, add_help: bool = True, usage: str | None = None):
        super().__init__(
            prog, usage, description, add_help=add_help, allow_abbrev=False, formatter_class=_HelpFormatter
        )

    def error(self, message: str) -> NoReturn:
        from cointicker.text.safe import clean  # noqa: PLC0415 - needed only once something is wrong

        print(f"{self.prog}: {clean(message, _SENTENCE_LIMIT)}\nTry '{self.prog} --help'.", file=sys.stderr)
        raise SystemExit(USAGE_ERROR)

    def check_unknown(self, words: Sequence[str]) -> None:
        """End the program over a word that no option and no argument took."""
        for word in words:
            if word.startswith("-"):
                name = word.split("=", 1)[0]
                self.error(f"there is no option {name}{did_you_mean(name, self.spellings())}")
        if words:
            self.error(f"{words[0]!r} is one word too many")

    def spellings(self) -> list[str]:
        """All options."""
        return [spelling for action in self._actions for spelling in action.option_strings]


class _HelpFormatter(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A command as the command line knows it."""

    help: str
    usage: str
    add: Callable[[argparse.ArgumentParser], None]
    make: Callable[[argparse.Namespace], Command]


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """``; did you mean X?``, or nothing where no known word is near."""
    from cointicker.config.problems import nearest  # noqa: PLC0415 - needed only once something is wrong

    near = nearest(word, known)
    return f"; did you mean {near}?" if near else ""


def parse(words: Sequence[str]) -> Options:
    """The options of a command line without the program's name.

    Ends the program (``SystemExit``) with 0 after ``--help`` and ``--version``, with 2 where the line cannot be meant.
    """
    first = _Parser("cointicker", add_help=False)
    _add_globals(first)
    first.add_argument("--version", action="store_true")
    first.add_argument("-h", "--help", action="store_true")
    found, rest = first.parse_known_args(list(words))
    if found.version:
        print(f"cointicker {__version__}")
        raise SystemExit(0)
    command = _parse_command(first, found, rest)
    return Options(
        command=command,
        config=_path(found.config),
        data_dir=_path(found.data_dir),
        theme=found.theme,
        currency=found.currency.strip().lower() if found.currency is not None else None,
        watchlist=found.list,
        offline=found.offline,
        demo=found.demo,
        no_holdings=found.no_holdings,
    )


def _parse_command(first: _Parser, found: argparse.Namespace, rest: list[str]) -> Command:
    place = next((index for index, word in enumerate(rest) if not word.startswith("-")), None)
    if place is None:
        if found.help:
            print(_overview(), end="")
            raise SystemExit(0)
        first.check_unknown([word for word in rest if word != "--"])
        return App()
    name = rest[place]
    spoken = _COMMANDS.get(name)
    if spoken is None:
        if place:  # an option that no parser knows stands before; what follows it may be its value
            first.check_unknown(rest[:place])
        first.error(f"there is no command {name!r}{did_you_mean(name, list(_COMMANDS))}")
    parser = _Parser(f"cointicker {name}", description=spoken.help, usage=spoken.usage)
    spoken.add(parser)
    _add_globals(parser)
    if found.help:
        parser.print_help()
        raise SystemExit(0)
    namespace, left = parser.parse_known_intermixed_args(rest[:place] + rest[place + 1 :])
    parser.check_unknown(left)
    return spoken.make(namespace)


def _path(text: str | None) -> Path | None:
    return None if text is None else Path(text)


def _add_globals(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("global options, before or after the command")
    group.add_argument("--config", metavar="FILE", help="read the settings from FILE")
    group.add_argument("--data-dir", metavar="DIR", help="keep the stored data in DIR")
    group.add_argument("--theme", metavar="NAME", help="use this palette")
    group.add_argument("--currency", metavar="CODE", help="prices in this currency, such as eur")
    group.add_argument("--offline", action="store_true", help="fetch nothing, show what is stored")
    group.add_argument("--demo", action="store_true", help="an invented world: no network, nothing written")
    group.add_argument("--list", metavar="NAME", help="use this watchlist")
    group.add_argument("--no-holdings", action="store_true", help="do not open the file of what you hold")


def _overview() -> str:
    """The help of the whole program."""
    parser = _Parser("cointicker", add_help=False)
    _add_globals(parser)
    parser.add_argument("--version", action="store_true", help="print the version")
    parser.add_argument("-h", "--help", action="store_true", help="print this help; after a command: the command's")
    commands = "\n".join(f"  {name:<8}{spoken.help}" for name, spoken in _COMMANDS.items())
    return (
        "usage: cointicker [OPTION…] [COMMAND …]\n\n"
        "Live coin prices and market headlines in one terminal pane.\n\n"
        f"commands (none: the screen):\n{commands}\n\n"
        f"{parser.format_help().split(chr(10) * 2, 1)[1]}\n"
        "exit status: 0 done · 1 could not · 2 usage or configuration · 3 done, from stale data\n"
    )


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to 100000")
    return int(text)


def _add_flags(parser: argparse.ArgumentParser, *, refresh: bool = True) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    if refresh:
        parser.add_argument("--refresh", action="store_true", help="fetch even if what is stored is new enough")


def _add_prices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("coins", nargs="*", metavar="COIN", help="a CoinGecko id or a symbol; none: the watchlist")
    _add_flags(parser)
    parser.add_argument("--csv", action="store_true", help="comma-separated values with a header")


def _make_prices(found: argparse.Namespace) -> Command:
    if found.json and found.csv:
        _Parser("cointicker prices").error("--json and --csv are two forms; take one")
    return Prices(_coins(found.coins), json=found.json, csv=found.csv, refresh=found.refresh)


def _add_news(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--category", metavar="C", help="only this category, such as Mining")
    parser.add_argument("--coin", metavar="COIN", help="only headlines that name this coin")
    parser.add_argument("--search", metavar="Q", help="only headlines with all words of Q")
    parser.add_argument("--unread", action="store_true", help="only unread headlines")
    parser.add_argument("--limit", metavar="N", type=_positive, default=30, help="at most N headlines (30)")
    _add_flags(parser)


def _make_news(found: argparse.Namespace) -> Command:
    return News(
        category=found.category,
        coin=found.coin,
        search=found.search,
        unread=found.unread,
        limit=found.limit,
        json=found.json,
        refresh=found.refresh,
    )


def _add_read(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("key", metavar="URL-or-ID", help="an address, or an id that `cointicker news` prints")
    parser.add_argument("--width", metavar="N", type=_positive, help="cells of a line")
    _add_flags(parser, refresh=False)


def _make_read(found: argparse.Namespace) -> Command:
    return Read(found.key, width=found.width, json=found.json)


def _make_mining(found: argparse.Namespace) -> Command:
    return Mining(json=found.json, refresh=found.refresh)


def _add_doctor(parser: argparse.ArgumentParser) -> None:
    _add_flags(parser, refresh=False)


def _make_doctor(found: argparse.Namespace) -> Command:
    return Doctor(json=found.json)


def _add_themes(parser: argparse.ArgumentParser) -> None:
    _add_action(parser, _THEME_ACTIONS)
    parser.add_argument("subject", nargs="?", metavar="NAME|FILE", help="a theme's name, or a file to check")


def _make_themes(found: argparse.Namespace) -> Command:
    parser = _Parser("cointicker themes")
    _check_action(parser, found.action, _THEME_ACTIONS)
    if found.action == "list" and found.subject is not None:
        parser.error(f"{found.subject!r} is one word too many")
    if found.action != "list" and found.subject is None:
        parser.error(f"{found.action} needs {'a NAME' if found.action == 'show' else 'a FILE'}")
    return Themes(found.action, found.subject)


def _add_config(parser: argparse.ArgumentParser) -> None:
    _add_action(parser, _CONFIG_ACTIONS)


def _make_config(found: argparse.Namespace) -> Command:
    _check_action(_Parser("cointicker config"), found.action, _CONFIG_ACTIONS)
    return Config(found.action)


def _add_watch(parser: argparse.ArgumentParser) -> None:
    actions = {f"{name} {rest}".strip(): what for name, (rest, what, _, _) in _WATCH_ACTIONS.items()}
    _add_action(parser, actions)
    parser.add_argument("words", nargs="*", metavar="…", help="COIN: a CoinGecko id or a symbol; --list: of that list")
    _add_flags(parser, refresh=False)


def _make_watch(found: argparse.Namespace) -> Command:
    parser = _Parser("cointicker watch")
    _check_action(parser, found.action, dict.fromkeys(_WATCH_ACTIONS, ""))
    rest, _, least, most = _WATCH_ACTIONS[found.action]
    if len(found.words) < least:
        parser.error(f"{found.action} needs {rest}")
    if len(found.words) > most:
        parser.error(f"{found.words[most]!r} is one word too many")
    if found.json and found.action != "list":
        parser.error("--json goes with list only")
    words = _coins(found.words) if found.action in {"add", "remove"} else tuple(found.words)
    return Watch(found.action, words, json=found.json)


def _coins(words: Sequence[str]) -> tuple[str, ...]:
    """The coins that are named, commas between them or not; no id or symbol has one."""
    return tuple(coin.strip() for word in words for coin in word.split(",") if coin.strip()) or tuple(words)


def _add_action(parser: argparse.ArgumentParser, actions: dict[str, str]) -> None:
    parser.add_argument(
        "action", metavar="ACTION", help=" · ".join(f"{name}: {what}" for name, what in actions.items())
    )


def _check_action(parser: _Parser, action: str, actions: dict[str, str]) -> None:
    if action not in actions:
        parser.error(f"there is no {parser.prog} {action!r}{did_you_mean(action, list(actions))}")


_COMMANDS: dict[str, _Spoken] = {
    "prices": _Spoken(
        "what coins cost",
        "cointicker prices [COIN…] [--json|--csv] [--refresh]",
        _add_prices,
        _make_prices,
    ),
    "news": _Spoken(
        "the newest headlines",
        "cointicker news [--category C] [--coin COIN] [--search Q] [--unread] [--limit N] [--json] [--refresh]",
        _add_news,
        _make_news,
    ),
    "read": _Spoken("the text of an article", "cointicker read URL-or-ID [--width N] [--json]", _add_read, _make_read),
    "mining": _Spoken(
        "the state of Bitcoin mining", "cointicker mining [--json] [--refresh]", _add_flags, _make_mining
    ),
    "watch": _Spoken(
        "the watchlists",
        "cointicker watch list | add COIN… | remove COIN… | move COIN N | new LIST [RULE] | rename OLD NEW | …",
        _add_watch,
        _make_watch,
    ),
    "themes": _Spoken("palettes", "cointicker themes list | show NAME | check FILE", _add_themes, _make_themes),
    "config": _Spoken("settings", "cointicker config path | show | check | init", _add_config, _make_config),
    "doctor": _Spoken("what works here and what does not", "cointicker doctor [--json]", _add_doctor, _make_doctor),
}
