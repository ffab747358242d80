"""The world that the server shows: the demo world of the program itself, at the time of a clock."""

import time
from collections.abc import Callable
from pathlib import Path

from cointicker.sources.demo import DemoWorld
from cointicker.sources.demo_market import EPOCH
from upstream.recorded import Recorded


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: float = EPOCH) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        """Move on by so many seconds."""
        self.now += seconds


class World:
    """What happens outside, by seed and clock; the same for the same two."""

    def __init__(
        self, seed: int = 7, clock: Callable[[], float] = time.time, *, recorded: Recorded | None = None
    ) -> None:
        """``clock`` gives Unix seconds; ``recorded`` answers where it can, the world where it cannot."""
        self.seed = seed
        self.clock = clock
        self.recorded = recorded
        demo = DemoWorld(seed)
        self.market = demo.market
        self.mining = demo.mining
        self.press = demo.press
        self.articles = demo.articles

    @classmethod
    def from_corpus(
        cls, path: Path, *, times: str = "recorded", seed: int = 7, clock: Callable[[], float] = time.time
    ) -> "World":
        """A world of recorded answers. ``times``: ``"recorded"``, or ``"now"`` to make the newest a minute old."""
        if times not in {"recorded", "now"}:
            raise ValueError(f"times must be 'recorded' or 'now', not {times!r}")
        return cls(seed, clock, recorded=Recorded(path, shift=times == "now"))
