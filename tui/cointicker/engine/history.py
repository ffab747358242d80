"""What the engine needs of the prices that were stored as they came."""

from collections.abc import Sequence
from typing import Protocol

from cointicker.domain.market import PriceHistory


class HistoryStore(Protocol):
    """Prices of all coins over time, shared by all panes. No method blocks the caller's loop."""

    async def histories(self, coin_ids: Sequence[str], currency: str, since: float) -> dict[str, PriceHistory]:
        """Stored prices of coins from a time on (Unix seconds)."""
        ...

    async def save_prices(self, coin_id: str, currency: str, prices: Sequence[tuple[float, float]]) -> None:
        """Put prices (Unix seconds, price) of the past into the history of a coin; what is there stays."""
        ...

    async def prices_near(
        self, moments: Sequence[tuple[str, float]], currency: str, within: float
    ) -> dict[tuple[str, float], float]:
        """The stored price closest to each moment (coin id, Unix seconds), where one lies within so many seconds."""
        ...
