"""How a quote looks, the same in the price bar, the watchlist and beside a headline."""

from dataclasses import dataclass

from cointicker.domain.ages import old_age
from cointicker.domain.market import Quote, peg_distance
from cointicker.engine.naming import symbol_of
from cointicker.engine.state import Snapshot
from cointicker.text.numbers import (
    UNKNOWN,
    direction,
    format_age,
    format_basis_points,
    format_change,
    format_pegged,
    format_price,
    regroup,
)

__all__ = ("Look", "look_of", "symbol_of")


@dataclass(frozen=True, slots=True)
class Look:
    """The words of a quote and what their colours say."""

    symbol: str
    price: str
    change: str
    """Change of the day, or distance from the peg."""
    way: int
    """1 up, -1 down, 0 neither."""
    pegged: bool
    age: str
    """Empty while the quote is new."""


def look_of(coin_id: str, snapshot: Snapshot, now: float) -> Look:
    """The look of a coin at a time (Unix seconds); a coin without a quote goes by its id."""
    quote = snapshot.quotes.get(coin_id)
    if quote is None:
        return Look(symbol_of(coin_id, snapshot), UNKNOWN, UNKNOWN, 0, pegged=False, age="")
    change, way, pegged = _change(quote, snapshot)
    age = old_age(quote.fetched_at, quote.updated_at, snapshot.refresh, now)
    price = format_pegged(quote.price) if pegged else format_price(quote.price)
    separators = snapshot.settings.ui.separators
    price, change = regroup(price, separators), regroup(change, separators)
    return Look(symbol_of(coin_id, snapshot), price, change, way, pegged, format_age(age) if age else "")


def _change(quote: Quote, snapshot: Snapshot) -> tuple[str, int, bool]:
    points = peg_distance(quote, snapshot.pegs)
    if points is not None:
        return format_basis_points(points), 0, True
    return format_change(quote.change_24h), direction(quote.change_24h), False
