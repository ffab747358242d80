"""Which coins a text names. Symbols are shared and many are plain words, so ids decide, and doubt means no."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from cointicker.domain.market import CoinName
from cointicker.domain.words import SafeText

_KNOWN = """
bitcoin BTC Bitcoin|ethereum ETH Ethereum|tether USDT Tether|ripple XRP XRP|binancecoin BNB BNB|usd-coin USDC USDC
solana SOL Solana|tron TRX TRON|dogecoin DOGE Dogecoin|cardano ADA Cardano|hyperliquid HYPE Hyperliquid
bitcoin-cash BCH Bitcoin Cash|chainlink LINK Chainlink|monero XMR Monero|stellar XLM Stellar|litecoin LTC Litecoin
avalanche-2 AVAX Avalanche|hedera-hashgraph HBAR Hedera|zcash ZEC Zcash|sui SUI Sui|shiba-inu SHIB Shiba Inu
the-open-network TON Toncoin|polkadot DOT Polkadot|uniswap UNI Uniswap|pepe PEPE Pepe|kaspa KAS Kaspa|near NEAR NEAR
aptos APT Aptos|internet-computer ICP Internet Computer|aave AAVE Aave|ethereum-classic ETC Ethereum Classic
mantle MNT Mantle|vechain VET VeChain|algorand ALGO Algorand|cosmos ATOM Cosmos|arbitrum ARB Arbitrum
filecoin FIL Filecoin|polygon-ecosystem-token POL Polygon|optimism OP Optimism|celestia TIA Celestia
bittensor TAO Bittensor|render-token RENDER Render|ondo-finance ONDO Ondo|worldcoin-wld WLD Worldcoin
quant-network QNT Quant|injective-protocol INJ Injective|sei-network SEI Sei|tezos XTZ Tezos|fantom FTM Fantom
dai DAI Dai|staked-ether STETH Lido Staked Ether|leo-token LEO LEO Token|okb OKB OKB|crypto-com-chain CRO Cronos
gala GALA Gala|the-sandbox SAND The Sandbox|decentraland MANA Decentraland|maker MKR Maker|lido-dao LDO Lido
bonk BONK Bonk|dogwifcoin WIF dogwifhat|pi-network PI Pi Network|jupiter-exchange-solana JUP Jupiter|ethena ENA Ethena
pudgy-penguins PENGU Pudgy Penguins|official-trump TRUMP Official Trump|world-liberty-financial WLFI World Liberty
ripple-usd RLUSD RLUSD|immutable-x IMX Immutable|flare-networks FLR Flare|iota IOTA IOTA|dash DASH Dash|eos EOS EOS
""".strip().replace("\n", "|")

_ALSO = {
    "ethereum": ("Ether",),
    "ripple": ("Ripple",),
    "binancecoin": ("BNB Chain", "Binance Coin"),
    "bitcoin": ("Bitcoins",),
    "usd-coin": ("USD Coin",),
    "tron": ("Tron",),
    "near": ("NEAR Protocol", "Near Protocol"),
}
"""Names beside CoinGecko's own by which people call a coin."""

_AMBIGUOUS = {
    "ALL", "ANY", "API", "APT", "ARB", "ATOM", "BAND", "BLUR", "CAKE", "CHZ", "COMP", "CORE", "CRO", "DASH", "DOT",
    "EOS", "ETC", "FLOW", "FLR", "FTM", "FUN", "GAS", "GMT", "GALA", "HOT", "HYPE", "ICP", "IMX", "IOTA", "JUP", "KEY",
    "LEO", "LINK", "LPT", "MANA", "MASK", "NEAR", "OKB", "ONE", "OP", "OS", "PAX", "PI", "POL", "QNT", "RAY", "REAL",
    "ROSE", "RENDER", "SAFE", "SAND", "SEI", "SKY", "SPELL", "STORY", "SUI", "SUN", "SUPER", "TIA", "TIME", "TON",
    "UNI", "USD", "VET", "WIN", "YGG", "TRUMP", "AI", "US", "UK", "EU", "CEO", "IPO", "ETF", "SEC", "FED", "GDP", "CPI",
    "NFT",
}  # fmt: skip
"""Symbols that are also words or abbreviations: they name a coin only beside a crypto cue."""

