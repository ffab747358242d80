"""One setting by its name, as a person spells it on a command line: which it is, its value, and a new one for it."""

import shlex
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import Field, dataclass, fields, is_dataclass
from typing import Any

from cointicker.config.problems import nearest, shown
from cointicker.config.reading import setting_names
from cointicker.config.settings import MASK, Secret, Setting, Settings

_TRUTHS = {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}
ELSEWHERE = {"watchlists": "watch", "alerts": "alerts", "news.feeds": "feeds"}
"""Settings that are no single values, and the commands for them."""


class SettingError(ValueError):
    """What is wrong with a name or a value, in a sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one setting is."""

    name: str
    """As a person spells it."""
    path: tuple[str, ...]
    """In the document."""
    declared: Field[Any]
    entry: str | None = None
    """The key, where the setting is a table of a person's own names."""


def find_setting(name: str, entries: Mapping[str, Iterable[str]]) -> Place:
    """The setting of a name; ``entries``: the names that a table may have, where these are given.

    Raises ``SettingError``.
    """
    for table, command in ELSEWHERE.items():
        if name.strip() == table or name.strip().startswith(f"{table}."):
            raise SettingError(f"{table} are shown and changed by `cointicker {command}`")
    declaration: Any = Settings
    path: tuple[str, ...] = ()
    rest = name.strip()
    while rest:
        part, _, rest = rest.partition(".")
        declared = next((each for each in fields(declaration) if each.name == part), None)
        if declared is None:
            break
        path = (*path, part)
        if is_dataclass(declared.type):
            declaration = declared.type
            continue
        if _is_table(declared) and rest:
            return _entry(name, path, declared, _unquote(rest), entries)
        if rest:
            break
        return Place(name, path, declared)
    if path and not rest and is_dataclass(declaration) and ".".join(path) == name.strip():
        raise SettingError(f"{shown_name(name)} is a section; its settings are {', '.join(_inside(path))}")
    raise SettingError(no_setting(name, setting_names()))


def no_setting(name: str, known: Iterable[str]) -> str:
    """The sentence about a name that no setting has."""
    near = nearest(name, known)
    return f"there is no setting {shown_name(name)}" + (f"; did you mean {near}?" if near else "")


def shown_name(name: str) -> str:
    """A name as it is repeated in a sentence."""
    return shown(name).removeprefix("the text ").replace('"', "'")


def _inside(path: tuple[str, ...]) -> list[str]:
    start = ".".join(path) + "."
    return [each for each in setting_names() if each.startswith(start)]


def _is_table(declared: Field[Any]) -> bool:
    return "Mapping" in str(declared.type)


def _entry(
    name: str, path: tuple[str, ...], declared: Field[Any], entry: str, entries: Mapping[str, Iterable[str]]
) -> Place:
    table = ".".join(path)
    known = list(entries.get(table, ()))
    if known and entry not in known:
        raise SettingError(no_setting(name, [f"{table}.{each}" for each in known]))
    return Place(name, (*path, entry), declared, entry)


def _unquote(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def value_of(place: Place, settings: Settings) -> object:
    """The value in force in the types of TOML and JSON, a key as ``MASK``; ``None`` where a table has no such entry."""
    value: Any = settings
    for part in place.path[: -1 if place.entry is not None else None]:
        value = getattr(value, part)
    return _plain(value if place.entry is None else value.get(place.entry))


def _plain(value: Any) -> Any:
    match value:
        case Secret():
            return MASK if value else ""
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case tuple() | list():
            return [_plain(each) for each in value]
        case str():
            return str(value)
    return value


def typed_value(place: Place, words: tuple[str, ...]) -> Setting:
    """What was typed, in the type that the setting is declared with.

    What does not fit is handed on as text, for the check of the configuration to say what is wrong with it. Raises
    ``SettingError`` for a table, whose entries are the settings.
    """
    if _is_table(place.declared) and place.entry is None:
        raise SettingError(f"{place.name} is a table; name one of its entries, such as {place.name}.NAME")
    text = " ".join(words)
    declared = str if place.entry is not None and "tuple" not in str(place.declared.type) else place.declared.type
    if declared is bool:
        return _TRUTHS.get(text.strip().lower(), text)
    if declared in {int, float}:
        return _number(text)
    if declared in {str, Secret}:
        return text
    return _several(words, place)


def _number(text: str) -> Setting:
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    return text


def _several(words: tuple[str, ...], place: Place) -> Setting:
    """Words of their own, a list as TOML spells it, or one text with commas; of a program its command line."""
    if len(words) > 1:
        return words
    text = words[0].strip()
    if text.startswith("["):
        try:
            return tuple(tomllib.loads(f"value = {text}")["value"])
        except (ValueError, TypeError):
            raise SettingError(f"{place.name} is no list as TOML spells it: {shown(text)}") from None
    if place.declared.name in {"command", "share"}:
        try:
            return tuple(shlex.split(text))
        except ValueError:
            raise SettingError(f"{place.name} has a quotation mark too many: {shown(text)}") from None
    return tuple(part.strip() for part in text.split(",") if part.strip())
