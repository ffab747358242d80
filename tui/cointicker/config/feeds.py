"""The feeds that a new user reads."""

from cointicker.domain.news import Feed

DEFAULT_FEEDS: tuple[Feed, ...] = (
    Feed("https://www.theminermag.com/feed/", "TheMinerMag", ("Mining", "Company")),
    Feed("https://hashrateindex.com/blog/feed/", "Hashrate Index", ("Mining",)),
    Feed("https://bitcoinmagazine.com/feed", "Bitcoin Magazine", ("Bitcoin",)),
    Feed("https://www.coindesk.com/arc/outboundfeeds/rss/", "CoinDesk", ("Finance",)),
    Feed("https://cointelegraph.com/rss", "Cointelegraph", ("Blockchain",)),
    Feed("https://cointelegraph.com/rss/tag/nft", "Cointelegraph NFT", ("NFT",)),
    Feed("https://decrypt.co/feed", "Decrypt", ("Web3",)),
    Feed("https://www.theblock.co/rss.xml", "The Block", ("Company",)),
    Feed("https://bitcoinops.org/feed.xml", "Bitcoin Optech", ("Bitcoin",)),
    Feed("https://cryptoslate.com/feed/", "CryptoSlate", ("Altcoins",)),
    Feed("https://news.bitcoin.com/feed/", "Bitcoin.com News", ("Bitcoin",)),
    Feed("https://u.today/rss", "U.Today", ("Altcoins",)),
    Feed("https://cryptopotato.com/feed/", "CryptoPotato", ("Altcoins",)),
    Feed("https://thedefiant.io/feed", "The Defiant", ("DeFi",)),
    Feed("https://blog.ethereum.org/en/feed.xml", "Ethereum Foundation", ("Ethereum",)),
    Feed("https://www.federalreserve.gov/feeds/press_all.xml", "Federal Reserve", ("Finance",)),
    Feed("https://feeds.content.dowjones.io/public/rss/mw_topstories", "MarketWatch", ("Finance", "Stocks")),
)
"""Chosen for being alive when last recorded, for giving more than a headline, and for covering every category."""
