"""What a key allows: which of them is used, what the ledger calls it, and how many calls a minute it bears. Pure.

Nobody tells the limits of a minute for certain: without a key CoinGecko has refused the ninth call in a row (and the
fourth, on a bad day), with a Demo key it says 30 or 100, with the smallest Pro key 250.
"""

import hashlib
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from cointicker.config.settings import MarketSettings

PRO_HOST = "pro-api.coingecko.com"
_SPARED = 6
"""One in so many of the calls that a server says it allows is left to others who use the same key."""


class Tier(Enum):
    """Whose name calls are made in."""

    KEYLESS = "no key"
    DEMO = "a Demo key"
    PRO = "a Pro key"


@dataclass(frozen=True, slots=True)
class Key:
    """The key that fits a host."""

    tier: Tier = Tier.KEYLESS
    text: str = ""
    setting: str = ""
    """The name of the setting that it comes from; empty without a key."""

    @property
    def mark(self) -> str:
        """What stands for the key in the ledger: nothing that it could be found out from; empty without a key."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16] if self.text else ""


@dataclass(frozen=True, slots=True)
class MinutePace:
    """Calls in any minute, of all panes together."""

    person: int
    """After so many a person has to wait."""
    quiet: int
    """The same for what nobody waits for."""

    @property
    def quotes(self) -> int:
        """The same for the quotes themselves, which all others leave room for."""
        return self.person + 1


_PACES = {Tier.KEYLESS: MinutePace(7, 2), Tier.DEMO: MinutePace(25, 10), Tier.PRO: MinutePace(200, 80)}


def key_in_use(base_url: str, demo_api_key: str, pro_api_key: str) -> Key:
    """The key that goes to a host: CoinGecko's own take one kind each, any other the Pro key first."""
    pro = Key(Tier.PRO, pro_api_key.strip(), "market.pro_api_key")
    demo = Key(Tier.DEMO, demo_api_key.strip(), "market.demo_api_key")
    host = urlsplit(base_url).hostname or ""
    first, second = (demo, pro) if host != PRO_HOST and host.endswith("coingecko.com") else (pro, demo)
    return first if first.text else second if second.text else Key()


def key_of(market: MarketSettings) -> Key:
    """The key that the settings come to."""
    return key_in_use(market.base_url, market.demo_api_key, market.pro_api_key)


def minute_pace(tier: Tier, told: int | None = None) -> MinutePace:
    """How many calls a minute bears; ``told``: what the server itself says that it allows."""
    pace = _PACES[tier]
    if told is None or told < 1:
        return pace
    person = max(1, told - max(1, told // _SPARED))
    return MinutePace(person, max(1, min(person, person * pace.quiet // pace.person)))
