"""Every command in every weather: the exit status tells what came of it, and with --json stdout is one document."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.command_line import Stored
from cli.inside import run_inside
from cointicker.cli.arguments import COMMANDS, HIDDEN, spoken_of
from cointicker.cli.grammar import JSON, Family

DOWN = """\
[market]
base_url = "http://127.0.0.1:1/"
[mining]
base_url = "http://127.0.0.1:1/"
[[news.feeds]]
url = "http://127.0.0.1:1/feed.xml"
name = "Down"
"""
OK, FAILED, WRONG, OLD = 0, 1, 2, 3
WEATHERS = ("up", "down", "stored", "empty")
"""The outside world answers, does not and nothing is stored; ``--offline`` with prices stored, and with nothing."""
LINES: dict[str, tuple[int, int, int, int]] = {
    "prices": (OK, FAILED, OK, FAILED),
    "prices btc nosuchcoin": (OK, FAILED, OK, FAILED),
    "chart bitcoin": (OK, FAILED, FAILED, FAILED),
    "news": (OK, FAILED, FAILED, FAILED),
    "read abcdef": (FAILED, FAILED, FAILED, FAILED),
    "mark read abcdef": (FAILED, FAILED, FAILED, FAILED),
    "mark read --all": (OK, OK, OK, OK),
    "mark unread abcdef": (FAILED, FAILED, FAILED, FAILED),
    "mark star abcdef": (FAILED, FAILED, FAILED, FAILED),
    "mark unstar abcdef": (FAILED, FAILED, FAILED, FAILED),
    "mining": (OK, FAILED, FAILED, FAILED),
    "watch list": (OK, OK, OK, OK),
    "watch find bitcoin": (OK, OLD, OK, OK),
    "watch add kaspa": (OK, OK, OK, OK),
    "watch remove tron": (OK, OK, OK, OK),
    "watch move tron 1": (OK, OK, OK, OK),
    "watch send tron Nowhere": (WRONG, WRONG, WRONG, WRONG),
    "watch alias tron T": (OK, OK, OK, OK),
    "watch new Mine": (OK, OK, OK, OK),
    "watch rename Majors Mine": (OK, OK, OK, OK),
    "watch delete Majors": (WRONG, WRONG, WRONG, WRONG),
    "watch sort price": (OK, OK, OK, OK),
    "watch columns coin price": (OK, OK, OK, OK),
    "feeds list": (OK, OK, OK, OK),
    "alerts list": (OK, OK, OK, OK),
    "alerts add btc above 1": (OK, OK, OK, OK),
    "alerts remove 1": (WRONG, WRONG, WRONG, WRONG),
    "alerts rest 1": (WRONG, WRONG, WRONG, WRONG),
    "alerts wake 1": (WRONG, WRONG, WRONG, WRONG),
    "alerts snooze 1": (WRONG, WRONG, WRONG, WRONG),
    "alerts log": (OK, OK, OK, OK),
    "holdings list": (OK, OK, OK, OK),
    "holdings value": (OK, OK, OK, OK),
    "holdings add btc 1": (OK, OK, OK, OK),
    "holdings sell btc 1": (OK, OK, OK, OK),
    "holdings edit 1 --fee 2": (WRONG, WRONG, WRONG, WRONG),
    "holdings remove 1": (WRONG, WRONG, WRONG, WRONG),
    "themes list": (OK, OK, OK, OK),
    "themes show fjord": (OK, OK, OK, OK),
    "themes check nosuchfile.toml": (WRONG, WRONG, WRONG, WRONG),
    "themes use fjord": (OK, OK, OK, OK),
    "config path": (OK, OK, OK, OK),
    "config show": (OK, OK, OK, OK),
    "config check": (OK, OK, OK, OK),
    "config init": (WRONG, WRONG, OK, OK),
    "config get theme": (OK, OK, OK, OK),
    "config set theme fjord": (OK, OK, OK, OK),
    "config unset theme": (OK, OK, OK, OK),
}
"""A command line → its exit status in each weather."""
ELSEWHERE = frozenset({"doctor", "line", "feeds add", "feeds remove", "feeds check", "feeds import"})
"""Commands that have tests of this kind of their own."""


def commands_with_json() -> set[str]:
    """All that can speak JSON."""
    found = set()
    for name in COMMANDS:
        spoken = spoken_of(name)
        forms = (
            {f"{name} {action}": form for action, form in spoken.actions.items()}
            if isinstance(spoken, Family)
            else {name: spoken}
        )
        found |= {each for each, form in forms.items() if JSON.name in {option.name for option in form.options}}
    return found


def test_no_command_is_left_out() -> None:
    here = {" ".join(line.split()[:size]) for line in LINES for size in (1, 2)}
    assert commands_with_json() - ELSEWHERE <= here
    assert not HIDDEN & here


@pytest.fixture
def weather(
    request: pytest.FixtureRequest, config_file: Path, add_settings: Callable[[str], None], stored: Stored
) -> tuple[str, ...]:
    """What the command line says beside the command."""
    name: str = request.param
    if name == "up":
        request.getfixturevalue("world")
        return ()
    if name == "down":
        add_settings(DOWN)
        return ()
    if name == "stored":
        stored.prices(1)
    return ("--offline",)


@pytest.mark.parametrize("weather", WEATHERS, indirect=True)
@pytest.mark.parametrize("line", LINES)
def test_the_status_tells_and_stdout_is_one_document(
    line: str, weather: tuple[str, ...], request: pytest.FixtureRequest
) -> None:
    expected = LINES[line][WEATHERS.index(request.node.callspec.params["weather"])]
    ended = run_inside(*shlex.split(line), "--json", *weather)
    assert ended.status == expected, ended
    assert "Traceback" not in ended.err
    assert not ended.err or all(part.startswith("cointicker") for part in ended.err.splitlines()), ended.err
    if ended.out or ended.status != WRONG:
        assert isinstance(ended.json, dict)
