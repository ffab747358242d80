"""What the local server shows in health: the shapes of the reference, the same for the same seed and time."""

import gzip
import http.client
import json
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator
from typing import Any

import pytest

from cointicker.text.safe import vet_url
from upstream import Clock, Upstream, World
from upstream_checks.raw_client import Get

ASK = "coins/markets?vs_currency=usd&sparkline=true&price_change_percentage=1h,24h,7d"


@pytest.fixture
async def healthy() -> AsyncIterator[Upstream]:
    """A server at one fixed time."""
    async with Upstream(World(7, Clock())) as server:
        yield server


async def fetch(get: Get, url: str) -> Any:
    answer = await get(url)
    assert answer.status == 200
    return json.loads(answer.body)


ROW = {
    "id", "symbol", "name", "image", "current_price", "market_cap", "market_cap_rank", "fully_diluted_valuation",
    "total_volume", "high_24h", "low_24h", "price_change_24h", "price_change_percentage_24h", "market_cap_change_24h",
    "market_cap_change_percentage_24h", "circulating_supply", "total_supply", "max_supply", "ath",
    "ath_change_percentage", "ath_date", "atl", "atl_change_percentage", "atl_date", "roi", "last_updated",
}  # fmt: skip


async def test_market_rows_have_every_documented_field(healthy: Upstream, get: Get) -> None:
    rows = await fetch(get, healthy.market_url + "coins/markets?vs_currency=usd")
    assert all(set(row) == ROW for row in rows)
    (row,) = await fetch(get, healthy.market_url + ASK + "&ids=bitcoin")
    windows = {f"price_change_percentage_{window}_in_currency" for window in ("1h", "24h", "7d")}
    assert set(row) == ROW | windows | {"sparkline_in_7d"}
    assert 167 <= len(row["sparkline_in_7d"]["price"]) <= 170
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", row["last_updated"])


async def test_market_rows_have_the_nulls_of_the_real_ones(healthy: Upstream, get: Get) -> None:
    rows = await fetch(get, healthy.market_url + ASK + "&per_page=250&ids=bitcoin,ethereum,staked-ether,batcat")
    by_id = {row["id"]: row for row in rows}
    assert by_id["staked-ether"]["market_cap_rank"] is None
    assert by_id["batcat"]["price_change_percentage_1h_in_currency"] is None
    assert by_id["batcat"]["high_24h"] is None
    assert by_id["ethereum"]["roi"]["currency"] == "btc"
    assert by_id["ethereum"]["max_supply"] is None
    assert isinstance(by_id["bitcoin"]["current_price"], int)


async def test_pages_orders_and_filters(healthy: Upstream, get: Get) -> None:
    async def ids(query: str) -> list[str]:
        return [row["id"] for row in await fetch(get, f"{healthy.market_url}coins/markets?vs_currency=usd&{query}")]

    first, second = await ids("per_page=10&page=1"), await ids("per_page=10&page=2")
    assert len(first) == len(second) == 10
    assert not set(first) & set(second)
    assert await ids("ids=ethereum,%20bitcoin,nope") == ["bitcoin", "ethereum"]
    assert await ids("symbols=btc,xrp") == ["bitcoin", "ripple"]
    assert await ids("symbols=btc&include_tokens=all&order=id_asc") == ["batcat", "bitcoin"]
    assert "staked-ether" not in await ids("per_page=250")
    assert await ids("per_page=3&order=id_desc") == sorted(await ids("per_page=250"), reverse=True)[:3]


async def test_simple_price_leaves_out_what_it_does_not_know(healthy: Upstream, get: Get) -> None:
    url = healthy.market_url + "simple/price?vs_currencies=usd,nope&include_24hr_change=true&include_market_cap=true"
    assert await fetch(get, url + "&ids=nope") == {}
    found = await fetch(get, url + "&ids=bitcoin,%20ethereum&include_last_updated_at=true&include_24hr_vol=true")
    names = {"usd", "usd_market_cap", "usd_24h_vol", "usd_24h_change", "last_updated_at"}
    assert {coin: set(row) for coin, row in found.items()} == {"bitcoin": names}
    unknown = await fetch(get, healthy.market_url + "simple/price?ids=bitcoin&vs_currencies=nope")
    assert unknown == {"bitcoin": {}}


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("coins/markets", 422, "Missing parameter vs_currency"),
        ("simple/price", 422, "Missing parameter vs_currencies"),
        ("simple/price?vs_currencies=usd", 422, "Missing parameter ids"),
        ("coins/bitcoin/market_chart?vs_currency=usd", 422, "Missing parameter days"),
        ("coins/nope", 404, "coin not found"),
        ("coins/nope/market_chart?vs_currency=usd&days=1", 404, "coin not found"),
        ("coins/bitcoin/ohlc", 500, "Internal Server Error"),
        ("search", 422, "Missing parameter query"),
    ],
)
async def test_wrong_questions_get_the_recorded_answers(
    healthy: Upstream, get: Get, path: str, status: int, error: str
) -> None:
    answer = await get(healthy.market_url + path)
    assert (answer.status, json.loads(answer.body)["error"]) == (status, error)


