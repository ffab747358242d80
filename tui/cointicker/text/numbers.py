"""Numbers, money, ages and dates as a person reads them. Unknown is always ``—``, never 0."""

import math
from datetime import UTC, datetime

UNKNOWN = "—"
UP = "▲"
DOWN = "▼"
FLAT = " "

_SUFFIXES = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K"))
_HASHES = ((1e21, "ZH/s"), (1e18, "EH/s"), (1e15, "PH/s"), (1e12, "TH/s"), (1e9, "GH/s"))
_ROUNDS_UP = 0.9995
"""The part of the next unit from which an amount is told in that unit, lest it read ``1000.0M``."""
_NEAR_ONE = (0.1, 10.0)
"""Where prices of stablecoins lie: not those of an ounce of gold, nor in yen or bitcoin."""
_POINT_BETWEEN = str.maketrans(",.", ".,")
CURRENCY_SIGNS = {"usd": "$", "eur": "€", "gbp": "£", "jpy": "¥", "krw": "₩", "inr": "₹", "btc": "₿"}


def format_price(price: float | None) -> str:
    """A price without its currency: two decimals from 10 up, four from 1, below that six significant digits.

    No exponent whatever the size; ``88,349.00``, ``1.0003``, ``0.122639``, ``0.00000000120600``.
    """
    if price is None:
        return UNKNOWN
    if price >= 1e7:
        return f"{price:,.0f}"
    if price >= 9.99995:
        return f"{price:,.2f}"
    if price >= 1:
        return f"{price:.4f}"
    if price <= 0:
        return "0"
    decimals = 5 - math.floor(math.log10(price))
    text = f"{price:.{decimals}f}"
    return f"{price:.4f}" if float(text) >= 1 else text


def format_pegged(price: float | None) -> str:
    """The price of a coin with a peg: near one always in four decimals, ``0.9998``; else as any other price."""
    return f"{price:.4f}" if price is not None and _NEAR_ONE[0] <= price < _NEAR_ONE[1] else format_price(price)


def regroup(text: str, separators: str) -> str:
    """A number of this module with another sign between thousands: ``,`` ``.`` a blank, ``'`` or none.

    Where that sign is the point, a comma stands before the decimals: ``88.349,00``.
    """
    if separators == ",":
        return text
    return text.translate(_POINT_BETWEEN) if separators == "." else text.replace(",", separators)


def format_change(percent: float | None, digits: int = 2) -> str:
    """A change with its direction as a glyph: ``▲1.24%``; no direction where it rounds to 0."""
    if percent is None:
        return UNKNOWN
    size = f"{abs(percent):,.{digits}f}" if abs(percent) < 1000 else f"{abs(percent):,.0f}"
    glyph = FLAT if float(size.replace(",", "")) == 0 else UP if percent > 0 else DOWN
    return f"{glyph}{size}%".strip()


def direction(percent: float | None, digits: int = 2) -> int:
    """1 for up, -1 for down, 0 for unknown or what rounds to 0; colours follow it."""
    if percent is None or round(percent, digits) == 0:
        return 0
    return 1 if percent > 0 else -1


def format_basis_points(points: float | None) -> str:
    """A distance from a peg: ``+3bp``, ``-1bp``, ``0bp``."""
    if points is None:
        return UNKNOWN
    whole = round(points)
    return f"{whole:+,d}bp" if whole else "0bp"


def format_large(amount: float | None) -> str:
    """A cap or volume in three or four digits: ``1.34T``, ``184.2B``."""
    if amount is None:
        return UNKNOWN
    for size, suffix in _SUFFIXES:
        if abs(amount) >= size * _ROUNDS_UP:
            value = amount / size
            return f"{value:.2f}{suffix}" if abs(value) < 99.995 else f"{value:.1f}{suffix}"
    return f"{amount:.0f}"


def format_hashrate(rate: float | None) -> str:
    """Hashes per second with the unit that keeps it short: ``1.04 ZH/s``."""
    if rate is None:
        return UNKNOWN
    for size, unit in _HASHES:
        if rate >= size * _ROUNDS_UP:
            return f"{rate / size:.2f} {unit}"
    return f"{rate:.0f} H/s"


def format_difficulty(difficulty: float | None) -> str:
    """``148.2 T``."""
    return UNKNOWN if difficulty is None else f"{difficulty / 1e12:.1f} T"


def format_rate(rate: float) -> str:
    """A fee rate: whole where it is whole, else up to two decimals."""
    return f"{rate:.2f}".rstrip("0").rstrip(".")


def format_age(seconds: float | None) -> str:
    """How long ago, in one unit: ``18s``, ``12m``, ``3h``, ``2d``, ``5w``."""
    if seconds is None:
        return UNKNOWN
    whole = max(0, int(seconds))
    for size, unit in ((604_800 * 2, "w"), (86_400, "d"), (3600, "h"), (60, "m")):
        if whole >= size:
            return f"{whole // (604_800 if unit == 'w' else size)}{unit}"
    return f"{whole}s"


def format_duration(seconds: float | None) -> str:
    """How long until, in two units: ``5d 3h``, ``2h 10m``, ``42s``."""
    if seconds is None:
        return UNKNOWN
    whole = max(0, int(seconds))
    days, rest = divmod(whole, 86_400)
    hours, rest = divmod(rest, 3600)
    minutes, left = divmod(rest, 60)
    if days:
        return f"{days}d {hours}h"
    if hours:
        return f"{hours}h {minutes}m"
    return f"{minutes}m" if minutes else f"{left}s"


def format_moment(at: float) -> str:
    """A time (Unix seconds) in the local time zone: ``14 Jan 2026 21:18``."""
    return datetime.fromtimestamp(at).astimezone().strftime("%-d %b %Y %H:%M")


def format_clock(at: float) -> str:
    """A time (Unix seconds) of the local day: ``21:18``."""
    return datetime.fromtimestamp(at).astimezone().strftime("%H:%M")


def iso_time(at: float | None) -> str | None:
    """A time (Unix seconds) as ISO 8601 in UTC, to the second; ``None`` stays ``None``."""
    return None if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_iso_time(text: object) -> float | None:
    """ISO 8601, as CoinGecko writes it, to Unix seconds; ``None`` for anything else or outside 2009 to 2100."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    at = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return at if 1_230_768_000 <= at <= 4_102_444_800 else None
