"""What is known of the coins of a watchlist, ready to be shown, in the order in which they are shown. Pure."""

from dataclasses import dataclass

from cointicker.domain.market import Quote
from cointicker.domain.portfolio import Position
from cointicker.engine.state import Snapshot
from cointicker.text.numbers import format_clock, format_moment
from cointicker.ui.quotes import Look, look_of

_SAME_DAY = 18 * 3600.0
"""Seconds for which the time of day alone says when something was."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A coin of the list."""

    coin_id: str
    look: Look
    quote: Quote | None = None
    position: Position | None = None
    """What is held of it."""
    alias: str = ""
    currency: str = "usd"
    separators: str = ","
    hidden: bool = False
    """Amounts are nobody's business."""
    gone: bool = False
    """There is no price to be had, or no longer."""
    remarks: tuple[str, ...] = ()
    """What is to be said of it, the longest words first: of a coin that is gone, or how old its quote is."""

    @property
    def name(self) -> str:
        """Its name; empty where it is not known."""
        return self.quote.name if self.quote is not None else ""

    @property
    def faded(self) -> bool:
        """Whether its numbers are not of now."""
        return self.gone or bool(self.look.age)


def entries_of(snapshot: Snapshot, now: float) -> tuple[Entry, ...]:
    """The coins of the watchlist in use, in the person's order, at a time (Unix seconds)."""
    portfolio = snapshot.portfolio
    positions = {each.coin_id: each for each in portfolio.positions if each.amount} if portfolio is not None else {}
    settings = snapshot.settings
    entries = []
    for coin_id in snapshot.watchlist.coins:
        look, quote = look_of(coin_id, snapshot, now), snapshot.quotes.get(coin_id)
        remarks = _gone(coin_id, quote, snapshot, now)
        entries.append(
            Entry(
                coin_id,
                look,
                quote,
                positions.get(coin_id),
                settings.aliases.get(coin_id, ""),
                snapshot.currency,
                settings.ui.separators,
                settings.ui.private,
                gone=bool(remarks),
                remarks=remarks or ((f"{look.age} old", look.age) if look.age else ()),
            )
        )
    return tuple(entries)


def _gone(coin_id: str, quote: Quote | None, snapshot: Snapshot, now: float) -> tuple[str, ...]:
    """Why there is no price of now, though others have one; empty where there is, or nothing was asked yet."""
    since = snapshot.missing.get(coin_id)
    if quote is None:
        return () if since is None else (f"not known to {snapshot.market_source}", "not known")
    if since is not None:
        when = format_clock(since) if 0 <= now - since < _SAME_DAY else format_moment(since)
        return f"not in the last answer since {when}", f"not since {when}", f"since {when}"
    return ("no price",) if quote.price is None else ()
