"""A month by the plan alone: what the desks do, in tenths of a second, without desks, store or sources."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from cointicker.engine.budget import (
    DAY,
    DAYS_SEEN,
    Budget,
    Day,
    Habits,
    Plan,
    budget_of,
    calls_left,
    day_number,
    habits_of,
    month_start,
    plan,
)
from cointicker.engine.pace import Level, pace_of
from simulated_month import DayOfMonth, Hours, looks, next_turn

FLOOR = 60.0
"""Seconds between two fetches, as a person set it."""
_DOZES = 7200.0
"""Seconds after which who looked away is no longer about."""
Life = Callable[[float], Hours]
"""From when to when a person looks on the day of a time (Unix seconds)."""


@dataclass
class Spending:
    """What came of the days."""

    days: dict[int, DayOfMonth] = field(default_factory=dict)
    """By day, as ``day_number`` counts."""
    ledger: dict[int, Day] = field(default_factory=dict)
    budgets: list[Budget] = field(default_factory=list)
    """How the month stood at the end of each day."""

    @property
    def calls(self) -> list[int]:
        """Those of each day."""
        return [day.calls for day in self.days.values()]

    def count(self, now: float, *, quotes: int = 0, watched: float = 0.0) -> None:
        """Enter a call."""
        number = day_number(now)
        before = self.ledger.get(number, Day(number))
        self.ledger[number] = replace(
            before, calls=before.calls + 1, quotes=before.quotes + quotes, watched=before.watched + watched
        )
        self.days.setdefault(number, DayOfMonth()).calls += 1

    def outlook(self, now: float, monthly: int) -> tuple[Habits, Plan, tuple[Day, ...]]:
        """What is to be expected."""
        since = min(day_number(month_start(now)), day_number(now) - DAYS_SEEN)
        days = tuple(day for day in self.ledger.values() if day.number >= since)
        habits = habits_of(days, now)
        return habits, plan(FLOOR, calls_left(monthly, days, now), 1, habits, now), days


def spend(life: Life, begin: float, end: float, *, monthly: int = 10_000, others: int = 6) -> Spending:
    """From one time to another, with so many calls a day for other things than quotes."""
    spent = Spending()
    now, fetched, seen, before, other = begin, float("-inf"), begin, Level.ASLEEP, begin
    while now < end:
        _, planned, days = spent.outlook(now, monthly)
        if now >= other and calls_left(monthly, days, now) > 1:
            spent.count(now)
            other = now + DAY / others
        looking = looks(life(now), now)
        seen = now if looking else seen
        level = Level.WATCHED if looking else Level.AWAY if now - seen < _DOZES else Level.ASLEEP
        interval = pace_of(level, planned, FLOOR).seconds
        if now - fetched >= interval and calls_left(monthly, days, now):
            elapsed = now - fetched
            looked = level is Level.WATCHED and elapsed <= 2 * interval
            spent.count(now, quotes=1, watched=elapsed if looked else 0.0)
            if fetched >= begin:
                spent.days[day_number(now)].note_wait(before, elapsed)
            fetched = now
        before = level
        now = min(max(fetched + interval, now + 1), next_turn(life(now), now), max(other, now + 1))
        if now % DAY == 0:
            habits, planned, days = spent.outlook(now - 1, monthly)
            spent.budgets.append(budget_of(monthly, days, planned, habits, now - 1))
    return spent
