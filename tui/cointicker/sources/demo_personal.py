"""What the person of the demo world holds and wants to be told of."""

from cointicker.domain.alerts import Alert, Kind
from cointicker.domain.market import Watchlist

DEMO_HOLDINGS = """\
[[lots]]
coin = "bitcoin"
amount = 0.42
price = 61250
date = 2024-09-03

[[lots]]
coin = "ethereum"
amount = 6.5
price = 3400
date = 2024-03-14
fee = 12

[[lots]]
coin = "ethereum"
amount = -1.5
price = 3890
date = 2024-12-06

[[lots]]
coin = "solana"
amount = 40
price = 96.4
date = 2024-01-20

[[lots]]
coin = "ripple"
amount = 2500
price = 0.58
currency = "usd"
date = 2024-10-11
note = "hardware wallet"
"""
DEMO_PEGGED = Watchlist("Pegged", ("tether", "usd-coin", "euro-coin"))
"""A list of coins that are meant to be worth a dollar or a euro."""
DEMO_ALERTS = (
    Alert(Kind.MOVE, "bitcoin", 5.0, repeat=True),
    Alert(Kind.DEPEG, "tether", 50.0),
    Alert(Kind.HASHPRICE_BELOW, level=30.0),
    Alert(Kind.KEYWORD, keyword="halving", repeat=True),
)
