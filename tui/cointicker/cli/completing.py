"""What a shell may complete: the scripts for three of them, and the answer to what they ask at each Tab.

All comes from the declarations of the commands and from files; no network is asked, and nothing is waited for.
"""

import os
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cointicker.cli.arguments import COMMANDS, GLOBALS, HELP, HIDDEN, VERSION, by_name, spoken_of
from cointicker.cli.forms.shell import Complete, Completion
from cointicker.cli.grammar import Family, Form, Option, Sorted, Word, looks_like_option, sort_words
from cointicker.cli.options import Command, Options
from cointicker.cli.output import COULD_NOT, DONE, OutputError, open_out
from cointicker.text.safe import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cointicker.cli.candidates import FindCoins

FILES, DIRECTORIES, WORDS, OPEN = "files", "directories", "words", "open"
"""The first line of an answer: what follows, or what the shell itself is to look for. ``open``: words that go on."""
_SCRIPTS = Path(__file__).with_name("completion")
_HELP_LIMIT = 100


@dataclass(frozen=True, slots=True)
class _Asked:
    """A command line that ends in a word that is being typed."""

    form: Form | Family | None
    """What is declared of it, as far as it can be told."""
    options: dict[str, Option]
    found: Sorted
    """The words before the last, behind the command and the action."""
    last: str


def run_shell(command: Command, options: Options, find_coins: "FindCoins") -> int:
    """Print a script, or an answer; the exit status."""
    out = open_out(os.environ)
    try:
        match command:
            case Completion(shell):
                out.write((_SCRIPTS / f"cointicker.{shell}").read_text(encoding="utf-8"))
            case Complete(words, text):
                for line in answer(_split(text) if text is not None else words, options, find_coins):
                    out.print(line)
        out.flush()
    except OutputError as error:
        out.say(str(error))
        return COULD_NOT
    return DONE


def _split(text: str) -> Sequence[str]:
    """The words of a line of which the end is missing, without the program's name."""
    for closing in ("", '"', "'", "\\"):
        try:
            words = shlex.split(text + closing)
        except ValueError:
            continue
        return [*words[1:], ""] if not closing and (not text or text[-1].isspace()) else words[1:]
    return ()


def answer(words: Sequence[str], options: Options, find_coins: "FindCoins | None" = None) -> Iterator[str]:
    """The lines for a shell: the mode, then each candidate with a tab and what it means."""
    asked = _ask(words)
    wanted = prefix, kind, _typed = _wanted(asked)
    if kind in {("file",), "file"}:
        yield FILES
    elif kind == "directory":
        yield DIRECTORIES
    else:
        found = [*_found(asked, wanted, options, find_coins)]
        yield OPEN if found and all(value.endswith((":", "=", ".")) for value, _ in found) else WORDS
        for value, meaning in found:
            yield f"{prefix}{value}\t{clean(meaning, _HELP_LIMIT)}"


def _ask(words: Sequence[str]) -> _Asked:
    *before, last = words or ("",)
    known = by_name(GLOBALS, (VERSION, HELP))
    found = sort_words(before, known, strict=False)
    if not found.words or found.words[0] not in COMMANDS:
        return _Asked(None, known, found, last)
    spoken, rest = spoken_of(found.words[0]), _without(before, found.places[0])
    known = by_name(GLOBALS, (HELP,), spoken.options)
    found = sort_words(rest, known, strict=False)
    if isinstance(spoken, Family) and found.words and (form := spoken.actions.get(found.words[0])):
        rest = _without(rest, found.places[0])
        known = by_name(GLOBALS, (HELP,), form.options)
        return _Asked(form, known, sort_words(rest, known, strict=False), last)
    return _Asked(spoken, known, found, last)


def _without(words: Sequence[str], place: int) -> list[str]:
    return [*words[:place], *words[place + 1 :]]


Candidate = tuple[str, str]
"""One way to go on, and what it means."""
_Kind = str | tuple[str, ...]


def _wanted(asked: _Asked) -> tuple[str, _Kind, str]:
    """What stands before the part that is completed, what it may be, and how it begins."""
    found, last = asked.found, asked.last
    if found.waiting is not None:
        return _part(found.waiting.many, found.waiting.values, last)
    name, equals, value = last.partition("=")
    if not found.closed and equals and name in asked.options:
        option = asked.options[name]
        prefix, kind, typed = _part(option.many, option.values, value)
        return f"{name}={prefix}", kind, typed
    if not found.closed and (looks_like_option(last) or last == "-"):
        return "", "options", last
    if asked.form is None:
        return "", "" if found.words else "commands", last
    if isinstance(asked.form, Family):
        return "", "" if found.words else "actions", last
    word = _word_at(asked.form, len(found.words))
    return ("", "", last) if word is None else _part(word.commas, word.values, last)


def _part(commas: bool, kind: _Kind, text: str) -> tuple[str, _Kind, str]:  # noqa: FBT001
    """The last of several values with commas between."""
    done, comma, typed = text.rpartition(",") if commas else ("", "", text)
    return done + comma, kind, typed


def _word_at(form: Form, place: int) -> Word | None:
    for word in form.words:
        if place < word.most:
            return word
        place -= word.most
    return None


def _found(
    asked: _Asked, wanted: tuple[str, _Kind, str], options: Options, find_coins: "FindCoins | None"
) -> Iterable[Candidate]:
    prefix, kind, typed = wanted
    match kind:
        case "options":
            listed: Iterable[Candidate] = _option_names(asked)
        case "commands":
            listed = [(name, spoken_of(name).help) for name in COMMANDS if name not in HIDDEN]
        case "actions" if isinstance(asked.form, Family):
            listed = [(name, form.help) for name, form in asked.form.actions.items()]
        case tuple():
            listed = [(word, "") for word in kind]
        case _:
            from cointicker.cli.candidates import candidates  # noqa: PLC0415 - reads the configuration

            listed = candidates(str(kind), asked.found, typed, options, find_coins)
    taken = frozenset(prefix.split(",")) | frozenset(asked.found.words)
    lowered = typed.casefold()
    return [each for each in listed if each[0].casefold().startswith(lowered) and each[0] not in taken]


def _option_names(asked: _Asked) -> list[Candidate]:
    return [
        (option.name, option.help)
        for option in asked.options.values()
        if option.many or option.field not in asked.found.values
    ]
