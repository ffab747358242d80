"""The command line: what it comes to, and what is said about one that cannot be meant.

Global options may stand anywhere; the first word that no option takes names the command, in a family the next one the
action. Nothing heavy is imported here, and of the commands only the one that is meant.
"""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from cointicker import __version__
from cointicker.cli.grammar import (
    Family,
    Form,
    LineError,
    Option,
    hand_out,
    sort_words,
)
from cointicker.cli.options import App, Command, Options

USAGE_ERROR = 2
_SENTENCE_LIMIT = 500


def _path(text: str) -> Path:
    """A path; an empty one, as of a variable that is not set, would mean the current folder."""
    if not text:
        raise LineError("is empty")
    return Path(text)


GLOBALS = (
    Option("--config", "read the settings from FILE", "FILE", _path, values="file"),
    Option("--data-dir", "keep the stored data in DIR", "DIR", _path, values="directory"),
    Option("--theme", "use this palette", "NAME", values="theme"),
    Option(
        "--currency",
        "prices in this currency, such as eur",
        "CODE",
        lambda text: text.strip().lower(),
        values="currency",
    ),
    Option("--offline", "fetch nothing, show what is stored"),
    Option("--demo", "an invented world: no network, nothing written"),
    Option("--list", "use this watchlist", "NAME", values="list"),
    Option("--no-holdings", "do not open the file of what you hold"),
)
"""Options that every command has, but for one that has its own of the same name."""
VERSION = Option("--version", "print the version")
HELP = Option("--help", "print this help; after a command: the command's")
_SHORT_HELP = Option("-h", HELP.help)

COMMANDS: Mapping[str, str] = {
    **dict.fromkeys(("prices", "chart", "news", "read", "mark", "mining"), "reports"),
    "line": "line",
    "watch": "watch",
    "feeds": "feeds",
    "alerts": "alerts",
    "holdings": "holdings",
    "export": "export",
    **dict.fromkeys(("themes", "config"), "files"),
    "doctor": "reports",
    **dict.fromkeys(("completion", "complete"), "shell"),
}
"""Every command, in the order of the help → the module of ``cli.forms`` whose ``FORMS`` has it."""

HIDDEN = frozenset({"complete"})
"""Commands that are for programs only, and so are not listed."""


def spoken_of(name: str) -> Form | Family:
    """What is declared of a command."""
    spoken: Form | Family = import_module(f"cointicker.cli.forms.{COMMANDS[name]}").FORMS[name]
    return spoken


def by_name(*groups: Iterable[Option]) -> dict[str, Option]:
    """Options by their names."""
    return {option.name: option for group in groups for option in group}


def parse(words: Sequence[str]) -> Options:
    """The options of a command line without the program's name.

    Ends the program (``SystemExit``) with 0 after ``--help`` and ``--version``, with 2 where the line cannot be meant.
    """
    return _Line(words).options()


