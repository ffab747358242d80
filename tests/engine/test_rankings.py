"""Lists by rule, and what the source no longer tells of."""

import asyncio
from pathlib import Path

import pytest

from cointicker.config.settings import MarketSettings, Settings
from cointicker.domain.freshness import Fresh
from cointicker.domain.market import Quote, Watchlist
from cointicker.domain.words import SafeText
from cointicker.engine.actions import UseCurrency, UseWatchlist
from cointicker.engine.engine import Engine
from engine.conftest import Start
from engine.outside import NO_NETWORK, Outside, until
from fake_clock import START, Clock

DAY = 86_400.0
SETTINGS = Settings(
    watchlists=(
        Watchlist("Mine", ("kaspa",)),
        Watchlist("Top", (), "top 2"),
        Watchlist("Up", (), "gainers"),
        Watchlist("Hot", (), "trending"),
        Watchlist("Chains", (), "category:layer-1"),
    ),
    market=MarketSettings(refresh=60),
)


def large(coin_id: str, change: float, at: float = START) -> Quote:
    name = SafeText(coin_id)
    return Quote(coin_id, name, name, "usd", 1.0, at, at, change_24h=change, volume_24h=1e9, market_cap=1e9)


@pytest.fixture
def engine(start: Start, outside: Outside) -> Engine:
    outside.market.largest = [large("bitcoin", -1.0), large("ethereum", 2.0), large("solana", 5.0)]
    outside.market.wanted = ("pepe", "bitcoin")
    outside.market.prices |= {"pepe": 0.5, "kaspa": 0.1}
    return start(SETTINGS)


async def use(engine: Engine, name: str) -> None:
    names = [each.name for each in engine.snapshot.watchlists]
    engine.do(UseWatchlist(names.index(name)))
    await engine.rankings.refresh()


async def test_one_page_fills_all_lists_that_it_answers(engine: Engine, outside: Outside) -> None:
    await use(engine, "Top")
    assert [each.coins for each in engine.snapshot.watchlists] == [
        ("kaspa",), ("bitcoin", "ethereum"), ("solana", "ethereum"), (), (),
    ]  # fmt: skip
    assert outside.market.questions == [("page", "usd", "")]
    assert engine.snapshot.quotes["solana"].change_24h == 5.0
    await use(engine, "Up")
    assert len(outside.market.questions) == 1


async def test_the_order_stays_between_two_looks(engine: Engine, outside: Outside, clock: Clock) -> None:
    await use(engine, "Up")
    outside.market.largest = [large("bitcoin", 9.0, START + 300), large("solana", 5.0, START + 300)]
    clock.pass_by(299)
    await engine.rankings.refresh()
    assert engine.snapshot.watchlist.coins == ("solana", "ethereum")
    clock.pass_by(1)
    await engine.rankings.refresh()
    assert engine.snapshot.watchlist.coins == ("bitcoin", "solana")


async def test_what_is_trending_keeps_the_order_of_the_source_and_comes_with_prices(
    engine: Engine, outside: Outside
) -> None:
    await use(engine, "Hot")
    assert engine.snapshot.watchlist.coins == ("pepe", "bitcoin")
    assert engine.snapshot.quotes["pepe"].price == 0.5
    assert outside.market.asked == [(("pepe", "bitcoin"), "usd")]


async def test_a_category_is_asked_for_by_its_id(engine: Engine, outside: Outside) -> None:
    await use(engine, "Chains")
    assert engine.snapshot.watchlist.coins == ("bitcoin", "ethereum", "solana")
    assert ("page", "usd", "layer-1") in outside.market.questions


async def test_coins_of_a_rule_are_watched_only_while_their_list_is_shown(engine: Engine) -> None:
    await use(engine, "Top")
    assert engine.market.watched() == ("bitcoin", "ethereum", "kaspa")
    await use(engine, "Mine")
    assert engine.market.watched() == ("kaspa",)


