"""A coin's own links: one small call, vetted, without what pads CoinGecko's lists."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.links import CoinLink, LinkKind
from cointicker.sources.coingecko_links import parse_links
from cointicker.sources.http import Response
from cointicker.text.safe import vet_url
from sources.coingecko_world import NOW, world
from sources.raw_server import answer

FLAGS = ("localization", "tickers", "market_data", "community_data", "developer_data", "sparkline")


def response() -> Response:
    return Response(200, "https://gecko.example/", {}, b"", received_at=NOW)


def links_of(**links: Any) -> list[tuple[LinkKind, str]]:
    found = parse_links({"id": "coin", "links": links}, response())
    assert isinstance(found, tuple)
    return [(link.kind, link.url) for link in found]


async def test_one_call_asks_for_nothing_but_the_coin() -> None:
    coin = {"id": "a coin", "links": {"homepage": ["https://coin.example/", "", None]}}
    async with world(answer(json.dumps(coin).encode())) as running:
        assert await running.source.links("a coin") == (CoinLink(LinkKind.HOME, "https://coin.example/"),)
        target, _, _ = running.server.asked[0].target.partition("?")
        assert target == "/api/v3/coins/a%20coin"
        assert running.queries() == [{flag: ["false"] for flag in FLAGS}]
        assert running.calls == 1


async def test_an_id_that_would_be_a_step_in_the_path_is_not_asked_for() -> None:
    async with world(answer(b"{}")) as running:
        outcome = await running.source.links("..")
        assert isinstance(outcome, Failed)
        assert outcome.cause is Cause.MISSING
        assert running.calls == 0


def test_every_kind_is_found_in_the_order_of_the_kinds() -> None:
    assert links_of(
        subreddit_url="https://www.reddit.com/r/coin/",
        twitter_screen_name="coin_1",
        repos_url={"github": ["https://github.com/coin/coin"], "bitbucket": ["https://bitbucket.org/coin/"]},
        blockchain_site=["https://explorer.example/", ""],
        homepage=["http://coin.example"],
    ) == [
        (LinkKind.HOME, "http://coin.example"),
        (LinkKind.EXPLORER, "https://explorer.example/"),
        (LinkKind.CODE, "https://github.com/coin/coin"),
        (LinkKind.CODE, "https://bitbucket.org/coin/"),
        (LinkKind.X, "https://x.com/coin_1"),
        (LinkKind.REDDIT, "https://www.reddit.com/r/coin/"),
    ]


def test_three_of_a_kind_are_enough_and_none_is_told_twice() -> None:
    explorers = [f"https://explorer{number}.example/" for number in range(9)]
    found = links_of(homepage=[explorers[0]] * 2, blockchain_site=explorers)
    assert [url for _, url in found] == explorers[:4]


@pytest.mark.parametrize(
    "address", ["https://www.reddit.com", "https://www.reddit.com/", "https://reddit.com/r/", "", 5]
)
def test_reddit_itself_is_no_board_of_the_coin(address: object) -> None:
    assert links_of(subreddit_url=address) == []


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "https://a@coin.example/", "coin.example", "https://x y/"]
)
def test_what_may_not_be_opened_is_left_out(address: str) -> None:
    assert links_of(homepage=[address], repos_url={"github": [address]}, subreddit_url=address) == []
    assert links_of(twitter_screen_name=f"../{address}") == []


@pytest.mark.parametrize("document", [None, [], "x", {}, {"id": 5}, {"error": "coin not found"}])
def test_what_is_no_coin_is_said(document: object) -> None:
    outcome = parse_links(document, response())
    assert isinstance(outcome, Failed)
    assert outcome.cause is Cause.BROKEN


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_NAMES = ("homepage", "blockchain_site", "repos_url", "github", "twitter_screen_name", "subreddit_url")


@given(links=_JSON | st.dictionaries(st.sampled_from(_NAMES), _JSON))
def test_whatever_stands_there_only_addresses_that_may_be_opened_come_out(links: object) -> None:
    found = parse_links({"id": "coin", "links": links}, response())
    assert isinstance(found, tuple)
    assert all(link.url == vet_url(link.url) != "" for link in found)
    assert len({link.url for link in found}) == len(found)


@pytest.mark.parametrize(
    "name",
    ["coins_id_bitcoin_2021-05-15", "coins_id_bitcoin_2023-10-07", "coins_id_bitcoin_nomarket_2024-05-30"],
)
def test_recorded_coins_have_one_link_of_each_kind_at_least(corpus: Path, name: str) -> None:
    recorded = json.loads((corpus / "coingecko" / f"{name}.json").read_text("utf-8"))
    found = parse_links(recorded, response())
    assert isinstance(found, tuple)
    assert {link.kind for link in found} == set(LinkKind)
    assert "" not in {link.url for link in found}
