"""All coins that there are, and how one of them is found by a few letters."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import accumulate
from types import MappingProxyType

from cointicker.domain.market import Quote
from cointicker.domain.words import SafeText

_UNRANKED = 10**9


@dataclass(frozen=True, slots=True)
class Listing:
    """A coin in the directory. Symbols and names are shared by many; the id, the rank and the price tell them apart."""

    coin_id: str
    symbol: SafeText
    """Upper case."""
    name: SafeText
    rank: int | None = None
    """By market cap; most coins have none."""
    price: float | None = None
    """The last that is known, in the currency in use."""


_NO_QUOTES: Mapping[str, Quote] = MappingProxyType({})

_SIGNS = ("\n{0}\t", "\t{0}\t", "\t{0}\n"), ("\n{0}",), ("\t{0}",), (" {0}", "-{0}"), ("{0}",)
"""What to look for, the best first: the symbol, name or id itself; how the symbol begins; the name or the id; a word of
them; any part. A coin is a line of symbol, name and id with tabs between."""


class Directory:
    """Coins, ready to be searched: 18,000 take some 50 ms to make ready, and one or two to search."""

    def __init__(self, listings: Iterable[Listing]) -> None:
        """In order of preference where ranks do not tell; of listings with the same id the last one counts."""
        self._listings = tuple({listing.coin_id: listing for listing in listings}.values())
        lines = [f"\n{each.symbol}\t{each.name}\t{each.coin_id}".lower() for each in self._listings]
        self._text = "".join((*lines, "\n"))
        self._ends = tuple(accumulate(map(len, lines)))

    def __len__(self) -> int:
        return len(self._listings)

    def find(self, text: str, limit: int = 30, quotes: Mapping[str, Quote] = _NO_QUOTES) -> tuple[Listing, ...]:
        """The coins that a text may mean, the likeliest first, at most ``limit``; for empty text the best ranked.

        In this order: the symbol, id or name itself, the beginning of the symbol, of the name or id, of a word of
        them, any part of them. Among equals the better rank goes first, and no rank last. ``quotes`` know newer ranks
        and prices.
        """
        words = " ".join(text.lower().split()).removeprefix("$")
        if not words:
            return self._best(self._ranked(quotes) | set(range(min(limit, len(self)))), limit, quotes)
        found: dict[str, Listing] = {}
        seen: set[int] = set()
        for signs in _SIGNS:
            places = {place for sign in signs for place in self._places(sign.format(words))} - seen
            seen |= places
            found |= {each.coin_id: each for each in self._best(places, limit - len(found), quotes)}
            if len(found) >= limit:
                break
        return tuple(found.values())

    def _best(self, places: Iterable[int], limit: int, quotes: Mapping[str, Quote]) -> tuple[Listing, ...]:
        """Those of some coins with the best ranks."""
        priced = ((place, _priced(self._listings[place], quotes)) for place in places)
        best = nsmallest(limit, priced, key=lambda each: (each[1].rank or _UNRANKED, each[0]))
        return tuple(listing for _, listing in best)

    def _ranked(self, quotes: Mapping[str, Quote]) -> set[int]:
        """Numbers of the coins that have a rank, or may have one by a quote."""
        return {
            place
            for place, listing in enumerate(self._listings)
            if listing.rank is not None or listing.coin_id in quotes
        }

    def _places(self, sign: str) -> Iterator[int]:
        """Numbers of the coins in whose line a text stands."""
        at = self._text.find(sign)
        while at >= 0:
            place = bisect_right(self._ends, at)
            if place == len(self._ends):
                return  # the end of the last line
            yield place
            at = self._text.find(sign, self._ends[place])


def find(listings: Iterable[Listing], text: str, limit: int = 30) -> tuple[Listing, ...]:
    """As ``Directory.find``, for a few coins or a single search."""
    return Directory(listings).find(text, limit)


def _priced(listing: Listing, quotes: Mapping[str, Quote]) -> Listing:
    quote = quotes.get(listing.coin_id)
    return listing if quote is None else with_quote(listing, quote)


def with_quote(listing: Listing, quote: Quote) -> Listing:
    """The listing with the rank and price of a quote."""
    return replace(listing, rank=quote.rank, price=quote.price)
