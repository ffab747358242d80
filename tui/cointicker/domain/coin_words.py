"""Names and symbols of coins as texts spell them, and the words that tell whether a coin is meant."""

import re

from cointicker.domain.plain_words import PLAIN_WORDS

KNOWN = """
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

ALSO_CALLED = {
    "ethereum": ("Ether",),
    "ripple": ("Ripple",),
    "binancecoin": ("BNB Chain", "Binance Coin"),
    "bitcoin": ("Bitcoins",),
    "usd-coin": ("USD Coin",),
    "tron": ("Tron",),
    "near": ("NEAR Protocol", "Near Protocol", "Near"),
    "staked-ether": ("stETH",),
    "wrapped-bitcoin": ("wBTC",),
    "ethena-usde": ("USDe",),
    "curve-dao-token": ("Curve",),
    "gala": ("Gala Games",),
    "hedera-hashgraph": ("Hedera Hashgraph",),
    "render-token": ("Render Network",),
    "stellar": ("Stellar Lumens",),
}
"""Names beside CoinGecko's own by which people call a coin."""

IN_LOWER_CASE = {
    "bitcoin": "bitcoin", "bitcoins": "bitcoin", "ethereum": "ethereum", "ether": "ethereum", "dogecoin": "dogecoin",
    "litecoin": "litecoin", "solana": "solana", "stETH": "staked-ether", "wBTC": "wrapped-bitcoin",
}  # fmt: skip
"""Names that are spelled with a small letter as well."""

_AMBIGUOUS = (
    "ADA ALL ANY API APT ARB ATOM BAND BLUR CAKE CHZ COMP CORE CRO DASH DOGE DOT EOS ETC FLOW FLR FTM FUN GALA GAS "
    "GMT HOT HYPE ICP IMX JUP KEY LEO LINK LPT MANA MASK NEAR OKB ONE OP OS PAX PI POL QNT RAY REAL RENDER "
    "ROSE SAFE SAND SEI SKY SPELL STORY SUI SUN SUPER TIA TIME TON TRUMP UNI USD VET WIN YGG"
)
AMBIGUOUS_SYMBOLS = frozenset(_AMBIGUOUS.split())
"""Symbols that are also words or abbreviations: they name a coin only beside a crypto cue."""


GENERIC_SYMBOLS = frozenset(
    ("AI", "API", "ASIC", "CEO", "CFO", "CPI", "CTO", "DAO", "DEFI", "DEX", "ETF", "EU", "FED", "GDP", "GPU", "IPO",
     "IRS", "L2", "MEME", "NFT", "NYC", "NYSE", "OS", "RWA", "SEC", "TV", "UK", "US", "USA", "USD", "EUR", "GBP", "VPN")
)  # fmt: skip
"""Symbols that always mean something else: only with a dollar sign are they coins."""

_PLAIN_NAMES = (
    "avalanche bank base compound core cosmos curve dash first flare flow gala gas gate graph grass immutable jupiter "
    "kite light lighter mantle maker mask midnight near night oasis one optimism plasma prime quant rain real render "
    "river rose safe sky solar sonic stable stacks stellar story sun vision waves humanity holo fluid harmony just "
    "pepe rainbow siren virtual world ape magic movement sandbox"
)
_PLAIN = frozenset(_PLAIN_NAMES.split())
CUE = re.compile(
    r"\b(?:crypto\w*|bitcoin|btc|ethereum|altcoins?|blockchains?|tokens?|coins?|memecoins?|defi|stablecoins?|web3|"
    r"on-?chain|wallets?|staking|stakers|mainnet|testnet|layer[- ]?[12]|l[12]|exchanges?|etfs?|bulls?|bears?|whales?|"
    r"miners?|protocol|price|prices|network|chains?|foundation|usdt|binance|coinbase|kraken|ledger|airdrop|dex|nfts?|"
    r"validators?|oracles?|halving)\b",
    re.IGNORECASE,
)
"""Words of a text that speaks of crypto, or may do so."""
SURE_CUE = re.compile(
    r"\b(?:crypto\w*|bitcoin|btc|ethereum|altcoins?|blockchains?|tokens?|memecoins?|defi|stablecoins?|web3|on-?chain|"
    r"mainnet|testnet|usdt|binance|coinbase|airdrop|nfts?|validators?|halving)\b",
    re.IGNORECASE,
)
"""Words of a text that does."""
CUE_AFTER = re.compile(
    r"(?:['’]s)?[ -](?:(?:chain|development|ecosystem|network|protocol)[ ](?:foundation|fund|labs)|tokens?|"
    r"coins?|price|protocol|network|blockchain|chain|mainnet|testnet|holders?|whales?|bulls|bears|etfs?|staking|stakers|wallets?|airdrop|foundation|dao|ecosystem|labs|l[12]|defi|dex)\b",
    re.IGNORECASE,
)
"""Right behind a name that is a coin's."""
WHAT_IT_IS = re.compile(
    r",[ ](?:an?|the)[ ](?:[\w-]+[ ]){0,3}?"
    r"(?:altcoin|blockchain|chain|cryptocurrency|exchange|layer[- ]?[12]|memecoin|network|protocol|token)\b",
    re.IGNORECASE,
)
"""Behind a name, what it is: a coin's is one of these where the text speaks of crypto."""
MOVE_AFTER = re.compile(
    r"[ ](?:up|down|slips?|climbs?|rises?|falls?|gains?|drops?|jumps?|surges?|slides?|sinks?|soars?|plunges?|tumbles?|"
    r"loses|adds|rallies)[ ](?:by[ ])?\d[\d.,]*[ ]?%"
)
"""A move of a price, right behind what moves."""
CUE_BEFORE = re.compile(
    r"\b(?:crypto|altcoins?|tokens?|memecoins?|stablecoins?|blockchains?|networks?|layer[- ]?[12]|l[12]|dex)[ -]$",
    re.IGNORECASE,
)
NO_COIN_AFTER = re.compile(r"-[A-Z]|[ ](?:effects?|the frog|compliance|lawsuits?|gesture)\b")
"""Behind a word that is not the coin, whatever else the text says."""


def is_plain_name(name: str) -> bool:
    """Whether a coin's name is a word that a sentence may begin with."""
    lowered = name.lower().removeprefix("the ")
    return lowered in _PLAIN or lowered in PLAIN_WORDS


def speaks_for_itself(word: str) -> bool:
    """Whether a symbol or a name is no other word because a kind of money is part of it: ``FDUSD``, ``Fartcoin``."""
    lowered = word.lower()
    return len(lowered) > 4 and (lowered.endswith(("usd", "coin")) or lowered.startswith("usd"))
