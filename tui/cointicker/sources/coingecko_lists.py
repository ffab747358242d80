"""CoinGecko's lists of coins without quotes: the directory, a search, what is trending; and all coins together."""

from collections.abc import Iterator, Mapping
from typing import Any

from cointicker.domain.directory import Listing
from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.market import GlobalMarket, parse_amount, parse_number
from cointicker.sources.coingecko_quotes import coin_id_of, name_of, percent, rank_of, symbol_of
from cointicker.sources.http import Response

_MOST_COINS = 60_000
"""Coins of the directory; CoinGecko has 18,000."""
_MOST_FOUND = 100


def parse_directory(document: object, response: Response) -> tuple[Listing, ...] | Failed:  # noqa: ARG001
    """Every coin of ``coins/list``, without ranks. Rows without a usable id and repeated ones are dropped."""
    if not isinstance(document, list) or not document:
        return Failed("CoinGecko sent something that is not a list of coins", cause=Cause.BROKEN)
    return _listings(iter(document[:_MOST_COINS]))


def parse_search(document: object, response: Response) -> tuple[Listing, ...] | Failed:  # noqa: ARG001
    """The coins of ``search``, in its order; what else it finds is left."""
    coins = document.get("coins") if isinstance(document, Mapping) else None
    if not isinstance(coins, list):
        return Failed("CoinGecko sent something that is not a search result", cause=Cause.BROKEN)
    return _listings(iter(coins[:_MOST_FOUND]))


def parse_trending(document: object, response: Response) -> tuple[str, ...] | Failed:  # noqa: ARG001
    """Ids of the coins of ``search/trending``, in its order."""
    coins = document.get("coins") if isinstance(document, Mapping) else None
    if not isinstance(coins, list):
        return Failed("CoinGecko sent something that is not a list of trending coins", cause=Cause.BROKEN)
    items = (each.get("item") for each in coins[:_MOST_FOUND] if isinstance(each, Mapping))
    return tuple(dict.fromkeys(coin_id for item in items if (coin_id := coin_id_of(item))))


def parse_global(currency: str, document: object, response: Response) -> GlobalMarket | Failed:
    """All coins together, out of ``global``."""
    facts = document.get("data") if isinstance(document, Mapping) else None
    if not isinstance(facts, Mapping):
        return Failed("CoinGecko sent something that is not the state of the market", cause=Cause.BROKEN)
    shares = _mapping(facts, "market_cap_percentage")
    coins = parse_amount(facts.get("active_cryptocurrencies"))
    return GlobalMarket(
        fetched_at=response.received_at,
        market_cap=parse_amount(_mapping(facts, "total_market_cap").get(currency)),
        cap_change_24h=percent(facts.get("market_cap_change_percentage_24h_usd")),
        volume=parse_amount(_mapping(facts, "total_volume").get(currency)),
        bitcoin_share=_share(shares.get("btc")),
        ethereum_share=_share(shares.get("eth")),
        coins=None if coins is None else int(coins),
        currency=currency,
    )


def _listings(rows: Iterator[object]) -> tuple[Listing, ...]:
    found: dict[str, Listing] = {}
    for row in rows:
        if isinstance(row, Mapping) and (coin_id := coin_id_of(row)):
            found.setdefault(coin_id, Listing(coin_id, symbol_of(row, coin_id), name_of(row, coin_id), rank_of(row)))
    return tuple(found.values())


def _mapping(facts: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = facts.get(name)
    return found if isinstance(found, Mapping) else {}


def _share(raw: object) -> float | None:
    value = parse_number(raw)
    return value if value is not None and 0 <= value <= 100 else None
