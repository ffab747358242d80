"""What stablecoins are meant to be worth. Light enough for what answers at once."""

from collections.abc import Mapping
from types import MappingProxyType

_OF_EURO = ("euro-coin", "stasis-eurs", "societe-generale-forge-eurcv", "eurite", "ageur", "monerium-eur-money-2")
_OF_GOLD = ("pax-gold", "tether-gold")
_OF_DOLLAR = (
    "tether",
    "usd-coin",
    "dai",
    "ethena-usde",
    "usds",
    "first-digital-usd",
    "paypal-usd",
    "true-usd",
    "usd1-wlfi",
    "frax",
    "gemini-dollar",
    "paxos-standard",
    "binance-usd",
    "liquity-usd",
    "ripple-usd",
    "global-dollar",
    "usual-usd",
    "falcon-finance",
    "usdd",
)
PEGS: Mapping[str, tuple[str, float]] = MappingProxyType(
    dict.fromkeys(_OF_DOLLAR, ("usd", 1.0))
    | dict.fromkeys(_OF_EURO, ("eur", 1.0))
    | dict.fromkeys(_OF_GOLD, ("xau", 1.0))
)
"""CoinGecko id of a stablecoin → the currency and the amount of it that one coin is meant to be worth.

Gold is a currency, of which one is a troy ounce.
"""


def peg_points(coin_id: str, price: float | None, currency: str, worths: Mapping[str, float]) -> float | None:
    """How far the price of a stablecoin is from its peg, in basis points; ``None`` where that cannot be said.

    ``worths``: coin id → what its peg is worth in ``currency``; needed where that is another one.
    """
    peg = PEGS.get(coin_id)
    if peg is None or price is None:
        return None
    worth = peg[1] if peg[0] == currency else worths.get(coin_id)
    return None if worth is None else (price / worth - 1) * 10_000
