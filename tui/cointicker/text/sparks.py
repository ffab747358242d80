"""Numbers as tiny pictures of block characters."""

from collections.abc import Sequence

LEVELS = "▁▂▃▄▅▆▇█"


def resample(values: Sequence[float], width: int) -> tuple[float, ...]:
    """So many points, each the mean of its share of the values; fewer values than points are repeated."""
    count = len(values)
    if not count or width <= 0:
        return ()
    points = []
    for column in range(width):
        start = column * count // width
        end = max(start + 1, (column + 1) * count // width)
        share = values[start:end]
        points.append(sum(share) / len(share))
    return tuple(points)


def sparkline(values: Sequence[float], width: int) -> str:
    """A line of ``width`` bars from the lowest to the highest value; empty for no values, level where all agree."""
    points = resample(values, width)
    if not points:
        return ""
    low, high = min(points), max(points)
    if high - low <= abs(high) * 1e-12:
        return LEVELS[3] * width
    top = len(LEVELS) - 1
    return "".join(LEVELS[round((point - low) / (high - low) * top)] for point in points)


def bar(share: float, width: int, fill: str = "█") -> str:
    """A bar of up to ``width`` cells for a fraction; at least one cell for anything above 0."""
    if share <= 0 or width <= 0:
        return ""
    return fill * min(width, max(1, round(share * width)))


def place_between(low: float, high: float, value: float, width: int) -> int:
    """The cell, from 0, where a value stands on a line of ``width`` cells from the lowest to the highest."""
    if high <= low or width < 1:
        return max(0, (width - 1) // 2)
    share = (min(max(value, low), high) - low) / (high - low)
    return min(width - 1, int(share * width))
