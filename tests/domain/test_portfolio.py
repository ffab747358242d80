"""Lots matched first in, first out, and what is left of them worth."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.market import Quote
from cointicker.domain.portfolio import Lot, Portfolio, appraise, match_lots
from cointicker.domain.words import SafeText
from fake_clock import START

DAY = date(2024, 1, 1)


def _lot(amount: str, price: str | None = "100", day: int | None = 0, **more: object) -> Lot:
    fields: dict[str, object] = {"currency": "usd", "coin_id": "bitcoin", **more}
    when = None if day is None else DAY + timedelta(days=day)
    return Lot(amount=Decimal(amount), price=None if price is None else Decimal(price), day=when, **fields)  # type: ignore[arg-type]


def _quote(coin: str, price: float | None, change: float | None = None, currency: str = "usd") -> Quote:
    return Quote(coin, SafeText(coin[:3].upper()), SafeText(coin), currency, price, START, change_24h=change)


def _worth(*lots: Lot, **prices: float) -> Portfolio:
    return appraise(lots, {coin: _quote(coin, price) for coin, price in prices.items()}, "usd")


def test_a_sale_is_of_the_oldest_coins_and_gains_what_they_have_gained() -> None:
    portfolio = _worth(_lot("1", "200", 2), _lot("1", "100", 1), _lot("-1.5", "400", 3), bitcoin=500.0)
    position = portfolio.positions[0]
    assert [(each.amount, each.cost) for each in position.lots] == [(Decimal("0.5"), Decimal(100))]
    assert position.realised == 1 * (400 - 100) + Decimal("0.5") * (400 - 200)
    assert position.unrealised == Decimal("0.5") * 500 - 100
    assert position.average == 200
    assert position.gain_percent == pytest.approx(150.0)


def test_fees_make_a_purchase_dearer_and_a_sale_poorer() -> None:
    position = match_lots((_lot("2", "100", fee=Decimal(10)), _lot("-1", "150", 1, fee=Decimal(3))), "usd")
    assert position.cost == 105
    assert position.realised == 150 - 3 - 105


def test_a_price_that_is_not_known_makes_no_value_and_no_zero() -> None:
    portfolio = _worth(_lot("1"), _lot("3", coin_id="kaspa"), bitcoin=150.0)
    assert portfolio.value == 150
    assert portfolio.unpriced == ("kaspa",)
    kaspa = portfolio.position("kaspa")
    assert kaspa is not None
    assert (kaspa.value, kaspa.unrealised, kaspa.day_change, kaspa.share) == (None, None, None, None)
    assert _worth(_lot("1")).value is None


def test_coins_without_a_cost_have_a_value_and_no_gain() -> None:
    portfolio = _worth(_lot("1", None), _lot("1", "50", coin_id="kaspa"), bitcoin=150.0, kaspa=60.0)
    assert [portfolio.value, portfolio.cost, portfolio.unrealised] == [Decimal(210), Decimal(50), Decimal(10)]
    assert portfolio.uncosted == ("bitcoin",)


def test_what_is_sold_out_stays_with_what_it_gained_behind_all_that_is_held() -> None:
    portfolio = _worth(_lot("1"), _lot("-1", "300", 1), _lot("1", "5", coin_id="kaspa"), bitcoin=900.0, kaspa=10.0)
    assert [(each.coin_id, each.amount) for each in portfolio.positions] == [
        ("kaspa", Decimal(1)),
        ("bitcoin", Decimal(0)),
    ]
    assert [portfolio.value, portfolio.realised] == [Decimal(10), Decimal(200)]
    assert portfolio.positions[0].share == pytest.approx(100.0)


def test_selling_more_than_was_held_sells_what_was_held_and_says_the_rest() -> None:
    portfolio = _worth(_lot("1", "100", line=3), _lot("-3", "200", 1, line=9), _lot("1", "50", 2), bitcoin=100.0)
    (sale,) = portfolio.oversold
    assert [sale.amount, sale.oversold, sale.gain] == [Decimal(1), Decimal(2), Decimal(100)]
    assert sale.lot.line == 9
    assert portfolio.positions[0].amount == 1
    assert portfolio.positions[0].cost == 50


def test_on_one_day_purchases_come_before_sales_and_what_has_no_day_is_bought_first_and_sold_last() -> None:
    position = match_lots((_lot("-2", "9", None), _lot("-1", "9", 0), _lot("1", "2", 0), _lot("2", "1", None)), "usd")
    assert not any(sale.oversold for sale in position.sales)
    assert [sale.cost for sale in position.sales] == [1, 1 + 2]


def test_a_day_change_is_in_money_and_counts_what_is_held_now() -> None:
    lots = (_lot("2"), _lot("1", coin_id="kaspa"))
    portfolio = appraise(lots, {"bitcoin": _quote("bitcoin", 125.0, 25.0), "kaspa": _quote("kaspa", 50.0)}, "usd")
    assert portfolio.day_change == 50
    assert portfolio.positions[0].day_change == 50
    assert portfolio.positions[1].day_change is None
    gone = appraise(lots[:1], {"bitcoin": _quote("bitcoin", 125.0, -100.0)}, "usd")
    assert gone.day_change is None


def test_another_currency_counts_at_the_rate_given_and_is_marked() -> None:
    lots = (_lot("1", "100", currency="eur"), _lot("1", "100"))
    portfolio = appraise(lots, {"bitcoin": _quote("bitcoin", 200.0)}, "usd", {"eur": Decimal("1.1")})
    assert portfolio.cost == 210
    assert portfolio.converted == ("eur",)
    assert portfolio.positions[0].converted
    without = appraise(lots, {"bitcoin": _quote("bitcoin", 200.0)}, "usd")
    assert [without.value, without.cost] == [Decimal(400), None]
    assert without.uncosted == ("bitcoin",)


def test_a_quote_in_another_currency_is_no_price() -> None:
    assert appraise((_lot("1"),), {"bitcoin": _quote("bitcoin", 90.0, currency="eur")}, "usd").value is None


def test_money_adds_up_as_on_paper() -> None:
    lots = [_lot("0.1", "0.1") for _ in range(3)]
    assert _worth(*lots, bitcoin=0.3).cost == Decimal("0.03")
    assert _worth(*lots, bitcoin=0.3).value == Decimal("0.09")


amounts = st.decimals("0.00000001", "1000000", places=8)
prices = st.none() | st.decimals("0", "100000", places=6)
sides = st.sampled_from([1, -1])
days = st.none() | st.integers(0, 20)
lots = st.lists(
    st.builds(
        lambda amount, side, price, day: _lot(str(side * amount), None if price is None else str(price), day),
        *(amounts, sides, prices, days),
    ),
    max_size=25,
)


@given(lots)
def test_no_coin_is_lost_or_made(lots: list[Lot]) -> None:
    position = match_lots(lots, "usd")
    bought = sum((lot.amount for lot in lots if lot.amount > 0), Decimal(0))
    sold = sum((sale.amount for sale in position.sales), Decimal(0))
    wanted = -sum((lot.amount for lot in lots if lot.amount < 0), Decimal(0))
    assert bought == position.amount + sold
    assert wanted == sold + sum((sale.oversold for sale in position.sales), Decimal(0))
    assert position.amount == sum((each.amount for each in position.lots), Decimal(0))
    assert all(0 < each.amount <= each.lot.amount for each in position.lots)


@given(lots)
def test_matching_is_that_of_a_queue_of_single_coins(lots: list[Lot]) -> None:
    """The oracle: exact fractions, one list of (coins left, price of one), eaten from the front."""
    queue: list[list[Fraction | None]] = []
    gain: Fraction | None = Fraction(0)
    dated = sorted(lots, key=lambda lot: (lot.day or (date.max if lot.amount < 0 else date.min), lot.amount < 0))
    for lot in dated:
        price = None if lot.price is None else Fraction(lot.price)
        if lot.amount > 0:
            queue.append([Fraction(lot.amount), price])
            continue
        left = Fraction(-lot.amount)
        if price is None:
            gain = None
        while left and queue:
            have, paid = queue[0]
            assert have is not None
            taken = min(have, left)
            left -= taken
            gain = None if gain is None or paid is None or price is None else gain + taken * (price - paid)
            queue[0][0] = have - taken
            if not queue[0][0]:
                del queue[0]
    position = match_lots(lots, "usd")
    assert [Fraction(each.amount) for each in position.lots] == [have for have, _ in queue]
    costs = [None if have is None or paid is None else have * paid for have, paid in queue]
    for each, cost in zip(position.lots, costs, strict=True):
        assert (each.cost is None) == (cost is None)
        if each.cost is not None and cost is not None:
            assert abs(Fraction(each.cost) - cost) <= Fraction(1, 10**30)
    assert (position.realised is None) == (gain is None)
    if position.realised is not None and gain is not None:
        assert abs(Fraction(position.realised) - gain) <= Fraction(1, 10**30)
