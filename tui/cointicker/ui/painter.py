"""What the compositor wants drawn, in the fewest bytes that draw it.

Textual writes a refreshed widget again whole, changed or not, and every run of it with all its colours. Here the cells
that are on the terminal are remembered, so only those that differ are written, and of a style only what differs.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Size

from cointicker.ui.pictures.stamps import Stamp, Stamps

Cell = tuple[str, Style]
"""A grapheme and its style; an empty grapheme is the right half of the wide one before it."""

_PLAIN = Style.null()
_NOTHING: Cell = ("", _PLAIN)
_NEVER: Cell = ("\0", _PLAIN)
_SHIFTABLE = 20
"""Cells from which on it pays to let the terminal shift a row."""
_BRIDGE = 4
"""Unchanged cells between two changes that are cheaper to write again than to step over."""
_SGR = {0: "1", 1: "2", 2: "3", 3: "4", 4: "5", 5: "6", 6: "7", 7: "8", 8: "9", 9: "21", 10: "51", 11: "52", 12: "53"}
"""Bit of rich's attributes → its parameter of "Select Graphic Rendition" (ECMA-48, §8.3.117)."""


class Painted(CompositorUpdate):
    """Bytes that are ready to be written."""

    def __init__(self, data: str) -> None:
        self.data = data

    def render_segments(self, console: object) -> str:
        """The bytes as they are."""
        return self.data


class Painter:
    """Remembers what is on the terminal."""

    def __init__(self, color_system: ColorSystem = ColorSystem.TRUECOLOR) -> None:
        self.color_system = color_system
        self.stamps = Stamps()
        """Pictures that are written over cells of their own."""
        self._size = Size(0, 0)
        self._rows: list[list[Cell]] = []

    def forget(self) -> None:
        """The terminal may show anything: the next frame is written whole."""
        self._size = Size(0, 0)

    def paint(self, update: CompositorUpdate, size: Size) -> CompositorUpdate:
        """The same update as bytes; one of a kind that is not known comes back as it is."""
        if size != self._size:
            self._size = size
            self._rows = [[_NEVER] * size.width for _ in range(size.height)]
        if isinstance(update, ChopsUpdate):
            patches = _chopped(update)
        elif isinstance(update, LayoutUpdate):
            patches = _laid_out(update)
        else:
            self.forget()
            return update
        pen = _Pen(self.color_system)
        stamps: set[Stamp] = set()
        for y, x, cells in patches:
            if 0 <= y < len(self._rows):
                stamps |= self._patch(pen, y, x, cells)
        return Painted(pen.finish() + self.stamps.written(stamps, self._rows))

    def frame(self) -> str:
        """Everything that is on the terminal, as bytes that draw it from the top left corner."""
        pen = _Pen(self.color_system)
        for y, row in enumerate(self._rows):
            pen.draw(y, 0, [cell if cell != _NEVER else (" ", _PLAIN) for cell in row])
        return pen.finish()

    def _patch(self, pen: "_Pen", y: int, x: int, cells: list[Cell]) -> set[Stamp]:
        """Draw what differs in a row; the stamps that have to be written again over it."""
        row = self._rows[y]
        del cells[max(0, len(row) - x) :]
        if cells and cells[-1][0] and x + len(cells) < len(row) and not row[x + len(cells)][0]:
            row[x + len(cells)] = _NEVER  # the other half of a wide sign that is gone now
        if _is_shifted(row, x, cells):
            pen.shift(y)
            row[:] = [*row[1:], _NEVER]
        stamps: set[Stamp] = set()
        for start, end in _changes(row, x, cells):
            pen.draw(y, x + start, cells[start:end])
            if self.stamps:
                stamps |= self.stamps.among(cells[start:end])
        row[x : x + len(cells)] = cells
        return stamps


def _is_shifted(row: list[Cell], x: int, cells: list[Cell]) -> bool:
    """Whether a whole row moved one cell to the left, as a ticker tape does, with no wide sign at its ends."""
    if x or len(cells) != len(row) or len(row) < _SHIFTABLE or cells == row:
        return False
    return cells[:-1] == row[1:] and bool(row[1][0]) and bool(cells[-1][0])


def _changes(row: list[Cell], x: int, cells: list[Cell]) -> Iterator[tuple[int, int]]:
    """Where the new cells differ from those of the row, as ranges that never split a wide sign."""
    start = end = -1
    for index, cell in enumerate(cells):
        before = row[x + index]
        if cell is before or cell == before:
            continue
        if start >= 0 and index - end <= _BRIDGE and all(each[1] == cells[end - 1][1] for each in cells[end:index]):
            end = index + 1
            continue
        if start >= 0:
            yield _whole(cells, start, end)
        start, end = index, index + 1
    if start >= 0:
        yield _whole(cells, start, end)


