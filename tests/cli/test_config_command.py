"""``cointicker config`` and ``cointicker themes``, and what a wrong configuration does to other commands."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.command_line import run

_KEY = "CG-0123456789abcdefghijklmn"


def test_path_is_one_line(config_file: Path, tmp_path: Path) -> None:
    assert run("config", "path").out == f"{config_file}\n"
    elsewhere = tmp_path / "other.toml"
    assert run("--config", str(elsewhere), "config", "path").out == f"{elsewhere}\n"


def test_init_writes_a_private_file_that_is_right_and_never_overwrites(config_file: Path) -> None:
    assert run("config", "init").status == 0
    assert config_file.stat().st_mode & 0o777 == 0o600
    assert config_file.parent.stat().st_mode & 0o077 == 0
    assert run("config", "check").status == 0
    written = config_file.read_bytes()
    again = run("config", "init")
    assert again.status == 2
    assert "not overwritten" in again.err
    assert config_file.read_bytes() == written


def test_show_is_toml_with_the_command_line_laid_over_it_and_without_keys() -> None:
    ended = run("config", "show", "--currency", "chf", "--theme", "fjord", env={"COINGECKO_DEMO_API_KEY": _KEY})
    shown = tomllib.loads(ended.out)
    assert (shown["currency"], shown["theme"]) == ("chf", "fjord")
    assert shown["market"]["demo_api_key"] == "***"
    assert _KEY not in ended.out + ended.err


def test_check_says_what_is_wrong_and_where(config_file: Path, add_settings: Callable[[str], None]) -> None:
    assert run("config", "check").status == 0
    add_settings('currency = "usd"\n[market]\nrefesh = 30\n')
    ended = run("config", "check")
    assert ended.status == 2
    assert "config.toml:3: market.refesh" in ended.out
    assert "did you mean market.refresh?" in ended.out


def test_other_commands_say_it_once_and_go_on(add_settings: Callable[[str], None]) -> None:
    add_settings('curency = "eur"\ntheme = "midnigth"\n[watchlists]\nMine = ["bitcoin"]')
    ended = run("prices", "--demo", "--json")
    assert ended.status == 0
    assert [each["id"] for each in ended.json["quotes"]] == ["bitcoin"]
    assert ended.err.count("curency") == 1
    assert "did you mean currency?" in ended.err
    assert "did you mean midnight?" in ended.err


def test_a_file_that_cannot_be_read_ends_with_2(add_settings: Callable[[str], None], tmp_path: Path) -> None:
    add_settings('currency = "usd\n')
    for words in (["prices", "--demo"], ["news", "--offline"], ["config", "show"], ["config", "check"]):
        ended = run(*words)
        assert ended.status == 2
        assert "config.toml:1" in ended.out + ended.err
    missing = run("prices", "--config", str(tmp_path / "missing.toml"), "--demo")
    assert (missing.status, missing.out) == (2, "")
    assert "missing.toml" in missing.err


def test_themes_are_listed_with_the_one_in_use_marked(add_settings: Callable[[str], None]) -> None:
    add_settings('theme = "fjord"')
    rows = run("themes", "list").out.splitlines()
    assert len(rows) >= 6
    assert [row.split()[1] for row in rows if row.startswith("*")] == ["fjord"]
    assert [row.split()[1] for row in run("themes", "list", "--theme", "ember").out.splitlines() if row[0] == "*"] == [
        "ember"
    ]


def test_a_theme_that_is_shown_is_a_theme_file(tmp_path: Path) -> None:
    shown = run("themes", "show", "daylight").out
    file = tmp_path / "mine.toml"
    file.write_text(shown, encoding="utf-8")
    assert tomllib.loads(shown)["dark"] is False
    ended = run("themes", "check", str(file))
    assert ended.status == 0, ended.out


def test_check_finds_a_bad_colour(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('name = "mine"\n[colors]\nup = "green"\n', encoding="utf-8")
    ended = run("themes", "check", str(file))
    assert ended.status == 2
    assert "mine.toml:3: colors.up" in ended.out


@pytest.mark.parametrize("words", [("show", "fjrd"), ("check", "no-such-file.toml")])
def test_themes_that_there_are_not_end_with_2(words: tuple[str, str]) -> None:
    ended = run("themes", *words)
    assert ended.status == 2
    assert words[1] in ended.out + ended.err
