"""Charts, the directory, rankings, the whole market and what was missing: stored and found again."""

from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cointicker.domain.charts import Candle, Chart, ChartPoint, Span
from cointicker.domain.directory import Listing
from cointicker.domain.market import GlobalMarket
from cointicker.domain.words import SafeText
from cointicker.engine.ports import Ranking, Topic
from cointicker.store.database import Database
from cointicker.store.schema import MIGRATIONS
from cointicker.store.sqlite import SqliteStore
from fake_clock import START, Clock
from store.store_values import codes, maybe, numbers, quote, texts, times

DAY = 86_400.0
FAR = 4e9
"""A time after all that the strategies draw."""
quickly = settings(max_examples=40, deadline=None)

charts = st.builds(
    Chart, coin_id=codes, currency=st.just("usd"), span=st.sampled_from(Span),
    points=st.lists(st.builds(ChartPoint, times, numbers, maybe), max_size=30).map(tuple),
    candles=st.lists(st.builds(Candle, times, numbers, numbers, numbers, numbers), max_size=10).map(tuple),
    fetched_at=times, candles_at=st.none() | times,
)  # fmt: skip
listings = st.lists(st.builds(Listing, codes, texts, texts), max_size=20, unique_by=lambda each: each.coin_id)
markets = st.builds(
    GlobalMarket, times, maybe, maybe, maybe, maybe, maybe, st.none() | st.integers(0, 10**6), st.just("eur")
)


@asynccontextmanager
async def memory() -> Any:
    store = SqliteStore(None, lambda: FAR)
    yield store
    assert store.trouble == ""
    await store.close()


@quickly
@given(charts)
async def test_charts(chart: Chart) -> None:
    async with memory() as store:
        assert await store.chart(chart.coin_id, "usd", chart.span) is None
        await store.save_chart(chart)
        assert await store.chart(chart.coin_id, "usd", chart.span) == chart
        assert await store.chart(chart.coin_id, "eur", chart.span) is None


@quickly
@given(listings, listings)
async def test_a_directory_takes_the_place_of_the_old_one(old: list[Listing], new: list[Listing]) -> None:
    async with memory() as store:
        await store.save_coins(old)
        await store.save_coins(new)
        assert set(await store.coins()) == set(new)


@quickly
@given(markets)
async def test_the_whole_market(state: GlobalMarket) -> None:
    async with memory() as store:
        assert await store.global_market("eur") is None
        await store.save_global_market(state)
        assert await store.global_market("eur") == state
        assert await store.global_market("usd") is None


@quickly
@given(codes, st.lists(codes, max_size=9).map(tuple), times)
async def test_rankings(rule: str, coins: tuple[str, ...], found_at: float) -> None:
    async with memory() as store:
        assert await store.ranking(rule, "usd") is None
        await store.save_ranking(rule, "usd", Ranking(coins, found_at))
        assert await store.ranking(rule, "usd") == Ranking(coins, found_at)
        assert await store.ranking(rule, "eur") is None


async def test_an_older_state_of_the_market_does_not_replace_a_newer_one_but_one_from_the_future_gives_way(
    store: SqliteStore,
) -> None:
    await store.save_global_market(GlobalMarket(START, 2.0))
    await store.save_global_market(GlobalMarket(START - 60, 1.0))
    assert await store.global_market("usd") == GlobalMarket(START, 2.0)
    await store.save_global_market(GlobalMarket(START + DAY, 3.0))
    await store.save_global_market(GlobalMarket(START, 4.0))
    assert await store.global_market("usd") == GlobalMarket(START, 4.0)


async def test_a_missing_coin_keeps_the_time_since_when_until_it_is_found(store: SqliteStore) -> None:
    await store.save_missing("usd", {"gone": START})
    await store.save_missing("usd", {"gone": START + 60, "never": START + 60})
    assert await store.missing("usd") == {"gone": START, "never": START + 60}
    assert await store.missing("eur") == {}
    await store.save_missing("usd", {"never": START + 120})
    assert await store.missing("usd") == {"never": START + 60}


async def test_other_panes_hear_of_rankings_and_of_the_market_but_not_of_charts(
    open_store: Callable[..., SqliteStore],
) -> None:
    ours, theirs = open_store(), open_store()
    await ours.changed()
    await theirs.save_ranking("gainers", "usd", Ranking(("bitcoin",), START))
    await theirs.save_global_market(GlobalMarket(START))
    await theirs.save_chart(Chart("bitcoin", "usd", Span.DAY, (), (), START))
    await theirs.save_coins([Listing("bitcoin", SafeText("BTC"), SafeText("Bitcoin"))])
    assert await ours.changed() == {Topic.RANKINGS, Topic.GLOBAL}
    assert await theirs.changed() == frozenset()


async def test_old_charts_are_forgotten(store: SqliteStore, clock: Clock) -> None:
    for coin, age in (("new", 1.0), ("old", 31 * DAY)):
        await store.save_chart(Chart(coin, "usd", Span.DAY, (ChartPoint(1, 2),), (), clock.now - age))
    await store.prune(0, 100)
    assert await store.chart("old", "usd", Span.DAY) is None
    assert await store.chart("new", "usd", Span.DAY) is not None


async def test_all_that_a_quote_knows_comes_back(store: SqliteStore) -> None:
    full = replace(
        quote(), change_30d=1.0, change_1y=2.0, ath=3.0, ath_change=-4.0, ath_at=5.0, atl=6.0, atl_change=7.0,
        atl_at=8.0, circulating_supply=9.0, total_supply=10.0, max_supply=11.0, fully_diluted=12.0,
        sparkline=(1.0, 2.0), unconfirmed=13.0, unconfirmed_at=14.0,
    )  # fmt: skip
    await store.save_quotes([quote()])
    await store.save_quotes([full])
    assert await store.quotes("usd") == {"bitcoin": full}


async def test_the_first_schema_is_brought_up_to_date_and_keeps_its_quotes(path: Path, clock: Clock) -> None:
    old = Database(path, clock, MIGRATIONS[:1])
    await old.write(
        lambda connection: (
            connection.execute(
                "INSERT INTO quotes (coin_id, currency, symbol, name, price, fetched_at, sparkline) "
                "VALUES ('bitcoin', 'usd', 'BIT', 'Bitcoin', 100.0, ?, x'')",
                (START,),
            ).rowcount
        ),
        0,
    )
    await old.close()
    store = SqliteStore(path, clock)
    assert await store.quotes("usd") == {"bitcoin": replace(quote(at=START), updated_at=None)}
    assert await store.coins() == ()
    assert store.trouble == ""
    await store.close()
