"""mempool.space's REST interface as far as a mining strip asks it, with its units: s here, ms there, sats as text."""

import hashlib
from typing import Any

from cointicker.domain.mining import RETARGET_BLOCKS, SATS
from cointicker.sources.demo_market import DAY
from cointicker.sources.demo_mining import DemoBlock
from upstream.wire import Reply, json_reply, text_reply
from upstream.world import World

SPANS = {
    "24h": DAY, "3d": 3 * DAY, "1w": 7 * DAY, "1m": 30 * DAY, "3m": 91 * DAY, "6m": 182 * DAY, "1y": 365 * DAY,
    "2y": 730 * DAY, "3y": 1095 * DAY,
}  # fmt: skip
_SPACING = 600.0
_PRICES = ("usd", "eur", "gbp", "cad", "chf", "aud", "jpy")


def answer(world: World, path: str, now: float) -> Reply:  # noqa: C901 - one case a path
    """The answer to a path below ``/mempool/api/``, at a time (Unix seconds)."""
    match path.strip("/").split("/"):
        case ["v1", "difficulty-adjustment"]:
            return json_reply(_adjustment(world, now))
        case ["v1", "mining", "hashrate", span] if span in SPANS and span != "24h":
            return _mining(_hashrate(world, SPANS[span], now))
        case ["v1", "mining", "pools", span] if span in SPANS:
            return _mining(_pools(world, now, round(SPANS[span] / _SPACING)))
        case ["v1", "mining", "reward-stats", count] if count.isdigit():
            return _mining(_rewards(world, int(count), now))
        case ["v1", "blocks"]:
            return json_reply([_block(world, block) for block in world.mining.blocks(now)])
        case ["v1", "blocks", height] if height.isdigit() and int(height) <= world.mining.height(now):
            numbers = range(int(height), int(height) - 15, -1)
            return json_reply([_block(world, world.mining.block(number)) for number in numbers])
        case ["blocks", "tip", "height"]:
            return text_reply(str(world.mining.height(now)))
        case ["v1", "fees", "recommended"]:
            return json_reply({name: max(1, round(rate)) for name, rate in _fees(world, now).items()})
        case ["v1", "fees", "precise"]:
            return json_reply(_fees(world, now))
        case ["v1", "prices"]:
            prices = {code.upper(): round(world.market.price("bitcoin", now, code)) for code in _PRICES}
            return json_reply({"time": int(now), **prices})
    return text_reply("Not Found", 404)


def _mining(value: Any) -> Reply:
    return json_reply(value, cache_control="public", expires_in="120")


def _fees(world: World, now: float) -> dict[str, float]:
    fees = world.mining.fees(now)
    return {
        "fastestFee": fees.fastest + 0.023,
        "halfHourFee": fees.half_hour + 0.094,
        "hourFee": fees.hour + 0.002,
        "economyFee": 0.502,
        "minimumFee": 0.1,
    }


def _adjustment(world: World, now: float) -> dict[str, Any]:
    state = world.mining.state(now)
    remaining, height = state.remaining_blocks or 0, state.height or 0
    period = height // RETARGET_BLOCKS
    previous = world.mining.difficulty(period) / world.mining.difficulty(period - 1)
    change = state.next_change or 0.0
    pace = _SPACING / (1 + change / 100)
    start = world.mining.block(period * RETARGET_BLOCKS).at
    return {
        "progressPercent": (RETARGET_BLOCKS - remaining) / RETARGET_BLOCKS * 100,
        "difficultyChange": change,
        "estimatedRetargetDate": int((now + remaining * pace) * 1000),
        "remainingBlocks": remaining,
        "remainingTime": int(remaining * pace * 1000),
        "previousRetarget": (previous - 1) * 100,
        "previousTime": int(start),
        "nextRetargetHeight": height + remaining,
        "timeAvg": int(pace * 1000),
        "adjustedTimeAvg": int(pace * 1000),
        "timeOffset": 0,
        "expectedBlocks": (now - start) / _SPACING,
    }


