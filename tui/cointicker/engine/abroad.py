"""Quotes in other currencies than that of the screen: for rates, and for alerts whose level is in another one."""

from collections.abc import Sequence
from functools import partial

from cointicker.domain.freshness import Failed
from cointicker.engine.board import Board
from cointicker.engine.errands import Errand, Keep
from cointicker.engine.handle import SourceHandle
from cointicker.engine.market import MarketDesk
from cointicker.engine.ports import Store


class Abroad:
    """Fetches such quotes when they are due, by one pane for all and within what the source allows."""

    def __init__(self, store: Store, sources: SourceHandle, board: Board, market: MarketDesk) -> None:
        self._store = store
        self._sources = sources
        self._board = board
        self._market = market
        self._errands: dict[str, Errand] = {}

    async def fetch(self, purpose: str, coins: Sequence[str], currency: str, every: float) -> bool:
        """Ask for quotes ``every`` so many seconds; whether a call was made. They come by the store."""
        name = f"{purpose}:{currency}"
        errand = self._errands.get(name)
        if errand is None:
            errand = self._errands[name] = Errand(name, self._store, self._board, self._market.allowance)

        async def ask() -> Failed | Keep:
            answer = await (await self._sources.get()).market.quotes(coins, currency)
            return answer if isinstance(answer, Failed) else partial(self._market.take_in, answer, currency)

        return await errand.run(every, ask)
