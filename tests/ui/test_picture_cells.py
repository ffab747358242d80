"""Pictures in cells: kitty's placeholders, and sixels that are written over cells of their own."""

import re
from base64 import b64decode
from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

from cointicker.domain.pictures import Picture
from cointicker.text.cells import cell_width
from cointicker.ui.painter import Painted, Painter
from cointicker.ui.pictures.kitty import MOST_CELLS, Wall, rows_of
from cointicker.ui.pictures.stamps import Stamp

PLAIN = Style(color="#d6dbe5", bgcolor="#0f1218")
SIXELS = b'"1;1;20;12#1;2;9;9;9#1!20~'
PICTURE = Picture(4, 3, bytes(4 * 3 * 6), SIXELS)
SIZE = Size(12, 8)
APC = re.compile(r"\x1b_G([^;\x1b]*)(?:;([^\x1b]*))?\x1b\\")


def _sent(write: str) -> list[tuple[dict[str, str], str]]:
    """The keys and the data of each command."""
    return [(dict(part.split("=") for part in keys.split(",")), data) for keys, data in APC.findall(write)]


# kitty


def test_a_picture_is_sent_whole_in_parts_and_shown_by_no_one_but_its_signs() -> None:
    written: list[str] = []
    data = bytes(range(256)) * 40
    number = Wall(written.append).hang(Picture(7, 5, b"", data))
    (whole,) = written
    assert APC.sub("", whole) == ""
    commands = _sent(whole)
    first = commands[0][0]
    assert first | {"m": "1"} == {
        "a": "T", "U": "1", "f": "100", "i": str(number), "c": "7", "r": "5", "q": "2", "m": "1",
    }  # fmt: skip
    assert [keys["m"] for keys, _ in commands] == ["1"] * (len(commands) - 1) + ["0"]
    assert all(set(keys) == {"m"} and len(part) <= 4096 for keys, part in commands[1:])
    assert b64decode("".join(part for _, part in commands)) == data


def test_its_number_fits_a_colour_and_is_seldom_that_of_another() -> None:
    wall = Wall(lambda _: None)
    numbers = {wall.hang(PICTURE) for _ in range(50)}
    assert len(numbers) == 50
    assert all(0 < number < 1 << 24 for number in numbers)


def test_what_was_hung_is_taken_down_once() -> None:
    written: list[str] = []
    wall = Wall(written.append)
    one, other, last = (wall.hang(PICTURE) for _ in range(3))
    written.clear()
    wall.take_down(one)
    wall.take_down(one)
    assert [keys for keys, _ in _sent("".join(written))] == [{"a": "d", "d": "I", "i": str(one), "q": "2"}]
    written.clear()
    wall.clear()
    wall.clear()
    assert {keys["i"] for keys, _ in _sent("".join(written))} == {str(other), str(last)}


def test_inside_tmux_all_of_it_is_wrapped() -> None:
    written: list[str] = []
    wall = Wall(written.append, inside_tmux=True)
    wall.take_down(wall.hang(Picture(1, 1, b"", bytes(9000))))
    whole = "".join(written)
    wrapped = re.findall(r"\x1bPtmux;((?:[^\x1b]|\x1b\x1b)*)\x1b\\", whole)
    assert re.sub(r"\x1bPtmux;(?:[^\x1b]|\x1b\x1b)*\x1b\\", "", whole) == ""
    assert len(_sent("".join(part.replace("\x1b\x1b", "\x1b") for part in wrapped))) == len(wrapped) == 4


def test_each_sign_is_one_cell_and_tells_its_place() -> None:
    largest = Picture(MOST_CELLS, MOST_CELLS, b"")
    rows = rows_of(largest)
    assert {cell_width(row) for row in rows} == {MOST_CELLS}
    cells = [re.findall("\U0010eeee(.)(.)", row) for row in rows]
    marks = [column for _, column in cells[0]]
    assert len(set(marks)) == MOST_CELLS
    assert [[row for row, _ in line] for line in cells] == [[mark] * MOST_CELLS for mark in marks]
    assert all([column for _, column in line] == marks for line in cells)


# Sixels


def _painter() -> tuple[Painter, Stamp, Callable[..., str]]:
    """A painter, a picture, and what is written when that stands at a place; ``None``: nowhere."""
    painter, stamp = Painter(), Stamp(PICTURE, PLAIN)
    painter.stamps.add(stamp)

    def paint(at: tuple[int, int] | None, cover: tuple[int, int] | None = None) -> str:
        rows = [[Segment(".", PLAIN)] * SIZE.width for _ in range(SIZE.height)]
        if at is not None:
            for row, style in enumerate(stamp.styles):
                rows[at[1] + row][at[0] : at[0] + stamp.columns] = [Segment(" ", style)] * stamp.columns
        if cover is not None:
            rows[cover[1]][cover[0]] = Segment("#", PLAIN)
        strips = [[Strip(row)] for row in rows]
        update = LayoutUpdate(strips, Region(0, 0, *SIZE))  # type: ignore[arg-type]
        painted = painter.paint(update, SIZE)
        assert isinstance(painted, Painted)
        return painted.data

    return painter, stamp, paint


def _stamped(data: str) -> list[tuple[int, int]]:
    """Where the picture is written, as column and row from 0."""
    pattern = rf"\x1b\[(\d+);(\d+)H\x1bP0;1;0q{re.escape(SIXELS.decode())}\x1b\\"
    return [(int(x) - 1, int(y) - 1) for y, x in re.findall(pattern, data)]


def test_a_picture_is_written_over_its_cells_after_them() -> None:
    _, _, paint = _painter()
    data = paint((3, 2))
    assert _stamped(data) == [(3, 2)]
    assert data.endswith("\x1b\\")


def test_it_is_not_written_again_while_nothing_changes() -> None:
    _, _, paint = _painter()
    paint((3, 2))
    assert paint((3, 2)) == ""


def test_where_it_moves_its_old_cells_are_wiped_and_it_is_written_anew() -> None:
    _, _, paint = _painter()
    paint((3, 2))
    data = paint((3, 3))
    assert _stamped(data) == [(3, 3)]
    assert "...." in data.partition("\x1bP")[0]
    assert data.partition("\x1bP")[0].count("    ") == PICTURE.rows
    assert _stamped(paint((4, 3))) == [(4, 3)]


def test_what_covers_it_leaves_it_alone_and_what_uncovers_it_brings_it_back() -> None:
    _, _, paint = _painter()
    paint((3, 2))
    covered = paint((3, 2), cover=(4, 3))
    assert "#" in covered
    assert _stamped(covered) == []
    assert _stamped(paint((3, 2))) == [(3, 2)]


def test_a_terminal_that_may_show_anything_gets_it_again() -> None:
    painter, _, paint = _painter()
    paint((3, 2))
    painter.forget()
    assert _stamped(paint((3, 2))) == [(3, 2)]


def test_a_picture_that_was_taken_away_is_written_over_and_no_more() -> None:
    painter, stamp, paint = _painter()
    paint((3, 2))
    painter.stamps.remove(stamp)
    data = paint(None)
    assert data.count("....") == PICTURE.rows
    assert "\x1bP" not in data
