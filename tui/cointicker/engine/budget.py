"""How a month's calls are shared out: fast while somebody looks, slowly else, and never all before the end. Pure.

Times are Unix seconds, days and months those of UTC, by which CoinGecko counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

DAY = 86_400.0
HOUR = 3600.0
LONGEST = 900.0
"""Seconds that prices may be old while nobody looks, as long as the budget bears it."""
_HABIT = 4 * HOUR
"""Seconds of a day that somebody is taken to look, before that is known."""
_OTHERS = 6.0
"""Calls of a day that are not for quotes, before that is known."""
_TRUST = 0.7
"""How many days of use such a guess weighs; it fades as they do."""
_FADES = 0.7
"""What a day weighs less than the one after it."""
DAYS_SEEN = 7
"""Days back that habits are taken from."""
_MOST_FOR_OTHERS = 0.25
"""The largest part of what is left that may be set aside for calls other than quotes."""
_KEPT_BACK = 0.2
"""The part of what is too much that stays unspent: habits change."""
_SAME = 1.02
"""An interval that need be longer by no more than this is left as it is: habits are not known that closely."""
_NEARLY = 0.95
"""The part of a month that is as good as all of it: days differ."""


def month_start(now: float) -> float:
    """The beginning of the month, when CoinGecko counts anew."""
    moment = datetime.fromtimestamp(now, UTC)
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp()


def month_end(now: float) -> float:
    """The beginning of the next month."""
    moment = datetime.fromtimestamp(now, UTC)
    year, month = (moment.year + 1, 1) if moment.month == 12 else (moment.year, moment.month + 1)
    return datetime(year, month, 1, tzinfo=UTC).timestamp()


def day_number(now: float) -> int:
    """The day, counted from the beginning of Unix time."""
    return int(now // DAY)


@dataclass(frozen=True, slots=True)
class Day:
    """What the ledger holds of one day."""

    number: int
    """As ``day_number`` counts."""
    calls: int = 0
    """Every try, whatever came of it."""
    quotes: int = 0
    """Those that were for quotes."""
    watched: float = 0.0
    """Seconds that somebody looked."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What is to be expected of the time to come."""

    watched: float
    """Seconds, until the end of the month, that somebody will look."""
    others: float
    """Calls, until the end of the month, that will not be for quotes."""


def habits_of(days: Sequence[Day], now: float) -> Habits:
    """What the last days let expect of the rest of the month."""
    today = next((day for day in days if day.number == day_number(now)), Day(day_number(now)))
    past = [day for day in days if today.number - DAYS_SEEN <= day.number < today.number]
    seen = {day.number: day for day in past}
    span = [seen.get(number, Day(number)) for number in range(min(seen, default=today.number), today.number)]
    weights = [_FADES ** (today.number - 1 - day.number) for day in span]
    trust = _TRUST * _FADES ** len(span)
    total = trust + sum(weights)

    def usual(guess: float, values: Sequence[float]) -> float:
        told = sum(weight * value for weight, value in zip(weights, values, strict=True))
        return (guess * trust + told) / total

    watched = usual(_HABIT, [day.watched for day in span])
    others = usual(_OTHERS, [float(max(0, day.calls - day.quotes)) for day in span])
    others_today = float(max(0, today.calls - today.quotes))
    left_of_day = DAY - now % DAY
    days_after = max(0.0, (month_end(now) - now - left_of_day) / DAY)
    each_day = watched if today.watched <= watched else (watched * total + today.watched) / (total + 1)
    each_day_others = others if others_today <= others else (others * total + others_today) / (total + 1)
    return Habits(
        _rest_of_today(today.watched, watched, each_day, now) + each_day * days_after,
        max(0.0, each_day_others - others_today) + each_day_others * days_after,
    )


def _rest_of_today(so_far: float, usual: float, expected: float, now: float) -> float:
    """Seconds that somebody will look until midnight; who has looked for half as long again as usual goes on so."""
    gone = now % DAY
    left = DAY - gone
    unusual = min(1.0, max(0.0, so_far / usual - 1) * 2) if usual else 1.0
    share = min(1.0, so_far / gone) if gone else 0.0
    return min(left, max(0.0, expected - so_far, share * left * unusual))


@dataclass(frozen=True, slots=True)
class Plan:
    """How often to ask for quotes, so that the calls last the month."""

    watched: float
    """Seconds between two fetches while somebody looks."""
    unwatched: float
    """The same while nobody does: the least that the budget bears."""
    spare: float = float("inf")
    """Calls that quotes will leave over."""
    per_day: float = 0.0
    """Calls of a day, as planned."""


def plan(floor: float, left: int | None, calls_each: int, habits: Habits, now: float) -> Plan:
    """The plan for the rest of the month; ``left`` calls, ``None`` without a budget; ``calls_each`` fetch.

    What is seldom enough while nobody looks comes first, then what is asked while somebody does; only where that
    would be as seldom are both the same. With nothing left the next fetch is next month's.
    """
    if left is None:
        return Plan(floor, floor)
    rest = month_end(now) - now
    watched = min(habits.watched, rest)
    unwatched = rest - watched
    slow = max(floor, LONGEST)
    for_others = min(habits.others, left * _MOST_FOR_OTHERS)
    fetches = (left - for_others) / calls_each
    if fetches < 1:
        return Plan(max(floor, rest), max(floor, rest), 0.0)
    days = rest / DAY
    spare = fetches - watched / floor - unwatched / slow
    if spare >= 0:
        off = unwatched / (unwatched / slow + spare * (1 - _KEPT_BACK)) if unwatched else slow
        per_day = (watched / floor + unwatched / slow) * calls_each + for_others
        return Plan(floor, max(floor, off), spare * calls_each, per_day / days)
    for_watching = fetches - unwatched / slow
    fast = watched / for_watching if for_watching > 0 else float("inf")
    if fast <= slow:
        return Plan(floor if fast <= floor * _SAME else fast, slow, 0.0, left / days)
    return Plan(rest / fetches, rest / fetches, 0.0, left / days)


@dataclass(frozen=True, slots=True)
class Budget:
    """How a month's calls stand."""

    monthly: int
    used: int
    """This month, by all panes and commands."""
    today: int
    left: int
    per_day: float
    """Calls of the last day, or as planned before there was one."""
    resets_at: float
    """The beginning of the next month, Unix seconds."""
    lasts_until: float | None = None
    """When they would be used up at that rate; ``None``: not this month."""


def budget_of(monthly: int, days: Sequence[Day], per_day: float, now: float) -> Budget:
    """How the month stands by the ledger's days; ``per_day``: as planned."""
    this, resets_at = day_number(now), month_end(now)
    first, next_month = day_number(month_start(now)), day_number(resets_at)
    by_number = {day.number: day.calls for day in days}
    used = sum(calls for number, calls in by_number.items() if first <= number < next_month)
    today, left = by_number.get(this, 0), max(0, monthly - used)
    if this - 1 in by_number:
        per_day = today + by_number[this - 1] * (1 - now % DAY / DAY)
    until = now + left / per_day * DAY if per_day > 0 else resets_at
    lasts = until - now >= (resets_at - now) * _NEARLY or until > resets_at - DAY
    return Budget(monthly, used, today, left, per_day, resets_at, None if lasts else until)