@pytest.mark.parametrize(("days", "least", "most"), [(1, 280, 290), (7, 167, 171), (30, 718, 723), (365, 364, 367)])
async def test_charts_are_as_dense_as_the_recorded_ones(
    healthy: Upstream, get: Get, days: int, least: int, most: int
) -> None:
    chart = await fetch(get, f"{healthy.market_url}coins/bitcoin/market_chart?vs_currency=usd&days={days}")
    assert set(chart) == {"prices", "market_caps", "total_volumes"}
    times = [at for at, _ in chart["prices"]]
    assert least <= len(times) <= most
    assert times == sorted(times)
    assert times[-1] == int(healthy.world.clock() * 1000)


async def test_candles_hold_what_opens_and_closes_them(healthy: Upstream, get: Get) -> None:
    candles = await fetch(get, healthy.market_url + "coins/bitcoin/ohlc?vs_currency=usd&days=7")
    assert len(candles) == 42
    assert all(low <= min(first, last) <= max(first, last) <= high for _, first, high, low, last in candles)


async def test_beyond_a_year_is_refused_in_the_double_envelope(healthy: Upstream, get: Get) -> None:
    answer = await get(healthy.market_url + "coins/bitcoin/market_chart?vs_currency=usd&days=max")
    assert answer.status == 401
    assert json.loads(answer.body)["error"]["status"]["error_code"] == 10012


async def test_the_other_market_answers_have_their_keys(healthy: Upstream, get: Get) -> None:
    url = healthy.market_url
    assert await fetch(get, url + "ping") == {"gecko_says": "(V3) To the Moon!"}
    assert {"usd", "eur", "btc", "sats"} <= set(await fetch(get, url + "simple/supported_vs_currencies"))
    assert all(set(row) == {"id", "symbol", "name"} for row in await fetch(get, url + "coins/list"))
    whole = (await fetch(get, url + "global"))["data"]
    assert len(whole["market_cap_percentage"]) == 10
    assert {"total_market_cap", "total_volume", "updated_at", "market_cap_change_percentage_24h_usd"} <= set(whole)
    found = await fetch(get, url + "search?query=sol")
    assert set(found) == {"coins", "exchanges", "icos", "categories", "nfts"}
    assert found["coins"][0]["symbol"] == "SOL"
    loud = await fetch(get, url + "search/trending")
    assert len(loud["coins"]) == 15
    assert loud["coins"][0]["item"]["data"]["market_cap"].startswith("$")
    coin = await fetch(get, url + "coins/bitcoin?tickers=false&market_data=true")
    assert {"id", "symbol", "description", "links", "image", "market_data"} <= set(coin)
    assert "tickers" not in coin


async def test_a_mining_strip_finds_all_it_asks_for(healthy: Upstream, get: Get) -> None:
    url, now = healthy.mining_url, healthy.world.clock()
    change = await fetch(get, url + "v1/difficulty-adjustment")
    assert now * 1000 < change["estimatedRetargetDate"] < (now + 15 * 86_400) * 1000
    assert math.isclose(change["progressPercent"], (2016 - change["remainingBlocks"]) / 2016 * 100)
    assert now - 15 * 86_400 < change["previousTime"] < now
    power = await fetch(get, url + "v1/mining/hashrate/1y")
    assert len(power["hashrates"]) == 365
    assert power["currentHashrate"] > 2**53
    pools = await fetch(get, url + "v1/mining/pools/1w")
    assert pools["blockCount"] == sum(pool["blockCount"] for pool in pools["pools"]) == 1008
    assert isinstance(pools["pools"][0]["avgFeeDelta"], str)
    assert (await fetch(get, url + "v1/mining/pools/24h"))["blockCount"] == 144
    blocks = await fetch(get, url + "v1/blocks")
    assert len(blocks) == 15
    assert str(blocks[0]["height"]) == (await get(url + "blocks/tip/height")).body.decode()
    assert blocks[0]["extras"]["reward"] - blocks[0]["extras"]["totalFees"] == 312_500_000
    assert (await fetch(get, f"{url}v1/blocks/{blocks[3]['height']}"))[0] == blocks[3]
    fees = await fetch(get, url + "v1/fees/recommended")
    assert set(fees) == {"fastestFee", "halfHourFee", "hourFee", "economyFee", "minimumFee"}
    assert all(isinstance(rate, int) for rate in fees.values())
    assert set(await fetch(get, url + "v1/fees/precise")) == set(fees)
    assert {"time", "USD", "EUR"} <= set(await fetch(get, url + "v1/prices"))
    stats = await fetch(get, url + "v1/mining/reward-stats/144")
    assert all(isinstance(stats[name], str) for name in ("totalReward", "totalFee", "totalTx"))
    assert (await get(url + "v1/nothing")).status == 404


