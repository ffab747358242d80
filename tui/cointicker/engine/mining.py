"""The mining desk: keeps the state of Bitcoin mining and works out what it pays."""

from dataclasses import replace

from cointicker.domain.freshness import Failed, Fresh, Freshness, Stale
from cointicker.domain.mining import Mining, hashprice
from cointicker.engine.board import Board
from cointicker.engine.handle import SourceHandle
from cointicker.engine.leasing import Held, holding
from cointicker.engine.ports import Deadline, Store
from cointicker.engine.schedule import due_after, note_failure

LEASE = "mining"


class MiningDesk:
    """Fetches the state of mining under a lease."""

    def __init__(self, store: Store, sources: SourceHandle, board: Board) -> None:
        self._store = store
        self._sources = sources
        self._board = board
        self._deadline = Deadline()

    async def load(self) -> None:
        """Show what is stored."""
        self._deadline = await self._store.deadline(LEASE)
        mining = await self._store.mining()
        if mining is None and not self._deadline.why:
            return
        self._publish(mining)

    def _publish(self, mining: Mining | None) -> Freshness:
        why, again = self._deadline.why, self._deadline.next_at
        state: Freshness
        if mining is None:
            state = Failed(why or "nothing stored", again)
        elif self._board.snapshot.offline:
            state = Stale(mining.fetched_at, self._board.snapshot.why_offline)
        else:
            state = Stale(mining.fetched_at, why, again) if why else Fresh(mining.fetched_at)
        part = replace(self._board.snapshot.mining_part, freshness=state, next_at=self._due_at(mining))
        self._board.publish(mining=None if mining is None else self._priced(mining), mining_part=part)
        return state

    def due_at(self) -> float:
        """When the next fetch is due, Unix seconds."""
        return self._due_at(self._board.snapshot.mining)

    def _due_at(self, mining: Mining | None) -> float:
        if self._deadline.why:
            return self._deadline.next_at
        fetched = max(mining.fetched_at if mining is not None else 0.0, self._deadline.fetched_at or 0.0)
        return due_after(fetched, self._board.snapshot.settings.mining.refresh, self._board.clock())

    def forced_at(self) -> float:
        """From when a person's own refresh may fetch, Unix seconds; later than now only where the source said so."""
        return self._deadline.next_at if self._deadline.why and self._deadline.asked else 0.0

    def _is_due(self, *, force: bool) -> bool:
        return self._board.clock() >= (self.forced_at() if force else self.due_at())

    async def refresh(self, *, force: bool = False) -> Freshness:
        """Fetch if it is due; ``force``: anyway, unless the source asked to wait."""
        snapshot = self._board.snapshot
        if snapshot.offline or not self._is_due(force=force):
            return snapshot.mining_part.freshness
        async with holding(self._store.leases, LEASE) as held:
            if held is None:
                return self._board.snapshot.mining_part.freshness
            await self.load()  # another process may have fetched meanwhile
            if not self._is_due(force=force):
                return self._board.snapshot.mining_part.freshness
            try:
                self._board.publish_part("mining_part", busy=True)
                return await self._fetch(held)
            finally:
                self._board.publish_part("mining_part", busy=False)

    async def _fetch(self, held: Held) -> Freshness:
        source = (await self._sources.get()).mining
        answer = await source.fetch() if await held.confirm() else None
        now = self._board.clock()
        if answer is None or not await held.confirm():  # another process has taken over
            await self.load()
            return self._board.snapshot.mining_part.freshness
        if isinstance(answer, Failed):
            self._deadline = note_failure(self._deadline, answer, now)
            await self._store.save_deadline(LEASE, self._deadline)
            return self._publish(self._board.snapshot.mining)
        mining = self._priced(answer)
        self._deadline = Deadline(fetched_at=now, next_at=now + self._board.snapshot.settings.mining.refresh)
        await self._store.save_mining(mining)
        await self._store.save_deadline(LEASE, self._deadline)
        return self._publish(mining)

    def reprice(self) -> None:
        """Work hashprice out anew: the price of a bitcoin has changed."""
        mining = self._board.snapshot.mining
        if mining is not None:
            self._board.publish(mining=self._priced(mining))

    def _priced(self, mining: Mining) -> Mining:
        return replace(mining, hashprice=self._hashprice(mining))

    def _hashprice(self, mining: Mining) -> float | None:
        bitcoin = self._board.snapshot.quotes.get("bitcoin")
        price = bitcoin.price if bitcoin is not None and bitcoin.currency == "usd" else None
        return hashprice(mining.height, mining.block_fees, mining.hashrate, price or mining.bitcoin_usd)
