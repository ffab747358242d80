"""Chance that repeats: smooth random curves over time that depend on nothing but a seed and a name."""

from collections.abc import Sequence
from hashlib import blake2b

_MASK = (1 << 64) - 1


def stream(*parts: object) -> int:
    """A key for ``unit``: the same parts give the same key on every machine and in every run."""
    text = "\0".join(map(str, parts)).encode()
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big")


def unit(key: int, number: int) -> float:
    """The ``number``-th value of a stream, in [0, 1); any value can be asked for at once (SplitMix64)."""
    mixed = (key + number * 0x9E3779B97F4A7C15) & _MASK
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
    return ((mixed ^ (mixed >> 31)) >> 11) / (1 << 53)


class Wave:
    """A smooth curve around 0, the sum of several that swing at different speeds."""

    def __init__(self, key: int, swings: Sequence[tuple[float, float]]) -> None:
        """``swings``: seconds between two turns, and how far that swing reaches to either side."""
        self._swings = [(period, reach, stream(key, period)) for period, reach in swings]

    def at(self, moment: float) -> float:
        """The height of the curve at a time (Unix seconds)."""
        total = 0.0
        for period, reach, key in self._swings:
            position = moment / period
            step = int(position // 1)
            share = position - step
            share *= share * (3 - 2 * share)
            total += reach * (2 * (unit(key, step) * (1 - share) + unit(key, step + 1) * share) - 1)
        return total
