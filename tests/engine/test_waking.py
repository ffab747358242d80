"""A machine that slept, a clock that was set, a network that is another: noticed, and answered once."""

import asyncio
from pathlib import Path

import pytest

from cointicker.domain.freshness import Fresh, Stale
from cointicker.engine import keeping, waking
from cointicker.engine.engine import Engine
from cointicker.engine.waking import Clocks, Jolt, Waker, compare
from cointicker.sources.network import local_address
from engine.conftest import SETTINGS, Start
from engine.outside import NO_NETWORK, Outside, until
from fake_clock import START, Clock

HOUR = 3600.0


@pytest.mark.parametrize(
    ("wall", "awake", "all_along", "jolt"),
    [
        (2, 2, 2, None),
        (2.5, 4, 4, None),
        (8 * HOUR, 2, 8 * HOUR, Jolt.SLEPT),
        (2, 2, 8 * HOUR, Jolt.SLEPT),
        (HOUR, 2, 2, Jolt.SET),
        (-HOUR, 2, 2, Jolt.SET),
        (60, 60, 60, Jolt.SLEPT),
        (8 * HOUR, 2, None, Jolt.SLEPT),
        (-HOUR, 2, None, Jolt.SET),
        (2, 2, None, None),
    ],
)
def test_clocks_that_part_tell_what_happened(
    wall: float, awake: float, all_along: float | None, jolt: Jolt | None
) -> None:
    before = Clocks(START, 100.0, None if all_along is None else 500.0)
    now = Clocks(START + wall, 100.0 + awake, None if all_along is None else 500.0 + all_along)
    assert compare(before, now) is jolt


@pytest.fixture
def _lively(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks at the clocks all the time, and answers at once; nothing else comes to look sooner than in real life."""
    monkeypatch.setattr(waking, "_EVERY", 0.01)
    monkeypatch.setattr(waking, "_ADDRESS_EVERY", 0.0)
    monkeypatch.setattr(waking, "_JITTER", (0.0, 0.02))


@pytest.mark.usefixtures("_lively")
async def test_after_a_night_everything_is_fetched_once_and_not_half_a_minute_later(
    start: Start, outside: Outside, clock: Clock
) -> None:
    engine = start()
    running = asyncio.create_task(engine.run())
    await until(engine, lambda now: bool(now.quotes) and now.mining is not None and now.feeds_ok == now.feeds_total)
    asked = len(outside.market.asked)
    clock.pass_by(8 * HOUR)
    async with asyncio.timeout(keeping._LONGEST_SLEEP / 3):
        await until(engine, lambda now: now.market.freshness == Fresh(clock.now))
        await until(engine, lambda now: now.mining is not None and now.mining.fetched_at == clock.now)
    assert len(outside.market.asked) == asked + 1
    await _end(running)


@pytest.mark.usefixtures("_lively")
async def test_ten_panes_that_wake_up_together_ask_once(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    panes = [start(place=file) for _ in range(10)]
    for pane in panes:
        await pane.market.refresh()
    asked = len(outside.market.asked)
    clock.pass_by(HOUR)
    wakers = [Waker(pane._store, clock, wake=pane._keeper.wake, retry=pane._keeper.retry) for pane in panes]

    async def awake(waker: Waker, pane: Engine) -> None:
        await waker.answer(Jolt.SLEPT)
        await pane.market.refresh()

    await asyncio.gather(*(awake(waker, pane) for waker, pane in zip(wakers, panes, strict=True)))
    assert len(outside.market.asked) == asked + 1


@pytest.mark.usefixtures("_lively")
async def test_when_the_network_is_back_one_pane_tries_again_for_all(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    panes = [start(place=file) for _ in range(4)]
    await panes[0].market.refresh()
    outside.market.trouble = NO_NETWORK
    for _ in range(6):  # by now a minute passes between two tries
        clock.pass_by(61)
        await panes[0].market.refresh()
    for pane in panes:
        await pane.market.load()
        assert isinstance(pane.snapshot.market.freshness, Stale)
    asked = len(outside.market.asked)
    wakers = [Waker(pane._store, clock, wake=pane._keeper.wake, retry=pane._keeper.retry) for pane in panes]
    clock.pass_by(1)
    await asyncio.gather(*(waker.answer(Jolt.MOVED) for waker in wakers))
    assert len(outside.market.asked) == asked + 1
    outside.market.trouble = None
    clock.pass_by(31)
    await asyncio.gather(*(waker.answer(Jolt.MOVED) for waker in wakers))
    assert len(outside.market.asked) == asked + 2


@pytest.mark.usefixtures("_lively")
async def test_another_address_is_another_network_and_none_is_nothing_to_do(engine: Engine, clock: Clock) -> None:
    addresses = iter(["10.0.0.1", "10.0.0.1", "", "10.0.0.1", "192.168.1.5"])
    last, retried, done = "192.168.1.5", 0, asyncio.Event()

    async def retry() -> None:
        nonlocal retried
        retried += 1
        clock.pass_by(60)
        if retried == 2:
            done.set()

    def clocks() -> Clocks:
        return Clocks(0.0, 0.0, 0.0)

    waker = Waker(
        engine._store, clock, wake=lambda: None, retry=retry, address=lambda: next(addresses, last), clocks=clocks
    )
    watching = asyncio.create_task(waker.keep())
    async with asyncio.timeout(10):
        await done.wait()
    await _end(watching)
    assert next(addresses, None) is None


async def test_a_wait_that_a_wrong_clock_left_behind_is_over_when_the_clock_is_right(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    clock.now = START + 300 * 24 * HOUR
    outside.market.trouble = NO_NETWORK
    await start(place=file).market.refresh()
    clock.now = START
    outside.market.trouble = None
    engine = start(SETTINGS, place=file)
    for _ in range(2):
        await engine.market.load()
    assert await engine.market.refresh() == Fresh(START)


def test_the_address_of_this_machine_is_found_without_a_packet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # a datagram socket that connects reaches nobody
    assert isinstance(local_address(), str)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])
