"""How this terminal shows pictures, found out when the first one is asked for, and the cells that show one."""

import fcntl
import struct
import sys
import termios
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.style import Style

from cointicker.domain.pictures import Picture, Way
from cointicker.ui.pictures.asking import Answer
from cointicker.ui.pictures.kitty import Wall, rows_of
from cointicker.ui.pictures.stamps import Stamp, Stamps
from cointicker.ui.pictures.ways import Surroundings, find_way

Pieces = tuple[tuple[str, Style], ...]
"""A row of a picture."""

USUAL_CELL = (8, 16)
"""Pixels of a cell where the terminal does not tell."""


@dataclass(frozen=True, slots=True)
class Hanging:
    """A picture in cells."""

    columns: int
    rows: tuple[Pieces, ...]
    partly: tuple[Pieces, ...]
    """The same in half blocks, where not all of its rows can be seen."""
    take_down: Callable[[], None]
    """Let the terminal forget it."""


class Easel:
    """Puts pictures into cells in the way that the terminal understands."""

    def __init__(self) -> None:
        self.stamps = Stamps()
        self.cell = USUAL_CELL
        self.way: Way | None = None
        """``None``: not looked for yet, or there is none."""
        self._wall: Wall | None = None
        self._looked: tuple[str, Surroundings] | None = None

    async def look(self, choice: str, around: Surroundings, *, again: bool = True) -> Way | None:
        """Find the way that is chosen by the configuration; ``None``: the terminal shows too few colours.

        ``again``: though it was found before; tmux may have been attached to another terminal since.
        """
        if not again and self._looked == (choice, around):
            return self.way
        self.clear()
        answer = Answer(cell=cell_of_terminal() if around.write is not None else None)
        self.way, answer = await find_way(choice, around, answer)
        self.cell = answer.cell or USUAL_CELL
        if self.way is Way.KITTY and around.write is not None:
            self._wall = Wall(around.write, inside_tmux=around.inside_tmux)
        self._looked = choice, around
        return self.way

    def hang(self, picture: Picture, ground: Style) -> Hanging:
        """A picture in cells, known to the terminal."""
        blocks = _blocks(picture)
        if self.way is Way.KITTY and self._wall is not None:
            wall, number = self._wall, self._wall.hang(picture)
            ink = Style(color=Color.from_rgb(number >> 16, number >> 8 & 255, number & 255), bgcolor=ground.bgcolor)
            rows = tuple(((signs, ink),) for signs in rows_of(picture))
            return Hanging(picture.columns, rows, rows, lambda: wall.take_down(number))
        if self.way is Way.SIXEL:
            stamp = Stamp(picture, ground)
            self.stamps.add(stamp)
            rows = tuple(((" " * picture.columns, style),) for style in stamp.styles)
            return Hanging(picture.columns, rows, blocks, lambda: self.stamps.remove(stamp))
        return Hanging(picture.columns, blocks, blocks, lambda: None)

    def clear(self) -> None:
        """Let the terminal forget all pictures: the program leaves it."""
        if self._wall is not None:
            self._wall.clear()


def cell_of_terminal() -> tuple[int, int] | None:
    """Pixels of a cell, where the system knows them."""
    with suppress(OSError, ValueError, AttributeError):
        packed = fcntl.ioctl(sys.stderr.fileno(), termios.TIOCGWINSZ, b"\0" * 8)
        rows, columns, width, height = struct.unpack("HHHH", packed)
        if rows and columns and width >= columns and height >= rows:
            return width // columns, height // rows
    return None


def _blocks(picture: Picture) -> tuple[Pieces, ...]:
    """A picture in half blocks: the upper one in the colour of the sign, the lower one in that of its ground."""
    stride = 3 * picture.columns
    pixels = picture.pixels
    rows = []
    for row in range(picture.rows):
        upper = 2 * row * stride
        styles = [
            _style(pixels[at : at + 3], pixels[at + stride : at + stride + 3]) for at in range(upper, upper + stride, 3)
        ]
        rows.append(_runs(styles))
    return tuple(rows)


def _runs(styles: list[Style]) -> Pieces:
    pieces: list[tuple[str, Style]] = []
    for style in styles:
        if pieces and pieces[-1][1] is style:
            pieces[-1] = (pieces[-1][0] + "▀", style)
        else:
            pieces.append(("▀", style))
    return tuple(pieces)


@lru_cache(maxsize=8192)
def _style(upper: bytes, lower: bytes) -> Style:
    return Style.from_color(_colour(upper), _colour(lower))


@lru_cache(maxsize=1024)
def _colour(rgb: bytes) -> Color:
    return Color.from_triplet(ColorTriplet(*rgb))
