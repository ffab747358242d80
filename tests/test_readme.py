"""The README says what the program does."""

import re
from pathlib import Path

import pytest

from cointicker.engine.commands import COMMANDS, key_sign

README = Path(__file__).parents[1] / "README.md"


@pytest.fixture
def readme() -> str:
    if not README.is_file():
        pytest.skip("the tests stand alone here")
    return README.read_text(encoding="utf-8")


def key_table() -> str:
    rows = [
        f"| {' '.join(f'`{key_sign(key)}`' for key in command.keys)} | {command.help} |"
        for command in COMMANDS
        if command.keys
    ]
    return "\n".join(("| key | does |", "| --- | --- |", *rows))


def test_the_table_of_keys_is_the_one_that_the_commands_declare(readme: str) -> None:
    assert key_table() in readme


def test_the_first_screen_has_one_command_that_runs_it_and_one_that_tests_it(readme: str) -> None:
    commands = re.findall(r"```sh\n(.+?)\n```", readme, re.DOTALL)[:2]
    assert commands == ["pip install . && cointicker", 'pip install ".[test]" && pytest']
