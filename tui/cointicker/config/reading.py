"""From a TOML file to settings: what is wrong is left out and said, the rest is used. Nothing is ever written."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import Field, dataclass, fields, is_dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cointicker.config.alerts import check_alerts
from cointicker.config.documents import Document, Report, read_document
from cointicker.config.keys import Together, check_keys
from cointicker.config.lists import (
    check_aliases,
    check_command,
    check_sort,
    check_texts,
    check_watchlists,
    check_words,
)
from cointicker.config.problems import Key, Problem, nearest, short_path, shown, spell
from cointicker.config.searches import check_searches
from cointicker.config.settings import Secret, Settings
from cointicker.config.sharing import check_share
from cointicker.config.subscriptions import check_feeds
from cointicker.config.values import SCALARS, SECRET_RULE, parse_secret
from cointicker.domain.alerts import Alert
from cointicker.domain.market import Watchlist
from cointicker.domain.news import Feed

_LISTS: Mapping[Any, Callable[[object, Key, Report], Any]] = MappingProxyType(
    {
        tuple[str, ...]: check_texts,
        tuple[Watchlist, ...]: check_watchlists,
        tuple[Feed, ...]: check_feeds,
        tuple[Alert, ...]: check_alerts,
    }
)
_TABLES: Mapping[str, Callable[[object, Key, Report], Any]] = MappingProxyType(
    {
        "aliases": check_aliases,
        "sort": check_sort,
        "command": check_command,
        "searches": check_searches,
        "share": check_share,
    }
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a configuration file came to."""

    settings: Settings
    problems: tuple[Problem, ...] = ()
    """In the order of the lines."""
    path: Path | None = None
    """The file that was asked for."""
    exists: bool = False
    broken: bool = False
    """The file is there but nothing of it could be read: all settings are the defaults."""


def read_settings(
    path: Path | None,
    environ: Mapping[str, str],
    commands: Collection[str] = (),
    together: Together = lambda _one, _other: True,
) -> Reading:
    """Read the settings; raises nothing, whatever the file holds.

    ``commands`` are the names that ``[keys]`` may hold; ``together`` says of two of them whether they are ever live
    in one place, and so must not share a key. Without a file, or with a broken one, the environment still counts.
    """
    found = read_document(path) if path else None
    if isinstance(found, Problem):
        settings, problems = _Reader(None, environ, commands, together).read()
        return Reading(settings, (found, *problems), path, exists=True, broken=True)
    settings, problems = _Reader(found, environ, commands, together).read()
    return Reading(settings, problems, path, exists=found is not None)


def read_data(
    data: dict[str, Any], environ: Mapping[str, str], commands: Collection[str], together: Together
) -> Reading:
    """As ``read_settings``, of a document that is in no file: its problems have no lines."""
    settings, problems = _Reader(Document(Path(), "", data, open_to_others=False), environ, commands, together).read()
    return Reading(settings, problems, exists=True)


def setting_names() -> tuple[str, ...]:
    """Every name that a setting or section has, such as ``market`` and ``market.refresh``."""
    return tuple(spell(key) for key in _names(Settings, ()))


def _names(declaration: Any, before: Key) -> Iterator[Key]:
    for each in fields(declaration):
        key = (*before, each.name)
        yield key
        if is_dataclass(each.type):
            yield from _names(each.type, key)


class _Reader:
    """Reads one document, following the declarations in ``settings``."""

    def __init__(
        self, document: Document | None, environ: Mapping[str, str], commands: Collection[str], together: Together
    ) -> None:
        self._document = document or Document(Path(), "", {}, open_to_others=False)
        self._environ = environ
        self._commands = commands
        self._together = together
        self._report = Report(self._document)
        self._environment_problems: list[Problem] = []

    def read(self) -> tuple[Settings, tuple[Problem, ...]]:
        settings: Settings = self._section(Settings, self._document.data, ())
        alerts = (replace(each, currency=each.currency or settings.currency) for each in settings.alerts)
        settings = replace(settings, alerts=tuple(alerts))
        return settings, (*self._environment_problems, *self._report.problems)

    def _section(self, declaration: Any, table: Mapping[str, object], key: Key) -> Any:
        known = {each.name: each for each in fields(declaration)}
        for name, raw in table.items():
            if name not in known:
                self._stranger((*key, name), raw)
        values = {name: self._value(each, table.get(name), (*key, name)) for name, each in known.items()}
        return declaration(**{name: value for name, value in values.items() if value is not None})

    def _value(self, declared: Field[Any], raw: object, key: Key) -> Any:
        """The value of one setting, or ``None`` where its default stands."""
        if is_dataclass(declared.type):
            if raw is not None and not isinstance(raw, dict):
                self._report.say(key, f"must be a section, begun by [{declared.name}], not {shown(raw)}")
            return self._section(declared.type, raw if isinstance(raw, dict) else {}, key)
        value = None if raw is None else self._check(declared, raw, key)
        if isinstance(value, Secret) and value and self._document.open_to_others:
            place = short_path(self._document.path)
            self._report.say(key, f"can be read by other users of this machine; run: chmod 600 {place}")
        variable = declared.metadata["environment"]
        return self._from_environment(variable) if variable and not value else value

    def _check(self, declared: Field[Any], raw: object, key: Key) -> Any:
        if declared.type in SCALARS:
            return SCALARS[declared.type](raw, declared.metadata, key, self._report)
        if declared.metadata["choices"]:
            return check_words(raw, declared.metadata["choices"], key, self._report)
        if declared.name in _TABLES:
            return _TABLES[declared.name](raw, key, self._report)
        if declared.type in _LISTS:
            return _LISTS[declared.type](raw, key, self._report)
        return check_keys(raw, key, self._report, self._commands, self._together)

    def _from_environment(self, variable: str) -> Secret | None:
        secret = parse_secret(self._environ.get(variable, ""))
        if secret is None:
            self._environment_problems.append(Problem(None, None, variable, SECRET_RULE))
        return secret or None

    def _stranger(self, key: Key, raw: object) -> None:
        """A name that nothing is declared under."""
        kind = "section" if len(key) == 1 and isinstance(raw, dict | list) else "setting"
        self._report.say(key, f"is not a {kind}", _meant(spell(key)))


def _meant(wrong: str) -> str:
    """The setting that a wrong name stands for: one in another section, or one that is spelt alike."""
    leaf = wrong.rpartition(".")[2].lower()
    elsewhere = [name for name in setting_names() if name.rpartition(".")[2] == leaf]
    if not elsewhere:
        return nearest(wrong, setting_names())
    return nearest(wrong, elsewhere) if len(elsewhere) > 1 and "." in wrong else elsewhere[0]
