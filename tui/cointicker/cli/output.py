"""Where a command writes: data to stdout, sentences to stderr, colour only where a person looks."""

import codecs
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TextIO

from cointicker.config.problems import nearest
from cointicker.text.numbers import DOWN, UNKNOWN, UP, direction
from cointicker.text.safe import clean

DONE, COULD_NOT, USAGE, STALE = 0, 1, 2, 3
"""The exit statuses."""
_NAME_LIMIT = 60
_SENTENCE_LIMIT = 2000
_PLAIN = "cointicker.plain"
"""The name of what an old encoding does with signs that it has not."""
_PLAIN_SIGNS = str.maketrans({
    UP: "+", DOWN: "-", UNKNOWN: "-", "✓": "+", "✗": "x", "●": "*", "×": "x", "…": "~", "·": "|", "─": "-", "━": "=",
})  # fmt: skip
"""Cell for cell: without its sign a fall would read as a rise."""
_CLEAR = "\x1b[K"
"""Clears the rest of the line."""
_UNKNOWN_WIDTH = 10_000
"""Cells of a line where nobody looks: nothing is cut."""


class UsageError(Exception):
    """The person asked for something that there is not; its text says what, and the program ends with 2."""


class OutputError(Exception):
    """What was found cannot be written; its text says why."""


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours of the terminal's own sixteen, which fit whatever background a person chose.

    ``up`` and ``down`` may be a theme's own, as the parameters of an SGR sequence: they alone say something by their
    colour, and somebody may not be able to tell red from green.
    """

    on: bool = False
    up: str = "32"
    down: str = "31"
    many: bool = False
    """Whether the terminal says that it has 16 million colours."""

    def _paint(self, sgr: str, text: str) -> str:
        return f"\x1b[{sgr}m{text}\x1b[0m" if self.on and text and not text.isspace() else text

    def strong(self, text: str) -> str:
        """What the eye should find first."""
        return self._paint("1", text)

    def dim(self, text: str) -> str:
        """Labels."""
        return self._paint("2", text)

    def mark(self, text: str) -> str:
        """Something unread, a link's number."""
        return self._paint("34", text)

    def warn(self, text: str) -> str:
        """Something that is wrong or old."""
        return self._paint("33", text)

    def move(self, percent: float | None, text: str) -> str:
        """The colour of a change; ``text`` says the direction itself."""
        towards = direction(percent)
        if not towards:
            return text
        return self._paint(self.up if towards > 0 else self.down, text)

    def dressed(self, up: str, down: str) -> "Paint":
        """With a theme's colours (``#rrggbb``) for up and down, where the terminal has so many."""
        if not self.many:
            return self
        return replace(self, up=_sgr(up), down=_sgr(down))

    def good(self, text: str, *, ok: bool) -> str:
        """Green or red."""
        return self._paint("32" if ok else "31", text)


