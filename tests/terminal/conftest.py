"""The program in a terminal, a home for it, and a configuration that leads to the world that the tests play."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from terminal.pty_program import Program
from upstream.__main__ import config
from upstream.fixture import upstream_thread
from upstream.server import Upstream

__all__ = ["upstream_thread"]

Start = Callable[..., Program]


@pytest.fixture
def start(upstream_thread: Upstream) -> Iterator[Start]:
    """Starts the program; whatever still runs at the end is killed, before the outside world goes."""
    with ExitStack() as running:
        yield lambda *words, **options: running.enter_context(Program(*words, **options))


@pytest.fixture
def config_file(home: Path) -> Path:
    """Where the program looks for its configuration; its folder is there, the file is not."""
    place = home / ".config" / "cointicker" / "config.toml"
    place.parent.mkdir(parents=True)
    return place


@pytest.fixture
def log_file(home: Path) -> Path:
    """Where the program writes its log."""
    return home / ".local" / "state" / "cointicker" / "cointicker.log"


@pytest.fixture
def world(upstream_thread: Upstream, config_file: Path) -> Upstream:
    """The outside world, healthy, and a configuration that leads to it."""
    config_file.write_text(config(upstream_thread), encoding="utf-8")
    return upstream_thread
