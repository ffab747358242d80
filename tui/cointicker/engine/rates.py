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
                found = (await by_prices(self._store, (COIN,), currency, target)).get(COIN)
                known = found or known
            if known is not None and now - known[1] <= _OLDEST:
                self._found[currency, target] = known
                rates[currency] = known[0]
        return rates

    async def fetch(self, currencies: Iterable[str], target: str) -> bool:
        """Ask for what is missing or old, within what the source allows; whether anything came."""
        came = False
        for currency in currencies:
            known = self._found.get((currency, target))
            if currency != target and (known is None or self._board.clock() - known[1] > _EVERY):
                came |= await self._abroad.fetch("rate", (COIN,), currency, _EVERY)
        return came


async def by_prices(
    store: Store, coins: Iterable[str], currency: str, target: str
) -> Mapping[str, tuple[Decimal, float]]:
    """Coin id → what one unit of a currency is worth in the target by that coin's price in both, and when.

    The time is in Unix seconds. Coins that have no stored prices of about the same time are missing.
    """
    there = await store.quotes(currency)
    known = {coin: there[coin] for coin in coins if coin in there and there[coin].price is not None}
    times = {coin: sampled_at(quote) for coin, quote in known.items()}
    here = await store.prices_near(list(times.items()), target, _NEAR)
    return {
        coin: (Decimal(repr(here[coin, at])) / Decimal(repr(known[coin].price)), at)
        for coin, at in times.items()
        if (coin, at) in here
    }
