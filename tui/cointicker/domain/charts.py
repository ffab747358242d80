"""How a price went over a span of time."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from cointicker.domain.market import PRICE_CEILING, SPARKLINE_SPAN, PriceHistory, Quote

_DAY = 86_400.0


class Span(Enum):
    """How far a chart reaches back."""

    DAY = "24h"
    WEEK = "7d"
    MONTH = "30d"
    QUARTER = "90d"
    YEAR = "1y"
    MAX = "max"
    """As far as the source goes."""

    @property
    def seconds(self) -> float:
        """Length; of ``MAX`` from the first block of Bitcoin on, which no price is older than."""
        return _SECONDS[self]


_SECONDS = {
    Span.DAY: _DAY,
    Span.WEEK: 7 * _DAY,
    Span.MONTH: 30 * _DAY,
    Span.QUARTER: 90 * _DAY,
    Span.YEAR: 365 * _DAY,
    Span.MAX: 20 * 365 * _DAY,
}


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A price at a time. Points are not evenly spaced."""

    at: float
    """Unix seconds."""
    price: float
    volume: float | None = None
    """Traded in the 24 hours before, in the chart's currency."""


@dataclass(frozen=True, slots=True)
class Candle:
    """What the price did from one candle's time to the next."""

    at: float
    """Unix seconds; CoinGecko gives the end of the candle."""
    open: float
    high: float
    low: float
    close: float


@dataclass(frozen=True, slots=True)
class Chart:
    """One coin over one span, oldest first."""

    coin_id: str
    currency: str
    """Code of the currency of all amounts, lower case."""
    span: Span
    points: tuple[ChartPoint, ...]
    candles: tuple[Candle, ...]
    """Empty where the source has none, or was not asked for them."""
    fetched_at: float
    """When the points were fetched, Unix seconds."""
    candles_at: float | None = None
    """When the candles were fetched, Unix seconds; ``None``: never."""


def ordered_points(points: Iterable[ChartPoint]) -> tuple[ChartPoint, ...]:
    """Points that can be drawn: oldest first, one a moment (the first of several); see ``is_drawable``."""
    by_time: dict[float, ChartPoint] = {}
    for point in points:
        if is_drawable(point.at, point.price):
            by_time.setdefault(point.at, point)
    return tuple(by_time[at] for at in sorted(by_time))


def ordered_candles(candles: Iterable[Candle]) -> tuple[Candle, ...]:
    """Candles that can be drawn: oldest first, one a moment, with the high highest and the low lowest."""
    by_time: dict[float, Candle] = {}
    for candle in candles:
        prices = (candle.open, candle.high, candle.low, candle.close)
        if is_drawable(candle.at, *prices) and candle.high == max(prices) and candle.low == min(prices):
            by_time.setdefault(candle.at, candle)
    return tuple(by_time[at] for at in sorted(by_time))


def is_drawable(at: float, *prices: float) -> bool:
    """Whether a time and prices are finite, above zero, and the prices below ``PRICE_CEILING``."""
    return 0 < at < math.inf and all(0 < price < PRICE_CEILING for price in prices)


def with_history(chart: Chart, history: PriceHistory, since: float) -> Chart:
    """The chart with prices that were stored as they came, from a time on (Unix seconds).

    Where the source and the store know the same moment, the source's point stays, for it has a volume.
    """
    stored = (ChartPoint(at, price) for at, price in zip(history.times, history.prices, strict=True) if at >= since)
    return replace(chart, points=ordered_points((*chart.points, *stored)))


def from_sparkline(quote: Quote) -> tuple[ChartPoint, ...]:
    """The last week as a quote's sparkline tells it; its points carry no times and are taken as evenly spread."""
    prices = quote.sparkline
    end = quote.updated_at or quote.fetched_at
    if len(prices) < 2:
        return ()
    step = SPARKLINE_SPAN / len(prices)  # the last point is about a step old
    points = [ChartPoint(end - (len(prices) - place) * step, price) for place, price in enumerate(prices)]
    if quote.price is not None:
        points.append(ChartPoint(end, quote.price))
    return ordered_points(points)
