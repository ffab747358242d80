"""How CoinGecko chooses, orders, rounds and dates what it answers; facts from its documentation and recordings."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from cointicker.sources.demo_coins import DemoCoin
from cointicker.sources.demo_market import DAY, HOUR

Query = Mapping[str, str]
WINDOWS = {"1h": HOUR, "24h": DAY, "7d": 7 * DAY, "14d": 14 * DAY, "30d": 30 * DAY, "200d": 200 * DAY, "1y": 365 * DAY}
_ORDERS: dict[str, tuple[str, bool]] = {
    "market_cap_desc": ("market_cap", True),
    "market_cap_asc": ("market_cap", False),
    "volume_desc": ("total_volume", True),
    "volume_asc": ("total_volume", False),
    "id_asc": ("id", False),
    "id_desc": ("id", True),
}
BEYOND_A_YEAR = {
    "error": {
        "status": {
            "timestamp": "2026-01-14T21:30:00.000+00:00",
            "error_code": 10012,
            "error_message": "Your request exceeds the allowed time range. Public API users are limited to querying "
            "historical data within the past 365 days.",
        }
    }
}
"""What a keyless caller is told who asks for more than 365 days."""


def iso(at: float) -> str:
    """A time as CoinGecko writes it: ISO 8601 with milliseconds and ``Z``."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{int(at * 1000) % 1000:03d}Z"


def round_price(price: float, precision: str | None) -> float:
    """As ``precision`` asks, or as CoinGecko rounds by itself (none from 10,000 up, more the smaller it is)."""
    if precision == "full":
        return price
    if precision is not None and precision.isdigit():
        return round(price, int(precision))
    for floor, digits in ((1e4, 0), (1.1, 2), (1.0, 3), (0.1, 6), (1e-5, 8), (1e-6, 8), (1e-7, 12)):
        if price >= floor:
            return round(price) if digits == 0 else round(price, digits)
    return round(price, 15)


def split(text: str) -> list[str]:
    """The words of a list with commas, as CoinGecko reads it: spaces around them are its own mistake."""
    return [word for word in text.split(",") if word]


def choose(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """Those rows of a markets page that ``ids``, ``names`` or ``symbols`` ask for, in the order and page asked for."""
    if ids := query.get("ids"):
        wanted = {word.strip() for word in split(ids)}
        rows = [row for row in rows if row["id"] in wanted]
    elif names := query.get("names"):
        wanted = {word.strip().lower() for word in split(names)}
        rows = [row for row in rows if row["name"].lower() in wanted]
    elif symbols := query.get("symbols"):
        wanted = {word.strip().lower() for word in split(symbols)}
        rows = [row for row in rows if row["symbol"] in wanted]
        if query.get("include_tokens", "top") == "top":
            rows = _top_of_each(rows)
    else:
        rows = [row for row in rows if row["market_cap_rank"] is not None]
    name, descending = _ORDERS.get(query.get("order", ""), _ORDERS["market_cap_desc"])
    rows = sorted(rows, key=lambda row: row[name] or 0, reverse=descending)
    per_page = min(max(whole(query.get("per_page"), 100), 1), 250)
    first = (max(whole(query.get("page"), 1), 1) - 1) * per_page
    return rows[first : first + per_page]


def whole(text: str | None, default: int) -> int:
    """A parameter that is a whole number, or what stands in for it."""
    return int(text) if text is not None and text.isdigit() else default


def _top_of_each(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    best: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: row["market_cap_rank"] or 10**9):
        best.setdefault(row["symbol"], row)
    return list(best.values())


def chart_times(days: float, now: float) -> list[float]:
    """The times of a chart's points: five-minute, hourly or daily ones by length, then the present."""
    step = 300.0 if days <= 1 else HOUR if days <= 90 else DAY
    first = math.ceil((now - days * DAY) / step)
    times = [
        number * step + (0 if step == DAY else 7.0 * (number % 5)) for number in range(first, int(now // step) + 1)
    ]
    return [*(at for at in times if at < now), now]


def image(coin_id: str, size: str = "large") -> str:
    """Address of a coin's picture."""
    return f"https://images.example/coins/{size}/{coin_id}.png?1696501400"


def updated_at(coin: DemoCoin, now: float) -> float:
    """When a coin was last priced: seconds ago for most; the thinly traded lag by hours, as they do."""
    lag = len(coin.coin_id) * 7 % 50
    return now - lag - (5 * HOUR if coin.volume < 1e5 else 0)
