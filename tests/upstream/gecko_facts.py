"""What CoinGecko tells beyond prices: charts, a coin's facts, the whole market, search."""

from typing import Any

from cointicker.domain.market import move
from cointicker.sources.demo_coins import DemoCoin
from cointicker.sources.demo_market import CURRENCIES, DAY, HOUR
from upstream.gecko_values import BEYOND_A_YEAR, Query, chart_times, image, iso, updated_at, whole
from upstream.wire import Reply, json_reply
from upstream.world import World

_OHLC_DAYS = {1: 1800, 7: 4 * HOUR, 14: 4 * HOUR, 30: 4 * HOUR, 90: 4 * DAY, 180: 4 * DAY, 365: 4 * DAY}


def _days(query: Query) -> float | None:
    text = query["days"]
    if text == "max":
        return None
    days = float(text) if text.replace(".", "", 1).isdigit() else 1.0
    return days if days <= 365 else None


def market_chart(world: World, coin_id: str, query: Query, now: float) -> Reply:
    """Prices, caps and volumes with their times in milliseconds, spaced by the length of the chart."""
    days, currency = _days(query), query.get("vs_currency", "usd").lower()
    if days is None:
        return json_reply(BEYOND_A_YEAR, 401)
    if coin_id not in world.market.coins or currency not in CURRENCIES:
        return json_reply({"error": "invalid vs_currency"}, 422)
    market, supply = world.market, world.market.coins[coin_id].supply
    times = chart_times(days, now)
    prices = [[int(at * 1000), market.price(coin_id, at, currency)] for at in times]
    volumes = [[int(at * 1000), market.volume(coin_id, at, currency)] for at in times]
    caps = [[at, price * supply] for at, price in prices]
    return json_reply({"prices": prices, "market_caps": caps, "total_volumes": volumes})


