"""CoinGecko's rows as quotes: what is true stays, what cannot be true is unknown."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.market import Quote
from cointicker.domain.words import SafeText
from cointicker.sources.coingecko_quotes import parse_quotes
from sources.coingecko_world import NOW, row


def one(**fields: Any) -> Quote:
    """The quote of a coin whose row has these fields."""
    return parse_quotes([row("bitcoin", **fields)], {"bitcoin"}, "usd", NOW)[0]


def test_a_row_becomes_a_quote_in_our_units() -> None:
    quote = one(
        symbol="btc",
        name="Bitcoin",
        current_price=88_349.25,
        last_updated="2026-01-14T21:29:30.500Z",
        price_change_percentage_1h_in_currency=0.5,
        price_change_percentage_24h=1.24,
        price_change_percentage_24h_in_currency=1.2437,
        price_change_percentage_7d_in_currency=-3.25,
        market_cap=1_763_000_000_000,
        total_volume=3.5e10,
        market_cap_rank=1,
        high_24h=89_000,
        low_24h=87_000.5,
        sparkline_in_7d={"price": [88_000, 88_100.5]},
    )
    assert quote == Quote(
        coin_id="bitcoin",
        symbol=SafeText("BTC"),
        name=SafeText("Bitcoin"),
        currency="usd",
        price=88_349.25,
        fetched_at=NOW,
        updated_at=NOW - 29.5,
        change_1h=0.5,
        change_24h=1.2437,
        change_7d=-3.25,
        market_cap=1_763_000_000_000.0,
        volume_24h=3.5e10,
        rank=1,
        high_24h=89_000.0,
        low_24h=87_000.5,
        sparkline=(88_000.0, 88_100.5),
    )


def test_longer_moves_extremes_and_supplies_are_read() -> None:
    quote = one(
        price_change_percentage_30d_in_currency=-8.5,
        price_change_percentage_1y_in_currency=120,
        ath=126_080,
        ath_change_percentage=-29.93,
        ath_date="2025-10-06T18:57:42.558Z",
        atl=67.81,
        atl_change_percentage=130_188.1,
        atl_date="2013-07-06T00:00:00.000Z",
        circulating_supply=19_980_000,
        total_supply=19_980_000.0,
        max_supply=21e6,
        fully_diluted_valuation=1.85e12,
    )
    assert (quote.change_30d, quote.change_1y) == (-8.5, 120.0)
    assert (quote.ath, quote.ath_change, quote.ath_at) == (126_080.0, -29.93, 1_759_777_062.558)
    assert (quote.atl, quote.atl_change, quote.atl_at) == (67.81, 130_188.1, 1_373_068_800.0)
    assert (quote.circulating_supply, quote.total_supply, quote.max_supply) == (19_980_000.0, 19_980_000.0, 21e6)
    assert quote.fully_diluted == 1.85e12


def test_what_a_coin_has_none_of_is_unknown_and_not_zero() -> None:
    quote = one(
        ath=None, ath_change_percentage="x", ath_date="soon", atl=0, atl_date=None, max_supply=None, total_supply=0,
        circulating_supply=-1, fully_diluted_valuation={}, price_change_percentage_1y_in_currency=-100,
    )  # fmt: skip
    assert {
        quote.ath, quote.ath_change, quote.ath_at, quote.atl, quote.atl_change, quote.atl_at, quote.max_supply,
        quote.total_supply, quote.circulating_supply, quote.fully_diluted, quote.change_30d, quote.change_1y,
    } == {None}  # fmt: skip


def test_a_day_without_the_exact_change_takes_the_rounded_one() -> None:
    assert one(price_change_percentage_24h=1.24, price_change_percentage_24h_in_currency=None).change_24h == 1.24


NOTHINGS: tuple[object, ...] = (None, "88349", True, [], {}, float("inf"), float("nan"), 10**400)


@pytest.mark.parametrize("value", [*NOTHINGS, 0, -1, 1e15, 1e300])
def test_a_price_that_cannot_be_one_is_unknown_and_costs_no_other_field(value: object) -> None:
    quote = one(current_price=value, market_cap=5)
    assert quote.price is None
    assert quote.market_cap == 5


@pytest.mark.parametrize("value", [*NOTHINGS, -100, -250.0])
def test_a_change_that_cannot_be_one_is_unknown(value: object) -> None:
    assert one(price_change_percentage_1h_in_currency=value).change_1h is None


@pytest.mark.parametrize("value", [*NOTHINGS, 0, -3, 1.5])
def test_a_rank_that_cannot_be_one_is_unknown(value: object) -> None:
    assert one(market_cap_rank=value).rank is None


def test_a_staked_coin_takes_its_rank_among_all_coins() -> None:
    assert one(market_cap_rank=None, market_cap_rank_with_rehypothecated=9).rank == 9
    assert one(market_cap_rank=7, market_cap_rank_with_rehypothecated=9).rank == 7


def test_points_of_a_sparkline_that_are_none_are_left_out() -> None:
    assert one(sparkline_in_7d={"price": [1, None, 2.5, "3", -1, 0, 1e20, 4]}).sparkline == (1.0, 2.5, 4.0)
    nothings: tuple[object, ...] = (None, [], {}, {"price": None}, {"price": {}}, {"price": "1,2"}, 5)
    for raw in nothings:
        assert one(sparkline_in_7d=raw).sparkline == ()
    assert len(one(sparkline_in_7d={"price": [1.0] * 100_000}).sparkline) == 1000


@pytest.mark.parametrize(
    "raw",
    [None, 0, "", "yesterday", "2026-13-45T00:00:00Z", "1969-12-31T00:00:00Z", "2026-01-14T23:00:00Z", "9999-12-31"],
)
def test_a_time_that_cannot_be_one_is_unknown(raw: object) -> None:
    assert one(last_updated=raw).updated_at is None


def test_a_time_just_ahead_is_now() -> None:
    assert one(last_updated="2026-01-14T21:30:20Z").updated_at == NOW


@pytest.mark.parametrize("skew", [-7_200.0, 7_200.0])
def test_times_are_told_by_our_clock_where_the_clocks_differ(skew: float) -> None:
    there = row("bitcoin", last_updated="2026-01-14T21:29:30Z")
    quote = parse_quotes([there], None, "usd", NOW - skew, skew)[0]
    assert quote.updated_at == NOW - 30 - skew


def test_coins_that_were_not_asked_for_and_further_rows_of_one_are_dropped() -> None:
    sent = [row("batcat", symbol="btc"), row("bitcoin", current_price=1), row("bitcoin", current_price=2)]
    quotes = parse_quotes(sent, {"bitcoin"}, "usd", NOW)
    assert [(quote.coin_id, quote.price) for quote in quotes] == [("bitcoin", 1.0)]


@pytest.mark.parametrize(
    "broken", [None, 5, "bitcoin", [], {}, {"id": None}, {"id": ""}, {"id": 7}, {"id": ["bitcoin"]}]
)
def test_a_row_that_names_no_coin_costs_no_other_row(broken: object) -> None:
    quotes = parse_quotes([broken, row("bitcoin"), broken], None, "usd", NOW)
    assert [quote.coin_id for quote in quotes] == ["bitcoin"]


@pytest.mark.parametrize("coin_id", ["a b", "a,b", "a\x1b[31mb", "\u202ecoin", "\ud800", "a" * 200, " a", "a\n"])
def test_an_id_that_would_have_to_be_made_safe_is_no_id(coin_id: str) -> None:
    assert parse_quotes([row(coin_id)], None, "usd", NOW) == ()


def test_names_are_safe_and_keep_their_brackets() -> None:
    quote = one(symbol="usdt[hts]", name="\u200b\u200bAkita\x1b[2J Inu [OLD]\u00a0")
    assert (quote.symbol, quote.name) == ("USDT[HTS]", "Akita Inu [OLD]")
    assert isinstance(quote.symbol, SafeText)
    assert isinstance(quote.name, SafeText)


@pytest.mark.parametrize("nameless", [None, "", "\u200b", 5, ["x"]])
def test_a_coin_without_a_name_is_called_by_its_id(nameless: object) -> None:
    quote = one(symbol=nameless, name=nameless)
    assert (quote.symbol, quote.name) == ("BITCOIN", "bitcoin")


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)
names = st.sampled_from([*row(""), "last_updated", "sparkline_in_7d", "market_cap_rank", "high_24h", "total_volume"])


@given(st.lists(values | st.dictionaries(names | st.text(), values)))
def test_any_rows_end_in_true_quotes(sent: list[Any]) -> None:
    for quote in parse_quotes(sent, None, "usd", NOW):
        assert quote.price is None or 0 < quote.price < 1e15
        assert quote.updated_at is None or 0 < quote.updated_at <= NOW
        assert quote.symbol
        assert quote.name
        assert all(0 < point < 1e15 for point in quote.sparkline)
