"""What a search among stored headlines gives, and what gives it."""

from dataclasses import dataclass
from typing import Protocol

from cointicker.domain.news import Headline
from cointicker.domain.queries import Query
from cointicker.domain.words import EMPTY, SafeText


@dataclass(frozen=True, slots=True)
class Hit:
    """A headline that a query is true of."""

    headline: Headline
    extract: SafeText = EMPTY
    """What the article says around the words, where the headline alone does not have them."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to."""

    hits: tuple[Hit, ...] = ()
    """The newest first."""
    more: bool = False
    """There are older ones."""
    searched: int = 0
    """Headlines that were looked at, by way of the index."""
    limited: str = ""
    """Why something may have been missed, in words; empty where nothing was."""


class SearchStore(Protocol):
    """What finds stored headlines."""

    async def find(self, query: Query, limit: int) -> Found:
        """The newest headlines of which a query is true, by themselves or by their article."""
        ...

    async def catch_up(self) -> None:
        """Make ready what was stored and cannot be found quickly yet."""
        ...
