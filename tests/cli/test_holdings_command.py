"""``cointicker holdings``: what the screen of holdings does, from scripts."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cli.command_line import Stored, quote
from cli.inside import run_inside

LOTS = """\
# mine
[[lots]]
coin = "bitcoin" # cold
amount = 0.5
price = 30000
date = 2023-05-31

[[lots]]
coin = "ethereum"
amount = -2
"""


@pytest.fixture
def lots_file(config_file: Path) -> Path:
    """Where lots are written down; nothing is there yet."""
    return config_file.with_name("holdings.toml")


@pytest.fixture
def held(lots_file: Path) -> Path:
    """The file with two lots."""
    lots_file.parent.mkdir(parents=True, exist_ok=True)
    lots_file.write_text(LOTS, encoding="utf-8")
    lots_file.chmod(0o600)
    return lots_file


def _tables(file: Path) -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = tomllib.loads(file.read_text()).get("lots", [])
    return tables


def _holdings(*words: str) -> Any:
    return run_inside("--offline", "holdings", *words)


def test_a_purchase_and_a_sale_are_written_down_for_their_owner_alone(lots_file: Path) -> None:
    bought = _holdings(
        *("add", "btc", "0.5", "--price", "30,000", "--currency", "eur"),
        *("--date", "2023-05-31", "--fee", "12", "--note", "cold"),
    )
    assert (bought.status, bought.out, bought.err) == (0, "wrote a purchase of bitcoin down\n", "")
    assert _holdings("sell", "eth", "2").out == "wrote a sale of ethereum down\n"
    assert _tables(lots_file) == [
        {"coin": "bitcoin", "amount": 0.5, "price": 30000, "currency": "eur", "date": date(2023, 5, 31), "fee": 12,
         "note": "cold"},
        {"coin": "ethereum", "amount": -2, "currency": "usd"},
    ]  # fmt: skip
    assert lots_file.stat().st_mode & 0o777 == 0o600


def test_a_lot_is_changed_where_it_stands_and_an_empty_value_takes_away(held: Path) -> None:
    assert _holdings("edit", "1", "--price", "31000", "--date", "").status == 0
    text = held.read_text()
    assert text.startswith('# mine\n[[lots]]\ncoin = "bitcoin" # cold\namount = 0.5\nprice = 31000\n')
    assert "date" not in _tables(held)[0]
    assert _holdings("edit", "2", "--amount", "-3", "--coin", "sol").status == 0
    assert (_tables(held)[1]["coin"], _tables(held)[1]["amount"]) == ("solana", -3)


def test_the_currency_of_a_lot_is_not_that_of_all_prices(held: Path) -> None:
    assert _holdings("edit", "1", "--currency", "eur").status == 0
    assert _tables(held)[0]["currency"] == "eur"
    assert "currency" not in _tables(held)[1]


def test_lots_are_listed_with_numbers_and_ids_and_struck_out_by_either(held: Path) -> None:
    rows = _holdings("list", "--json").json["lots"]
    assert [(each["n"], each["coin"], each["side"], each["amount"]) for each in rows] == [
        (1, "bitcoin", "buy", 0.5),
        (2, "ethereum", "sell", 2),
    ]
    assert _holdings("remove", rows[0]["id"]).status == 0
    assert [each["coin"] for each in _tables(held)] == ["ethereum"]
    assert _holdings("remove", "1", "--json").json["done"] is True
    assert _tables(held) == []


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("add", "btc", "much"), 2, "amount is not a number: much"),
        (("add", "btc", "0"), 2, "amount must not be 0"),
        (("add", "btc", "1", "--price", "-5"), 2, "price must not be below 0"),
        (("add", "btc", "1", "--date", "yesterday"), 2, "date must be a day"),
        (("add", "btc", "1", "--currency", "eurr"), 2, "did you mean eur?"),
        (("add", "nosuchcoin", "1"), 1, "'nosuchcoin'"),
        (("edit", "1"), 2, "nothing to change"),
        (("edit", "1", "--amount", ""), 2, "without amount"),
        (("edit", "3", "--fee", "1"), 2, "there is no lot '3'; there are 2"),
        (("remove", "1", "9"), 2, "there is no lot '9'"),
        (("--demo", "add", "btc", "1"), 2, "--demo writes nothing"),
        (("--no-holdings", "list"), 2, "--no-holdings"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    held: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    ended = _holdings(*words)
    assert (ended.status, ended.out) == (status, "")
    assert said in ended.err
    assert held.read_text() == LOTS


def test_a_file_that_cannot_be_written_is_a_failure(held: Path) -> None:
    held.chmod(0o400)
    ended = _holdings("add", "btc", "1")
    assert ended.status == 1
    assert "read-only" in ended.err
    assert held.read_text() == LOTS


def test_the_value_is_that_of_stored_prices(held: Path, stored: Stored) -> None:
    stored.prices(1, quote("bitcoin", symbol="btc", price=40_000.0), quote("ethereum", price=2000.0))
    ended = _holdings("value", "--json")
    assert ended.status == 0
    (bitcoin, _) = ended.json["positions"]
    assert (bitcoin["amount"], bitcoin["value"], bitcoin["cost"], bitcoin["unrealised"]) == (0.5, 20000, 15000, 5000)
    assert ended.json["value"] == 20000
    assert any("sell more ethereum" in each for each in ended.json["problems"])
    assert "20,000.00 USD" in _holdings("value").out
    assert _holdings("value", "--csv").out.splitlines()[1].startswith("bitcoin,0.5,40000")


def test_nothing_held_asks_nobody_and_opens_no_other_file(config_file: Path) -> None:
    ended = run_inside("holdings", "value")
    assert (ended.status, ended.out) == (0, "nothing is held\n")
