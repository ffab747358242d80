"""What an article says of coins: where it names each for the first time, and what they cost when it was published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from cointicker.domain.mentions import CoinIndex, Place
from cointicker.domain.news import Block, ListItem, Paragraph, Quotation

_NOWHERE: Mapping[int, tuple[Place, ...]] = MappingProxyType({})
_UNNAMED: Mapping[str, str] = MappingProxyType({})
_NO_PRICES: Mapping[str, float] = MappingProxyType({})
_MOST_COINS = 24
"""Coins of one article that are set apart; a list of a hundred is not read for its prices."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The coins of an article."""

    title: tuple[Place, ...] = ()
    """The first mention of each coin in the title."""
    blocks: Mapping[int, tuple[Place, ...]] = field(default_factory=lambda: _NOWHERE)
    """Index of a block → the first mentions in the text that are there, at places in the words of all its spans."""
    named: Mapping[str, str] = field(default_factory=lambda: _UNNAMED)
    """Coin id → the words that name it at its place in the text."""
    prices: Mapping[str, float] = field(default_factory=lambda: _NO_PRICES)
    """Coin id → price when the article was published, where that is known."""
    currency: str = ""
    """What these are in."""

    @property
    def coins(self) -> tuple[str, ...]:
        """Ids of all coins, those of the title first."""
        places = (*self.title, *(place for each in sorted(self.blocks) for place in self.blocks[each]))
        return tuple(dict.fromkeys(place.coin_id for place in places))


def find_mentions(index: CoinIndex, title: str, blocks: Sequence[Block]) -> Mentioned:
    """The first mention of each coin in the title and in the running text; prices come from elsewhere."""
    in_title = _first(index.places(title), set())
    seen: set[str] = set()
    found: dict[int, tuple[Place, ...]] = {}
    named: dict[str, str] = {}
    for number, block in enumerate(blocks):
        if isinstance(block, Paragraph | Quotation | ListItem) and len(seen) < _MOST_COINS:
            words = "".join(span.text for span in block.spans)
            if places := _first(index.places(words, title), seen):
                found[number] = places
                named |= {place.coin_id: words[place.start : place.end] for place in places}
    return Mentioned(in_title, MappingProxyType(found), MappingProxyType(named))


def _first(places: Sequence[Place], seen: set[str]) -> tuple[Place, ...]:
    """The places of coins that were not seen before; they are from now on."""
    kept: list[Place] = []
    for place in places:
        if place.coin_id not in seen and len(seen) < _MOST_COINS:
            seen.add(place.coin_id)
            kept.append(place)
    return tuple(kept)
