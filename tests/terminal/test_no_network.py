"""Without a network the screen says so, why, when it tries again and what can be seen without; then it recovers."""

import socket
from pathlib import Path

import pytest

from terminal.conftest import Start
from terminal.screen_signs import is_live
from upstream.__main__ import config
from upstream.server import Upstream, serving
from upstream.world import World

SOON = 2.0
"""Seconds until the person is told."""


@pytest.fixture
def port() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        number: int = server.getsockname()[1]
        return number


def test_says_why_and_when_and_goes_live_by_itself(start: Start, config_file: Path, port: int) -> None:
    world = Upstream(World(), port=port)
    config_file.write_text(config(world), encoding="utf-8")
    program = start()
    program.wait_for("Fetching")
    told = program.wait_for("No prices yet", SOON)
    program.wait_for(lambda text: "No headlines yet" in text and "rying again in" in text and "--demo" in text, SOON)
    assert told
    with serving(world):
        program.wait_for(is_live, 30.0)
        assert "--demo" not in program.text


def test_offline_asks_nobody(start: Start, world: Upstream) -> None:
    program = start("--offline")
    program.wait_for(lambda text: "No prices are stored" in text and "No headlines are stored" in text, SOON * 3)
    assert "--demo" in program.text
    program.press("r")
    program.settle()
    assert not world.requests
