"""Prices of the demo world: a pure function of seed, coin and time, so that any past moment can be asked."""

import math
from functools import cache

from cointicker.domain.market import Quote, move
from cointicker.sources.demo_coins import COINS, FOLLOWS, MAX_SUPPLY, DemoCoin
from cointicker.sources.demo_noise import Wave, stream, unit
from cointicker.text.safe import clean

EPOCH = 1_768_426_200.0
"""14 January 2026, 21:30 UTC, Unix seconds: when every price is the one that ``demo_coins`` names."""

TICK = 5.0
"""Seconds between two changes of a price."""
HOUR = 3600.0
DAY = 24 * HOUR

RATES = {
    "usd": 1.0, "eur": 1 / 1.1655, "gbp": 0.7442, "jpy": 158.37, "chf": 0.8014, "cad": 1.3886, "aud": 1.4961,
    "cny": 6.9738, "inr": 90.18, "krw": 1468.4, "brl": 5.3721, "mxn": 17.812, "sek": 9.2043, "pln": 3.6174,
    "xau": 1 / 4612.4,
}  # fmt: skip
"""Currency → how much of it a US dollar buys, all the time."""
_COIN_CURRENCIES = {"btc": "bitcoin", "eth": "ethereum", "bnb": "binancecoin", "xrp": "ripple", "sol": "solana"}
CURRENCIES: tuple[str, ...] = (*RATES, *_COIN_CURRENCIES, "sats")
"""Codes of all that prices can be asked in."""

_MARKET_SWINGS = (
    (21 * DAY, 0.05), (6 * DAY, 0.024), (30 * HOUR, 0.011), (7 * HOUR, 0.006), (HOUR, 0.0022), (600, 0.0008),
)  # fmt: skip
_OWN_SWINGS = (
    (16 * DAY, 0.045), (5 * DAY, 0.022), (26 * HOUR, 0.012), (5 * HOUR, 0.005), (2400, 0.0018), (300, 0.0006),
    (25, 0.0004),
)  # fmt: skip
_PEG_SWINGS = ((9 * HOUR, 0.00012), (HOUR, 0.00007), (240, 0.00003))
_REACH = 0.37
"""The logarithm of the most that a coin of swing 1 can be above or below its price at the epoch."""
_VOLUME_SWINGS = ((3 * DAY, 0.25), (11 * HOUR, 0.12))


