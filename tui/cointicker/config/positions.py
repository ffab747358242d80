"""In which line of a TOML document a key stands: ``tomllib`` reads values and forgets where they were."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping

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


def locate(text: str) -> Mapping[Key, int]:
    """The line, from 1, of every table, key and list element of a document that ``tomllib`` accepts.

    For any other document what was found before it went astray.
    """
    scanner = _Scanner(text)
    scanner.scan()
    return scanner.lines


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
        self.lines: dict[Key, int] = {}
        self._text = text
        self._at = 0
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._lengths: dict[Key, int] = {}
        """How many ``[[tables]]`` of each name have been begun."""

    def scan(self) -> None:
        table: Key = ()
        self._skip(_GAP)
        while self._at < len(self._text):
            before = self._at
            if self._text[before] == "[":
                table = self._header()
            else:
                self._pair(table)
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
        return table

    def _pair(self, table: Key) -> None:
        start = self._at
        key = table
        for name in self._names():
            key = (*key, name)
            self._mark(key, start)
        self._skip(_SPACE)
        if self._text.startswith("=", self._at):
            self._at += 1
            self._skip(_SPACE)
            self._value(key)

    def _value(self, key: Key) -> None:
        opening = self._text[self._at : self._at + 1]
        if opening == "[":
            self._enclosed(key, "]", numbered=True)
        elif opening == "{":
            self._enclosed(key, "}", numbered=False)
        elif not self._skip(_TEXT):
            self._skip(_BARE)

    def _enclosed(self, key: Key, closing: str, *, numbered: bool) -> None:
        """A list, whose elements are numbered, or an inline table."""
        self._at += 1
        place = 0
        self._skip(_GAP)
        while self._at < len(self._text) and self._text[self._at] != closing:
            before = self._at
            if numbered:
                self._mark((*key, place), before)
                self._value((*key, place))
            else:
                self._pair(key)
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
        self.lines.setdefault(key, bisect_right(self._starts, at))


def _unquote(part: str) -> str:
    if part[0] == '"' and "\\" in part:
        try:
            return str(tomllib.loads(f"key = {part}")["key"])
        except ValueError:
            return part
    return part[1:-1] if part[0] in "\"'" else part
