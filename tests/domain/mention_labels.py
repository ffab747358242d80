"""Texts with a person's word on which coins they name, out of ``labels/mentions*.txt``.

A text is a line; the next one begins with ``=`` and tells the ids of the coins, in any order. No rule was made for a
text of ``mentions_held_out.txt``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cointicker.domain.market import CoinName
from cointicker.domain.mentions import CoinIndex, known_coins
from cointicker.text.safe import vouch
from domain.story_pairs import LABELS, Score, score

_MORE = """
gas GAS Gas|neo NEO NEO|harmony ONE Harmony|sky SKY Sky|story-2 IP Story|safe SAFE Safe|first FIRST First|rain RAIN Rain
the-graph GRT The Graph|flow FLOW Flow|oasis-network ROSE Oasis|wink WIN WINkLink|holotoken HOT Holo|stepn GMT STEPN
tether-gold XAUT Tether Gold|ethena-usde USDE Ethena USDe|paypal-usd PYUSD PayPal USD
first-digital-usd FDUSD First Digital USD
compound-governance-token COMP Compound|plasma XPL Plasma|monad MON Monad|aster-2 ASTER Aster
theta-token THETA Theta Network
curve-dao-token CRV Curve DAO|waves WAVES Waves|blockstack STX Stacks|coredaoorg CORE Core|ravencoin RVN Ravencoin
bitcoin-cash-sv BSV Bitcoin SV|wrapped-bitcoin WBTC Wrapped Bitcoin|raydium RAY Raydium|fartcoin FARTCOIN Fartcoin
kite-2 KITE Kite|river RIVER River|midnight-3 NIGHT Midnight|grass GRASS Grass|bank BANK Bank|us US US|ai AI AI
siren-2 SIREN Siren|canton-network CC Canton|just JST JUST|real REAL RealLink|vision-3 VSN Vision|prime PRIME PRIME
stable-2 STABLE Stable|humanity H Humanity|sonic-3 S Sonic|olympus OHM Olympus|helium HNT Helium|fluid FLUID Fluid
""".strip().replace("\n", "|")


def index() -> CoinIndex:
    """The coins of the market, those with plain words for names among them."""
    rows = (row.split(" ", 2) for row in _MORE.split("|"))
    more = (CoinName(coin_id, vouch(symbol), vouch(name), 300) for coin_id, symbol, name in rows)
    return CoinIndex((*known_coins(), *more))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and the ids of the coins that it names."""

    text: str
    coins: frozenset[str]


def load_texts(*, held_out: bool) -> list[Labelled]:
    """The texts that rules were made with, or those that were kept for the end."""
    name = "mentions_held_out.txt" if held_out else "mentions.txt"
    blocks = (LABELS / name).read_text("utf-8").strip().split("\n\n")
    return [Labelled(text, frozenset(coins[1:].split())) for text, coins in (block.split("\n") for block in blocks)]


def score_texts(texts: Iterable[Labelled]) -> Score:
    """Precision and recall over all coins of all texts."""
    coins = index()
    outcomes = [(set(coins.find(each.text)), each.coins) for each in texts]
    right = sum(len(found & wanted) for found, wanted in outcomes)
    return score(sum(len(found) for found, _ in outcomes), right, sum(len(wanted) for _, wanted in outcomes))


def wrong_texts(texts: Iterable[Labelled]) -> Iterator[str]:
    """Texts of which something else is said than a person says, with both."""
    coins = index()
    for each in texts:
        found = frozenset(coins.find(each.text))
        if found != each.coins:
            yield f"{each.text!r}: {sorted(found - each.coins)} too many, {sorted(each.coins - found)} too few"
