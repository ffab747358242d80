"""One line about what happened while the person looked away: as many whole coins as fit, headlines, alerts."""

from cointicker.engine.looking_away import LookedAway
from cointicker.engine.naming import symbol_of
from cointicker.engine.state import Snapshot
from cointicker.text.cells import cell_width
from cointicker.text.numbers import direction, format_age, format_change
from cointicker.ui.inks import Inks
from cointicker.ui.widgets.lines import Piece

_SHORT = 80
"""Cells below which it is said in fewer words."""
_GAP = 2
"""Blanks between two things."""
_INKS = {1: "up", -1: "down", 0: "secondary"}


def away_pieces(told: LookedAway, snapshot: Snapshot, inks: Inks, room: int) -> list[Piece]:
    """The line, in so many cells; what is left out are the coins that moved least, then headlines, then the time."""
    short = room < _SHORT
    lead = [(f"away {format_age(told.seconds)}", inks("label", "bar"))]
    alerts = _alerts(told, inks, room, short=short)
    headlines = [(f"{told.headlines} new{'' if short else _of(told.headlines)}", inks("unread", "bar"))]
    tail = [*([headlines] if told.headlines else []), *([alerts] if alerts else [])]
    groups = [lead, *tail]
    while len(groups) > 1 and _cells(groups) > room:
        groups = groups[1:]
    free = room - _cells(groups)
    at = 1 if groups[0] is lead else 0
    for coin, percent in told.moves:
        move = [
            (f"{symbol_of(coin, snapshot)} ", inks("secondary", "bar")),
            (snapshot.settings.ui.regroup(format_change(percent)), inks(_INKS[direction(percent)], "bar")),
        ]
        free -= _cells([move]) + _GAP
        if free < 0:
            break
        groups.insert(at, move)
        at += 1
    gap = ("  ", inks("label", "bar"))
    return [piece for number, group in enumerate(groups) for piece in ([gap, *group] if number else group)]


def _cells(groups: list[list[Piece]]) -> int:
    return sum(cell_width(text) for group in groups for text, _ in group) + _GAP * (len(groups) - 1)


def _alerts(told: LookedAway, inks: Inks, room: int, *, short: bool) -> list[Piece]:
    """One alert in its own words where they leave room for more, else how many there were."""
    count = len(told.firings)
    if not count:
        return []
    text = f"{count} alert{'s' if count > 1 else ''}{'' if short else ' fired'}"
    if count == 1 and cell_width(told.firings[0].text) <= room // 2:
        text = told.firings[0].text
    return [(text, inks("accent", "bar", "bold"))]


def _of(count: int) -> str:
    return " headline" if count == 1 else " headlines"
