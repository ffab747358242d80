"""Pixels as sixels: the graphics of DEC's VT340 (EK-VT3XX-TP, chapter 14), which many terminals understand."""

import re
from collections.abc import Iterator, Sequence

BAND = 6
"""Rows of pixels in a row of sixels."""
_OFFSET = 63
"""Added to six pixels, read as bits, makes a printable sign."""
_SHIFTED = bytes(min(value + _OFFSET, 255) for value in range(256))
_RUN = re.compile(rb"(.)\1{3,255}", re.DOTALL)


def sixels(indices: bytes, width: int, palette: Sequence[int]) -> bytes:
    """What stands between the introducer and the terminator of a picture.

    ``indices``: one byte a pixel, row by row; ``palette``: red, green and blue of each index, 0 to 255.
    """
    height = len(indices) // width
    parts = [f'"1;1;{width};{height}'.encode()]
    for index in sorted(set(indices)):
        red, green, blue = (round(value / 2.55) for value in palette[3 * index : 3 * index + 3])
        parts.append(f"#{index};2;{red};{green};{blue}".encode())
    for top in range(0, height, BAND):
        rows = [indices[row * width : (row + 1) * width] for row in range(top, min(top + BAND, height))]
        parts += [b"$".join(_band(rows, width)), b"-"]
    return b"".join(parts[:-1])


def _band(rows: Sequence[bytes], width: int) -> Iterator[bytes]:
    """A row of sixels, colour by colour; each begins at the left edge."""
    for index in sorted(set(b"".join(rows))):
        bits = 0
        for place, row in enumerate(rows):
            # A byte is a column here: up to six bits are gathered in it, so no column reaches into the next.
            bits |= int.from_bytes(row.translate(_only(index)), "big") << place
        signs = bits.to_bytes(width, "big").translate(_SHIFTED).rstrip(b"?")
        yield b"#%d%b" % (index, _RUN.sub(_shortened, signs))


_ONLY: dict[int, bytes] = {}


def _only(index: int) -> bytes:
    """A table that makes one colour 1 and all others 0."""
    if index not in _ONLY:
        _ONLY[index] = bytes(int(value == index) for value in range(256))
    return _ONLY[index]


def _shortened(run: re.Match[bytes]) -> bytes:
    return b"!%d%b" % (len(run[0]), run[1])
