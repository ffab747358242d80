"""A canvas of dots: a cell of Unicode braille is two dots wide and four high."""

from dataclasses import dataclass, field

ACROSS = 2
"""Dots in a cell's width."""
DOWN = 4
"""Dots in a cell's height."""
_BASE = 0x2800
_BITS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""Unicode braille patterns: the bit of the dot in column x of a cell, row y from the top."""


@dataclass(slots=True)
class Dots:
    """A canvas; dot (0, 0) is at the top left. Dots outside are dropped."""

    width: int
    """Cells."""
    height: int
    """Cells."""
    _cells: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self._cells = bytearray(self.width * self.height)

    @property
    def across(self) -> int:
        """Dots in a row."""
        return self.width * ACROSS

    @property
    def down(self) -> int:
        """Dots in a column."""
        return self.height * DOWN

    def set(self, x: int, y: int) -> None:
        """Draw a dot."""
        if 0 <= x < self.across and 0 <= y < self.down:
            self._cells[y // DOWN * self.width + x // ACROSS] |= _BITS[x % ACROSS][y % DOWN]

    def column(self, x: int, top: int, bottom: int) -> None:
        """Draw an upright line, both ends included."""
        for y in range(max(0, top), min(bottom, self.down - 1) + 1):
            self.set(x, y)

    def line(self, x: int, y: int, to_x: int, to_y: int) -> None:
        """Draw a straight line, both ends included (Bresenham)."""
        across, down = abs(to_x - x), -abs(to_y - y)
        step_x, step_y = (1 if x < to_x else -1), (1 if y < to_y else -1)
        error = across + down
        while True:
            self.set(x, y)
            if x == to_x and y == to_y:
                return
            twice = 2 * error
            if twice >= down:
                error += down
                x += step_x
            if twice <= across:
                error += across
                y += step_y

    def has(self, x: int, y: int) -> bool:
        """Whether a dot is drawn."""
        inside = 0 <= x < self.across and 0 <= y < self.down
        return inside and bool(self._cells[y // DOWN * self.width + x // ACROSS] & _BITS[x % ACROSS][y % DOWN])

    def bits(self, column: int, row: int) -> int:
        """The dots of a cell; 0 where it is empty."""
        return self._cells[row * self.width + column]

    def sign(self, column: int, row: int) -> str:
        """A cell as a character; a blank where it is empty."""
        bits = self.bits(column, row)
        return chr(_BASE + bits) if bits else " "
