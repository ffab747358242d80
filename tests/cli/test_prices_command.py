"""``cointicker prices``, run as a person runs it."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from cli.command_line import Stored, quote
from cli.inside import run_inside as run
from cointicker.domain.market import DEFAULT_WATCHLIST
from upstream.server import Upstream

_MARKET = "/api/v3/*"
_KEYS = {"state", "reason", "as_of", "currency", "source", "quotes"}
_QUOTE_KEYS = set(
    "id symbol name price change_1h change_24h change_7d market_cap volume_24h rank updated_at state".split()  # noqa: SIM905
)


def moment(text: str) -> datetime:
    assert text.endswith("Z")
    return datetime.fromisoformat(text)


def test_the_watchlist_is_fetched_and_answered_in_json(world: Upstream) -> None:
    ended = run("prices", "--json")
    assert (ended.status, ended.err) == (0, "")
    document = ended.json
    assert set(document) >= _KEYS
    assert (document["state"], document["reason"], document["currency"]) == ("fresh", None, "usd")
    assert document["source"] == "CoinGecko"
    assert moment(document["as_of"]).timestamp() == pytest.approx(datetime.now().timestamp(), abs=60)  # noqa: DTZ005
    assert tuple(each["id"] for each in document["quotes"]) == DEFAULT_WATCHLIST
    for each in document["quotes"]:
        assert set(each) >= _QUOTE_KEYS
        assert each["price"] > 0
        assert each["state"] == "fresh"
        moment(each["updated_at"])


def test_what_is_new_enough_is_not_fetched_again(world: Upstream) -> None:
    run("prices")
    asked = len(world.asked(_MARKET))
    assert asked == 1
    assert run("prices", "--json").json["state"] == "fresh"
    assert len(world.asked(_MARKET)) == asked
    assert run("prices", "--refresh").status == 0
    assert len(world.asked(_MARKET)) == asked + 1


def test_old_prices_are_renewed(world: Upstream, stored: Stored) -> None:
    stored.prices(3600)
    ended = run("prices", "bitcoin", "--json")
    assert (ended.status, ended.json["state"]) == (0, "fresh")
    assert ended.json["quotes"][0]["price"] != 100.0


@pytest.mark.parametrize("fault", ["500", "close", "garbage", "html_200", "gzip_truncated"])
def test_old_prices_stand_in_for_a_source_that_fails(world: Upstream, stored: Stored, fault: str) -> None:
    stored.prices(3600)
    world.fail(_MARKET, fault)
    ended = run("prices", "--json")
    assert (ended.status, ended.json["state"]) == (3, "stale")
    assert ended.json["reason"]
    assert ended.json["reason"] in ended.err
    assert {each["state"] for each in ended.json["quotes"]} == {"stale"}
    assert moment(ended.json["as_of"]).timestamp() < datetime.now().timestamp() - 3000  # noqa: DTZ005


def test_nothing_to_show_is_a_failure_with_a_reason(world: Upstream) -> None:
    world.fail(_MARKET, "500")
    ended = run("prices", "--json")
    assert (ended.status, ended.json["state"], ended.json["quotes"]) == (1, "failed", [])
    assert ended.json["as_of"] is None
    assert ended.json["reason"] in ended.err


def test_offline_asks_nobody(world: Upstream, stored: Stored) -> None:
    empty = run("prices", "--offline", "--refresh", "--json")
    assert (empty.status, empty.json["state"]) == (1, "failed")
    assert "--offline" in empty.json["reason"]
    stored.prices(20)
    young = run("--offline", "prices", "--json")
    assert (young.status, young.json["state"]) == (0, "fresh")
    assert world.requests == []


def test_offline_prices_are_stale_when_they_are_old(stored: Stored) -> None:
    stored.prices(3600)
    ended = run("prices", "--offline", "--json")
    assert (ended.status, ended.json["state"]) == (3, "stale")
    assert "--offline" in ended.json["reason"]


def test_an_unknown_coin_is_named_and_the_others_are_printed(world: Upstream) -> None:
    ended = run("prices", "btc", "bitconi", "--json")
    assert ended.status == 0
    assert [each["id"] for each in ended.json["quotes"]] == ["bitcoin"]
    assert "bitconi" in ended.err
    assert "did you mean bitcoin?" in ended.err


def test_only_unknown_coins_are_a_failure(world: Upstream) -> None:
    ended = run("prices", "no-such-coin", "--json")
    assert ended.status == 1
    assert (ended.json["state"], ended.json["quotes"]) == ("failed", [])
    assert "no-such-coin" in ended.err


def test_a_coin_that_is_not_watched_is_fetched(world: Upstream) -> None:
    first = run("prices", "pepe", "--json")
    assert [each["symbol"] for each in first.json["quotes"]] == ["PEPE"]
    asked = len(world.asked(_MARKET))
    assert run("prices", "PEPE").status == 0
    assert len(world.asked(_MARKET)) == asked


def test_a_coin_that_was_just_put_on_the_watchlist_is_fetched_when_it_is_named(
    world: Upstream, add_settings: Callable[[str], None]
) -> None:
    run("prices")
    add_settings('watchlists = { Mine = ["bitcoin", "pepe"] }')
    ended = run("prices", "pepe", "--json")
    assert [each["id"] for each in ended.json["quotes"]] == ["pepe"]


def test_a_source_that_fails_is_not_asked_again_at_once(world: Upstream) -> None:
    world.fail(_MARKET, "503")
    first = run("prices", "pepe", "--json")
    asked = len(world.asked(_MARKET))
    second = run("prices", "pepe", "--json")
    assert (first.status, second.status) == (1, 1)
    assert len(world.asked(_MARKET)) == asked
    assert "next try" in second.err


def test_a_shared_symbol_means_the_highest_ranked_and_says_so(stored: Stored) -> None:
    stored.prices(5, quote("gem-two", 900, "GEM"), quote("gem-one", 40, "GEM"), quote("gem-three", None, "GEM"))
    ended = run("prices", "gem", "--offline", "--json")
    assert [each["id"] for each in ended.json["quotes"]] == ["gem-one"]
    assert "gem is gem-one (rank 40); 2 more coins are called gem" in ended.err


def test_csv_is_what_spreadsheets_read(world: Upstream) -> None:
    ended = run("prices", "btc", "eth", "--csv")
    rows = list(csv.DictReader(io.StringIO(ended.out, newline="")))
    assert [row["id"] for row in rows] == ["bitcoin", "ethereum"]
    assert set(rows[0]) >= _QUOTE_KEYS
    assert float(rows[0]["price"]) > 0
    assert "\x1b" not in ended.out


@pytest.mark.parametrize("fault", ["poison", "hostile", "missing_coins", "shuffle", "extra_coins"])
def test_poison_stays_outside(world: Upstream, fault: str) -> None:
    world.fail(_MARKET, fault)
    document = run("prices", "--json").json
    assert all(each["price"] is None or each["price"] > 0 for each in document["quotes"])
    ids = [each["id"] for each in document["quotes"]]
    assert ids == [coin for coin in DEFAULT_WATCHLIST if coin in ids]
    shown = run("prices").out
    assert not [sign for sign in shown if unicodedata.category(sign) in {"Cc", "Cf", "Cs"} and sign != "\n"]


def test_columns_stand_under_each_other(world: Upstream) -> None:
    ended = run("prices")
    header, *rows, footer = ended.out.splitlines()
    assert "price USD" in header
    ends = {row.index("%", row.index(".")) for row in rows if "%" in row}
    assert len(rows) == len(DEFAULT_WATCHLIST)
    assert len(ends) == 1
    assert "Data provided by CoinGecko" in footer
    assert re.search(r"as of \d\d:\d\d \(\d+s ago\)", footer)
    assert "\x1b" not in ended.out


def test_another_currency_is_asked_for(world: Upstream) -> None:
    document = run("prices", "--currency", "EUR", "--json").json
    assert document["currency"] == "eur"
    assert "vs_currency=eur" in world.asked(_MARKET)[0].target


def test_a_watchlist_is_chosen_by_its_name(world: Upstream, add_settings: Callable[[str], None]) -> None:
    add_settings('watchlists = { Mine = ["dogecoin", "solana"], Other = ["bitcoin"] }')
    assert [each["id"] for each in run("prices", "--json").json["quotes"]] == ["dogecoin", "solana"]
    assert [each["id"] for each in run("--list", "Other", "prices", "--json").json["quotes"]] == ["bitcoin"]
    both = run("prices", "eth", "--list", "Mine", "--json").json["quotes"]
    assert [each["id"] for each in both] == ["dogecoin", "solana", "ethereum"]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--list", "majors"), "Majors"),
        (("--currency", "used"), "did you mean usd?"),
        (("--theme", "midnite"), "did you mean midnight?"),
    ],
)
def test_names_that_there_are_not_end_with_2(words: tuple[str, ...], hint: str) -> None:
    ended = run("prices", *words, "--offline")
    assert (ended.status, ended.out) == (2, "")
    assert words[1] in ended.err
    assert hint in ended.err


def test_the_demo_writes_nothing_and_says_what_it_is(home: Path) -> None:
    ended = run("prices", "btc", "--demo", "--json")
    assert (ended.status, ended.json["source"]) == (0, "Demo")
    assert "DEMO" in ended.err
    assert list(home.iterdir()) == []
