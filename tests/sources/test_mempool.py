"""The state of mining, part by part, from a mempool server that may send anything."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.mining import DayRate, Fees, FoundBlock, Mining, Pool
from cointicker.domain.words import SafeText
from cointicker.engine.ports import MiningSource
from cointicker.sources.http import Fetcher
from cointicker.sources.mempool import Mempool
from cointicker.sources.mempool_parts import PARTS
from sources.raw_server import Answer, Asked, RawServer, answer, hang

NOW = 1_768_426_200.0
DAY = 86_400


def block_extras(fees: int, pool: str) -> dict[str, Any]:
    return {"totalFees": fees, "pool": {"name": pool}}


GOOD: dict[str, Any] = {
    "v1/difficulty-adjustment": {
        "difficultyChange": 1.2,
        "estimatedRetargetDate": (NOW + 5 * DAY) * 1000,
        "remainingBlocks": 740,
    },
    "v1/mining/hashrate/1y": {
        "hashrates": [
            {"timestamp": NOW - (31 - days) * DAY, "avgHashrate": 1_050 * 10**18 + (days - 2) * 10**19}
            for days in range(31)
        ],
        "currentHashrate": 1_102_500_000_000_000_000_001,
        "currentDifficulty": 148_200_000_000_000.5,
    },
    "v1/blocks": [
        {"height": 931_203, "timestamp": NOW - 900, "extras": block_extras(1_000_000, "AntPool")},
        {"height": 931_204, "timestamp": NOW - 240, "tx_count": 3100, "extras": block_extras(3_000_000, "Foundry USA")},
    ],
    "v1/mining/pools/1w": {
        "pools": [{"name": "AntPool", "blockCount": 171}, {"name": "Foundry USA", "blockCount": 323}],
        "blockCount": 1024,
    },
    "v1/fees/recommended": {"fastestFee": 2, "halfHourFee": 1, "hourFee": 0.5, "economyFee": 1},
    "v1/prices": {"time": NOW, "USD": 88_349, "EUR": 75_000},
    "v1/mining/pools/24h": {"pools": [{"name": "AntPool", "blockCount": 36}], "blockCount": 144},
}
STATE = Mining(
    fetched_at=NOW,
    hashrate=1.1025e21,
    hashrate_change_30d=5.0,
    difficulty=148_200_000_000_000.5,
    next_change=1.2,
    retarget_at=NOW + 5 * DAY,
    remaining_blocks=740,
    fees=Fees(2, 1, 0.5),
    height=931_204,
    block_at=NOW - 240,
    block_pool=SafeText("Foundry USA"),
    block_fees=0.02,
    pools=(
        Pool(SafeText("Foundry USA"), 323 / 1024 * 100),
        Pool(SafeText("AntPool"), 171 / 1024 * 100),
    ),
    bitcoin_usd=88_349,
    pools_day=(Pool(SafeText("AntPool"), 25.0),),
    hashrates=tuple(DayRate(NOW - (31 - days) * DAY, 1_050e18 + (days - 2) * 1e19) for days in range(31)),
    blocks=(
        FoundBlock(931_204, NOW - 240, SafeText("Foundry USA"), 0.03, 3100),
        FoundBlock(931_203, NOW - 900, SafeText("AntPool"), 0.01, None),
    ),
)
PARTS_OF: dict[str, dict[str, Any]] = {
    "v1/difficulty-adjustment": {"next_change": None, "retarget_at": None, "remaining_blocks": None},
    "v1/mining/hashrate/1y": {"hashrate": None, "hashrate_change_30d": None, "difficulty": None, "hashrates": ()},
    "v1/blocks": {"height": None, "block_at": None, "block_pool": None, "block_fees": None, "blocks": ()},
    "v1/mining/pools/1w": {"pools": ()},
    "v1/fees/recommended": {"fees": None},
    "v1/prices": {"bitcoin_usd": None},
    "v1/mining/pools/24h": {"pools_day": ()},
}
"""Part → the fields that only it fills, as they are without it."""


def served(documents: Mapping[str, Any]) -> dict[str, Answer]:
    return {f"/api/{path}": answer(json.dumps(document).encode()) for path, document in documents.items()}


@asynccontextmanager
async def mempool(plays: Mapping[str, Answer] | Answer) -> AsyncIterator[tuple[Mempool, RawServer]]:
    async with RawServer(plays) as server:
        fetcher = Fetcher(user_agent="test", clock=lambda: NOW)
        try:
            yield Mempool(fetcher, server.url + "api", lambda: NOW), server
        finally:
            await fetcher.close()


async def fetched(plays: Mapping[str, Answer] | Answer) -> Mining | Failed:
    async with mempool(plays) as (source, _):
        return await source.fetch()


def told(outcome: Mining | Failed) -> Mining:
    assert isinstance(outcome, Mining), outcome
    return replace(outcome, hashrate_change_30d=outcome.hashrate_change_30d and round(outcome.hashrate_change_30d, 9))


def read(path: str, document: Any) -> Mining:
    """What one part alone says."""
    part = next(part for part in PARTS if part.path == path)
    return part.read(document, Mining(fetched_at=NOW), NOW)


async def test_all_parts_together_are_the_state_of_mining() -> None:
    async with mempool(served(GOOD)) as (source, server):
        known: MiningSource = source
        assert told(await known.fetch()) == STATE
        assert sorted(asked.target for asked in server.asked) == sorted(f"/api/{path}" for path in GOOD)


@pytest.mark.parametrize("lost", list(GOOD))
@pytest.mark.parametrize(
    "play",
    [answer(b"", "500 Oops"), answer(b"null"), answer(b"<html>"), b"", answer(b"[{")],
    ids=["500", "null", "page", "nothing", "cut"],
)
async def test_a_part_that_cannot_be_had_is_unknown_and_costs_no_other(lost: str, play: bytes) -> None:
    assert told(await fetched(served(GOOD) | {f"/api/{lost}": play})) == replace(STATE, **PARTS_OF[lost])


async def test_no_more_than_three_parts_are_asked_for_at_once() -> None:
    running, most = 0, 0
    full = asyncio.Event()

    async def count(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        if running == 3:
            full.set()
        await full.wait()
        writer.write(answer(b"{}"))
        running -= 1

    await fetched(count)
    assert most == 3


async def test_who_is_told_to_ask_less_asks_no_further() -> None:
    page = b"<html><head><title>429 Too Many Requests</title></head></html>"
    async with mempool(answer(page, "429 Too Many Requests", content_type="text/html")) as (source, server):
        outcome = await source.fetch()
        assert outcome == Failed("127.0.0.1 wants fewer calls", None, Cause.LIMITED)
        assert len(server.asked) <= 3


async def test_a_wait_that_was_asked_for_is_kept() -> None:
    now = NOW
    async with RawServer(answer(b"", "429 Too Many Requests", retry_after="60")) as server:
        fetcher = Fetcher(user_agent="test", clock=lambda: now)
        source = Mempool(fetcher, server.url, lambda: now)
        first = await source.fetch()
        assert isinstance(first, Failed)
        assert first.retry_at == NOW + 60
        asked = len(server.asked)
        now += 59
        assert await source.fetch() == first
        assert len(server.asked) == asked
        now += 2
        server.answers = {"": answer(b"{}"), "/v1/prices": answer(b'{"USD": 1}')}
        assert told(await source.fetch()).bitcoin_usd == 1
        await fetcher.close()


@pytest.mark.parametrize(
    ("play", "cause"),
    [
        (answer(b"", "403 Forbidden"), Cause.BLOCKED),
        (answer(b"", "404 Not Found"), Cause.MISSING),
        (answer(b"", "418 Teapot"), Cause.BROKEN),
        (answer(b"", "502 Bad Gateway"), Cause.SERVER),
        (answer(b"<html>"), Cause.BROKEN),
        (answer(b"{}"), Cause.BROKEN),
        (answer(b"[" * 100_000), Cause.BROKEN),
        (b"", Cause.BROKEN),
    ],
)
async def test_where_no_part_can_be_had_the_reason_is_said(play: bytes, cause: Cause) -> None:
    outcome = await fetched(play)
    assert isinstance(outcome, Failed)
    assert outcome.cause is cause
    assert "127.0.0.1" in outcome.why


async def test_a_fetch_that_is_cancelled_leaves_nothing_behind() -> None:
    async with mempool(hang) as (source, server):
        fetching = asyncio.ensure_future(source.fetch())
        await server.was_asked.wait()
        fetching.cancel()
        with pytest.raises(asyncio.CancelledError):
            await fetching
        await asyncio.wait_for(server.hung_up.wait(), 5)


def test_times_are_read_in_seconds_and_in_milliseconds() -> None:
    spellings: tuple[object, ...] = (NOW, int(NOW), NOW * 1000, str(int(NOW)), str(int(NOW * 1000)))
    for raw in spellings:
        assert read("v1/difficulty-adjustment", {"estimatedRetargetDate": raw}).retarget_at == NOW
    nonsense: tuple[object, ...] = (None, 0, -5, 1e300, True, "soon", "1e9", [], NOW * 1e6)
    for raw in nonsense:
        assert read("v1/difficulty-adjustment", {"estimatedRetargetDate": raw}).retarget_at is None


@pytest.mark.parametrize("raw", [-75.1, 301, None, "x", True, [], {}])
def test_a_change_of_difficulty_that_the_protocol_forbids_is_unknown(raw: object) -> None:
    assert read("v1/difficulty-adjustment", {"difficultyChange": raw}).next_change is None


@pytest.mark.parametrize("raw", [-1, 2017, 1.5, None, "x", True])
def test_more_blocks_than_a_period_has_are_unknown(raw: object) -> None:
    assert read("v1/difficulty-adjustment", {"remainingBlocks": raw}).remaining_blocks is None


def test_a_change_of_a_month_needs_what_was_a_month_ago() -> None:
    week = {"currentHashrate": 2e20, "hashrates": [{"timestamp": NOW - 7 * DAY, "avgHashrate": 1e20}]}
    month = {"currentHashrate": 2e20, "hashrates": [{"timestamp": NOW - 30 * DAY, "avgHashrate": 1e20}]}
    assert read("v1/mining/hashrate/1y", week).hashrate_change_30d is None
    assert read("v1/mining/hashrate/1y", month).hashrate_change_30d == pytest.approx(100)


def test_the_days_of_a_year_are_told_in_order_and_none_from_the_future() -> None:
    days = [(3, 1e20), (1, 3e20), (2, 2e20), (-1, 9e20), (400, 9e20)]
    points = [{"timestamp": NOW - ago * DAY, "avgHashrate": rate} for ago, rate in days]
    known = read("v1/mining/hashrate/1y", {"hashrates": [*points, {"timestamp": NOW}, {"avgHashrate": 1}]})
    assert [day.hashrate for day in known.hashrates] == [1e20, 2e20, 3e20]


def test_the_newest_block_is_the_highest_and_not_in_the_future() -> None:
    blocks = [
        {"height": 5, "timestamp": NOW + 7_000, "difficulty": 9.5},
        {"height": 4, "timestamp": NOW - 10, "extras": None},
        {"height": None},
        "nonsense",
    ]
    known = read("v1/blocks", blocks)
    assert (known.height, known.block_at, known.difficulty) == (5, NOW, 9.5)
    assert (known.block_pool, known.block_fees) == (None, None)


def test_shares_are_of_all_blocks_and_names_are_safe() -> None:
    pools = [{"name": "A\x1b[2J [x]", "blockCount": "3"}, {"name": "B", "blockCount": 1}, {"name": "", "blockCount": 9}]
    named = read("v1/mining/pools/1w", {"pools": [*pools, {"name": "C", "blockCount": -1}, None]}).pools
    assert named == (Pool(SafeText("A [x]"), 75.0), Pool(SafeText("B"), 25.0))


def test_fees_are_known_together_or_not_at_all() -> None:
    assert read("v1/fees/recommended", {"fastestFee": 2, "halfHourFee": 1}).fees is None
    assert read("v1/fees/recommended", {"fastestFee": 2, "halfHourFee": 1, "hourFee": 0}).fees is None
    decimals = {"fastestFee": "2.023", "halfHourFee": 1.094, "hourFee": 0.502}
    assert read("v1/fees/recommended", decimals).fees == Fees(2.023, 1.094, 0.502)


names = st.sampled_from(
    ["difficultyChange", "estimatedRetargetDate", "remainingBlocks", "currentHashrate", "hashrates", "timestamp",
     "avgHashrate", "height", "extras", "totalFees", "pool", "name", "pools", "blockCount", "fastestFee", "USD"]
)  # fmt: skip
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(names, inner),
    max_leaves=20,
)


@given(st.sampled_from(PARTS), anything)
def test_any_answer_ends_in_what_can_be_true(part: Any, document: Any) -> None:
    known = part.read(document, Mining(fetched_at=NOW), NOW)
    assert known.remaining_blocks is None or 0 <= known.remaining_blocks <= 2016
    assert known.block_at is None or 0 < known.block_at <= NOW
    assert all(0 < pool.share <= 100 and pool.name.isprintable() for pool in known.pools)
    for value in (known.hashrate, known.difficulty, known.bitcoin_usd):
        assert value is None or 0 < value < float("inf")


def test_recorded_shares_add_up(corpus: Path) -> None:
    recorded = json.loads((corpus / "mempool" / "mining_pools_1w_2025-04.json").read_text())
    known = read("v1/mining/pools/1w", recorded)
    assert known.pools[0].name == "Foundry USA"
    assert known.pools[0].share == pytest.approx(323 / 1024 * 100)
    assert sum(pool.share for pool in known.pools) == pytest.approx(100, abs=3)


def test_recorded_blocks_are_read(corpus: Path) -> None:
    recorded = json.loads((corpus / "mempool" / "ws_blocks_2025-04-01.json").read_text())["blocks"]
    known = read("v1/blocks", recorded)
    newest = max(recorded, key=lambda block: int(block["height"]))
    assert (known.height, known.block_at) == (newest["height"], newest["timestamp"])
    assert known.block_pool == newest["extras"]["pool"]["name"]
    assert known.block_fees == pytest.approx(
        sum(block["extras"]["totalFees"] for block in recorded) / len(recorded) / 1e8
    )


def test_samples_of_the_documentation_are_read(corpus: Path) -> None:
    samples = json.loads((corpus / "mempool" / "rest_docs_samples.json").read_text())
    retarget = read("v1/difficulty-adjustment", samples["/api/v1/difficulty-adjustment"]["body"])
    assert (retarget.retarget_at, retarget.remaining_blocks) == (1_627_762_478, 1121)
    hashrate = read("v1/mining/hashrate/1y", samples["/api/v1/mining/hashrate/3d"]["body"])
    assert hashrate.hashrate == pytest.approx(2.520332473552123e20)
    assert hashrate.difficulty == 31_251_101_365_711.12
    assert read("v1/prices", samples["/api/v1/prices"]["body"]).bitcoin_usd == 43_753
    assert read("v1/fees/recommended", samples["/api/v1/fees/recommended"]["body"]).fees == Fees(1, 1, 1)
