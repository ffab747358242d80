"""How much hurry there is, by who is there and by what the month's calls bear. Pure."""

from dataclasses import dataclass
from enum import Enum

from cointicker.engine.budget import LONGEST, Plan


class Level(Enum):
    """Who is there, the one who is closest first."""

    WATCHED = "somebody looks"
    SEEN = "no key was pressed for a while"
    """A pane can be seen, but nobody has touched it lately."""
    AWAY = "no pane has the focus"
    ASLEEP = "nobody was here for hours"


_WISHES = {Level.WATCHED: 0.0, Level.SEEN: 180.0, Level.AWAY: 300.0, Level.ASLEEP: LONGEST}
"""Seconds between two fetches that are soon enough for each."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often quotes are fetched now, and why."""

    level: Level = Level.WATCHED
    seconds: float = 60.0
    """Between two fetches."""
    floor: float = 60.0
    """What the person set."""
    stretched: bool = False
    """The calls of the month would not bear it more often."""
    alerts: bool = False
    """It is more often than it need be, because an alert waits for a price."""


def pace_of(level: Level, plan: Plan, floor: float, alerts: float | None = None) -> Pace:
    """The pace; ``alerts``: seconds that alerts would have at the longest, ``None`` where none wait for a price."""
    if level is Level.WATCHED:
        return Pace(level, max(floor, plan.watched), floor, stretched=plan.watched > floor)
    wish = max(floor, _WISHES[level])
    hurried = alerts is not None and alerts < wish
    if alerts is not None and hurried:
        wish = max(floor, alerts)
    bearable = max(plan.watched, plan.unwatched)
    return Pace(level, max(wish, bearable), floor, stretched=bearable > wish, alerts=hurried)
