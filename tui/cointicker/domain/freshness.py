"""How true a thing still is. A fetch ends as one of these values, never as an exception."""

from dataclasses import dataclass
from enum import Enum


class Cause(Enum):
    """Why something could not be had; chooses the words and how long to wait."""

    OFFLINE = "offline"
    """No network, no such host, connection refused."""
    TIMEOUT = "timeout"
    LIMITED = "limited"
    """The server said: too many requests."""
    BLOCKED = "blocked"
    """A bot wall or a firewall answered."""
    REFUSED = "refused"
    """A key is missing, wrong or not enough."""
    MISSING = "missing"
    """The server does not know what was asked for."""
    GONE = "gone"
    """The server had it, and says that it never will again: 410."""
    BROKEN = "broken"
    """The answer cannot be understood."""
    TOO_LARGE = "too large"
    FORBIDDEN = "forbidden"
    """We refuse to go there: a private address, a scheme that is not http."""
    SERVER = "server"
    """The server failed: 5xx."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """As new as its source gives it."""

    at: float
    """When it was fetched, Unix seconds."""


@dataclass(frozen=True, slots=True)
class Stale:
    """An older answer stands in for one that could not be had."""

    since: float
    """When the answer shown was fetched, Unix seconds."""
    why: str
    retry_at: float | None = None
    """When the next try is due, Unix seconds."""


@dataclass(frozen=True, slots=True)
class Failed:
    """There is nothing to show."""

    why: str
    """In words, for a person; safe to show."""
    retry_at: float | None = None
    """When the next try is due, or the earliest that the source allows, Unix seconds."""
    cause: Cause = Cause.BROKEN


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing has been asked yet, or the first answer is still under way."""


Freshness = Fresh | Stale | Failed | Waiting


def state_name(freshness: Freshness) -> str:
    """The word for it in JSON: ``fresh``, ``stale`` or ``failed``."""
    if isinstance(freshness, Fresh):
        return "fresh"
    return "stale" if isinstance(freshness, Stale) else "failed"


def reason_of(freshness: Freshness) -> str | None:
    """Why it is not fresh, in words, or ``None``."""
    if isinstance(freshness, Stale | Failed):
        return freshness.why
    return None


def fetched_at(freshness: Freshness) -> float | None:
    """When what is shown was fetched, Unix seconds, or ``None`` where nothing is shown."""
    if isinstance(freshness, Fresh):
        return freshness.at
    return freshness.since if isinstance(freshness, Stale) else None
