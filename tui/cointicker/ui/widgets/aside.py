"""What the price bar says of the state of things in a pane that has no status line."""

from cointicker.domain.freshness import Failed, Fresh
from cointicker.engine.state import Notice, Snapshot
from cointicker.text.cells import cell_width
from cointicker.ui.inks import Inks
from cointicker.ui.widgets.lines import Piece
from cointicker.ui.words import market_age, market_trouble, no_prices, short_trouble

_LEAST = 12
"""Cells that either a reason or the time of the next try needs to say anything."""


def message(snapshot: Snapshot, notice: Notice | None, inks: Inks, now: float) -> list[Piece]:
    """What takes the place of the prices: a notice, or why there are none at all. Empty while they may be shown."""
    if notice is not None:
        return [(notice.text, inks("down" if notice.grave else "accent", "bar"))]
    if isinstance(snapshot.market.freshness, Failed) or snapshot.offline:
        return [(" ".join(filter(None, no_prices(snapshot, now)[:2])), inks("text", "bar"))]
    return []


def state_mark(snapshot: Snapshot, inks: Inks, now: float) -> list[Piece]:
    """How old the prices are, once they are not new any more; nothing before."""
    state = snapshot.market.freshness
    ink, age = market_age(snapshot, now)
    if ink == "label" or (isinstance(state, Fresh) and ink != "accent"):
        return []
    return [("● ", inks(ink, "bar")), (f"{age.removesuffix(' ago')} ", inks("label", "bar"))]


def reason(snapshot: Snapshot, inks: Inks, now: float, room: int) -> list[Piece]:
    """Why they are old and when it is tried again, as much as fits the cells that are left beside the mark."""
    trouble = market_trouble(snapshot, now)
    if not trouble or room < min(_LEAST, cell_width(trouble) + 1):
        return []
    return [(f"{short_trouble(snapshot, now, room - 1)} ", inks("label", "bar"))]
