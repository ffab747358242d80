"""Which prices have just changed, and from which digit on: they stand out once, then settle."""

from dataclasses import dataclass

from cointicker.engine.state import Snapshot
from cointicker.ui.quotes import look_of

FLASH_SECONDS = 0.8


@dataclass(frozen=True, slots=True)
class Flash:
    """A price that has changed."""

    way: int
    """1 up, -1 down."""
    kept: int
    """Signs from the left that are as they were."""


def flashes_between(old: Snapshot, new: Snapshot, now: float) -> dict[str, Flash]:
    """The watched coins whose price is another than before, by id."""
    if new.quotes is old.quotes or old.currency != new.currency:
        return {}
    flashes = {}
    for coin_id in new.watchlist.coins:
        before, after = old.quotes.get(coin_id), new.quotes.get(coin_id)
        if before is None or after is None or before.price is None or after.price is None:
            continue
        if before.price != after.price:
            was, now_is = look_of(coin_id, old, now).price, look_of(coin_id, new, now).price
            flashes[coin_id] = Flash(1 if after.price > before.price else -1, _same_beginning(was, now_is))
    return flashes


def _same_beginning(before: str, after: str) -> int:
    """How many signs two prices have in common from the left; none where their lengths differ."""
    if len(before) != len(after):
        return 0
    return next(
        (index for index, (one, other) in enumerate(zip(before, after, strict=True)) if one != other), len(after)
    )
