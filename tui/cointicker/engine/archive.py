"""All that is stored, page by page, for who writes it out; nothing of it is held in memory at once."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from cointicker.domain.alerts import Firing
from cointicker.domain.news import Headline


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of it."""

    since: float = float("-inf")
    """Unix seconds, included."""
    until: float = float("inf")
    """Unix seconds, not included."""
    coins: tuple[str, ...] = ()
    """Ids; empty: all."""


@dataclass(frozen=True, slots=True)
class StoredPrice:
    """A price as it came."""

    coin_id: str
    currency: str
    """Code, lower case."""
    at: float
    """Unix seconds."""
    price: float


class Archive(Protocol):
    """Gives pages of rows. Between two of them others may write."""

    def prices(self, wanted: Wanted) -> AsyncIterator[Sequence[StoredPrice]]:
        """By coin and currency, each oldest first."""
        ...

    def headlines(self, wanted: Wanted) -> AsyncIterator[Sequence[Headline]]:
        """Oldest first."""
        ...

    def firings(self, wanted: Wanted) -> AsyncIterator[Sequence[Firing]]:
        """Oldest first."""
        ...
