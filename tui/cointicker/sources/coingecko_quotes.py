"""CoinGecko's ``coins/markets`` rows as quotes. Every field may be null, of a wrong type or nonsense."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from cointicker.domain.market import Quote, parse_amount, parse_number, parse_price
from cointicker.text.safe import clean

_ID_LIMIT = 128
_SYMBOL_LIMIT = 40
_MOST_POINTS = 1000
"""Points of a sparkline; CoinGecko sends about 168."""
_AHEAD = 60.0
"""Seconds that a source's time may lie ahead of ours before it counts as nonsense."""
_SKEW = 120.0
"""A difference between the clocks below it is left alone: correcting it would make equal times differ."""


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
        coin_id = _coin_id(row)
        if coin_id and coin_id not in quotes and (wanted is None or coin_id in wanted):
            quotes[coin_id] = _quote(coin_id, row, currency, received_at, skew)
    return tuple(quotes.values())


def valid_id(coin_id: str) -> bool:
    """Whether a text can be a coin's id: one word of safe text without a comma, which would make it two."""
    return bool(coin_id) and "," not in coin_id and " " not in coin_id and clean(coin_id, _ID_LIMIT) == coin_id


def _coin_id(row: object) -> str:
    coin_id = row.get("id") if isinstance(row, Mapping) else None
    return coin_id if isinstance(coin_id, str) and valid_id(coin_id) else ""


def _quote(coin_id: str, row: Mapping[str, Any], currency: str, received_at: float, skew: float) -> Quote:
    symbol = row.get("symbol")
    day = _percent(row.get("price_change_percentage_24h_in_currency"))
    return Quote(
        coin_id=coin_id,
        symbol=clean(symbol.upper() if isinstance(symbol, str) else "", _SYMBOL_LIMIT) or clean(coin_id.upper()),
        name=clean(row.get("name")) or clean(coin_id),
        currency=currency,
        price=parse_price(row.get("current_price")),
        fetched_at=received_at,
        updated_at=_updated_at(row.get("last_updated"), received_at, skew),
        change_1h=_percent(row.get("price_change_percentage_1h_in_currency")),
        change_24h=day if day is not None else _percent(row.get("price_change_percentage_24h")),
        change_7d=_percent(row.get("price_change_percentage_7d_in_currency")),
        market_cap=parse_amount(row.get("market_cap")),
        volume_24h=parse_amount(row.get("total_volume")),
        rank=_rank(row),
        high_24h=parse_price(row.get("high_24h")),
        low_24h=parse_price(row.get("low_24h")),
        sparkline=_sparkline(row.get("sparkline_in_7d")),
    )


def _percent(raw: object) -> float | None:
    """A change of a price; none can lose all of itself."""
    value = parse_number(raw)
    return value if value is not None and value > -100 else None


def _rank(row: Mapping[str, Any]) -> int | None:
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


def _updated_at(raw: object, received_at: float, skew: float) -> float | None:
    if not isinstance(raw, str):
        return None
    try:
        moment = datetime.fromisoformat(raw)
        at = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
    if abs(skew) > _SKEW:
        at -= skew
    return min(at, received_at) if 0 < at <= received_at + _AHEAD else None
