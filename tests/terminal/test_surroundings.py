"""Memory, terminals of little ability, and a wish for no colours."""

import re

import pytest

from terminal.conftest import Start
from terminal.screen_signs import is_complete, is_live
from upstream.server import Upstream

MEMORY = 90.0
"""MB of the main process with everything loaded: far above what was measured (65)."""
COLOUR = re.compile(rb"\x1b\[(?:[0-9;]*;)?[34]8;2;([0-9]+);([0-9]+);([0-9]+)")


def test_memory_stays_small_after_all_feeds_are_read(start: Start, world: Upstream) -> None:
    program = start()
    program.wait_for(is_complete)
    program.settle(1.0)
    assert program.rss() < MEMORY


@pytest.mark.parametrize("name", ["dumb", "linux", "vt100", "screen-256color", "tmux-256color", "unheard-of"])
def test_runs_in_any_terminal(start: Start, name: str) -> None:
    program = start("--demo", env={"TERM": name, "COLORTERM": ""})
    program.wait_for(is_live)
    program.press("enter", "q", "q")
    assert program.wait_exit() == 0
    assert program.restored


def test_no_color_is_obeyed(start: Start) -> None:
    program = start("--demo", env={"NO_COLOR": "1"})
    program.wait_for(is_live)
    program.settle()
    colours = {match.groups() for match in COLOUR.finditer(program.output)}
    assert all(red == green == blue for red, green, blue in colours)
    assert any("▲" in row or "▼" in row for row in program.emulator.rows), "signs say what colours would"
