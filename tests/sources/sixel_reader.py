"""Reads sixels back into pixels, as a terminal would."""

import re

_SIXEL = re.compile(
    rb'"(?P<raster>[\d;]+)|#(?P<register>\d+);2;(?P<colour>[\d;]+)|#(?P<pick>\d+)|!(?P<times>\d+)(?P<run>[?-~])'
    rb"|(?P<sign>[?-~])|(?P<back>\$)|(?P<next>-)"
)

Pixel = tuple[int, int, int]


def read_sixels(data: bytes) -> tuple[int, int, list[list[Pixel]]]:
    """Width, height and pixels row by row. ``AssertionError`` for what is no sixel."""
    width = height = 0
    pixels: list[list[Pixel]] = []
    registers: dict[int, Pixel] = {}
    ink: Pixel = (0, 0, 0)
    x = y = place = 0
    while place < len(data):
        found = _SIXEL.match(data, place)
        assert found is not None, data[place : place + 20]
        place = found.end()
        if raster := found["raster"]:
            _, _, width, height = map(int, raster.split(b";"))
            pixels = [[(-1, -1, -1)] * width for _ in range(height)]
        elif register := found["register"]:
            red, green, blue = (round(int(part) * 2.55) for part in found["colour"].split(b";"))
            registers[int(register)] = red, green, blue
        elif pick := found["pick"]:
            ink = registers[int(pick)]
        elif found["back"]:
            x = 0
        elif found["next"]:
            x, y = 0, y + 6
        else:
            bits = (found["run"] or found["sign"])[0] - 63
            end = x + int(found["times"] or 1)
            for row in range(6):
                if bits >> row & 1:
                    pixels[y + row][x:end] = [ink] * (end - x)
            x = end
    return width, height, pixels
