"""Hours, days, months and years along an axis of time, in the person's time zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

_HOUR = 3600.0
_DAY = 24 * _HOUR
_GAP = 3
"""Least cells between two labels."""


@dataclass(frozen=True, slots=True)
class TimeTick:
    """A moment worth a label."""

    at: float
    """Unix seconds."""
    label: str


@dataclass(frozen=True, slots=True)
class _Step:
    unit: str
    count: int
    seconds: float
    cells: int
    """Cells of its labels."""


_STEPS = (
    *(_Step("minute", count, count * 60.0, 5) for count in (1, 5, 15, 30)),
    *(_Step("hour", count, count * _HOUR, 6) for count in (1, 2, 3, 4, 6, 12)),
    *(_Step("day", count, count * _DAY, 6) for count in (1, 2, 3, 5, 7, 14)),
    *(_Step("month", count, count * 30.4 * _DAY, 4) for count in (1, 2, 3, 6)),
    *(_Step("year", count, count * 365.2 * _DAY, 4) for count in (1, 2, 5, 10, 20)),
)


def time_ticks(start: float, end: float, width: int, zone: tzinfo | None = None) -> list[TimeTick]:
    """Round moments from ``start`` to ``end`` (Unix seconds), as close as labels on ``width`` cells allow.

    ``zone``: the local one where it is not given.
    """
    reach = end - start
    if reach <= 0 or width <= 0:
        return []
    step = next((each for each in _STEPS if reach / each.seconds * (each.cells + _GAP) <= width), _STEPS[-1])
    return [TimeTick(moment.timestamp(), _label(moment, step)) for moment in _moments(start, end, step, zone)]


def _moments(start: float, end: float, step: _Step, zone: tzinfo | None) -> Iterator[datetime]:
    moment = _floor(datetime.fromtimestamp(start, zone), step)
    while True:
        # Naive local times are stepped, so that a day of 23 hours still ends at midnight.
        aware = moment.replace(tzinfo=zone) if zone is not None else moment
        if aware.timestamp() > end:
            return
        if aware.timestamp() >= start:
            yield aware
        moment = _next(moment, step)


def _floor(moment: datetime, step: _Step) -> datetime:
    """The last round moment before, without a time zone."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    match step.unit:
        case "minute" | "hour":
            return midnight
        case "day":
            return midnight - timedelta(days=midnight.toordinal() % step.count)
        case "month":
            return midnight.replace(day=1, month=(midnight.month - 1) // step.count * step.count + 1)
    return midnight.replace(day=1, month=1, year=max(1, midnight.year // step.count * step.count))


def _next(moment: datetime, step: _Step) -> datetime:
    match step.unit:
        case "minute":
            return moment + timedelta(minutes=step.count)
        case "hour":
            return moment + timedelta(hours=step.count)
        case "day":
            return moment + timedelta(days=step.count)
        case "month":
            months = moment.month - 1 + step.count
            return moment.replace(year=moment.year + months // 12, month=months % 12 + 1)
    return moment.replace(year=moment.year + step.count)


def _label(moment: datetime, step: _Step) -> str:
    """What is new at a moment: the hour, at midnight the day, in January the year."""
    first_of_year = moment.month == 1 and moment.day == 1 and moment.hour == 0
    match step.unit:
        case "minute" | "hour" if moment.hour or moment.minute:
            return moment.strftime("%H:%M")
        case "minute" | "hour" | "day":
            return moment.strftime("%-d %b")
        case "month" if not first_of_year:
            return moment.strftime("%b")
    return moment.strftime("%Y")
