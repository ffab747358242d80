"""What is remembered of the calls to the market source, by all panes and commands together."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from cointicker.engine.budget import Day

MARKET = "market"
"""The name of the market's calls in the ledger."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How many calls the source bears in a minute, as it showed itself."""

    most: int
    until: float
    """How long this is believed, Unix seconds."""

    LONGEST: ClassVar[float] = 86_400.0
    """Seconds that it may be believed."""


class LedgerStore(Protocol):
    """The ledger. Keys go by their marks; no method blocks the caller's loop."""

    async def count(self, service: str, key: str = "") -> None:
        """Enter a call, made now."""
        ...

    async def note_fetch(self, service: str, key: str, calls: int, watched: float) -> None:
        """Note that so many of the calls, counted before, were for quotes, and seconds that somebody looked."""
        ...

    async def days(self, service: str, key: str, since: int) -> tuple[Day, ...]:
        """The days from a day on (as ``budget.day_number`` counts), the oldest first."""
        ...

    async def since(self, service: str, since: float) -> int:
        """How many calls were made to a service since a time (Unix seconds, of the last two hours)."""
        ...

    async def limit(self, service: str, key: str) -> Limit | None:
        """What is known of the calls that a minute bears, as long as it holds."""
        ...

    async def save_limit(self, service: str, key: str, limit: Limit) -> None:
        """Keep how many calls a minute bears."""
        ...
