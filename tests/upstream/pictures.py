"""Pictures as web sites send them, made here."""

from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

SKY, HALL, DOOR = (70, 110, 170), (150, 90, 60), (240, 220, 120)
"""The colours of the drawing: the upper half, the lower half and what stands in the middle of that."""


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    """A picture as a file."""
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def hall(width: int = 800, height: int = 450) -> Image.Image:
    """A hall that nobody built."""
    image = Image.new("RGB", (width, height), SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height // 2, width, height), HALL)
    draw.rectangle((width * 2 // 5, height * 5 // 8, width * 3 // 5, height), DOOR)
    return image


@cache
def drawing(kind: str) -> bytes:
    """The hall as a file."""
    return encoded(hall(), kind)
