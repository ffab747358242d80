"""Every fault does on the wire what its name says."""

import asyncio
import gzip
import json
import math
import re
import zlib
from typing import Any

import pytest

from upstream import FAULTS, Clock, Upstream, World
from upstream.bombs import HIDDEN
from upstream.feed_twists import BAD_DATES
from upstream.hostile import TEXTS
from upstream.twists import STALE_BY
from upstream_checks.raw_client import Get

COINS = "coins/markets?vs_currency=usd&ids=bitcoin,ethereum,tether,ripple,solana,tron"


@pytest.fixture
async def broken(request: pytest.FixtureRequest) -> Any:
    """A server at one fixed time."""
    async with Upstream(World(7, Clock())) as server:
        yield server


def rows(body: bytes) -> Any:
    return json.loads(body)


async def test_an_unknown_fault_is_an_error(broken: Upstream) -> None:
    with pytest.raises(ValueError, match="there is no fault 'sunshine'"):
        broken.fail("*", "sunshine")


PLAIN = {
    "429": (429, "retry-after"), "429_long": (429, "retry-after"), "429_no_retry": (429, ""),
    "429_demo": (429, "x-ratelimit-reset"), "429_html": (429, ""), "429_plain": (429, ""), "429_throttled": (429, ""),
    "429_in_200": (200, ""), "403": (403, ""), "403_html": (403, ""), "cf_challenge": (403, "cf-mitigated"),
    "cf_challenge_200": (200, "cf-mitigated"), "400_pro_key": (400, ""), "400_demo_key": (400, ""),
    "401_key": (401, ""), "401_pro_only": (401, ""), "401_range": (401, ""), "404": (404, ""), "404_old": (404, ""),
    "404_html": (404, ""), "408": (408, ""), "410": (410, ""), "422": (422, ""), "html_200": (200, ""),
    "empty": (200, ""), "empty_json": (200, ""), "null": (200, ""), "204": (204, ""), "binary": (200, ""),
    "500": (500, ""), "502": (502, ""), "503": (503, ""), "504": (504, ""), "500_html": (500, ""),
    "502_html": (502, ""), "503_html": (503, ""), "504_html": (504, ""), "redirect_loop": (302, "location"),
    "redirect_javascript": (302, "location"), "redirect_file": (302, "location"), "redirect_missing": (302, ""),
    "redirect_loopback": (302, "location"),
}  # fmt: skip
"""Fault → status and a header that must be there."""


@pytest.mark.parametrize("fault", PLAIN)
async def test_an_error_has_its_status_and_header(broken: Upstream, get: Get, fault: str) -> None:
    broken.fail("/api/*", fault)
    answer = await get(broken.market_url + "ping")
    status, header = PLAIN[fault]
    assert answer.status == status
    assert not header or header in answer.headers
    assert ("retry-after" in answer.headers) == (header == "retry-after")
    assert int(answer.headers.get("content-length", "0")) == len(answer.body)
    assert ("text/html" in answer.headers.get("content-type", "")) == (
        fault.endswith("_html") or fault.startswith("cf_") or fault in {"html_200", "empty", "410"}
    )


@pytest.mark.parametrize(
    ("fault", "path"),
    [
        ("429", ("status", "error_code")),
        ("401_range", ("error", "status", "error_code")),
        ("400_demo_key", ("error_code",)),
        ("400_pro_key", ("status", "error_code")),
        ("401_key", ("status", "error_code")),
        ("401_pro_only", ("status", "error_code")),
        ("404", ("error",)),
        ("500", ("status",)),
    ],
)
async def test_error_envelopes_are_those_of_the_reference(
    broken: Upstream, get: Get, fault: str, path: tuple[str, ...]
) -> None:
    broken.fail("*", fault)
    value = rows((await get(broken.market_url + "ping")).body)
    for name in path:
        value = value[name]
    assert isinstance(value, int | str)


async def test_timeout_says_nothing(broken: Upstream, get: Get) -> None:
    broken.fail("*", "timeout")
    with pytest.raises(TimeoutError):
        await get(broken.market_url + "ping", wait=0.2)


@pytest.mark.parametrize("fault", ["drip", "drip_headers", "hang_body"])
async def test_slow_answers_do_not_end(broken: Upstream, get: Get, fault: str) -> None:
    broken.fail("*", fault)
    with pytest.raises(TimeoutError):
        await get(broken.market_url + "ping", wait=0.2)


async def test_close_ends_without_a_byte(broken: Upstream, get: Get) -> None:
    broken.fail("*", "close")
    assert (await get(broken.market_url + "ping")).raw == b""


