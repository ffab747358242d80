"""What a person holds: lots bought and sold, matched first in, first out, and what is left of them worth now.

Money is added up in ``Decimal``. ``None`` is "not known", never 0.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Context, Decimal, localcontext
from functools import partial
from types import MappingProxyType

from cointicker.domain.market import Quote
from cointicker.domain.words import EMPTY, SafeText

_EXACT = Context(prec=60)
"""Sixty digits: parts of a lot add up to the lot whatever is divided on the way."""
_NO_RATES: Mapping[str, Decimal] = MappingProxyType({})
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Lot:
    """One purchase or sale of a coin."""

    coin_id: str
    amount: Decimal
    """Coins: above 0 bought, below 0 sold; never 0."""
    price: Decimal | None = None
    """Of one coin, in ``currency``; ``None``: not known."""
    currency: str = "usd"
    """Code of the currency of price and fee, lower case."""
    day: date | None = None
    """``None``: bought before, or sold after, all that has a date."""
    fee: Decimal = ZERO
    """On top of what was paid, or taken from what a sale brought."""
    note: SafeText = EMPTY
    lot_id: str = ""
    """Made from what the lot says; see ``config.holdings``."""
    line: int | None = field(default=None, compare=False)
    """Where it stands in its file, from 1."""


@dataclass(frozen=True, slots=True)
class OpenLot:
    """What is left of a purchase."""

    lot: Lot
    amount: Decimal
    """Coins."""
    cost: Decimal | None
    """What was paid for what is left, its part of the fee included."""
    value: Decimal | None = None
    """What it is worth now."""
    gain: Decimal | None = None
    """``value`` less ``cost``."""


@dataclass(frozen=True, slots=True)
class Sale:
    """What a sale came to; ``amount`` is the part of it that there were coins for."""

    lot: Lot
    amount: Decimal
    """Coins, above 0; 0 where nothing was held."""
    proceeds: Decimal | None
    """What it brought, less the fee."""
    cost: Decimal | None
    """What had been paid for the coins sold."""
    gain: Decimal | None
    """``proceeds`` less ``cost``."""
    oversold: Decimal = ZERO
    """Coins sold that were not held, and so count for nothing."""


@dataclass(frozen=True, slots=True)
class Position:
    """All of one coin. Money is in the portfolio's currency."""

    coin_id: str
    amount: Decimal
    """Coins held."""
    lots: tuple[OpenLot, ...]
    """Oldest first."""
    sales: tuple[Sale, ...] = ()
    price: Decimal | None = None
    value: Decimal | None = None
    cost: Decimal | None = None
    """Paid for what is held."""
    unrealised: Decimal | None = None
    realised: Decimal | None = None
    """Gain of all sales; 0 without any."""
    day_change: Decimal | None = None
    """What the coins held have gained in 24 hours."""
    share: float | None = None
    """Percent of all that can be valued."""
    converted: bool = False
    """A price paid in another currency was turned into this one at today's rate."""

    @property
    def average(self) -> Decimal | None:
        """What one coin of those held has cost."""
        return self.cost / self.amount if self.cost is not None and self.amount else None

    @property
    def gain_percent(self) -> float | None:
        """``unrealised`` as percent of the cost."""
        return float(self.unrealised / self.cost * 100) if self.unrealised is not None and self.cost else None


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything that is held. Sums are over what is known; ``unpriced`` and ``uncosted`` name what they leave out."""

    currency: str
    lots: tuple[Lot, ...] = ()
    """As they were given, purchases and sales."""
    positions: tuple[Position, ...] = ()
    """The most valuable first; then those without a value, then those sold out."""
    value: Decimal | None = None
    """``None`` where nothing that is held can be valued."""
    cost: Decimal | None = None
    unrealised: Decimal | None = None
    realised: Decimal | None = None
    day_change: Decimal | None = None
    unpriced: tuple[str, ...] = ()
    """Ids of coins held whose price is not known."""
    uncosted: tuple[str, ...] = ()
    """Ids of coins held of which it is not known what they cost."""
    converted: tuple[str, ...] = ()
    """Other currencies in which lots were paid, turned into this one at today's rate."""
    problems: tuple[str, ...] = ()
    """What is wrong with the lots, in words that name the line; safe to show."""

    @property
    def day_change_percent(self) -> float | None:
        """``day_change`` as percent of what the coins were worth 24 hours ago."""
        if self.day_change is None or self.value is None or self.value == self.day_change:
            return None
        return float(self.day_change / (self.value - self.day_change) * 100)

    def position(self, coin_id: str) -> Position | None:
        """What is held of a coin, or was."""
        return next((each for each in self.positions if each.coin_id == coin_id), None)

    @property
    def oversold(self) -> tuple[Sale, ...]:
        """Sales of more than was held."""
        return tuple(sale for each in self.positions for sale in each.sales if sale.oversold)


@dataclass(slots=True)
class _Rest:
    """A purchase while sales eat it up."""

    lot: Lot
    amount: Decimal
    cost: Decimal | None

    def take(self, wanted: Decimal) -> tuple[Decimal, Decimal | None]:
        """Up to so many coins of it, and what they had cost."""
        taken = min(wanted, self.amount)
        cost = self.cost
        if cost is not None and taken < self.amount:
            cost = cost * taken / self.amount
        self.amount -= taken
        self.cost = None if self.cost is None or cost is None else self.cost - cost
        return taken, cost