async def test_feeds_come_in_every_format_with_the_same_titles(healthy: Upstream, get: Get) -> None:
    async def body(kind: str) -> bytes:
        answer = await get(f"{healthy.url}/feeds/coinwire.{kind}")
        assert answer.status == 200
        return answer.body

    def titles(document: bytes, item: str) -> list[str]:
        root = ET.fromstring(document)  # noqa: S314 - our own
        items = [each for each in root.iter() if each.tag.endswith(item)]
        return [next(str(part.text) for part in each if part.tag.endswith("title")) for each in items]

    wanted = [item["title"] for item in json.loads(await body("json"))["items"]]
    assert len(wanted) > 10
    assert titles(await body("xml"), "item") == wanted
    assert titles(await body("atom"), "entry") == wanted
    assert titles(await body("rdf"), "item") == wanted


async def test_feeds_are_polite_to_those_who_ask_again(healthy: Upstream, get: Get) -> None:
    for url in (*healthy.feed_urls, healthy.specials_url):
        first = await get(url)
        assert first.headers["cache-control"] == "public, max-age=300"
        by_tag = await get(url, if_none_match=first.headers["etag"])
        by_date = await get(url, if_modified_since=first.headers["last-modified"])
        assert (by_tag.status, by_date.status) == (304, 304)
        assert by_tag.body == b""
        assert (await get(url, if_none_match='"other"')).status == 200


async def test_every_link_of_every_feed_leads_to_a_page(healthy: Upstream, get: Get) -> None:
    for url in healthy.feed_urls:
        text = (await get(url)).body.decode()
        links = set(re.findall(rf"{healthy.url}/articles/[^\"<&?\\]+", text))
        assert links
        for link in sorted(links)[:4]:
            page = await get(link)
            assert page.status == 200
            assert b'<div class="article-body">' in page.body
            assert b"cookie-consent" in page.body
    assert (await get(healthy.url + "/articles/coinwire--nothing-1")).status == 404


async def test_the_odd_pages_are_as_odd_as_they_are_named(healthy: Upstream, get: Get) -> None:
    pages = {
        name: await get(f"{healthy.url}/articles/{name}") for name in ("paywall", "cloudflare", "pdf", "empty", "gone")
    }
    assert {name: page.status for name, page in pages.items()} == {
        "paywall": 200, "cloudflare": 403, "pdf": 200, "empty": 200, "gone": 410,
    }  # fmt: skip
    assert pages["pdf"].body.startswith(b"%PDF")
    assert pages["empty"].body == b""
    assert b'isAccessibleForFree":false' in pages["paywall"].body
    assert b"Just a moment" in pages["cloudflare"].body
    latin = await get(f"{healthy.url}/articles/latin-1")
    assert "Währung" in latin.body.decode("iso-8859-1")


async def test_same_seed_and_clock_same_bytes(get: Get) -> None:
    paths = ("/api/v3/coins/markets?vs_currency=usd&ids=bitcoin,solana&sparkline=true", "/mempool/api/v1/blocks")

    async def bodies(seed: int, now: float) -> list[bytes]:
        async with Upstream(World(seed, Clock(now))) as server:
            feed = (await get(server.feed_urls[2])).body.replace(server.url.encode(), b"")
            return [*[(await get(server.url + path)).body for path in paths], feed]

    start = Clock().now
    first = await bodies(7, start)
    assert await bodies(7, start) == first
    assert all(one != other for one, other in zip(first, await bodies(8, start), strict=True))
    assert all(one != other for one, other in zip(first, await bodies(7, start + 7200), strict=True))


