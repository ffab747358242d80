"""What stands beside an article: the coins that it names with their prices of then, and how far it was read."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from cointicker.domain.market import sparkline_price
from cointicker.domain.mentions import CoinIndex
from cointicker.domain.news import Article, Headline
from cointicker.domain.reading import Mentioned, find_mentions
from cointicker.engine.board import Board
from cointicker.engine.market import MarketDesk
from cointicker.engine.moves import is_price_of_now
from cointicker.engine.ports import Store

_NEAR = 20 * 60.0
"""Seconds between publication and a stored price that still counts as the price of that time."""


class Annotator:
    """Finds the coins of an article; no call is made for their prices, which come with the next one for others."""

    def __init__(self, store: Store, board: Board, market: MarketDesk) -> None:
        self._store = store
        self._board = board
        self._market = market

    async def place(self, headline_id: str) -> float | None:
        """How far an article was read."""
        return await self._store.places.load(headline_id)

    async def mentioned(self, headline: Headline, article: Article) -> Mentioned:
        """The coins that an article names, and what they cost when it was published, in the currency in use."""
        names = await self._market.name_coins()
        found = await asyncio.to_thread(lambda: find_mentions(CoinIndex(names), article.title, article.blocks))
        self._market.read_coins = found.coins
        currency = self._board.snapshot.currency
        prices = await self._prices(found.coins, headline.at, currency)
        return replace(found, prices=MappingProxyType(prices), currency=currency)

    async def _prices(self, coins: Sequence[str], at: float, currency: str) -> dict[str, float]:
        stored = await self._store.prices_near([(coin, at) for coin in coins], currency, _NEAR)
        quotes = self._board.snapshot.quotes
        prices = {
            coin: price
            for (coin, _), price in stored.items()
            if coin not in quotes or not is_price_of_now(quotes[coin], at, price)
        }
        for coin in coins:
            quote = quotes.get(coin)
            if (coin, at) not in stored and quote is not None and quote.currency == currency:
                price = sparkline_price(quote, at)
                if price is not None:
                    prices[coin] = price
        return prices
