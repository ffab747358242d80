"""``cointicker watch``: lists are shown and changed, in words and exit statuses that say what came of it."""

import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.command_line import Stored, command, environment, quote, run
from cointicker.domain.market import DEFAULT_WATCHLIST

AddSettings = Callable[[str], None]

LISTS = """\
# mine
[watchlists]
Majors = ["bitcoin", "ethereum", "solana"] # three
Mine = ["kaspa"]

[unknown]
setting = 1
"""


def _watch(*words: str) -> Any:
    return run("--offline", *words)


def _lists(config_file: Path) -> dict[str, Any]:
    lists: dict[str, Any] = tomllib.loads(config_file.read_text())["watchlists"]
    return lists


def test_list_shows_the_lists_and_which_is_in_use(add_settings: AddSettings) -> None:
    add_settings(LISTS)
    ended = _watch("watch", "list", "--list", "Mine")
    assert ended.status == 0
    assert ended.out.splitlines() == ["  Majors  BTC ETH SOL", "* Mine  KAS"]


def test_list_as_json(add_settings: AddSettings, stored: Stored) -> None:
    stored.prices(1, quote("bitcoin", symbol="btc"))
    add_settings(LISTS + '[aliases]\nbitcoin = "corn"\n[sort]\nMajors = "-24h"\n')
    lists = _watch("watch", "list", "--json").json["lists"]
    assert [(each["name"], each["in_use"], each["rule"], each["sort"]) for each in lists] == [
        ("Majors", True, None, "-24h"),
        ("Mine", False, None, None),
    ]
    assert lists[0]["coins"][0] == {"id": "bitcoin", "symbol": "BTC", "name": "Bitcoin", "alias": "corn"}
    assert lists[1]["coins"] == [{"id": "kaspa", "symbol": None, "name": None, "alias": None}]


def test_each_change_is_in_the_file_and_said(config_file: Path, add_settings: AddSettings) -> None:
    add_settings(LISTS)
    for words, said, lists in (
        (("add", "xmr", "TRX"), "XMR, TRX added to Majors (monero, tron)",
         {"Majors": ["bitcoin", "ethereum", "solana", "monero", "tron"], "Mine": ["kaspa"]}),
        (("remove", "btc", "ethereum"), "BTC removed from Majors\nETH removed from Majors",
         {"Majors": ["solana", "monero", "tron"], "Mine": ["kaspa"]}),
        (("move", "trx", "1"), "TRX moved to place 1", {"Majors": ["tron", "solana", "monero"], "Mine": ["kaspa"]}),
        (("send", "sol", "Mine"), "SOL moved to Mine", {"Majors": ["tron", "monero"], "Mine": ["kaspa", "solana"]}),
        (("new", "Top", "top", "50"), "new list Top: top 50",
         {"Majors": ["tron", "monero"], "Mine": ["kaspa", "solana"], "Top": "top 50"}),
        (("rename", "Mine", "My own"), "Mine is now called My own",
         {"Majors": ["tron", "monero"], "My own": ["kaspa", "solana"], "Top": "top 50"}),
        (("delete", "Majors"), "list Majors deleted", {"My own": ["kaspa", "solana"], "Top": "top 50"}),
    ):  # fmt: skip
        ended = _watch("watch", *words)
        assert (ended.status, ended.out) == (0, f"{said}\n")
        assert [line.rpartition(": ")[2] for line in ended.err.splitlines()] == ["unknown is not a section"]
        assert _lists(config_file) == lists
    text = config_file.read_text()
    assert text.startswith("# mine\n[watchlists]\n")
    assert "[unknown]\nsetting = 1\n" in text


def test_an_alias_is_shown_and_means_the_coin_from_then_on(config_file: Path, add_settings: AddSettings) -> None:
    add_settings(LISTS)
    assert _watch("watch", "alias", "btc", "corn").out == "bitcoin is shown as corn\n"
    assert _watch("watch", "list").out.startswith("* Majors  corn ETH SOL\n")
    assert _watch("watch", "remove", "corn").status == 0
    assert _lists(config_file)["Majors"] == ["ethereum", "solana"]
    assert _watch("watch", "alias", "bitcoin").out == "bitcoin is shown by its symbol\n"
    assert tomllib.loads(config_file.read_text())["aliases"] == {}