async def test_prices_move_with_the_clock_and_only_with_it(get: Get) -> None:
    clock = Clock()
    async with Upstream(World(7, clock)) as server:

        async def price() -> float:
            rows = await fetch(get, server.market_url + "coins/markets?vs_currency=usd&ids=bitcoin&precision=full")
            return float(rows[0]["current_price"])

        before = await price()
        assert await price() == before
        clock.advance(5)
        assert await price() != before


async def test_the_cache_keeps_a_body_for_a_minute_and_tells_its_age(get: Get) -> None:
    clock = Clock(Clock().now // 60 * 60 + 10)
    async with Upstream(World(7, clock), cache_seconds=60) as server:
        url = server.market_url + "coins/markets?vs_currency=usd&ids=bitcoin&precision=full"
        first = await get(url)
        clock.advance(49)
        later = await get(url)
        clock.advance(1)
        fresh = await get(url)
        assert later.body == first.body != fresh.body
        assert [answer.headers["age"] for answer in (first, later, fresh)] == ["10", "59", "0"]
        assert first.headers["etag"].startswith('W/"')
        assert (await get(url, if_none_match=fresh.headers["etag"])).status == 304


async def test_whoever_asks_too_often_is_limited(get: Get) -> None:
    clock = Clock()
    async with Upstream(World(7, clock), calls_a_minute=2, demo_key="CG-demo") as server:
        ping = server.market_url + "ping"
        assert [(await get(ping)).status for _ in range(3)] == [200, 200, 429]
        assert (await get(ping)).headers["retry-after"] == "60"
        keyed = [await get(ping, x_cg_demo_api_key="CG-demo") for _ in range(3)]
        assert [answer.status for answer in keyed] == [200, 200, 429]
        assert "retry-after" not in keyed[2].headers
        assert keyed[2].headers["x-ratelimit-remaining"] == "0"
        assert (await get(ping, x_cg_demo_api_key="CG-wrong")).status == 401
        assert (await get(ping, x_cg_pro_api_key="CG-pro")).status == 400
        clock.advance(61)
        assert (await get(ping)).status == 200


async def test_the_log_holds_what_was_asked(healthy: Upstream, get: Get) -> None:
    await get(healthy.market_url + "ping?a=1&b=x%20y", user_agent="probe/1")
    await get(healthy.feed_urls[0])
    (ping,) = healthy.asked("/api/v3/*")
    assert (ping.method, ping.path, dict(ping.query)) == ("GET", "/api/v3/ping", {"a": "1", "b": "x y"})
    assert ping.headers["user-agent"] == "probe/1"
    assert ping.at == healthy.world.clock()
    assert len(healthy.requests) == 2


async def test_bodies_are_packed_for_those_who_unpack(healthy: Upstream, get: Get) -> None:
    packed = await get(healthy.feed_urls[0], accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == (await get(healthy.feed_urls[0])).body


async def test_faults_are_switched_from_outside(healthy: Upstream, get: Get) -> None:
    control = healthy.url + "/__control/"
    rules = await fetch(get, control + "fail?path=/api/*&fault=503&times=1")
    assert rules == {"rules": [["/api/*", "503", 1]]}
    assert [(await get(healthy.market_url + "ping")).status for _ in range(2)] == [503, 200]
    assert (await get(control + "fail?fault=sunshine")).status == 400
    assert await fetch(get, control + "fail?path=*&fault=500") != {"rules": []}
    assert await fetch(get, control + "heal") == {"rules": []}
    assert [row["target"] for row in await fetch(get, control + "requests")] == ["/api/v3/ping"] * 2


async def test_every_address_it_names_is_one_that_readers_accept(healthy: Upstream, get: Get) -> None:
    rows = await fetch(get, healthy.market_url + "coins/markets?vs_currency=usd&per_page=250")
    assert all(vet_url(row["image"]) == row["image"] for row in rows)


async def test_the_fixture_serves_at_the_real_time(upstream: Upstream, get: Get) -> None:
    assert (await get(upstream.market_url + "ping")).status == 200


def test_the_thread_serves_programs_that_wait(upstream_thread: Upstream) -> None:
    link = http.client.HTTPConnection("127.0.0.1", int(upstream_thread.url.rsplit(":", 1)[1]), timeout=5)
    link.request("GET", "/api/v3/ping")
    assert link.getresponse().status == 200
    link.close()
    assert [request.path for request in upstream_thread.requests] == ["/api/v3/ping"]
