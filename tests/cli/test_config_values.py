"""``cointicker config get``, ``set`` and ``unset``, and ``themes use``: one setting, checked before it is written."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.inside import run_inside

AddSettings = Callable[[str], None]
SETTINGS = """\
# mine
currency = "usd" # dollars

[ui]
private = false
"""
_KEY = "CG-0123456789abcdefghijklmn"


def _config(*words: str) -> Any:
    return run_inside("config", *words)


@pytest.mark.parametrize(
    ("words", "path", "value"),
    [
        (("currency", "eur"), ("currency",), "eur"),
        (("market.refresh", "120"), ("market", "refresh"), 120),
        (("market.refresh", "90.5"), ("market", "refresh"), 90.5),
        (("ui.private", "on"), ("ui", "private"), True),
        (("ui.columns", "rank,coin,price"), ("ui", "columns"), ["rank", "coin", "price"]),
        (("ui.columns", "rank", "coin"), ("ui", "columns"), ["rank", "coin"]),
        (("ui.columns", '["coin"]'), ("ui", "columns"), ["coin"]),
        (("news.mute", "sponsored", "price prediction"), ("news", "mute"), ["sponsored", "price prediction"]),
        (("notify.command", "--", "mail-me", "--now"), ("notify", "command"), ["mail-me", "--now"]),
        (("notify.command", "mail-me 'two words'"), ("notify", "command"), ["mail-me", "two words"]),
        (("keys.refresh", "f5"), ("keys", "refresh"), "f5"),
        (("aliases.bitcoin", "corn"), ("aliases", "bitcoin"), "corn"),
        (("sort.Majors", "price"), ("sort", "Majors"), "price"),
        (("contact", "me@home.example"), ("contact",), "me@home.example"),
    ],
)
def test_a_value_is_written_in_its_own_type_and_taken_out_again(
    config_file: Path, add_settings: AddSettings, words: tuple[str, ...], path: tuple[str, ...], value: object
) -> None:
    add_settings(SETTINGS)
    ended = _config("set", *words)
    assert (ended.status, ended.err) == (0, "")
    found: Any = tomllib.loads(config_file.read_text())
    for part in path:
        found = found[part]
    assert (found, type(found)) == (value, type(value))
    assert config_file.read_text().startswith("# mine\n")
    assert _config("get", words[0], "--json").json["value"] == value
    assert _config("unset", words[0]).status == 0
    rest: Any = tomllib.loads(config_file.read_text())
    for part in path[:-1]:
        rest = rest.get(part, {})
    assert path[-1] not in rest


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "curency", "eur"), "did you mean currency?"),
        (("get", "market.refesh"), "did you mean market.refresh?"),
        (("set", "keys.refres", "f5"), "did you mean keys.refresh?"),
        (("get", "market"), "is a section; its settings are market.base_url"),
        (("set", "currency", "eurr"), "did you mean eur?"),
        (("set", "market.refresh", "fast"), "market.refresh must be a number"),
        (("set", "market.refresh", "1"), "must be from 5"),
        (("set", "ui.private", "maybe"), "must be true or false"),
        (("set", "ui.columns", "rank,pric"), "did you mean price?"),
        (("set", "ui.columns", "[1"), "no list as TOML spells it"),
        (("set", "notify.command", "un'closed"), "a quotation mark too many"),
        (("set", "theme", "fjrod"), "did you mean fjord?"),
        (("set", "aliases", "x"), "is a table"),
        (("set", "watchlists.Mine", "btc"), "`cointicker watch`"),
        (("get", "alerts"), "`cointicker alerts`"),
        (("set", "news.feeds", "x"), "`cointicker feeds`"),
        (("set", "", "x"), "there is no setting"),
        (("set", "contact", "\udcff"), "contact must be"),
        (("--demo", "set", "currency", "eur"), "--demo writes nothing"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(
    config_file: Path, add_settings: AddSettings, words: tuple[str, ...], said: str
) -> None:
    add_settings(SETTINGS)
    ended = _config(*words)
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err
    assert config_file.read_text() == SETTINGS + "\n"


def test_a_key_is_never_shown(config_file: Path) -> None:
    assert _KEY not in _config("set", "market.demo_api_key", _KEY).out
    assert tomllib.loads(config_file.read_text())["market"]["demo_api_key"] == _KEY
    assert config_file.stat().st_mode & 0o777 == 0o600
    assert _config("get", "market.demo_api_key").out == "***\n"
    assert _KEY not in _config("show", "--json").out


def test_a_text_is_printed_as_it_is_and_all_else_as_toml() -> None:
    assert _config("get", "theme").out == "midnight\n"
    assert _config("get", "ui.private").out == "false\n"
    assert tomllib.loads(f"value = {_config('get', 'ui.columns').out}")["value"]
    assert _config("get", "keys.quit").out == "q\n"
    unset = _config("get", "aliases.bitcoin")
    assert (unset.status, unset.out) == (1, "")


def test_what_holds_already_is_no_failure_and_writes_nothing(config_file: Path, add_settings: AddSettings) -> None:
    add_settings(SETTINGS)
    assert _config("set", "currency", "usd").out == 'currency is "usd" already\n'
    assert _config("unset", "theme").status == 0
    assert config_file.read_text() == SETTINGS + "\n"


def test_a_file_that_is_read_only_is_a_failure(config_file: Path, add_settings: AddSettings) -> None:
    add_settings(SETTINGS)
    config_file.chmod(0o400)
    ended = _config("set", "currency", "eur", "--json")
    assert ended.status == 1
    assert ended.json["done"] is False
    assert "read-only" in ended.json["changes"][0]["message"]


def test_a_theme_is_taken_for_good(config_file: Path) -> None:
    assert run_inside("themes", "use", "fjord").out == "theme fjord\n"
    assert tomllib.loads(config_file.read_text())["theme"] == "fjord"
    wrong = run_inside("themes", "use", "fjrod")
    assert wrong.status == 2
    assert "did you mean fjord?" in wrong.err
