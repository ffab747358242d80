"""Every way in which CoinGecko says no, told apart, in words with a way out."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.freshness import Cause, Failed
from cointicker.sources.coingecko_errors import Access, explain
from cointicker.sources.http import Response
from sources.coingecko_world import KEY, NOW, rows, world
from sources.raw_server import answer

DEMO = Access("market.demo_api_key", KEY)
LIMIT = {"status": {"error_code": 429, "error_message": "You've exceeded the Rate Limit."}}


def response(status: int, body: bytes, headers: Mapping[str, str] | None = None) -> Response:
    return Response(status, "https://api.coingecko.example/", headers or {}, body, received_at=NOW)


def explained(status: int, document: object, access: Access = DEMO, headers: Mapping[str, str] | None = None) -> Failed:
    failed = explain(response(status, json.dumps(document).encode(), headers), document, access)
    assert failed is not None
    return failed


def nested(code: int, message: str = "No.") -> list[dict[str, Any]]:
    """One error in all shapes that it may take."""
    return [
        {"error_code": code, "error_message": message},
        {"error_code": code, "status": {"error_message": message}},
        {"status": {"timestamp": "2026-01-14T21:30:00Z", "error_code": code, "error_message": message}},
        {"status": {"error_code": str(code), "error_message": message}},
        {"error": {"status": {"error_code": code, "error_message": message}}},
    ]


@pytest.mark.parametrize("status", [200, 400, 401, 403, 429, 500])
@pytest.mark.parametrize(
    ("code", "cause", "advice"),
    [
        (429, Cause.LIMITED, "wants fewer calls"),
        (10002, Cause.REFUSED, "check market.demo_api_key"),
        (10005, Cause.REFUSED, "set market.pro_api_key"),
        (10010, Cause.REFUSED, "set market.base_url to https://pro-api.coingecko.com/api/v3/"),
        (10011, Cause.REFUSED, "set market.base_url to https://api.coingecko.com/api/v3/"),
        (10012, Cause.REFUSED, "365 days"),
    ],
)
def test_a_code_says_more_than_the_status_wherever_it_stands(status: int, code: int, cause: Cause, advice: str) -> None:
    for document in nested(code):
        failed = explained(status, document)
        assert failed.cause is cause
        assert advice in failed.why


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        (204, Cause.BROKEN),
        (302, Cause.BROKEN),
        (304, Cause.BROKEN),
        (400, Cause.BROKEN),
        (401, Cause.REFUSED),
        (403, Cause.BLOCKED),
        (404, Cause.MISSING),
        (407, Cause.BLOCKED),
        (408, Cause.TIMEOUT),
        (410, Cause.MISSING),
        (414, Cause.TOO_LARGE),
        (418, Cause.BROKEN),
        (422, Cause.BROKEN),
        (429, Cause.LIMITED),
        (451, Cause.BLOCKED),
        (500, Cause.SERVER),
        (502, Cause.SERVER),
        (503, Cause.SERVER),
        (504, Cause.SERVER),
        (520, Cause.SERVER),
    ],
)
@pytest.mark.parametrize(
    "body", [b"", b"Throttled", b"<!DOCTYPE html><html><title>Oops</title></html>", b"null", b"[]"]
)
def test_without_a_code_the_status_says_it(status: int, cause: Cause, body: bytes) -> None:
    failed = explain(response(status, body), None, DEMO)
    assert failed is not None
    assert failed.cause is cause


@pytest.mark.parametrize(
    ("document", "cause", "said"),
    [
        ({"error": "coin not found"}, Cause.MISSING, "does not know this coin"),
        ({"error": "Could not find coin with the given id"}, Cause.MISSING, "does not know this coin"),
        ({"error": "invalid vs_currency"}, Cause.MISSING, "no prices in this currency"),
        ({"error": "Missing parameter vs_currency"}, Cause.BROKEN, "Missing parameter vs_currency"),
        (
            {"status": {"error_code": 429, "error_message": "You have exceeded your monthly limit."}},
            Cause.LIMITED,
            "calls of this month are used up",
        ),
    ],
)
def test_what_only_the_wording_tells_apart(document: object, cause: Cause, said: str) -> None:
    failed = explained(422, document)
    assert failed.cause is cause
    assert said in failed.why


@pytest.mark.parametrize("status", [200, 403, 503])
def test_a_bot_wall_is_no_price_and_no_fault_of_the_network(status: int) -> None:
    page = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>"
    failed = explain(response(status, page), None, DEMO)
    assert failed is not None
    assert failed.cause is Cause.BLOCKED
    assert "robot" in failed.why


def test_a_challenge_is_known_by_its_header_too() -> None:
    failed = explain(response(403, b"", {"cf-mitigated": "challenge"}), None, DEMO)
    assert failed is not None
    assert "robot" in failed.why


@pytest.mark.parametrize(
    "page",
    [
        b"<html><h1>Welcome to Hotel Wi-Fi</h1></html>",
        b"\xef\xbb\xbf\n <!doctype HTML>",
        b"<?xml version='1.0'?><html/>",
    ],
)
def test_a_page_instead_of_prices_asks_whether_the_network_wants_a_login(page: bytes) -> None:
    failed = explain(response(200, page), None, DEMO)
    assert failed is not None
    assert failed.cause is Cause.BROKEN
    assert "login" in failed.why


@pytest.mark.parametrize("document", [[], {}, None, 42, "text", {"bitcoin": {}}, {"status": 5}, {"error": None}])
def test_what_holds_no_error_is_not_called_one(document: object) -> None:
    assert explain(response(200, json.dumps(document).encode()), document, DEMO) is None


@pytest.mark.parametrize(
    "sent", [b"null", b"42", b'"text"', b"{}", b'{"bitcoin":{}}', b"", b"[{", b"[" * 100_000, b"\xff"]
)
async def test_an_answer_that_is_no_list_of_coins_is_broken(sent: bytes) -> None:
    async with world(answer(sent)) as running:
        outcome = await running.source.quotes(["bitcoin"], "usd")
        assert outcome == Failed("CoinGecko sent something that is not a list of coins", cause=Cause.BROKEN)


def test_who_has_no_key_is_told_of_one() -> None:
    assert "free Demo key" in explained(429, LIMIT, Access()).why
    assert "free" not in explained(429, LIMIT).why
    assert "set market.demo_api_key" in explained(401, {}, Access()).why
    pro = Access("market.pro_api_key", KEY)
    assert "check market.pro_api_key" in explained(401, {}, pro).why


@pytest.mark.parametrize("cut", ["", "\u200b", "\x1b[31m"])
def test_a_key_that_the_server_repeats_is_not_shown(cut: str) -> None:
    repeated = KEY[:5] + cut + KEY[5:]
    for document in ({"error": f"unknown key {repeated}!"}, {"status": {"error_message": f"{repeated}"}}):
        failed = explained(400, document)
        assert KEY not in failed.why
        assert "***" in failed.why


def test_words_of_the_server_are_made_safe_and_short() -> None:
    failed = explained(400, {"error": "bad\x1b]52;c;ZXZpbA==\x07 [/] " + "x" * 5000})
    assert failed.why.startswith("CoinGecko did not take the question (status 400): bad [/] x")
    assert failed.why.isprintable()
    assert len(failed.why) < 250


def test_the_wait_that_the_server_names_is_handed_on() -> None:
    reset = datetime.fromtimestamp(NOW + 240, UTC).strftime("%Y-%m-%d %H:%M:%S +0000")
    for headers, wait in (({"retry-after": "119"}, 119), ({"x-ratelimit-reset": reset}, 240)):
        assert explained(429, LIMIT, headers=headers).retry_at == NOW + wait
    assert explained(429, LIMIT).retry_at is None
    assert explained(503, {}, headers={"retry-after": "30"}).retry_at == NOW + 30


async def test_a_firewall_between_is_told_from_coingecko_itself() -> None:
    async with world(answer(b"error code: 1020", "403 Forbidden")) as running:
        outcome = await running.source.quotes(["bitcoin"], "usd")
        assert isinstance(outcome, Failed)
        assert outcome.cause is Cause.BLOCKED
        assert "firewall" in outcome.why


async def test_an_error_within_a_good_status_still_ends_the_call() -> None:
    async with world(answer(json.dumps(LIMIT).encode(), retry_after="60")) as running:
        outcome = await running.source.quotes(["bitcoin"], "usd")
        assert isinstance(outcome, Failed)
        assert (outcome.cause, outcome.retry_at) == (Cause.LIMITED, NOW + 60)


async def test_the_key_is_in_no_failure() -> None:
    plays = (
        b"",
        b"junk",
        rows({"id": 5}),
        answer(b"", "401 No"),
        answer(KEY.encode(), "400 Bad"),
        answer(b"", "500 No"),
    )
    for play in plays:
        async with world(play, demo_api_key=KEY) as running:
            assert KEY not in repr(await running.source.quotes(["bitcoin"], "usd"))


@given(
    st.integers(100, 599),
    st.dictionaries(
        st.sampled_from(["error", "status", "error_code", "x"]),
        st.recursive(
            st.none() | st.integers() | st.text(),
            lambda inner: st.dictionaries(st.sampled_from(["status", "error_code", "error_message", "error"]), inner),
        ),
    ),
)
def test_any_error_ends_in_printable_words(status: int, document: dict[str, Any]) -> None:
    failed = explain(response(status, b""), document, DEMO)
    if status != 200:
        assert failed is not None
    if failed is not None:
        assert failed.why.isprintable()


EXPECTED = {
    "400_10010_pro_key_on_public_host.json": (Cause.REFUSED, "pro-api.coingecko.com"),
    "400_10011_demo_key_on_pro_host.json": (Cause.REFUSED, "https://api.coingecko.com"),
    "401_10002_key_missing_truncated.json": (Cause.REFUSED, "market.demo_api_key"),
    "401_10005_pro_only.json": (Cause.REFUSED, "market.pro_api_key"),
    "401_10012_beyond_365d.json": (Cause.REFUSED, "365 days"),
    "403_cloudflare_access_denied_html.json": (Cause.BLOCKED, "firewall"),
    "404_coin_not_found.json": (Cause.MISSING, "coin"),
    "404_coin_old_wording.json": (Cause.MISSING, "coin"),
    "422_history_missing_date.json": (Cause.BROKEN, "Missing parameter date"),
    "422_markets_missing_vs_currency.json": (Cause.BROKEN, "Missing parameter vs_currency"),
    "422_simple_price_missing.json": (Cause.BROKEN, "Missing parameter ids"),
    "422_volume_chart_missing_days.json": (Cause.BROKEN, "Missing parameter days"),
    "429_cloudflare_1015_plain.json": (Cause.LIMITED, "fewer calls"),
    "429_demo_xratelimit.json": (Cause.LIMITED, "fewer calls"),
    "429_keyless_retry_after_119.json": (Cause.LIMITED, "fewer calls"),
    "429_throttled_plain.json": (Cause.LIMITED, "fewer calls"),
    "500_html_uh_oh.json": (Cause.SERVER, "status 500"),
    "500_ohlc_missing_params.json": (Cause.SERVER, "status 500"),
}
"""Recorded error → what it means."""
REASONS = {200: "OK", 400: "Bad", 401: "No", 403: "No", 404: "None", 422: "What", 429: "Slow", 500: "Oops"}
_HOP_BY_HOP = {"connection", "transfer-encoding", "content-length", "content-encoding"}


def replayed(recording: Mapping[str, Any]) -> bytes:
    headers = {name: value for name, value in recording["headers"].items() if name.lower() not in _HOP_BY_HOP}
    return answer(recording["body"].encode(), f"{recording['status']} {REASONS[recording['status']]}", **headers)


async def test_recorded_errors_are_told_apart(corpus: Path) -> None:
    files = {path.name: json.loads(path.read_text()) for path in (corpus / "coingecko" / "errors").glob("[45]*.json")}
    assert set(files) == set(EXPECTED)
    for name, recording in files.items():
        async with world(replayed(recording), demo_api_key=KEY) as running:
            outcome = await running.source.quotes(["bitcoin"], "usd")
        assert isinstance(outcome, Failed), name
        cause, said = EXPECTED[name]
        assert (outcome.cause, said in outcome.why) == (cause, True), (name, outcome)


async def test_recorded_waits_are_kept(corpus: Path) -> None:
    folder = corpus / "coingecko" / "errors"
    keyless = json.loads((folder / "429_keyless_retry_after_119.json").read_text())
    async with world(replayed(keyless)) as running:
        outcome = await running.source.quotes(["bitcoin"], "usd")
        assert isinstance(outcome, Failed)
        assert outcome.retry_at == NOW + 119
    demo = json.loads((folder / "429_demo_xratelimit.json").read_text())
    async with world(replayed(demo)) as running:
        running.now = datetime(2025, 7, 25, 14, 53, 10, tzinfo=UTC).timestamp()
        outcome = await running.source.quotes(["bitcoin"], "usd")
        assert isinstance(outcome, Failed)
        assert outcome.retry_at == running.now + 50


async def test_recorded_good_answers_are_not_taken_for_errors(corpus: Path) -> None:
    folder = corpus / "coingecko"
    lines = (folder / "http" / "simple_price_exchanges_2023-2026.jsonl").read_text().splitlines()
    recordings = [json.loads(line) for line in lines]
    recordings += [json.loads(path.read_text()) for path in (folder / "errors").glob("200*.json")]
    assert len(recordings) > 100
    for recording in recordings:
        headers = {name.lower(): value for name, value in recording["headers"].items()}
        sent = response(recording["status"], recording["body"].encode(), headers)
        assert explain(sent, json.loads(recording["body"]), DEMO) is None
