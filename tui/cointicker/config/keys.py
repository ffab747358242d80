"""``[keys]``: how a person may write a key, and whether two commands want the same one."""

import re
import unicodedata
from collections.abc import Callable, Collection

from cointicker.config.documents import Report
from cointicker.config.problems import Key, nearest, shown

Together = Callable[[str, str], bool]
"""Whether two commands, by name, are ever live in one place, so that one key cannot mean both."""

_ALIASES = {
    "esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "page_up": "pageup",
    "page_down": "pagedown", "del": "delete", "ins": "insert", "control": "ctrl",
}  # fmt: skip
"""Other spellings → Textual's."""

_RENAMED = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
    "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip
"""Unicode's name of a sign → Textual's, where they differ."""

_MODIFIERS = ("ctrl", "alt", "shift", "super", "hyper", "meta")
_SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


def sign_name(sign: str) -> str:
    """What Textual calls the key of a sign: ``/`` → ``slash``; letters and digits are their own names."""
    if sign.isalnum():
        return sign
    if sign == " ":
        return "space"
    name = unicodedata.name(sign, "").lower().replace("-", "_").replace(" ", "_")
    return _RENAMED.get(name, name)


_NAMED = frozenset(
    {
        "escape", "enter", "tab", "space", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown",
        "up", "down", "left", "right", *(f"f{number}" for number in range(1, 25)), *map(sign_name, _SIGNS),
    }
)  # fmt: skip


def spell_key(raw: str) -> str:
    """A key as Textual spells it, from ``/``, ``Esc``, ``Ctrl+Z``, ``slash``; empty text where there is no such key."""
    *before, last = (part.strip() for part in re.split(r"\+(?=.)", raw.strip()))
    modifiers = sorted(_ALIASES.get(each.lower(), each.lower()) for each in before)
    if any(each not in _MODIFIERS for each in modifiers):
        return ""
    if len(last) != 1:
        name = _ALIASES.get(last.lower(), last.lower())
        return "+".join((*modifiers, name)) if name in _NAMED else ""
    if not last.isprintable():
        return ""
    if modifiers == ["shift"] and last.isalpha():
        return last.upper()
    return "+".join((*modifiers, sign_name(last.lower() if modifiers else last)))


def check_keys(
    raw: object, key: Key, report: Report, commands: Collection[str], together: Together
) -> dict[str, str] | None:
    """``[keys]`` with known commands and keys only, none of which two commands of one place share."""
    if not isinstance(raw, dict):
        report.say(key, f"must be a section, such as [keys], not {shown(raw)}")
        return None
    kept: dict[str, str] = {}
    owners: dict[str, list[str]] = {}
    for command, value in raw.items():
        here = (*key, command)
        if command not in commands:
            report.say(here, "is not a command", nearest(command, commands))
        elif not isinstance(value, str):
            report.say(here, f'must be a text such as "r" or "r,f5", not {shown(value)}')
        elif (keys := _keys(value, here, report)) is not None:
            clash = _clash(command, keys, owners, together)
            if clash:
                report.say(here, f"asks for {clash[1]}, as keys.{clash[0]} does")
                continue
            kept[command] = ",".join(keys)
            for each in keys:
                owners.setdefault(each, []).append(command)
    return kept


def _keys(value: str, key: Key, report: Report) -> list[str] | None:
    """The keys of one command, none for an empty text; ``None`` where one of them does not exist."""
    keys: list[str] = []
    for part in value.split(",") if value else ():
        spelt = spell_key(part)
        if not spelt:
            guess = nearest(part.strip(), _NAMED)
            report.say(key, f'must be names of keys, such as "r,f5,space,comma", not {shown(value)}', guess)
            return None
        keys.append(spelt)
    return list(dict.fromkeys(keys))


def _clash(command: str, keys: list[str], owners: dict[str, list[str]], together: Together) -> tuple[str, str] | None:
    """An earlier command that wants one of the keys in the same place, and that key."""
    for each in keys:
        for other in owners.get(each, ()):
            if together(command, other):
                return other, each
    return None
