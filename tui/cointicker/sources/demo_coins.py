"""The coins of the demo world. The prices are of one moment, ``demo_market.EPOCH``; the names are CoinGecko's."""

from dataclasses import dataclass

_TABLE = """
bitcoin BTC 88349 1765000 38400 1 Bitcoin
ethereum ETH 2933.23 354000 21800 1.5 Ethereum
tether USDT 1.0003 186800 74100 0 Tether
binancecoin BNB 883.22 120300 2150 0.9 BNB
ripple XRP 1.9042 115400 3310 1.5 XRP
usd-coin USDC 0.9999 75600 10900 0 USDC
solana SOL 126.74 71500 4480 1.7 Solana
tron TRX 0.298417 28250 612 0.5 TRON
staked-ether STETH 2932.1 25700 18.4 1.5 Lido Staked Ether
dogecoin DOGE 0.122639 20650 1090 1.9 Dogecoin
cardano ADA 0.361204 13250 548 1.7 Cardano
hyperliquid HYPE 24.87 6740 287 2.1 Hyperliquid
bitcoin-cash BCH 586.31 11720 264 1.2 Bitcoin Cash
chainlink LINK 12.4108 8790 431 1.7 Chainlink
monero XMR 462.18 8520 118 1.1 Monero
stellar XLM 0.213846 6930 134 1.5 Stellar
litecoin LTC 77.42 5940 402 1.2 Litecoin
avalanche-2 AVAX 12.3317 5310 268 1.8 Avalanche
hedera-hashgraph HBAR 0.112384 4820 121 1.8 Hedera
zcash ZEC 508.73 8370 604 2.4 Zcash
sui SUI 1.4192 5370 512 2 Sui
shiba-inu SHIB 0.0000072418 4268 96 1.8 Shiba Inu
the-open-network TON 1.6411 4020 82 1.5 Toncoin
polkadot DOT 1.8137 2990 121 1.7 Polkadot
uniswap UNI 5.8641 3690 214 1.9 Uniswap
pepe PEPE 0.0000041306 1737 248 2.3 Pepe
kaspa KAS 0.04418271 1184 31 1.8 Kaspa
near NEAR 1.5284 1962 142 1.9 NEAR Protocol
aptos APT 1.6803 1256 74 1.9 Aptos
internet-computer ICP 2.9417 1608 78 1.8 Internet Computer
aave AAVE 152.66 2318 241 1.8 Aave
ethereum-classic ETC 11.7621 1817 62 1.4 Ethereum Classic
mantle MNT 0.972418 3158 64 1.4 Mantle
vechain VET 0.01052714 905 21 1.7 VeChain
algorand ALGO 0.113927 1007 38 1.7 Algorand
cosmos ATOM 1.9724 965 41 1.7 Cosmos Hub
arbitrum ARB 0.187413 1072 84 1.9 Arbitrum
filecoin FIL 1.2938 948 88 1.8 Filecoin
polygon-ecosystem-token POL 0.102846 1083 47 1.7 POL (ex-MATIC)
optimism OP 0.268114 521 58 2 Optimism
celestia TIA 0.462907 398 41 2.2 Celestia
bittensor TAO 221.94 2130 114 2 Bittensor
render-token RENDER 1.3271 689 42 2 Render
ondo-finance ONDO 0.371846 1174 61 1.9 Ondo
worldcoin-wld WLD 0.481026 1214 94 2.1 Worldcoin
quant-network QNT 71.88 1045 14 1.3 Quant
injective-protocol INJ 4.3128 430 36 2 Injective
sei-network SEI 0.109381 711 52 2.1 Sei
tezos XTZ 0.441087 472 19 1.6 Tezos
fantom FTM 0.069412 194 6.1 2.1 Fantom
dai DAI 0.9998 4480 112 0 Dai
leo-token LEO 8.9416 8240 2.4 0.3 LEO Token
okb OKB 107.62 2260 34 1.1 OKB
crypto-com-chain CRO 0.091604 3520 21 1.5 Cronos
gala GALA 0.00618372 289 34 2.2 GALA
the-sandbox SAND 0.114283 302 24 2 The Sandbox
decentraland MANA 0.118746 228 18 2 Decentraland
maker MKR 1421.07 208 1.1 1.5 Maker
lido-dao LDO 0.568142 511 42 2 Lido DAO
bonk BONK 0.0000081927 721 84 2.4 Bonk
dogwifcoin WIF 0.306418 306 79 2.5 dogwifhat
pi-network PI 0.204871 1714 16 1.4 Pi Network
jupiter-exchange-solana JUP 0.188204 601 28 2.1 Jupiter
ethena ENA 0.201746 1597 164 2.3 Ethena
pudgy-penguins PENGU 0.00908163 571 98 2.5 Pudgy Penguins
official-trump TRUMP 4.9214 984 121 2 Official Trump
world-liberty-financial WLFI 0.134618 3600 104 1.8 World Liberty Financial
ripple-usd RLUSD 1.0001 1331 71 0 Ripple USD
immutable-x IMX 0.224816 187 11 2 Immutable
flare-networks FLR 0.01081936 861 5.2 1.7 Flare
iota IOTA 0.087214 371 11 1.8 IOTA
dash DASH 39.2604 493 72 2 Dash
eos EOS 0.171936 129 14 1.8 EOS
usds USDS 0.9998 9640 18 0 USDS
ethena-usde USDE 0.9993 6310 92 0 Ethena USDe
paypal-usd PYUSD 0.9999 3620 41 0 PayPal USD
euro-coin EURC 1.16585 342 29 0 EURC
morpho MORPHO 1.2741 671 19 1.8 Morpho
nexo NEXO 0.948127 948 9.8 1.2 NEXO
pump-fun PUMP 0.00210482 1242 138 2.5 Pump.fun
curve-dao-token CRV 0.388104 561 61 1.9 Curve DAO
pancakeswap-token CAKE 1.8836 629 34 1.6 PancakeSwap
apecoin APE 0.204917 154 17 2.2 ApeCoin
kucoin-shares KCS 10.7318 1402 4.6 0.8 KuCoin
binance-peg-xrp XRP 1.9031 61 2.2 1.5 Binance-Peg XRP
batcat BTC 0.00004127 0.041 0.0012 2.5 batcat
"""

