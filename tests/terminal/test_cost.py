"""What the program writes, in bytes: nothing while nothing changes, and next to nothing when something does."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cointicker.sources.demo_market import TICK
from terminal.conftest import Start
from terminal.pty_program import Program
from terminal.screen_signs import is_complete
from upstream.__main__ import config
from upstream.server import Upstream, serving
from upstream.world import Clock, World

TICK_BYTES = 700
"""Ten prices that change: the flash and what becomes of it together."""
FETCH_BYTES = 1100
"""The same with the ages in the status line and the moves since each headline."""
UNCHANGED_BYTES = 400
"""A fetch that brings nothing new: two ages, and what happens to grow older meanwhile."""
KEY_BYTES = 800
"""From one headline to the next, two rows each: most are the cells themselves, which change their background."""
IDLE_BYTES = 600
"""Ten seconds in which only ages grow, looked at every five."""
_CURSOR = b"\x1b[1;3H"
"""Where Textual leaves the hidden cursor at the end of every update."""


@pytest.fixture
def clock() -> Clock:
    """The time of the outside world, which stands still."""
    return Clock(time.time())


@pytest.fixture
def still(clock: Clock, config_file: Path) -> Iterator[Upstream]:
    """An outside world in which nothing happens until its clock is moved; prices are fetched every five seconds."""
    with serving(Upstream(World(clock=clock))) as world:
        told = config(world).replace("[market]", "[market]\nrefresh = 5")
        config_file.write_text(f"{told}\n[ui]\npage_seconds = 3600\n", encoding="utf-8")
        yield world


def _wait_for_fetch(program: Program, world: Upstream) -> bytes:
    """What is written while prices are fetched once, from before until the flash is over."""
    before, fetches = len(program.output), len(world.asked("*/coins/markets"))
    program.wait_until(lambda: len(world.asked("*/coins/markets")) > fetches)
    program.settle(1.5)
    return program.output[before:]


def _frames_in_the_bar(output: bytes) -> int:
    """Bytes of those updates that write into the price bar: the change, and the end of the flash."""
    frames = output.split(b"\x1b[?2026h")
    return sum(len(frame) for frame in frames if b"\x1b[1;" in frame.removesuffix(_CURSOR + b"\x1b[?2026l"))


def test_ten_prices_that_change_cost_little(start: Start, still: Upstream, clock: Clock) -> None:
    program = start()
    program.wait_for(is_complete)
    program.settle(1.0)
    _wait_for_fetch(program, still)
    clock.advance(TICK)
    output = _wait_for_fetch(program, still)
    assert 0 < _frames_in_the_bar(output) <= TICK_BYTES
    assert len(output) <= FETCH_BYTES


def test_prices_that_stay_cost_no_more_than_their_age(start: Start, still: Upstream) -> None:
    program = start()
    program.wait_for(is_complete)
    program.settle(1.0)
    _wait_for_fetch(program, still)
    output = _wait_for_fetch(program, still)
    assert not _frames_in_the_bar(output)
    assert len(output) <= UNCHANGED_BYTES


def test_a_key_in_the_list_costs_two_headlines(start: Start, config_file: Path) -> None:
    with serving(Upstream(World(clock=Clock(time.time())))) as world:
        config_file.write_text(f"{config(world)}\n[ui]\npage_seconds = 3600\n", encoding="utf-8")
        program = start()
        program.wait_for(is_complete)
        costs = [program.cost_of(key) for key in "jjkk"]
    assert min(costs) <= KEY_BYTES


def test_ten_quiet_seconds_cost_their_ages(start: Start, config_file: Path) -> None:
    with serving(Upstream(World(clock=Clock(time.time())))) as world:
        config_file.write_text(f"{config(world)}\n[ui]\npage_seconds = 3600\n", encoding="utf-8")
        program = start()
        program.wait_for(is_complete)
        program.settle(1.0)
        output = program.watch(10.0)
    assert len(output) <= IDLE_BYTES
