"""What alerts need of the outside: a place that remembers them, and ways to make themselves heard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cointicker.domain.alerts import Firing, Watch


@dataclass(frozen=True, slots=True)
class Outcome:
    """What judging one alert came to."""

    before: Watch
    """As it was stored."""
    after: Watch
    firings: tuple[Firing, ...] = ()


class AlertStore(Protocol):
    """What is remembered of alerts between runs, and shared by all panes."""

    async def watches(self) -> dict[str, Watch]:
        """What is remembered of every alert, by its id."""
        ...

    async def keep(self, outcomes: Sequence[Outcome]) -> tuple[Firing, ...]:
        """Store what alerts came to, unless another process was quicker; the firings that are ours to act on."""
        ...

    async def firings(self, limit: int) -> tuple[Firing, ...]:
        """The last that fired, the newest last."""
        ...


class Notifier(Protocol):
    """Tells of a firing outside the terminal."""

    async def show(self, text: str) -> str:
        """A notification of the desktop; why it could not be, in words, or empty text."""
        ...

    async def run(self, command: Sequence[str], values: Mapping[str, str]) -> str:
        """Run a person's command with values in its environment; what went wrong, in words, or empty text."""
        ...
