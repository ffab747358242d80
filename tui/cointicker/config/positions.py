"""Where in a TOML document everything stands: ``tomllib`` reads values and forgets where they were."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from cointicker.config.problems import Key

_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY_PART = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'|[A-Za-z0-9_-]+")
_TEXT = re.compile(
    r"""
    \"{3} (?:\\.|[^\\])*? \"{3,5} | '{3} .*? '{3,5}  # over several lines, with up to two quotes of its own at the end
    | \" (?:\\.|[^\"\\\n])* \" | '[^'\n]*'
    """,
    re.DOTALL | re.VERBOSE,
)
_BARE = re.compile(r"[^,\]}#\r\n]*")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text, in characters from its beginning."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A name and its value."""

    section: Key
    """The table whose header, or whose braces, it stands under; with dots in its name its own table is a deeper one."""
    start: int
    name: Span
    """The last part of its name."""
    value: Span
    inline: bool
    """Between the braces of an inline table."""


@dataclass(frozen=True, slots=True)
class Header:
    """``[table]``, or ``[[table]]``, whose key then ends in its place in the list."""

    key: Key
    span: Span


@dataclass(slots=True)
class Layout:
    """Where everything stands in a document that ``tomllib`` accepts; of any other what was found before it ended."""

    starts: dict[Key, int] = field(default_factory=dict)
    """Every table, key and list element → its first character."""
    pairs: dict[Key, Pair] = field(default_factory=dict)
    headers: list[Header] = field(default_factory=list)
    """In their order."""
    elements: dict[Key, list[Span]] = field(default_factory=dict)
    """Every list between brackets → its elements."""


def lay_out(text: str) -> Layout:
    """Where everything stands in a document."""
    scanner = _Scanner(text)
    scanner.scan()
    return scanner.layout


def locate(text: str) -> Mapping[Key, int]:
    """The line, from 1, of every table, key and list element of a document that ``tomllib`` accepts.

    For any other document what was found before it went astray.
    """
    ends = [match.end() for match in re.finditer("\n", text)]
    return {key: bisect_right(ends, start) + 1 for key, start in lay_out(text).starts.items()}


def line_of(key: Key, lines: Mapping[Key, int]) -> int | None:
    """The line of a key, or else of the nearest table or list around it."""
    while key:
        if key in lines:
            return lines[key]
        key = key[:-1]
    return None


class _Scanner:
    """Walks over a document once, from left to right."""

    def __init__(self, text: str) -> None:
        self.layout = Layout()
        self._text = text
        self._at = 0
        self._lengths: dict[Key, int] = {}
        """How many ``[[tables]]`` of each name have been begun."""
        self._last_name = Span(0, 0)

    def scan(self) -> None:
        table: Key = ()
        self._skip(_GAP)
        while self._at < len(self._text):
            before = self._at
            if self._text[before] == "[":
                table = self._header()
            else:
                self._pair(table, inline=False)
            self._skip(_GAP)
            if self._at == before:
                return

    def _header(self) -> Key:
        start = self._at
        is_list = self._text.startswith("[[", start)
        self._at += 2 if is_list else 1
        names = self._names()
        self._skip(_SPACE)
        self._at += 2 if is_list else 1
        table: Key = ()
        for place, name in enumerate(names, 1):
            table = (*table, name)
            self._mark(table, start)
            if is_list and place == len(names):
                self._lengths[table] = self._lengths.get(table, 0) + 1
            if table in self._lengths:
                table = (*table, self._lengths[table] - 1)
        self._mark(table, start)
        self.layout.headers.append(Header(table, Span(start, self._at)))
        return table

    def _pair(self, table: Key, *, inline: bool) -> None:
        start = self._at
        key = table
        for name in self._names():
            key = (*key, name)
            self._mark(key, start)
        self._skip(_SPACE)
        if self._text.startswith("=", self._at):
            name_span = self._last_name
            self._at += 1
            self._skip(_SPACE)
            value = self._value(key)
            self.layout.pairs[key] = Pair(table, start, name_span, value, inline)

    def _value(self, key: Key) -> Span:
        start = self._at
        opening = self._text[self._at : self._at + 1]
        if opening == "[":
            self.layout.elements[key] = []
            self._enclosed(key, "]", numbered=True)
        elif opening == "{":
            self._enclosed(key, "}", numbered=False)
        elif not self._skip(_TEXT):
            self._skip(_BARE)
        return Span(start, start + len(self._text[start : self._at].rstrip()))

    def _enclosed(self, key: Key, closing: str, *, numbered: bool) -> None:
        """A list, whose elements are numbered, or an inline table."""
        self._at += 1
        place = 0
        self._skip(_GAP)
        while self._at < len(self._text) and self._text[self._at] != closing:
            before = self._at
            if numbered:
                self._mark((*key, place), before)
                self.layout.elements[key].append(self._value((*key, place)))
            else:
                self._pair(key, inline=True)
            self._skip(_GAP)
            if self._text.startswith(",", self._at):
                self._at += 1
                place += 1
                self._skip(_GAP)
            if self._at == before:
                return
        self._at += 1

    def _names(self) -> list[str]:
        """The parts of a dotted key."""
        names: list[str] = []
        while True:
            self._skip(_SPACE)
            part = _KEY_PART.match(self._text, self._at)
            if part is None:
                return names
            self._last_name = Span(part.start(), part.end())
            self._at = part.end()
            names.append(_unquote(part[0]))
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                return names
            self._at += 1

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        match = pattern.match(self._text, self._at)
        if match is None:
            return False
        self._at = match.end()
        return True

    def _mark(self, key: Key, at: int) -> None:
        self.layout.starts.setdefault(key, at)


def _unquote(part: str) -> str:
    if part[0] == '"' and "\\" in part:
        try:
            return str(tomllib.loads(f"key = {part}")["key"])
        except ValueError:
            return part
    return part[1:-1] if part[0] in "\"'" else part
