"""Prices between the few that were recorded: a curve that ends where the record does and moved as it says."""

import math
from collections.abc import Mapping
from typing import Any

from cointicker.sources.demo_market import DAY, HOUR
from cointicker.sources.demo_noise import Wave, stream
from upstream.gecko_values import WINDOWS

_SWINGS = ((40 * DAY, 0.2), (6 * DAY, 0.06), (30 * HOUR, 0.015), (5 * HOUR, 0.006))
_PEGGED_WITHIN = 0.3
"""Percent in a day below which a coin counts as one that hardly moves."""


class Curve:
    """What a recorded coin may have been worth before, the same every time."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self._row = row
        self._wave = Wave(stream("recorded", row["id"]), _SWINGS)
        change = row["price_change_percentage_24h"]
        self._calm = 0.02 if change is not None and abs(change) < _PEGGED_WITHIN else 1.0
        raw = self._wave.at(0) - self._wave.at(-DAY)
        self._drift = (math.log1p(change / 100) - self._calm * raw) / DAY if change is not None else 0.0

    def at(self, seconds: float) -> float:
        """The price at a time counted from the record, so below 0. It drifts for a day to meet the recorded change."""
        drift = self._drift * max(seconds, -DAY)
        return float(self._row["current_price"]) * math.exp(
            self._calm * (self._wave.at(seconds) - self._wave.at(0)) + drift
        )

    def hourly(self, hours: int) -> list[float]:
        """Prices of so many hours until one before the record."""
        return [self.at(-HOUR * hour) for hour in range(hours, 0, -1)]

    def change(self, window: str) -> float | None:
        """Percent in a window of ``gecko_values.WINDOWS``; the recorded one where there is one."""
        recorded = {"1h": "price_change_percentage_1h_in_currency", "24h": "price_change_percentage_24h"}
        if name := recorded.get(window):
            return None if self._row[name] is None else float(self._row[name])
        return (float(self._row["current_price"]) / self.at(-WINDOWS[window]) - 1) * 100
