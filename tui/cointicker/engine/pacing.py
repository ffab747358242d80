"""The pacing desk: how often quotes are fetched, by the ledger, by who is there and by what the person set."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cointicker.domain.alerts import OF_A_COIN
from cointicker.engine.board import Board
from cointicker.engine.budget import (
    DAYS_SEEN,
    HOUR,
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
from cointicker.engine.ledger import MARKET, LedgerStore
from cointicker.engine.pace import Level, Pace, pace_of
from cointicker.engine.panes import Pane
from cointicker.engine.presence import level_of
from cointicker.engine.tiers import key_of

_LISTS_EACH = 5
"""Fetches of quotes to one of a list by rule, so that its calls widen with theirs."""
_PART_OF_SPARE = 0.4
"""The part of the calls to spare that may go to what is only nice to know."""
_LONGEST_EXTRA = 6 * HOUR
_DUE = 0.9
"""The part of the interval after which a fetch is one that was planned. Sooner it is a person's own wish, a habit that
the month has to bear beside the quotes."""
_UNSEEN = HOUR
"""Seconds between two such calls, at the least, while nobody can see what they bring."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to be expected of the month, at one moment."""

    habits: Habits
    plan: Plan
    budget: Budget | None


class PaceDesk:
    """Knows the ledger as it was looked up last, and by it how much hurry there is at any moment."""

    def __init__(self, ledger: LedgerStore, board: Board) -> None:
        self._ledger = ledger
        self._board = board
        self._days: tuple[Day, ...] = ()
        self._planned: tuple[tuple[float, int], Outlook] | None = None
        """What was worked out last, when, and for which version of the state."""
        self.calls_each: Callable[[], int] = lambda: 1
        """Calls of one fetch of all quotes."""
        self.panes: Callable[[], Sequence[Pane]] = tuple
        """Who is there."""

    @property
    def monthly(self) -> int | None:
        """The calls of a month; ``None`` without a budget."""
        snapshot = self._board.snapshot
        market = snapshot.settings.market
        return None if snapshot.demo or not market.has_key or not market.monthly_calls else market.monthly_calls

    async def look(self) -> None:
        """Look the ledger up."""
        if self.monthly is not None:
            now = self._board.clock()
            since = min(day_number(month_start(now)), day_number(now) - DAYS_SEEN)
            self._days = await self._ledger.days(MARKET, key_of(self._board.snapshot.settings.market).mark, since)
            self._planned = None

    @property
    def budget(self) -> Budget | None:
        """How the month stands; ``None`` without a budget."""
        return self._outlook.budget

    @property
    def pace(self) -> Pace:
        """How often quotes are to be fetched now."""
        snapshot, now = self._board.snapshot, self._board.clock()
        floor = snapshot.settings.market.refresh
        if snapshot.demo:
            return Pace(Level.WATCHED, floor, floor)
        alerts = any(each.kind in OF_A_COIN and each.is_awake(now) for each in snapshot.alerts)
        longest = snapshot.settings.market.alert_refresh if alerts else None
        return pace_of(level_of(self.panes(), now), self._outlook.plan, floor, longest)

    @property
    def _outlook(self) -> Outlook:
        """What is to be expected; worked out once for each moment, for many ask."""
        now = self._board.clock()
        basis = (now, self._board.snapshot.version)
        if self._planned is None or self._planned[0] != basis:
            self._planned = basis, self._look_ahead(now)
        return self._planned[1]

    def _look_ahead(self, now: float) -> Outlook:
        habits, monthly, calls_each = habits_of(self._days, now), self.monthly, self.calls_each()
        floor = self._board.snapshot.settings.market.refresh
        left = None if monthly is None else calls_left(monthly, self._days, now)
        planned = plan(floor, left, calls_each, habits, now)
        stands = None if monthly is None else budget_of(monthly, self._days, planned, habits, now)
        return Outlook(habits, planned, stands)

    def extra_interval(self, least: float) -> float:
        """Seconds between two calls for what is only nice to know."""
        if self.pace.level in {Level.AWAY, Level.ASLEEP}:
            least = max(least, _UNSEEN)
        if self.monthly is None:
            return least
        spare = self._outlook.plan.spare * _PART_OF_SPARE
        wanted = self._outlook.habits.watched / spare if spare >= 1 else _LONGEST_EXTRA
        return max(least, min(_LONGEST_EXTRA, wanted))

    def list_interval(self, least: float) -> float:
        """Seconds between two calls for the list by rule that is in use."""
        return max(least, _LISTS_EACH * self.pace.seconds)

    async def note_fetch(self, before: float | None) -> None:
        """Note a fetch of quotes, and the time since the one ``before`` it where somebody looked all along."""
        if self.monthly is None:
            return
        pace, elapsed = self.pace, self._board.clock() - (before or 0.0)
        looked = pace.level is Level.WATCHED and 0 < elapsed <= 2 * pace.seconds
        due = not 0 <= elapsed < pace.seconds * _DUE
        key = key_of(self._board.snapshot.settings.market).mark
        await self._ledger.note_fetch(MARKET, key, self.calls_each() if due else 0, elapsed if looked else 0.0)
