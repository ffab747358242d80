"""Where one can stop in an article: its links, the coins it names, the related stories; and letters for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from cointicker.ui.typeset import Line, Spot, Target

HOME_ROW = "asdfghjkl"
"""Letters of hints, the easiest to reach first."""

Cells = tuple[int, int, int]
"""Row, first cell, the cell after the last."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Something in an article that can be opened."""

    target: Target
    cells: tuple[Cells, ...]
    """From the first row to the last; several to a row where its words are."""

    @property
    def row(self) -> int:
        """Where it begins."""
        return self.cells[0][0]

    @property
    def last_row(self) -> int:
        """Where it ends."""
        return self.cells[-1][0]


def find_stops(lines: Sequence[Line]) -> tuple[Stop, ...]:
    """All stops in reading order; what one link or coin has on several rows, its chip included, is one."""
    stops: list[Stop] = []
    for row, line in enumerate(lines):
        for spot in line.spots:
            cells = (row, spot.start, spot.end)
            if stops and stops[-1].target == spot.target and _belong(stops[-1].cells[-1], cells, spot, lines):
                stops[-1] = Stop(spot.target, (*stops[-1].cells, cells))
            else:
                stops.append(Stop(spot.target, (cells,)))
    return tuple(stops)


def _belong(before: Cells, after: Cells, spot: Spot, lines: Sequence[Line]) -> bool:
    """Whether cells go on with what the cells before lead to: in one breath, or on the next row that is not empty."""
    if spot.chip:
        return True
    if before[0] == after[0]:
        return after[1] - before[2] <= 1
    between = lines[before[0] + 1 : after[0]]
    return isinstance(spot.target, int) and all(not line.text.strip("▌ ") for line in between)


def hint_labels(count: int) -> list[str]:
    """As many labels, none the beginning of another, as many of one letter as can be; 81 are the most there are."""
    letters = len(HOME_ROW)
    pairs = min(letters, max(0, -(-(count - letters) // (letters - 1))))
    single, first = HOME_ROW[: letters - pairs], HOME_ROW[letters - pairs :]
    return [*single, *(one + other for one in first for other in HOME_ROW)][:count]
