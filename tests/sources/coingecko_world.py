"""A CoinGecko on loopback that answers what a test wants, and our side of it."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cointicker.domain.freshness import Failed
from cointicker.domain.market import Quote
from cointicker.sources.coingecko import CoinGecko
from cointicker.sources.http import Fetcher
from sources.raw_server import Answer, RawServer, answer

NOW = 1_768_426_200.0
KEY = "CG-SECRETKEY123"


class World:
    """A CoinGecko on loopback, and our side of it."""

    def __init__(self, server: RawServer, keys: Mapping[str, str]) -> None:
        self.server = server
        self.now = NOW
        self.calls = 0
        self.fetcher = Fetcher(user_agent="test", clock=lambda: self.now)
        self.source = CoinGecko(
            self.fetcher,
            server.url + "api/v3",
            on_call=self._count,
            clock=lambda: self.now,
            demo_api_key=keys.get("demo_api_key", ""),
            pro_api_key=keys.get("pro_api_key", ""),
        )

    async def _count(self) -> None:
        self.calls += 1

    def queries(self) -> list[dict[str, list[str]]]:
        """The query of each request so far."""
        return [parse_qs(urlsplit(asked.target).query, strict_parsing=True) for asked in self.server.asked]


@asynccontextmanager
async def world(play: Answer, **keys: str) -> AsyncIterator[World]:
    async with RawServer(play) as server:
        running = World(server, keys)
        try:
            yield running
        finally:
            await running.source.close()


def rows(*found: Mapping[str, Any], **headers: str) -> bytes:
    return answer(json.dumps(found).encode(), content_type="application/json", **headers)


def row(coin_id: str, **fields: Any) -> dict[str, Any]:
    return {"id": coin_id, "symbol": coin_id[:3], "name": coin_id.title(), "current_price": 2.5, **fields}


def told(outcome: tuple[Quote, ...] | Failed) -> tuple[Quote, ...]:
    assert isinstance(outcome, tuple), outcome
    return outcome
