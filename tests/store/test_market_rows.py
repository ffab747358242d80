"""Quotes and the history of prices."""

from collections.abc import Callable
from dataclasses import replace

from cointicker.domain.confirm import sampled_at
from cointicker.domain.market import PriceHistory
from cointicker.store.sqlite import SqliteStore
from fake_clock import START, Clock
from store.store_values import quote

HOUR = 3600.0
DAY = 24 * HOUR


async def test_a_quote_without_a_price_keeps_the_old_price_with_its_time(store: SqliteStore) -> None:
    old = replace(quote(price=100.0, at=START), change_24h=1.0)
    await store.save_quotes([old])
    await store.save_quotes([replace(quote(price=None, at=START + 60), change_24h=2.0, rank=3)])
    found = (await store.quotes("usd"))["bitcoin"]
    assert (found.price, found.fetched_at, found.updated_at) == (100.0, old.fetched_at, old.updated_at)
    assert (found.change_24h, found.rank) == (2.0, 3)


async def test_a_coin_whose_price_was_never_known_stays_unknown_and_not_zero(store: SqliteStore) -> None:
    await store.save_quotes([quote(price=None, at=START)])
    await store.save_quotes([quote(price=None, at=START + 60)])
    found = (await store.quotes("usd"))["bitcoin"]
    assert found.price is None
    assert found.fetched_at == START + 60
    assert await store.histories(["bitcoin"], "usd", 0) == {}


async def test_an_older_quote_does_not_replace_a_newer_one(store: SqliteStore, clock: Clock) -> None:
    await store.save_quotes([quote(price=101.0, at=START)])
    await store.save_quotes([quote(price=99.0, at=START - 30)])
    assert (await store.quotes("usd"))["bitcoin"].price == 101.0


async def test_a_quote_from_the_future_gives_way(store: SqliteStore, clock: Clock) -> None:
    clock.now = START + 400 * DAY
    await store.save_quotes([quote(price=1.0, at=clock.now)])
    clock.now = START
    await store.save_quotes([quote(price=100.0, at=START)])
    assert (await store.quotes("usd"))["bitcoin"] == quote(price=100.0, at=START)


async def test_currencies_are_kept_apart(store: SqliteStore) -> None:
    euro = replace(quote(price=90.0), currency="eur")
    await store.save_quotes([quote(price=100.0), euro])
    assert (await store.quotes("eur"))["bitcoin"] == euro
    assert (await store.quotes("usd"))["bitcoin"] == quote(price=100.0)
    assert await store.quotes("gbp") == {}


async def test_a_held_price_is_kept_beside_the_old_one(store: SqliteStore) -> None:
    held = replace(quote(price=100.0), unconfirmed=100_000.0, unconfirmed_at=START + 55)
    await store.save_quotes([quote(price=100.0)])
    await store.save_quotes([held])
    assert (await store.quotes("usd"))["bitcoin"] == held
    assert (await store.histories(["bitcoin"], "usd", 0))["bitcoin"].prices == (100.0,)


async def test_the_same_sample_twice_is_one_point_of_the_history(store: SqliteStore) -> None:
    sample = quote(price=100.0, at=START)
    await store.save_quotes([sample])
    await store.save_quotes([replace(sample, fetched_at=START + 60)])
    assert await store.histories(["bitcoin"], "usd", 0) == {"bitcoin": PriceHistory((START - 5,), (100.0,))}


async def test_names_are_ranked_and_those_without_a_rank_come_last(store: SqliteStore) -> None:
    coins = [replace(quote("dust"), rank=None), replace(quote("ether"), rank=2), replace(quote("bitcoin"), rank=1)]
    await store.save_quotes(coins)
    assert [name.coin_id for name in await store.coin_names()] == ["bitcoin", "ether", "dust"]


async def test_the_nearest_price_within_reach_is_found(store: SqliteStore) -> None:
    samples = [(START - 1000, 90.0), (START - 300, 95.0), (START + 200, 105.0)]
    await store.save_quotes([replace(quote(price=price, at=at), updated_at=None) for at, price in samples])
    moments = [("bitcoin", START), ("bitcoin", START - 900), ("bitcoin", START - 5000), ("ether", START)]
    assert await store.prices_near(moments, "usd", 600) == {
        ("bitcoin", START): 105.0,
        ("bitcoin", START - 900): 90.0,
    }
    assert await store.prices_near(moments, "eur", 600) == {}


async def _fill(store: SqliteStore, start: float, end: float, step: float) -> None:
    count = int((end - start) / step)
    await store.save_quotes(
        [replace(quote(at=start + number * step), updated_at=None, price=1.0 + number) for number in range(count)]
    )


async def test_history_is_thinned_to_hours_after_two_days_and_to_days_after_thirty(store: SqliteStore) -> None:
    today = START - START % DAY
    await _fill(store, today - 40 * DAY, today - 39 * DAY, HOUR / 4)
    await _fill(store, today - 10 * DAY, today - 10 * DAY + 3 * HOUR, HOUR / 4)
    await _fill(store, START - HOUR, START, 60)
    for _ in range(2):  # a second time changes nothing
        await store.prune(0, 100)
        times = (await store.histories(["bitcoin"], "usd", 0))["bitcoin"].times
        assert [at for at in times if at < today - 30 * DAY] == [today - 40 * DAY]
        assert [at for at in times if today - 30 * DAY <= at < START - 2 * DAY] == [
            today - 10 * DAY + hour * HOUR for hour in range(3)
        ]
        assert len([at for at in times if at >= START - 2 * DAY]) == 60


async def test_thinning_keeps_coins_and_currencies_apart(store: SqliteStore) -> None:
    old = START - 40 * DAY
    each = [
        replace(quote(coin, at=old), currency=currency) for coin in ("bitcoin", "ether") for currency in ("usd", "eur")
    ]
    await store.save_quotes(each)
    await store.prune(0, 100)
    for currency in ("usd", "eur"):
        assert set(await store.histories(["bitcoin", "ether"], currency, 0)) == {"bitcoin", "ether"}


async def test_histories_begin_where_they_are_asked_to(
    store: SqliteStore, open_store: Callable[..., SqliteStore]
) -> None:
    await _fill(store, START - 600, START, 60)
    found = await open_store().histories(["bitcoin", "never"], "usd", START - 120)
    assert found == {"bitcoin": PriceHistory((START - 120, START - 60), (9.0, 10.0))}


async def test_prices_of_the_past_fill_the_history_but_change_nothing_that_is_there(store: SqliteStore) -> None:
    stored = quote(price=100.0, at=START)
    await store.save_quotes([stored])
    now = sampled_at(stored)
    await store.save_prices("bitcoin", "usd", [(now - 300, 90.0), (now, 1.0)])
    found = await store.prices_near([("bitcoin", now - 250), ("bitcoin", now + 1)], "usd", 100.0)
    assert found == {("bitcoin", now - 250): 90.0, ("bitcoin", now + 1): 100.0}
    assert await store.prices_near([("bitcoin", now - 250)], "eur", 100.0) == {}
