"""Who is there, by what the panes tell of themselves. Pure."""

from collections.abc import Iterable

from cointicker.engine.pace import Level
from cointicker.engine.panes import Pane

_HERE = 900.0
"""Seconds without a key after which nobody looks at a pane that still has the focus."""
_LATELY = 300.0
"""The same where the terminal has never told of the focus."""
_GONE = 7200.0
"""Seconds without a key in any pane after which nobody is about, be it night or holiday."""
_ORDER = tuple(Level)


def level_of(panes: Iterable[Pane], now: float) -> Level:
    """Who is there. Without any pane a command was typed by somebody who waits."""
    levels = [_level(pane, now) for pane in panes]
    return min(levels, key=_ORDER.index, default=Level.WATCHED)


def _level(pane: Pane, now: float) -> Level:
    if pane.is_line:
        return Level.AWAY
    # A time to come is that of a clock that was wrong.
    idle = _GONE if pane.touched_at is None else max(0.0, now - pane.touched_at)
    if pane.focused is not False and idle < (_HERE if pane.focused else _LATELY):
        return Level.WATCHED
    if idle >= _GONE:
        return Level.ASLEEP
    return Level.AWAY if pane.focused is False else Level.SEEN
