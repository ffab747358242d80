"""The peg desk: what the pegs of watched coins are worth in the currency of the screen."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from cointicker.domain.pegs import PEGS
from cointicker.engine.abroad import Abroad
from cointicker.engine.board import Board
from cointicker.engine.ports import Store
from cointicker.engine.rates import by_prices
from cointicker.engine.state import Snapshot

_EVERY = 3600.0
"""Seconds between two fetches for a currency of pegs."""
_OLDEST = 2 * 3600.0
"""Seconds after which the worth of a peg is not told any more: euro and gold move by about as much in that time as
coins stray from them."""
_LOOK_EVERY = 60.0
"""Seconds between two looks at what is stored."""


class PegDesk:
    """Asks for the coins of a peg in its own currency.

    The price of such a coin there, and here at about the same time, tells what the peg is worth. So would that of a
    bitcoin, but it moves between two samples by more than a coin strays from its peg.
    """

    def __init__(self, store: Store, board: Board, abroad: Abroad, watched: Callable[[], Sequence[str]]) -> None:
        """``watched``: ids of the coins whose distance is to be told."""
        self._store = store
        self._board = board
        self._abroad = abroad
        self._watched = watched
        self._seen: tuple[object, ...] = ()
        self._quotes: object = None
        self._changed = asyncio.Event()
        board.subscribe(self._notice)

    def _notice(self, snapshot: Snapshot) -> None:
        seen, quotes = (snapshot.currency, snapshot.watchlists, snapshot.active), snapshot.quotes
        lacking = quotes is not self._quotes and any(
            coin not in snapshot.pegs for coins in self._wanted().values() for coin in coins
        )
        if seen != self._seen or lacking:
            self._changed.set()
        self._seen, self._quotes = seen, quotes

    async def load(self) -> None:
        """Publish what the stored prices tell."""
        currency, now = self._board.snapshot.currency, self._board.clock()
        pegs: dict[str, float] = {}
        for abroad, coins in self._wanted().items():
            rates = await by_prices(self._store, coins, abroad, currency)
            pegs |= {coin: float(rate) * PEGS[coin][1] for coin, (rate, at) in rates.items() if now - at <= _OLDEST}
        if self._board.snapshot.currency == currency:
            self._board.publish(pegs=pegs)

    async def keep(self) -> None:
        """Follow the rates for ever."""
        while True:
            self._changed.clear()
            for currency in self._wanted():
                family = tuple(coin for coin, peg in PEGS.items() if peg[0] == currency)  # one call tells all
                await self._abroad.fetch("pegs", family, currency, _EVERY)
            await self.load()
            try:
                async with asyncio.timeout(_LOOK_EVERY):
                    await self._changed.wait()
            except TimeoutError:
                continue

    def _wanted(self) -> Mapping[str, Sequence[str]]:
        """Other currency than that of the screen → the watched coins whose peg is in it."""
        here = self._board.snapshot.currency
        wanted: dict[str, list[str]] = {}
        for coin in self._watched():
            if coin in PEGS and PEGS[coin][0] != here:
                wanted.setdefault(PEGS[coin][0], []).append(coin)
        return wanted
