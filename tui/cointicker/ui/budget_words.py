"""How the month's calls and the pace are put into words."""

from datetime import datetime

from cointicker.engine.budget import Budget
from cointicker.engine.pace import Level, Pace
from cointicker.engine.state import Snapshot
from cointicker.text.numbers import format_duration

_TO_THE_SECOND = 10
"""Minutes below which seconds are told too."""


def calls_words(snapshot: Snapshot) -> tuple[str, ...]:
    """What the status line says of the month's calls, the longest first; empty without a budget."""
    budget = snapshot.budget
    if budget is None:
        return ()
    left = f"{_count(budget.left, snapshot)} calls left"
    if not budget.left:
        return (f"{left} until {_date(budget.resets_at)}", left)
    if budget.lasts_until is not None:
        return (f"{left} · lasts to the {_ordinal(_day(budget.lasts_until))}",)
    pace = snapshot.pace
    if pace.stretched and pace.level is Level.WATCHED:  # they last because of it
        return (f"{left} · lasts at {_every(pace.seconds)} each", f"{left} · lasts", left)
    return (f"{left} · lasts", left)


def budget_rows(snapshot: Snapshot) -> list[str]:
    """The same at length, and how often prices are fetched and why."""
    if snapshot.offline:
        return []
    rows = [pace_words(snapshot.pace)]
    if (budget := snapshot.budget) is None:
        market = snapshot.settings.market
        counted = "no calls are counted" if market.has_key else "no key, so only the minute counts"
        return [*rows, f"{counted}: the source takes a few calls a minute"]
    monthly, used = _count(budget.monthly, snapshot), _count(budget.used, snapshot)
    return [
        *(rows if budget.left else []),
        f"{used} of {monthly} calls used this month, {_count(budget.today, snapshot)} of them today",
        _forecast(budget, snapshot),
    ]


def _forecast(budget: Budget, snapshot: Snapshot) -> str:
    left, anew = _count(budget.left, snapshot), _date(budget.resets_at)
    if not budget.left:
        return f"None are left; the count begins anew on {anew}"
    each = f"{left} left, about {budget.per_day:.0f} a day"
    if budget.lasts_until is None:
        return f"{each}: lasts until the count begins anew on {anew}"
    day = _ordinal(_day(budget.lasts_until))
    return f"{each}: lasts to the {day} if all days are like the last; prices are fetched more rarely until it does"


def pace_words(pace: Pace) -> str:
    """How often prices are fetched, and why: ``Prices every 15m: no pane has the focus``."""
    every = _every(pace.seconds)
    if pace.level is Level.WATCHED and not pace.stretched:
        return f"Prices every {every}, while {pace.level.value}"
    why = pace.level.value
    if pace.level is Level.WATCHED:
        return f"Prices every {every} instead of {_every(pace.floor)}, so that the month's calls last"
    if pace.alerts:
        why += ", but an alert waits for a price"
    if pace.stretched:
        why += "; the month's calls bear it no more often"
    return f"Prices every {every}: {why}"


def _every(seconds: float) -> str:
    """Some minutes are told to the second: ``108s`` and ``4m 32s`` say more than ``1m`` and ``4m``."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    if not rest or minutes >= _TO_THE_SECOND:
        return format_duration(whole)
    return f"{whole}s" if minutes < 3 else f"{minutes}m {rest}s"


def _count(calls: int, snapshot: Snapshot) -> str:
    return snapshot.settings.ui.regroup(f"{calls:,}")


def _day(at: float) -> int:
    return datetime.fromtimestamp(at).astimezone().day


def _date(at: float) -> str:
    return datetime.fromtimestamp(at).astimezone().strftime("%-d %b")


def _ordinal(number: int) -> str:
    ending = "th" if number in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
