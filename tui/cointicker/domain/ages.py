"""When a price counts as old. Light enough for what answers at once."""

OLD_AT_SOURCE = 600.0
"""Seconds after which a price that its source still repeats counts as old."""


def old_age(fetched_at: float, updated_at: float | None, refresh: float, now: float) -> float | None:
    """The age to show beside a price, seconds, or ``None`` while it needs none.

    Old is what was not fetched for three refreshes, or what the source itself last renewed long ago.
    """
    renewed = fetched_at if updated_at is None else min(updated_at, fetched_at)
    if now - fetched_at > 3 * refresh or now - renewed > max(OLD_AT_SOURCE, 3 * refresh):
        return max(0.0, now - renewed)
    return None
