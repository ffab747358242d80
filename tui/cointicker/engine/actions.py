"""What can be asked of the engine: one frozen value for each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refresh:
    """Fetch everything now, within what the sources allow."""


@dataclass(frozen=True, slots=True)
class MarkRead:
    """Mark headlines read or unread; can be undone."""

    headline_ids: tuple[str, ...]
    read: bool
    quietly: bool = False
    """A consequence of opening an article: nothing to say and nothing to undo."""


@dataclass(frozen=True, slots=True)
class Star:
    """Star headlines or take their stars away; can be undone."""

    headline_ids: tuple[str, ...]
    starred: bool


@dataclass(frozen=True, slots=True)
class Undo:
    """Take the last mark back."""


@dataclass(frozen=True, slots=True)
class UseWatchlist:
    """Show another watchlist."""

    index: int


@dataclass(frozen=True, slots=True)
class UseCurrency:
    """Show prices in another currency, for this run."""

    code: str
    """One of ``domain.market.CURRENCIES``."""


Action = Refresh | MarkRead | Star | Undo | UseWatchlist | UseCurrency
