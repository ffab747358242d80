"""Many panes of one person: they ask as one, see what another does, take over from the dead, and lose nothing."""

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from cli.command_line import run
from terminal.crowd import Crowd, holder
from terminal.pty_program import Program
from terminal.screen_signs import is_complete, is_live
from upstream.__main__ import config
from upstream.server import Upstream

_QUOTES = "*/coins/markets"
_LEASE = "market:usd"


@pytest.fixture
def database(home: Path) -> Path:
    """Where the program keeps its data."""
    return home / ".local" / "share" / "cointicker" / "cointicker.db"


@pytest.fixture
def crowd(upstream_thread: Upstream, config_file: Path) -> Iterator[Crowd]:
    """Panes that fetch prices every five seconds."""
    config_file.write_text(config(upstream_thread).replace("[market]", "[market]\nrefresh = 5"), encoding="utf-8")
    with Crowd() as crowd:
        yield crowd


def _quotes(world: Upstream) -> int:
    """How often the prices of watched coins were asked for."""
    return sum("ids" in request.query for request in world.asked(_QUOTES))


def test_panes_ask_as_one_and_show_what_another_does_within_a_second(crowd: Crowd, upstream_thread: Upstream) -> None:
    panes = [crowd.start() for _ in range(3)]
    took = crowd.wait_for_all(is_complete)
    assert _quotes(upstream_thread) <= 2 + took / 5
    assert len(upstream_thread.asked("/feeds/*")) == len(upstream_thread.feed_urls) + 1
    asked = len(upstream_thread.asked("/feeds/*"))
    panes[0].press("s")
    assert crowd.wait_for_all(lambda text: "★" in text) < 1.0 + _delay()
    assert run("watch", "add", "cardano").status == 0
    assert crowd.wait_for_all(lambda text: "ADA " in text) < 1.0 + _delay()
    assert len(upstream_thread.asked("/feeds/*")) == asked


def _delay() -> float:
    """Seconds by which a machine that has more to do than it has cores for may be late."""
    return 4.0


def test_another_pane_takes_over_from_one_that_is_killed_or_stopped_while_it_asks(
    crowd: Crowd, upstream_thread: Upstream, database: Path
) -> None:
    for _ in range(3):
        crowd.start()
    crowd.wait_for_all(is_live)
    killed = _asks_in_vain(crowd, upstream_thread, database)
    asked = _quotes(upstream_thread)
    crowd.kill(killed)
    assert crowd.wait_until(lambda: _quotes(upstream_thread) > asked) < 10
    stopped = _asks_in_vain(crowd, upstream_thread, database)
    asked, stored = _quotes(upstream_thread), _newest(database)
    stopped.signal(signal.SIGSTOP)
    assert crowd.wait_until(lambda: _quotes(upstream_thread) > asked) < 10
    crowd.wait_until(lambda: _newest(database) > stored)
    stopped.signal(signal.SIGCONT)
    asked = _quotes(upstream_thread)
    crowd.watch(1.0)
    assert _quotes(upstream_thread) - asked <= 1


def _asks_in_vain(crowd: Crowd, world: Upstream, database: Path) -> Program:
    """The pane that asks for prices, which do not come."""
    world.fail(_QUOTES, "timeout")
    before = _quotes(world)
    crowd.panes[0].press("r")  # or when it is due
    crowd.wait_until(lambda: _quotes(world) > before and holder(database, _LEASE) is not None)
    world.heal()
    leader = holder(database, _LEASE)
    (pane,) = (pane for pane in crowd.panes if pane.pid == leader)
    return pane


def _newest(database: Path) -> float:
    with closing(sqlite3.connect(database)) as connection:
        return float(connection.execute("SELECT max(fetched_at) FROM quotes").fetchone()[0])


def test_panes_that_are_killed_lose_nothing_that_another_process_could_see(
    crowd: Crowd, upstream_thread: Upstream, database: Path, config_file: Path
) -> None:
    panes = [crowd.start() for _ in range(2)]
    crowd.wait_for_all(is_complete)
    starred: set[str] = set()
    for turn, (pane, coin) in enumerate(zip(panes, ("cardano", "polkadot"), strict=True)):
        pane.press("g", *"j" * turn, "s")
        crowd.wait_until(partial(_has_more_than, starred, database))
        starred |= _starred(database)
        assert run("watch", "add", coin).status == 0
        crowd.kill(pane)
        crowd.start()
    crowd.wait_for_all(is_live)
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert _starred(database) == starred
    assert all(f'"{coin}"' in config_file.read_text(encoding="utf-8") for coin in ("cardano", "polkadot"))
    assert not list(database.parent.glob("*corrupt*"))
    assert all(
        len(upstream_thread.asked(path)) == 1 for path in {each.path for each in upstream_thread.asked("/feeds/*")}
    )


def _has_more_than(known: set[str], database: Path) -> bool:
    return len(_starred(database)) > len(known)


def _starred(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        return {row[0] for row in connection.execute("SELECT headline_id FROM headlines WHERE starred")}
