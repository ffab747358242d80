"""Where a coin is at home on the web."""

from dataclasses import dataclass
from enum import Enum


class LinkKind(Enum):
    """What an address of a coin leads to, as people call it; in the order in which they are shown."""

    HOME = "website"
    EXPLORER = "explorer"
    CODE = "source code"
    X = "X"
    REDDIT = "Reddit"


@dataclass(frozen=True, slots=True)
class CoinLink:
    """An address of a coin's own."""

    kind: LinkKind
    url: str
    """Vetted: http or https, in ASCII."""
