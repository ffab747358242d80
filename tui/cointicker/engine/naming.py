"""Finds the coin that a person means by an id or a symbol."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cointicker.domain.freshness import Failed
from cointicker.domain.market import Quote, match_coin
from cointicker.domain.mentions import known_coins
from cointicker.engine.ports import MarketSource
from cointicker.engine.state import Snapshot

_SYMBOLS = {coin.coin_id: coin.symbol for coin in known_coins()}


def symbol_of(coin_id: str, snapshot: Snapshot) -> str:
    """What the person calls a coin, else what people call it; its id where nobody has said."""
    alias = snapshot.settings.aliases.get(coin_id)
    if alias is not None:
        return alias
    quote = snapshot.quotes.get(coin_id)
    return quote.symbol if quote is not None else _SYMBOLS.get(coin_id, coin_id.upper())


@dataclass(frozen=True, slots=True)
class Named:
    """What came of looking for names."""

    ids: Mapping[str, str]
    """Name as typed → CoinGecko id."""
    unknown: tuple[str, ...] = ()
    """Names that nobody knows."""
    quotes: tuple[Quote, ...] = ()
    """What the source told on the way."""


def name_at_hand(names: Sequence[str], quotes: Mapping[str, Quote]) -> Named:
    """Look among the coins that headlines name most, then among stored quotes; ids win over symbols."""
    coins = known_coins()
    by_symbol = {coin.symbol.lower(): coin.coin_id for coin in reversed(coins)}
    ids = {coin.coin_id for coin in coins}
    stored = tuple(quotes.values())
    found: dict[str, str] = {}
    for name in names:
        lowered = name.strip().lower()
        if lowered in ids or lowered in quotes:
            found[name] = lowered
        elif lowered in by_symbol:
            found[name] = by_symbol[lowered]
        elif quote := match_coin(lowered, stored):
            found[name] = quote.coin_id
    return Named(found, tuple(name for name in names if name not in found))


async def name_by_source(names: Sequence[str], currency: str, source: MarketSource) -> Named | Failed:
    """Ask the source, first for ids, then for symbols."""
    by_id = await source.quotes([name.strip().lower() for name in names], currency)
    if isinstance(by_id, Failed):
        return by_id
    answers = by_id
    left = [name.strip().lower() for name in names if match_coin(name, by_id) is None]
    if left:
        by_symbol = await source.find(left, currency)
        if isinstance(by_symbol, Failed):
            return by_symbol
        answers += by_symbol
    found = {name: quote.coin_id for name in names if (quote := match_coin(name, answers))}
    return Named(found, tuple(name for name in names if name not in found), answers)
