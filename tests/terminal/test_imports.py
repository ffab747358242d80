"""What is in memory when: nothing of weight before the first paint, foreign parsers in the worker process only."""

import signal
import sys
from pathlib import Path

from terminal import module_report
from terminal.conftest import Start
from terminal.pty_program import children
from terminal.screen_signs import READING, is_complete
from upstream.server import Upstream

HEAVY = {
    "bs4", "dateutil", "feedparser", "httpx", "lxml", "markdown_it", "pycoingecko", "pygments", "requests",
    "trafilatura", "urllib3",
}  # fmt: skip
"""Packages that cost more to import than a frame may take."""
FOREIGN = {"PIL", "bs4", "dateutil", "feedparser", "lxml", "markdown_it", "trafilatura"}
"""Packages that only the process that reads foreign pages needs."""


def test_nothing_of_weight_is_imported_before_the_first_paint(start: Start, world: Upstream, tmp_path: Path) -> None:
    report = tmp_path / "modules"
    program = start(command=(sys.executable, module_report.__file__, str(report)))
    program.wait_for(is_complete)
    at_first = module_report.packages(report)[0]
    assert "textual" in at_first
    assert at_first & HEAVY == set()


def test_foreign_pages_are_read_in_another_process(start: Start, world: Upstream, tmp_path: Path) -> None:
    report = tmp_path / "modules"
    program = start(command=(sys.executable, module_report.__file__, str(report)))
    program.wait_for(is_complete)
    for key in ("enter", "n", "n"):
        program.press(key)
        program.wait_for(READING)
    program.wait_until(lambda: world.asked("/articles/*"))
    program.signal(signal.SIGUSR1)
    program.wait_until(lambda: len(module_report.packages(report)) == 2)
    later = module_report.packages(report)[1]
    assert "httpx" in later
    assert later & FOREIGN == set()
    program.wait_until(lambda: children(program.pid))
