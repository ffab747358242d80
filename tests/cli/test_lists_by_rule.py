"""``cointicker prices`` of a list that a rule fills, run as a person runs it."""

from collections.abc import Callable

import pytest

from cli.inside import run_inside as run
from cointicker.sources.demo_coins import CATEGORIES
from upstream.server import Upstream

_MARKET = "/api/v3/*"


@pytest.fixture
def _lists(world: Upstream, add_settings: Callable[[str], None]) -> None:
    add_settings('[watchlists]\nBig = "top 3"\nUp = "gainers"\nMemes = "category:meme-token"\n')


@pytest.mark.usefixtures("_lists")
def test_the_largest_are_found_and_priced(world: Upstream) -> None:
    ended = run("prices", "--list", "Big", "--json")
    assert (ended.status, ended.err) == (0, ""), ended.out
    assert [each["rank"] for each in ended.json["quotes"]] == [1, 2, 3]
    asked = len(world.asked(_MARKET))
    assert run("prices", "--list", "Big", "--json").json["quotes"] == ended.json["quotes"]
    assert len(world.asked(_MARKET)) == asked


@pytest.mark.usefixtures("_lists")
def test_gainers_rose_the_most_first() -> None:
    changes = [each["change_24h"] for each in run("prices", "--list", "Up", "--json").json["quotes"]]
    assert changes
    assert min(changes) > 0


@pytest.mark.usefixtures("_lists")
def test_a_category_holds_its_coins() -> None:
    ended = run("prices", "--list", "Memes", "--json")
    assert {each["id"] for each in ended.json["quotes"]} == CATEGORIES["meme-token"]


@pytest.mark.usefixtures("_lists")
def test_coins_that_cannot_be_found_are_said_and_why(world: Upstream) -> None:
    world.fail(_MARKET, "500")
    ended = run("prices", "--list", "Big", "--json")
    assert ended.status == 1
    assert "the coins of Big (top 3) are not known" in ended.err
    offline = run("prices", "--list", "Big", "--json", "--offline")
    assert "--offline" in offline.err


def test_in_the_demo_a_list_by_rule_is_full(add_settings: Callable[[str], None]) -> None:
    add_settings('[watchlists]\nBig = "top 7"\n')
    ended = run("prices", "--demo", "--json")
    assert [each["rank"] for each in ended.json["quotes"]] == list(range(1, 8))
