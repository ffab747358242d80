"""Coins whose names become known only after headlines came that name them: found all the same."""

import asyncio
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Protocol

from cointicker.domain.market import CoinName
from cointicker.domain.mentions import CoinIndex, known_coins
from cointicker.domain.news import Headline
from cointicker.engine.board import Board
from cointicker.engine.breathing import Breath

_WITHIN = 7 * 86_400.0
"""Seconds since a headline in which its coins are still looked for: as long as moves are told."""
_BY_HEART = frozenset(coin.coin_id for coin in known_coins())


class NameSource(Protocol):
    """Who knows names of coins."""

    async def name_coins(self) -> tuple[CoinName, ...]:
        """The coins to look for, in order of preference."""
        ...


class CoinStore(Protocol):
    """Who keeps which coins a headline names. No method raises."""

    async def name_coins(self, coins: Mapping[str, Sequence[str]]) -> None:
        """Keep the ids of the coins of headlines, by the ids of these."""
        ...


def coins_of(headline: Headline, index: CoinIndex) -> tuple[str, ...]:
    """The coins that a headline names; what its summary and its tags speak of tells them from words."""
    return index.find(headline.title, " ".join((headline.deck, *headline.tags)))


class Latecomers:
    """Looks the headlines of a week through when a coin is told of for the first time, such as one just added."""

    def __init__(self, store: CoinStore, board: Board, names: NameSource) -> None:
        self._store = store
        self._board = board
        self._names = names
        self._seen: set[str] = set()

    def load(self) -> None:
        """Headlines that are stored were looked through for the coins that are."""
        self._seen = set(self._board.snapshot.quotes)

    async def look(self) -> bool:
        """Look for coins that were not told of before; whether a headline names one."""
        snapshot = self._board.snapshot
        new = snapshot.quotes.keys() - self._seen - _BY_HEART
        if not new:
            return False
        self._seen |= new
        index, now = CoinIndex(await self._names.name_coins()), self._board.clock()
        recent = takewhile(lambda story: now - story.lead.at < _WITHIN, snapshot.stories)
        headlines = [headline for story in recent for headline in story.headlines]
        changed = await asyncio.to_thread(_find_others, headlines, index)
        if changed:
            await self._store.name_coins(changed)
        return bool(changed)


def _find_others(headlines: Sequence[Headline], index: CoinIndex) -> dict[str, tuple[str, ...]]:
    """The coins of those headlines that name others than was known."""
    breath, found = Breath(), {}
    for headline in headlines:
        breath()
        coins = coins_of(headline, index)
        if coins != headline.coins:
            found[headline.headline_id] = coins
    return found
