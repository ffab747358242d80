"""Telling of an alert by other programs: real ones, run by their arguments."""

import json
import os
import sys
import time
from pathlib import Path

import pytest

from cointicker.sources.notices import Notices, desktop_command

HOSTILE = 'x"; touch {} ; echo `touch {}` $(touch {}) <b>&\u2019'


def _program(folder: Path, name: str, body: str) -> Path:
    """A program that writes its arguments and what we told it into a file beside it, then does ``body``."""
    path = folder / name
    path.write_text(
        f"#!{sys.executable}\n"
        "import os, sys, pathlib, json, time\n"
        "told = {name: value for name, value in os.environ.items() if name.startswith('COINTICKER_')}\n"
        "pathlib.Path(__file__).with_suffix('.told').write_text(json.dumps([sys.argv[1:], told]))\n"
        f"{body}\n"
    )
    path.chmod(0o755)
    return path


def _runs(process: int) -> bool:
    """Whether a process is there and is not just waiting to be buried."""
    try:
        state = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def _told(program: Path) -> str:
    return program.with_suffix(".told").read_text()


async def test_a_command_gets_its_arguments_and_the_values_as_they_are(tmp_path: Path) -> None:
    program = _program(tmp_path, "tell", "")
    trap = tmp_path / "trap"
    text = HOSTILE.format(trap, trap, trap)
    assert await Notices().run([str(program), "one two", "*"], {"COINTICKER_ALERT_TEXT": text}) == ""
    arguments, told = json.loads(_told(program))
    assert arguments == ["one two", "*"]
    assert {name: value for name, value in told.items() if "ALERT" in name} == {"COINTICKER_ALERT_TEXT": text}
    assert not trap.exists()


async def test_what_goes_wrong_with_a_command_is_said(tmp_path: Path) -> None:
    program = _program(tmp_path, "tell", "sys.exit(3)")
    assert await Notices().run([str(program)], {}) == "tell ended with status 3"
    gone = await Notices().run([str(tmp_path / "gone")], {})
    assert gone.endswith("gone cannot be started: No such file or directory")
    plain = tmp_path / "plain"
    plain.write_text("no program")
    assert "cannot be started: Permission denied" in await Notices().run([str(plain)], {})


async def test_a_command_that_does_not_end_is_ended_with_its_children(tmp_path: Path) -> None:
    program = _program(
        tmp_path,
        "tell",
        "import subprocess\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "pathlib.Path(__file__).with_suffix('.child').write_text(str(child.pid))\n"
        "time.sleep(600)",
    )
    started = time.monotonic()
    assert (await Notices(time_limit=2.0).run([str(program)], {})).endswith("took longer than 2 seconds and was ended")
    assert time.monotonic() - started < 10
    child = int(program.with_suffix(".child").read_text())
    assert not _runs(child)


@pytest.mark.parametrize("name", ["notify-send", "terminal-notifier", "osascript"])
async def test_a_notification_is_one_argument_of_the_program_that_is_here(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = _program(tmp_path, name, "")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert await Notices().show("BTC is above 100,000.00 USD: <b>&") == ""
    arguments, _ = json.loads(_told(program))
    assert arguments[-1] == "BTC is above 100,000.00 USD: <b>&"


async def test_without_such_a_program_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert desktop_command("x") is None
    assert "no notification of the desktop" in await Notices().show("x")
    assert os.environ["PATH"] == str(tmp_path)
