"""Whether a new price can be believed at once. Sources have shown bitcoin at 870 billion dollars, and at nothing."""

from dataclasses import replace

from cointicker.domain.market import Quote, move

JUMP = 25.0
"""Percent that a price may move within ``SOON`` and still be believed at once."""
SOON = 600.0
"""Seconds between two samples in which a larger move is doubted."""
OUTSIDE = 1.5
"""How many times the day's high a price may be, or what part of its low, and still be believed at once."""
AGREES = 5.0
"""Percent between two samples that confirm each other."""


def sampled_at(quote: Quote) -> float:
    """The time of the price: the source's own, else when it reached us; Unix seconds."""
    return quote.fetched_at if quote.updated_at is None else quote.updated_at


def confirm(new: Quote, stored: Quote | None) -> Quote:
    """What to keep of a new quote: itself, or the stored one with the doubtful price held in ``unconfirmed``.

    A doubtful price is believed when a second sample agrees with it. The same sample, sent again, is no second one.
    """
    if new.price is None:
        if stored is None:
            return new
        return replace(new, unconfirmed=stored.unconfirmed, unconfirmed_at=stored.unconfirmed_at)
    if not _is_doubtful(new.price, new, stored):
        return new
    if stored is None:
        return replace(new, price=None, unconfirmed=new.price, unconfirmed_at=sampled_at(new))
    if stored.unconfirmed is not None and stored.unconfirmed_at is not None:
        if sampled_at(new) <= stored.unconfirmed_at:
            return stored
        if _apart(stored.unconfirmed, new.price) <= AGREES:
            return new
    return replace(stored, unconfirmed=new.price, unconfirmed_at=sampled_at(new))


def _apart(one: float, other: float) -> float:
    return abs(move(one, other) or 0.0)


def _is_doubtful(price: float, new: Quote, stored: Quote | None) -> bool:
    if stored is not None and stored.price is not None and abs(sampled_at(new) - sampled_at(stored)) <= SOON:
        jumped = _apart(stored.price, price) > JUMP
    else:
        jumped = False
    low, high = new.low_24h, new.high_24h
    return jumped or (low is not None and price < low / OUTSIDE) or (high is not None and price > high * OUTSIDE)
