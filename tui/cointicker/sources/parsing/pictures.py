"""Pictures from outside as pixels of the size that a terminal shows, in the worker process only."""

import struct
import zlib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from math import ceil

from PIL import Image, ImageOps, UnidentifiedImageError

from cointicker.domain.freshness import Cause
from cointicker.domain.pictures import Way
from cointicker.sources.parsing import Result, UnreadableError
from cointicker.sources.parsing.sixels import BAND, sixels

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
_MOST_PIXELS = 30_000_000
"""Of a picture as it comes; four bytes each are in memory until it is made smaller."""
_LEAST_SIDE = 8
"""Pixels; what is smaller counts visits, or parts columns."""
_MOST_SHOWN = 1_000_000
"""Pixels of a picture as it is sent to the terminal, which enlarges it where there is room for more."""
_EVEN = frozenset({"L", "LA", "RGB", "RGBA"})
"""Modes in which neighbours can be averaged: eight bits a channel, no palette."""
_COLOURS = 200
"""Of a picture in sixels."""
_CELL_COLOURS = 128
"""Of a picture in cells: half of the bytes and of the time that all of its colours take, and nobody sees it."""
_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""What Pillow raises over files that break off or lie about themselves."""

Image.MAX_IMAGE_PIXELS = None
"""Pillow's own bound raises errors of no known kind; ours is looked at as soon as a header is read."""


def parse_picture(
    body: bytes, *, way: str, columns: int, rows: int, cell: tuple[int, int], ground: tuple[int, int, int]
) -> Result:
    """The picture for a ``Room``; the first one of several. Raises ``UnreadableError``."""
    with _in_words():
        image = _open(body)
        width, height = image.size
        _check_size(width, height)
        image = _turn(_shrink(image, columns * cell[0], rows * cell[1]))
        if (image.width > image.height) != (width > height):  # it was stored lying on its side
            width, height = height, width
        shown = _fit((width, height), columns, rows, tuple(cell), _MOST_SHOWN if way == Way.SIXEL.value else None)
        flat = _flatten(image, (shown[0] * cell[0], shown[1] * cell[1]), tuple(ground))
        return _result(flat, Way(way), shown)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except UnreadableError:
        raise
    except UnidentifiedImageError as error:
        raise UnreadableError("sent no picture of a kind that can be shown") from error
    except _BROKEN as error:
        raise UnreadableError("sent a picture that is damaged or incomplete") from error


def _open(body: bytes) -> Image.Image:
    return Image.open(BytesIO(body), formats=_FORMATS)


def _check_size(width: int, height: int) -> None:
    if width * height > _MOST_PIXELS:
        raise UnreadableError(f"sent a picture of {width:,} × {height:,} pixels, too large to show", Cause.TOO_LARGE)
    if min(width, height) < _LEAST_SIDE:
        raise UnreadableError(f"sent a picture of {width} × {height} pixels, too small to show")


def _shrink(image: Image.Image, width: int, height: int) -> Image.Image:
    """The pixels, fewer of them where there are far more than are shown: nothing of their number is ever copied."""
    image.draft("RGB", (2 * width, 2 * height))  # JPEG can be read at a fraction of its size
    image.load()
    factor = max(1, min(image.width // (2 * width), image.height // (2 * height)))
    if factor == 1 or image.mode not in _EVEN:
        return image
    fewer = image.reduce(factor)
    fewer.getexif().update(image.getexif())
    return fewer


def _turn(image: Image.Image) -> Image.Image:
    """The picture as it was held: cameras note how they were turned."""
    with suppress(*_BROKEN):  # the notes may be damaged, and the picture not
        ImageOps.exif_transpose(image, in_place=True)
    return image


def _fit(size: tuple[int, int], columns: int, rows: int, cell: tuple[int, ...], most: int | None) -> tuple[int, int]:
    """Columns and rows that a picture takes of those that it may, in its own proportions and not enlarged.

    ``most``: pixels that it may have as it is shown.
    """
    width, height = size
    scale = min(1.0, columns * cell[0] / width, rows * cell[1] / height)
    if most is not None:
        scale = min(scale, (most / (width * height)) ** 0.5)
    across, down = width * scale / cell[0], height * scale / cell[1]
    return max(1, min(columns, ceil(across - 0.5))), max(1, min(rows, ceil(down - 0.5)))


def _flatten(image: Image.Image, size: tuple[int, int], ground: tuple[int, ...]) -> Image.Image:
    """In the size and colours in which it is shown, on the ground that shows through it."""
    shrink = min(1.0, (_MOST_SHOWN / (size[0] * size[1])) ** 0.5)
    size = max(1, int(size[0] * shrink)), max(1, int(size[1] * shrink))
    if image.mode.startswith("I") or image.mode == "F":  # 16 bits a channel, or more
        image = image.point(lambda value: value / 256).convert("L")
    if not image.has_transparency_data:
        return image.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    clear = image.convert("RGBA").resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    under = Image.new("RGBA", size, (*ground[:3], 255))
    return Image.alpha_composite(under, clear).convert("RGB")


def _result(flat: Image.Image, way: Way, shown: tuple[int, int]) -> Result:
    small = flat.resize((shown[0], 2 * shown[1]), Image.Resampling.BOX)
    small = small.quantize(_CELL_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).convert("RGB")
    return {
        "columns": shown[0],
        "rows": shown[1],
        "pixels": b64encode(small.tobytes()).decode(),
        "data": b64encode(_data(flat, way)).decode(),
    }


def _data(flat: Image.Image, way: Way) -> bytes:
    match way:
        case Way.KITTY:
            file = BytesIO()
            flat.save(file, "PNG", compress_level=6)
            return file.getvalue()
        case Way.SIXEL:
            flat = flat.crop((0, 0, flat.width, max(flat.height // BAND, 1) * BAND))  # or it might scroll the screen
            few = flat.quantize(_COLOURS, Image.Quantize.FASTOCTREE)  # the others take a second
            return sixels(few.tobytes(), few.width, few.getpalette() or [])
        case Way.BLOCKS:
            return b""