async def test_a_list_by_rule_that_is_not_shown_costs_a_page_a_day(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    for _ in range(8):
        await engine.rankings.refresh()
        clock.pass_by(DAY / 8)
    assert outside.market.questions == [("page", "usd", "")]
    await engine.rankings.refresh()
    assert len(outside.market.questions) == 2


async def test_a_page_does_not_put_off_the_quotes_of_a_persons_own_coins(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    outside.market.largest.append(large("kaspa", 1.0, START + 50))
    await engine.market.refresh()
    clock.pass_by(50)
    await engine.rankings.refresh()
    assert engine.market.due_at() == START + 60


async def test_another_pane_shows_what_was_found_without_asking(
    start: Start, engine: Engine, outside: Outside, file: Path
) -> None:
    first = start(SETTINGS, place=file)
    await use(first, "Top")
    other = start(SETTINGS, place=file)
    await other.load()
    assert other.snapshot.watchlists[1].coins == ("bitcoin", "ethereum")
    await use(other, "Up")
    assert other.snapshot.watchlist.coins == ("solana", "ethereum")
    assert len(outside.market.questions) == 1


async def test_a_failure_leaves_the_list_and_is_not_repeated_at_once(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    await use(engine, "Top")
    outside.market.trouble = NO_NETWORK
    clock.pass_by(300)
    for _ in range(4):
        await engine.rankings.refresh()
        clock.pass_by(1)
    assert len(outside.market.questions) == 2
    assert engine.snapshot.watchlist.coins == ("bitcoin", "ethereum")
    outside.market.trouble = None
    clock.pass_by(60)
    await engine.rankings.refresh()
    assert len(outside.market.questions) == 3


async def test_a_list_that_is_turned_to_does_not_wait_for_what_was_put_off(start: Start, outside: Outside) -> None:
    outside.market.largest = [large("bitcoin", -1.0)]
    engine, store = start.with_store(SETTINGS)
    for _ in range(2):
        await store.ledger.count("market")
    await engine.rankings.refresh()
    assert outside.market.questions == []  # the page of the day can wait
    await use(engine, "Top")
    assert engine.snapshot.watchlist.coins == ("bitcoin",)


async def test_the_running_engine_fills_a_list_when_it_is_turned_to(engine: Engine, outside: Outside) -> None:
    running = asyncio.create_task(engine.run())
    await until(engine, lambda now: now.watchlists[1].coins == ("bitcoin", "ethereum"))
    engine.do(UseWatchlist(3))
    await until(engine, lambda now: now.watchlist.coins == ("pepe", "bitcoin"))
    engine.do(UseCurrency("eur"))
    await until(engine, lambda now: now.currency == "eur" and ("page", "eur", "") in outside.market.questions)
    await engine.close()
    await running


async def test_a_coin_that_did_not_come_back_keeps_its_quote_and_says_since_when(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    await engine.market.refresh()
    del outside.market.prices["kaspa"]
    clock.pass_by(60)
    await engine.market.refresh()
    clock.pass_by(60)
    assert await engine.market.refresh() == Fresh(START)  # kaspa is all that is watched
    assert engine.snapshot.missing == {"kaspa": START}
    assert engine.snapshot.quotes["kaspa"].price == 0.1
    outside.market.prices["kaspa"] = 0.2
    clock.pass_by(60)
    await engine.market.refresh()
    assert engine.snapshot.missing == {}


async def test_a_coin_that_never_came_is_missing_since_it_was_first_asked_for(
    start: Start, outside: Outside, file: Path, clock: Clock
) -> None:
    settings = Settings(watchlists=(Watchlist("Mine", ("bitcoin", "nocoin")),))
    await start(settings, place=file).market.refresh()
    clock.pass_by(60)
    other = start(settings, place=file)
    await other.load()
    assert other.snapshot.missing == {"nocoin": START}
    await other.market.refresh()
    assert other.snapshot.missing == {"nocoin": START}


async def test_a_failed_call_makes_nothing_missing(engine: Engine, outside: Outside, clock: Clock) -> None:
    await engine.market.refresh()
    outside.market.trouble = NO_NETWORK
    clock.pass_by(60)
    await engine.market.refresh()
    assert engine.snapshot.missing == {}