@pytest.mark.parametrize("fault", ["reset", "reset_early"])
async def test_reset_breaks_off(broken: Upstream, get: Get, fault: str) -> None:
    broken.fail("*", fault)
    with pytest.raises(ConnectionError):
        await get(broken.market_url + COINS)


async def test_lengths_are_wrong_by_as_much_as_they_say(broken: Upstream, get: Get) -> None:
    broken.fail("*", "short_length")
    short = await get(broken.market_url + COINS)
    assert int(short.headers["content-length"]) == len(short.body) // 2
    broken.fail("*", "long_length")
    long = await get(broken.market_url + COINS)
    assert int(long.headers["content-length"]) > len(long.body)


async def test_a_bad_chunk_follows_a_good_one(broken: Upstream, get: Get) -> None:
    broken.fail("*", "bad_chunked")
    answer = await get(broken.market_url + COINS)
    assert answer.headers["transfer-encoding"] == "chunked"
    assert answer.body.startswith(b'10\r\n[{"id":"bitcoin"')
    assert b"\r\nxyz\r\n" in answer.body


async def test_an_infinite_body_does_not_stop(broken: Upstream, get: Get) -> None:
    broken.fail("*", "infinite")
    answer = await get(broken.market_url + "ping", most=5_000_000)
    assert len(answer.body) > 4_000_000
    assert "content-length" not in answer.headers


async def test_garbage_is_no_http(broken: Upstream, get: Get) -> None:
    broken.fail("*", "garbage")
    assert not (await get(broken.market_url + "ping")).raw.startswith(b"HTTP/")


@pytest.mark.parametrize(("fault", "layers"), [("gzip_bomb", 1), ("gzip_bomb_2", 2)])
async def test_a_bomb_is_small_until_it_is_unpacked(broken: Upstream, get: Get, fault: str, layers: int) -> None:
    broken.fail("*", fault)
    answer = await get(broken.feed_urls[0])
    assert answer.headers["content-encoding"].count("gzip") == layers
    assert len(answer.body) < HIDDEN / 500
    body = answer.body
    for _ in range(layers - 1):
        body = gzip.decompress(body)
    size, unpacker = 0, zlib.decompressobj(31)
    while body:
        size += len(unpacker.decompress(body, 1_000_000))
        body = unpacker.unconsumed_tail
    assert size + len(unpacker.flush()) == HIDDEN


async def test_broken_gzip_cannot_be_unpacked(broken: Upstream, get: Get) -> None:
    broken.fail("*", "gzip_truncated")
    with pytest.raises(EOFError):
        gzip.decompress((await get(broken.feed_urls[0])).body)
    broken.fail("*", "bad_gzip")
    with pytest.raises((zlib.error, EOFError, gzip.BadGzipFile)):
        gzip.decompress((await get(broken.feed_urls[0])).body)
    broken.fail("*", "unknown_encoding")
    assert (await get(broken.feed_urls[0])).headers["content-encoding"] == "x-zebra"


async def test_headers_grow_beyond_what_clients_take(broken: Upstream, get: Get) -> None:
    broken.fail("*", "huge_header")
    assert max(map(len, (await get(broken.market_url + "ping")).headers.values())) > 100_000
    broken.fail("*", "many_headers")
    assert len((await get(broken.market_url + "ping")).headers) > 4_000


async def test_redirects_lead_where_they_say(broken: Upstream, get: Get) -> None:
    async def place(fault: str) -> str:
        broken.fail("*", fault)
        return (await get(broken.market_url + "ping?x=1")).headers["location"]

    assert await place("redirect_loop") == "/api/v3/ping?x=1"
    assert (await place("redirect_javascript")).startswith("javascript:")
    assert (await place("redirect_file")).startswith("file:")
    assert await place("redirect_loopback") == broken.canary_url


async def test_the_canary_tells_who_came(broken: Upstream, get: Get) -> None:
    assert not broken.canary_hits
    await get(broken.canary_url)
    assert [hit.path for hit in broken.canary_hits] == ["/canary"]
    assert not broken.requests


async def test_poison_spares_every_second_coin(broken: Upstream, get: Get) -> None:
    good = rows((await get(broken.market_url + COINS)).body)
    broken.fail("*", "poison")
    wide = COINS.partition("&ids")[0]
    poisoned = rows((await get(broken.market_url + COINS)).body)
    assert poisoned[::2] == good[::2]
    assert all(
        bad["current_price"] != fine["current_price"] for bad, fine in zip(poisoned[1::2], good[1::2], strict=True)
    )
    text = (await get(broken.market_url + wide)).body.decode()
    assert all(word in text for word in ("NaN", "Infinity", "-Infinity", "true", "null", "1e+300", "0" * 400))
    assert "9" * 5_000 in text


