"""What other currencies are worth, by the price of a bitcoin in both at the same time."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from cointicker.domain.confirm import sampled_at
from cointicker.engine.abroad import Abroad
from cointicker.engine.board import Board
from cointicker.engine.ports import Store

COIN = "bitcoin"
_EVERY = 6 * 3600.0
"""Seconds between two fetches of a rate."""
_OLDEST = 48 * 3600.0
"""Seconds after which a rate is not today's."""
_NEAR = 900.0
"""Seconds between the prices in both currencies."""


class Rates:
    """Works rates out of stored prices; where they do not tell, asks for the price of a bitcoin in a currency."""

    def __init__(self, store: Store, board: Board, abroad: Abroad) -> None:
        self._store = store
        self._board = board
        self._abroad = abroad
        self._found: dict[tuple[str, str], tuple[Decimal, float]] = {}
        """(from, to) → the rate, and its time in Unix seconds."""

    async def of(self, currencies: Iterable[str], target: str) -> Mapping[str, Decimal]:
        """Currency → what one unit of it is worth in the target; those that cannot be told are missing. No network."""
        now = self._board.clock()
        rates: dict[str, Decimal] = {}
        for currency in currencies:
            if currency == target:
                continue
            known = self._found.get((currency, target))
            if known is None or now - known[1] > _EVERY:
                found = await self._look_up(currency, target)
                known = found or known
            if known is not None and now - known[1] <= _OLDEST:
                self._found[currency, target] = known
                rates[currency] = known[0]
        return rates

    async def _look_up(self, currency: str, target: str) -> tuple[Decimal, float] | None:
        there = (await self._store.quotes(currency)).get(COIN)
        if there is None or there.price is None:
            return None
        at = sampled_at(there)
        here = (await self._store.prices_near([(COIN, at)], target, _NEAR)).get((COIN, at))
        return None if here is None else (Decimal(repr(here)) / Decimal(repr(there.price)), at)

    async def fetch(self, currencies: Iterable[str], target: str) -> bool:
        """Ask for what is missing or old, within what the source allows; whether anything came."""
        came = False
        for currency in currencies:
            known = self._found.get((currency, target))
            if currency != target and (known is None or self._board.clock() - known[1] > _EVERY):
                came |= await self._abroad.fetch("rate", (COIN,), currency, _EVERY)
        return came
