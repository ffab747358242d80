"""The market of the demo world as a source."""

import asyncio
from collections.abc import Callable, Sequence

from cointicker.domain.charts import Candle, ChartPoint, Span
from cointicker.domain.directory import Listing, find
from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.links import CoinLink, LinkKind
from cointicker.domain.market import GlobalMarket, Quote, move
from cointicker.sources.demo_coins import CATEGORIES, DemoCoin
from cointicker.sources.demo_market import CURRENCIES, DAY, HOUR, DemoMarket
from cointicker.text.safe import clean

_STEPS = {
    Span.DAY: 300.0,
    Span.WEEK: HOUR,
    Span.MONTH: 2 * HOUR,
    Span.QUARTER: 6 * HOUR,
    Span.YEAR: DAY,
    Span.MAX: 4 * DAY,
}
"""Seconds between two points of a chart."""
_CANDLES = {
    Span.DAY: HOUR / 2,
    Span.WEEK: 4 * HOUR,
    Span.MONTH: 12 * HOUR,
    Span.QUARTER: DAY,
    Span.YEAR: 4 * DAY,
    Span.MAX: 16 * DAY,
}
"""Seconds of a candle."""
_OLDEST = 4 * 365 * DAY
"""Seconds that the demo's own history reaches back."""
_TRENDING = 15


class DemoExchange:
    """``ports.MarketSource`` over the demo world."""

    name = "Demo"

    def __init__(self, market: DemoMarket, clock: Callable[[], float]) -> None:
        """``clock`` gives Unix seconds."""
        self._market = market
        self._clock = clock

    async def quotes(self, coin_ids: Sequence[str], currency: str) -> tuple[Quote, ...] | Failed:
        """Quotes of the coins that the demo has."""
        known = tuple(coin_id for coin_id in dict.fromkeys(coin_ids) if coin_id in self._market.coins)
        return _no_prices_in(currency) or await self._quotes(known, currency)

    async def find(self, symbols: Sequence[str], currency: str) -> tuple[Quote, ...] | Failed:
        """Quotes of the highest ranked coin of each symbol."""
        wanted = {symbol.strip().upper() for symbol in symbols}
        best: dict[str, str] = {}
        for coin in self._ranked():
            if coin.symbol in wanted:
                best.setdefault(coin.symbol, coin.coin_id)
        return await self.quotes(tuple(best.values()), currency)

    async def page(self, currency: str, category: str = "") -> tuple[Quote, ...] | Failed:
        """All ranked coins of the demo, or those of a category."""
        if category and category not in CATEGORIES:
            return Failed("The demo does not know this category", cause=Cause.MISSING)
        chosen = CATEGORIES[category] if category else frozenset(self._market.coins)
        ids = tuple(coin.coin_id for coin in self._ranked() if coin.rank is not None and coin.coin_id in chosen)
        return _no_prices_in(currency) or await self._quotes(ids, currency)

    async def trending(self) -> tuple[str, ...] | Failed:
        """The coins that moved most in a day."""
        now = self._clock()
        moving = [coin.coin_id for coin in self._ranked() if coin.rank is not None and coin.swing]
        moving.sort(key=lambda coin_id: -abs(self._market.change(coin_id, now, DAY)))
        return tuple(moving[:_TRENDING])

    async def chart(self, coin_id: str, currency: str, span: Span) -> tuple[ChartPoint, ...] | Failed:
        """How a price went, until now."""
        if failed := self._cannot_draw(coin_id, currency):
            return failed
        now, step = self._clock(), _STEPS[span]
        first, last = (now - min(span.seconds, _OLDEST)) // step + 1, now // step
        times = [number * step for number in range(int(first), int(last) + 1)]
        return tuple(
            ChartPoint(at, self._market.price(coin_id, at, currency), self._market.volume(coin_id, at, currency))
            for at in (*times, *([now] if now > times[-1] else []))
        )

    async def candles(self, coin_id: str, currency: str, span: Span) -> tuple[Candle, ...] | Failed:
        """The same as candles, the last of which ended before now."""
        if failed := self._cannot_draw(coin_id, currency):
            return failed
        now, step = self._clock(), _CANDLES[span]
        first, last = (now - min(span.seconds, _OLDEST)) // step + 1, now // step
        candles = []
        for number in range(int(first), int(last) + 1):
            prices = [self._market.price(coin_id, (number - 1 + part / 6) * step, currency) for part in range(7)]
            candles.append(Candle(number * step, prices[0], max(prices), min(prices), prices[-1]))
        return tuple(candles)

    async def coins(self) -> tuple[Listing, ...] | Failed:
        """All coins of the demo."""
        return tuple(_listing(coin) for coin in self._market.coins.values())

    async def search(self, text: str) -> tuple[Listing, ...] | Failed:
        """The coins of the demo whose symbol, name or id holds a text."""
        return find((_listing(coin) for coin in self._market.coins.values()), text)

    async def links(self, coin_id: str) -> tuple[CoinLink, ...] | Failed:
        """Addresses that nobody can have (RFC 2606)."""
        if coin_id not in self._market.coins:
            return _unknown_coin()
        return (
            CoinLink(LinkKind.HOME, f"https://{coin_id}.example/"),
            CoinLink(LinkKind.EXPLORER, f"https://blocks.example/{coin_id}"),
            CoinLink(LinkKind.CODE, f"https://code.example/{coin_id}/{coin_id}"),
        )

    async def global_market(self, currency: str) -> GlobalMarket | Failed:
        """All coins of the demo together."""
        if failed := _no_prices_in(currency):
            return failed
        now, market = self._clock(), self._market
        ranked = [coin for coin in self._ranked() if coin.rank is not None]
        caps = {coin.coin_id: coin.supply * market.price(coin.coin_id, now) for coin in ranked}
        cap = sum(caps.values())
        before = sum(coin.supply * market.price(coin.coin_id, now - DAY) for coin in ranked)
        return GlobalMarket(
            fetched_at=now,
            market_cap=cap * market.rate(currency, now),
            cap_change_24h=move(before, cap),
            volume=sum(market.volume(coin.coin_id, now, currency) for coin in ranked),
            bitcoin_share=caps["bitcoin"] / cap * 100,
            ethereum_share=caps["ethereum"] / cap * 100,
            coins=len(market.coins),
            currency=currency,
        )

    async def close(self) -> None:
        """Nothing is held."""

    def _ranked(self) -> list[DemoCoin]:
        return sorted(self._market.coins.values(), key=lambda coin: coin.rank or 10**9)

    async def _quotes(self, coin_ids: Sequence[str], currency: str) -> tuple[Quote, ...]:
        now = self._clock()
        quotes = []
        for coin_id in coin_ids:
            quotes.append(self._market.quote(coin_id, now, currency))
            await asyncio.sleep(0)  # the first week of a coin takes milliseconds, in which no key would be answered
        return tuple(quotes)

    def _cannot_draw(self, coin_id: str, currency: str) -> Failed | None:
        if coin_id not in self._market.coins:
            return _unknown_coin()
        return _no_prices_in(currency)


def _no_prices_in(currency: str) -> Failed | None:
    if currency in CURRENCIES:
        return None
    return Failed(f"The demo has no prices in {clean(currency).upper()}", cause=Cause.MISSING)


def _unknown_coin() -> Failed:
    return Failed("The demo does not know this coin", cause=Cause.MISSING)


def _listing(coin: DemoCoin) -> Listing:
    return Listing(coin.coin_id, clean(coin.symbol), clean(coin.name), coin.rank)
