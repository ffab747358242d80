"""``--help``: what the declarations of commands say, as text."""

import os
import shutil
import textwrap
from collections.abc import Iterable, Mapping

from cointicker.cli.grammar import Family, Form, Option

_STATUSES = "exit status: 0 done · 1 could not · 2 usage or configuration · 3 done, from stale data"
_WIDEST = 100
_NARROWEST = 40
_COLUMN = 26
"""Cells before what something does."""


def _width() -> int:
    told = os.environ.get("COLUMNS", "")
    columns = int(told) if told.isascii() and told.isdecimal() and len(told) < 6 else shutil.get_terminal_size().columns
    return max(_NARROWEST, min(columns or 80, _WIDEST) - 1)


def overview(commands: Mapping[str, Form | Family], options: Iterable[Option]) -> str:
    """The help of the whole program."""
    parts = [
        "usage: cointicker [OPTION…] [COMMAND …]",
        "Live coin prices and market headlines in one terminal pane.",
        "commands (none: the screen):\n" + _rows((name, each.help) for name, each in commands.items()),
        "global options, before or after the command:\n" + _option_rows(options),
        f"`cointicker COMMAND --help` says more.\n{_STATUSES}",
    ]
    return "\n\n".join(parts) + "\n"


def help_of(program: str, spoken: Form | Family, options: Iterable[Option]) -> str:
    """The help of a command, or of an action of one; ``options`` are those that all have."""
    if isinstance(spoken, Family):
        parts = [
            _usage(program, "ACTION …"),
            spoken.help,
            "actions:\n" + _rows((_short(name, form), form.help) for name, form in spoken.actions.items()),
            f"`{program} ACTION --help` says more.",
        ]
        words = {word.name: word for form in spoken.actions.values() for word in form.words}.values()
    else:
        parts = [_usage(program, spoken.usage), spoken.help]
        words = {word.name: word for word in spoken.words}.values()
    if explained := _rows((word.name, word.help) for word in words if word.help):
        parts.append(explained)
    if spoken.options:
        parts.append("options:\n" + _rows((option.usage, _meaning(option, spoken)) for option in spoken.options))
    everywhere = " · ".join(option.usage for option in options)
    parts.append(_wrapped("global options, before or after the command: " + everywhere, "  "))
    if spoken.examples:
        parts.append("examples:\n" + "\n".join(f"  {each}" for each in spoken.examples))
    return "\n\n".join(parts) + "\n"


def _meaning(option: Option, spoken: Form | Family) -> str:
    """What an option does, and of a family's which of its actions have it."""
    if isinstance(spoken, Form):
        return option.help
    having = [name for name, form in spoken.actions.items() if option in form.options]
    return option.help if len(having) == len(spoken.actions) else f"{option.help} ({', '.join(having)})"


def _usage(program: str, rest: str) -> str:
    return _wrapped(f"usage: {program} {rest}".rstrip(), "    ")


def _short(name: str, form: Form) -> str:
    """An action with its words."""
    return " ".join((name, *(word.usage for word in form.words)))


def _option_rows(options: Iterable[Option]) -> str:
    return _rows((option.usage, option.help) for option in options)


def _rows(rows: Iterable[tuple[str, str]]) -> str:
    """What is called so and what it does, in two columns."""
    pairs = list(rows)
    column = min(_COLUMN, max((len(name) for name, _ in pairs), default=0) + 4)
    lines = []
    for name, what in pairs:
        wrapped = textwrap.wrap(what, _width() - column, break_on_hyphens=False) or [""]
        head = f"  {name}"
        if len(head) > column - 2:
            lines.append(head)
            head = ""
        lines.append(f"{head:<{column}}{wrapped[0]}".rstrip())
        lines += [f"{'':<{column}}{line}" for line in wrapped[1:]]
    return "\n".join(lines)


def _wrapped(text: str, indent: str) -> str:
    return "\n".join(
        textwrap.wrap(text, _width(), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    )
