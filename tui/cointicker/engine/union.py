"""What one fetch of quotes is to bring, so that it serves all panes and status lines at once. Pure."""

from collections.abc import Iterable, Sequence

from cointicker.engine.panes import Pane

MOST_COINS = 250
"""Coins in one call."""


def union(own: Sequence[str], panes: Iterable[Pane], currency: str, besides: Sequence[str]) -> tuple[str, ...]:
    """The coins to ask for in a currency, each once: our own, those of others that are there, and some ``besides``.

    The last are nice to have: they fill up a call and never make one more.
    """
    theirs = (coin for pane in panes if pane.currency == currency for coin in pane.coins)
    required = tuple(dict.fromkeys((*own, *theirs)))
    room = max(1, -(-len(required) // MOST_COINS)) * MOST_COINS
    return tuple(dict.fromkeys((*required, *besides)))[:room]
