"""What the market source still allows: by the budget, by the pace of a minute, by the waits that it asked for."""

from cointicker.domain.freshness import Cause, Failed
from cointicker.engine.board import Board
from cointicker.engine.ledger import MARKET, Limit
from cointicker.engine.pacing import PaceDesk
from cointicker.engine.ports import Deadline, Store
from cointicker.engine.schedule import note_failure
from cointicker.engine.tiers import MinutePace, key_of, minute_pace
from cointicker.text.numbers import format_clock

_WAIT = "market calls"
"""The deadline that all extra calls of all panes keep."""
_MINUTE = 60.0
_BELIEVED = 3600.0
"""Seconds that a refusal counts as a sign of how many calls a minute bears."""
USED_UP = "The calls of this month are used up"


def quotes_lease(currency: str) -> str:
    """The name of the lease and the deadline of the quotes in a currency."""
    return f"{MARKET}:{currency}"


class Allowance:
    """Says whether one more call may be made. Calls of all panes count."""

    def __init__(self, store: Store, board: Board, pacing: PaceDesk) -> None:
        self._store = store
        self._board = board
        self.pacing = pacing
        """How the month stands."""

    async def refusal(self, *, quiet: bool = False) -> Failed | None:
        """Why no call beside quotes may be made now, in words, or ``None``. ``quiet``: nobody waits for the answer."""
        if self._board.snapshot.offline:
            return Failed(self._board.snapshot.why_offline, cause=Cause.OFFLINE)
        await self.pacing.look()
        if used_up := self.used_up():
            return used_up
        pace = await self._minute_pace()
        return await self._told_to_wait() or await self._too_fast(pace.quiet if quiet else pace.person)

    def used_up(self) -> Failed | None:
        """Why nothing may be asked before the next month, as the ledger was looked up last; else ``None``."""
        budget = self.pacing.budget
        return None if budget is None or budget.left else Failed(USED_UP, budget.resets_at, Cause.LIMITED)

    async def quotes_refusal(self) -> Failed | None:
        """Why quotes may not be fetched now, in words, or ``None``; a wait that was asked for them is left aside."""
        return self.used_up() or await self._too_fast((await self._minute_pace()).quotes)

    async def _told_to_wait(self) -> Failed | None:
        now = self._board.clock()
        extra = await self._store.deadline(_WAIT)
        quotes = await self._store.deadline(quotes_lease(self._board.snapshot.currency))
        for deadline in (extra, quotes if quotes.asked else Deadline()):
            if deadline.why and deadline.next_at > now:
                source, until = self._board.snapshot.market_source, format_clock(deadline.next_at)
                return Failed(f"{source} asked us to wait until {until}", deadline.next_at, Cause.LIMITED)
        return None

    async def _minute_pace(self) -> MinutePace:
        key = key_of(self._board.snapshot.settings.market)
        limit = await self._store.ledger.limit(MARKET, key.mark)
        return minute_pace(key.tier, None if limit is None else limit.most)

    async def _too_fast(self, most: int) -> Failed | None:
        now = self._board.clock()
        if await self._store.ledger.since(MARKET, now - _MINUTE) < most:
            return None
        source = self._board.snapshot.market_source
        return Failed(f"{source} takes no more than a few questions a minute", now + _MINUTE, Cause.LIMITED)

    async def note(self, answer: object) -> None:
        """Remember, for all panes, whether the source asked for fewer calls."""
        await self.learn(answer)
        before = await self._store.deadline(_WAIT)
        if isinstance(answer, Failed) and answer.cause is Cause.LIMITED:
            await self._store.save_deadline(_WAIT, note_failure(before, answer, self._board.clock()))
        elif not isinstance(answer, Failed) and before.why:
            await self._store.save_deadline(_WAIT, Deadline())

    async def learn(self, answer: object) -> None:
        """Take a refusal without a wait as the sign that a minute bears one call less than were made in it."""
        if not isinstance(answer, Failed) or answer.cause is not Cause.LIMITED or answer.retry_at is not None:
            return
        now = self._board.clock()
        made = await self._store.ledger.since(MARKET, now - _MINUTE)
        if made > 1:
            mark = key_of(self._board.snapshot.settings.market).mark
            await self._store.ledger.save_limit(MARKET, mark, Limit(made - 1, now + _BELIEVED))
