"""What a command does with its streams: colour, closed pipes, full disks, Ctrl+C."""

import asyncio
import os
import pty
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from cli.command_line import command, environment
from cointicker.store.sqlite import SqliteStore
from cointicker.text.cells import cell_width

_SGR = re.compile(r"\x1b\[[0-9;]*m")


def on_a_terminal(*words: str, env: Mapping[str, str] | None = None) -> str:
    """What a terminal is sent on stdout."""
    ours, theirs = pty.openpty()
    with closing(os.fdopen(ours, "rb", buffering=0)) as screen:
        with subprocess.Popen(
            command(*words), env=environment(**{"TERM": "xterm-256color", **(env or {})}), stdout=theirs,
            stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            os.close(theirs)
            sent = bytearray()
            while True:
                try:
                    chunk = screen.read(65_536)
                except OSError:  # Linux says EIO when the last writer is gone
                    break
                if not chunk:
                    break
                sent += chunk
        assert process.returncode == 0
    return sent.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("words", [("prices",), ("news",), ("mining",), ("themes", "list"), ("doctor",)])
def test_colour_is_for_terminals_that_want_it(words: tuple[str, ...]) -> None:
    coloured = on_a_terminal("--demo", *words)
    assert _SGR.search(coloured)
    assert "\x1b" not in _SGR.sub("", coloured)
    assert "\x1b" not in on_a_terminal("--demo", *words, env={"NO_COLOR": "1"})
    assert _SGR.search(on_a_terminal("--demo", *words, env={"NO_COLOR": ""}))


def test_a_dumb_terminal_gets_no_colour() -> None:
    assert "\x1b" not in on_a_terminal("prices", "--demo", env={"TERM": "dumb"})


def test_a_theme_colours_up_and_down_where_the_terminal_can() -> None:
    plain = on_a_terminal("prices", "--demo", "--theme", "colorblind")
    rich = on_a_terminal("prices", "--demo", "--theme", "colorblind", env={"COLORTERM": "truecolor"})
    assert "38;2;" not in plain
    assert "38;2;" in rich
    assert "38;2;" not in on_a_terminal("prices", "--demo", env={"COLORTERM": "truecolor"})


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_rows_fit_the_terminal(width: int) -> None:
    for words in (("prices",), ("news",)):
        shown = _SGR.sub("", on_a_terminal("--demo", *words, env={"COLUMNS": str(width)}))
        rows = shown.splitlines()[:-1]
        assert rows
        assert max(map(cell_width, rows)) <= width


def test_prices_are_never_cut() -> None:
    wide = _SGR.sub("", on_a_terminal("prices", "btc", "--demo", env={"COLUMNS": "200"}))
    narrow = _SGR.sub("", on_a_terminal("prices", "btc", "--demo", env={"COLUMNS": "20"}))
    assert re.search(r"\d\d,\d\d\d\.\d\d", wide)
    assert re.search(r"\d\d,\d\d\d\.\d\d", narrow)


@pytest.mark.parametrize("words", [("news", "--json", "--limit", "500"), ("prices",), ("config", "show")])
def test_a_reader_that_goes_away_is_no_error(words: tuple[str, ...]) -> None:
    with subprocess.Popen(
        command("--demo", *words), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode == 0
    assert "Traceback" not in said
    assert "Broken" not in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_said() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(
            command("prices", "--demo"),
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert ended.returncode == 1
    assert "No space left" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("words", [("--version",), ("--help",), ("prices", "--help"), ("completion", "zsh")])
def test_a_full_disk_is_said_at_the_door_too(words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(
            command(*words), env=environment(), stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert ended.returncode == 1
    assert ended.stderr == "cointicker: cannot write the output: No space left on device\n"


def test_closed_streams_are_no_error() -> None:
    ended = subprocess.run(
        ["sh", "-c", 'exec "$@" >&- 2>&-', "sh", *command("prices", "--demo")], env=environment(), check=False
    )
    assert ended.returncode == 0


def test_an_old_encoding_gets_json_all_the_same() -> None:
    old = environment(PYTHONIOENCODING="latin-1")
    ended = subprocess.run(command("mining", "--demo", "--json"), env=old, capture_output=True, check=False)
    assert ended.returncode == 0
    assert ended.stdout.isascii()
    assert subprocess.run(command("prices", "--demo"), env=old, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--help", "usage: cointicker [OPTION~] [COMMAND ~]"),
        ("prices --help", "usage: cointicker prices [COIN~] [--json] [--csv] [--refresh]"),
        ("doctor --demo", "+  program"),
    ],
)
def test_an_old_encoding_gets_help_and_marks_in_other_signs(words: str, told: str) -> None:
    old = environment(PYTHONIOENCODING="ascii")
    ended = subprocess.run(command(*words.split()), env=old, capture_output=True, check=False)
    assert ended.returncode == 0
    assert ended.stdout.decode("ascii").startswith(told)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_an_old_encoding_does_not_cost_a_change_its_sign(encoding: str) -> None:
    old = environment(PYTHONIOENCODING=encoding)
    ended = subprocess.run(command("prices", "--demo"), env=old, capture_output=True, check=True)
    changes = re.findall(r"(\S?)(\d+\.\d\d)%", ended.stdout.decode(encoding))
    assert {sign for sign, size in changes if float(size)} == {"+", "-"}


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_quietly_and_gives_the_lease_back(
    number: signal.Signals, status: int, add_settings: Callable[[str], None], database: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(30)
        add_settings(f'[market]\nbase_url = "http://127.0.0.1:{server.getsockname()[1]}/"')
        with (
            subprocess.Popen(
                command("prices"), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
            ) as process,
            closing(server.accept()[0]),
        ):
            process.send_signal(number)
            out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (status, "", "")
    assert asyncio.run(can_fetch(database))


async def can_fetch(database: Path) -> bool:
    """Whether nobody holds the right to fetch prices."""
    store = SqliteStore(database, time.time)
    free = await store.leases.take("market:usd", 8) is not None
    await store.close()
    return free
