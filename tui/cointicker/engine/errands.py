"""Fetching again and again: by one pane for all, when it is due, and not again too soon after a failure."""

from collections.abc import Awaitable, Callable

from cointicker.domain.freshness import Failed
from cointicker.engine.allowance import Allowance
from cointicker.engine.board import Board
from cointicker.engine.leasing import holding
from cointicker.engine.ports import Deadline, Store
from cointicker.engine.schedule import due_after, note_failure

Keep = Callable[[], Awaitable[None]]
"""Stores and shows what was fetched."""
_AGAIN = 20.0
"""Seconds until a call that was not allowed is looked at again."""
_TAKEN = 3.0
"""Seconds until a call that another pane is making is looked at again: it may have died meanwhile."""


class Errand:
    """One thing to fetch again and again, under a lease of its own name and within the allowance."""

    def __init__(self, name: str, store: Store, board: Board, allowance: Allowance) -> None:
        """``name`` is that of the lease and of the deadline in the store."""
        self._name = name
        self._store = store
        self._board = board
        self._allowance = allowance
        self.deadline = Deadline()
        self._not_before = {True: 0.0, False: 0.0}
        """By whether somebody waits: what is refused to the one may be allowed to the other."""

    async def load(self) -> None:
        """Look up how the last try went, whoever made it."""
        self.deadline = await self._store.deadline(self._name)

    def due_at(self, interval: float, *, quiet: bool = True) -> float:
        """When the next fetch is due, Unix seconds; ``quiet``: nobody waits for it."""
        now, not_before = self._board.clock(), self._not_before[quiet]
        if not_before > now + _AGAIN:  # from a clock that was wrong
            not_before = 0.0
        if self.deadline.why:
            return max(self.deadline.next_at, not_before)
        fetched = self.deadline.fetched_at
        due = 0.0 if fetched is None else due_after(fetched, interval, now)
        return max(due, not_before)

    async def run(self, interval: float, fetch: Callable[[], Awaitable[Failed | Keep]], *, quiet: bool = True) -> bool:
        """Fetch if it is due; whether a try was made. ``fetch`` says why it brought nothing, or how to keep it.

        ``interval``: seconds between two fetches; ``quiet``: nobody waits for it.
        """
        now = self._board.clock()
        if self._board.snapshot.offline or now < self.due_at(interval, quiet=quiet):
            return False
        await self.load()
        if now < self.due_at(interval, quiet=quiet):
            return False
        if await self._allowance.refusal(quiet=quiet):
            self._not_before[quiet] = now + _AGAIN
            return False
        async with holding(self._store.leases, self._name) as held:
            if held is None:
                self._not_before[quiet] = now + _TAKEN
                return False
            await self.load()  # another pane may have fetched while we waited for the lease
            if now < self.due_at(interval, quiet=quiet) or not await held.confirm():
                return False
            answer = await fetch()
            if await held.confirm():
                await self._note(answer, interval)
            else:
                await self.load()  # another pane has taken over and knows better
            await self._allowance.note(answer)
        return True

    async def _note(self, answer: Failed | Keep, interval: float) -> None:
        now = self._board.clock()
        if isinstance(answer, Failed):
            self.deadline = note_failure(self.deadline, answer, now)
        else:
            await answer()
            self.deadline = Deadline(fetched_at=now, next_at=now + interval)
        await self._store.save_deadline(self._name, self.deadline)
