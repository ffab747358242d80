"""Who is there: signs of life that count for a while, and processes that are known to be dead."""

# ruff: noqa: ASYNC220 - a test has the loop to itself

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from cointicker.engine.panes import LASTS, LINE, Pane
from cointicker.store.owners import is_dead, make_owner
from cointicker.store.sqlite import SqliteStore
from fake_clock import START, Clock

Open = Callable[..., SqliteStore]
OURS = Pane("ours", START, "usd", ("bitcoin", "ethereum"), focused=True, touched_at=START - 5)
THEIRS = Pane("theirs", START, "eur", ("kaspa",))
LINE_ROW = Pane(LINE, START, "usd", ("ripple",))


async def test_each_sees_all_that_are_there(open_store: Open) -> None:
    ours, theirs = open_store("ours"), open_store("theirs")
    assert await ours.panes.beat(OURS, LASTS) == (OURS,)
    assert await theirs.panes.beat(THEIRS, LASTS) == (OURS, THEIRS)
    assert await ours.panes.present() == (OURS, THEIRS)


async def test_a_later_sign_of_life_takes_the_place_of_the_first(open_store: Open) -> None:
    store = open_store("ours")
    await store.panes.beat(OURS, LASTS)
    later = replace(OURS, coins=("solana",), focused=None, touched_at=None)
    assert await store.panes.beat(later, LASTS) == (later,)


async def test_who_leaves_is_gone_and_who_falls_silent_is_gone_after_a_while(open_store: Open, clock: Clock) -> None:
    ours, theirs = open_store("ours"), open_store("theirs")
    await ours.panes.beat(OURS, LASTS)
    await theirs.panes.beat(THEIRS, LASTS)
    await theirs.panes.beat(LINE_ROW, 180)
    await theirs.panes.leave("theirs")
    assert await theirs.panes.present() == (LINE_ROW, OURS)
    clock.pass_by(LASTS)
    assert await theirs.panes.present() == (LINE_ROW,)
    clock.pass_by(180)
    assert await theirs.panes.present() == ()


async def test_a_sign_of_life_under_a_clock_far_ahead_does_not_count(open_store: Open, clock: Clock) -> None:
    store = open_store("ours")
    clock.pass_by(3600)
    await store.panes.beat(replace(OURS, seen_at=clock()), LASTS)
    clock.now = START
    assert await store.panes.present() == ()


@pytest.mark.parametrize("coins", ["", "bitcoin", "[1]", '{"a": "b"}', "[", "null"])
async def test_a_row_that_makes_no_pane_costs_no_more_than_itself(open_store: Open, path: Path, coins: str) -> None:
    store = open_store("ours")
    await store.panes.beat(OURS, LASTS)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("INSERT INTO panes VALUES ('theirs', ?, ?, 'usd', ?, NULL, NULL)", (START, START + 60, coins))
    assert await store.panes.present() == (OURS,)
    assert store.trouble == ""


async def test_signs_of_life_are_no_change_to_follow(open_store: Open) -> None:
    ours, theirs = open_store("ours"), open_store("theirs")
    await theirs.changed()
    await ours.panes.beat(OURS, LASTS)
    assert await theirs.changed() == frozenset()


async def test_a_process_that_died_is_gone_at_once(open_store: Open, path: Path) -> None:
    script = (
        "import asyncio, os, sys, pathlib\n"
        "from cointicker.engine.panes import Pane\n"
        "from cointicker.store.sqlite import SqliteStore\n"
        "async def main():\n"
        f"    store = SqliteStore(pathlib.Path(sys.argv[1]), lambda: {START})\n"
        f"    pane = Pane(store.panes.owner, {START}, 'usd', ())\n"
        "    print(len(await store.panes.beat(pane, 15)), flush=True)\n"
        "    sys.stdin.readline()\n"
        "    os._exit(9)\n"
        "asyncio.run(main())\n"
    )
    store = open_store()
    command = [sys.executable, "-c", script, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "1\n"
        assert len(await store.panes.present()) == 1
        process.communicate("\n")
    if not is_dead(make_owner().replace(":", ":9", 1)):
        pytest.skip("this system does not tell which processes run")
    assert await store.panes.present() == ()


@pytest.mark.parametrize("owner", ["", "ours", LINE, "a:b", "a:b:c:d", ":1:2:3", "elsewhere:1:2:3"])
def test_nothing_is_said_of_names_that_are_not_of_this_machine(owner: str) -> None:
    assert not is_dead(owner)


def test_this_process_lives_and_has_a_name_of_its_own() -> None:
    owner = make_owner()
    assert not is_dead(owner)
    assert owner != make_owner()
