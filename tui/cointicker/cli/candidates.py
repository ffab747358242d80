"""What a word of a command line may be, by its kind: from the configuration, the lots and what the program knows."""

import os
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

from cointicker.cli.grammar import Sorted
from cointicker.cli.options import Options
from cointicker.config.paths import Paths
from cointicker.domain.market import CURRENCIES, DEFAULT_WATCHLIST
from cointicker.text.safe import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cointicker.config.settings import Settings

_SIZE_LIMIT = 256 * 1024
"""Bytes of a configuration that are read."""

Candidate = tuple[str, str]
"""One way to go on, and what it means."""
FindCoins = Callable[[str, str], Iterable[tuple[str, str, str]]]
"""Id, symbol and name of coins that are stored in a database, by how they begin."""
_TYPEABLE = re.compile(r"[A-Za-z0-9][\w.+-]*", re.ASCII)
"""What no shell reads as anything else."""


def candidates(
    kind: str, before: Sorted, typed: str, options: Options, find_coins: FindCoins | None
) -> Iterable[Candidate]:
    """All of a kind, more than those that begin as typed; ``before``: what stands before it on the line."""
    find = _KINDS.get(kind)
    return () if find is None else find(_Line(before, typed, options, find_coins))


def _plain(words: Iterable[str]) -> Iterator[Candidate]:
    return ((word, "") for word in words)


class _Line:
    """What is known of the line, and the files that it names."""

    def __init__(self, before: Sorted, typed: str, options: Options, find_coins: FindCoins | None) -> None:
        self.before = before
        self.typed = typed
        self._find_coins = find_coins
        values = before.values
        config, data_dir = values.get("config"), values.get("data_dir")
        self.paths = Paths.find(
            Path(config) if config else options.config, Path(data_dir) if data_dir else options.data_dir
        )

    @property
    def stored_coins(self) -> Iterable[tuple[str, str, str]]:
        """Those that begin as typed: id, symbol and name."""
        database = self.paths.database
        if self._find_coins is None or not database.is_file():
            return ()
        return self._find_coins(str(database), self.typed)

    @property
    def settings(self) -> "Settings":
        """As the file has them, without what is wrong with it."""
        from cointicker.config.reading import read_settings  # noqa: PLC0415 - longer than all the rest

        return read_settings(self.paths.config_file, os.environ).settings

    @property
    def document(self) -> dict[str, Any]:
        """The file as it stands, unchecked; empty where it cannot be read. Takes a third of the time."""
        try:
            with self.paths.config_file.open("rb") as file:
                return tomllib.loads(file.read(_SIZE_LIMIT).decode("utf-8-sig"))
        except (OSError, ValueError, RecursionError):
            return {}


def _watchlists(document: dict[str, Any]) -> dict[str, list[str]]:
    """The lists with their coins; of one by rule none."""
    raw = document.get("watchlists")
    lists = {
        str(clean(name)): [each for each in coins if isinstance(each, str)] if isinstance(coins, list) else []
        for name, coins in (raw.items() if isinstance(raw, dict) else ())
    }
    return lists or {"Majors": list(DEFAULT_WATCHLIST)}


def _coins(line: _Line) -> Iterator[Candidate]:
    """Those of the watchlists; as soon as something is typed all that the program knows by heart or has stored."""
    from cointicker.domain.mentions import known_coins  # noqa: PLC0415 - only for coins

    document, known = line.document, known_coins()
    called = {coin.coin_id: coin for coin in known}
    watched = dict.fromkeys(clean(coin) for coins in _watchlists(document).values() for coin in coins)
    for coin_id in watched:
        coin = called.get(coin_id)
        yield (coin_id, f"{coin.symbol} · {coin.name}" if coin is not None else "")
    if line.typed:
        aliases = document.get("aliases")
        for coin_id, alias in aliases.items() if isinstance(aliases, dict) else ():
            yield (clean(str(alias)), clean(coin_id))
        for coin in known:
            yield (coin.symbol.lower(), coin.name)
            if coin.coin_id not in watched:
                yield (coin.coin_id, f"{coin.symbol} · {coin.name}")
        for stored_id, symbol, name in line.stored_coins:
            if stored_id not in called and _TYPEABLE.fullmatch(stored_id):
                if stored_id not in watched:
                    yield (stored_id, f"{symbol} · {name}")
                if symbol.lower() != stored_id and _TYPEABLE.fullmatch(symbol):
                    yield (symbol.lower(), name)


def _lists(line: _Line) -> Iterator[Candidate]:
    for name, coins in _watchlists(line.document).items():
        yield (name, f"{len(coins)} coins" if coins else "")


def _themes(line: _Line) -> Iterator[Candidate]:
    from cointicker.config.paths import shipped_themes  # noqa: PLC0415 - only for themes

    for folder in (shipped_themes(), line.paths.themes_dir):
        with suppress(OSError):
            yield from ((file.stem, "") for file in sorted(folder.glob("*.toml")))


