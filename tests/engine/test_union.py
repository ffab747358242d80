"""One call of quotes brings what all panes and status lines need, and a pane that needs more waits for one more."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from cointicker.config.settings import Settings
from cointicker.domain.market import Watchlist
from cointicker.engine.engine import Engine
from cointicker.engine.panes import LINE, Pane
from cointicker.engine.union import MOST_COINS, union
from cointicker.store.sqlite import SqliteStore
from engine.conftest import SETTINGS, Start
from engine.outside import Outside
from fake_clock import START, Clock


def _watching(*coins: str, currency: str = "usd") -> Settings:
    return replace(SETTINGS, watchlists=(Watchlist("Mine", coins),), currency=currency)


def _pane(*coins: str, currency: str = "usd") -> Pane:
    return Pane("theirs", START, currency, coins)


@pytest.fixture(autouse=True)
async def _prices(outside: Outside) -> None:
    outside.market.prices = dict.fromkeys(("bitcoin", "ethereum", "kaspa", "solana", "ripple"), 1.0)


def _shown(engine: Engine) -> set[str]:
    return set(engine.snapshot.quotes)


async def _enter(panes: Sequence[Engine]) -> None:
    for pane in panes:
        await pane.panes.beat()


def test_everybody_is_served_before_what_is_nice_to_have() -> None:
    panes = (_pane("solana", "bitcoin"), _pane("kaspa", currency="eur"))
    assert union(("bitcoin", "ripple"), panes, "usd", ("tron",)) == ("bitcoin", "ripple", "solana", "tron")


@pytest.mark.parametrize(("ours", "theirs", "calls"), [(1, 0, 1), (200, 50, 1), (200, 51, 2), (251, 0, 2), (0, 0, 1)])
def test_what_is_nice_to_have_makes_no_call_more(ours: int, theirs: int, calls: int) -> None:
    own = [f"our-{number}" for number in range(ours)]
    pane = _pane(*(f"their-{number}" for number in range(theirs)))
    found = union(own, [pane], "usd", [f"nice-{number}" for number in range(1000)])
    assert len(found) == calls * MOST_COINS
    assert set(own) | set(pane.coins) <= set(found)


async def test_panes_with_other_lists_share_one_call(start: Start, outside: Outside, file: Path) -> None:
    one, two = start(_watching("bitcoin", "kaspa"), place=file), start(_watching("solana"), place=file)
    await _enter([one, two])
    await one.market.refresh()
    await two.market.refresh()
    assert len(outside.market.asked) == 1
    assert _shown(two) >= {"bitcoin", "kaspa", "solana"}


async def test_what_a_status_line_shows_is_fetched_with_the_rest(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    engine, store = start.with_store(_watching("bitcoin"), place=file)
    await store.panes.beat(Pane(f"{LINE}:usd", START, "usd", ("ripple",)), 180)
    await engine.market.refresh()
    assert _shown(engine) == {"bitcoin", "ripple"}


async def test_another_currency_costs_its_own_call_for_its_own_coins(
    start: Start, outside: Outside, file: Path
) -> None:
    one, two = start(_watching("bitcoin"), place=file), start(_watching("solana", currency="eur"), place=file)
    await _enter([one, two])
    await asyncio.gather(one.market.refresh(), two.market.refresh())
    assert sorted((currency, "solana" in coins) for coins, currency in outside.market.asked) == [
        ("eur", True),
        ("usd", False),
    ]


async def test_a_pane_that_comes_later_gets_its_coins_by_one_call_and_the_next_pane_by_none(
    start: Start, outside: Outside, file: Path
) -> None:
    first = start(_watching("bitcoin"), place=file)
    await _enter([first])
    await first.market.refresh()
    late = [start(_watching("solana", "kaspa"), place=file) for _ in range(4)]
    await _enter(late)
    await asyncio.gather(*(pane.market.refresh() for pane in (first, *late)))
    for pane in late:  # those that came too late for the lease
        await pane.market.refresh()
    assert len(outside.market.asked) == 2
    assert set(outside.market.asked[1][0]) >= {"bitcoin", "solana", "kaspa"}
    assert all(_shown(pane) >= {"bitcoin", "solana", "kaspa"} for pane in late)


async def test_a_coin_that_the_source_does_not_know_is_not_asked_for_again_and_again(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    panes = [start(_watching("bitcoin", "unheard-of"), place=file) for _ in range(2)]
    await _enter(panes)
    for _ in range(3):
        clock.pass_by(1)
        await asyncio.gather(*(pane.market.refresh() for pane in panes))
    assert len(outside.market.asked) == 1


async def test_a_coin_with_a_good_quote_waits_for_the_next_fetch_of_all(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    first, store = start.with_store(_watching("bitcoin"), place=file)
    await first.market.refresh()
    known = replace(first.snapshot.quotes["bitcoin"], coin_id="solana")
    await store.save_quotes([known])
    late = start(_watching("solana"), place=file)
    await late.market.refresh()
    assert len(outside.market.asked) == 1


async def test_one_of_all_panes_leads_and_another_when_it_is_gone(start: Start, clock: Clock, file: Path) -> None:
    panes = [start(place=file) for _ in range(3)]
    assert [pane.panes.leads() for pane in panes] == [True] * 3
    for _ in range(2):
        await _enter(panes)
    leading = [pane for pane in panes if pane.panes.leads()]
    assert len(leading) == 1
    await leading[0].panes.leave()
    left = [pane for pane in panes if pane is not leading[0]]
    await _enter(left)
    assert sum(pane.panes.leads() for pane in left) == 1


async def test_the_running_engines_enter_and_leave(start: Start, clock: Clock, file: Path) -> None:
    store = SqliteStore(file, clock)
    engine = start(_watching("bitcoin", "solana"), place=file)
    running = asyncio.create_task(engine.run())
    while not engine.panes.present:  # noqa: ASYNC110 - nothing tells when it has entered
        await asyncio.sleep(0)
    (pane,) = await store.panes.present()
    assert (pane.currency, pane.coins, pane.focused, pane.is_line) == ("usd", ("bitcoin", "solana"), None, False)
    await engine.close()
    await running
    assert await store.panes.present() == ()
    await store.close()
