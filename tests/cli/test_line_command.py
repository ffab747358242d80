"""``cointicker line``, run as a status bar runs it."""

import fcntl
import json
import os
import re
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from cli.command_line import Stored, command, environment, quote, run
from cointicker.cli.line.fetching import SECONDS
from cointicker.store.schema import MIGRATIONS
from upstream.server import Upstream

_PRICES = "/api/v3/*"
_SOON = 30.0
"""Seconds until what should happen counts as never happening."""


def _until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + _SOON
    while not holds():
        assert time.monotonic() < deadline, "never happened"
        time.sleep(0.02)


def _line(*words: str, **env: str) -> tuple[int, str]:
    ended = run("line", "--offline", *words, env=env)
    return ended.status, ended.out


def test_new_prices_are_told_with_status_0_and_old_ones_with_3(stored: Stored) -> None:
    stored.prices(30, quote("bitcoin", 1, "BTC"), quote("ethereum", 2, "ETH"))
    assert _line("--format", "{BTC.price} {eth.symbol}") == (0, "100.00 ETH\n")
    stored.prices(900, quote("tron", 8, "TRX"))
    assert _line("--format", "{trx.price}") == (3, "100.00 15m old\n")


def test_where_nothing_is_stored_a_dash_is_told_with_status_1(home: Path) -> None:
    assert _line("--format", "{BTC.price}") == (1, "—\n")
    assert run("line", "--offline", "--width", "12").status == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--format", "{BTC.pice}"], "{BTC.price}"),
        (["--list", "Nope"], "Majors"),
        (["--currency", "eurr"], "eur"),
        (["--theme", "midnigth"], "midnight"),
        (["--width", "0"], "--width"),
        (["--color", "tmuxx"], "tmux"),
        (["--config", "/nonexistent/c.toml"], "there is no file"),
    ],
)
def test_what_cannot_be_meant_ends_with_2_and_says_why(words: list[str], told: str) -> None:
    ended = run("line", *words)
    assert (ended.status, ended.out) == (2, "")
    assert told in ended.err


def test_a_mistake_in_the_settings_is_said_each_time_and_the_rest_counts(
    stored: Stored, add_settings: Callable[[str], None]
) -> None:
    stored.prices(30, quote("bitcoin", 1, "BTC"))
    add_settings('currenzy = "eur"\n[aliases]\nbitcoin = "XBT"')
    for _ in range(2):
        ended = run("line", "--offline", "--format", "{BTC.symbol}")
        assert (ended.status, ended.out) == (0, "XBT\n")
        assert "currency" in ended.err


def test_settings_are_taken_up_when_their_file_changes(stored: Stored, config_file: Path) -> None:
    stored.prices(30, quote("bitcoin", 1, "BTC"))
    assert _line("--format", "{BTC.symbol}")[1] == "BTC\n"
    config_file.parent.mkdir(parents=True)
    config_file.write_text('[aliases]\nbitcoin = "XBT"')
    assert _line("--format", "{BTC.symbol}")[1] == "XBT\n"


def test_a_writer_that_holds_the_database_is_not_waited_for(stored: Stored, database: Path) -> None:
    stored.prices(30, quote("bitcoin", 1, "BTC"))
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert _line("--format", "{BTC.price}") == (0, "100.00\n")


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_database_gives_a_dash_and_stays_as_it_is(database: Path, content: bytes) -> None:
    database.parent.mkdir(parents=True)
    database.write_bytes(content)
    assert _line("--format", "{BTC.price}") == (1, "—\n")
    assert database.read_bytes() == content


def test_the_database_of_a_newer_program_is_read_as_far_as_it_is_understood(stored: Stored, database: Path) -> None:
    stored.prices(30, quote("bitcoin", 1, "BTC"))
    with closing(sqlite3.connect(database, isolation_level=None)) as newer:
        newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 7}")
        newer.execute("ALTER TABLE quotes ADD COLUMN mood TEXT")
        assert _line("--format", "{BTC.price}") == (0, "100.00\n")
        newer.execute("ALTER TABLE quotes RENAME TO prices")
    assert _line("--format", "{BTC.price}") == (1, "—\n")


