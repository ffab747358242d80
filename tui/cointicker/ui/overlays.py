"""Cells of a drawn row drawn over: in another style, or with other words."""

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from cointicker.text.cells import cell_width, fit

Piece = tuple[str, Style]


def restyle(strip: Strip, start: int, end: int, style: Style) -> Strip:
    """The strip with ``style`` laid over its cells from ``start`` to before ``end``."""
    end = min(end, strip.cell_length)
    if start >= end:
        return strip
    middle = [Segment(text, (own or Style.null()) + style, control) for text, own, control in strip.crop(start, end)]
    return Strip.join([strip.crop(0, start), Strip(middle, end - start), strip.crop(end)])


def put_over(strip: Strip, start: int, end: int, pieces: Sequence[Piece], ground: Style) -> Strip:
    """The strip with pieces in place of its cells from ``start`` to before ``end``, filled or cut to these."""
    end = min(end, strip.cell_length)
    if start >= end:
        return strip
    segments: list[Segment] = []
    room = end - start
    for text, style in pieces:
        kept = fit(text, room)
        room -= cell_width(kept)
        segments.append(Segment(kept, style))
    if room:
        segments.append(Segment(" " * room, ground))
    return Strip.join([strip.crop(0, start), Strip(segments, end - start), strip.crop(end)])
