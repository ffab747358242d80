"""How a month's calls are shared out: fast while somebody looks, slowly else, and never all before the end. Pure.

Times are Unix seconds, days and months those of UTC, by which CoinGecko counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

DAY = 86_400.0
HOUR = 3600.0
LONGEST = 900.0
"""Seconds that prices may be old while nobody looks, as long as the budget bears it."""
_HABIT = 4 * HOUR
"""Seconds of a day that somebody is taken to look, before that is known."""
_OTHERS = 6.0
"""Calls of a day that are not for quotes, before that is known."""
_TRUST = 0.7
"""How many days of use such a guess weighs before the first is over."""
_DOUBTED = 0.3
"""What is left of that weight after each day."""
_FADES = 0.7
"""What a day weighs less than the one after it."""
DAYS_SEEN = 7
"""Days back that habits are taken from."""
_MOST_FOR_OTHERS = 0.5
"""The largest part of what is left that may be set aside for calls other than quotes."""
_KEPT_BACK = 0.2
"""The part of what is too much that stays unspent: habits change."""
_SAME = 1.02
"""An interval that need be longer by no more than this is left as it is: habits are not known that closely."""
_NEARLY = 0.95
"""The part of a month that is as good as all of it: days differ."""


def month_start(now: float) -> float:
    """The beginning of the month, when CoinGecko counts anew."""
    return _month_of(day_number(now))[0]


def month_end(now: float) -> float:
    """The beginning of the next month."""
    return _month_of(day_number(now))[1]


@lru_cache(maxsize=4)
def _month_of(day: int) -> tuple[float, float]:
    """The beginnings of the month of a day and of the next one."""
    moment = datetime.fromtimestamp(day * DAY, UTC)
    year, month = (moment.year + 1, 1) if moment.month == 12 else (moment.year, moment.month + 1)
    return moment.replace(day=1).timestamp(), datetime(year, month, 1, tzinfo=UTC).timestamp()


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
    days_after = max(0.0, (month_end(now) - now - (DAY - now % DAY)) / DAY)
    usual = _usual(_HABIT, [day.watched for day in span])
    rest = _rest_of_today(today.watched, usual, now)
    expected = min(DAY, today.watched + rest)  # more than the day has gone was counted by another clock
    each_day = usual
    if expected > usual:  # a second such day in a row is taken for the rule
        again = min(expected, span[-1].watched) if span else 0.0
        each_day = max(_usual(_HABIT, [*(day.watched for day in span), expected]), again)
    others = [_others(day) for day in span]
    others_today, usual_others = _others(today), _usual(_OTHERS, others)
    each_day_others = _usual(_OTHERS, [*others, others_today]) if others_today > usual_others else usual_others
    return Habits(rest + each_day * days_after, max(0.0, each_day_others - others_today) + each_day_others * days_after)


def _usual(guess: float, values: Sequence[float]) -> float:
    """What a day comes to, by those that are over, the last of which weighs most, and at first by a guess."""
    weights = [_FADES**ago for ago in reversed(range(len(values)))]
    trust = _TRUST * _DOUBTED ** len(values)
    told = sum(weight * value for weight, value in zip(weights, values, strict=True))
    return (guess * trust + told) / (trust + sum(weights))


def _others(day: Day) -> float:
    return float(max(0, day.calls - day.quotes))


def _rest_of_today(so_far: float, usual: float, now: float) -> float:
    """Seconds that somebody will look until midnight; who has looked for half as long again as usual goes on so."""
    gone = now % DAY
    left = DAY - gone
    unusual = min(1.0, max(0.0, so_far / usual - 1) * 2) if usual else 1.0
    share = min(1.0, so_far / gone) if gone else 0.0
    return min(left, max(0.0, usual - so_far, share * left * unusual))


@dataclass(frozen=True, slots=True)
class Plan:
    """How often to ask for quotes, so that the calls last the month."""

    watched: float
    """Seconds between two fetches while somebody looks."""
    unwatched: float
    """The same while nobody does: the least that the budget bears."""
    spare: float = float("inf")
    """Calls that quotes will leave over."""
    calls_each: int = 1
    """Calls of one fetch."""

    def calls_of(self, watched: float, seconds: float) -> float:
        """Calls for quotes in so many seconds, in as many of which as ``watched`` somebody looks."""
        seldom = max(self.unwatched, LONGEST)
        return (watched / self.watched + (seconds - watched) / seldom) * self.calls_each


def plan(floor: float, left: int | None, calls_each: int, habits: Habits, now: float) -> Plan:
    """The plan for the rest of the month; ``left`` calls, ``None`` without a budget; ``calls_each`` fetch.

    What is seldom enough while nobody looks comes first, then what is asked while somebody does; only where that
    would be as seldom are both the same. With nothing left the next fetch is next month's.
    """
    if left is None:
        return Plan(floor, floor, calls_each=calls_each)
    rest = month_end(now) - now
    watched = min(habits.watched, rest)
    unwatched = rest - watched
    slow = max(floor, LONGEST)
    fetches = (left - min(habits.others, left * _MOST_FOR_OTHERS)) / calls_each
    if fetches < 1:
        return Plan(max(floor, rest), max(floor, rest), 0.0, calls_each)
    spare = fetches - watched / floor - unwatched / slow
    if spare >= 0:
        off = unwatched / (unwatched / slow + spare * (1 - _KEPT_BACK)) if unwatched else slow
        return Plan(floor, max(floor, off), spare * calls_each, calls_each)
    for_watching = fetches - unwatched / slow
    fast = watched / for_watching if for_watching > 0 else float("inf")
    if fast <= slow:
        return Plan(floor if fast <= floor * _SAME else fast, slow, 0.0, calls_each)
    return Plan(rest / fetches, rest / fetches, 0.0, calls_each)


@dataclass(frozen=True, slots=True)
class Budget:
    """How a month's calls stand."""

    monthly: int
    used: int
    """This month, by all panes and commands."""
    today: int
    left: int
    per_day: float
    """Calls of a day like the last one, at the intervals of now; as planned before there was one."""
    resets_at: float
    """The beginning of the next month, Unix seconds."""
    lasts_until: float | None = None
    """When they would be used up at that rate; ``None``: not this month."""


