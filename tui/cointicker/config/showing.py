"""Settings as TOML: the effective ones for ``config show``, a commented file for ``config init``."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import Field, fields, is_dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cointicker.config.alerts import alert_table
from cointicker.config.paths import make_private
from cointicker.config.settings import Settings
from cointicker.config.spelling import toml_key, toml_value
from cointicker.config.subscriptions import feed_table
from cointicker.domain.alerts import Alert
from cointicker.domain.market import Watchlist
from cointicker.domain.news import Feed

_NO_KEYS: Mapping[str, str] = MappingProxyType({})
_TABLES = (tuple[Watchlist, ...], tuple[Feed, ...], tuple[Alert, ...], Mapping[str, str], Mapping[str, tuple[str, ...]])
"""Types of settings that are written as tables, below the single values of their section."""

_PREAMBLE = """\
# What cointicker goes by. Every setting stands here with its default, behind a "#": take the "#" away to set it.
# A running program takes up what is changed here; `cointicker config check` says what is wrong.
"""


def show(settings: Settings) -> str:
    """All settings as TOML that can be read back; keys are shown as ``MASK``."""
    return "\n".join(_section(settings, "", helped=False)).strip() + "\n"


def template(commands: Mapping[str, str] = _NO_KEYS) -> str:
    """A configuration file that changes nothing: every setting with its meaning and its default, behind a ``#``.

    ``commands`` (name → its keys, with commas between) are listed under ``[keys]``.
    """
    lines = (_quiet(line) for line in _section(Settings(keys=commands), "", helped=True))
    return _PREAMBLE + "\n".join(lines).rstrip() + "\n"


def init(path: Path, commands: Mapping[str, str] = _NO_KEYS) -> None:
    """Write the template for this user alone; raises ``FileExistsError`` rather than overwrite, or ``OSError``."""
    make_private(path.parent)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(template(commands))
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise


def _quiet(line: str) -> str:
    """A line of the template: what sets something goes behind a ``#``; headers of plain sections stay."""
    return line if not line or line[0] == "#" or (line[0] == "[" and line[1] != "[") else f"#{line}"


def _section(section: Any, name: str, *, helped: bool) -> Iterator[str]:
    """The lines of a section: single values first, as TOML asks, then tables, then sections."""
    declared = fields(section)
    plain = [each for each in declared if not is_dataclass(each.type) and each.type not in _TABLES]
    for each in plain:
        if helped and (each is not plain[0] or not name):
            yield ""
        if helped:
            yield f"# {_meaning(each)}"
        yield f"{each.name} = {toml_value(getattr(section, each.name))}"
    for each in declared:
        value = getattr(section, each.name)
        path = f"{name}.{each.name}" if name else each.name
        if is_dataclass(each.type):
            yield from ("", f"[{path}]")
            yield from _section(value, path, helped=helped)
        elif each.type in _TABLES:
            yield ""
            if helped:
                yield f"# {_meaning(each)}"
            yield from _table(value, each.name, path)


def _table(value: Any, name: str, path: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield f"[{path}]"
        yield from (f"{toml_key(key)} = {toml_value(each)}" for key, each in value.items())
    elif not value:
        yield f"{name} = []"
    elif isinstance(value[0], Watchlist):
        yield f"[{path}]"
        yield from (f"{toml_key(each.name)} = {toml_value(each.rule or each.coins)}" for each in value)
    else:
        for place, each in enumerate(value):
            if place:
                yield ""
            yield f"[[{path}]]"
            table = alert_table(each) if isinstance(each, Alert) else feed_table(each)
            yield from (f"{toml_key(key)} = {toml_value(entry)}" for key, entry in table.items())


def _meaning(declared: Field[Any]) -> str:
    """The help of a setting and what it may be."""
    said = declared.metadata
    more = []
    if 0 < len(said["choices"]) <= 8:
        more.append(f"one of {', '.join(said['choices'])}")
    if said["low"] is not None:
        more.append(f"{said['low']} to {said['high']}")
    if said["environment"]:
        more.append(f"or the environment: {said['environment']}")
    return f"{said['help']} ({'; '.join(more)})" if more else f"{said['help']}"
