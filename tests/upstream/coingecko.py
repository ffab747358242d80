"""CoinGecko's API v3 as far as a ticker asks it: names, nulls, roundings and errors as recorded and documented."""

from collections.abc import Callable, Mapping
from typing import Any

from cointicker.sources.demo_coins import CATEGORIES, DemoCoin
from cointicker.sources.demo_market import CURRENCIES, DAY, HOUR
from upstream.gecko_facts import coin_facts, global_facts, market_chart, ohlc, search, trending
from upstream.gecko_values import WINDOWS, Query, choose, image, iso, round_price, split, updated_at
from upstream.wire import Reply, json_reply
from upstream.world import World


def answer(world: World, path: str, query: Query, now: float) -> Reply:  # noqa: C901 - one case a path
    """The answer to a path below ``/api/v3/``, at a time (Unix seconds)."""
    parts = path.strip("/").split("/")
    match parts:
        case ["ping"]:
            return json_reply({"gecko_says": "(V3) To the Moon!"})
        case ["simple", "price"]:
            return _required(query, "vs_currencies", lambda: _simple_price(world, query, now))
        case ["simple", "supported_vs_currencies"]:
            return json_reply(sorted(CURRENCIES))
        case ["coins", "list"]:
            rows = [{"id": c.coin_id, "symbol": c.symbol.lower(), "name": c.name} for c in world.market.coins.values()]
            return json_reply(sorted(rows, key=lambda row: row["id"]), cache_control=_cached(1800))
        case ["coins", "markets"]:
            return _required(query, "vs_currency", lambda: _markets(world, query, now))
        case ["coins", coin_id]:
            return _with_coin(world, coin_id, lambda coin: json_reply(coin_facts(world, coin, query, now)))
        case ["coins", coin_id, "market_chart"]:
            chart = _required(query, "days", lambda: market_chart(world, coin_id, query, now))
            return _with_coin(world, coin_id, lambda _: _required(query, "vs_currency", lambda: chart))
        case ["coins", coin_id, "ohlc"]:
            return _with_coin(world, coin_id, lambda _: ohlc(world, coin_id, query, now))
        case ["global"]:
            return json_reply(global_facts(world, now))
        case ["search"]:
            return _required(query, "query", lambda: json_reply(search(world, query["query"])))
        case ["search", "trending"]:
            return json_reply(trending(world, now))
    return json_reply({"error": "Incorrect path. Please check https://www.coingecko.com/api/"}, 404)


def _cached(seconds: int) -> str:
    return f"max-age=30, public, must-revalidate, s-maxage={seconds}"


def _required(query: Query, name: str, otherwise: Callable[[], Reply]) -> Reply:
    return otherwise() if query.get(name) else json_reply({"error": f"Missing parameter {name}"}, 422)


def _with_coin(world: World, coin_id: str, otherwise: Callable[[DemoCoin], Reply]) -> Reply:
    coin = world.market.coins.get(coin_id)
    return otherwise(coin) if coin is not None else json_reply({"error": "coin not found"}, 404)


def _markets(world: World, query: Query, now: float) -> Reply:
    currency = query["vs_currency"].lower()
    if currency not in CURRENCIES:
        return json_reply({"error": "invalid vs_currency"}, 422)
    coins = list(world.market.coins.values())
    if category := query.get("category"):  # which wins over ids, names and symbols
        if category not in CATEGORIES:
            return json_reply({"error": "category not found"}, 404)
        coins = [coin for coin in coins if coin.coin_id in CATEGORIES[category]]
        query = {name: value for name, value in query.items() if name not in {"ids", "names", "symbols"}}
    bare = [_names(world, coin, currency, now) for coin in coins]
    rows = [_market_row(world, row, query, now) for row in choose(bare, query)]
    return json_reply(rows, cache_control=_cached(60))


def _names(world: World, coin: DemoCoin, currency: str, now: float) -> dict[str, Any]:
    """As much of a row as is needed to choose and order."""
    return {
        "id": coin.coin_id,
        "symbol": coin.symbol.lower(),
        "name": coin.name,
        "image": image(coin.coin_id),
        "market_cap": round(coin.supply * world.market.price(coin.coin_id, now, currency)),
        "market_cap_rank": coin.rank,
        "total_volume": round(world.market.volume(coin.coin_id, now, currency)),
    }


