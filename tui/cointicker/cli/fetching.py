"""Fetch what is due, wait for another process that is fetching it, and say how what is shown stands."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from cointicker.cli.output import COULD_NOT, DONE, STALE
from cointicker.domain.freshness import Failed, Fresh, Freshness, Stale, fetched_at
from cointicker.engine.engine import Engine
from cointicker.engine.state import OFFLINE
from cointicker.text.numbers import format_duration

WAIT_SECONDS = 10.0
"""How long to wait for the answer that another process is fetching."""
_LOOK_EVERY = 0.2
_ELSEWHERE = "another cointicker is fetching and is not done yet"


class Desk(Protocol):
    """What the desks of the engine have in common."""

    async def load(self) -> None:
        """Take over what is stored."""
        ...

    def due_at(self) -> float:
        """When the next fetch is due, Unix seconds."""
        ...


async def bring_up_to_date(
    engine: Engine, desk: Desk, refresh: Callable[[], Awaitable[Freshness]], interval: float
) -> Freshness:
    """How a desk's data stand after everything was done for them.

    ``refresh`` asks the desk to fetch what is due. Data that are older than they should be come back as ``Stale``;
    offline those are what was fetched longer ago than ``interval`` seconds.
    """
    loop = asyncio.get_running_loop()
    give_up = loop.time() + WAIT_SECONDS
    state = await refresh()
    if engine.snapshot.offline:
        return judge_stored(fetched_at(state), interval, engine.board.clock(), engine.snapshot.why_offline)
    while not isinstance(state, Stale | Failed) and engine.board.clock() >= desk.due_at():
        if loop.time() >= give_up:
            return _not_renewed(fetched_at(state), _ELSEWHERE)
        await asyncio.sleep(_LOOK_EVERY)  # another process holds the lease
        await desk.load()
        state = await refresh()
    return state


def judge_stored(at: float | None, interval: float, now: float, why: str = OFFLINE) -> Freshness:
    """How data stand that may not be renewed, and ``why`` not, and were fetched ``at`` (Unix seconds), if ever."""
    if at is not None and now - at < interval:
        return Fresh(at)
    return _not_renewed(at, why)


def _not_renewed(at: float | None, why: str) -> Freshness:
    return Failed(f"nothing is stored, and {why}") if at is None else Stale(at, why)


def status_of(state: Freshness) -> int:
    """The exit status that tells how the data stand."""
    if isinstance(state, Fresh):
        return DONE
    return STALE if isinstance(state, Stale) else COULD_NOT


def describe(state: Freshness, now: float) -> str:
    """Why the data are not fresh and when that may change, in words; empty where they are."""
    if not isinstance(state, Stale | Failed):
        return ""
    if state.retry_at is None or state.retry_at <= now:
        return state.why
    return f"{state.why}; the next try is due in {format_duration(state.retry_at - now)}"
