"""The market as CoinGecko tells it, or any host that speaks its API."""

import math
from collections.abc import Awaitable, Callable, Collection, Sequence
from functools import partial

from cointicker.domain.charts import Candle, ChartPoint, Span
from cointicker.domain.directory import Listing
from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.links import CoinLink
from cointicker.domain.market import GlobalMarket, Quote
from cointicker.engine.tiers import key_in_use
from cointicker.sources.coingecko_calls import Calls, path_part
from cointicker.sources.coingecko_charts import parse_candles, parse_chart
from cointicker.sources.coingecko_links import parse_links
from cointicker.sources.coingecko_lists import parse_directory, parse_global, parse_search, parse_trending
from cointicker.sources.coingecko_quotes import parse_quotes, valid_id
from cointicker.sources.http import Fetcher, Limits, Response
from cointicker.sources.server_time import clock_skew

PER_CALL = 250
"""Coins in one answer, CoinGecko's maximum for ``per_page``."""
PER_SYMBOL_CALL = 50
"""Symbols in one question."""
_ALL_COINS = Limits(seconds=40, size=8_000_000)
"""For the list of all coins: 1.1 MB with 18,000 of them."""
_WINDOWS = "1h,24h,7d,30d,1y"
_DAYS = {Span.DAY: 1, Span.WEEK: 7, Span.MONTH: 30, Span.QUARTER: 90, Span.YEAR: 365, Span.MAX: 365}
"""Days that a chart is asked for; more than 365 are given to Pro keys only."""
_NO_MORE = dict.fromkeys(
    ("localization", "tickers", "market_data", "community_data", "developer_data", "sparkline"), False
)
"""Parts of a coin that are not asked for: 4 KB are left of 125."""


