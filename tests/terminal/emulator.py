"""A terminal that is looked at by a program instead of a person: pyte, and what pyte does not know."""

import codecs
from collections import Counter

import pyte

from terminal.control_sequences import Token, tokens

ALTERNATE = 1049
CURSOR = 25
LINE_WRAP = 7
FOCUS = 1004
PASTE = 2004
PIXELS = 1016
SYNCHRONISED = 2026
RESIZE_REPORTS = 2048

XTERM = frozenset({SYNCHRONISED})
"""Modes that a recent xterm says it has, among those that are asked for."""
MODERN = frozenset({SYNCHRONISED, RESIZE_REPORTS})
"""The same for kitty, foot and ghostty."""


class Emulator:
    """Keeps what is on the screen, which modes are on, and what has to be answered."""

    def __init__(self, columns: int, rows: int, *, knows: frozenset[int] = XTERM) -> None:
        self._knows = knows
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._before: list[str] | None = None
        self._decode = codecs.getincrementaldecoder("utf-8")("strict").decode
        self._rest = ""
        self.modes: set[int] = {CURSOR, LINE_WRAP}
        """Private modes that are on now."""
        self.ever: set[int] = set()
        """Private modes that were ever turned on."""
        self.kitty_keys = 0
        """How often kitty's keys were asked for and not taken back."""
        self.attributes = "64;1;2;6;22"
        """What it says it is and can do; among them ``4`` for sixels."""
        self.cell: tuple[int, int] | None = None
        """Pixels of a cell, where it tells: width, height."""
        self.operating: Counter[str] = Counter()
        """Operating system commands by number: ``0`` and ``2`` titles, ``8`` links, ``52`` the clipboard."""

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self._screen.columns, self._screen.lines

    @property
    def rows(self) -> list[str]:
        """What each row shows, blanks at its end left out."""
        return [row.rstrip() for row in self._screen.display]

    @property
    def text(self) -> str:
        """All rows."""
        return "\n".join(self.rows)

    @property
    def cells(self) -> list[list[tuple[str, str, str, bool, bool]]]:
        """Every cell with its sign, colours, weight and slant."""
        columns, lines = self.size
        buffer = self._screen.buffer
        grid = [[buffer[y][x] for x in range(columns)] for y in range(lines)]
        return [[(cell.data, cell.fg, cell.bg, cell.bold, cell.italics) for cell in row] for row in grid]

    @property
    def left_on(self) -> set[int]:
        """Modes that differ from those of a terminal that nobody has touched."""
        return self.modes ^ {CURSOR, LINE_WRAP}

    def resize(self, columns: int, rows: int) -> None:
        """Another size; what is on the screen stays where it fits."""
        self._screen.resize(rows, columns)

    def feed(self, data: bytes) -> str:
        """Take output in; what the terminal answers to it."""
        found, self._rest = tokens(self._rest + self._decode(data))
        return "".join(map(self._take, found))

    def _take(self, token: Token) -> str:
        match token:
            case Token("text", text):
                self._stream.feed(text)
            case Token("csi", body) if body.startswith("?"):
                return self._private(body[1:-1], body[-1])
            case Token("csi", body) if body[0] in "<>=" and body[-1] == "u":
                self.kitty_keys = max(0, self.kitty_keys + (1 if body[0] == ">" else -1))
            case Token("csi", "6n"):
                return f"\x1b[{self._screen.cursor.y + 1};{self._screen.cursor.x + 1}R"
            case Token("csi", "c" | "0c"):
                return f"\x1b[?{self.attributes}c"
            case Token("csi", "16t"):
                return f"\x1b[6;{self.cell[1]};{self.cell[0]}t" if self.cell is not None else ""
            case Token("csi", body):
                self._stream.feed(f"\x1b[{body}")
            case Token("escape", body):
                self._stream.feed(f"\x1b{body}")
            case Token("osc", body):
                self.operating[body.partition(";")[0]] += 1
        return ""

    def _private(self, numbers: str, final: str) -> str:
        if final == "p":
            number = int(numbers.rstrip("$"))
            known = number in self._knows
            return f"\x1b[?{number};{(1 if number in self.modes else 2) if known else 0}$y"
        for number in map(int, numbers.split(";")):
            if final == "h":
                self._turn_on(number)
            else:
                self._turn_off(number)
        return ""

    def _turn_on(self, number: int) -> None:
        if number == ALTERNATE:
            # xterm clears the alternate screen each time that it is asked for, in use or not.
            self._before = self._before if ALTERNATE in self.modes else list(self._screen.display)
            self._screen.reset()
        self.modes.add(number)
        self.ever.add(number)

    def _turn_off(self, number: int) -> None:
        if number == ALTERNATE and ALTERNATE in self.modes:
            self._screen.reset()
            for y, row in enumerate(self._before or ()):
                self._screen.cursor_position(y + 1, 1)
                self._screen.draw(row.rstrip())
        self.modes.discard(number)


def described(emulator: Emulator) -> str:
    """The screen in a frame, for the words of a test that failed."""
    columns, _ = emulator.size
    edge = "+" + "-" * columns + "+"
    return "\n".join([edge, *(f"|{row:{columns}}|" for row in emulator.rows), edge])
