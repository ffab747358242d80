"""When to ask, and when to ask again. Pure."""

import zlib
from collections.abc import Collection

from cointicker.domain.freshness import Cause, Failed
from cointicker.engine.ports import Deadline

HOUR = 3600.0
DAY = 86_400.0
_EPOCH_HOUR = 72
"""The hour of the week, from Monday, at which Unix time begins: a Thursday."""
_QUIET_SPREAD = 600.0
"""Seconds over which visits are spread that quiet hours put off."""
_RETRY: dict[Cause, tuple[float, float]] = {
    Cause.OFFLINE: (5, 60),
    Cause.TIMEOUT: (15, 300),
    Cause.SERVER: (30, 900),
    Cause.LIMITED: (60, 900),
    Cause.BLOCKED: (900, 3600),
    Cause.REFUSED: (300, 3600),
    Cause.MISSING: (3600, DAY),
    Cause.GONE: (DAY, DAY),
    Cause.BROKEN: (60, 1800),
    Cause.TOO_LARGE: (3600, DAY),
    Cause.FORBIDDEN: (3600, DAY),
}
"""Seconds to the first retry, which doubles with every failure in a row, and the most that it grows to."""

_OF_NETWORK = frozenset({Cause.OFFLINE, Cause.TIMEOUT})


def retry_at(failed: Failed, failures: int, now: float) -> float:
    """When to try again after so many failures in a row (1: the first). What the source asks for wins, up to a day."""
    first, most = _RETRY[failed.cause]
    own = now + min(most, first * 2.0 ** min(failures - 1, 12))
    if failed.retry_at is None:
        return own
    return min(max(failed.retry_at, now + 1), now + DAY)


def revisit_at(failed: Failed, failures: int, now: float, usual: float) -> float:
    """When to visit a feed again after so many failures in a row; ``usual``: when it were due if it had not failed.

    No sooner than that, and what the server asks for wins. But what may be the fault of our network is tried again
    soon, then less and less often.
    """
    if failed.retry_at is None and failed.cause in _OF_NETWORK:
        first, most = _RETRY[failed.cause]
        return now + min(max(most, usual - now), first * 2.0 ** min(failures - 1, 12))
    own = retry_at(failed, failures, now)
    return own if failed.retry_at is not None else max(own, usual)


def note_failure(before: Deadline, failed: Failed, now: float) -> Deadline:
    """The deadline after one more failure in a row."""
    failures = before.failures + 1
    return Deadline(
        fetched_at=before.fetched_at,
        next_at=retry_at(failed, failures, now),
        why=failed.why,
        failures=failures,
        asked=failed.retry_at is not None,
    )


def due_after(fetched_at: float, interval: float, now: float) -> float:
    """When to fetch again what was fetched at a time. A time to come is that of a wrong clock: then it is due now."""
    return now if fetched_at > now else fetched_at + interval


def next_visit(
    now: float, interval: float, asked: float | None, name: str, quiet: Collection[int] = frozenset()
) -> float:
    """When to visit a feed again: its own interval or what it asks for, whichever is longer, at most a day.

    Up to a tenth is added, the same for the same ``name``, so that feeds do not come due all at once. What falls into
    ``quiet`` hours of the week is put off until these are over, by no more than a day.
    """
    wait = min(DAY, max(interval, asked or 0.0))
    spread = (zlib.crc32(name.encode()) % 1000) / 1000
    at = now + wait + wait * 0.1 * spread
    later = _after_quiet(at, quiet)
    return at if later == at else later + spread * _QUIET_SPREAD


def _after_quiet(at: float, quiet: Collection[int]) -> float:
    for _ in range(24):
        if int(at // HOUR + _EPOCH_HOUR) % 168 not in quiet:
            break
        at = (at // HOUR + 1) * HOUR
    return at
