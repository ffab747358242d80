"""All coins that there are, and how one of them is found by a few letters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

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


def find(listings: Iterable[Listing], text: str, limit: int = 30) -> tuple[Listing, ...]:
    """The coins that a text may mean, the likeliest first, at most ``limit``; for empty text the best ranked.

    In this order: the symbol, id or name itself, the beginning of the symbol, of the name, of a word of the
    name or id, any part of one of them. Among equals the better rank goes first, and no rank last.
    """
    words = " ".join(text.lower().split()).removeprefix("$")
    found: list[tuple[int, int, str, Listing]] = []
    for listing in listings:
        place = _place(listing, words)
        if place is not None:
            found.append((place, _UNRANKED if listing.rank is None else listing.rank, listing.coin_id, listing))
    found.sort(key=lambda each: each[:3])
    return tuple(each[3] for each in found[: max(0, limit)])


def _place(listing: Listing, words: str) -> int | None:
    """How well a coin answers, 0 the best; ``None`` where it does not."""
    symbol, name, coin_id = listing.symbol.lower(), listing.name.lower(), listing.coin_id
    if words not in name and words not in symbol and words not in coin_id:
        return None
    if not words or words in (symbol, coin_id, name):
        return 0
    if symbol.startswith(words):
        return 1
    if name.startswith(words):
        return 2
    return 3 if f" {words}" in name or f"-{words}" in f"-{coin_id}" else 4


def with_quotes(listings: Mapping[str, Listing], quotes: Mapping[str, Quote]) -> dict[str, Listing]:
    """The directory with what quotes know of ranks and prices; coins that only a quote knows are added."""
    merged = dict(listings)
    for quote in quotes.values():
        known = merged.get(quote.coin_id)
        if known is None:
            merged[quote.coin_id] = Listing(quote.coin_id, quote.symbol, quote.name, quote.rank, quote.price)
        elif (known.rank, known.price) != (quote.rank, quote.price):
            merged[quote.coin_id] = replace(known, rank=quote.rank, price=quote.price)
    return merged
