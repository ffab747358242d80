"""The right to fetch: one pane has it at a time, while it is alive and at work; then another takes over."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

LASTS = 7.0
"""Seconds that a lease lasts without being renewed: so long, and no longer, others wait for a pane that is hung."""
_RENEW_EVERY = 2.0
_MOST_RENEWALS = 60
"""Renewals in a row without a step of the work: no request takes two minutes, so this one never ends."""
_LOOK_EVERY = 0.25
"""Seconds between two tries to take a lease that somebody waits for."""
PATIENCE = 10.0
"""Seconds that somebody waits for what another pane is fetching."""


class LeaseStore(Protocol):
    """Who has the right to fetch what, known to all panes. No method blocks the caller's loop."""

    async def take(self, name: str, seconds: float) -> str | None:
        """Take a lease for so long; a ticket that proves it, ``None`` while another has it or nothing can be kept."""
        ...

    async def renew(self, name: str, ticket: str, seconds: float) -> bool | None:
        """Have a lease for so long from now; ``False`` where another took it since, ``None`` where none can tell."""
        ...

    async def give_back(self, name: str, ticket: str) -> None:
        """Let others have a lease; nothing happens when another has it already."""
        ...


class Held:
    """A lease that was taken. Whoever was asleep meanwhile may have lost it: ``confirm`` tells."""

    def __init__(self, leases: LeaseStore, name: str, ticket: str) -> None:
        self._leases = leases
        self._name = name
        self._ticket = ticket
        self._renewals = 0
        self._lost = False

    async def confirm(self) -> bool:
        """Whether it is still ours, for ``LASTS`` seconds from now: to be asked before a request and before storing."""
        self._renewals = 0
        return not self._lost and await self._renew() is True

    async def _renew(self) -> bool | None:
        ours = await self._leases.renew(self._name, self._ticket, LASTS)
        self._lost = self._lost or ours is False
        return ours

    async def keep(self) -> None:
        """Renew it while the work goes on."""
        while not self._lost and self._renewals < _MOST_RENEWALS:
            await asyncio.sleep(_RENEW_EVERY)
            self._renewals += 1
            await self._renew()


@asynccontextmanager
async def holding(leases: LeaseStore, name: str) -> AsyncIterator[Held | None]:
    """Have a lease while the context lasts; ``None`` where another has it."""
    ticket = await leases.take(name, LASTS)
    if ticket is None:
        yield None
        return
    held = Held(leases, name, ticket)
    keeping = asyncio.create_task(held.keep())
    try:
        yield held
    finally:
        keeping.cancel()
        await leases.give_back(name, ticket)


@asynccontextmanager
async def in_turn(leases: LeaseStore, name: str) -> AsyncIterator[Held | None]:
    """As ``holding``, but wait while another has the lease; ``None`` where it has it for longer than anyone waits."""
    give_up = asyncio.get_running_loop().time() + PATIENCE
    while True:
        async with holding(leases, name) as held:
            if held is not None or asyncio.get_running_loop().time() >= give_up:
                yield held
                return
        await asyncio.sleep(_LOOK_EVERY)
