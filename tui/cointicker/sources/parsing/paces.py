"""How often a feed asks to be visited, and when not at all."""

import re
from typing import Any

_LONGEST_WAIT = 7 * 86_400.0
"""Seconds; what asks for more is a mistake."""
_HEAD = 20_000
"""Characters of a feed before its first entry in which it speaks of itself."""
_PERIODS = {"hourly": 3600.0, "daily": 86_400.0, "weekly": 7 * 86_400.0}
"""Longer ones are no wish that a reader of news can go by."""
_FIRST_ENTRY = re.compile(r"<(?:item|entry)[\s>]", re.IGNORECASE)
_HOUR = re.compile(r"<hour>\s{0,20}(\d{1,2})\s{0,20}</hour>", re.IGNORECASE)
_DAY = re.compile(r"<day>\s{0,20}([a-z]{6,9})\s{0,20}</day>", re.IGNORECASE)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_pace(ttl: Any, period: Any, frequency: Any) -> float | None:
    """Seconds between two visits: the longer of ``ttl`` (minutes) and of the syndication module's period."""
    own = _number(ttl) * 60
    length = _PERIODS.get(period.strip().lower(), 0.0) if isinstance(period, str) else 0.0
    syndicated = length / (_number(frequency) or 1.0)
    return max((value for value in (own, syndicated) if 0 < value <= _LONGEST_WAIT), default=None)


def read_quiet(text: str) -> list[int]:
    """Hours of the week, UTC, from 0 for the first of Monday, named by ``skipHours`` and ``skipDays`` of RSS.

    A feed that skips all hours is not taken at its word.
    """
    first = _FIRST_ENTRY.search(text, 0, _HEAD)
    head = text[: first.start() if first else _HEAD]
    hours = {int(found) % 24 for found in _HOUR.findall(head)}
    days = {_DAYS.index(name) for found in _DAY.findall(head) if (name := found.lower()) in _DAYS}
    quiet = [hour for hour in range(168) if hour % 24 in hours or hour // 24 in days]
    return quiet if len(quiet) < 168 else []


def _number(raw: Any) -> float:
    """A number from 0 on; 0 for what is none."""
    try:
        value = float(raw)
    except (TypeError, ValueError):
        return 0.0
    return value if 0 < value < float("inf") else 0.0