_AMBIGUOUS_NAMES = {
    "Avalanche", "Cosmos", "Dai", "Dash", "Flare", "Flow", "Gala", "Graph", "Immutable", "Jupiter", "Maker", "Mantle",
    "Near", "One", "Optimism", "Polygon", "Quant", "Render", "Ripple", "Rose", "Safe", "Sky", "Stellar", "Story",
    "Tether", "The Sandbox",
}  # fmt: skip
"""Names that are also words."""

_SURE_ANYWAY = {"Ripple", "Tether"}
"""Plain words, but in the titles of our feeds nearly always the coin or its maker."""

_CUE = re.compile(
    r"\b(?:crypto\w*|bitcoin|btc|ethereum|altcoins?|blockchains?|tokens?|coins?|memecoins?|defi|stablecoins?|web3|"
    r"on-?chain|wallets?|staking|mainnet|testnet|layer[- ]?[12]|l[12]|exchanges?|etfs?|bulls?|bears?|whales?|miners?|"
    r"protocol|price|prices|network|foundation|usdt|binance|coinbase|kraken|ledger|airdrop|dex|nfts?)\b",
    re.IGNORECASE,
)
_CUE_AFTER = re.compile(
    r"(?:['’]s)?[ -](?:tokens?|coins?|price|protocol|network|blockchain|chain|mainnet|testnet|holders?|whales?|bulls|"
    r"bears|etfs?|staking|stakers|wallets?|airdrop|foundation|dao|ecosystem|labs|l[12]|defi|dex)\b",
    re.IGNORECASE,
)
_MOVE_AFTER = re.compile(
    r"[ ](?:up|down|slips?|climbs?|rises?|falls?|gains?|drops?|jumps?|surges?|slides?|sinks?|soars?|plunges?|tumbles?|"
    r"loses|adds|rallies)[ ](?:by[ ])?\d[\d.,]*[ ]?%"
)
_CUE_BEFORE = re.compile(
    r"\b(?:crypto|altcoins?|tokens?|memecoins?|stablecoins?|blockchains?|networks?|layer[- ]?[12]|l[12]|dex)[ -]$",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"(?<![\w$-])(\$?)([A-Z][A-Z0-9]{1,9})(?![\w-])")
_IN_A_LIST = re.compile(r"[ ,/&]*(?:(?:and|or|vs\.?)[ ]+)?")
"""What stands between two coins that are named in one breath."""


class _Proof(Enum):
    """What a word must have about it to name its coin."""

    NONE = "the word is enough"
    CUE = "the text, or its context, speaks of crypto"
    MOVE = "as BESIDE, or a move in percent follows"
    BESIDE = "a word of crypto or another coin stands right beside it, or its own other name in the text"