def appraise(
    lots: Sequence[Lot], quotes: Mapping[str, Quote], currency: str, rates: Mapping[str, Decimal] = _NO_RATES
) -> Portfolio:
    """What the lots come to in a currency.

    ``quotes`` count where they are in that currency. ``rates`` say what one unit of another currency is worth in it;
    what was paid in a currency without a rate is not known.
    """
    with localcontext(_EXACT):
        coins = dict.fromkeys(lot.coin_id for lot in lots)
        positions = [_appraise_coin(coin, lots, quotes.get(coin), currency, rates) for coin in coins]
        worth = [each.value for each in positions if each.value is not None and each.amount]
        total = sum(worth, ZERO) if worth else None
        positions = [replace(each, share=_share(each.value, total)) for each in positions]
        held = [each for each in positions if each.amount]
        return Portfolio(
            currency=currency,
            lots=tuple(lots),
            positions=tuple(sorted(positions, key=_rank)),
            value=total,
            cost=_sum_known(each.cost for each in held),
            unrealised=_sum_known(each.unrealised for each in held),
            realised=_sum_known(each.realised for each in positions),
            day_change=_sum_known(each.day_change for each in held),
            unpriced=tuple(each.coin_id for each in held if each.value is None),
            uncosted=tuple(each.coin_id for each in held if each.cost is None),
            converted=tuple(dict.fromkeys(lot.currency for lot in lots if lot.currency != currency)),
        )


def match_lots(lots: Iterable[Lot], currency: str, rates: Mapping[str, Decimal] = _NO_RATES) -> Position:
    """Purchases and sales of one coin, first in, first out; money in ``currency``, nothing valued yet."""
    with localcontext(_EXACT):
        return _match(tuple(lots), currency, rates)


def _match(lots: tuple[Lot, ...], currency: str, rates: Mapping[str, Decimal]) -> Position:
    money = partial(_in_currency, currency=currency, rates=rates)
    rests: deque[_Rest] = deque()
    sales: list[Sale] = []
    for lot in sorted(lots, key=_in_time):
        if lot.amount > 0:
            paid = None if lot.price is None else lot.amount * lot.price + lot.fee
            rests.append(_Rest(lot, lot.amount, money(paid, lot)))
        else:
            sales.append(_sell(lot, rests, money(lot.price, lot), money(lot.fee, lot)))
    left = tuple(OpenLot(rest.lot, rest.amount, rest.cost) for rest in rests)
    return Position(
        coin_id=lots[0].coin_id if lots else "",
        amount=sum((each.amount for each in left), ZERO),
        lots=left,
        sales=tuple(sales),
        cost=_sum_all(each.cost for each in left),
        realised=_sum_all(sale.gain for sale in sales),
        converted=any(lot.currency != currency and lot.price is not None for lot in lots),
    )


def _in_time(lot: Lot) -> tuple[date, bool]:
    """Purchases of a day come before its sales, as if each sale could be of all that was bought that day."""
    sold = lot.amount < 0
    return lot.day or (date.max if sold else date.min), sold


def _sell(lot: Lot, rests: deque[_Rest], price: Decimal | None, fee: Decimal | None) -> Sale:
    wanted = -lot.amount
    sold, costs = ZERO, list[Decimal | None]()
    while sold < wanted and rests:
        taken, cost = rests[0].take(wanted - sold)
        sold += taken
        costs.append(cost)
        if not rests[0].amount:
            rests.popleft()
    proceeds = None if price is None or fee is None else sold * price - fee
    cost = _sum_all(costs)
    gain = None if proceeds is None or cost is None else proceeds - cost
    return Sale(lot, sold, proceeds, cost, gain, wanted - sold)


def _appraise_coin(
    coin: str, lots: Sequence[Lot], quote: Quote | None, currency: str, rates: Mapping[str, Decimal]
) -> Position:
    position = _match(tuple(lot for lot in lots if lot.coin_id == coin), currency, rates)
    price = _exact(quote.price) if quote is not None and quote.currency == currency else None
    if price is None:
        return position
    value = position.amount * price
    return replace(
        position,
        lots=tuple(_valued(each, price) for each in position.lots),
        price=price,
        value=value,
        unrealised=None if position.cost is None else value - position.cost,
        day_change=_day_change(value, None if quote is None else quote.change_24h),
    )


def _valued(each: OpenLot, price: Decimal) -> OpenLot:
    value = each.amount * price
    return replace(each, value=value, gain=None if each.cost is None else value - each.cost)


def _day_change(value: Decimal, percent: float | None) -> Decimal | None:
    """What of a value the last 24 hours have brought."""
    change = _exact(percent)
    if change is None or change <= -100:
        return None
    return value - value / (1 + change / 100)


def _in_currency(amount: Decimal | None, lot: Lot, currency: str, rates: Mapping[str, Decimal]) -> Decimal | None:
    if amount is None or lot.currency == currency:
        return amount
    rate = rates.get(lot.currency)
    return None if rate is None else amount * rate


def _exact(number: float | None) -> Decimal | None:
    """A float as a person would write it."""
    return None if number is None else Decimal(repr(number))


def _share(value: Decimal | None, total: Decimal | None) -> float | None:
    return None if value is None or not total else float(value / total * 100)


def _rank(position: Position) -> tuple[bool, bool, Decimal, str]:
    value = position.value
    return not position.amount, value is None, -(value or ZERO), position.coin_id


def _sum_known(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; ``None`` where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, ZERO) if known else None


def _sum_all(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum; ``None`` where one of them is not known."""
    total = ZERO
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total
