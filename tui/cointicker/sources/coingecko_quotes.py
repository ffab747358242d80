"""CoinGecko's ``coins/markets`` rows as quotes. Every field may be null, of a wrong type or nonsense."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from cointicker.domain.market import Quote, parse_amount, parse_number, parse_price
from cointicker.domain.words import SafeText
from cointicker.sources.server_time import corrected
from cointicker.text.safe import clean

_ID_LIMIT = 128
_SYMBOL_LIMIT = 40
_MOST_POINTS = 1000
"""Points of a sparkline; CoinGecko sends about 168."""


def parse_quotes(
    rows: list[Any], wanted: Collection[str] | None, currency: str, received_at: float, skew: float = 0.0
) -> tuple[Quote, ...]:
    """A quote for each row that names a coin, in the order of the rows.

    ``wanted``: ids asked for, ``None`` for any. Rows of other coins, further rows of the same coin and rows without a
    usable id are dropped; a field that cannot be used is ``None``. ``skew``: how far the server's clock is ahead of
    ours, seconds.
    """
    quotes: dict[str, Quote] = {}
    for row in rows:
        coin_id = coin_id_of(row)
        if coin_id and coin_id not in quotes and (wanted is None or coin_id in wanted):
            quotes[coin_id] = _quote(coin_id, row, currency, received_at, skew)
    return tuple(quotes.values())


def valid_id(coin_id: str) -> bool:
    """Whether a text can be a coin's id: one word of safe text without a comma, which would make it two."""
    return bool(coin_id) and "," not in coin_id and " " not in coin_id and clean(coin_id, _ID_LIMIT) == coin_id


def coin_id_of(row: object) -> str:
    """The id of a row; empty where it has none that can be used."""
    coin_id = row.get("id") if isinstance(row, Mapping) else None
    return coin_id if isinstance(coin_id, str) and valid_id(coin_id) else ""


def _quote(coin_id: str, row: Mapping[str, Any], currency: str, received_at: float, skew: float) -> Quote:
    day = percent(row.get("price_change_percentage_24h_in_currency"))
    return Quote(
        coin_id=coin_id,
        symbol=symbol_of(row, coin_id),
        name=name_of(row, coin_id),
        currency=currency,
        price=parse_price(row.get("current_price")),
        fetched_at=received_at,
        updated_at=_moment(row.get("last_updated"), received_at, skew),
        change_1h=percent(row.get("price_change_percentage_1h_in_currency")),
        change_24h=day if day is not None else percent(row.get("price_change_percentage_24h")),
        change_7d=percent(row.get("price_change_percentage_7d_in_currency")),
        market_cap=parse_amount(row.get("market_cap")),
        volume_24h=parse_amount(row.get("total_volume")),
        rank=rank_of(row),
        high_24h=parse_price(row.get("high_24h")),
        low_24h=parse_price(row.get("low_24h")),
        sparkline=_sparkline(row.get("sparkline_in_7d")),
        change_30d=percent(row.get("price_change_percentage_30d_in_currency")),
        change_1y=percent(row.get("price_change_percentage_1y_in_currency")),
        ath=parse_price(row.get("ath")),
        ath_change=percent(row.get("ath_change_percentage")),
        ath_at=_moment(row.get("ath_date"), received_at, skew),
        atl=parse_price(row.get("atl")),
        atl_change=percent(row.get("atl_change_percentage")),
        atl_at=_moment(row.get("atl_date"), received_at, skew),
        circulating_supply=parse_amount(row.get("circulating_supply")),
        total_supply=parse_amount(row.get("total_supply")),
        max_supply=parse_amount(row.get("max_supply")),
        fully_diluted=parse_amount(row.get("fully_diluted_valuation")),
    )


def symbol_of(row: Mapping[str, Any], coin_id: str) -> SafeText:
    """The symbol of a row in upper case; the id where it has none."""
    symbol = row.get("symbol")
    return clean(symbol.upper() if isinstance(symbol, str) else "", _SYMBOL_LIMIT) or clean(coin_id.upper())


def name_of(row: Mapping[str, Any], coin_id: str) -> SafeText:
    """The name of a row; the id where it has none."""
    return clean(row.get("name")) or clean(coin_id)


def percent(raw: object) -> float | None:
    """A change of a price or cap out of a JSON value; none can lose all of itself."""
    value = parse_number(raw)
    return value if value is not None and value > -100 else None


def rank_of(row: Mapping[str, Any]) -> int | None:
    """The rank by market cap. Staked and wrapped coins have one only among all coins, themselves included."""
    for field in ("market_cap_rank", "market_cap_rank_with_rehypothecated"):
        value = parse_number(row.get(field))
        if value is not None and value >= 1 and value.is_integer():
            return int(value)
    return None


def _sparkline(raw: object) -> tuple[float, ...]:
    points = raw.get("price") if isinstance(raw, Mapping) else None
    if not isinstance(points, list):
        return ()
    return tuple(price for price in map(parse_price, points[-_MOST_POINTS:]) if price is not None)


def _moment(raw: object, received_at: float, skew: float) -> float | None:
    if not isinstance(raw, str):
        return None
    try:
        moment = datetime.fromisoformat(raw)
        at = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
    return corrected(at, received_at, skew)
