"""Lines of code in a column that is narrower than they are."""

from cointicker.text.cells import cell_width, chunks

_DEEPER = "  "
"""Sets what goes on apart from what begins."""


def code_lines(text: str, width: int) -> list[str]:
    """A line of code in at most ``width`` cells: broken at its blanks where it can be, going on under its indent."""
    if cell_width(text) <= width:
        return [text]
    words = text.lstrip(" ")
    indent = text[: min(len(text) - len(words), width // 2)]
    first, rest = _part(words, width - len(indent))
    lines = [indent + first]
    further = (indent + _DEEPER)[: width // 2]
    while rest:
        piece, rest = _part(rest, width - len(further))
        lines.append(further + piece)
    return lines


def _part(words: str, room: int) -> tuple[str, str]:
    """What stands in one line, and the rest."""
    piece = chunks(words, max(1, room))[0]
    if len(piece) < len(words) and words[len(piece)] != " ":
        blank = piece.rfind(" ", len(piece) // 3)
        piece = piece[:blank] if blank > 0 else piece
    return piece.rstrip(" "), words[len(piece) :].lstrip(" ")