class CoinGecko:
    """``ports.MarketSource`` over CoinGecko's API v3."""

    name = "CoinGecko"

    def __init__(
        self,
        fetcher: Fetcher,
        base_url: str,
        *,
        demo_api_key: str = "",
        pro_api_key: str = "",
        on_call: Callable[[], Awaitable[None]],
        on_limit: Callable[[int], Awaitable[None]] | None = None,
        clock: Callable[[], float],
    ) -> None:
        """``on_call`` is awaited before every try: refused calls count against the limit too.

        ``on_limit`` is told how many calls a minute the server says that it bears, whenever that is another number.
        """
        key = key_in_use(base_url, demo_api_key, pro_api_key)
        self._calls = Calls(fetcher, base_url, key=key, on_call=on_call, on_limit=on_limit, clock=clock)

    async def quotes(self, coin_ids: Sequence[str], currency: str) -> tuple[Quote, ...] | Failed:
        """See ``ports.MarketSource``. One call for each 250 coins; a failed one leaves what earlier ones brought."""
        wanted = [coin_id for coin_id in dict.fromkeys(coin_ids) if valid_id(coin_id)]
        return await self._collect(wanted, currency, PER_CALL, self._by_id)

    async def find(self, symbols: Sequence[str], currency: str) -> tuple[Quote, ...] | Failed:
        """See ``ports.MarketSource``; CoinGecko itself chooses the highest ranked coin of each symbol."""
        wanted = [symbol for symbol in dict.fromkeys(text.strip().lower() for text in symbols) if valid_id(symbol)]
        return await self._collect(wanted, currency, PER_SYMBOL_CALL, self._by_symbol)

    async def page(self, currency: str, category: str = "") -> tuple[Quote, ...] | Failed:
        """See ``ports.MarketSource``: the first page of ``coins/markets``."""
        selection = {"category": category} if category else {}
        return await self._markets(currency, None, order="market_cap_desc", per_page=PER_CALL, **selection)

    async def trending(self) -> tuple[str, ...] | Failed:
        """See ``ports.MarketSource``: ``search/trending``."""
        return await self._calls.ask(self._calls.endpoints.get_search_trending(), parse_trending)

    async def chart(self, coin_id: str, currency: str, span: Span) -> tuple[ChartPoint, ...] | Failed:
        """See ``ports.MarketSource``: ``market_chart``, whose points lie closer the shorter the span is."""
        if not (place := path_part(coin_id)):
            return _unknown_coin()
        question = self._calls.endpoints.get_coin_market_chart_by_id(
            place, currency, self._days(span), precision="full"
        )
        return await self._calls.ask(question, parse_chart)

    async def candles(self, coin_id: str, currency: str, span: Span) -> tuple[Candle, ...] | Failed:
        """See ``ports.MarketSource``: ``ohlc``, of half an hour for a day, 4 hours to 30 days, else 4 days."""
        if not (place := path_part(coin_id)):
            return _unknown_coin()
        question = self._calls.endpoints.get_coin_ohlc_by_id(place, currency, self._days(span), precision="full")
        return await self._calls.ask(question, parse_candles)

    async def coins(self) -> tuple[Listing, ...] | Failed:
        """See ``ports.MarketSource``: ``coins/list``."""
        return await self._calls.ask(self._calls.endpoints.get_coins_list(), parse_directory, _ALL_COINS)

    async def search(self, text: str) -> tuple[Listing, ...] | Failed:
        """See ``ports.MarketSource``: ``search``."""
        return await self._calls.ask(self._calls.endpoints.search(text), parse_search)

    async def links(self, coin_id: str) -> tuple[CoinLink, ...] | Failed:
        """See ``ports.MarketSource``: ``coins/{id}`` with as little else as it can be asked for."""
        if not (place := path_part(coin_id)):
            return _unknown_coin()
        return await self._calls.ask(self._calls.endpoints.get_coin_by_id(place, **_NO_MORE), parse_links)

    async def global_market(self, currency: str) -> GlobalMarket | Failed:
        """See ``ports.MarketSource``: ``global``."""
        return await self._calls.ask(self._calls.endpoints.get_global(), partial(parse_global, currency))

    async def close(self) -> None:
        """End what is under way and let go of connections."""
        await self._calls.close()

    def _days(self, span: Span) -> int | str:
        return "max" if span is Span.MAX and self._calls.beyond_a_year else _DAYS[span]

    async def _collect(
        self,
        wanted: Sequence[str],
        currency: str,
        size: int,
        ask: Callable[[Sequence[str], str], Awaitable[tuple[Quote, ...] | Failed]],
    ) -> tuple[Quote, ...] | Failed:
        quotes: dict[str, Quote] = {}
        for start in range(0, len(wanted), size):
            answer = await ask(wanted[start : start + size], currency)
            if isinstance(answer, Failed):
                return tuple(quotes.values()) or answer
            for quote in answer:
                quotes.setdefault(quote.coin_id, quote)
        return tuple(quotes.values())

    async def _by_id(self, coin_ids: Sequence[str], currency: str) -> tuple[Quote, ...] | Failed:
        return await self._markets(currency, frozenset(coin_ids), ids=",".join(coin_ids), per_page=PER_CALL)

    async def _by_symbol(self, symbols: Sequence[str], currency: str) -> tuple[Quote, ...] | Failed:
        answer = await self._markets(currency, None, symbols=",".join(symbols), include_tokens="top", per_page=PER_CALL)
        return answer if isinstance(answer, Failed) else _highest_ranked(answer, symbols)

    async def _markets(
        self, currency: str, wanted: Collection[str] | None, **selection: object
    ) -> tuple[Quote, ...] | Failed:
        question = self._calls.endpoints.get_coins_markets(
            currency,
            **selection,
            sparkline=True,
            price_change_percentage=_WINDOWS,
            precision="full",
            # Staked and wrapped coins are left out otherwise. A page of the largest is better without them.
            include_rehypothecated=bool(selection.keys() & {"ids", "symbols"}),
        )
        return await self._calls.ask(question, partial(_read_quotes, wanted, currency))


def _read_quotes(
    wanted: Collection[str] | None, currency: str, document: object, response: Response
) -> tuple[Quote, ...] | Failed:
    if not isinstance(document, list):
        return Failed("CoinGecko sent something that is not a list of coins", cause=Cause.BROKEN)
    return parse_quotes(document, wanted, currency, response.received_at, clock_skew(response))


def _highest_ranked(quotes: Sequence[Quote], symbols: Sequence[str]) -> tuple[Quote, ...]:
    """One quote for each symbol asked for."""
    best: dict[str, Quote] = {}
    for quote in sorted(quotes, key=lambda quote: quote.rank or math.inf):
        best.setdefault(quote.symbol.lower(), quote)
    return tuple(best[symbol] for symbol in symbols if symbol in best)


def _unknown_coin() -> Failed:
    return Failed("CoinGecko does not know this coin", cause=Cause.MISSING)