def test_a_database_that_nobody_may_write_is_read(stored: Stored, database: Path) -> None:
    stored.prices(30, quote("bitcoin", 1, "BTC"))
    database.chmod(0o400)
    database.parent.chmod(0o500)
    try:
        assert _line("--format", "{BTC.price}") == (0, "100.00\n")
    finally:
        database.parent.chmod(0o700)


def test_nothing_is_written_where_nothing_may_be_fetched(stored: Stored, database: Path) -> None:
    stored.prices(900)
    before = database.read_bytes()
    assert _line()[0] == 3
    assert database.read_bytes() == before


def test_signs_that_an_encoding_lacks_are_told_by_others(stored: Stored) -> None:
    stored.prices(30, quote("bitcoin", 1, "BTC", None))
    ended = subprocess.run(
        command("line", "--offline", "--format", "{BTC.price}|{BTC.symbol}"),
        env=environment(PYTHONIOENCODING="ascii"), capture_output=True, check=False,
    )  # fmt: skip
    assert ended.stdout == b"-|BTC\n"


def test_a_closed_output_is_no_traceback(stored: Stored) -> None:
    stored.prices(30)
    ended = subprocess.run(["sh", "-c", 'exec "$@" >&-', "sh", *command("line", "--offline")], env=environment(),
                           capture_output=True, text=True, check=False)  # fmt: skip
    assert "Traceback" not in ended.stderr


def test_json_is_one_object_on_one_line(stored: Stored) -> None:
    stored.prices(30)
    told = run("line", "--offline", "--json")
    assert told.out.count("\n") == 1
    assert set(told.json) >= {"text", "tooltip", "class"}
    assert told.json["class"][0] == "fresh"


def test_the_demo_has_a_line_too(home: Path) -> None:
    ended = run("line", "--demo", "--width", "40", "--format", "{coins} {hashprice} {headline}")
    assert ended.status == 0
    assert re.match(r"DEMO BTC [\d,]+\.\d\d [▲▼]", ended.out)
    assert "invented" in ended.err


# Fetching


def test_ten_lines_at_once_start_one_fetch_and_answer_at_once(world: Upstream) -> None:
    lines = [
        subprocess.Popen(command("line", "--format", "{BTC.price}"), env=environment(), stdout=subprocess.PIPE)
        for _ in range(10)
    ]
    told = [line.communicate(timeout=_SOON)[0].decode() for line in lines]
    assert {line.returncode for line in lines} <= {0, 1}
    assert "—\n" in told, "the first did not wait for the answer"
    _until(lambda: run("line", "--offline", "--format", "{BTC.price}").status == 0)
    assert len(world.asked(_PRICES)) == 1
    started = _lock().read_bytes()
    assert run("line", "--format", "{BTC.price}").status == 0
    assert _lock().read_bytes() == started, "what is new is not fetched again"


def test_what_the_format_needs_is_fetched_and_nothing_else(world: Upstream) -> None:
    run("line", "--fetch", "--format", "{headline} {fees}")
    assert world.asked("/feeds/*")
    assert not world.asked(_PRICES)
    ended = run("line", "--offline", "--format", "{headline}|{fees}")
    assert ended.status == 0
    assert "—" not in ended.out


def test_a_coin_that_is_not_watched_is_fetched_with_the_others(world: Upstream) -> None:
    assert run("line", "--fetch", "--format", "{cardano.price} {ADA.symbol}").status == 0
    status, out = _line("--format", "{ADA.price}")
    assert status == 0
    assert "—" not in out


def test_the_source_is_asked_about_an_unknown_name_once(world: Upstream) -> None:
    for _ in range(2):
        assert run("line", "--fetch", "--format", "{BTC.price} {nobody.price}").status == 0
    assert len([each for each in world.asked(_PRICES) if "nobody" in each.target]) == 2, "as an id and as a symbol"


