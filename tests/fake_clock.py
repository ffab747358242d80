"""A clock that the test holds."""

START = 1_800_000_000.0
"""15 January 2027, 08:00 UTC, Unix seconds."""


class Clock:
    """Says what it was told, Unix seconds."""

    def __init__(self, now: float = START) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
