"""How CoinGecko is asked: which address, with which key, and when not at all.

``pycoingecko`` says which address answers what; its own transport is never used, because it sleeps through limits,
puts the key into the address and cannot be cancelled.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote, urlsplit

from pycoingecko import CoinGeckoAPI

from cointicker.domain.freshness import Cause, Failed
from cointicker.engine.tiers import PRO_HOST, Key, Tier
from cointicker.sources.coingecko_errors import Access, explain
from cointicker.sources.http import DEFAULT_LIMITS, Fetcher, Limits, Response
from cointicker.sources.json_body import UnreadableJsonError, read_json
from cointicker.sources.server_time import retry_at, told_number

_T = TypeVar("_T")

_DAY = 86_400.0
_KEY = re.compile(r"[!-~]{1,256}")
_HEADERS = {Tier.DEMO: "x-cg-demo-api-key", Tier.PRO: "x-cg-pro-api-key"}

Reading = Callable[[object, Response], _T | Failed]
"""Makes a value of the JSON of an answer that is no error."""


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

    def get_coin_by_id(self, coin_id: str, **flags: bool) -> Question:
        """pycoingecko's own ends in a slash that CoinGecko does not document."""
        return Question(f"{self.api_base_url}coins/{coin_id}", {name: str(on).lower() for name, on in flags.items()})

    def get_global(self) -> Question:
        """pycoingecko's own looks into the answer."""
        return Question(f"{self.api_base_url}global", {})


class Calls:
    """Asks one CoinGecko, counting every try, and keeps the waits that it asks for."""

    def __init__(
        self,
        fetcher: Fetcher,
        base_url: str,
        *,
        key: Key,
        on_call: Callable[[], Awaitable[None]],
        on_limit: Callable[[int], Awaitable[None]] | None,
        clock: Callable[[], float],
    ) -> None:
        """``on_call`` and ``on_limit`` are as of ``CoinGecko``."""
        self.endpoints = Endpoints(base_url)
        self.access, self.headers = _access(key)
        self.beyond_a_year = urlsplit(base_url).hostname == PRO_HOST
        """Whether prices older than 365 days are given."""
        self._fetcher = fetcher
        self._on_call = on_call
        self._on_limit = on_limit
        self._limit = 0
        self._clock = clock
        self._told_to_wait: Failed | None = None

    async def ask(self, question: Question, read: Reading[_T], limits: Limits = DEFAULT_LIMITS) -> _T | Failed:
        """What ``read`` makes of the answer, or why there is none."""
        if self.access.unusable:
            return Failed(self.access.unusable, cause=Cause.REFUSED)
        waiting = self._told_to_wait
        if waiting is not None and waiting.retry_at is not None and 0 < waiting.retry_at - self._clock() <= _DAY:
            return waiting  # a call too early would count, and lengthen the wait
        await self._on_call()
        response = await self._fetcher.fetch(
            question.url, query=question.query, headers=self.headers, limits=limits, typed=True
        )
        if isinstance(response, Failed):
            return response
        await self._note_limit(response)
        # In a thread: 250 coins take 40 ms, in which no key would be answered.
        answer: _T | Failed = await asyncio.to_thread(lambda: _understand(response, read, self.access))
        self._told_to_wait = answer if isinstance(answer, Failed) else _used_up(response)
        return answer

    async def _note_limit(self, response: Response) -> None:
        limit = told_number(response, "x-ratelimit-limit")
        if self._on_limit is not None and limit and limit != self._limit:
            self._limit = limit
            await self._on_limit(limit)

    async def close(self) -> None:
        """End what is under way and let go of connections."""
        await self._fetcher.close()


def path_part(coin_id: str) -> str:
    """An id as one part of an address, whatever signs it has; empty for one that would be a step in the path."""
    return "" if set(coin_id) <= {"."} else quote(coin_id, safe="")


def _understand(response: Response, read: Reading[_T], access: Access) -> _T | Failed:
    try:
        document = read_json(response.body)
    except UnreadableJsonError:
        document = None
    failed = explain(response, document, access)
    return read(document, response) if failed is None else failed


def _access(key: Key) -> tuple[Access, Mapping[str, str]]:
    """The headers that carry the key: never the address, which ends up in logs."""
    accept = {"accept": "application/json"}
    if key.tier is Tier.KEYLESS:
        return Access(), accept
    sendable = _KEY.fullmatch(key.text) is not None
    unusable = "" if sendable else f"{key.setting} holds signs that no API key has"
    return Access(key.setting, key.text, unusable), accept | ({_HEADERS[key.tier]: key.text} if sendable else {})


def _used_up(response: Response) -> Failed | None:
    """What to answer until the server's minute is over, where this answer was the last one of it."""
    until = retry_at(response) if told_number(response, "x-ratelimit-remaining") == 0 else None
    return None if until is None else Failed("CoinGecko wants fewer calls", until, Cause.LIMITED)