async def test_poison_reaches_mining_too(broken: Upstream, get: Get) -> None:
    broken.fail("/mempool/*", "poison")
    kinds = set(map(type, rows((await get(broken.mining_url + "v1/difficulty-adjustment")).body).values()))
    assert {type(None), float, str, bool} <= kinds


@pytest.mark.parametrize(("fault", "factor"), [("jump", 1000.0), ("zero", 0.0)])
async def test_prices_leap(broken: Upstream, get: Get, fault: str, factor: float) -> None:
    good = rows((await get(broken.market_url + COINS)).body)
    broken.fail("*", fault)
    for fine, bad in zip(good, rows((await get(broken.market_url + COINS)).body), strict=True):
        assert math.isclose(bad["current_price"], fine["current_price"] * factor)


@pytest.mark.parametrize(("fault", "by"), [("stale", -STALE_BY), ("future", STALE_BY)])
async def test_times_are_moved(broken: Upstream, get: Get, fault: str, by: float) -> None:
    path = "simple/price?ids=bitcoin&vs_currencies=usd&include_last_updated_at=true"
    good = rows((await get(broken.market_url + path)).body)["bitcoin"]
    broken.fail("*", fault)
    assert (
        rows((await get(broken.market_url + path)).body)["bitcoin"]["last_updated_at"] == good["last_updated_at"] + by
    )


async def test_rows_are_missing_added_doubled_and_mixed(broken: Upstream, get: Get) -> None:
    async def ids(fault: str | None) -> list[Any]:
        broken.heal()
        if fault:
            broken.fail("*", fault)
        found = rows((await get(broken.market_url + COINS)).body)
        return [row.get("id") if isinstance(row, dict) else row for row in found]

    good = await ids(None)
    assert await ids("missing_coins") == good[::2]
    assert set(good) < {each for each in await ids("extra_coins") if isinstance(each, str)}
    assert sorted(await ids("dup_coins")) == sorted(good * 2)
    shuffled = await ids("shuffle")
    assert shuffled != good
    assert sorted(shuffled) == sorted(good)


@pytest.mark.parametrize("fault", ["json_truncated", "xml_truncated"])
async def test_half_an_answer_is_no_json(broken: Upstream, get: Get, fault: str) -> None:
    broken.fail("*", fault)
    answer = await get(broken.market_url + COINS)
    assert int(answer.headers["content-length"]) == len(answer.body)
    with pytest.raises(ValueError, match=r".+"):
        rows(answer.body)


async def test_hostile_names_and_titles_arrive_raw(broken: Upstream, get: Get) -> None:
    broken.fail("*", "hostile")
    names = {row["name"] for row in rows((await get(broken.market_url + "coins/markets?vs_currency=usd")).body)}
    assert names <= set(TEXTS)
    assert any("\x1b]52" in name for name in names)
    feed = (await get(broken.feed_urls[0])).body.decode("utf-8", "replace")
    assert "[@click=app.quit]" in feed
    assert "\x1b" in feed
    assert "&#27;" in feed
    assert "<![CDATA[" in feed
    assert "javascript:" in feed


@pytest.mark.parametrize(
    ("fault", "sign"),
    [
        ("entity_bomb", b"&lol9;"),
        ("quadratic_bomb", b"&a;&a;"),
        ("xxe", b"file:///etc/passwd"),
        ("redos_author", b"a" * 65_536),
        ("deep_html", b"<div>" * 20_000),
        ("deep_json", b"[" * 100_000),
    ],
)
async def test_bodies_that_cost_their_reader(broken: Upstream, get: Get, fault: str, sign: bytes) -> None:
    broken.fail("*", fault)
    assert sign in (await get(broken.feed_urls[0])).body


async def test_a_huge_feed_has_ten_thousand_entries(broken: Upstream, get: Get) -> None:
    broken.fail("*", "huge_feed")
    body = (await get(broken.feed_urls[0])).body
    assert body.count(b"<item>") == 10_000
    assert len(body) > 4_000_000


async def test_types_are_wrong_or_absent(broken: Upstream, get: Get) -> None:
    broken.fail("*", "wrong_type")
    assert (await get(broken.feed_urls[0])).headers["content-type"] == "image/png"
    broken.fail("*", "no_type")
    assert "content-type" not in (await get(broken.feed_urls[0])).headers


