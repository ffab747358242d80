"""kitty's graphics protocol, by its Unicode placeholders: a picture is sent once, then signs of text show its parts.

So a picture scrolls, is covered and goes as text does, inside tmux too, which knows nothing of it.
Source: sw.kovidgoyal.net/kitty/graphics-protocol, "Unicode placeholders".
"""

import random
from base64 import b64encode
from collections.abc import Callable, Iterator

from cointicker.domain.pictures import Picture

_PLACEHOLDER = "\U0010eeee"
_PART = 4096
"""Bytes of base64 that one sequence may carry."""
_MARKS = tuple(
    map(
        chr,
        (
            *(0x0305, 0x030D, 0x030E, 0x0310, 0x0312, 0x033D, 0x033E, 0x033F, 0x0346, 0x034A, 0x034B, 0x034C),
            *(0x0350, 0x0351, 0x0352, 0x0357, 0x035B, *range(0x0363, 0x0370), *range(0x0483, 0x0488)),
            *(0x0592, 0x0593, 0x0594, 0x0595, 0x0597, 0x0598, 0x0599, 0x059C, 0x059D, 0x059E, 0x059F, 0x05A0),
            *(0x05A1, 0x05A8, 0x05A9, 0x05AB, 0x05AC, 0x05AF, 0x05C4, *range(0x0610, 0x0618)),
            *(*range(0x0657, 0x065C), 0x065D, 0x065E, *range(0x06D6, 0x06DD), *range(0x06DF, 0x06E3), 0x06E4),
            *(0x06E7, 0x06E8, 0x06EB, 0x06EC, 0x0730, 0x0732, 0x0733, 0x0735, 0x0736, 0x073A, 0x073D, 0x073F),
            *(0x0740, 0x0741, 0x0743, 0x0745, 0x0747, 0x0749, 0x074A, *range(0x07EB, 0x07F2), 0x07F3),
            *(*range(0x0816, 0x081A), *range(0x081B, 0x0824), *range(0x0825, 0x0828), *range(0x0829, 0x082E)),
            *(0x0951, 0x0953, 0x0954, 0x0F82, 0x0F83, 0x0F86, 0x0F87, 0x135D, 0x135E, 0x135F, 0x17DD, 0x193A),
        ),
    )
)
"""The combining marks that number rows and columns, in the protocol's order; it has more of them."""
MOST_CELLS = len(_MARKS)
"""Rows, and columns, that a picture can have."""


def rows_of(picture: Picture) -> list[str]:
    """The signs that show a picture; each row in the colour of its number."""
    columns = range(picture.columns)
    return ["".join(f"{_PLACEHOLDER}{_MARKS[row]}{_MARKS[at]}" for at in columns) for row in range(picture.rows)]


def through_tmux(sequence: str) -> str:
    """Wrapped so that tmux hands it on, with every ESC doubled, where allow-passthrough is on."""
    return f"\x1bPtmux;{sequence.replace(chr(27), chr(27) * 2)}\x1b\\"


class Wall:
    """The pictures that the terminal holds for this program."""

    def __init__(self, write: Callable[[str], None], *, inside_tmux: bool = False) -> None:
        self._write = write
        self._wrap: Callable[[str], str] = through_tmux if inside_tmux else str
        self._hung: set[int] = set()

    def hang(self, picture: Picture) -> int:
        """Send a picture; its number, which the colour of its signs tells."""
        number = random.randrange(0x01_00_00, 0xFF_FF_FF)  # noqa: S311 - others in this terminal choose theirs alike
        self._hung.add(number)
        self._write("".join(map(self._wrap, _sending(number, picture))))
        return number

    def take_down(self, number: int) -> None:
        """Let the terminal forget a picture."""
        if number in self._hung:
            self._hung.discard(number)
            self._write(self._wrap(f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\"))

    def clear(self) -> None:
        """Let it forget all of them."""
        for number in tuple(self._hung):
            self.take_down(number)


def _sending(number: int, picture: Picture) -> Iterator[str]:
    data = b64encode(picture.data).decode()
    for start in range(0, len(data), _PART):
        more = int(start + _PART < len(data))
        first = f"a=T,U=1,f=100,i={number},c={picture.columns},r={picture.rows},q=2," if not start else ""
        yield f"\x1b_G{first}m={more};{data[start : start + _PART]}\x1b\\"
