"""How many calls a month's budget still allows, and how often that is. Pure."""

from datetime import UTC, datetime


def month_start(now: float) -> float:
    """The beginning of the month (UTC), when CoinGecko counts anew, Unix seconds."""
    moment = datetime.fromtimestamp(now, UTC)
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp()


def month_end(now: float) -> float:
    """The beginning of the next month (UTC), Unix seconds."""
    moment = datetime.fromtimestamp(now, UTC)
    year, month = (moment.year + 1, 1) if moment.month == 12 else (moment.year, moment.month + 1)
    return datetime(year, month, 1, tzinfo=UTC).timestamp()


def market_interval(floor: float, left: int | None, calls_each: int, now: float) -> float:
    """Seconds between two fetches of ``calls_each`` calls, so that ``left`` calls last the month; at least ``floor``.

    ``left`` is ``None`` without a budget. With nothing left the next fetch waits for the next month.
    """
    if left is None:
        return floor
    remaining = month_end(now) - now
    if left < calls_each:
        return max(floor, remaining)
    return max(floor, remaining * calls_each / left)
