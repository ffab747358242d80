"""From an amount to a place on an axis, and round numbers beside it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
_LEVEL = 0.01
"""Part of an amount that is shown around it where nothing moves."""
_SUFFIXES = ((1e12, "T"), (1e9, "B"), (1e6, "M"))


@dataclass(frozen=True, slots=True)
class Scale:
    """Amounts from ``low`` to ``high`` on ``size`` places, counted from ``high``'s."""

    low: float
    high: float
    size: int

    @classmethod
    def around(cls, values: Sequence[float], size: int, *, margin: int = 0) -> "Scale":
        """One that holds all values, with ``margin`` free places on either side; level values lie in the middle."""
        low, high = min(values), max(values)
        reach = high - low
        if reach <= abs(high) * 1e-9:
            around = abs(high) * _LEVEL or 1.0
            return cls(low - around, high + around, size)
        inner = max(1, size - 1 - 2 * margin)
        extra = reach * margin / inner
        return cls(low - extra, high + extra, size)

    def place(self, value: float) -> int:
        """Place of a value, 0 at the top; values outside are at the edge."""
        share = (self.high - value) / (self.high - self.low)
        return max(0, min(self.size - 1, round(share * (self.size - 1))))

    def ticks(self, most: int) -> list[float]:
        """At most so many round values within the scale, lowest first."""
        step = round_step(self.high - self.low, most)
        first = math.ceil(self.low / step)
        last = math.floor(self.high / step)
        return [number * step for number in range(first, last + 1)]


def round_step(reach: float, most: int) -> float:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that occurs at most ``most`` times within ``reach``."""
    raw = reach / max(1, most)
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in _ROUND if factor * power >= raw * (1 - 1e-9))


def tick_labels(ticks: Sequence[float]) -> list[str]:
    """Ticks in words, all with the same number of decimals: as many as their distance needs, and no exponent."""
    if not ticks:
        return []
    step = min((after - before for before, after in pairwise(ticks)), default=abs(ticks[0]) or 1.0)
    largest = max(map(abs, ticks))
    for size, suffix in _SUFFIXES:
        if largest >= size and step >= size / 1000:
            return [f"{tick / size:,.{_decimals(step / size)}f}{suffix}" for tick in ticks]
    decimals = _decimals(step)
    return [f"{tick:,.{decimals}f}" for tick in ticks]


def _decimals(step: float) -> int:
    """Decimal places that tell multiples of a step apart."""
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    return places if abs(step * 10**places - round(step * 10**places)) < 1e-6 else places + 1