def test_a_failure_leaves_a_deadline_and_is_not_tried_again_at_once(world: Upstream, stored: Stored) -> None:
    world.fail(_PRICES, "500")
    stored.prices(900)
    assert run("line").status == 3
    _until(lambda: world.asked(_PRICES))
    _until(lambda: not _is_locked())
    started = _lock().read_bytes()
    for _ in range(3):
        assert run("line").status == 3
    assert _lock().read_bytes() == started


def _lock() -> Path:
    """What a line notes of the fetch that it has started."""
    return Path(os.environ["XDG_STATE_HOME"], "cointicker", "line.lock")


def _is_locked() -> bool:
    """Whether a fetch runs that a line has started."""
    with _lock().open("r+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_a_fetch_is_on_its_own_and_ends_by_itself(world: Upstream) -> None:
    world.fail(_PRICES, "timeout")
    with subprocess.Popen(command("line"), env=environment(), stdout=subprocess.PIPE) as line:
        assert line.stdout is not None
        assert line.stdout.read()  # ends: the fetch does not hold the pipe open
    _until(lambda: world.asked(_PRICES))
    (child,) = [each for each in Path("/proc").iterdir() if each.name.isdecimal() and _is_fetch(each)]
    fields = (child / "stat").read_text().rpartition(")")[2].split()
    assert fields[3] != str(os.getsid(0)), "it has a session of its own"
    assert fields[4] == "0", "and no terminal"
    assert {str((child / "fd" / number).readlink()) for number in "012"} == {os.devnull}
    assert SECONDS <= 120
    os.kill(int(child.name), signal.SIGKILL)


def _is_fetch(process: Path) -> bool:
    """Whether a process is a fetch for this test's home."""
    try:
        words = (process / "cmdline").read_bytes().split(b"\0")
        return b"--fetch" in words and os.environ["HOME"].encode() in (process / "environ").read_bytes()
    except OSError:
        return False


def test_no_module_of_the_present_folder_is_run(world: Upstream, tmp_path: Path) -> None:
    trap = tmp_path / "cointicker.py"
    trap.write_text(f"open({str(tmp_path / 'sprung')!r}, 'w')")
    program = str(Path(command()[0]).with_name("cointicker"))
    words = [program, "line"] if Path(program).exists() else [command()[0], "-P", "-m", "cointicker", "line"]
    subprocess.run(words, env=environment(), cwd=tmp_path, stdout=subprocess.DEVNULL, check=False)
    _until(lambda: world.asked(_PRICES))
    assert not (tmp_path / "sprung").exists()


# Following


@contextmanager
def _following(*words: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(command("line", "--follow", "--offline", *words), env=environment(), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True) as follower:  # fmt: skip
        try:
            yield follower
        finally:
            follower.kill()


def test_a_follower_prints_at_each_change_and_ends_when_nobody_reads(stored: Stored) -> None:
    stored.prices(30, quote("bitcoin", 1, "BTC"))
    with _following("--format", "{BTC.price}") as follower:
        assert follower.stdout is not None
        assert follower.stderr is not None
        assert follower.stdout.readline() == "100.00\n"
        stored.prices(20, quote("bitcoin", 1, "BTC", 250.0))
        assert follower.stdout.readline() == "250.00\n"
        follower.stdout.close()
        assert follower.wait(_SOON) == 0
        assert follower.stderr.read() == ""


def test_a_follower_waits_for_a_database_and_ends_quietly_on_a_signal(stored: Stored) -> None:
    with _following("--format", "{BTC.price}", "--json") as follower:
        assert follower.stdout is not None
        assert follower.stderr is not None
        assert json.loads(follower.stdout.readline())["class"][0] == "unknown"
        stored.prices(20, quote("bitcoin", 1, "BTC", 250.0))
        assert json.loads(follower.stdout.readline())["text"] == "250.00"
        follower.send_signal(signal.SIGTERM)
        assert follower.wait(_SOON) == -signal.SIGTERM
        assert follower.stderr.read() == ""
