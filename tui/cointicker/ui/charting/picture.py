"""Series as a grid of characters with the names of their colours, ready to be coloured and put on the screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cointicker.domain.charts import Candle, ChartPoint
from cointicker.text.braille import ACROSS, Dots
from cointicker.text.cells import cell_width
from cointicker.text.sparks import LEVELS
from cointicker.ui.charting.scales import Scale
from cointicker.ui.charting.series import Window, runs

HALVES = 2
"""Places of a candle in a cell's height."""

_CANDLE = {
    (" ", " "): " ",
    ("|", "|"): "│",
    ("|", " "): "╵",
    (" ", "|"): "╷",
    ("#", "#"): "┃",
    ("#", " "): "╹",
    (" ", "#"): "╻",
    ("#", "|"): "╿",
    ("|", "#"): "╽",
}
"""Upper and lower half of a cell (``#`` body, ``|`` wick) → the character."""


@dataclass(slots=True)
class Picture:
    """A grid of single-width characters, each with the name of its colour."""

    width: int
    height: int
    signs: list[list[str]] = field(init=False)
    inks: list[list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.signs = [[" "] * self.width for _ in range(self.height)]
        self.inks = [["text"] * self.width for _ in range(self.height)]

    def put(self, column: int, row: int, sign: str, ink: str) -> None:
        """Set a cell; one outside is dropped."""
        if 0 <= column < self.width and 0 <= row < self.height:
            self.signs[row][column] = sign
            self.inks[row][column] = ink

    def write(self, column: int, row: int, text: str, ink: str) -> bool:
        """Set a text of single-width signs whole, moved so that it fits; ``False`` where there is no room."""
        if len(text) > self.width or not 0 <= row < self.height or cell_width(text) != len(text):
            return False
        start = max(0, min(column, self.width - len(text)))
        for offset, sign in enumerate(text):
            self.put(start + offset, row, sign, ink)
        return True

    def lay(self, dots: Dots, ink: str) -> None:
        """Put the cells of a canvas that are not empty over what is there."""
        for row in range(min(self.height, dots.height)):
            for column in range(min(self.width, dots.width)):
                if dots.bits(column, row):
                    self.put(column, row, dots.sign(column, row), ink)


def line_dots(points: Sequence[ChartPoint], window: Window, scale: Scale, height: int, gap: float) -> Dots:
    """A line through prices by their times, broken where there is a gap. ``scale`` is in dots."""
    dots = Dots(window.columns, height)
    for run in runs(points, gap):
        places = [(window.place(point.at, ACROSS), scale.place(point.price)) for point in run]
        dots.set(*places[0])
        for (x, y), (to_x, to_y) in pairwise(places):
            if (x, y) != (to_x, to_y):
                dots.line(x, y, to_x, to_y)
                dots.line(x, y + 1, to_x, to_y + 1)
    return dots


def fill_below(line: Dots) -> Dots:
    """All that lies under a line, down to the floor; nothing where there is no line."""
    filled = Dots(line.width, line.height)
    for x in range(line.across):
        lowest = next((y for y in range(line.down - 1, -1, -1) if line.has(x, y)), None)
        if lowest is not None:
            filled.column(x, lowest + 1, line.down - 1)
    return filled


def draw_candles(picture: Picture, candles: Mapping[int, Candle], scale: Scale) -> None:
    """Candles, one a column at most. ``scale`` is in halves of a cell."""
    for column, candle in candles.items():
        ink = "up" if candle.close >= candle.open else "down"
        high, low = scale.place(candle.high), scale.place(candle.low)
        top, bottom = sorted((scale.place(candle.open), scale.place(candle.close)))
        for row in range(high // HALVES, low // HALVES + 1):
            halves = [_half(row * HALVES + part, high, low, top, bottom) for part in range(HALVES)]
            picture.put(column, row, _CANDLE[halves[0], halves[1]], ink)


def _half(place: int, high: int, low: int, top: int, bottom: int) -> str:
    if top <= place <= bottom:
        return "#"
    return "|" if high <= place <= low else " "


def draw_volumes(picture: Picture, amounts: Sequence[float | None], top: int, rows: int, ink: str) -> None:
    """Bars from row ``top + rows - 1`` upwards; the largest has all rows, anything above 0 at least an eighth."""
    most = max((amount for amount in amounts if amount is not None), default=0.0)
    if most <= 0:
        return
    eighths = len(LEVELS)
    for column, amount in enumerate(amounts):
        if not amount:
            continue
        height = max(1, round(amount / most * rows * eighths))
        for row in range(rows):
            part = min(eighths, height - (rows - 1 - row) * eighths)
            if part > 0:
                picture.put(column, top + row, LEVELS[part - 1], ink)