def refuse(program: str, sentence: str) -> NoReturn:
    """Say what is wrong with a command line, and end the program."""
    from cointicker.text.safe import clean  # noqa: PLC0415 - needed only once something is wrong

    print(f"{program}: {clean(sentence, _SENTENCE_LIMIT)}\nTry '{program} --help'.", file=sys.stderr)
    raise SystemExit(USAGE_ERROR)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``; did you mean X?``, or nothing where no known word is near."""
    from cointicker.config.problems import nearest  # noqa: PLC0415 - needed only once something is wrong

    near = nearest(word, known)
    return f"; did you mean {near}?" if near else ""


@dataclass(slots=True)
class _Line:
    """A command line on its way to options."""

    words: Sequence[str]
    program: str = "cointicker"
    """With the command and the action, as far as they are known."""
    known: dict[str, Option] = field(default_factory=lambda: by_name(GLOBALS, (VERSION, HELP, _SHORT_HELP)))
    """The options that may be there."""

    def options(self) -> Options:
        try:
            return self._options()
        except LineError as error:
            refuse(self.program, str(error))

    def _options(self) -> Options:
        first = sort_words(self.words, self.known, strict=False)
        if "version" in first.values:
            _answer(f"cointicker {__version__}\n")
        wants_help = "help" in first.values or "h" in first.values
        if not first.words:
            if wants_help:
                from cointicker.cli.helping import overview  # noqa: PLC0415 - needed only for help

                _answer(
                    overview(
                        {name: spoken_of(name) for name in COMMANDS if name not in HIDDEN}, (*GLOBALS, VERSION, HELP)
                    )
                )
            return self._finish(self.words, None)
        spoken, rest = self._spoken(first.words[0], first.places[0])
        if isinstance(spoken, Family):
            self.known |= by_name(spoken.options)
            second = sort_words(rest, self.known, strict=False)
            if second.words:
                spoken, rest = self._action(spoken, second.words[0], second.places[0], rest)
            elif not wants_help:
                self._refuse_strangers(second.strangers)
                raise LineError(f"needs an ACTION: {', '.join(spoken.actions)}")
        if wants_help:
            self._help(spoken)
        form = spoken
        if isinstance(form, Family):
            raise LineError("needs an ACTION")
        self.known = by_name(GLOBALS, (VERSION, HELP, _SHORT_HELP), form.options)
        return self._finish(rest, form)

    def _spoken(self, name: str, place: int) -> tuple[Form | Family, list[str]]:
        if name not in COMMANDS:
            before = sort_words(self.words[:place], self.known, strict=False).strangers
            self._refuse_strangers(before)  # what follows an option that nobody knows may be its value
            raise LineError(f"there is no command {name!r}{did_you_mean(name, COMMANDS)}")
        self.program += f" {name}"
        return spoken_of(name), _without(self.words, place)

    def _action(self, family: Family, name: str, place: int, rest: list[str]) -> tuple[Form, list[str]]:
        if name not in family.actions:
            hint = did_you_mean(name, family.actions) or f" (there are: {', '.join(family.actions)})"
            action = self.program.partition(" ")[2]
            raise LineError(f"there is no {action} {name!r}{hint}")
        self.program += f" {name}"
        return family.actions[name], _without(rest, place)

    def _help(self, spoken: Form | Family) -> NoReturn:
        from cointicker.cli.helping import help_of  # noqa: PLC0415 - needed only for help

        _answer(help_of(self.program, spoken, GLOBALS))

    def _refuse_strangers(self, strangers: Sequence[str]) -> None:
        if strangers:
            name = strangers[0]
            raise LineError(f"there is no option {name}{did_you_mean(name, self.known)}")

    def _finish(self, words: Sequence[str], form: Form | None) -> Options:
        found = sort_words(words, self.known)
        self._refuse_strangers(found.strangers)
        values = found.values
        if values.get("json") and values.get("csv"):
            raise LineError("--json and --csv are two forms; take one")
        own = {option.field for option in form.options} if form is not None else set()
        common = {name: value for name, value in values.items() if name not in own}
        return Options(
            _make(form, found.words, values) if form is not None else App(),
            config=common.get("config"),
            data_dir=common.get("data_dir"),
            theme=common.get("theme"),
            currency=common.get("currency"),
            watchlist=common.get("list"),
            offline=bool(common.get("offline")),
            demo=bool(common.get("demo")),
            no_holdings=bool(common.get("no_holdings")),
        )


def _without(words: Sequence[str], place: int) -> list[str]:
    return [*words[:place], *words[place + 1 :]]


def _make(form: Form, words: Sequence[str], values: Mapping[str, object]) -> Command:
    given = {option.field: values.get(option.field, option.absent) for option in form.options}
    return form.make(**hand_out(form, words), **given)


def _answer(text: str) -> NoReturn:
    try:
        print(text, end="", flush=True)
    except (UnicodeError, OSError):
        raise SystemExit(_answer_as_can_be(text)) from None
    raise SystemExit(0)


def _answer_as_can_be(text: str) -> int:
    """Where the encoding lacks a sign or the reader or the room is gone; the exit status."""
    from cointicker.cli.output import COULD_NOT, DONE, OutputError, open_out  # noqa: PLC0415 - seldom needed

    out = open_out(os.environ)
    try:
        out.write(text)
        out.flush()
    except OutputError as error:
        out.say(str(error))
        return COULD_NOT
    return DONE
