"""The second start: the last frame at once, what is stored in the first live one, and no key lost between them."""

import re
import signal
import sys
from pathlib import Path

import pytest

from terminal import module_report
from terminal.conftest import Start
from terminal.emulator import ALTERNATE
from terminal.screen_signs import HEADLINES, PRICES, READING, is_complete, is_live
from upstream.__main__ import config
from upstream.server import Upstream, serving
from upstream.world import World

OLD = re.compile(r"\d+[smhd] old")
"""What the kept frame says about its age."""


@pytest.fixture
def before(start: Start, world: Upstream) -> str:
    """What the screen showed when an earlier run was left."""
    program = start()
    program.wait_for(is_complete)
    program.settle()
    shown = program.text
    program.press("q")
    assert program.wait_exit() == 0
    return shown


def _prices(text: str) -> list[str]:
    return re.findall(r"\d{1,3}(?:,\d{3})*\.\d{2,8}", text.splitlines()[0])


def test_the_last_frame_is_there_before_textual_is_imported(start: Start, before: str, tmp_path: Path) -> None:
    report = tmp_path / "modules"
    program = start(command=(sys.executable, module_report.__file__, str(report)))
    program.wait_for(OLD)
    assert program.text.splitlines()[:-1] == before.splitlines()[:-1]
    program.wait_until(report.exists)
    assert "textual" not in module_report.packages(report)[0]


def test_keys_that_are_typed_on_the_old_frame_are_obeyed(start: Start, before: str) -> None:
    program = start()
    program.wait_for(OLD)
    program.press("j", "enter")
    program.wait_for(READING)
    assert "‹ p " in program.text, "the second headline, which has one before it"


def test_the_alternate_screen_is_entered_once(start: Start, before: str) -> None:
    program = start()
    program.wait_for(OLD)
    program.wait_for(is_complete)
    assert program.output.count(f"\x1b[?{ALTERNATE}h".encode()) == 1
    program.press("q")
    assert program.wait_exit() == 0
    assert program.restored


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_on_the_old_frame_leaves_the_terminal_as_it_was(
    start: Start, before: str, number: signal.Signals
) -> None:
    program = start()
    program.wait_for(OLD)
    program.signal(number)
    assert program.wait_exit() == 128 + number
    assert program.restored


def test_another_size_shows_no_frame_of_the_first(start: Start, before: str) -> None:
    program = start(size=(80, 24))
    program.wait_for(PRICES)
    assert OLD.search(program.text) is None


def test_what_is_stored_is_shown_with_its_age_while_the_server_is_down(
    start: Start, config_file: Path, home: Path
) -> None:
    with serving(Upstream(World())) as world:
        config_file.write_text(config(world), encoding="utf-8")
        program = start()
        program.wait_for(is_complete)
        known = program.text
        program.press("q")
        program.wait_exit()
    (home / ".local" / "state" / "cointicker" / "frame").unlink()
    program = start()
    program.wait_for(is_live)
    assert _prices(program.text) == _prices(known)
    assert re.search(r"● \d+s ago", program.text)
    program.press("r")
    program.wait_for(re.compile(r"refuses the connection|cannot be reached|unreachable|trying again"))
    assert PRICES.search(program.text)
    assert HEADLINES.search(program.text)
