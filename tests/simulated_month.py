"""A month of a person with three panes, in seconds: the real desks over a real store, under a clock that jumps.

It goes from due time to due time. The store's thread is left out: a hop into it takes longer than the work there.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar, cast

from cointicker.config.settings import MarketSettings, Secret, Settings
from cointicker.domain.charts import ChartPoint
from cointicker.domain.market import Watchlist
from cointicker.engine.actions import ShowGlobal
from cointicker.engine.budget import DAY, HOUR
from cointicker.engine.engine import Engine
from cointicker.engine.ledger import MARKET
from cointicker.engine.pace import Level
from cointicker.engine.panes import Pane
from cointicker.engine.ports import MarketSource, Sources
from cointicker.engine.tiers import key_of
from cointicker.store.sqlite import SqliteStore
from engine.outside import Outside
from fake_clock import Clock

_T = TypeVar("_T")

APRIL = datetime(2027, 4, 1, tzinfo=UTC).timestamp()
"""The first of thirty days, Unix seconds."""
_TOUCHES = 300.0
"""Seconds between two keys of a person who looks."""
SETTINGS = Settings(
    watchlists=(Watchlist("Majors", ("bitcoin", "ethereum")),),
    market=MarketSettings(demo_api_key=Secret("CG-key"), monthly_calls=10_000),
)
Hours = Sequence[tuple[float, float]]
"""From when to when a person looks, of each day (UTC)."""
FOUR_HOURS: Hours = ((8, 9.5), (12, 13), (20, 21.5))


class InlineLoop(asyncio.SelectorEventLoop):
    """A loop that does at once what it is to have done in a thread."""

    def run_in_executor(  # type: ignore[override]
        self, executor: Executor | None, func: Callable[..., _T], *args: Any
    ) -> "asyncio.Future[_T]":
        """The result, as a future that has it already."""
        future: asyncio.Future[_T] = self.create_future()
        future.set_result(func(*args))
        return future


def run_inline(work: Callable[[], Coroutine[Any, Any, _T]]) -> _T:
    """What the work comes to, on such a loop."""
    with asyncio.Runner(loop_factory=InlineLoop) as runner:
        return runner.run(work())


class Counted:
    """A market source every question to which is entered into the ledger before it is asked."""

    def __init__(self, market: MarketSource, count: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._market = market
        self._count = count

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._market, name)
        if name in {"name", "close"}:
            return method

        async def ask(*args: Any) -> Any:
            await self._count()
            return await method(*args)

        return ask


@dataclass
class DayOfMonth:
    """What a day came to."""

    calls: int = 0
    fast: float = 0.0
    """The longest wait between two fetches while somebody looked, seconds."""
    slow: float = 0.0
    """The same while nobody did."""

    def note_wait(self, before: Level, waited: float) -> None:
        """Note the time between two fetches; ``before``: who was there at the first of them."""
        if before is Level.WATCHED:
            self.fast = max(self.fast, waited)
        else:
            self.slow = max(self.slow, waited)


@dataclass
class Month:
    """What a month came to."""

    days: list[DayOfMonth] = field(default_factory=lambda: [DayOfMonth() for _ in range(30)])
    fetches: int = 0
    """Of quotes."""
    left: int = 0
    """Calls at the end."""
    told: list[str] = field(default_factory=list)
    """What the program said of its budget at the end of each day."""

    @property
    def calls(self) -> int:
        """All of them."""
        return sum(day.calls for day in self.days)


def looks(hours: Hours, now: float) -> bool:
    """Whether a person looks."""
    hour = now % DAY / HOUR
    return any(begin <= hour < end for begin, end in hours)


def next_turn(hours: Hours, now: float) -> float:
    """When the person comes or goes next, or the day ends."""
    day = now - now % DAY
    return min(at for each in (*hours, (24.0, 24.0)) for hour in each if (at := day + hour * HOUR) > now)


def _panes(hours: Hours, now: float) -> tuple[Pane, ...]:
    """Three of them; the person looks at the first and leaves the others alone."""
    day = now - now % DAY
    seen = [min(now, day + end * HOUR) for begin, end in hours if day + begin * HOUR <= now]
    touched = seen[-1] - seen[-1] % _TOUCHES if seen else day - 3 * HOUR
    first = Pane("first", now, "usd", ("bitcoin",), looks(hours, now), touched)
    others = (Pane(owner, now, "usd", ("bitcoin",), False, APRIL - DAY) for owner in ("second", "third"))
    return (first, *others)


async def live(
    hours: Hours, *, days: int = 30, begin: float = APRIL, settings: Settings = SETTINGS, headlines: int = 0
) -> Month:
    """So many days from the first of April, on a pane that is large enough for the whole market.

    ``headlines``: each hour as many, each with a coin of its own whose price of then nobody knows.
    """
    clock = Clock(begin)
    store = SqliteStore(None, clock)
    outside = Outside(clock)
    outside.market.points = (ChartPoint(begin, 1.0),)
    count = partial(store.ledger.count, MARKET, key_of(settings.market).mark)

    def make() -> Sources:
        market = cast("MarketSource", Counted(outside.market, count))
        return Sources(market, outside.feeds, outside.articles, outside.mine)

    engine = Engine(settings, store, make, clock=clock)
    engine.market.pacing.panes = lambda: _panes(hours, clock.now)
    engine.do(ShowGlobal(shown=True))
    await engine.load()
    month, end = Month(), begin + days * DAY
    last, before, calls = clock.now, Level.ASLEEP, 0
    while clock.now < end:
        today = int((clock.now - begin) // DAY)
        fetched = len(outside.market.asked)
        engine.market.moves.gaps = tuple((f"coin-{each}", clock.now // HOUR * HOUR) for each in range(headlines))
        for desk in (engine.market, engine.whole_market, engine.rankings, engine.directory, engine.past):
            await desk.refresh()
        made = len(outside.market.asked) + len(outside.market.questions)
        month.days[today].calls += made - calls
        calls = made
        if len(outside.market.asked) > fetched:
            month.days[today].note_wait(before, clock.now - last)
            last = clock.now
        before = engine.market.pacing.pace.level
        due = min(engine.market.due_at(), engine.whole_market.due_at(), engine.rankings.due_at(), engine.past.due_at())
        turn = next_turn(hours, clock.now)
        clock.now = min(due if due > clock.now else clock.now + 1, turn)
        if clock.now % DAY == 0:
            month.told.append(_told(engine))
    month.fetches, month.left = len(outside.market.asked), engine.snapshot.calls_left or 0
    await engine.close()
    return month


def _told(engine: Engine) -> str:
    budget = engine.snapshot.budget
    return "" if budget is None else "lasts" if budget.lasts_until is None else f"{budget.lasts_until:.0f}"