def _hashrate(world: World, span: float, now: float) -> dict[str, Any]:
    first, last = int((now - span) // DAY) + 1, int(now // DAY)
    newest = world.mining.height(now)
    periods = range((newest - int(span // _SPACING)) // RETARGET_BLOCKS + 1, newest // RETARGET_BLOCKS + 1)
    return {
        "hashrates": [
            {"timestamp": int(day * DAY), "avgHashrate": int(world.mining.hashrate(day * DAY))}
            for day in range(first, last + 1)
        ],
        "difficulty": [
            {
                "timestamp": int(world.mining.block(period * RETARGET_BLOCKS).at),
                "height": period * RETARGET_BLOCKS,
                "difficulty": world.mining.difficulty(period),
                "adjustment": world.mining.difficulty(period) / world.mining.difficulty(period - 1),
            }
            for period in periods
        ],
        "currentHashrate": int(world.mining.hashrate(now)),
        "currentDifficulty": world.mining.difficulty(newest // RETARGET_BLOCKS),
    }


def _pools(world: World, now: float, blocks: int) -> dict[str, Any]:
    counts = world.mining.pool_counts(now, blocks)
    return {
        "pools": [
            {
                "poolId": rank * 7 % 113,
                "name": name,
                "link": f"https://{slug}.example",
                "blockCount": count,
                "rank": rank,
                "emptyBlocks": count % 3,
                "slug": slug,
                "avgMatchRate": 99.9,
                "avgFeeDelta": f"{-0.02 + rank / 1000:.8f}",
                "poolUniqueId": rank * 7 % 113 - 1,
            }
            for rank, (name, slug, count) in enumerate(counts, 1)
        ],
        "blockCount": sum(count for _, _, count in counts),
        "lastEstimatedHashrate": int(world.mining.hashrate(now)),
        "lastEstimatedHashrate3d": int(world.mining.hashrate(now - 1.5 * DAY)),
        "lastEstimatedHashrate1w": int(world.mining.hashrate(now - 3.5 * DAY)),
    }


def _rewards(world: World, count: int, now: float) -> dict[str, Any]:
    blocks = world.mining.blocks(now, min(max(count, 1), 2016))
    return {
        "startBlock": blocks[-1].height,
        "endBlock": blocks[0].height,
        "totalReward": str(sum(block.reward for block in blocks)),
        "totalFee": str(sum(block.fees for block in blocks)),
        "totalTx": str(sum(block.transactions for block in blocks)),
    }


def _block_hash(height: int) -> str:
    return "0" * 20 + hashlib.blake2b(str(height).encode(), digest_size=22).hexdigest()


def _block(world: World, block: DemoBlock) -> dict[str, Any]:
    return {
        "id": _block_hash(block.height),
        "height": block.height,
        "version": 536870912,
        "timestamp": int(block.at),
        "bits": 386521239,
        "nonce": block.height * 7919 % 2**32,
        "difficulty": world.mining.difficulty(block.height // RETARGET_BLOCKS),
        "merkle_root": hashlib.blake2b(f"root {block.height}".encode(), digest_size=32).hexdigest(),
        "tx_count": block.transactions,
        "size": 1_500_000 + block.height % 90_000,
        "weight": 3_993_515,
        "previousblockhash": _block_hash(block.height - 1),
        "mediantime": int(block.at) - 3300,
        "extras": {
            "totalFees": block.fees,
            "medianFee": 1.2,
            "feeRange": [0.1, 0.5, 1, 1.2, 2, 4, 193],
            "reward": block.reward,
            "pool": {"id": 7, "name": block.pool, "slug": block.slug, "minerNames": None},
            "avgFee": block.fees // block.transactions,
            "avgFeeRate": max(1, round(block.fees / SATS * 100)),
            "matchRate": None if block.height % 5 == 0 else 99.9,
            "expectedFees": None,
        },
    }
