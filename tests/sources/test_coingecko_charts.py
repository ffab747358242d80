"""CoinGecko's charts, over a real socket and out of recordings."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.charts import Candle, ChartPoint, Span
from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.market import PRICE_CEILING
from cointicker.sources.coingecko_charts import parse_candles, parse_chart
from cointicker.sources.http import Response
from sources.coingecko_world import KEY, NOW, world
from sources.raw_server import answer

MS = NOW * 1000


def response(**headers: str) -> Response:
    return Response(200, "http://127.0.0.1/", headers, b"", received_at=NOW)


def sent(document: object) -> bytes:
    return answer(json.dumps(document).encode(), content_type="application/json")


@pytest.mark.parametrize(
    ("span", "days"),
    [
        (Span.DAY, "1"),
        (Span.WEEK, "7"),
        (Span.MONTH, "30"),
        (Span.QUARTER, "90"),
        (Span.YEAR, "365"),
        (Span.MAX, "365"),
    ],
)
async def test_a_span_asks_for_its_days_and_the_longest_for_a_year(span: Span, days: str) -> None:
    async with world(sent({"prices": [[MS - 5000, 1.5]], "total_volumes": [[MS - 5000, 7]]})) as running:
        assert await running.source.chart("bitcoin", "eur", span) == (ChartPoint(NOW - 5, 1.5, 7.0),)
        assert running.server.asked[0].target.partition("?")[0] == "/api/v3/coins/bitcoin/market_chart"
        assert running.queries() == [{"vs_currency": ["eur"], "days": [days], "precision": ["full"]}]
        assert running.calls == 1


async def test_candles_carry_the_time_of_their_end() -> None:
    async with world(sent([[MS - 2000, 1, 4, 0.5, 2], [MS - 1000, 2, 3, 2, 3]])) as running:
        assert await running.source.candles("bitcoin", "usd", Span.QUARTER) == (
            Candle(NOW - 2, 1, 4, 0.5, 2), Candle(NOW - 1, 2, 3, 2, 3),
        )  # fmt: skip
        assert running.server.asked[0].target.partition("?")[0] == "/api/v3/coins/bitcoin/ohlc"
        assert running.queries()[0]["days"] == ["90"]


async def test_an_id_stays_one_part_of_the_address() -> None:
    async with world(sent({"prices": []})) as running:
        await running.source.chart("../ping?x=1#y", "usd", Span.DAY)
        assert running.server.asked[0].target.startswith("/api/v3/coins/..%2Fping%3Fx%3D1%23y/market_chart?")
        for coin_id in ("..", ".", ""):
            outcome = await running.source.candles(coin_id, "usd", Span.DAY)
            assert isinstance(outcome, Failed)
            assert outcome.cause is Cause.MISSING
        assert running.calls == 1


async def test_a_coin_that_is_not_known_and_prices_that_are_not_given_are_said() -> None:
    async with world(answer(b'{"error":"coin not found"}', "404 Not Found")) as running:
        outcome = await running.source.chart("nocoin", "usd", Span.DAY)
        assert isinstance(outcome, Failed)
        assert outcome.cause is Cause.MISSING
    beyond = {"error": {"status": {"error_code": 10012, "error_message": "past 365 days"}}}
    async with world(answer(json.dumps(beyond).encode(), "401 Unauthorized"), demo_api_key=KEY) as running:
        outcome = await running.source.chart("bitcoin", "usd", Span.MAX)
        assert isinstance(outcome, Failed)
        assert "365 days" in outcome.why


def test_rows_that_cannot_be_drawn_are_left_out() -> None:
    rows: list[Any] = [
        [MS, 3], [MS - 2000, 1], [MS - 1000, None], [MS - 3000, -1], [MS - 4000, 0], [MS - 5000, "5"], ["x", 5], 7,
        None, [MS - 6000],
        [MS - 2000, 9], [MS + 3_600_000, 5], [-1, 5], [MS - 7000, 1e30], [True, 5], [MS - 8000, 2, 2],
    ]  # fmt: skip
    assert parse_chart({"prices": rows, "total_volumes": "none"}, response()) == (
        ChartPoint(NOW - 2, 1.0), ChartPoint(NOW, 3.0),
    )  # fmt: skip


def test_times_of_a_server_whose_clock_is_wrong_are_set_right() -> None:
    ahead = response(date="Thu, 15 Jan 2026 21:30:00 GMT")  # a day ahead of ours
    assert parse_chart({"prices": [[MS + 86_400_000 - 60_000, 2.0]]}, ahead) == (ChartPoint(NOW - 60, 2.0),)


@pytest.mark.parametrize("document", [None, [], {}, {"prices": None}, {"prices": {}}, "x", 5])
def test_what_is_no_chart_is_said(document: object) -> None:
    outcome = parse_chart(document, response())
    assert isinstance(outcome, Failed)
    assert outcome.cause is Cause.BROKEN


junk = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=20,
)
rows = st.lists(st.lists(st.floats() | st.integers() | junk, max_size=6) | junk, max_size=12)


@given(rows, rows)
def test_no_document_does_more_than_be_refused(prices: list[Any], volumes: list[Any]) -> None:
    points = parse_chart({"prices": prices, "total_volumes": volumes}, response())
    assert isinstance(points, tuple)
    assert all(0 < point.at <= NOW and 0 < point.price < PRICE_CEILING for point in points)
    candles = parse_candles(prices, response())
    assert isinstance(candles, tuple)
    assert all(candle.low <= candle.high for candle in candles)


@pytest.mark.parametrize(
    "name",
    [
        "market_chart_bitcoin_usd_1d_2021-05-15.json",
        "market_chart_bitcoin_usd_7d_2023-10-14.json",
        "market_chart_bitcoin_usd_30d_2021-05-15.json",
        "market_chart_bitcoin_usd_90d_daily_2021-05-15.json",
        "market_chart_matic_usd_1d_2023-03-15.json",
    ],
)
def test_recorded_charts_are_read_whole(corpus: Path, name: str) -> None:
    recorded = json.loads((corpus / "coingecko" / name).read_text("utf-8"))
    points = parse_chart(recorded, response())
    assert isinstance(points, tuple)
    # One of them has its last two points the wrong way round.
    assert [[round(point.at * 1000), point.price] for point in points] == sorted(recorded["prices"])
    assert all(point.volume is not None for point in points)


@pytest.mark.parametrize("name", ["ohlc_bitcoin_usd_7d_2021-05-15.json", "ohlc_bitcoin_myr_30d_2021-05-15.json"])
def test_recorded_candles_are_read_whole(corpus: Path, name: str) -> None:
    recorded = json.loads((corpus / "coingecko" / name).read_text("utf-8"))
    candles = parse_candles(recorded, response())
    assert isinstance(candles, tuple)
    assert [(each.at * 1000, each.open, each.high, each.low, each.close) for each in candles] == [
        tuple(row) for row in recorded
    ]