def _whole(cells: list[Cell], start: int, end: int) -> tuple[int, int]:
    if not cells[start][0] and start:
        start -= 1
    if end < len(cells) and not cells[end][0]:
        end += 1
    return start, end


def _chopped(update: ChopsUpdate) -> Iterator[tuple[int, int, list[Cell]]]:
    for y, left, right in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x >= right or end <= left:
                continue
            yield y, x, _cells(strip)


def _laid_out(update: LayoutUpdate) -> Iterator[tuple[int, int, list[Cell]]]:
    for y, line in enumerate(update.strips, update.region.y):
        yield y, update.region.x, [cell for strip in line for cell in _cells(strip)]


def _cells(segments: Iterable[Segment]) -> list[Cell]:
    cells: list[Cell] = []
    for text, style, control in segments:
        if control:
            continue
        ink = style or _PLAIN
        if text.isascii():
            cells.extend([(sign, ink) for sign in text])
            continue
        for sign in text:
            width = get_character_cell_size(sign)
            if width:
                cells.append((sign, ink))
                if width == 2:
                    cells.append(("", ink))
            elif cells:
                cells[-1] = (cells[-1][0] + sign, cells[-1][1])
    return cells


@lru_cache(maxsize=4096)
def _codes(style: Style, color_system: ColorSystem) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """Attributes that are on, and the parameters of foreground and background; none for the terminal's own."""
    fore, back = style.color, style.bgcolor
    return (
        style._attributes & style._set_attributes,  # noqa: SLF001 - rich has no other way to ask for all at once
        tuple(fore.downgrade(color_system).get_ansi_codes()) if fore is not None else (),
        tuple(back.downgrade(color_system).get_ansi_codes(foreground=False)) if back is not None else (),
    )


class _Pen:
    """Collects cells and writes them colour by colour: to move costs half of what a change of colour does."""

    def __init__(self, color_system: ColorSystem) -> None:
        self._color_system = color_system
        self._runs: dict[Style, list[tuple[int, int, str]]] = {}
        self._parts: list[str] = []
        self._style = _PLAIN

    def shift(self, y: int) -> None:
        """Let the terminal move a row one cell to the left ("Delete Character", ECMA-48, §8.3.26)."""
        self._parts.append(f"\x1b[{y + 1}H\x1b[P")

    def draw(self, y: int, x: int, cells: list[Cell]) -> None:
        """Take cells of one row, the first of them at a column."""
        start = 0
        for index in range(1, len(cells) + 1):
            if index < len(cells) and cells[index][1] == cells[start][1]:
                continue
            text = "".join([sign for sign, _ in cells[start:index]])
            self._runs.setdefault(cells[start][1], []).append((y, x + start, text))
            start = index

    def finish(self) -> str:
        """All that was taken, as bytes; the colours are the terminal's own again behind them."""
        if not self._runs:
            return "".join(self._parts)
        for style in sorted(self._runs, key=self._order):
            self._change(style)
            row = -1
            for y, x, text in self._runs[style]:
                self._parts.append(f"\x1b[{x + 1}G" if y == row else f"\x1b[{y + 1};{x + 1}H")
                self._parts.append(text)
                row = y
        self._change(_PLAIN)
        return "".join(self._parts)

    def _order(self, style: Style) -> tuple[tuple[str, ...], int, tuple[str, ...], str]:
        """Neighbours in this order differ least."""
        attributes, fore, back = _codes(style, self._color_system)
        return back, attributes, fore, style.link or ""

    def _change(self, style: Style) -> None:
        before, after = _codes(self._style, self._color_system), _codes(style, self._color_system)
        if style.link != self._style.link:
            self._parts.append(f"\x1b]8;;{style.link or ''}\x1b\\")
        self._style = style
        codes: list[str] = []
        attributes, fore, back = before
        if attributes & ~after[0] or (fore and not after[1]) or (back and not after[2]):
            codes.append("0")
            attributes, fore, back = 0, (), ()
        codes += [_SGR[bit] for bit in range(13) if after[0] & ~attributes & (1 << bit)]
        if after[1] != fore:
            codes += after[1]
        if after[2] != back:
            codes += after[2]
        if codes:
            self._parts.append(f"\x1b[{';'.join(codes)}m")
