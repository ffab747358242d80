"""What a server says about time: its own clock, and when it wants to be asked again."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from cointicker.sources.http import Response

_DAY = 86_400.0
_SECONDS = re.compile(r"[0-9]{1,10}(?:\.[0-9]{1,9})?")
_AHEAD = 60.0
"""Seconds that a source's time may lie ahead of ours before it counts as nonsense."""
_SKEW = 120.0
"""A difference between the clocks below it is left alone: correcting it would make equal times differ."""
_EPOCH_FROM = 1e9
"""A larger number is a time, a smaller one a wait."""


def clock_skew(response: Response) -> float:
    """How far the server's clock is ahead of ours, seconds; 0 where it does not say."""
    there = _moment(response.headers.get("date", ""))
    return 0.0 if there is None else there - response.received_at


def corrected(at: float, received_at: float, skew: float) -> float | None:
    """A time that a document tells by the server's clock, by ours, Unix seconds; ``None`` for nonsense.

    ``skew``: how far the server's clock is ahead of ours, seconds. A time to come is nonsense, but for a little.
    """
    if abs(skew) > _SKEW:
        at -= skew
    return min(at, received_at) if 0 < at <= received_at + _AHEAD else None


def retry_at(response: Response) -> float | None:
    """The earliest time of the next try that the server allows, Unix seconds of our clock, at most a day away.

    ``Retry-After`` in seconds or as a date, else ``x-ratelimit-reset``, which CoinGecko spells
    ``2025-07-25 14:54:00 +0000``. ``None`` where it names none that lies ahead.
    """
    now = response.received_at
    for name in ("retry-after", "x-ratelimit-reset"):
        text = response.headers.get(name, "").strip()
        if _SECONDS.fullmatch(text) and float(text) < _EPOCH_FROM:
            at = now + float(text)
        else:
            moment = float(text) if _SECONDS.fullmatch(text) else _moment(text)
            if moment is None:
                continue
            at = moment - clock_skew(response)
        if at > now:
            return min(at, now + _DAY)
    return None


def told_number(response: Response, header: str) -> int | None:
    """A whole number that a header holds, such as the calls that are left; ``None`` for anything else."""
    text = response.headers.get(header, "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None


def _moment(text: str) -> float | None:
    """A date of HTTP or ISO 8601, Unix seconds; without a zone it is UTC."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(text)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
