"""A TOML file that a person wrote, read within bounds; what is wrong with it is gathered with its line."""

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cointicker.config.positions import line_of, locate
from cointicker.config.problems import Key, Problem, Severity, spell

SIZE_LIMIT = 256 * 1024
"""Bytes of a file that is read; a larger one is not a configuration."""

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Document:
    """A TOML file as it was read."""

    path: Path
    text: str
    data: dict[str, Any]
    open_to_others: bool
    """Its mode lets other users of the machine read or write it."""


class Report:
    """Gathers what is wrong with one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._lines: Mapping[Key, int] | None = None
        self._problems: list[Problem] = []

    def say(self, key: Key, why: str, nearest: str = "", severity: Severity = "error") -> None:
        """``key`` and ``why`` make a sentence: ``news.refresh`` + ``must be a number``."""
        self._problems.append(Problem(self._document.path, self.line_of(key), spell(key), why, nearest, severity))

    def line_of(self, key: Key) -> int | None:
        """The line, from 1, of a key or of what is nearest around it."""
        if self._lines is None:
            self._lines = locate(self._document.text)
        return line_of(key, self._lines)

    @property
    def path(self) -> Path:
        """The document's file."""
        return self._document.path

    @property
    def open_to_others(self) -> bool:
        """The file's mode lets other users of the machine read or write it."""
        return self._document.open_to_others

    @property
    def problems(self) -> tuple[Problem, ...]:
        """In the order of the lines."""
        return tuple(sorted(self._problems, key=lambda problem: problem.line or 0))


def read_document(path: Path) -> Document | Problem | None:
    """The file as a document, the reason why it is none, or ``None`` where there is no such file."""
    try:
        raw, mode = _read(path)
    except FileNotFoundError:
        return Problem(path, None, "", "is a link to a file that is not there") if path.is_symlink() else None
    except NotADirectoryError:
        return None
    except (OSError, ValueError) as error:
        return Problem(path, None, "", f"cannot be read: {getattr(error, 'strerror', None) or error}")
    if isinstance(raw, str):
        return Problem(path, None, "", raw)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem(path, raw.count(b"\n", 0, error.start) + 1, "", "this line is not UTF-8 text")
    return _parse(path, text.replace("\r\n", "\n"), open_to_others=bool(mode & 0o077))


def _read(path: Path) -> tuple[bytes | str, int]:
    """The bytes of a regular file, or why not in words, and its mode; raises ``OSError`` or ``ValueError``."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # does not wait for the writer of a pipe
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            return "is a directory, not a file", mode
        if not stat.S_ISREG(mode) and str(path) != os.devnull:
            return "is not a regular file", mode
        raw = bytearray()
        while len(raw) <= SIZE_LIMIT and (more := os.read(handle, SIZE_LIMIT + 1)):
            raw += more
    finally:
        os.close(handle)
    return (f"is larger than {SIZE_LIMIT // 1024} KiB" if len(raw) > SIZE_LIMIT else bytes(raw)), mode


def _parse(path: Path, text: str, *, open_to_others: bool) -> Document | Problem:
    try:
        return Document(path, text, tomllib.loads(text), open_to_others)
    except RecursionError:
        return Problem(path, None, "", "is nested too deeply")
    except ValueError as error:  # tomllib's own error, and that of a number with thousands of digits
        words = str(error)
        place = _PLACE.search(words)
        if place is None:
            return Problem(path, None, "", words)
        line, column = (int(place[1]), int(place[2])) if place[1] else (text.rstrip("\n").count("\n") + 1, None)
        return Problem(path, line, "", words[: place.start()], column=column)
