"""The directory desk: all coins once a day, and the search in them."""

import asyncio
from pathlib import Path

import pytest

from cointicker.domain.directory import Listing
from cointicker.domain.freshness import Failed
from cointicker.domain.words import SafeText
from cointicker.engine.engine import Engine
from engine.conftest import Start
from engine.outside import NO_NETWORK, Outside
from fake_clock import Clock

DAY = 86_400.0
RARE = Listing("rare-coin", SafeText("RARE"), SafeText("Rare Coin"))


@pytest.fixture(autouse=True)
def listed(outside: Outside) -> None:
    outside.market.listings = (RARE, Listing("bitcoin", SafeText("BTC"), SafeText("Bitcoin")))


def asked(outside: Outside, what: str) -> int:
    return sum(question[0] == what for question in outside.market.questions)


async def test_it_is_fetched_once_a_day_for_all_panes(start: Start, outside: Outside, clock: Clock, file: Path) -> None:
    panes = (start(place=file), start(place=file))
    for _ in range(3):
        for engine in panes:
            await engine.directory.refresh()
        clock.pass_by(DAY / 4)
    assert asked(outside, "coins") == 1
    assert await panes[1].search_coins("rare") == (RARE,)
    clock.pass_by(DAY / 4)
    for engine in panes:
        await engine.directory.refresh()
    assert asked(outside, "coins") == 2


async def test_a_failure_keeps_the_old_directory_and_is_not_repeated_at_once(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    await engine.directory.refresh()
    outside.market.trouble = NO_NETWORK
    clock.pass_by(DAY)
    for _ in range(4):
        await engine.directory.refresh()
        clock.pass_by(1)
    assert asked(outside, "coins") == 2
    assert await engine.search_coins("rare") == (RARE,)


async def test_before_the_first_directory_well_known_coins_are_found(engine: Engine, outside: Outside) -> None:
    found = await engine.search_coins("btc")
    assert found[0].coin_id == "bitcoin"
    assert outside.market.questions == []


async def test_ranks_and_prices_come_from_quotes(engine: Engine, outside: Outside) -> None:
    outside.market.prices["rare-coin"] = 0.25
    await engine.directory.refresh()
    assert [each.price for each in await engine.search_coins("rare coin")] == [None]
    await engine.market.refresh(coins=("rare-coin",))
    assert [each.price for each in await engine.search_coins("rare coin")] == [0.25]


async def test_a_new_directory_takes_effect_while_one_is_in_memory(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    await engine.directory.refresh()
    assert await engine.search_coins("new-coin") == ()
    outside.market.listings = (Listing("new-coin", SafeText("NEW"), SafeText("New")),)
    clock.pass_by(DAY)
    await engine.directory.refresh()
    assert [each.coin_id for each in await engine.search_coins("new-coin")] == ["new-coin"]


async def test_the_directory_leaves_memory_when_nobody_searches(engine: Engine, clock: Clock) -> None:
    await engine.directory.refresh()
    fetch_due = engine.directory.due_at()
    await engine.search_coins("rare")
    assert engine.directory.due_at() == clock.now + 300
    clock.pass_by(300)
    await engine.directory.refresh()
    assert engine.directory.due_at() == fetch_due
    assert await engine.search_coins("rare") == (RARE,)


async def test_the_sources_own_search_is_asked_once_for_the_same_words(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    await engine.market.refresh()
    answers = [await engine.search_remote(text) for text in ("rare", " RARE ", "rare")]
    assert answers[0] == answers[1] == answers[2]
    assert isinstance(answers[0], tuple)
    assert [(each.coin_id, each.price) for each in answers[0]] == [("rare-coin", None), ("bitcoin", 100.0)]
    assert outside.market.questions == [("search", "rare")]
    clock.pass_by(900)
    await engine.search_remote("rare")
    assert asked(outside, "search") == 2


async def test_no_words_ask_nobody_and_a_failure_is_told(engine: Engine, outside: Outside) -> None:
    assert await engine.search_remote("  ") == ()
    assert outside.market.questions == []
    outside.market.trouble = NO_NETWORK
    assert await engine.search_remote("rare") == NO_NETWORK
    outside.market.trouble = None
    assert isinstance(await engine.search_remote("rare"), tuple)


async def test_offline_nothing_is_asked(start: Start, outside: Outside) -> None:
    engine = start(offline=True)
    await engine.directory.refresh()
    assert isinstance(await engine.search_remote("rare"), Failed)
    assert outside.market.questions == []


async def test_what_nobody_waits_for_leaves_calls_to_what_somebody_does(
    start: Start, outside: Outside, clock: Clock
) -> None:
    engine, store = start.with_store()
    for _ in range(2):
        await store.ledger.count("market")
    await engine.directory.refresh()
    assert outside.market.questions == []
    assert isinstance(await engine.search_remote("rare"), tuple)
    assert clock.now < engine.directory.due_at() <= clock.now + 60
    clock.pass_by(61)
    await engine.directory.refresh()
    assert asked(outside, "coins") == 1


async def test_before_the_first_letter_the_best_known_are_told_while_the_directory_is_made_ready(
    engine: Engine, outside: Outside
) -> None:
    await engine.directory.refresh()
    first = await engine.search_coins("")
    assert first[0].coin_id == "bitcoin"
    assert RARE not in first
    assert await engine.search_coins("rare") == (RARE,)


async def test_the_next_letter_goes_on_with_what_the_one_before_began(engine: Engine) -> None:
    await engine.directory.refresh()
    making = engine.directory.warm()
    given_up = asyncio.create_task(engine.search_coins("r"))
    await asyncio.sleep(0)
    given_up.cancel()
    assert await engine.search_coins("rare") == (RARE,)
    assert given_up.cancelled()
    assert engine.directory.warm() is making


async def test_closing_waits_for_a_directory_that_is_being_made_ready(engine: Engine) -> None:
    making = engine.directory.warm()
    await engine.close()
    assert making.done()
    assert making.exception() is None
