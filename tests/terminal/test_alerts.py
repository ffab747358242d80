"""Alerts in a terminal: what is heard, and what a person's command is told."""

import json
import stat
import sys
from pathlib import Path

import pytest

from terminal.conftest import Start
from terminal.screen_signs import HEADLINES
from upstream.server import Upstream

HEARD = b"\x1b]9;cointicker: BTC is above 1.0000 USD: "


@pytest.fixture
def told(tmp_path: Path, config_file: Path, world: Upstream) -> Path:
    """What the command was told, after it has run; beside an alert that comes true with the first price."""
    told = tmp_path / "told.json"
    program = tmp_path / "tell"
    program.write_text(
        f"#!{sys.executable}\nimport json, os, pathlib, sys\n"
        "values = {name: value for name, value in os.environ.items() if name.startswith('COINTICKER_ALERT_')}\n"
        f"pathlib.Path({str(told)!r}).write_text(json.dumps([sys.argv[1:], values]))\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    with config_file.open("a", encoding="utf-8") as file:
        file.write(f'\n[notify]\nterminal = "osc9"\ncommand = ["{program}", "loud"]\n')
        file.write('\n[[alerts]]\ncoin = "bitcoin"\nabove = 1\nnote = "sell"\n')
    return told


def test_an_alert_is_heard_by_terminal_bell_and_command_and_not_again_in_the_next_run(start: Start, told: Path) -> None:
    program = start(env={"TERM": "xterm-256color"})
    program.wait_until(lambda: HEARD in program.output)
    sequence, _, rest = program.output.partition(HEARD)[2].partition(b"\a")
    assert sequence.endswith(b" \xc2\xb7 sell")
    assert rest.startswith(b"\a")
    program.wait_until(told.exists)
    program.wait_until(lambda: told.read_text().endswith("]"))
    arguments, values = json.loads(told.read_text())
    assert arguments == ["loud"]
    assert values["COINTICKER_ALERT_COIN"] == "bitcoin"
    assert values["COINTICKER_ALERT_TEXT"].encode() == HEARD.partition(b": ")[2] + sequence
    program.press("q")
    program.wait_exit()
    again = start(env={"TERM": "xterm-256color"})
    again.wait_for(HEADLINES)
    again.settle(1.0)
    assert HEARD not in again.output
