"""Pictures from outside: fitted, turned and flattened, or refused in words; never an exception, never a bomb."""

import struct
import zlib
from base64 import b64decode
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cointicker.domain.freshness import Cause
from cointicker.sources.parsing import UnreadableError
from cointicker.sources.parsing.pictures import parse_picture
from cointicker.sources.parsing.sixels import sixels
from sources.sixel_reader import read_sixels
from ui.samples import few
from upstream.pictures import HALL, SKY, encoded, hall

CELL = (10, 20)
GROUND = (15, 18, 24)
TURNED = 6
"""Of EXIF: to be turned a quarter to the right (CIPA DC-008, "Orientation")."""
ORIENTATION = 0x0112


def parsed(body: bytes, way: str = "blocks", columns: int = 40, rows: int = 20) -> dict[str, Any]:
    return parse_picture(body, way=way, columns=columns, rows=rows, cell=CELL, ground=GROUND)


def shape(result: dict[str, Any]) -> tuple[int, int]:
    return result["columns"], result["rows"]


def pixels(result: dict[str, Any]) -> Image.Image:
    return Image.frombytes("RGB", (result["columns"], 2 * result["rows"]), b64decode(result["pixels"]))


def near(one: Any, other: tuple[int, ...], within: int = 12) -> bool:
    return all(abs(a - b) <= within for a, b in zip(one, other, strict=True))


def refused(body: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as error:
        parsed(body)
    return error.value


def png_header(width: int, height: int) -> bytes:
    """A PNG of which nothing but the header is there, and where the pixels would begin."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    head = struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + head + struct.pack(">I", 1000) + b"IDAT"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_the_usual_kinds_are_shown_in_their_colours(kind: str) -> None:
    shown = pixels(parsed(encoded(hall(), kind)))
    assert near(shown.getpixel((2, 2)), SKY)
    assert near(shown.getpixel((2, shown.height - 2)), HALL)


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((800, 400), (40, 10)),
        ((400, 800), (20, 20)),
        ((100, 100), (10, 5)),
        ((4000, 40), (40, 1)),
        ((8, 4000), (1, 20)),
    ],
    ids=["as wide as there is room", "as high", "not enlarged", "a strip", "a pillar"],
)
def test_a_picture_keeps_its_proportions_within_its_room(size: tuple[int, int], wanted: tuple[int, int]) -> None:
    assert shape(parsed(encoded(Image.new("RGB", size), "PNG"))) == wanted


def test_what_shows_through_is_the_ground_of_the_theme() -> None:
    clear = Image.new("RGBA", (200, 200), (255, 255, 255, 0))
    assert near(pixels(parsed(encoded(clear, "PNG"))).getpixel((3, 3)), GROUND, 0)
    few_colours = clear.convert("P")
    few_colours.info["transparency"] = few_colours.getpixel((0, 0))
    assert near(pixels(parsed(encoded(few_colours, "GIF", transparency=0))).getpixel((3, 3)), GROUND, 0)


def test_of_a_film_the_first_picture_is_shown() -> None:
    frames = [Image.new("RGB", (100, 100), colour) for colour in (SKY, HALL)]
    film = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert near(pixels(parsed(film)).getpixel((0, 0)), SKY)


@pytest.mark.parametrize("large", [False, True], ids=["small", "made smaller first"])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_that_was_held_sideways_is_turned(kind: str, large: bool) -> None:
    notes = Image.Exif()
    notes[ORIENTATION] = TURNED
    size = (3200, 1600) if large else (320, 160)
    result = parsed(encoded(hall(*size), kind, exif=notes))
    assert result["columns"] * CELL[0] < result["rows"] * CELL[1]
    assert near(pixels(result).getpixel((0, 0)), HALL)
    assert near(pixels(result).getpixel((result["columns"] - 1, 0)), SKY)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGB", "RGBA"])
def test_every_way_of_keeping_colours_is_understood(mode: str) -> None:
    image = Image.new("I;16", (64, 64), 0xFFFF) if mode == "I;16" else Image.new("RGB", (64, 64), "white").convert(mode)
    assert near(pixels(parsed(encoded(image, "PNG"))).getpixel((1, 1)), (255, 255, 255))


def test_for_kitty_it_is_a_png_of_the_cells_it_takes() -> None:
    result = parsed(encoded(hall(), "JPEG"), "kitty")
    image = Image.open(BytesIO(b64decode(result["data"])))
    assert (image.format, image.size) == ("PNG", (result["columns"] * CELL[0], result["rows"] * CELL[1]))


def test_for_kitty_no_more_is_sent_than_a_million_pixels() -> None:
    body = encoded(Image.new("RGB", (5000, 4000)), "PNG")
    result = parse_picture(body, way="kitty", columns=120, rows=60, cell=(30, 60), ground=GROUND)
    width, height = Image.open(BytesIO(b64decode(result["data"]))).size
    assert width * height <= 1_000_000


def test_in_sixels_it_covers_no_more_than_its_cells() -> None:
    result = parsed(encoded(hall(), "PNG"), "sixel")
    width, height, read = read_sixels(b64decode(result["data"]))
    assert width == result["columns"] * CELL[0]
    assert result["rows"] * CELL[1] - 6 < height <= result["rows"] * CELL[1]
    assert height % 6 == 0
    assert near(read[2][2], SKY)
    assert near(read[height - 2][2], HALL)


@given(st.integers(1, 40), st.integers(1, 20), st.randoms(use_true_random=False))
@few
def test_sixels_say_what_was_drawn(width: int, height: int, chance: Any) -> None:
    indices = bytes(chance.choice((0, 0, 0, 1, 2, 255)) for _ in range(width * height))
    palette = [value for index in range(256) for value in (index, 0, 255 - index)]
    _, _, read = read_sixels(sixels(indices, width, palette))
    for place, index in enumerate(indices):
        assert near(read[place // width][place % width], (index, 0, 255 - index), 2)


def test_a_header_that_announces_too_much_is_all_that_is_read() -> None:
    error = refused(png_header(20_000, 20_000))
    assert str(error) == "sent a picture of 20,000 × 20,000 pixels, too large to show"
    assert error.cause is Cause.TOO_LARGE


@pytest.mark.parametrize("size", [(1, 1), (1000, 2)])
def test_what_only_counts_visits_is_no_picture(size: tuple[int, int]) -> None:
    assert "too small to show" in str(refused(encoded(Image.new("RGB", size), "GIF")))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_file_that_breaks_off_is_said_to(kind: str) -> None:
    body = encoded(Image.effect_noise((300, 300), 50).convert("RGB"), kind)
    assert str(refused(body[: len(body) // 2])) == "sent a picture that is damaged or incomplete"


@pytest.mark.parametrize("body", [b"", b"GIF89a", b"BM" + bytes(60), b"%!PS-Adobe-3.0 EPSF-3.0\n", b"<svg/>"])
def test_no_other_kinds_are_tried(body: bytes) -> None:
    assert str(refused(body)) in {
        "sent no picture of a kind that can be shown",
        "sent a picture that is damaged or incomplete",
    }


@given(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255))))
@few
def test_a_damaged_file_is_shown_or_refused(kind: str, damage: list[tuple[float, int]]) -> None:
    body = bytearray(encoded(hall(64, 36), kind))
    for place, value in damage:
        body[int(place * (len(body) - 1))] = value
    try:
        result = parsed(bytes(body))
    except UnreadableError:
        return
    assert len(b64decode(result["pixels"])) == 6 * result["columns"] * result["rows"]
