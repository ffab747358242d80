"""A person's home with a configuration that points at the outside world that the tests play."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.command_line import Stored
from upstream.__main__ import config
from upstream.fixture import upstream_thread
from upstream.server import Upstream

__all__ = ["upstream_thread"]


@pytest.fixture
def config_file(home: Path) -> Path:
    """Where the program looks for the configuration; nothing is there yet."""
    return home / ".config" / "cointicker" / "config.toml"


@pytest.fixture
def database(home: Path) -> Path:
    """Where the program keeps its data; nothing is there yet."""
    return home / ".local" / "share" / "cointicker" / "cointicker.db"


@pytest.fixture
def stored(database: Path) -> Stored:
    """Puts things into the database as an earlier run would have."""
    return Stored(database)


@pytest.fixture
def world(upstream_thread: Upstream, config_file: Path) -> Upstream:
    """The outside world, healthy, and a configuration that leads to it."""
    config_file.parent.mkdir(parents=True)
    config_file.write_text(config(upstream_thread), encoding="utf-8")
    return upstream_thread


@pytest.fixture
def add_settings(config_file: Path) -> Callable[[str], None]:
    """Puts lines before what the configuration says already."""

    def add(lines: str) -> None:
        config_file.parent.mkdir(parents=True, exist_ok=True)
        before = config_file.read_text(encoding="utf-8") if config_file.exists() else ""
        config_file.write_text(f"{lines}\n{before}", encoding="utf-8")

    return add