FOLLOWS = {"staked-ether": ("ethereum", 0.99961), "binance-peg-xrp": ("ripple", 0.99942)}
"""Coin that is worth another coin → that coin, and the share of its price."""

UNRANKED = frozenset({"staked-ether", "binance-peg-xrp"})
"""Stand-ins for other coins, which CoinGecko has left out of its ranking since February 2026."""


MAX_SUPPLY = {"bitcoin": 21e6, "bitcoin-cash": 21e6, "zcash": 21e6, "litecoin": 84e6}
"""Coin → the most that there will ever be, where there is an end to it."""

CATEGORIES: dict[str, frozenset[str]] = {
    name: frozenset(coins.split())
    for name, coins in {
        "layer-1": "bitcoin ethereum binancecoin ripple solana tron cardano bitcoin-cash monero stellar litecoin "
        "avalanche-2 hedera-hashgraph zcash sui the-open-network polkadot kaspa near aptos internet-computer",
        "decentralized-finance-defi": "chainlink uniswap aave maker lido-dao ethena curve-dao-token pancakeswap-token "
        "jupiter-exchange-solana injective-protocol morpho hyperliquid",
        "meme-token": "dogecoin shiba-inu pepe bonk dogwifcoin pudgy-penguins official-trump pump-fun",
        "stablecoins": "tether usd-coin dai usds ethena-usde paypal-usd ripple-usd euro-coin",
    }.items()
}
"""Category, as CoinGecko spells it → its coins."""


@dataclass(frozen=True, slots=True)
class DemoCoin:
    """A coin of the demo world."""

    coin_id: str
    symbol: str
    """Upper case."""
    name: str
    price: float
    """USD, at the epoch."""
    supply: float
    volume: float
    """USD a day, about."""
    swing: float
    """How much wilder than Bitcoin it moves; 0 for a stablecoin."""
    rank: int | None


def _read_table() -> tuple[DemoCoin, ...]:
    rows = [line.split(" ", 6) for line in _TABLE.strip().splitlines()]
    ranked = sorted((row for row in rows if row[0] not in UNRANKED), key=lambda row: -float(row[3]))
    ranks = {row[0]: rank for rank, row in enumerate(ranked, 1)}
    return tuple(
        DemoCoin(
            coin_id=coin_id,
            symbol=symbol,
            name=name,
            price=float(price),
            supply=float(cap) * 1e6 / float(price),
            volume=float(volume) * 1e6,
            swing=float(swing),
            rank=ranks.get(coin_id),
        )
        for coin_id, symbol, price, cap, volume, swing, name in rows
    )


COINS: tuple[DemoCoin, ...] = _read_table()
"""Largest first, more or less."""
