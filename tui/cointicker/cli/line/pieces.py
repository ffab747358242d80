"""The pieces of a line, and which of them fit."""

from cointicker.text.cells import cell_width, fit

_LEAST = 12
"""Cells that a headline needs to say anything."""
MORE = "…"


class Piece:
    """Some text of a line."""

    __slots__ = ("cuttable", "ink", "raw", "short", "subject", "text")

    def __init__(
        self,
        text: str,
        subject: str = "",
        ink: str = "",
        *,
        raw: bool = False,
        cuttable: bool = False,
        short: str | None = None,
    ) -> None:
        self.text = text
        self.subject = subject
        """What it tells of: a coin, the headline …; empty for what stands between."""
        self.ink = ink
        """``up``, ``down`` or ``label``; empty for that of the bar."""
        self.raw = raw
        """It is the format's own, and not escaped."""
        self.cuttable = cuttable
        self.short = short
        """What it is where it would be the first of a line and has no room; ``None``: it stays as it is."""

    @property
    def cells(self) -> int:
        """Cells that it takes: a style takes none."""
        return 0 if self.ink == "style" else cell_width(self.text)


def fit_pieces(pieces: list[Piece], width: int | None) -> list[Piece]:
    """The pieces in so many cells.

    What tells of one subject stays or goes as a whole, with the text before it; only a headline is cut. Styles stay.
    The first subject is shown in its short form before it goes.
    """
    if width is None or sum(piece.cells for piece in pieces) <= width:
        return pieces
    groups = _groups(pieces)
    room = width - sum(piece.cells for piece in groups[0] if not piece.subject)
    kept: list[bool] = []
    begun = False
    for number, whole in enumerate(groups):
        group = whole
        if not begun and _needed(whole, first=not number, begun=False) > room:
            group = groups[number] = list(map(_shorten, whole))
        needed = _needed(group, first=not number, begun=begun)
        cuttable = any(piece.cuttable for piece in group)
        fits = needed <= room and not cuttable
        room -= needed if fits else 0
        kept.append(fits)
        begun = begun or fits or cuttable
    result: list[Piece] = []
    for number, (group, stays) in enumerate(zip(groups, kept, strict=True)):
        chosen = group
        if not stays:
            chosen = _shortened(group, room, first=not number)
            room -= sum(piece.cells for piece in chosen if number or piece.subject)
        if number and not _tells(result):
            chosen = _bare(chosen)
        result += chosen
    if _tells(result) and sum(piece.cells for piece in result) <= width:
        return result
    return [*(piece for piece in result if not piece.cells), Piece(MORE)]


def _needed(group: list[Piece], *, first: bool, begun: bool) -> int:
    """Cells of a group; what stands before the first is counted apart."""
    return sum(piece.cells for piece in (group if begun else _bare(group)) if not first or piece.subject)


def _shorten(piece: Piece) -> Piece:
    return piece if piece.short is None else Piece(piece.short, piece.subject, piece.ink)


def _bare(group: list[Piece]) -> list[Piece]:
    """A group without the text before it."""
    begun = False
    kept: list[Piece] = []
    for piece in group:
        begun = begun or bool(piece.subject)
        if begun or not piece.cells:
            kept.append(piece)
    return kept


def _tells(pieces: list[Piece]) -> bool:
    return any(piece.subject and piece.cells for piece in pieces)


def _groups(pieces: list[Piece]) -> list[list[Piece]]:
    """All pieces, in runs that tell of one subject, each with what stands before it."""
    groups: list[list[Piece]] = [[]]
    waiting: list[Piece] = []
    subject = ""
    for piece in pieces:
        if not piece.subject:
            waiting.append(piece)
            continue
        if subject and piece.subject != subject:
            groups.append([])
        groups[-1] += [*waiting, piece]
        waiting = []
        subject = piece.subject
    groups[-1] += waiting
    return groups


def _shortened(group: list[Piece], room: int, *, first: bool) -> list[Piece]:
    """A group that does not fit: its headline cut, else its styles alone and, of the first, what stands before."""
    around = sum(piece.cells for piece in group if not piece.cuttable and (piece.subject or not first))
    left = room - around
    longest = max((piece.cells for piece in group if piece.cuttable), default=0)
    if longest and left >= min(_LEAST, longest):
        return [
            Piece(fit(piece.text, left), piece.subject, piece.ink, raw=piece.raw) if piece.cuttable else piece
            for piece in group
        ]
    begun = False
    kept: list[Piece] = []
    for piece in group:
        begun = begun or bool(piece.subject)
        if piece.ink == "style" or (first and not begun):
            kept.append(piece)
    return kept
