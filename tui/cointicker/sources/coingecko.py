"""Quotes from CoinGecko, or from any host that speaks its API.

``pycoingecko`` says which address answers what; its own transport is never used, because it sleeps through limits,
puts the key into the address and cannot be cancelled.
"""

import asyncio
import math
import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from pycoingecko import CoinGeckoAPI

from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.market import Quote
from cointicker.sources.coingecko_errors import Access, explain
from cointicker.sources.coingecko_quotes import parse_quotes, valid_id
from cointicker.sources.http import Fetcher, Response
from cointicker.sources.json_body import UnreadableJsonError, read_json
from cointicker.sources.server_time import clock_skew

PER_CALL = 250
"""Coins in one answer, CoinGecko's maximum for ``per_page``."""
PER_SYMBOL_CALL = 50
"""Symbols in one question."""
_DAY = 86_400.0
_KEY = re.compile(r"[!-~]{1,256}")
_PRO_HOST = "pro-api.coingecko.com"


@dataclass(frozen=True, slots=True)
class Question:
    """An address to GET and its query."""

    url: str
    query: Mapping[str, str]


class Endpoints(CoinGeckoAPI):  # type: ignore[misc]
    """pycoingecko's methods, each of which says what to ask instead of asking."""

    def __init__(self, base_url: str) -> None:
        """Without pycoingecko's own set-up: no session is made, no key is put into a query."""
        self.api_base_url = base_url.rstrip("/") + "/"

    def _CoinGeckoAPI__request(self, url: str, params: Mapping[str, object]) -> Question:  # noqa: N802
        """Where every method of pycoingecko ends."""
        return Question(url, {name: str(value) for name, value in params.items()})


class CoinGecko:
    """``ports.MarketSource`` over CoinGecko's ``coins/markets``."""

    name = "CoinGecko"

    def __init__(
        self,
        fetcher: Fetcher,
        base_url: str,
        *,
        demo_api_key: str = "",
        pro_api_key: str = "",
        on_call: Callable[[], Awaitable[None]],
        clock: Callable[[], float],
    ) -> None:
        """``on_call`` is awaited before every try: refused calls count against the limit too."""
        self._fetcher = fetcher
        self._endpoints = Endpoints(base_url)
        self._on_call = on_call
        self._clock = clock
        self._access, self._headers = _access(base_url, demo_api_key.strip(), pro_api_key.strip())
        self._told_to_wait: Failed | None = None

    async def quotes(self, coin_ids: Sequence[str], currency: str) -> tuple[Quote, ...] | Failed:
        """See ``ports.MarketSource``. One call for each 250 coins; a failed one leaves what earlier ones brought."""
        wanted = [coin_id for coin_id in dict.fromkeys(coin_ids) if valid_id(coin_id)]
        return await self._collect(wanted, currency, PER_CALL, self._by_id)

    async def find(self, symbols: Sequence[str], currency: str) -> tuple[Quote, ...] | Failed:
        """See ``ports.MarketSource``; CoinGecko itself chooses the highest ranked coin of each symbol."""
        wanted = [symbol for symbol in dict.fromkeys(text.strip().lower() for text in symbols) if valid_id(symbol)]
        return await self._collect(wanted, currency, PER_SYMBOL_CALL, self._by_symbol)

    async def close(self) -> None:
        """End what is under way and let go of connections."""
        await self._fetcher.close()

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
        question = self._endpoints.get_coins_markets(
            currency,
            **selection,
            sparkline=True,
            price_change_percentage="1h,24h,7d",
            precision="full",
            include_rehypothecated=True,  # staked and wrapped coins are left out otherwise
        )
        if self._access.unusable:
            return Failed(self._access.unusable, cause=Cause.REFUSED)
        waiting = self._told_to_wait
        if waiting is not None and waiting.retry_at is not None and 0 < waiting.retry_at - self._clock() <= _DAY:
            return waiting  # a call too early would count, and lengthen the wait
        await self._on_call()
        response = await self._fetcher.fetch(question.url, query=question.query, headers=self._headers, typed=True)
        if isinstance(response, Failed):
            return response
        # In a thread: 250 coins take 40 ms, in which no key would be answered.
        answer = await asyncio.to_thread(_read, response, wanted, currency, self._access)
        self._told_to_wait = answer if isinstance(answer, Failed) else None
        return answer


def _read(
    response: Response, wanted: Collection[str] | None, currency: str, access: Access
) -> tuple[Quote, ...] | Failed:
    try:
        document = read_json(response.body)
    except UnreadableJsonError:
        document = None
    failed = explain(response, document, access)
    if failed is not None:
        return failed
    if not isinstance(document, list):
        return Failed("CoinGecko sent something that is not a list of coins", cause=Cause.BROKEN)
    return parse_quotes(document, wanted, currency, response.received_at, clock_skew(response))


def _highest_ranked(quotes: Sequence[Quote], symbols: Sequence[str]) -> tuple[Quote, ...]:
    """One quote for each symbol asked for."""
    best: dict[str, Quote] = {}
    for quote in sorted(quotes, key=lambda quote: quote.rank or math.inf):
        best.setdefault(quote.symbol.lower(), quote)
    return tuple(best[symbol] for symbol in symbols if symbol in best)


def _access(base_url: str, demo_api_key: str, pro_api_key: str) -> tuple[Access, Mapping[str, str]]:
    """The key that fits the host, and the headers that carry it: never the address, which ends up in logs."""
    host = urlsplit(base_url).hostname or ""
    candidates = [
        (pro_api_key, "market.pro_api_key", "x-cg-pro-api-key"),
        (demo_api_key, "market.demo_api_key", "x-cg-demo-api-key"),
    ]
    if host != _PRO_HOST and host.endswith("coingecko.com"):
        candidates.reverse()
    accept = {"accept": "application/json"}
    for key, setting, header in candidates:
        if key:
            sendable = _KEY.fullmatch(key) is not None
            unusable = "" if sendable else f"{setting} holds signs that no API key has"
            return Access(setting, key, unusable), accept | ({header: key} if sendable else {})
    return Access(), accept