def test_without_a_file_one_is_made_for_its_owner_alone(config_file: Path) -> None:
    assert _watch("watch", "add", "kaspa").status == 0
    assert _lists(config_file) == {"Majors": [*DEFAULT_WATCHLIST, "kaspa"]}
    assert config_file.stat().st_mode & 0o777 == 0o600


def test_the_list_of_the_global_option_is_the_one_that_changes(config_file: Path, add_settings: AddSettings) -> None:
    add_settings(LISTS)
    assert _watch("--list", "Mine", "watch", "add", "btc").out == "BTC added to Mine (bitcoin)\n"
    assert _lists(config_file)["Mine"] == ["kaspa", "bitcoin"]


def test_a_coin_that_is_there_already_is_said_and_no_failure(config_file: Path, add_settings: AddSettings) -> None:
    add_settings(LISTS)
    ended = _watch("watch", "add", "btc")
    assert (ended.status, ended.out) == (0, "BTC is in Majors already (bitcoin)\n")
    assert config_file.read_text() == LISTS + "\n"


def test_a_shared_symbol_means_the_highest_ranked_and_says_which(add_settings: AddSettings, stored: Stored) -> None:
    add_settings(LISTS)
    stored.prices(1, quote("second-coin", 900, "twin"), quote("first-coin", 40, "twin"))
    ended = _watch("watch", "add", "twin")
    assert ended.status == 0
    assert ended.out == "TWIN added to Majors (first-coin)\n"
    assert "twin is first-coin (rank 40); 1 more coin is called twin" in ended.err


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("add", "nosuchcoin"), 1, "'nosuchcoin'"),
        (("remove", "tron"), 2, "tron is not in Majors"),
        (("move", "btc", "0"), 2, "'0' is not a place"),
        (("send", "btc", "Mien"), 2, "did you mean Mine?"),
        (("new", "Mine"), 2, "there is a list Mine already"),
        (("new", "Top", "top", "0"), 2, "'top 0' is no rule"),
        (("rename", "Mien", "Other"), 2, "there is no list Mien"),
        (("delete", "Mien"), 2, "there is no list Mien"),
        (("alias", "btc", "a name that is too long"), 2, "must be a short text"),
        (("--demo", "add", "btc"), 2, "--demo writes nothing"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    config_file: Path, add_settings: AddSettings, words: tuple[str, ...], status: int, said: str
) -> None:
    add_settings(LISTS)
    ended = _watch("watch", *words)
    assert ended.status == status
    assert said in ended.err
    assert ended.out == ""
    assert config_file.read_text() == LISTS + "\n"


def test_what_is_known_of_several_coins_is_added_and_the_rest_is_a_failure(
    config_file: Path, add_settings: AddSettings
) -> None:
    add_settings(LISTS)
    ended = _watch("watch", "add", "nosuchcoin", "xmr")
    assert ended.status == 1
    assert _lists(config_file)["Majors"][-1] == "monero"


def test_a_file_that_cannot_be_written_or_read_is_not_touched(config_file: Path, add_settings: AddSettings) -> None:
    add_settings(LISTS)
    config_file.chmod(0o400)
    ended = _watch("watch", "add", "xmr")
    assert ended.status == 1
    assert "config.toml is read-only" in ended.err
    assert config_file.read_text() == LISTS + "\n"
    config_file.chmod(0o600)
    config_file.write_text("broken = \n")
    assert _watch("watch", "add", "xmr").status == 2
    assert config_file.read_text() == "broken = \n"


def test_commands_at_the_same_time_lose_nothing(config_file: Path, add_settings: AddSettings) -> None:
    add_settings(LISTS)
    coins = ("monero", "tron", "dogecoin", "litecoin")
    running = [
        subprocess.Popen(
            command("--offline", "watch", "add", coin),
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for coin in coins
    ]
    assert [each.wait(60) for each in running] == [0] * 4
    assert sorted(_lists(config_file)["Majors"][3:]) == sorted(coins)