def _categories(_line: _Line) -> Iterator[Candidate]:
    from cointicker.domain.categories import CATEGORIES  # noqa: PLC0415 - only for categories

    return _plain(CATEGORIES)


def _choices(line: _Line) -> Iterator[Candidate]:
    """All that stands over the headlines."""
    from cointicker.domain.categories import CATEGORIES, POPULAR  # noqa: PLC0415 - only for categories

    searches = line.document.get("searches")
    yield from _plain((CATEGORIES[0], POPULAR))
    for name, query in searches.items() if isinstance(searches, dict) else ():
        yield (clean(name), clean(str(query)))
    yield from _plain(CATEGORIES[1:])


def _feeds(line: _Line) -> Iterator[Candidate]:
    for feed in line.settings.news.feeds:
        yield (feed.name or feed.url, feed.url if feed.name else "")


def _sources(line: _Line) -> Iterator[Candidate]:
    return ((feed.name, "") for feed in line.settings.news.feeds if feed.name)


def _settings(line: _Line) -> Iterator[Candidate]:
    """Sections stand first, with a point behind, until one is typed."""
    from cointicker.config.reading import setting_names  # noqa: PLC0415 - only for settings
    from cointicker.config.single import ELSEWHERE  # noqa: PLC0415
    from cointicker.engine.commands import COMMANDS  # noqa: PLC0415

    every = setting_names()
    names = [name for name in every if name not in ELSEWHERE and not any(each.startswith(f"{name}.") for each in every)]
    names += [f"keys.{command.name}" for command in COMMANDS]
    section = line.typed.rpartition(".")[0]
    shown = dict.fromkeys(name if name.rpartition(".")[0] == section else _section(name, section) for name in names)
    return ((name, "") for name in shown if name)


def _section(name: str, within: str) -> str:
    """The next part of a name in a section, with a point behind; empty where it lies elsewhere."""
    start = f"{within}." if within else ""
    return f"{start}{name.removeprefix(start).partition('.')[0]}." if name.startswith(start) else ""


def _values(line: _Line) -> Iterator[Candidate]:
    """Of the setting that stands before."""
    name = line.before.words[0] if line.before.words else ""
    if name == "theme":
        return _themes(line)
    from cointicker.config.settings import Settings  # noqa: PLC0415 - only for settings

    declaration: Any = Settings
    for part in name.split(".")[:-1]:
        declaration = next((each.type for each in fields(declaration) if each.name == part), declaration)
    declared = next((each for each in fields(declaration) if each.name == name.rpartition(".")[2]), None)
    if declared is None or "choices" not in declared.metadata:
        return iter(())
    choices = ("true", "false") if declared.type is bool else declared.metadata["choices"]
    return _plain(choices)


def _conditions(line: _Line) -> Iterable[Candidate]:
    """A coin or what needs none; behind a coin, what it may do."""
    from cointicker.cli.forms.alerts import CONDITIONS, OF_NO_COIN  # noqa: PLC0415 - only for alerts

    words = line.before.words
    if not words:
        return (*_plain(OF_NO_COIN), *_coins(line))
    if len(words) == 1 and words[0] not in OF_NO_COIN:
        return [(each, "") for each in CONDITIONS if each not in OF_NO_COIN]
    return [("ath", "the highest of all times"), ("7d", "")] if words[-1] == "new_high" else ()


def _alerts(line: _Line) -> Iterator[Candidate]:
    from cointicker.engine.alert_words import word_alert  # noqa: PLC0415 - only for alerts

    for number, alert in enumerate(line.settings.alerts, 1):
        yield (str(number), word_alert(alert, alert.coin_id))


def _lots(line: _Line) -> Iterator[Candidate]:
    from cointicker.config.holdings import LotBook  # noqa: PLC0415 - only for lots

    for number, lot in enumerate(LotBook(line.paths.holdings_file).read(line.settings.currency).lots, 1):
        yield (str(number), f"{lot.coin_id}{f' · {lot.day}' if lot.day else ''}")


def _columns(_line: _Line) -> Iterator[Candidate]:
    from cointicker.config.settings import COLUMNS  # noqa: PLC0415 - only for columns

    return _plain(COLUMNS)


_KINDS: Mapping[str, Callable[[_Line], Iterable[Candidate]]] = {
    "coin": _coins,
    "list": _lists,
    "theme": _themes,
    "category": _categories,
    "choice": _choices,
    "currency": lambda _line: _plain(CURRENCIES),
    "column": _columns,
    "sorting": lambda line: (("own", "your own order"), *_columns(line)),
    "feed": _feeds,
    "source": _sources,
    "setting": _settings,
    "value": _values,
    "condition": _conditions,
    "alert": _alerts,
    "lot": _lots,
}
