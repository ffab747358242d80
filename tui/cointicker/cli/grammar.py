"""How a command line is declared, and how its words are sorted by these declarations. Nothing heavy is imported here.

A command is a ``Form``; one that has actions is a ``Family`` of them. Everything that is known of a command line comes
from these: what is taken and what is refused, ``--help``, and what a shell completes.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cointicker.cli.options import Command

MANY = 1000
"""As many words as nobody types."""
_NUMBER = re.compile(r"-\.?\d.*")
"""What begins with a dash and is no option: a number below 0."""


class LineError(Exception):
    """What is wrong with a command line, in a sentence."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option, or with ``metavar`` one that takes a value."""

    name: str
    """With its dashes."""
    help: str
    metavar: str = ""
    """What the value is called; empty: it takes none and is true or false."""
    read: Callable[[str], Any] = str
    """Makes the value of its text; raises ``LineError``."""
    default: Any = None
    many: bool = False
    """It may be given more than once, and is a tuple."""
    values: str | tuple[str, ...] = ()
    """What a shell completes the value with: the words, or the name of a kind of them."""

    @property
    def field(self) -> str:
        """The name under which the value is handed on."""
        return self.name.lstrip("-").replace("-", "_")

    @property
    def usage(self) -> str:
        """``--limit N``."""
        return f"{self.name} {self.metavar}" if self.metavar else self.name

    @property
    def absent(self) -> Any:
        """The value where the option is not given."""
        if self.many:
            return ()
        return self.default if self.metavar else False


@dataclass(frozen=True, slots=True)
class Word:
    """One word, or several of a kind, that follow a command without dashes."""

    name: str
    """What it is called, such as ``COIN``."""
    field: str
    """The name under which it is handed on: a text, or a tuple where ``most`` is above 1."""
    help: str = ""
    least: int = 1
    most: int = 1
    commas: bool = False
    """Commas may stand between several in place of spaces."""
    values: str | tuple[str, ...] = ()
    """As of an option."""

    @property
    def usage(self) -> str:
        """``[COIN…]``."""
        text = f"{self.name}…" if self.most > 1 else self.name
        return text if self.least else f"[{text}]"


@dataclass(frozen=True, slots=True)
class Form:
    """What may follow a command, or one action of it."""

    help: str
    """What it does, in a few words."""
    make: Callable[..., Command]
    """Is called with the values of all options and words by their fields; raises ``LineError``."""
    words: tuple[Word, ...] = ()
    options: tuple[Option, ...] = ()
    examples: tuple[str, ...] = ()
    """Whole command lines, each with what it does behind a ``#`` or nothing."""

    @property
    def usage(self) -> str:
        """What follows the name."""
        parts = [word.usage for word in self.words]
        return " ".join((*parts, *(f"[{option.usage}]" for option in self.options)))


@dataclass(frozen=True, slots=True)
class Family:
    """A command that is nothing without an action."""

    help: str
    actions: Mapping[str, Form]
    examples: tuple[str, ...] = ()

    @property
    def options(self) -> tuple[Option, ...]:
        """Those of all actions, each once."""
        return tuple({option.name: option for form in self.actions.values() for option in form.options}.values())


JSON = Option("--json", "one JSON document on stdout")
CSV = Option("--csv", "comma-separated values with a header")
REFRESH = Option("--refresh", "fetch even if what is stored is new enough")


def whole_number(low: int = 1, high: int = 100_000) -> Callable[[str], int]:
    """Reads a whole number within bounds."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or len(text) > 12 or not low <= int(text) <= high:
            raise LineError(f"{text!r} is not a whole number from {low} to {high}")
        return int(text)

    return read


@dataclass(slots=True)
class Sorted:
    """The words of a command line, sorted."""

    words: list[str] = field(default_factory=list)
    """Those that are no option's."""
    places: list[int] = field(default_factory=list)
    """Where each of them stands."""
    values: dict[str, Any] = field(default_factory=dict)
    """Field of an option → its value, of those that were given."""
    strangers: list[str] = field(default_factory=list)
    """What looks like an option and is none of those that are known."""
    waiting: Option | None = None
    """The option whose value the line ended before."""
    closed: bool = False
    """A ``--`` was there, behind which nothing is an option."""


def looks_like_option(word: str) -> bool:
    """Whether a word is to be an option: it has a dash and something behind that is no number."""
    return len(word) > 1 and word[0] == "-" and not _NUMBER.fullmatch(word)


def sort_words(words: Sequence[str], options: Mapping[str, Option], *, strict: bool = True) -> Sorted:
    """Sort words by what options (by their names) take.

    Raises ``LineError`` for an option without its value, with one too many, or with a wrong one; unless ``strict``,
    which passes over them.
    """
    found = Sorted()
    rest = iter(enumerate(words))
    for place, word in rest:
        if found.closed or not looks_like_option(word):
            found.words.append(word)
            found.places.append(place)
        elif word == "--":
            found.closed = True
        else:
            name, has_value, text = word.partition("=")
            option = options.get(name)
            if option is None:
                found.strangers.append(name)
                continue
            if option.metavar and not has_value:
                following = next(rest, None)
                if following is None or (strict and looks_like_option(following[1])):
                    found.waiting = option
                    if not strict:
                        return found
                    raise LineError(_needs_value(option, None if following is None else following[1]))
                text = following[1]
            elif has_value and not option.metavar and strict:
                raise LineError(f"{name} takes no value")
            _take(found, option, text, strict=strict)
    return found


def _needs_value(option: Option, following: str | None) -> str:
    hint = "" if following is None else f"; a value that begins with a dash follows an equals sign: {option.name}=…"
    return f"{option.name} needs {option.metavar}{hint}"


def _take(found: Sorted, option: Option, text: str, *, strict: bool) -> None:
    if not option.metavar:
        found.values[option.field] = True
        return
    if not strict:
        found.values[option.field] = text
        return
    try:
        value = option.read(text)
    except LineError as error:
        raise LineError(f"{option.name}: {error}") from None
    if option.many:
        more = value if isinstance(value, tuple) else (value,)
        found.values[option.field] = (*found.values.get(option.field, ()), *more)
    else:
        found.values[option.field] = value


def hand_out(form: Form, words: Sequence[str]) -> dict[str, Any]:
    """The words by the fields of a form. Raises ``LineError`` where there are too few or too many."""
    if len(words) < sum(word.least for word in form.words):
        raise LineError(f"needs {' '.join(word.usage for word in form.words)}")
    values: dict[str, Any] = {}
    left = list(words)
    for place, word in enumerate(form.words):
        later = sum(each.least for each in form.words[place + 1 :])
        taken = left[: min(word.most, len(left) - later)]
        left = left[len(taken) :]
        if word.most == 1:
            values[word.field] = taken[0] if taken else None
        else:
            values[word.field] = split_commas(taken) if word.commas else tuple(taken)
    if left:
        raise LineError(f"{left[0]!r} is one word too many")
    return values


def split_commas(words: Sequence[str]) -> tuple[str, ...]:
    """Words, commas between them or not."""
    return tuple(each.strip() for word in words for each in word.split(",") if each.strip()) or tuple(words)