def _market_row(world: World, names: Mapping[str, Any], query: Query, now: float) -> dict[str, Any]:
    market, coin = world.market, world.market.coins[names["id"]]
    currency, precision = query["vs_currency"].lower(), query.get("precision")
    quote = market.quote(coin.coin_id, now, currency)
    price = quote.price or 0.0
    before = market.price(coin.coin_id, now - DAY, currency)
    lagging = coin.volume < 1e5
    capped = coin.coin_id in {"bitcoin", "litecoin", "zcash", "bitcoin-cash"}
    row: dict[str, Any] = {
        **{name: names[name] for name in ("id", "symbol", "name", "image")},
        "current_price": round_price(price, precision),
        "market_cap": names["market_cap"],
        "market_cap_rank": coin.rank,
        "fully_diluted_valuation": names["market_cap"] if coin.rank is not None else None,
        "total_volume": names["total_volume"],
        "high_24h": None if lagging else round_price(quote.high_24h or price, precision),
        "low_24h": None if lagging else round_price(quote.low_24h or price, precision),
        "price_change_24h": None if lagging else price - before,
        "price_change_percentage_24h": None if lagging else round((price / before - 1) * 100, 5),
        "market_cap_change_24h": None if lagging else (price - before) * coin.supply,
        "market_cap_change_percentage_24h": None if lagging else round((price / before - 1) * 100, 5),
        "circulating_supply": coin.supply,
        "total_supply": coin.supply,
        "max_supply": 21000000.0 if capped else None,
        "ath": round_price(price * 1.427, precision),
        "ath_change_percentage": round((1 / 1.427 - 1) * 100, 5),
        "ath_date": "2025-10-06T18:57:42.558Z",
        "atl": round_price(price / 900, precision),
        "atl_change_percentage": 89900.0,
        "atl_date": "2015-07-06T00:00:00.000Z",
        "roi": {"times": 36.9, "currency": "btc", "percentage": 3690.4} if coin.coin_id == "ethereum" else None,
        "last_updated": iso(updated_at(coin, now)),
    }
    if query.get("sparkline") == "true":
        row["sparkline_in_7d"] = {"price": list(market.hourly(coin.coin_id, now - HOUR, 168, currency))}
    for window in split(query.get("price_change_percentage", "")):
        if window in WINDOWS:
            change = None if lagging and window == "1h" else market.change(coin.coin_id, now, WINDOWS[window], currency)
            row[f"price_change_percentage_{window}_in_currency"] = change
    return row


def _simple_price(world: World, query: Query, now: float) -> Reply:
    if not any(query.get(name) for name in ("ids", "names", "symbols")):
        return json_reply({"error": "Missing parameter ids"}, 422)
    ids = query.get("ids")
    if ids is not None:  # a space after a comma loses the coin here, as recorded
        query = {**query, "ids": ",".join(word for word in split(ids) if word == word.strip())}
    bare = [_names(world, coin, "usd", now) for coin in world.market.coins.values()]
    prices = {
        row["id"]: _simple_row(world, row["id"], query, now) for row in choose(bare, {**query, "per_page": "250"})
    }
    return json_reply(prices, cache_control=_cached(60))


def _simple_row(world: World, coin_id: str, query: Query, now: float) -> dict[str, Any]:
    market, coin = world.market, world.market.coins[coin_id]
    row: dict[str, Any] = {}
    for currency in split(query["vs_currencies"].lower()):
        if currency not in CURRENCIES:
            continue
        row[currency] = round_price(market.price(coin_id, now, currency), query.get("precision"))
        if query.get("include_market_cap") == "true":
            row[f"{currency}_market_cap"] = market.price(coin_id, now, currency) * coin.supply
        if query.get("include_24hr_vol") == "true":
            row[f"{currency}_24h_vol"] = market.volume(coin_id, now, currency)
        if query.get("include_24hr_change") == "true":
            row[f"{currency}_24h_change"] = market.change(coin_id, now, DAY, currency)
    if row and query.get("include_last_updated_at") == "true":
        row["last_updated_at"] = int(updated_at(coin, now))
    return row
