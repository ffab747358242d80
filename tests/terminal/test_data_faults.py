"""The whole program where its data cannot be kept: it goes on, says so, and leaves the configuration alone."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from cli.command_line import environment, run
from cointicker.store.schema import MIGRATIONS
from terminal.conftest import Start
from terminal.screen_signs import is_live
from upstream.server import Upstream

PROGRAM = (sys.executable, "-m", "cointicker")


@pytest.fixture
def database(home: Path) -> Path:
    """Where the program keeps its data; its folder is there, the file is not."""
    place = home / ".local" / "share" / "cointicker" / "cointicker.db"
    place.parent.mkdir(parents=True)
    return place


def _words(text: str) -> str:
    """What a screen says, on however many rows and in whatever frames."""
    return " ".join(text.replace("│", " ").split())


def test_damaged_data_are_moved_aside_and_the_app_begins_anew(
    start: Start, world: Upstream, database: Path, config_file: Path
) -> None:
    written = config_file.read_bytes()
    database.write_bytes(b"\xa5" * 50_000)
    program = start()
    program.wait_for(is_live)
    program.wait_for(lambda text: "moved aside" in _words(text))
    (aside,) = database.parent.glob("*.corrupt-*")
    assert aside.read_bytes() == b"\xa5" * 50_000
    assert config_file.read_bytes() == written
    program.press("q")
    assert program.wait_exit() == 0
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT count(*) > 0 FROM headlines").fetchone() == (1,)


def test_a_command_that_finds_damaged_data_says_so_and_answers(
    world: Upstream, database: Path, config_file: Path
) -> None:
    written = config_file.read_bytes()
    database.write_text("prices = 88,349.00\n" * 400)
    ended = run("prices", "bitcoin", "--json")
    assert (ended.status, ended.json["state"]) == (0, "fresh")
    assert "moved aside" in ended.err
    assert config_file.read_bytes() == written
    again = run("prices", "bitcoin", "--json")
    assert (again.status, again.err) == (0, "")


def _made_newer(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("ALTER TABLE quotes ADD COLUMN mood TEXT")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")


def test_data_of_a_newer_version_are_shown_and_nothing_is_asked_or_written(
    start: Start, world: Upstream, database: Path
) -> None:
    assert run("news").status == 0
    _made_newer(database)
    before, asked = database.read_bytes(), len(world.requests)
    program = start()
    program.wait_for(is_live)
    program.wait_for(lambda text: "newer version of cointicker" in _words(text))
    program.press("s", "r")
    program.settle()
    ended = run("prices", "bitcoin", "--refresh", "--json")
    assert (ended.status, len(ended.json["quotes"])) == (0, 1)
    assert "newer version of cointicker" in ended.err
    program.press("q")
    assert program.wait_exit() == 0
    assert len(world.requests) == asked
    assert database.read_bytes() == before


def _unprivileged(command: Sequence[str]) -> tuple[str, ...]:
    """The command without a superuser's right to read and write what is closed to everybody."""
    if os.geteuid() != 0:
        return tuple(command)
    if (setpriv := shutil.which("setpriv")) is None:
        pytest.skip("a superuser may write everywhere")
    return (setpriv, "--bounding-set=-dac_override,-dac_read_search", *command)


def test_a_folder_that_is_read_only_costs_what_is_kept_and_nothing_else(
    start: Start, world: Upstream, database: Path
) -> None:
    database.parent.chmod(0o500)
    try:
        program = start(command=_unprivileged(PROGRAM))
        program.wait_for(is_live)
        program.wait_for(lambda text: "Nothing is being kept" in _words(text))
        program.press("s")
        program.wait_for("★")
        program.press("q")
        assert program.wait_exit() == 0
    finally:
        database.parent.chmod(0o700)


@pytest.mark.parametrize("closed", ["folder", "file"])
def test_a_command_that_may_not_read_the_data_says_so_and_answers(world: Upstream, database: Path, closed: str) -> None:
    database.touch()
    place = database if closed == "file" else database.parent
    place.chmod(0o000)
    try:
        command = _unprivileged((*PROGRAM, "prices", "bitcoin"))
        ended = subprocess.run(command, env=environment(), capture_output=True, encoding="utf-8", check=False)
    finally:
        place.chmod(0o700)
    assert ended.returncode == 0
    assert "BTC" in ended.stdout
    assert "Nothing is being kept" in ended.stderr


def test_a_full_disk_costs_what_is_kept_and_nothing_else(start: Start, world: Upstream, database: Path) -> None:
    unshare = shutil.which("unshare")
    mount = f"mount -t tmpfs -o size=200k none {database.parent}"
    if (
        unshare is None
        or subprocess.run([unshare, "-m", "sh", "-c", mount], capture_output=True, check=False).returncode
    ):
        pytest.skip("no disk of our own can be mounted here")
    program = start(command=(unshare, "-m", "sh", "-c", f'{mount} && exec "$0" "$@"', *PROGRAM))
    program.wait_for(lambda text: "the disk is full" in _words(text))
    program.wait_for(is_live)
    program.press("s")
    program.wait_for("★")
    program.press("q")
    assert program.wait_exit() == 0
