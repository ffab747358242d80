"""How things were when a person looked away."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Absence:
    """A time in which the person did not look at this pane."""

    left_at: float
    """Unix seconds."""
    back_at: float
    """The same."""
    currency: str
    prices: Mapping[str, float]
    """Coin id → its price when the person left."""
    shown: bool = True
    """Whether the person has not read yet what happened."""
