"""The categories over the river of headlines, and which of them a headline belongs to."""

import re
from collections.abc import Iterable

ALL = "All"
POPULAR = "Popular"
"""What most sources carry: a choice beside the categories, which no headline belongs to by itself."""

_WORDS: dict[str, str] = {
    "Mining": r"mining|miners?|hash ?rate|hash ?price|exahash|petahash|[EP]H/s|asics?|antminer|bitmain|difficulty|"
    r"retarget|halving|hashing|(?-i:MARA|Foundry|Luxor|IREN)|Marathon Digital|Riot Platforms|CleanSpark|AntPool|"
    r"ViaBTC|F2Pool|Hut 8|Bitdeer|Cipher Mining|Bitfarms|TeraWulf|Core Scientific|mining pools?",
    "Bitcoin": r"bitcoin|btc|satoshi|sats|lightning network|ordinals",
    "Ethereum": r"ethereum|ether|eth|vitalik|buterin|layer[- ]?2|staked ether|pectra|fusaka",
    "XRP": r"xrp|ripple|rlusd|xrpl|xrp ledger",
    "Altcoins": r"altcoins?|alt season|altseason|solana|sol|cardano|ada|dogecoin|doge|tron|trx|avalanche|avax|"
    r"litecoin|ltc|polkadot|chainlink|hedera|hbar|shiba|shib|pepe|memecoins?|meme coins?|bnb|sui|toncoin|monero|zcash",
    "NFT": r"nfts?|non-fungible|opensea|cryptopunks?|bored ape|collectibles?",
    "Blockchain": r"blockchains?|distributed ledger|smart contracts?|tokeni[sz]\w+|on-?chain|validators?|consensus",
    "Web3": r"web ?3|metaverse|dapps?|dao|daos|gamefi|decentrali[sz]ed identity|wallet connect",
    "DeFi": r"defi|decentrali[sz]ed finance|dex|dexs|amm|liquidity pools?|yield farm\w*|staking|restaking|lending "
    r"protocol|uniswap|aave|curve finance|makerdao|lido|stablecoins?",
    "Finance": r"fed|federal reserve|interest rates?|inflation|cpi|treasury|treasuries|banks?|banking|etfs?|fomc|"
    r"dollar|bonds?|recession|tariffs?|economy|economic|jpmorgan|goldman|blackrock|sec|cftc|regulat\w+",
    "Stocks": r"stocks?|shares|nasdaq|s&p|dow jones|wall street|nvidia|nvda|tesla|tsla|coin stock|mstr|microstrategy|"
    r"equities|equity|ipo|ipos|earnings",
    "Company": r"acquires?|acquisition|merger|raises \$|series [a-e]|funding round|valuation|ceo|cfo|layoffs|"
    r"partners with|partnership|launches|coinbase|binance|kraken|tether|(?-i:Circle|Strategy)|microstrategy|"
    r"galaxy digital",
}
"""Category → the words of a title that put a headline into it, as an alternation."""

_EXCEPT = re.compile(r"data mining|gold mining|lithium mining|copper mining|coal mining|text mining", re.IGNORECASE)

CATEGORIES: tuple[str, ...] = (ALL, *_WORDS)
"""In the order of the strip."""

_PATTERNS = {name: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE) for name, words in _WORDS.items()}

_BY_LOWER = {name.lower(): name for name in CATEGORIES}
_TAG_NAMES = {
    "btc": "Bitcoin",
    "eth": "Ethereum",
    "ripple": "XRP",
    "altcoin": "Altcoins",
    "nfts": "NFT",
    "decentralized finance": "DeFi",
    "bitcoin mining": "Mining",
    "miners": "Mining",
    "markets": "Finance",
    "policy": "Finance",
    "regulation": "Finance",
    "companies": "Company",
    "business": "Company",
}


def category_named(name: str) -> str | None:
    """The category that a person means, whatever the case, or ``None``."""
    return _BY_LOWER.get(name.strip().lower())


def categorise(title: str, tags: Iterable[str], feed_categories: Iterable[str]) -> tuple[str, ...]:
    """The categories of a headline, in the order of the strip, without ``ALL``.

    From the feed's own categories as configured, the entry's tags and the words of the title.
    """
    found = {named for name in feed_categories if (named := category_named(name))}
    for tag in tags:
        lowered = tag.strip().lower()
        if named := _BY_LOWER.get(lowered) or _TAG_NAMES.get(lowered):
            found.add(named)
    text = _EXCEPT.sub(" ", title)
    found.update(name for name, pattern in _PATTERNS.items() if pattern.search(text))
    return tuple(name for name in CATEGORIES if name in found and name != ALL)
