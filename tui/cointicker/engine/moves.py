"""How far the coins of each headline moved since it was published."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from cointicker.domain.market import Quote, move, sparkline_price
from cointicker.domain.news import Headline, Story
from cointicker.engine.board import Board
from cointicker.engine.ports import Store

_NEAR = 20 * 60.0
"""Seconds between a headline and a stored price that still counts as the price of that time."""
_WEEK = 7 * 86_400.0

_Moment = tuple[str, float]
"""Coin id and Unix seconds."""


class Moves:
    """Compares prices of now with those of then. What the price was is looked up once for each headline."""

    def __init__(self, store: Store, board: Board) -> None:
        self._store = store
        self._board = board
        self._currency = board.snapshot.currency
        self._before: dict[_Moment, float | None] = {}

    async def show(self, stories: Sequence[Story]) -> None:
        """Publish the moves of all headlines of the last week, percent."""
        now, currency = self._board.clock(), self._board.snapshot.currency
        headlines = [headline for story in stories for headline in story.headlines if now - headline.at < _WEEK]
        await self._look_up(headlines, currency)
        if self._board.snapshot.currency == currency:  # else the prices of then belong to another currency
            self._board.publish(moves=MappingProxyType(self._compare(headlines, now)))

    async def _look_up(self, headlines: Iterable[Headline], currency: str) -> None:
        known = self._before if currency == self._currency else {}
        moments = {(coin, headline.at) for headline in headlines for coin in headline.coins}
        new = [moment for moment in moments if moment not in known]
        found: Mapping[_Moment, float] = await self._store.prices_near(new, currency, _NEAR) if new else {}
        self._currency = currency
        self._before = {moment: known[moment] if moment in known else found.get(moment) for moment in moments}

    def _compare(self, headlines: Iterable[Headline], now: float) -> dict[tuple[str, str], float]:
        quotes = self._board.snapshot.quotes
        moves: dict[tuple[str, str], float] = {}
        for headline in headlines:
            for coin in headline.coins:
                quote = quotes.get(coin)
                if quote is not None and quote.price is not None and now - quote.fetched_at <= _WEEK:
                    change = move(self._price_then(quote, headline.at), quote.price)
                    if change is not None:
                        moves[headline.headline_id, coin] = change
        return moves

    def _price_then(self, quote: Quote, at: float) -> float | None:
        stored = self._before.get((quote.coin_id, at))
        return sparkline_price(quote, at) if stored is None else stored
