"""How many cells of a terminal a safe text takes."""

import unicodedata


def cell_width(text: str) -> int:
    """Cells of a text that ``clean`` made: two for wide letters (Unicode TR 11), none for combining marks."""
    if text.isascii():
        return len(text)
    width = 0
    for sign in text:
        if unicodedata.category(sign)[0] == "M":
            continue
        width += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
    return width


def fit(text: str, width: int) -> str:
    """The text in at most ``width`` cells, with ``…`` where it was cut."""
    if cell_width(text) <= width:
        return text
    if width <= 0:
        return ""
    room, kept = width - 1, []
    for sign in text:
        room -= cell_width(sign)
        if room < 0:
            break
        kept.append(sign)
    return "".join(kept).rstrip() + "…"


def fit_end(text: str, width: int) -> str:
    """The end of the text in at most ``width`` cells, with ``…`` where it was cut."""
    return fit(text[::-1], width)[::-1] if cell_width(text) > width else text


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled with spaces to ``width`` cells; ``right`` sets it to the right."""
    gap = " " * max(0, width - cell_width(text))
    return gap + text if right else text + gap


def chunks(text: str, width: int) -> list[str]:
    """The text in pieces of at most ``width`` cells."""
    pieces = [""]
    used = 0
    for sign in text:
        cells = cell_width(sign)
        if used + cells > width and pieces[-1]:
            pieces.append("")
            used = 0
        pieces[-1] += sign
        used += cells
    return pieces
