"""CoinGecko's lists, its search and the whole market, over a real socket and out of recordings."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.directory import Listing
from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.market import GlobalMarket
from cointicker.domain.words import SafeText
from cointicker.sources.coingecko_lists import parse_directory, parse_global, parse_search, parse_trending
from cointicker.sources.http import Response
from cointicker.text.safe import clean
from sources.coingecko_world import NOW, row, rows, told, world
from sources.raw_server import answer


def response() -> Response:
    return Response(200, "http://127.0.0.1/", {}, b"", received_at=NOW)


def sent(document: object) -> bytes:
    return answer(json.dumps(document).encode(), content_type="application/json")


async def test_the_page_of_the_largest_is_one_call_in_the_sources_order() -> None:
    async with world(rows(row("bitcoin"), row("ethereum"))) as running:
        assert [quote.coin_id for quote in told(await running.source.page("usd"))] == ["bitcoin", "ethereum"]
        query = running.queries()[0]
        assert (query["order"], query["per_page"], query["include_rehypothecated"]) == (
            ["market_cap_desc"], ["250"], ["false"],
        )  # fmt: skip
        assert not query.keys() & {"ids", "symbols", "category"}


async def test_a_category_is_asked_for_by_its_id_and_an_unknown_one_is_said() -> None:
    async with world(rows(row("bitcoin"))) as running:
        told(await running.source.page("usd", "layer-1"))
        assert running.queries()[0]["category"] == ["layer-1"]
        running.server.answers[""] = answer(b'{"error":"category not found"}', "404 Not Found")
        outcome = await running.source.page("usd", "nothing")
        assert isinstance(outcome, Failed)
        assert (outcome.why, outcome.cause) == ("CoinGecko does not know this category", Cause.MISSING)


async def test_the_directory_holds_safe_names_of_usable_ids() -> None:
    listed = [
        {"id": "tether", "symbol": "usdt", "name": "Tether"},
        {"id": "hostile", "symbol": "usdt[hts]", "name": "\u200b\u200bStable\x1b[2J \u202eevil"},
        {"id": "tether", "symbol": "again", "name": "Again"},
        {"id": "nameless", "symbol": "", "name": None},
        {"id": "two words"}, {"id": ""}, {"id": 5}, None, "x",
    ]  # fmt: skip
    async with world(sent(listed)) as running:
        assert await running.source.coins() == (
            Listing("tether", SafeText("USDT"), SafeText("Tether")),
            Listing("hostile", SafeText("USDT[HTS]"), SafeText("Stable evil")),
            Listing("nameless", SafeText("NAMELESS"), SafeText("nameless")),
        )
        assert running.server.asked[0].target.rstrip("?") == "/api/v3/coins/list"


async def test_a_directory_beyond_all_measure_is_refused() -> None:
    async with world(answer(b"[" + b" " * 8_100_000 + b"]")) as running:
        outcome = await running.source.coins()
        assert isinstance(outcome, Failed)
        assert outcome.cause is Cause.TOO_LARGE


async def test_a_search_asks_for_the_words_and_keeps_the_order() -> None:
    found = {"coins": [{"id": "b", "symbol": "BB", "name": "B", "market_cap_rank": 9}, {"id": "a", "symbol": "AA"}]}
    async with world(sent(found)) as running:
        assert await running.source.search("usd coin & more") == (
            Listing("b", SafeText("BB"), SafeText("B"), 9), Listing("a", SafeText("AA"), SafeText("a")),
        )  # fmt: skip
        assert running.queries() == [{"query": ["usd coin & more"]}]
        assert running.calls == 1


async def test_what_is_trending_keeps_its_order() -> None:
    found = {"coins": [{"item": {"id": "b"}}, {"item": None}, {}, {"item": {"id": "a"}}, {"item": {"id": "b"}}]}
    async with world(sent(found)) as running:
        assert await running.source.trending() == ("b", "a")


async def test_the_whole_market_is_told_in_the_currency_asked_for() -> None:
    facts = {
        "active_cryptocurrencies": 17111, "total_market_cap": {"usd": 2.5e12, "eur": 2.3e12},
        "total_volume": {"usd": 9e10}, "market_cap_percentage": {"btc": 60.7, "eth": 140},
        "market_cap_change_percentage_24h_usd": -9.999,
    }  # fmt: skip
    async with world(sent({"data": facts})) as running:
        assert await running.source.global_market("eur") == GlobalMarket(
            NOW, 2.3e12, -9.999, None, 60.7, None, 17111, "eur"
        )
        assert running.server.asked[0].target.rstrip("?") == "/api/v3/global"


@pytest.mark.parametrize("document", [None, [], {}, {"data": []}, {"coins": {}}, "x"])
def test_what_is_not_what_was_asked_for_is_said(document: object) -> None:
    outcomes = (
        parse_directory(document, response()), parse_search(document, response()),
        parse_trending(document, response()), parse_global("usd", document, response()),
    )  # fmt: skip
    assert all(isinstance(each, Failed) and each.cause is Cause.BROKEN for each in outcomes)


junk = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["id", "symbol", "name", "market_cap_rank", "item", "coins", "data", "total_volume", "usd"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=25,
)


@given(junk)
def test_no_document_does_more_than_be_refused(document: Any) -> None:
    for outcome in (parse_directory(document, response()), parse_search(document, response())):
        for each in outcome if isinstance(outcome, tuple) else ():
            assert each.coin_id
            assert (clean(each.symbol, 400), clean(each.name, 400)) == (each.symbol, each.name)
    parse_trending(document, response())
    parse_global("usd", document, response())


async def test_the_recorded_directory_is_read_whole(corpus: Path) -> None:
    body = (corpus / "coingecko" / "coins_list_2025-08-03.json").read_bytes()
    async with world(answer(body)) as running:
        listings = await running.source.coins()
    assert isinstance(listings, tuple)
    recorded = [each["id"] for each in json.loads(body)]
    assert [each.coin_id for each in listings] == [coin_id for coin_id in recorded if " " not in coin_id]
    assert len(listings) >= len(recorded) - 1  # one has a space in its id, which no list of ids can hold


@pytest.mark.parametrize(
    ("name", "parse"),
    [
        ("search_eth_docsample.json", parse_search), ("search_punks_2023.json", parse_search),
        ("search_sol_2026_trimmed.json", parse_search), ("search_trending_2021-05-18.json", parse_trending),
        ("search_trending_2024.json", parse_trending), ("search_trending_2026-03-20.json", parse_trending),
    ],
)  # fmt: skip
def test_recorded_searches_are_read_whole(corpus: Path, name: str, parse: Any) -> None:
    recorded = json.loads((corpus / "coingecko" / name).read_text("utf-8"))
    found = parse(recorded, response())
    ids = [each.get("item", each)["id"] for each in recorded["coins"]]
    assert [getattr(each, "coin_id", each) for each in found] == ids


@pytest.mark.parametrize("name", ["global_2021-05-18.json", "global_2025.json"])
def test_the_recorded_market_is_read_whole(corpus: Path, name: str) -> None:
    recorded = json.loads((corpus / "coingecko" / name).read_text("utf-8"))
    state = parse_global("eur", recorded, response())
    facts = recorded["data"]
    assert isinstance(state, GlobalMarket)
    assert (state.market_cap, state.volume) == (facts["total_market_cap"]["eur"], facts["total_volume"]["eur"])
    assert state.bitcoin_share == facts["market_cap_percentage"]["btc"]
    assert state.cap_change_24h == facts["market_cap_change_percentage_24h_usd"]
    assert state.coins == facts["active_cryptocurrencies"]