def known_coins() -> tuple[CoinName, ...]:
    """The coins that titles name most, each with the symbol and name it goes by; rank is the order."""
    rows = (row.split(" ", 2) for row in _KNOWN.split("|"))
    return tuple(
        CoinName(coin_id, SafeText(symbol), SafeText(name), rank)
        for rank, (coin_id, symbol, name) in enumerate(rows, 1)
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A coin named in a text."""

    coin_id: str
    start: int
    """Index of its first character."""
    end: int
    """Index behind its last one."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    coin_id: str
    proof: _Proof


@dataclass(frozen=True, slots=True)
class _Mention:
    coin_id: str
    start: int
    end: int
    proof: _Proof


class CoinIndex:
    """Finds coins in text. Building one costs a few milliseconds; finding costs microseconds."""

    def __init__(self, coins: Iterable[CoinName]) -> None:
        """``coins`` in order of preference: of two that share a symbol or a name, the first is meant."""
        self._symbols: dict[str, _Meaning] = {}
        self._names: dict[str, _Meaning] = {}
        by_heart = {coin.coin_id for coin in known_coins()}
        for coin in coins:
            known = coin.coin_id in by_heart
            if re.fullmatch(r"[A-Z][A-Z0-9]{1,9}", coin.symbol):
                self._symbols.setdefault(coin.symbol, _Meaning(coin.coin_id, _symbol_proof(coin.symbol, known=known)))
            for name in (coin.name, *_ALSO.get(coin.coin_id, ())):
                if len(name) > 2 and name != coin.symbol:
                    self._names.setdefault(name, _Meaning(coin.coin_id, _name_proof(name, known=known)))
        names = sorted(self._names, key=len, reverse=True)
        self._name_pattern = re.compile(
            r"(?<![\w-])(?:" + "|".join(re.escape(name) for name in names) + r")(?![\w])" if names else r"(?!)"
        )

    def find(self, text: str, context: str = "") -> tuple[str, ...]:
        """CoinGecko ids of the coins that a text names, in the order of their first mention; see ``places``."""
        return tuple(dict.fromkeys(place.coin_id for place in self.places(text, context)))

    def places(self, text: str, context: str = "") -> tuple[Place, ...]:
        """Where a text names coins, in order; no two overlap.

        ``$TICKER`` always counts, an upper-case symbol or a capitalised name does unless it is a plain word too; then
        it counts beside a word of crypto, for some also when the rest of the text or ``context`` speaks of crypto.
        What counts once counts wherever the same text spells it the same way.
        """
        mentions = self._mentions(text)
        sure = [mention for mention in mentions if self._is_proved(mention, text, context)]
        doubtful = [mention for mention in mentions if mention not in sure]
        called: dict[str, set[str]] = {}
        for mention in mentions:
            called.setdefault(mention.coin_id, set()).add(text[mention.start : mention.end])
        # Name and symbol, as in "Sky (SKY)", prove each other.
        sure += [mention for mention in doubtful if len(called[mention.coin_id]) > 1]
        for _ in doubtful:  # each may prove the next one of a list
            sure += [
                mention
                for mention in doubtful
                if mention not in sure and any(_are_listed(mention, other, text) for other in sure)
            ]
        spellings = {(mention.coin_id, text[mention.start : mention.end]) for mention in sure}
        return tuple(
            Place(mention.coin_id, mention.start, mention.end)
            for mention in sorted(mentions, key=lambda mention: mention.start)
            if (mention.coin_id, text[mention.start : mention.end]) in spellings
        )

    def _mentions(self, text: str) -> list[_Mention]:
        mentions: list[_Mention] = []
        masked = text
        for found in self._name_pattern.finditer(text):
            meaning = self._names[found.group()]
            mentions.append(_Mention(meaning.coin_id, found.start(), found.end(), meaning.proof))
            masked = masked[: found.start()] + " " * len(found.group()) + masked[found.end() :]
        for found in _SYMBOL.finditer(masked):
            if symbol := self._symbols.get(found[2]):
                proof = _Proof.NONE if found[1] else symbol.proof
                mentions.append(_Mention(symbol.coin_id, found.start(), found.end(), proof))
        return mentions

    @staticmethod
    def _is_proved(mention: _Mention, text: str, context: str) -> bool:
        if mention.proof is _Proof.NONE:
            return True
        if _CUE_AFTER.match(text, mention.end) or _CUE_BEFORE.search(text, 0, mention.start):
            return True
        if mention.proof is _Proof.BESIDE:
            return False
        if _MOVE_AFTER.match(text, mention.end):
            return True
        if mention.proof is _Proof.MOVE:
            return False
        rest = f"{text[: mention.start]} {text[mention.end :]}"
        return bool(_CUE.search(rest) or _CUE.search(context))


def _symbol_proof(symbol: str, *, known: bool) -> _Proof:
    if not known:
        return _Proof.BESIDE
    return _Proof.CUE if symbol in _AMBIGUOUS else _Proof.NONE


def _name_proof(name: str, *, known: bool) -> _Proof:
    if known:
        return _Proof.MOVE if name in _AMBIGUOUS_NAMES and name not in _SURE_ANYWAY else _Proof.NONE
    if " " in name and not name.startswith("The "):
        return _Proof.NONE
    # The names of little known coins are often plain words; the longer ones are so less often.
    return _Proof.CUE if len(name) > 7 and name not in _AMBIGUOUS_NAMES else _Proof.BESIDE


def _are_listed(one: _Mention, other: _Mention, text: str) -> bool:
    first, second = sorted((one, other), key=lambda mention: mention.start)
    return bool(_IN_A_LIST.fullmatch(text, first.end, second.start)) and first.end < second.start
