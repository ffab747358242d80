"""How far the coins of each headline moved since it was published."""

from collections.abc import Iterable, Sequence
from itertools import takewhile
from types import MappingProxyType

from cointicker.domain.confirm import sampled_at
from cointicker.domain.market import Quote, move, sparkline_price
from cointicker.domain.news import Headline, Story
from cointicker.engine.board import Board
from cointicker.engine.ports import Store

_NEAR = 20 * 60.0
"""Seconds between a headline and a stored price that still counts as the price of that time."""
_NEAR_LATER = 31 * 60.0
"""The same after ``_THINNED``, when prices that were stored, or can be had, are an hour apart."""
_THINNED = 86_400.0
_WEEK = 7 * 86_400.0
_LOOK_AGAIN = 300.0
"""Seconds after which prices that were not stored are looked for again: another pane may have fetched them."""
_ASKED_FOR = 48 * 3600.0
"""Seconds since a headline in which a missing price of then is worth a call."""
_COARSE = 6 * 3600.0
"""Seconds since a headline in which the week that a quote carries, good to about an hour, is not good enough."""

_POINTS = 300.0
"""Seconds between the points that can be asked for; what is newer, they do not tell."""

_Moment = tuple[str, float]
"""Coin id and Unix seconds."""


def is_price_of_now(quote: Quote, at: float, price: float) -> bool:
    """Whether the price that is stored nearest to a time is, for all one can tell, that of the quote itself.

    Then nothing is known of a move since: it would be a zero that says nothing.
    """
    return price == quote.price and abs(sampled_at(quote) - at) <= _NEAR


class Moves:
    """Compares prices of now with those of then. What the price was is looked up once for each headline."""

    def __init__(self, store: Store, board: Board) -> None:
        self._store = store
        self._board = board
        self._currency = board.snapshot.currency
        self._before: dict[_Moment, float | None] = {}
        self._looked_at = 0.0
        self.gaps: tuple[_Moment, ...] = ()
        """Moments of new headlines for which no price is stored, though one is wanted; the newest first."""

    async def show(self, stories: Sequence[Story]) -> None:
        """Publish the moves of all headlines of the last week, percent."""
        now, currency = self._board.clock(), self._board.snapshot.currency
        recent = takewhile(lambda story: now - story.lead.at < _WEEK, stories)  # the newest are the first
        headlines = [headline for story in recent for headline in story.headlines]
        await self._look_up(headlines, currency, now)
        if self._board.snapshot.currency == currency:  # else the prices of then belong to another currency
            self.gaps = tuple(self._missing(headlines, now))
            self._board.publish(moves=MappingProxyType(self._compare(headlines, now)))

    def look_again(self, coin_id: str) -> None:
        """Prices of a coin have been stored: look up anew what it was worth."""
        self._before = {moment: price for moment, price in self._before.items() if moment[0] != coin_id}

    async def _look_up(self, headlines: Iterable[Headline], currency: str, now: float) -> None:
        known = self._before if currency == self._currency else {}
        if not 0 <= now - self._looked_at < _LOOK_AGAIN:
            known = {moment: price for moment, price in known.items() if price is not None}
            self._looked_at = now
        moments = {(coin, headline.at) for headline in headlines for coin in headline.coins}
        new = [moment for moment in moments if moment not in known]
        found: dict[_Moment, float] = {}
        for within, some in (
            (_NEAR, [moment for moment in new if now - moment[1] < _THINNED]),
            (_NEAR_LATER, [moment for moment in new if now - moment[1] >= _THINNED]),
        ):
            if some:
                found |= await self._store.prices_near(some, currency, within)
        self._currency = currency
        self._before = {moment: known[moment] if moment in known else found.get(moment) for moment in moments}

    def _missing(self, headlines: Iterable[Headline], now: float) -> Iterable[_Moment]:
        quotes = self._board.snapshot.quotes
        moments = {
            (coin, headline.at) for headline in headlines for coin in headline.coins if now - headline.at < _ASKED_FOR
        }
        for coin, at in sorted(moments, key=lambda moment: (-moment[1], moment[0])):
            quote = quotes.get(coin)
            if quote is None or quote.price is None:
                continue  # nothing to compare with
            price = self._before.get((coin, at))
            if price is None:
                is_missing = now - at < _COARSE or sparkline_price(quote, at) is None
            else:
                is_missing = now - at > _POINTS and is_price_of_now(quote, at, price)
            if is_missing:
                yield coin, at

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
        if stored is None:
            return sparkline_price(quote, at)
        return None if is_price_of_now(quote, at, stored) else stored
