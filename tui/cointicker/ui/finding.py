"""Finds words in the lines of an article, without regard to case and accents, also where a line ends between them."""

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from rich.style import Style

from cointicker.text.cells import cell_width, fit_end
from cointicker.text.safe import clean
from cointicker.ui.stops import Cells
from cointicker.ui.typeset import Line

Hit = tuple[Cells, ...]
"""One place where the words are; on several rows where a line ends between them."""

MOST_HITS = 2000
"""Hits that are marked; nobody counts further."""
_LONGEST = 200
"""Signs of what is looked for."""
_STEPS = {"down": 1, "tab": 1, "ctrl+n": 1, "up": -1, "shift+tab": -1, "ctrl+p": -1}
_EDITS: Mapping[str, Callable[[str], str]] = {
    "backspace": lambda query: query[:-1],
    "ctrl+h": lambda query: query[:-1],
    "ctrl+w": lambda query: query.rstrip().rpartition(" ")[0],
    "ctrl+u": lambda _query: "",
}
"""Keys that change what was typed."""


class FoundText:
    """The words of all lines, folded, and which cell each sign of them comes from."""

    def __init__(self, lines: Sequence[Line]) -> None:
        signs: list[str] = []
        cells: list[Cells] = []
        for row, line in enumerate(lines):
            text = line.text
            if not text:
                continue
            if text.isascii() and not line.chip_signs and "  " not in text and text[0] != " ":
                signs += text.lower()
                cells += [(row, column, column + 1) for column in range(len(text))]
            else:
                for sign, start, end in _own_signs(line):
                    for part in fold(sign):
                        if part != " " or (signs and signs[-1] != " "):
                            signs.append(part)
                            cells.append((row, start, end))
            if signs and signs[-1] != " ":
                signs.append(" ")
                cells.append((row, cells[-1][2], cells[-1][2]))
        self._text = "".join(signs)
        self._cells = cells

    def hits(self, query: str) -> tuple[Hit, ...]:
        """All places of the words, from the top."""
        wanted = " ".join(fold(query).split())
        found: list[Hit] = []
        at = self._text.find(wanted) if wanted else -1
        while at >= 0 and len(found) < MOST_HITS:
            found.append(_joined(self._cells[at : at + len(wanted)]))
            at = self._text.find(wanted, at + len(wanted))
        return tuple(found)


def fold(text: str) -> str:
    """The text as it is compared: lower case, letters without their accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def first_from(hits: Sequence[Hit], row: int) -> int:
    """Index of the first hit at or below a row, else of the first of all."""
    index = bisect_left(hits, row, key=lambda hit: hit[0][0])
    return index if index < len(hits) else 0


def _own_signs(line: Line) -> list[tuple[str, int, int]]:
    """Each sign of a line that is not a chip's, with its cells."""
    chips = [(spot.start, spot.end) for spot in line.spots if spot.chip]
    signs: list[tuple[str, int, int]] = []
    column = 0
    for sign in line.text:
        end = column + cell_width(sign)
        if not any(start <= column < stop for start, stop in chips):
            signs.append((sign, column, end))
        column = end
    return signs


def _joined(cells: Sequence[Cells]) -> Hit:
    """Neighbouring cells as one run each row."""
    runs: list[Cells] = []
    for row, start, end in cells:
        if runs and runs[-1][0] == row and start <= runs[-1][2]:
            runs[-1] = (row, runs[-1][1], max(end, runs[-1][2]))
        else:
            runs.append((row, start, end))
    return tuple(run for run in runs if run[2] > run[1])


class Finder:
    """What a person looks for in an article: the words as they are typed, the hits, and which is the current one."""

    def __init__(self) -> None:
        self.query = ""
        self.typing = False
        """The words are being typed."""
        self.hits: tuple[Hit, ...] = ()
        self.current = 0
        """Index of the hit that is shown."""
        self._from = 0
        self._text: FoundText | None = None
        self._lines: Sequence[Line] = ()

    @property
    def active(self) -> bool:
        """Whether anything is looked for."""
        return self.typing or bool(self.query)

    @property
    def hit(self) -> Hit | None:
        """The current hit."""
        return self.hits[self.current] if self.hits else None

    def open(self, row: int) -> None:
        """Begin to type; the first hit is the one from this row on."""
        self.query, self.typing, self.hits, self.current, self._from = "", True, (), 0, row

    def close(self) -> None:
        """Look for nothing."""
        self.query, self.typing, self.hits, self._text = "", False, (), None

    def search(self, lines: Sequence[Line]) -> None:
        """The lines are these now; the current hit stays the same one where there are as many as before."""
        self._lines, self._text = lines, None
        if self.active:
            self._look()

    def _look(self) -> None:
        if self._text is None:
            self._text = FoundText(self._lines)
        self.hits = self._text.hits(self.query)
        self.current = max(0, min(self.current, len(self.hits) - 1))

    def _ask(self, query: str) -> None:
        self.query = query[:_LONGEST]
        self._look()
        self.current = first_from(self.hits, self._from)

    def take(self, key: str, character: str | None) -> None:
        """Take a key while the words are typed; what means nothing here is dropped."""
        if key == "enter":
            self.typing = False
        if key == "escape" or (key in {"enter", "backspace", "ctrl+h"} and not self.query):
            self.close()
        elif key in _STEPS:
            self.step(_STEPS[key])
        elif key in _EDITS:
            self._ask(_EDITS[key](self.query))
        elif character is not None and character.isprintable():
            self._ask(self.query + character)

    def paste(self, text: str) -> None:
        """Put pasted words behind those that were typed."""
        self._ask(self.query + str(clean(text, _LONGEST)))

    def step(self, step: int) -> None:
        """The next hit or the one before, around the ends."""
        if self.hits:
            self.current = (self.current + step) % len(self.hits)

    def words(self, sign: Style, text: Style, label: Style, room: int) -> list[tuple[str, Style]]:
        """What is looked for and how often it is there, in so many cells: of long words their end."""
        count = f"{self.current + 1}/{len(self.hits)}" if self.hits else "not in this article"
        told = f"   {count}" if self.query else ""
        cursor = " " if self.typing else ""
        query = fit_end(self.query, room - len("/" + cursor + told))
        reverse, count_ink = text + Style(reverse=True), sign if self.hits else label
        return [piece for piece in (("/", sign), (query, text), (cursor, reverse), (told, count_ink)) if piece[0]]
