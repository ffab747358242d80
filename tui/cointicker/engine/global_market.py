"""The desk of the whole market: all coins together, fetched only while somebody looks at it."""

from dataclasses import replace
from functools import partial

from cointicker.domain.freshness import Failed, Fresh, Freshness, Stale, Waiting
from cointicker.domain.market import GlobalMarket
from cointicker.engine.allowance import Allowance
from cointicker.engine.board import Board
from cointicker.engine.errands import Errand, Keep
from cointicker.engine.handle import SourceHandle
from cointicker.engine.ports import Store

EVERY = 600.0
"""Seconds between two fetches, a floor: the source renews it no sooner, and the budget widens it."""


class GlobalDesk:
    """Keeps the state of the whole market."""

    def __init__(self, store: Store, sources: SourceHandle, board: Board, allowance: Allowance) -> None:
        self._store = store
        self._sources = sources
        self._board = board
        self._allowance = allowance
        self._errands: dict[str, Errand] = {}
        self.shown = False
        """Whether somebody looks at it; without that nothing is fetched."""

    async def load(self) -> None:
        """Show what is stored in the currency in use."""
        currency = self._board.snapshot.currency
        errand = self._errand(currency)
        await errand.load()
        state = await self._store.global_market(currency)
        if self._board.snapshot.currency == currency:
            self._publish(state or self._board.snapshot.global_market, errand)

    def forget(self) -> None:
        """Show no sums: the currency has changed. Shares and counts are the same in each."""
        state, currency = self._board.snapshot.global_market, self._board.snapshot.currency
        if state is not None:
            self._board.publish(global_market=replace(state, currency=currency, market_cap=None, volume=None))
        self._board.publish_part("global_part", freshness=Waiting(), next_at=None)

    def due_at(self) -> float:
        """When the next fetch is due, Unix seconds."""
        return (
            self._errand(self._board.snapshot.currency).due_at(self._interval(), quiet=False)
            if self.shown
            else float("inf")
        )

    async def refresh(self) -> None:
        """Fetch if it is due and somebody looks."""
        if not self.shown or self._board.clock() < self.due_at():
            return
        currency = self._board.snapshot.currency

        async def fetch() -> Failed | Keep:
            answer = await (await self._sources.get()).market.global_market(currency)
            return answer if isinstance(answer, Failed) else partial(self._keep, answer, currency)

        errand = self._errand(currency)
        await errand.run(self._interval(), fetch, quiet=False)
        if self._board.snapshot.currency == currency:
            self._publish(await self._store.global_market(currency) or self._board.snapshot.global_market, errand)

    async def _keep(self, state: GlobalMarket, currency: str) -> None:
        await self._store.save_global_market(state)
        if self._board.snapshot.currency == currency:
            self._board.publish(global_market=state)

    def _errand(self, currency: str) -> Errand:
        if currency not in self._errands:
            self._errands[currency] = Errand(f"global:{currency}", self._store, self._board, self._allowance)
        return self._errands[currency]

    def _interval(self) -> float:
        return self._allowance.pacing.extra_interval(EVERY)

    def _publish(self, state: GlobalMarket | None, errand: Errand) -> None:
        why, again = errand.deadline.why, errand.deadline.next_at
        freshness: Freshness = Waiting()
        if state is not None:
            freshness = Stale(state.fetched_at, why, again) if why else Fresh(state.fetched_at)
            if self._board.snapshot.offline:
                freshness = Stale(state.fetched_at, self._board.snapshot.why_offline)
        elif why:
            freshness = Failed(why, again)
        due = errand.due_at(self._interval(), quiet=False)
        part = replace(self._board.snapshot.global_part, freshness=freshness, next_at=due)
        self._board.publish(global_market=state, global_part=part)