async def test_feeds_lose_what_tells_their_entries_apart(broken: Upstream, get: Get) -> None:
    async def count(fault: str, pattern: str) -> tuple[int, int]:
        broken.heal()
        broken.fail("/feeds/*", fault)
        body = (await get(broken.feed_urls[0])).body.decode("utf-8", "replace")
        found = re.findall(pattern, body)
        return len(found), len(set(found))

    number, different = await count("dup_guids", r"<guid[^>]*>([^<]*)</guid>")
    assert number > 10
    assert different == 1
    assert await count("no_guids", r"<guid") == (0, 0)
    assert await count("no_titles", r"<title/>") == (number, 1)
    assert await count("no_dates", r"<pubDate>") == (0, 0)
    assert await count("future_dates", r"<pubDate>([^<]*)<") == (number, 1)
    assert (await count("bad_dates", r"<pubDate>([^<]*)<"))[1] == len(BAD_DATES)
    assert await count("bad_utf8", "<title>\ufffd") == (number, 1)


async def test_an_address_that_moved_answers_at_its_new_place(broken: Upstream, get: Get) -> None:
    broken.fail("*", "moved")
    first = await get(broken.market_url + "simple/price?ids=bitcoin&vs_currencies=usd")
    assert first.status == 301
    second = await get(broken.url + first.headers["location"])
    assert set(rows(second.body)) == {"bitcoin"}


async def test_a_page_in_place_of_a_feed_names_it(broken: Upstream, get: Get) -> None:
    broken.fail("/feeds/*", "page_of_feed")
    page = (await get(broken.feed_urls[0])).body.decode()
    link = re.search(r'<link rel="alternate" [^>]*href="([^"]+)"', page)
    assert link is not None
    assert b"<item>" in (await get(broken.url + link[1])).body


async def test_a_portal_leads_every_address_to_its_page(broken: Upstream, get: Get) -> None:
    broken.fail("*", "redirect_portal")
    first = await get(broken.market_url + "ping")
    assert first.status == 302
    assert b"Hotel Wi-Fi" in (await get(broken.url + first.headers["location"])).body


async def test_headers_that_follow_and_mislead(broken: Upstream, get: Get) -> None:
    broken.fail("*", "set_cookie")
    assert "__cf_bm" in (await get(broken.market_url + "ping")).headers["set-cookie"]
    broken.fail("*", "date_skew")
    assert "2050" in (await get(broken.market_url + "ping")).headers["date"]


def test_no_fault_goes_unchecked() -> None:
    checked = {
        "timeout", "drip", "drip_headers", "hang_body", "close", "reset", "reset_early", "short_length", "long_length",
        "bad_chunked", "infinite", "garbage", "gzip_bomb", "gzip_bomb_2", "gzip_truncated", "bad_gzip",
        "unknown_encoding", "huge_header", "many_headers", "poison", "jump", "zero", "stale", "future", "missing_coins",
        "extra_coins", "dup_coins", "shuffle", "json_truncated", "xml_truncated", "hostile", "entity_bomb",
        "quadratic_bomb", "xxe", "redos_author", "deep_html", "deep_json", "huge_feed", "wrong_type", "no_type",
        "dup_guids", "no_guids", "no_titles", "no_dates", "future_dates", "bad_dates", "bad_utf8", "moved",
        "page_of_feed", "redirect_portal", "set_cookie", "date_skew",
    }  # fmt: skip
    assert checked | set(PLAIN) == set(FAULTS)


async def test_a_fault_keeps_to_its_paths_and_times(broken: Upstream, get: Get) -> None:
    broken.fail("/api/v3/coins/*", "503", times=2)
    path = broken.market_url + COINS
    assert (await get(broken.market_url + "ping")).status == 200
    assert [(await get(path)).status for _ in range(3)] == [503, 503, 200]


async def test_the_newest_rule_goes_first_and_healing_ends_all(broken: Upstream, get: Get) -> None:
    broken.fail("*", "500")
    broken.fail("*", "429", times=1)
    assert [(await get(broken.market_url + "ping")).status for _ in range(2)] == [429, 500]
    broken.heal()
    assert (await get(broken.market_url + "ping")).status == 200


async def test_leaving_ends_hanging_visits_at_once() -> None:
    async with Upstream(World(7, Clock())) as server:
        server.fail("*", "timeout")
        _, writer = await asyncio.open_connection("127.0.0.1", int(server.url.rsplit(":", 1)[1]))
        writer.write(b"GET /api/v3/ping HTTP/1.1\r\n\r\n")
        await writer.drain()
    writer.close()
    assert len(asyncio.all_tasks()) == 1
