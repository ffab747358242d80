"""What a store might know and what a person might have set, for the tests of ``cointicker line``."""

from collections.abc import Iterable

from cointicker.cli.line.dialects import choose_dialect
from cointicker.cli.line.making import Made, Maker
from cointicker.cli.line.request import Request
from cointicker.config.glance import Glance
from cointicker.domain.glance import Coin, Due, Known, News

NOW = 1_800_000_000.0
HOSTILE = "Miners #(touch /tmp/x) #[fg=red]sell #{pane_id} %{A1:reboot:}now%{A} <b>&amp; 'all' \"#"
"""A title with what each bar might obey."""


def coin(coin_id: str, symbol: str, price: float | None = 100.0, change: float | None = 1.5, age: float = 10) -> Coin:
    return Coin(
        coin_id=coin_id, symbol=symbol, name=coin_id.title(), price=price, fetched_at=NOW - age, change_1h=0.0,
        change_24h=change, change_7d=-2.5, market_cap=1.34e12, volume_24h=5e9, rank=1,
    )  # fmt: skip


BITCOIN = coin("bitcoin", "BTC", 88_349.0, 1.24)
ETHER = coin("ethereum", "ETH", 2933.23, -0.41)


def known(*coins: Coin, title: str = "Fees fall again", age: float = 120) -> Known:
    found = Known()
    for each in coins or (BITCOIN, ETHER):
        found.coins[each.coin_id] = found.coins[each.symbol.lower()] = each
    found.prices_due = Due(NOW - 10, NOW + 50)
    found.headline = News(title, "Example News", NOW - 720)
    found.unread = 31
    found.news_at = NOW - age
    found.mining = {
        "hashprice": 38.7, "hashrate": 1.04e21, "difficulty": 148.2e12, "next_change": 1.2,
        "retarget_at": NOW + 5 * 86_400 + 3 * 3600, "height": 931_204, "block_at": NOW - 240,
        "fees.fastest": 2, "fees.half_hour": 1, "fees.hour": 1,
    }  # fmt: skip
    found.mining_at = NOW - age
    return found


def glance(coins: Iterable[str] = ("bitcoin", "ethereum"), **more: object) -> Glance:
    found = Glance()
    found.coins = tuple(coins)
    found.list = "Majors"
    found.up, found.down, found.label, found.accent = "#4fc38a", "#f0746c", "#727e91", "#e8b04b"
    for name, value in more.items():
        setattr(found, name, value)
    return found


def make(
    text: str | None = None, state: Known | None = None, settings: Glance | None = None, *, kind: str = "none",
    width: int | None = None, now: float = NOW, json: bool = False,
) -> Made:  # fmt: skip
    """The line that a format comes to."""
    return maker(text, settings, kind=kind, width=width, json=json).make(state or known(), now)


def maker(
    text: str | None = None, settings: Glance | None = None, *, kind: str = "none", width: int | None = None,
    json: bool = False,
) -> Maker:  # fmt: skip
    request = Request()
    request.format, request.width, request.json = text, width, json
    used = settings or glance()
    return Maker(request, used, choose_dialect(kind, used, {}, terminal=False))
