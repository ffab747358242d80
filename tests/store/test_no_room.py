"""Places that cannot be written: the program goes on from memory, says so, and comes back when it can."""

# ruff: noqa: ASYNC240 - a test has the loop to itself

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cointicker.store.database import RETRY_AFTER, RETRY_SOON
from cointicker.store.sqlite import SqliteStore
from fake_clock import Clock
from store.store_values import headline, health, quote

Open = Callable[..., SqliteStore]
FILLER = Path(__file__).with_name("filler.py")


def _run(*command: str) -> list[dict[str, Any]]:
    """The lines of JSON that a process of its own writes."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def _filler(what: str, path: Path) -> tuple[str, ...]:
    return (sys.executable, str(FILLER), what, str(path))


def test_a_file_that_cannot_grow_leaves_its_place_to_memory_and_gets_it_back(path: Path) -> None:
    full, lifted, back = _run(*_filler("fill-limited", path))
    assert "Nothing is being kept" in full["trouble"]
    assert full["kept"] == full["wrote"]
    assert lifted["trouble"] == full["trouble"]
    assert back["trouble"] == ""
    assert back["kept"] == back["wrote"]
    (after,) = _run(*_filler("once", path))
    assert after["before"] == back["wrote"]


def test_a_full_disk_is_called_so_and_what_is_on_it_stays_readable(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    mount = f"mount -t tmpfs -o size=256k none {tmp_path}"
    trial = [unshare or "false", "-m", "sh", "-c", mount]
    if unshare is None or subprocess.run(trial, capture_output=True, check=False).returncode:
        pytest.skip("no disk of our own can be mounted here")
    script = f'{mount} && exec "$0" "$@"'
    full, _, still = _run(unshare, "-m", "sh", "-c", script, *_filler("fill", tmp_path / "data" / "c.db"))
    assert "the disk is full" in full["trouble"]
    assert full["kept"] == full["wrote"]
    assert "the disk is full" in still["trouble"]
    assert still["kept"] == still["wrote"]


def _unprivileged(*command: str) -> tuple[str, ...]:
    """The command without the right of a superuser to write where nobody may."""
    if os.geteuid() != 0:
        return command
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("a superuser may write everywhere")
    return (setpriv, "--bounding-set=-dac_override", *command)


async def test_a_directory_that_is_read_only_is_still_read(open_store: Open, path: Path) -> None:
    store = open_store()
    await store.save_quotes([quote("bitcoin"), quote("ether")])
    await store.close()
    path.parent.chmod(0o500)
    try:
        (told,) = _run(*_unprivileged(*_filler("once", path)))
    finally:
        path.parent.chmod(0o700)
    assert "Nothing is being kept" in told["trouble"]
    assert (told["before"], told["kept"]) == (2, 42)
    assert [each.name for each in path.parent.iterdir()] == ["cointicker.db"]


def test_a_directory_where_no_file_may_be_made(tmp_path: Path) -> None:
    place = tmp_path / "locked"
    place.mkdir(mode=0o500)
    (told,) = _run(*_unprivileged(*_filler("once", place / "c.db")))
    assert "Permission denied" in told["trouble"]
    assert (told["before"], told["kept"]) == (0, 40)
    assert not list(place.iterdir())


async def test_a_file_in_the_place_of_the_directory(open_store: Open, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a directory")
    store = open_store()
    await store.save_quotes([quote()])
    assert set(await store.quotes("usd")) == {"bitcoin"}
    assert "Nothing is being kept" in store.trouble
    assert (tmp_path / "data").read_text() == "not a directory"


async def test_a_directory_in_the_place_of_the_file(open_store: Open, path: Path) -> None:
    path.mkdir(parents=True)
    store = open_store()
    await store.save_quotes([quote()])
    assert set(await store.quotes("usd")) == {"bitcoin"}
    assert "Nothing is being kept" in store.trouble


async def test_what_came_while_the_file_could_not_be_written_goes_into_it(
    open_store: Open, tmp_path: Path, path: Path, clock: Clock
) -> None:
    blocker = tmp_path / "data"
    blocker.write_text("in the way")
    store = open_store()
    await store.save_quotes([quote()])
    await store.save_feed(health(), [headline()], {"a1b2c3d4": "<p>Text"})
    await store.mark(["a1b2c3d4"], starred=True)
    await store.ledger.count("market")
    blocker.unlink()
    assert store.trouble
    clock.pass_by(RETRY_AFTER - 1)
    await store.headlines(1)
    assert store.trouble
    clock.pass_by(1)
    assert [each.starred for each in await store.headlines(1)] == [True]
    assert store.trouble == ""
    await store.close()
    after = open_store()
    assert set(await after.quotes("usd")) == {"bitcoin"}
    assert [each.starred for each in await after.headlines(1)] == [True]
    assert await after.content("a1b2c3d4") == "<p>Text"
    assert await after.ledger.since("market", 0) == 1


async def test_calls_that_the_file_has_already_are_not_counted_twice(
    open_store: Open, path: Path, clock: Clock, tmp_path: Path
) -> None:
    first = open_store()
    await first.ledger.count("market")
    await first.close()
    hidden = tmp_path / "elsewhere"
    path.parent.rename(hidden)
    path.parent.write_text("in the way")
    store = open_store()
    clock.pass_by(10)
    await store.ledger.count("market")
    path.parent.unlink()
    hidden.rename(path.parent)
    clock.pass_by(RETRY_AFTER)
    assert await store.ledger.since("market", 0) == 2
    assert store.trouble == ""


async def test_a_log_that_was_cut_off_while_the_file_is_open_costs_a_moment(
    open_store: Open, path: Path, clock: Clock
) -> None:
    before = open_store()
    await before.save_quotes([quote()])
    await before.close()
    store, other = open_store(), open_store()
    for each in (store, other):
        await each.save_quotes([quote(f"coin-{number}") for number in range(200)])
    os.truncate(path.with_name(f"{path.name}-wal"), 0)
    await store.save_quotes([quote("ether")])
    assert "the disk failed" in store.trouble
    await other.close()
    clock.pass_by(RETRY_SOON)
    assert {"bitcoin", "ether"} <= set(await store.quotes("usd"))
    assert store.trouble == ""
