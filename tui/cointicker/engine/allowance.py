"""What the market source still allows beside the quotes: by the budget, by the pace, by the waits that it asked for."""

from cointicker.domain.freshness import Cause, Failed
from cointicker.engine.board import Board
from cointicker.engine.budget import month_start
from cointicker.engine.ports import Deadline, Store
from cointicker.engine.schedule import note_failure
from cointicker.engine.state import OFFLINE
from cointicker.text.numbers import format_clock

_SERVICE = "market"
_WAIT = "market calls"
"""The deadline that all extra calls of all panes keep."""
_MINUTE = 60.0
_PACE = {False: 7, True: 25}
"""Calls in a minute after which a person has to wait, without and with a key. CoinGecko has refused the ninth."""
_QUIET_PACE = {False: 2, True: 10}
"""The same for what nobody waits for."""


def quotes_lease(currency: str) -> str:
    """The name of the lease and the deadline of the quotes in a currency."""
    return f"{_SERVICE}:{currency}"


class Allowance:
    """Says whether one more call may be made. Calls of all panes count."""

    def __init__(self, store: Store, board: Board) -> None:
        self._store = store
        self._board = board

    async def calls_left(self) -> int | None:
        """Calls that this month's budget still allows; ``None`` without a budget."""
        market = self._board.snapshot.settings.market
        if not market.has_key or not market.monthly_calls or self._board.snapshot.demo:
            return None
        used = await self._store.calls_since(_SERVICE, month_start(self._board.clock()))
        return max(0, market.monthly_calls - used)

    async def refusal(self, *, quiet: bool = False) -> Failed | None:
        """Why no call may be made now, in words, or ``None``. ``quiet``: nobody waits for the answer."""
        if self._board.snapshot.offline:
            return Failed(OFFLINE, cause=Cause.OFFLINE)
        if await self.calls_left() == 0:
            return Failed("The calls of this month are used up", cause=Cause.LIMITED)
        return await self._told_to_wait() or await self._too_fast(quiet=quiet)

    async def _told_to_wait(self) -> Failed | None:
        now = self._board.clock()
        extra = await self._store.deadline(_WAIT)
        quotes = await self._store.deadline(quotes_lease(self._board.snapshot.currency))
        for deadline in (extra, quotes if quotes.asked else Deadline()):
            if deadline.why and deadline.next_at > now:
                source, until = self._board.snapshot.market_source, format_clock(deadline.next_at)
                return Failed(f"{source} asked us to wait until {until}", deadline.next_at, Cause.LIMITED)
        return None

    async def _too_fast(self, *, quiet: bool) -> Failed | None:
        now = self._board.clock()
        most = (_QUIET_PACE if quiet else _PACE)[self._board.snapshot.settings.market.has_key]
        if await self._store.calls_since(_SERVICE, now - _MINUTE) < most:
            return None
        source = self._board.snapshot.market_source
        return Failed(f"{source} takes no more than a few questions a minute", now + _MINUTE, Cause.LIMITED)

    async def note(self, answer: object) -> None:
        """Remember, for all panes, whether the source asked for fewer calls."""
        before = await self._store.deadline(_WAIT)
        if isinstance(answer, Failed) and answer.cause is Cause.LIMITED:
            await self._store.save_deadline(_WAIT, note_failure(before, answer, self._board.clock()))
        elif not isinstance(answer, Failed) and before.why:
            await self._store.save_deadline(_WAIT, Deadline())
