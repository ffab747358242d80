"""What is wrong with a file that a person wrote, in words that lead to the place."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cointicker.domain.words import SafeText
from cointicker.text.safe import clean

Key = tuple[str | int, ...]
"""The way to a value in a TOML document: names of tables and keys, and places in lists from 0."""

Severity = Literal["error", "note"]

_SENTENCE_LIMIT = 600
_SHOWN = 40
"""Characters of a wrong value that are repeated."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. The program goes on without it."""

    file: Path | None
    """``None``: it is not in a file, but in the environment or on the command line."""
    line: int | None
    """From 1; ``None`` where it concerns the whole file."""
    key: str
    """The setting as a person writes it, such as ``market.refresh``; empty where none can be named."""
    why: str
    """The rest of a sentence that begins with the key."""
    nearest: str = ""
    """The valid name that was probably meant."""
    severity: Severity = "error"
    column: int | None = None
    """From 1, where it is known."""

    @property
    def sentence(self) -> SafeText:
        """``~/.config/cointicker/config.toml:12: market.refesh is not a setting; did you mean market.refresh?``."""
        place = "" if self.file is None else f"{short_path(self.file)}:"
        for number in (self.line, self.column):
            if number is not None:
                place += f"{number}:"
        ending = f"; did you mean {self.nearest}?" if self.nearest else ""
        return clean(f"{place} {self.key} {self.why}{ending}", _SENTENCE_LIMIT)

    def __str__(self) -> str:
        return self.sentence


def short_path(path: Path) -> str:
    """A path as a person writes it, with ``~`` for the home directory."""
    try:
        return f"~/{path.relative_to(Path.home())}"
    except (ValueError, RuntimeError):
        return str(path)


def spell(key: Key) -> str:
    """A key as a person writes it; places in lists count from 1: ``news.feeds[2].name``."""
    text = ""
    for part in key:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += ("." if text else "") + (part or '""')
    return clean(text, 120)


def shown(value: object) -> str:
    """A wrong value as it is named in a sentence: ``the text "fast"``, ``a list``."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() if value.bit_length() > 64:
            return "a huge number"
        case int() | float():
            return str(value)
        case str():
            return f'the text "{clean(value, _SHOWN)}"'
        case list():
            return "a list"
        case dict():
            return "a table"
    return "a date or time"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is spelt most like this one, or empty text where none comes near."""
    from difflib import get_close_matches  # noqa: PLC0415 - needed only once something is wrong

    by_lower = {each.lower(): each for each in known}
    close = get_close_matches(word.lower()[:100], by_lower, 1, 0.6)
    return by_lower[close[0]] if close else ""
