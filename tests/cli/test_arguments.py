"""The command line: every order of options, and a helpful no to all else."""

from itertools import permutations
from pathlib import Path

import pytest

from cointicker.cli.arguments import parse
from cointicker.cli.forms.files import Config, Themes
from cointicker.cli.forms.reports import Doctor, Mining, News, Prices, Read
from cointicker.cli.forms.watch import Watch
from cointicker.cli.options import App, Options


def refuse(line: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What is said on stderr about a line that ends with status 2."""
    with pytest.raises(SystemExit) as ended:
        parse(line.split())
    assert ended.value.code == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


def test_no_command_means_the_screen() -> None:
    assert parse([]) == Options(App())
    assert parse(["--demo"]) == Options(App(), demo=True)


def test_global_options_stand_in_any_place() -> None:
    expected = Options(Prices(("btc",), json=True), offline=True, currency="eur", watchlist="Mine")
    for order in permutations(("prices btc", "--json", "--offline", "--currency EUR", "--list=Mine")):
        if order.index("--json") > order.index("prices btc"):
            assert parse(" ".join(order).split()) == expected


def test_coins_may_stand_between_options() -> None:
    options = parse(["prices", "btc", "--json", "eth", "--refresh", "sol"])
    assert options.command == Prices(("btc", "eth", "sol"), json=True, refresh=True)


def test_commas_may_stand_between_coins_and_nowhere_else() -> None:
    assert parse(["prices", "btc,eth", "sol,"]).command == Prices(("btc", "eth", "sol"))
    assert parse(["watch", "add", "btc, eth"]).command == Watch("add", ("btc", "eth"))
    assert parse(["watch", "new", "Mine, yours"]).command == Watch("new", ("Mine, yours",))


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("prices", Prices()),
        ("prices --csv", Prices(csv=True)),
        ("news", News()),
        ("news --category Mining --coin btc --search fees --unread --limit 5 --json --refresh",
         News("Mining", "btc", "fees", unread=True, limit=5, json=True, refresh=True)),
        ("read abcd --width 60 --json", Read("abcd", width=60, json=True)),
        ("mining --json --refresh", Mining(json=True, refresh=True)),
        ("doctor --json", Doctor(json=True)),
        ("themes list", Themes("list")),
        ("themes show fjord", Themes("show", "fjord")),
        ("themes check a.toml", Themes("check", "a.toml")),
        ("config path", Config("path")),
        ("config init", Config("init")),
    ],
)  # fmt: skip
def test_every_command_is_understood(line: str, command: object) -> None:
    assert parse(line.split()).command == command


def test_paths_are_taken_as_they_are_typed() -> None:
    options = parse(["--config", "a.toml", "prices", "--data-dir", "b"])
    assert (options.config, options.data_dir) == (Path("a.toml"), Path("b"))


def test_what_is_typed_reaches_the_terminal_without_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    for line in ("--\x1b[31mx", "\x1b]0;title\x07", "prices \u202e --\x9b31m"):
        said = refuse(line, capsys)
        assert "\x1b" not in said
        assert "\x9b" not in said


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("pricse", ("pricse", "did you mean prices?")),
        ("themes shw", ("shw", "did you mean show?")),
        ("config chek", ("chek", "did you mean check?")),
        ("prices --jsn", ("--jsn", "did you mean --json?")),
        ("--ofline prices", ("--ofline", "did you mean --offline?")),
        ("news --categry=Mining", ("--categry;", "did you mean --category?")),
        ("news --limit 0", ("--limit", "whole number from 1")),
        ("news --limit ten", ("--limit", "'ten'")),
        ("read", ("URL-or-ID",)),
        ("read a b", ("'b'",)),
        ("themes", ("ACTION",)),
        ("themes show", ("themes show: needs NAME",)),
        ("themes list fjord", ("'fjord'",)),
        ("prices --json --csv", ("--json", "--csv")),
        ("--config", ("--config",)),
        ("--config= prices", ("--config: is empty",)),
        ("line --data-dir=", ("--data-dir: is empty",)),
        ("completion tcsh", ("no completion 'tcsh'", "bash, zsh, fish")),
        ("lnie", ("'lnie'", "line")),
        ("wacht list", ("'wacht'", "did you mean watch?")),
        ("watch lsit", ("'lsit'", "did you mean list?")),
        ("watch move btc", ("move: needs COIN N",)),
        ("watch delete one two", ("'two' is one word too many",)),
        ("watch add btc --csv", ("no option --csv",)),
    ],
)
def test_what_cannot_be_meant_is_named_with_the_nearest(
    line: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    said = refuse(line, capsys)
    assert all(word in said for word in words), said
    assert "--help" in said


def test_no_option_may_be_shortened(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--off" in refuse("prices --off", capsys)


@pytest.mark.parametrize("line", ["--help", "-h", "prices --help", "--help news", "doctor -h", "--demo themes --help"])
def test_help_names_the_global_options(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(line.split())
    assert ended.value.code == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    for option in ("--config", "--data-dir", "--theme", "--currency", "--offline", "--demo", "--list"):
        assert option in captured.out
