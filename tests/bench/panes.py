"""What many panes cost, and what becomes of them: ``PYTHONPATH=tests python tests/bench/panes.py [--seconds 60]``.

Real programs in terminals of their own, on one home, against the local server. Prints the requests of 1, 4 and 10 panes
in a minute after the first of them is complete, the processor time and memory of ten, how soon a change of one shows in
another, how soon another pane takes over from one that was killed or stopped while it fetched, and what four panes lose
of which one is killed every other second (nothing).
"""

import argparse
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cli.command_line import command, environment
from terminal.crowd import Crowd, holder
from terminal.screen_signs import is_complete, is_live
from upstream.__main__ import config
from upstream.server import Upstream, serving
from upstream.world import World

REFRESH = 10
"""Seconds between two fetches of prices; a minute would hold too few of them to tell panes apart."""
LEASE = "market:usd"
COINS = ("cardano", "polkadot", "litecoin", "monero", "stellar", "cosmos", "algorand", "tezos", "dash", "zcash")


class Home:
    """A person's folders, and a configuration that leads to the server."""

    def __init__(self, place: Path, world: Upstream) -> None:
        self.env = {"HOME": str(place), "TZ": "UTC", "PYTHONWARNINGS": "default"}
        for name, folder in (("CONFIG", "config"), ("DATA", "data"), ("STATE", "state"), ("CACHE", "cache")):
            self.env[f"XDG_{name}_HOME"] = str(place / folder)
        self.config = place / "config" / "cointicker" / "config.toml"
        self.database = place / "data" / "cointicker" / "cointicker.db"
        self.config.parent.mkdir(parents=True)
        told = config(world).replace("[market]", f"[market]\nrefresh = {REFRESH}")
        self.config.write_text(told, encoding="utf-8")

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the database says."""
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(query).fetchall()

    def run(self, *words: str) -> int:
        """The exit status of a one-shot command."""
        ended = subprocess.run(command(*words), env=environment(**self.env), capture_output=True, check=False)
        return ended.returncode


@contextmanager
def crowd() -> Iterator[tuple[Crowd, Home, Upstream]]:
    """A home with nobody in it yet, and a world."""
    with tempfile.TemporaryDirectory() as place, serving(Upstream(World())) as world:
        home = Home(Path(place), world)
        with Crowd(env=home.env) as panes:
            yield panes, home, world


def kind(path: str) -> str:
    """What a request was for."""
    if "/coins/markets" in path:
        return "quotes"
    if path.startswith("/feeds"):
        return "feeds"
    return "mining" if path.startswith("/mempool") or "/v1/" in path or "/blocks" in path else "other"


def count_requests(panes: int, seconds: float) -> None:
    """Print what so many panes ask for."""
    with crowd() as (group, _, world):
        for _ in range(panes):
            group.start()
        took = group.wait_for_all(is_complete, 120)
        begun = len(world.requests)
        before, started = group.cpu(), time.monotonic()
        group.watch(seconds)
        used = (group.cpu() - before) / (time.monotonic() - started)
        asked = Counter(kind(request.path) for request in world.requests)
        later = Counter(kind(request.path) for request in world.requests[begun:])
        memory = [pane.rss() for pane in group.panes]
        words = ", ".join(f"{name} {asked[name]}" for name in ("quotes", "feeds", "mining", "other"))
        print(
            f"{panes:2} panes: complete after {took:4.1f} s; requests in all: {words}; in the {seconds:.0f} s after: "
            f"{dict(later)}; each {used / panes * 100:.2f} % of a processor, {statistics.mean(memory):.0f} MB"
        )


def measure_changes() -> None:
    """Print how soon what one pane does shows in another."""
    with crowd() as (group, home, world):
        one, two = group.start(), group.start()
        group.wait_for_all(is_complete)
        group.watch(2)

        def starred(pane: object) -> Callable[[], bool]:
            return lambda: "★" in two.text

        one.press("s")
        print(f"a star shows in another pane after {group.wait_until(starred(two)):.2f} s")
        before = two.text
        status = home.run("watch", "add", "cardano")
        took = group.wait_until(lambda: "ADA" in two.text and two.text != before)
        print(f"a coin that a command added ({status}) shows after {took:.2f} s more")
        fetches = len(world.asked("*/coins/markets"))
        group.wait_until(lambda: len(world.asked("*/coins/markets")) > fetches)
        stored = home.rows("SELECT max(fetched_at) FROM quotes WHERE currency = 'usd'")
        print(f"quotes were stored at {stored[0][0]:.2f}, {time.time() - float(str(stored[0][0])):.2f} s ago")


def measure_takeover(number: signal.Signals) -> None:
    """Print how soon another pane asks when the one that is asking is killed or stopped."""
    with crowd() as (group, home, world):
        for _ in range(4):
            group.start()
        group.wait_for_all(is_live)
        world.fail("*/coins/markets", "timeout")
        found: list[int] = []

        def is_asking() -> bool:
            pid = holder(home.database, LEASE)
            asked = any(request.path.endswith("/coins/markets") for request in world.requests[begun:])
            found[:] = [pid] if pid is not None and asked else []
            return bool(found)

        begun = len(world.requests)
        group.wait_until(is_asking, 60)
        world.heal()
        asked = len(world.asked("*/coins/markets"))
        leader = next(pane for pane in group.panes if pane.pid == found[0])
        if number is signal.SIGKILL:
            group.kill(leader)
        else:
            leader.signal(number)
        took = group.wait_until(lambda: len(world.asked("*/coins/markets")) > asked)
        print(f"{number.name}: another pane asks after {took:.2f} s")
        if number is signal.SIGSTOP:
            group.watch(2)
            asked = len(world.asked("*/coins/markets"))
            leader.signal(signal.SIGCONT)
            group.watch(3)
            print(f"  the one that woke up has asked {len(world.asked('*/coins/markets')) - asked} times since")


def play_faults(seconds: float, seed: int) -> bool:
    """Kill one of four panes every other second; whether nothing was lost."""
    chance = random.Random(seed)  # noqa: S311 - a plan that can be played again
    with crowd() as (group, home, world):
        for _ in range(4):
            group.start()
        group.wait_for_all(is_complete, 120)
        started, kills = time.monotonic(), 0
        confirmed: list[str] = []
        starred: set[str] = set()
        while time.monotonic() - started < seconds:
            group.watch(chance.uniform(0.2, 2.0))
            chance.choice(group.panes).press("g", *"j" * kills, "s")
            group.watch(chance.uniform(0.0, 0.4))
            starred |= {str(row[0]) for row in home.rows("SELECT headline_id FROM headlines WHERE starred")}
            coin = COINS[len(confirmed) % len(COINS)]
            if len(confirmed) < len(COINS) and home.run("watch", "add", coin) == 0:
                confirmed.append(coin)
            group.kill(chance.choice(group.panes))
            kills += 1
            group.start()
        group.watch(5)
        (verdict,) = home.rows("PRAGMA integrity_check")[0]
        kept = {str(row[0]) for row in home.rows("SELECT headline_id FROM headlines WHERE starred")}
        written = home.config.read_text(encoding="utf-8")
        lost = [coin for coin in confirmed if f'"{coin}"' not in written] + sorted(starred - kept)
        elapsed = time.monotonic() - started
        asked = len(world.asked("*/coins/markets"))
        visits = Counter(request.path for request in world.requests if request.path.startswith("/feeds"))
        print(
            f"{kills} kills in {elapsed:.0f} s: integrity {verdict}; confirmed were {len(confirmed)} coins and "
            f"{len(starred)} stars, lost: {lost or 'none'}; quotes were asked for {asked} times (one pane: "
            f"{elapsed / REFRESH + 1:.0f}), no feed more than {max(visits.values())} times; "
            f"moved aside: {[each.name for each in home.database.parent.glob('*corrupt*')] or 'nothing'}"
        )
        return verdict == "ok" and not lost


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--only", choices=("requests", "changes", "takeover", "faults"))
    parser.add_argument("--panes", type=int, nargs="*", default=[1, 4, 10])
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    parts = [options.only] if options.only else ["requests", "changes", "takeover", "faults"]
    if "requests" in parts:
        for panes in options.panes:
            count_requests(panes, options.seconds)
    if "changes" in parts:
        measure_changes()
    if "takeover" in parts:
        for number in (signal.SIGKILL, signal.SIGSTOP):
            measure_takeover(number)
    return 0 if "faults" not in parts or play_faults(options.seconds, options.seed) else 1


if __name__ == "__main__":
    sys.exit(main())