class DemoMarket:
    """What every coin is worth, at any time."""

    def __init__(self, seed: int) -> None:
        self.coins: dict[str, DemoCoin] = {coin.coin_id: coin for coin in COINS}
        self._market = Wave(stream(seed, "market"), _MARKET_SWINGS)
        self._own = {
            coin.coin_id: Wave(stream(seed, coin.coin_id), _OWN_SWINGS if coin.swing else _PEG_SWINGS) for coin in COINS
        }
        self._volumes = {coin.coin_id: Wave(stream(seed, coin.coin_id, "volume"), _VOLUME_SWINGS) for coin in COINS}
        self._origin = {coin.coin_id: self._height(coin, EPOCH) for coin in COINS}
        self._hourly: dict[tuple[str, int], float] = {}

    def _height(self, coin: DemoCoin, at: float) -> float:
        own = self._own[coin.coin_id].at(at)
        return coin.swing * (self._market.at(at) + own) if coin.swing else own

    def price(self, coin_id: str, at: float, currency: str = "usd") -> float:
        """The price at a time (Unix seconds). ``KeyError`` for a coin or currency that the world does not have."""
        if currency != "usd":
            return self.price(coin_id, at) * self.rate(currency, at)
        if coin_id in FOLLOWS:
            leader, share = FOLLOWS[coin_id]
            return self.price(leader, at) * share * (1 + self._own[coin_id].at(at) * 0.004)
        coin = self.coins[coin_id]
        at = at // TICK * TICK
        return coin.price * math.exp(self._height(coin, at) - self._origin[coin_id])

    def rate(self, currency: str, at: float) -> float:
        """How much of a currency a US dollar buys at a time. ``KeyError`` for an unknown currency."""
        if currency in RATES:
            return RATES[currency]
        if currency == "sats":
            return 1e8 / self.price("bitcoin", at)
        return 1 / self.price(_COIN_CURRENCIES[currency], at)

    def on_the_hour(self, coin_id: str, hour: int) -> float:
        """The price in USD at a whole hour, counted from the Unix epoch."""
        price = self._hourly.get((coin_id, hour))
        if price is None:
            if len(self._hourly) > 100_000:
                self._hourly.clear()
            price = self._hourly[coin_id, hour] = self.price(coin_id, hour * HOUR)
        return price

    def hourly(self, coin_id: str, at: float, hours: int, currency: str = "usd") -> tuple[float, ...]:
        """Prices on the whole hours before a time, oldest first."""
        newest = int(at // HOUR)
        points = [self.on_the_hour(coin_id, hour) for hour in range(newest - hours + 1, newest + 1)]
        if currency in RATES:
            return tuple(point * RATES[currency] for point in points)
        first = newest - hours + 1
        return tuple(point * self.rate(currency, (first + index) * HOUR) for index, point in enumerate(points))

    def volume(self, coin_id: str, at: float, currency: str = "usd") -> float:
        """What was traded in the day before a time."""
        return self.coins[coin_id].volume * math.exp(self._volumes[coin_id].at(at)) * self.rate(currency, at)

    def change(self, coin_id: str, at: float, seconds: float, currency: str = "usd") -> float:
        """How much the price moved in so many seconds before a time, percent."""
        return move(self.price(coin_id, at - seconds, currency), self.price(coin_id, at, currency)) or 0.0

    def extremes(self, coin_id: str) -> tuple[float, float, float, float]:
        """The highest price in USD and its time, then the lowest and its time; no price of the world passes them."""
        coin = self.coins[coin_id]
        key = stream("extremes", coin_id)
        reach, wild = math.exp(_REACH * coin.swing), min(coin.swing, 1.0)
        high = coin.price * reach * (1.02 + 0.6 * wild * unit(key, 0))
        low = coin.price / reach / (1.02 + 60 * wild * unit(key, 1))
        return high, EPOCH - (90 + 300 * unit(key, 2)) * DAY, low, EPOCH - (1500 + 2000 * unit(key, 3)) * DAY

    def quote(self, coin_id: str, at: float, currency: str = "usd") -> Quote:
        """All about a coin at a time. ``KeyError`` for a coin or currency that the world does not have."""
        coin = self.coins[coin_id]
        price = self.price(coin_id, at, currency)
        day = (*self.hourly(coin_id, at, 24, currency), price)
        rate = self.rate(currency, at)
        high, high_at, low, low_at = self.extremes(coin_id)
        most = MAX_SUPPLY.get(coin_id)
        return Quote(
            coin_id=coin_id,
            symbol=clean(coin.symbol),
            name=clean(coin.name),
            currency=currency,
            price=price,
            fetched_at=at,
            updated_at=at // TICK * TICK,
            change_1h=self.change(coin_id, at, HOUR, currency),
            change_24h=self.change(coin_id, at, DAY, currency),
            change_7d=self.change(coin_id, at, 7 * DAY, currency),
            market_cap=coin.supply * price,
            volume_24h=self.volume(coin_id, at, currency),
            rank=coin.rank,
            high_24h=max(day),
            low_24h=min(day),
            sparkline=self.hourly(coin_id, at, 168, currency),
            change_30d=self.change(coin_id, at, 30 * DAY, currency),
            change_1y=self.change(coin_id, at, 365 * DAY, currency),
            ath=high * rate,
            ath_change=move(high * rate, price),
            ath_at=high_at,
            atl=low * rate,
            atl_change=move(low * rate, price),
            atl_at=low_at,
            circulating_supply=coin.supply,
            total_supply=coin.supply,
            max_supply=most,
            fully_diluted=(most or coin.supply) * price,
        )


@cache
def market_of(seed: int) -> DemoMarket:
    """The market of a seed: worlds of one seed share it, and what it has worked out."""
    return DemoMarket(seed)
