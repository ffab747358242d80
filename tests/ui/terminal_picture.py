"""What a terminal shows of the bytes that it was sent, cell by cell."""

from typing import NamedTuple

import pyte
from rich.console import Console
from textual._compositor import CompositorUpdate, LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

CONSOLE = Console(force_terminal=True, color_system="truecolor", legacy_windows=False, _environ={})


class Cell(NamedTuple):
    """What stands in a cell, and how; a right half of a wide sign has no sign of its own."""

    sign: str
    fore: str
    back: str
    bold: bool
    italic: bool
    underlined: bool
    struck: bool
    reversed: bool


class Picture:
    """A terminal of a given size."""

    def __init__(self, size: Size) -> None:
        self._screen = pyte.Screen(size.width, size.height)
        self._stream = pyte.Stream(self._screen)

    def feed(self, data: str) -> None:
        """Receive bytes."""
        self._stream.feed(data)

    def cells(self) -> list[list[Cell]]:
        """All that is shown."""
        screen = self._screen
        return [
            [
                Cell(
                    each.data, each.fg, each.bg, each.bold, each.italics, each.underscore, each.strikethrough,
                    each.reverse,
                )
                for each in (screen.buffer[y][x] for x in range(screen.columns))
            ]
            for y in range(screen.lines)
        ]  # fmt: skip


def whole(strips: list[Strip], size: Size) -> LayoutUpdate:
    """A frame as Textual hands it over when all is new."""
    return LayoutUpdate([[strip] for strip in strips], Region(0, 0, size.width, size.height))


def drawn_by_textual(strips: list[Strip], size: Size) -> list[list[Cell]]:
    """What a terminal shows of a frame that Textual itself wrote on an empty screen."""
    picture = Picture(size)
    picture.feed(whole(strips, size).render_segments(CONSOLE))
    return picture.cells()


def written(update: CompositorUpdate) -> str:
    """The bytes of an update."""
    return update.render_segments(CONSOLE)
