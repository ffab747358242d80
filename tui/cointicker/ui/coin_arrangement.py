"""How the parts of a coin's screen share the height of the news pane. Pure."""

from dataclasses import dataclass

from cointicker.ui.widgets.coin_facts import facts_rows
from cointicker.ui.widgets.coin_head import HEAD_ROWS

_LEAST_CHART = 9
"""Rows with the spans and the crosshair's words; below it other parts give way."""
_LEAST_NEWS = 4
_MOST_NEWS = 12


@dataclass(frozen=True, slots=True)
class CoinRooms:
    """Rows of each part; 0: not shown."""

    head: int
    chart: int
    facts: int
    """With the empty rows around them."""
    news: int
    rows_each: int
    """Rows of a headline."""


def share_rooms(width: int, height: int) -> CoinRooms:
    """The parts in a pane of so many cells: the chart gets most, facts go before headlines do."""
    head = HEAD_ROWS if height >= 6 else 1
    left = height - head
    if left < _LEAST_CHART:
        return CoinRooms(head, 0, 0, left, 1)
    air = 1 if height >= 26 else 0
    head += air
    left -= air
    facts = facts_rows(width) + 2 * air
    news = max(_LEAST_NEWS, min(_MOST_NEWS, left * 3 // 10))
    if left - facts - news < _LEAST_CHART:
        facts = 0
    if left - facts - news < _LEAST_CHART:
        news = max(0, left - _LEAST_CHART)
    return CoinRooms(head, left - facts - news, facts, news, 2 if news >= 9 else 1)
