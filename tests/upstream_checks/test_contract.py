"""What the local server says for CoinGecko holds to CoinGecko's own description of its interface."""

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from upstream import Clock, Upstream, World
from upstream_checks.raw_client import Get

_KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}


class Description:
    """An OpenAPI document, as much of it as says which values may stand where."""

    def __init__(self, path: Path) -> None:
        self._document = json.loads(path.read_text("utf-8"))

    def complaints(self, path: str, value: Any) -> list[str]:
        """What is wrong with an answer to a path of the document."""
        answer = self._document["paths"][path]["get"]["responses"]["200"]
        return list(self._check(value, answer["content"]["application/json"]["schema"], path))

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            found: Any = self._document
            for name in schema["$ref"].removeprefix("#/").split("/"):
                found = found[name]
            schema = found
        return schema

    def _check(self, value: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
        schema = self._resolved(schema)
        kinds = schema.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if value is None:
            if kinds and not (schema.get("nullable") or "null" in kinds):
                yield f"{place} is null"
            return
        allowed = tuple(kind for name in kinds for kind in _KINDS.get(name, ()))
        if allowed and (not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed)):
            yield f"{place} is {value!r:.40}, not {kinds}"
        elif isinstance(value, list):
            for index, each in enumerate(value[:50]):
                yield from self._check(each, schema.get("items", {}), f"{place}[{index}]")
        elif isinstance(value, dict):
            yield from self._check_object(value, schema, place)

    def _check_object(self, value: dict[str, Any], schema: dict[str, Any], place: str) -> Iterator[str]:
        known = schema.get("properties", {})
        others = schema.get("additionalProperties")
        yield from (f"{place}.{name} is missing" for name in schema.get("required", ()) if name not in value)
        for name, each in value.items():
            if name in known:
                yield from self._check(each, known[name], f"{place}.{name}")
            elif isinstance(others, dict):
                yield from self._check(each, others, f"{place}.{name}")
            elif known and others is not True:
                yield f"{place}.{name} is not described"


@pytest.fixture
def description(corpus: Path) -> Description:
    return Description(corpus / "coingecko" / "spec" / "demo-api.openapi.json")


@pytest.fixture
async def server() -> AsyncIterator[Upstream]:
    async with Upstream(World(7, Clock())) as healthy:
        yield healthy


def test_the_description_refuses_what_it_does_not_allow(description: Description) -> None:
    assert description.complaints("/coins/markets", [{"id": None}])
    assert description.complaints("/coins/markets", [{"id": "bitcoin", "never": 1}])
    assert description.complaints("/coins/markets", {})


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/ping", "ping"),
        ("/coins/markets", "coins/markets?vs_currency=usd&per_page=250"),
        ("/coins/markets", "coins/markets?vs_currency=usd&sparkline=true&price_change_percentage=1h,24h,7d,30d,1y"),
        ("/coins/list", "coins/list"),
        ("/coins/{id}", "coins/bitcoin"),
        ("/coins/{id}/market_chart", "coins/bitcoin/market_chart?vs_currency=usd&days=7"),
        ("/coins/{id}/ohlc", "coins/bitcoin/ohlc?vs_currency=usd&days=7"),
        ("/simple/supported_vs_currencies", "simple/supported_vs_currencies"),
        ("/search", "search?query=btc"),
        ("/search/trending", "search/trending"),
        ("/global", "global"),
    ],
)
async def test_answers_hold_to_the_description(
    description: Description, server: Upstream, get: Get, path: str, asked: str
) -> None:
    value = json.loads((await get(server.market_url + asked)).body)
    complaints = description.complaints(path, value)
    assert [
        each for each in complaints if ".links." not in each
    ] == []  # recorded links are null against the description
