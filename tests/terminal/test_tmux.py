"""Inside tmux: what reaches the terminal around it, and what foreign text must never do there."""

import asyncio
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.command_line import Stored, quote
from cointicker.domain.news import FeedHealth, Headline
from cointicker.domain.words import SafeText
from cointicker.store.sqlite import SqliteStore
from terminal.conftest import Start
from terminal.emulator import FOCUS, described
from terminal.pty_program import Program, at_once

_TMUX = shutil.which("tmux")
pytestmark = pytest.mark.skipif(_TMUX is None, reason="no tmux here")
_FEED = "https://feed.example/rss"
_COMMON = (
    "set -g focus-events on\nset -g set-clipboard on\nset -s escape-time 0\nset -g default-terminal screen-256color\n"
)

_BAR = (
    "set -g status-left ''\nset -g status-right-length 500\nset -g status-interval 1\nset -g @once 'LINE'\n"
    "set -g window-status-format ''\nset -g window-status-current-format ''\n"
)

Inside = Callable[..., Program]


@pytest.fixture
def database(home: Path) -> Path:
    """Where the program keeps its data."""
    return home / ".local" / "share" / "cointicker" / "cointicker.db"


@pytest.fixture
def inside(start: Start, tmp_path: Path) -> Iterator[Inside]:
    """Starts a tmux of the test's own, with a configuration and a command in its pane."""
    assert _TMUX is not None
    server = [_TMUX, "-S", str(tmp_path / "socket")]

    def begin(settings: str, *words: str, size: tuple[int, int] = (100, 12)) -> Program:
        file = tmp_path / "tmux.conf"
        file.write_text(_COMMON + settings, encoding="utf-8")
        return start(command=(*server, "-f", str(file), "new-session", *words), size=size)

    yield begin
    subprocess.run([*server, "kill-server"], capture_output=True, check=False)


def _store(database: Path, title: str) -> None:
    async def save() -> None:
        now = time.time()
        store = SqliteStore(database, time.time)
        headline = Headline(
            "a1b2c3d4", _FEED, SafeText(title), SafeText(title), "https://feed.example/1", now, now - 60
        )
        await store.save_feed(FeedHealth(_FEED, "Feed", now, now, now + 600, items=1), [headline], {})
        await store.close()

    asyncio.run(save())


@pytest.mark.parametrize("status", ["{}", "#{{E:#{{T:@once}}}}"], ids=["as usual", "expanded twice"])
def test_no_headline_commands_a_status_line(
    inside: Inside, database: Path, config_file: Path, tmp_path: Path, status: str
) -> None:
    Stored(database).prices(5, quote("bitcoin", 1, "BTC", 88_349.0))
    _store(database, "Say #(expr 40 + 2) ##(expr 40 + 2) #{pane_id} #[fg=red]sold #")
    config_file.write_text(f'[[news.feeds]]\nurl = "{_FEED}"\n', encoding="utf-8")
    line = tmp_path / "line"
    line.write_text(
        f"#!/bin/sh\nexec {sys.executable} -m cointicker line --offline --color tmux "
        "--format '#[fg=cyan]{BTC.price} {headline} {headline.source} end'\n",
        encoding="utf-8",
    )
    line.chmod(0o700)
    command = f"#({line})"
    bar = f"{_BAR.replace('LINE', command)}set -g status-right '{status.format(command)}'\n"
    program = inside(bar, "cat", size=(200, 5))
    program.wait_for("end")
    assert "88,349.00 Say (expr 40 + 2) (expr 40 + 2) {pane_id} [fg=red]sold # " in program.text
    assert "42" not in program.text, "a command was run"


def test_clipboard_focus_and_sizes_pass_through_and_everything_is_given_back(
    inside: Inside, database: Path, config_file: Path
) -> None:
    Stored(database).prices(5, quote("bitcoin", 1, "BTC", 88_349.0))
    _store(database, "Hashrate climbs")
    config_file.write_text(f'[ui]\npage_seconds = 3600\n[[news.feeds]]\nurl = "{_FEED}"\n', encoding="utf-8")
    program = inside("set -g status off\n", f"exec {sys.executable} -m cointicker --offline")
    program.wait_for("Hashrate climbs")
    program.settle()
    program.press("y")
    program.wait_until(lambda: program.emulator.operating["52"])
    program.wait_until(lambda: FOCUS in program.emulator.modes)
    for size in ((100, 4), (45, 30), (100, 1)):
        program.resize(*size)
        program.settle(0.3)
        program.wait_for("88,349.00")
        assert _is_whole(program), f"something of another size is left\n{described(program.emulator)}"
    program.signal(signal.SIGHUP)
    program.wait_exit(at_once() + 5)
    assert not program.emulator.left_on


def _is_whole(program: Program) -> bool:
    """Whether the screen is what drawing everything again makes of it; an age may grow meanwhile, but not each time."""
    for _ in range(3):
        before = program.emulator.cells
        program.cost_of("ctrl+l", quiet=0.1)
        if program.emulator.cells == before:
            return True
    return False
