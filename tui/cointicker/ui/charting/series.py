"""What a chart draws, made ready: the window of time, the live price, gaps, columns of volume and candles."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cointicker.domain.charts import Candle, ChartPoint, Span

_HOUR = 3600.0
_DAY = 24 * _HOUR

GAPS = {
    Span.DAY: 2.5 * _HOUR,
    Span.WEEK: 8 * _HOUR,
    Span.MONTH: 14 * _HOUR,
    Span.QUARTER: 2.5 * _DAY,
    Span.YEAR: 8 * _DAY,
    Span.MAX: 30 * _DAY,
}
"""Seconds without a point from which on no line is drawn: well beyond what CoinGecko leaves between two points."""


@dataclass(frozen=True, slots=True)
class Window:
    """The time that a picture shows, on so many columns."""

    start: float
    """Unix seconds."""
    end: float
    columns: int

    @classmethod
    def of(cls, points: Sequence[ChartPoint], span: Span, now: float, columns: int) -> "Window":
        """The span before ``now``, or from the first point on where there is none for so long."""
        start = max(now - span.seconds, points[0].at if points else 0.0)
        return cls(min(start, now - 1.0), now, max(1, columns))

    @property
    def column_seconds(self) -> float:
        """Seconds that a column stands for."""
        return (self.end - self.start) / self.columns

    def place(self, at: float, parts: int = 1) -> int:
        """Column of a time, counted in so many parts of a column; those outside are at the edge."""
        last = self.columns * parts - 1
        return max(0, min(last, round((at - self.start) / (self.end - self.start) * last)))

    def time(self, column: int) -> float:
        """The time in the middle of a column."""
        return self.start + (self.end - self.start) * column / max(1, self.columns - 1)

    def holds(self, at: float) -> bool:
        """Whether a time is shown."""
        return self.start <= at <= self.end


def within(points: Sequence[ChartPoint], window: Window) -> tuple[ChartPoint, ...]:
    """The points that a window shows."""
    return tuple(point for point in points if window.holds(point.at))


def with_live(points: Sequence[ChartPoint], price: float | None, at: float | None) -> tuple[ChartPoint, ...]:
    """The points and the newest price, where that is newer than all of them."""
    if price is None or at is None or (points and at <= points[-1].at):
        return tuple(points)
    return (*points, ChartPoint(at, price))


def runs(points: Sequence[ChartPoint], gap: float) -> Iterator[Sequence[ChartPoint]]:
    """Points in pieces without a gap (seconds) between two of them."""
    start = 0
    for index in range(1, len(points) + 1):
        if index == len(points) or points[index].at - points[index - 1].at > gap:
            if index > start:
                yield points[start:index]
            start = index


def nearest(points: Sequence[ChartPoint], at: float, gap: float) -> ChartPoint | None:
    """The point closest to a time, unless it is further away than half a gap (seconds)."""
    index = bisect_left(points, at, key=lambda point: point.at)
    around = points[max(0, index - 1) : index + 1]
    best = min(around, key=lambda point: abs(point.at - at), default=None)
    return best if best is not None and abs(best.at - at) <= gap / 2 else None


def in_percent(points: Sequence[ChartPoint], base: float) -> tuple[ChartPoint, ...]:
    """The same points with the change from a price instead of prices, percent."""
    return tuple(ChartPoint(point.at, (point.price / base - 1) * 100, point.volume) for point in points)


def volumes(points: Sequence[ChartPoint], window: Window, gap: float) -> list[float | None]:
    """The volume at each column: the mean of its points, else that of the point before; ``None`` in a gap."""
    sums = [0.0] * window.columns
    counts = [0] * window.columns
    known = [point for point in points if point.volume is not None and window.holds(point.at)]
    for point in known:
        column = window.place(point.at)
        sums[column] += point.volume or 0.0
        counts[column] += 1
    shown: list[float | None] = []
    for column in range(window.columns):
        if counts[column]:
            shown.append(sums[column] / counts[column])
        else:
            near = nearest(known, window.time(column), gap)
            shown.append(near.volume if near is not None else None)
    return shown


def joined(candles: Sequence[Candle], window: Window, width: int) -> dict[int, Candle]:
    """Column → candle, one for every ``width`` columns at most: those that fall on the same ones are made into one."""
    columns: dict[int, Candle] = {}
    for candle in candles:
        if not window.holds(candle.at):
            continue
        column = window.place(candle.at) // width * width
        before = columns.get(column)
        columns[column] = candle if before is None else _join(before, candle)
    return columns


def _join(one: Candle, later: Candle) -> Candle:
    return Candle(later.at, one.open, max(one.high, later.high), min(one.low, later.low), later.close)


def made_of(points: Sequence[ChartPoint], window: Window, width: int) -> tuple[Candle, ...]:
    """Candles out of prices, one for every ``width`` columns, where the source has none."""
    made: dict[int, Candle] = {}
    for point in points:
        if not window.holds(point.at):
            continue
        place = window.place(point.at) // width
        own = Candle(window.time(place * width + width // 2), point.price, point.price, point.price, point.price)
        last = made.get(place) or made.get(place - 1)
        if last is not None and place not in made:  # it opens where the one before closed
            last = Candle(own.at, last.close, last.close, last.close, last.close)
        made[place] = own if last is None else _join(last, own)
    return tuple(made[place] for place in sorted(made))
