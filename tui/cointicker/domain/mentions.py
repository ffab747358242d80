"""Which coins a text names. Symbols are shared and many are plain words, so ids decide, and doubt means no."""

import re
from collections.abc import Iterable

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
    "Avalanche", "Cosmos", "Dash", "Flare", "Flow", "Gala", "Graph", "Immutable", "Internet Computer", "Jupiter",
    "Mantle", "Maker", "NEAR", "Near", "One", "Optimism", "Pepe", "Quant", "Render", "Rose", "Safe", "Sky", "Stellar",
    "Story", "Sui", "Tether", "The Sandbox", "Worldcoin", "Sei", "Dai", "Polygon", "Ripple", "Injective",
}  # fmt: skip

_SURE_ANYWAY = {"Ripple", "Tether"}
"""Plain words, but in the titles of our feeds nearly always the coin or its maker."""

_CUE = re.compile(
    r"\b(?:crypto\w*|bitcoin|btc|ethereum|altcoins?|blockchains?|tokens?|coins?|memecoins?|defi|stablecoins?|web3|"
    r"on-?chain|wallets?|staking|mainnet|testnet|layer[- ]?[12]|l[12]|exchanges?|etfs?|bulls?|bears?|whales?|"
    r"protocol|price|prices|network|foundation|usdt|binance|coinbase|kraken|ledger|airdrop|dex|nfts?)\b",
    re.IGNORECASE,
)


def known_coins() -> tuple[CoinName, ...]:
    """The coins that titles name most, each with the symbol and name it goes by; rank is the order."""
    rows = (row.split(" ", 2) for row in _KNOWN.split("|"))
    return tuple(
        CoinName(coin_id, SafeText(symbol), SafeText(name), rank)
        for rank, (coin_id, symbol, name) in enumerate(rows, 1)
    )


class CoinIndex:
    """Finds coins in text. Building one costs a few milliseconds; finding costs microseconds."""

    def __init__(self, coins: Iterable[CoinName]) -> None:
        """``coins`` in order of preference: of two that share a symbol or a name, the first is meant."""
        self._symbols: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for coin in coins:
            if re.fullmatch(r"[A-Z][A-Z0-9]{1,9}", coin.symbol):
                self._symbols.setdefault(coin.symbol, coin.coin_id)
            for name in (coin.name, *_ALSO.get(coin.coin_id, ())):
                if len(name) > 2:
                    self._names.setdefault(name, coin.coin_id)
        names = sorted(self._names, key=len, reverse=True)
        self._name_pattern = re.compile(
            r"(?<![\w-])(?:" + "|".join(re.escape(name) for name in names) + r")(?![\w])" if names else r"(?!)"
        )

    def find(self, text: str, context: str = "") -> tuple[str, ...]:
        """CoinGecko ids of the coins that a text names, in the order of their first mention.

        ``$TICKER`` always counts, an upper-case symbol or a capitalised name does unless it is a plain
        word too; then it counts when the rest of the text, or ``context``, speaks of crypto.
        """
        places: dict[str, int] = {}
        masked = text
        for found in self._name_pattern.finditer(text):
            name = found.group()
            sure = name not in _AMBIGUOUS_NAMES or name in _SURE_ANYWAY
            if sure or self._has_cue(text, found.span(), context):
                places.setdefault(self._names[name], found.start())
            masked = masked[: found.start()] + " " * len(name) + masked[found.end() :]
        for found in re.finditer(r"(?<![\w$-])(\$?)([A-Z][A-Z0-9]{1,9})(?![\w-])", masked):
            dollar, symbol = found.groups()
            coin_id = self._symbols.get(symbol)
            if coin_id is None:
                continue
            if dollar or symbol not in _AMBIGUOUS or self._has_cue(text, found.span(), context):
                places[coin_id] = min(places.get(coin_id, found.start()), found.start())
        return tuple(sorted(places, key=places.__getitem__))

    @staticmethod
    def _has_cue(text: str, span: tuple[int, int], context: str) -> bool:
        rest = text[: span[0]] + " " + text[span[1] :]
        return bool(_CUE.search(rest) or _CUE.search(context))
