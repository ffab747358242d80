"""Odd places to run a command in: wrong folders, no home, bytes that are no text, closed streams, one who waits."""

import os
import pty
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from cli.command_line import SOURCE_ROOT, command, environment
from cli.inside import run_inside
from cointicker.cli.output import wants_colour


@pytest.mark.parametrize(
    ("environ", "terminal", "coloured"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"CLICOLOR_FORCE": "1"}, False, True),
        ({"CLICOLOR": "0"}, True, False),
        ({"CLICOLOR": "1"}, False, False),
        ({"TERM": "dumb"}, True, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True, True),
    ],
)
def test_colour_follows_the_words_that_people_use_for_it(
    environ: Mapping[str, str], terminal: bool, coloured: bool
) -> None:
    assert wants_colour(environ, terminal=terminal) is coloured


def test_a_person_who_waits_is_told_and_the_line_is_taken_back(add_settings: Callable[[str], None]) -> None:
    ours, theirs = pty.openpty()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(30)
        add_settings(f'[market]\nbase_url = "http://127.0.0.1:{server.getsockname()[1]}/"')
        with subprocess.Popen(
            command("prices"), env=environment(TERM="xterm"), stdout=subprocess.PIPE, stderr=theirs
        ) as process:
            os.close(theirs)
            with closing(server.accept()[0]):
                assert _read_until(ours, b"\r\x1b[K") == b""
                process.send_signal(signal.SIGTERM)
                out, _ = process.communicate(timeout=30)
    assert (process.returncode, out) == (143, b"")
    os.close(ours)


def _read_until(screen: int, end: bytes) -> bytes:
    """What a terminal is sent before it ends so, but for the hint and the end."""
    sent, give_up = b"", time.monotonic() + 30
    while "fetching …\x1b[K".encode() not in sent and time.monotonic() < give_up:
        if select.select([screen], [], [], 1)[0]:
            sent += os.read(screen, 4096)
    return sent.removeprefix("\rfetching …\x1b[K".encode()).removesuffix(end)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--config", "/nonexistent/x.toml", "prices"), 2, "there is no file"),
        (("--config", "{folder}", "prices"), 2, "is a directory"),
        (("--config", "{folder}", "config", "set", "theme", "fjord"), 2, "is a directory"),
        (("--config", "{folder}/\udcff.toml", "prices"), 2, "there is no file"),
        (("--data-dir", "{file}", "prices"), 1, "Nothing is being kept"),
        (("--data-dir", "/proc/nowhere", "watch", "list"), 0, "Nothing is being kept"),
        (("prices", "\udcff\udcfe"), 1, "no stored coin"),
        (("watch", "new", "\udcff"), 2, "the name of a list"),
        (("news", "--search", "\udcff"), 2, "there is no word"),
        (("pr\udcffces",), 2, "did you mean prices?"),
        (("prices", *("nosuchcoin",) * 900), 1, "nosuchcoin"),
    ],
)
def test_what_is_odd_ends_in_words(words: tuple[str, ...], status: int, said: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    ended = run_inside("--offline", *(word.format(folder=tmp_path, file=file) for word in words))
    assert ended.status == status
    assert said in ended.err
    assert "Traceback" not in ended.err


def test_a_configuration_that_may_not_be_read_is_said(config_file: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("nothing is forbidden to root")
    config_file.parent.mkdir(parents=True)
    config_file.write_text('theme = "fjord"\n', encoding="utf-8")
    config_file.chmod(0)
    ended = run_inside("--offline", "prices")
    assert ended.status == 2
    assert "cannot be read" in ended.err


@pytest.mark.parametrize("more", [{}, {"LANG": "C", "LC_ALL": "C", "HOME": "/nonexistent"}])
def test_next_to_nothing_of_an_environment_is_enough(more: dict[str, str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "cointicker", "--demo", "news", "--json", "--limit", "1"],
        env={"PYTHONPATH": SOURCE_ROOT, **more},
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, b"cointicker: DEMO: all of this is invented\n")


@pytest.mark.parametrize("words", ["export quotes", "completion bash"])
def test_a_reader_that_went_away_and_streams_that_are_closed_are_no_error(words: str) -> None:
    line = ["sh", "-c", f'"$@" --demo {words} | true; "$@" --demo {words} >&- 2>&-', "sh", *command()]
    ended = subprocess.run(line, env=environment(), capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 0
    assert "Traceback" not in ended.stderr
