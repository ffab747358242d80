"""Coins, their quotes and the lists a person watches."""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from cointicker.domain.pegs import peg_points
from cointicker.domain.words import SafeText

PRICE_CEILING = 1e15
"""A price above it, in any currency, is an error of the source and counts as unknown."""

DEFAULT_WATCHLIST = (
    "bitcoin",
    "ethereum",
    "tether",
    "binancecoin",
    "ripple",
    "usd-coin",
    "solana",
    "tron",
    "staked-ether",
    "dogecoin",
)
"""CoinGecko ids of the coins that a new user watches."""

CURRENCIES: tuple[str, ...] = tuple(
    (  # noqa: SIM905 - sixty quoted words would hide the list
        "usd eur gbp jpy aed ars aud bch bdt bhd bits bmd bnb brl btc cad chf clp cny czk dkk dot eos eth gel "
        "hkd huf idr ils inr krw kwd link lkr ltc mmk mxn myr ngn nok nzd php pkr pln rub sar sats sek sgd "
        "sol thb try twd uah vef vnd xag xau xdr xlm xrp yfi zar"
    ).split()
)
"""Codes that prices can be asked in, lower case, as CoinGecko's ``simple/supported_vs_currencies`` lists them."""

NO_PEGS: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Quote:
    """What a source said about one coin at one time. ``None`` is "not known", never 0."""

    coin_id: str
    """CoinGecko's id, which alone names a coin: symbols are shared."""
    symbol: SafeText
    """Upper case."""
    name: SafeText
    currency: str
    """Code of the currency that all amounts are in, lower case."""
    price: float | None
    fetched_at: float
    """When the answer reached us, Unix seconds."""
    updated_at: float | None = None
    """The source's own time of the price, Unix seconds."""
    change_1h: float | None = None
    """Percent, as are the other changes."""
    change_24h: float | None = None
    change_7d: float | None = None
    market_cap: float | None = None
    volume_24h: float | None = None
    rank: int | None = None
    high_24h: float | None = None
    low_24h: float | None = None
    sparkline: tuple[float, ...] = ()
    """Prices of the last seven days, about hourly, oldest first, without times."""
    unconfirmed: float | None = None
    """A newer price, too far off to be believed until a second sample agrees; see ``domain.confirm``."""
    unconfirmed_at: float | None = None
    """The time of that sample, Unix seconds."""
    change_30d: float | None = None
    change_1y: float | None = None
    ath: float | None = None
    """The highest price ever."""
    ath_change: float | None = None
    """From there to the price, percent."""
    ath_at: float | None = None
    """Unix seconds."""
    atl: float | None = None
    """The lowest price ever."""
    atl_change: float | None = None
    """From there to the price, percent."""
    atl_at: float | None = None
    """Unix seconds."""
    circulating_supply: float | None = None
    """Coins, as are the other supplies."""
    total_supply: float | None = None
    max_supply: float | None = None
    """The most that there will ever be."""
    fully_diluted: float | None = None
    """What all coins that there will ever be would be worth at the price."""


@dataclass(frozen=True, slots=True)
class GlobalMarket:
    """All coins together."""

    fetched_at: float
    """Unix seconds."""
    market_cap: float | None = None
    """In ``currency``, as is the volume."""
    cap_change_24h: float | None = None
    """Percent; the source measures it in US dollars whatever the currency."""
    volume: float | None = None
    """Traded in the last 24 hours."""
    bitcoin_share: float | None = None
    """Percent of the market cap."""
    ethereum_share: float | None = None
    coins: int | None = None
    """How many are traded."""
    currency: str = "usd"


@dataclass(frozen=True, slots=True)
class CoinName:
    """A coin as people call it, without a price."""

    coin_id: str
    symbol: SafeText
    """Upper case."""
    name: SafeText
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Watchlist:
    """A named list of coins, in the person's order."""

    name: str
    coins: tuple[str, ...]
    """CoinGecko ids; of a list by rule, those that the engine found last."""
    rule: str = ""
    """What chooses the coins, as ``domain.rules`` spells it; empty where the person does."""


def parse_amount(raw: object) -> float | None:
    """A price, cap or volume out of a JSON value: finite, above zero, plausible; else ``None``."""
    value = parse_number(raw)
    return value if value is not None and value > 0 else None


def parse_price(raw: object) -> float | None:
    """A price out of a JSON value: an amount below ``PRICE_CEILING``; else ``None``."""
    value = parse_amount(raw)
    return value if value is not None and value < PRICE_CEILING else None


def parse_number(raw: object) -> float | None:
    """A finite number out of a JSON value; ``None`` for anything else, booleans and text among it."""
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return None
    try:
        value = float(raw)
    except OverflowError:
        return None
    return value if math.isfinite(value) else None


def peg_distance(quote: Quote, worths: Mapping[str, float] = NO_PEGS) -> float | None:
    """How far a stablecoin is from its peg, in basis points; ``None`` where that cannot be said.

    ``worths``: coin id → what its peg is worth in the currency of the quote; needed where that is another one.
    """
    return peg_points(quote.coin_id, quote.price, quote.currency, worths)


def move(before: float | None, now: float | None) -> float | None:
    """The change from one price to another, in percent."""
    if before is None or now is None or before <= 0:
        return None
    return (now / before - 1) * 100


SPARKLINE_SPAN = 7 * 24 * 3600.0
"""Seconds that a sparkline reaches back."""


def sparkline_price(quote: Quote, at: float) -> float | None:
    """The price at a time (Unix seconds) of the last week, read off the sparkline.

    The points carry no times; they are taken as evenly spread over the week before the quote's own
    time, so the answer is good to about an hour. ``None`` outside that week.
    """
    points = quote.sparkline
    end = quote.updated_at or quote.fetched_at
    if len(points) < 24 or not end - SPARKLINE_SPAN <= at <= end:
        return None
    position = (at - (end - SPARKLINE_SPAN)) / SPARKLINE_SPAN * (len(points) - 1)
    left = min(int(position), len(points) - 2)
    share = position - left
    return points[left] * (1 - share) + points[left + 1] * share


@dataclass(frozen=True, slots=True)
class PriceHistory:
    """Prices of one coin that were stored as they came, oldest first."""

    times: tuple[float, ...]
    """Unix seconds."""
    prices: tuple[float, ...]

    def near(self, at: float, within: float) -> float | None:
        """The stored price closest to a time, if one lies within so many seconds of it."""
        index = bisect_left(self.times, at)
        best: float | None = None
        distance = within
        for candidate in (index - 1, index):
            if 0 <= candidate < len(self.times) and abs(self.times[candidate] - at) <= distance:
                distance = abs(self.times[candidate] - at)
                best = self.prices[candidate]
        return best


def match_coin(wanted: str, quotes: Sequence[Quote]) -> Quote | None:
    """The quote that a person means by an id or a symbol; the highest ranked where several share it."""
    lowered = wanted.strip().lower()
    for quote in quotes:
        if quote.coin_id == lowered:
            return quote
    named = [quote for quote in quotes if quote.symbol.lower() == lowered]
    return min(named, key=lambda quote: quote.rank or 10**9, default=None)