def calls_left(monthly: int, days: Sequence[Day], now: float) -> int:
    """Calls of this month that are left, by the ledger's days."""
    return max(0, monthly - _used(days, now))


def budget_of(monthly: int, days: Sequence[Day], planned: Plan, habits: Habits, now: float) -> Budget:
    """How the month stands by the ledger's days, if it goes on as the last day at the intervals of the plan."""
    resets_at, left = month_end(now), calls_left(monthly, days, now)
    by_number = {day.number: day for day in days}
    today, yesterday = (by_number.get(day_number(now) - ago) for ago in (0, 1))
    rest = resets_at - now
    per_day = (planned.calls_of(min(habits.watched, rest), rest) + habits.others) / rest * DAY
    if yesterday is not None:
        per_day = _calls_like(yesterday, today, planned, now)
    until = now + left / per_day * DAY
    lasts = until - now >= rest * _NEARLY or until > resets_at - DAY
    return Budget(
        *(monthly, _used(days, now), 0 if today is None else today.calls, left, per_day, resets_at),
        lasts_until=None if lasts else until,
    )


def _used(days: Sequence[Day], now: float) -> int:
    first, next_month = day_number(month_start(now)), day_number(month_end(now))
    return sum(day.calls for day in days if first <= day.number < next_month)


def _calls_like(yesterday: Day, today: Day | None, planned: Plan, now: float) -> float:
    """Calls of a day like the last 24 hours, were it to go by the plan."""
    part = 1 - now % DAY / DAY
    watched, others = yesterday.watched * part, _others(yesterday) * part
    if today is not None:
        watched, others = watched + today.watched, others + _others(today)
    return planned.calls_of(min(DAY, watched), DAY) + others
