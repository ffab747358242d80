"""Mistakes in the configuration are named and survived; several panes ask no more than one."""

from collections import Counter
from pathlib import Path

from terminal.conftest import Start
from terminal.screen_signs import is_complete, is_live
from upstream.server import Upstream


def test_a_mistyped_key_is_named_with_its_place_and_the_right_one(
    start: Start, world: Upstream, config_file: Path
) -> None:
    told = config_file.read_text(encoding="utf-8").replace("[market]", "[market]\nrefesh = 30")
    config_file.write_text(told, encoding="utf-8")
    line = told.splitlines().index("refesh = 30") + 1
    program = start()
    program.wait_for(is_live)
    program.press("e")
    program.wait_for("Sources")
    program.wait_for(lambda text: f"config.toml:{line}" in text and "refesh" in text and "refresh" in text)
    assert config_file.read_text(encoding="utf-8") == told


def test_a_broken_file_is_left_alone_and_the_defaults_serve(start: Start, config_file: Path) -> None:
    broken = 'currency = "eur"\n[market\nrefresh = 30\n'
    config_file.write_text(broken, encoding="utf-8")
    program = start("--offline")
    program.wait_for(lambda text: "config.toml" in text and "BTC" in text)
    program.press("t", "e")
    program.wait_for("Sources")
    program.press("h")
    program.wait_for(lambda text: "Sources" not in text)
    program.press("q")
    assert program.wait_exit() == 0
    assert config_file.read_text(encoding="utf-8") == broken


def test_two_panes_ask_no_more_than_one(start: Start, world: Upstream) -> None:
    panes = [start(), start(size=(80, 24))]
    panes[0].wait_for(is_complete)
    panes[1].wait_for(is_live)
    panes[0].settle(1.5)
    asked = Counter(request.target for request in world.requests)
    assert {target: times for target, times in asked.items() if times > 1} == {}
    for pane in panes:
        pane.press("q")
        assert pane.wait_exit() == 0
        assert pane.restored