def ohlc(world: World, coin_id: str, query: Query, now: float) -> Reply:
    """Candles, each with the time of its close in milliseconds; wrong parameters are a server error, as recorded."""
    currency, days = query.get("vs_currency", ""), whole(query.get("days"), 0)
    if currency not in CURRENCIES or days not in _OHLC_DAYS:
        return json_reply({"status": 500, "error": "Internal Server Error"}, 500)
    step = _OHLC_DAYS[days]
    rows = []
    for number in range(int((now - days * DAY) // step) + 1, int(now // step) + 1):
        prices = [world.market.price(coin_id, (number - 1 + part / 6) * step, currency) for part in range(7)]
        rows.append([int(number * step * 1000), prices[0], max(prices), min(prices), prices[-1]])
    return json_reply(rows)


def coin_facts(world: World, coin: DemoCoin, query: Query, now: float) -> dict[str, Any]:
    """A coin's page of facts; the parts that a caller may leave out are left out unless their flag is true."""
    market, rates = world.market, CURRENCIES
    facts: dict[str, Any] = {
        "id": coin.coin_id,
        "symbol": coin.symbol.lower(),
        "name": coin.name,
        "web_slug": coin.coin_id,
        "asset_platform_id": None,
        "platforms": {"": ""},
        "detail_platforms": {"": {"decimal_place": None, "contract_address": ""}},
        "block_time_in_minutes": 10,
        "hashing_algorithm": None,
        "categories": ["Demo"],
        "preview_listing": False,
        "public_notice": None,
        "additional_notices": [],
        "has_supply_breakdown": False,
        "description": {
            "en": f'{coin.name} in a world that is <a href="https://example.org/">made up</a>.\r\n\r\nAll of it.'
        },
        "links": _links(coin),
        "image": {size: image(coin.coin_id, size) for size in ("thumb", "small", "large")},
        "country_origin": "",
        "genesis_date": None,
        "sentiment_votes_up_percentage": 82.65,
        "sentiment_votes_down_percentage": 17.35,
        "watchlist_portfolio_users": 1_588_545,
        "market_cap_rank": coin.rank,
        "market_cap_rank_with_rehypothecated": coin.rank,
        "status_updates": [],
        "last_updated": iso(updated_at(coin, now)),
    }
    if query.get("market_data", "true") == "true":
        prices = {currency: market.price(coin.coin_id, now, currency) for currency in rates}
        facts["market_data"] = {
            "current_price": prices,
            "total_value_locked": None,
            "market_cap": {currency: price * coin.supply for currency, price in prices.items()},
            "total_volume": {currency: market.volume(coin.coin_id, now, currency) for currency in rates},
            "price_change_percentage_24h": market.change(coin.coin_id, now, DAY),
            "price_change_percentage_7d": market.change(coin.coin_id, now, 7 * DAY),
            "circulating_supply": coin.supply,
            "total_supply": coin.supply,
            "max_supply": None,
            "last_updated": facts["last_updated"],
        }
    if query.get("tickers", "true") == "true":
        facts["tickers"] = []
    return facts


def _links(coin: DemoCoin) -> dict[str, Any]:
    """Padded with nothing, as there; without a board of their own most coins are given Reddit itself."""
    return {
        "homepage": [f"https://{coin.coin_id}.example/", "", ""],
        "whitepaper": "",
        "blockchain_site": [f"https://blocks.example/{coin.coin_id}", "", None],
        "official_forum_url": ["", "", ""],
        "twitter_screen_name": coin.coin_id.replace("-", "_") if coin.rank is not None else None,
        "facebook_username": "",
        "telegram_channel_identifier": "",
        "subreddit_url": "https://www.reddit.com",
        "repos_url": {"github": [f"https://code.example/{coin.coin_id}"], "bitbucket": []},
    }


def global_facts(world: World, now: float) -> dict[str, Any]:
    """The whole market; its time is in seconds."""
    market = world.market
    ranked = [coin for coin in market.coins.values() if coin.rank is not None]
    cap = sum(coin.supply * market.price(coin.coin_id, now) for coin in ranked)
    before = sum(coin.supply * market.price(coin.coin_id, now - DAY) for coin in ranked)
    volume = sum(market.volume(coin.coin_id, now) for coin in ranked)
    volume_before = sum(market.volume(coin.coin_id, now - DAY) for coin in ranked)
    top = sorted(ranked, key=lambda coin: coin.rank or 0)[:10]
    return {
        "data": {
            "active_cryptocurrencies": 17111,
            "upcoming_icos": 0,
            "ongoing_icos": 49,
            "ended_icos": 3376,
            "markets": 1297,
            "total_market_cap": {currency: cap * market.rate(currency, now) for currency in CURRENCIES},
            "total_volume": {currency: volume * market.rate(currency, now) for currency in CURRENCIES},
            "market_cap_percentage": {
                coin.symbol.lower(): coin.supply * market.price(coin.coin_id, now) / cap * 100 for coin in top
            },
            "market_cap_change_percentage_24h_usd": (cap / before - 1) * 100,
            "volume_change_percentage_24h_usd": (volume / volume_before - 1) * 100,
            "updated_at": int(now),
        }
    }


def search(world: World, words: str) -> dict[str, Any]:
    """Coins whose name, symbol or id holds the words, the highest ranked first."""
    lowered = words.lower()
    coins = sorted(world.market.coins.values(), key=lambda coin: coin.rank or 10**9)
    found = [coin for coin in coins if lowered in f"{coin.coin_id} {coin.symbol.lower()} {coin.name.lower()}"]
    rows = [
        {
            "id": coin.coin_id,
            "name": coin.name,
            "api_symbol": coin.coin_id,
            "symbol": coin.symbol,
            "market_cap_rank": coin.rank,
            "thumb": image(coin.coin_id, "thumb") if coin.rank is not None else "missing_thumb.png",
            "large": image(coin.coin_id),
        }
        for coin in found
    ]
    return {"coins": rows, "exchanges": [], "icos": [], "categories": [], "nfts": []}


def trending(world: World, now: float) -> dict[str, Any]:
    """The fifteen coins that moved most in a day; caps and volumes are text, as there."""
    market = world.market
    ranked = [coin for coin in market.coins.values() if coin.rank is not None and coin.swing]
    loud = sorted(ranked, key=lambda coin: -abs(market.change(coin.coin_id, now, DAY)))[:15]
    rows = [{"item": _trending_item(world, coin, place, now)} for place, coin in enumerate(loud)]
    return {"coins": rows, "nfts": [], "categories": []}


def _trending_item(world: World, coin: DemoCoin, place: int, now: float) -> dict[str, Any]:
    market = world.market
    price, in_btc = market.price(coin.coin_id, now), market.price(coin.coin_id, now, "btc")
    changes = {
        currency: move(market.price(coin.coin_id, now - DAY, currency), market.price(coin.coin_id, now, currency))
        for currency in CURRENCIES
    }
    return {
        "id": coin.coin_id,
        "coin_id": place + 1,
        "name": coin.name,
        "symbol": coin.symbol,
        "market_cap_rank": coin.rank,
        **{size: image(coin.coin_id, size) for size in ("thumb", "small", "large")},
        "slug": coin.coin_id,
        "price_btc": in_btc,
        "score": place,
        "data": {
            "price": price,
            "price_btc": str(in_btc),
            "price_change_percentage_24h": changes,
            "market_cap": f"${price * coin.supply:,.0f}",
            "market_cap_btc": str(in_btc * coin.supply),
            "total_volume": f"${market.volume(coin.coin_id, now):,.0f}",
            "total_volume_btc": str(market.volume(coin.coin_id, now, "btc")),
            "sparkline": f"https://images.example/coins/{coin.coin_id}/sparkline.svg",
            "content": None,
        },
    }
