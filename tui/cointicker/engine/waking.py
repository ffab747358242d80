"""Notices that the machine slept, that a clock was set, that the program was stopped, or that the network is another.

Deadlines and ages are told by the wall clock, which such a thing moves; sleeping tasks go by a clock that stands still
while the machine does. So whatever came due meanwhile is looked at at once, instead of when a task happens to wake up.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum

from cointicker.engine.ports import Deadline, Store

_EVERY = 2.0
"""Seconds between two looks at the clocks."""
_ADDRESS_EVERY = 5.0
"""Seconds between two looks at the network."""
_NOTICED = 5.0
"""Seconds by which clocks must part, or a look be late, to mean anything."""
_STOPPED = 15.0
"""Seconds that a look may be late on a busy machine."""
_JITTER = (0.5, 5.0)
"""Seconds, from and to, that a pane waits before it looks: all panes of a machine wake up at once."""
_MARK = "woken"
"""The deadline by which panes know that another has tried again already."""
_TRIED = 30.0
"""Seconds for which one pane's trying again is enough for all."""


class Jolt(Enum):
    """What happened."""

    SLEPT = "the machine slept, or the program was stopped"
    SET = "the clock was set"
    MOVED = "the network is another"


@dataclass(frozen=True, slots=True)
class Clocks:
    """What the clocks say at one moment, seconds."""

    wall: float
    awake: float
    """Runs evenly while the machine does."""
    all_along: float | None = None
    """Runs evenly, also while the machine sleeps; ``None`` where there is no such clock."""


def read_clocks(wall: Callable[[], float]) -> Clocks:
    """The clocks of this machine."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return Clocks(wall(), time.monotonic(), None if boot is None else time.clock_gettime(boot))


def compare(before: Clocks, now: Clocks) -> Jolt | None:
    """What happened between two looks; ``None`` for nothing but time."""
    awake = now.awake - before.awake
    if awake >= _STOPPED:
        return Jolt.SLEPT
    even = awake
    if before.all_along is not None and now.all_along is not None:
        even = now.all_along - before.all_along
        if even - awake >= _NOTICED:
            return Jolt.SLEPT
    ahead = now.wall - before.wall - even
    if ahead >= _NOTICED:
        return Jolt.SLEPT if now.all_along is None else Jolt.SET
    return Jolt.SET if ahead <= -_NOTICED else None


class Waker:
    """Watches the clocks and the network; after a jolt everything is looked at once."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], float],
        *,
        wake: Callable[[], None],
        retry: Callable[[], Awaitable[None]],
        address: Callable[[], str] | None = None,
        clocks: Callable[[], Clocks] | None = None,
    ) -> None:
        """``wake``: look at what is due, in every pane. ``retry``: try again what failed, in one of them.

        ``address``: that of this machine on its network, empty without one.
        """
        self._store = store
        self._clock = clock
        self._wake = wake
        self._retry = retry
        self._address = address
        self._clocks = clocks or (lambda: read_clocks(clock))

    async def keep(self) -> None:
        """Watch for ever."""
        before, address = self._clocks(), self._look_at_network("")
        looked_at = before.awake
        while True:
            await asyncio.sleep(_EVERY)
            now = self._clocks()
            jolt, before = compare(before, now), now
            if now.awake - looked_at >= _ADDRESS_EVERY:
                looked_at, known = now.awake, address
                address = self._look_at_network(known)
                if address and address != known:
                    jolt = jolt or Jolt.MOVED
            if jolt is not None:
                await self.answer(jolt)
                before = self._clocks()  # the wait is nothing to be noticed

    def _look_at_network(self, known: str) -> str:
        return known if self._address is None else self._address()

    async def answer(self, jolt: Jolt) -> None:
        """Look at everything, a moment later."""
        await asyncio.sleep(random.uniform(*_JITTER))  # noqa: S311 - no secret
        if jolt is not Jolt.SLEPT and await self._is_first():
            await self._retry()
        self._wake()

    async def _is_first(self) -> bool:
        now = self._clock()
        tried = (await self._store.deadline(_MARK)).fetched_at
        if tried is not None and 0 <= now - tried < _TRIED:
            return False
        await self._store.save_deadline(_MARK, Deadline(fetched_at=now, next_at=now))
        return True