@dataclass(slots=True)
class Out:
    """The two streams of a command."""

    stdout: TextIO
    stderr: TextIO
    paint: Paint = field(default_factory=Paint)
    width: int = _UNKNOWN_WIDTH
    """Cells of a line."""
    terminal: bool = False
    """Whether stdout is one."""
    environ: Mapping[str, str] = field(default_factory=dict)
    watched: bool = False
    """Whether stderr is a terminal that can take a line back."""
    _closed: bool = False
    _hinted: bool = False

    @property
    def closed(self) -> bool:
        """Whether the reader went away: more data go nowhere."""
        return self._closed

    def print(self, text: str = "") -> None:
        """A line of data; raises as ``write`` does."""
        self.write(text + "\n")

    def write(self, text: str) -> None:
        """Data as they are. Raises ``OutputError`` for a full disk; a reader that went away is no error."""
        if self._closed:
            return
        self.take_hint_back()
        try:
            self.stdout.write(text)
        except OSError as error:
            self._lose(error)

    def say(self, sentence: str) -> None:
        """A sentence for the person, on stderr."""
        self.take_hint_back()
        try:
            self.stderr.write(f"cointicker: {clean(sentence, _SENTENCE_LIMIT)}\n")
            self.stderr.flush()
        except (OSError, ValueError):
            return  # nobody is there to be told

    def hint(self, words: str) -> None:
        """What is waited for, on stderr where a person watches; gone with the next line of anything."""
        if self.watched:
            self._hinted = self._to_watcher(f"\r{words}{_CLEAR}")

    def take_hint_back(self) -> None:
        """Leave the line as it was before the hint."""
        if self._hinted:
            self._hinted = False
            self._to_watcher(f"\r{_CLEAR}")

    def _to_watcher(self, text: str) -> bool:
        try:
            self.stderr.write(text)
            self.stderr.flush()
        except (OSError, ValueError):
            return False
        return True

    def json(self, document: Mapping[str, Any]) -> None:
        """One JSON document. ``ValueError`` for NaN or an infinity, which are no JSON and never get here."""
        ascii_only = (self.stdout.encoding or "").lower().replace("-", "") != "utf8"
        self.print(json.dumps(document, ensure_ascii=ascii_only, allow_nan=False, indent=2))

    def flush(self) -> None:
        """Write what is held back. Raises as ``write`` does."""
        if self._closed:
            return
        try:
            self.stdout.flush()
        except OSError as error:
            self._lose(error)

    def _lose(self, error: OSError) -> None:
        self._closed = True
        drop_stdout(self.stdout)
        if not isinstance(error, BrokenPipeError):
            raise OutputError(f"cannot write the output: {error.strerror}") from error


def no_such(kind: str, name: str, known: Sequence[str]) -> str:
    """The sentence about a name that there is not, with the nearest and all that there are."""
    near = nearest(name, known)
    hint = f"; did you mean {near}?" if near else ""
    return f"there is no {kind} {shown_name(name)}{hint} (there are: {', '.join(known)})"


def shown_name(name: str) -> str:
    """What a person typed, as it is repeated in a sentence."""
    return repr(str(clean(name, _NAME_LIMIT)))


def drop_stdout(stdout: TextIO) -> None:
    """Send what is still held back nowhere, so that the interpreter does not trip over it at its end."""
    try:
        descriptor = stdout.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """The nearest signs of ASCII for what an encoding lacks, else question marks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end].translate(_PLAIN_SIGNS)
    return "".join(sign if sign.isascii() else "?" for sign in lacking), error.end


def open_out(environ: Mapping[str, str]) -> Out:
    """The process's own streams."""
    codecs.register_error(_PLAIN, _plainly)
    stdout = sys.stdout or _nowhere()
    stderr = sys.stderr or _nowhere()
    for stream in (stdout, stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=_PLAIN)
    terminal = stdout.isatty()
    paint = Paint(on=wants_colour(environ, terminal=terminal), many=environ.get("COLORTERM") in {"truecolor", "24bit"})
    return Out(
        stdout,
        stderr,
        paint,
        terminal_width(stdout, environ) if terminal else _UNKNOWN_WIDTH,
        terminal,
        environ,
        watched=stderr.isatty() and environ.get("TERM", "dumb") != "dumb",
    )


def wants_colour(environ: Mapping[str, str], *, terminal: bool) -> bool:
    """Whether to colour: ``NO_COLOR`` never, ``FORCE_COLOR`` and ``CLICOLOR_FORCE`` always, else on a terminal.

    As https://no-color.org, https://force-color.org and https://bixense.com/clicolors have it; 0 forces nothing.
    """
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return terminal and environ.get("TERM") != "dumb" and environ.get("CLICOLOR") != "0"


def terminal_width(stream: TextIO, environ: Mapping[str, str]) -> int:
    """Cells of a line of the terminal behind a stream; ``COLUMNS`` wins; 80 where nothing tells."""
    told = environ.get("COLUMNS", "")
    if told.isascii() and told.isdecimal() and 0 < int(told) < _UNKNOWN_WIDTH:
        return int(told)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 it lives as long as the process


def _sgr(colour: str) -> str:
    red, green, blue = (int(colour[index : index + 2], 16) for index in (1, 3, 5))
    return f"38;2;{red};{green};{blue}"
