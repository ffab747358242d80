"""Pictures of articles, ready for the cells of a terminal."""

from dataclasses import dataclass
from enum import Enum


class Way(Enum):
    """How a terminal is made to show a picture."""

    KITTY = "kitty"
    """kitty's graphics protocol, placed by signs of the text (its "Unicode placeholders")."""
    SIXEL = "sixel"
    """Six rows of pixels a sign, as DEC's VT340 had them."""
    BLOCKS = "blocks"
    """Half blocks: two pixels a cell, in any terminal of 256 colours."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a picture is drawn for."""

    way: Way
    columns: int
    """At most so many cells wide."""
    rows: int
    """At most so many high."""
    cell: tuple[int, int]
    """Pixels of a cell: width, height."""
    ground: tuple[int, int, int]
    """Red, green and blue of what shows through where the picture is transparent."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as large as it is to be shown."""

    columns: int
    rows: int
    pixels: bytes
    """Red, green and blue of ``columns`` × twice ``rows`` pixels, row by row from the top."""
    data: bytes = b""
    """For kitty a PNG, for sixel the signs between introducer and terminator; for half blocks nothing."""

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self.pixels) + len(self.data)
