"""Pictures in sixels: blank cells keep their place, and the picture is written over them when they have been drawn.

A sixel is no cell. It stays where it was written until something is written over it, so each row of cells has a style
of its own: wherever such a cell comes, goes or moves, the painter finds that it differs and writes it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from rich.style import Style

from cointicker.domain.pictures import Picture

Cells = Sequence[Sequence[tuple[str, Style]]]
"""What is on the terminal, row by row."""

_numbers = count(1)


class Stamp:
    """A picture and the styles of the cells below it."""

    def __init__(self, picture: Picture, ground: Style) -> None:
        self.columns = picture.columns
        self.signs = picture.data.decode("ascii")
        number = next(_numbers)
        self.styles = tuple(ground + Style(meta={"picture": (number, row)}) for row in range(picture.rows))

    def lies_whole(self, cells: Cells, x: int, y: int) -> bool:
        """Whether all of its cells are on the terminal from a place on."""
        return y + len(self.styles) <= len(cells) and all(
            all(cell[1] == style for cell in row[x : x + self.columns]) and x + self.columns <= len(row)
            for style, row in zip(self.styles, cells[y:], strict=False)
        )


class Stamps:
    """The stamps that are in use."""

    def __init__(self) -> None:
        self._by_style: dict[Style, Stamp] = {}

    def __bool__(self) -> bool:
        return bool(self._by_style)

    def add(self, stamp: Stamp) -> None:
        """Write it wherever its cells are."""
        self._by_style.update(dict.fromkeys(stamp.styles, stamp))

    def remove(self, stamp: Stamp) -> None:
        """Its cells will not come again."""
        for style in stamp.styles:
            self._by_style.pop(style, None)

    def among(self, cells: Iterable[tuple[str, Style]]) -> set[Stamp]:
        """Those that some cells belong to."""
        found = {self._by_style.get(style) for style in {cell[1] for cell in cells}}
        return {stamp for stamp in found if stamp is not None}

    def written(self, wanted: Iterable[Stamp], cells: Cells) -> str:
        """The bytes that write stamps over their cells; nothing for one of which not all cells are there."""
        return "".join(part for stamp in wanted for part in _written(stamp, cells))


def _written(stamp: Stamp, cells: Cells) -> Iterator[str]:
    first = stamp.styles[0]
    for y, row in enumerate(cells):
        x = next((x for x, cell in enumerate(row) if cell[1] == first), None)
        if x is not None:
            if stamp.lies_whole(cells, x, y):
                yield f"\x1b[{y + 1};{x + 1}H\x1bP0;1;0q{stamp.signs}\x1b\\"
            return
