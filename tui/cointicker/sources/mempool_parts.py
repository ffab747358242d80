"""What each answer of a mempool server says about mining. Numbers may come as text, times in seconds or ms.

A reader gets the JSON of its answer, which may be anything, and what is known so far; it adds what it finds.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cointicker.domain.market import move, parse_number, parse_price
from cointicker.domain.mining import RETARGET_BLOCKS, SATS, DayRate, Fees, FoundBlock, Mining, Pool
from cointicker.domain.words import SafeText
from cointicker.text.safe import clean

_DAY = 86_400.0
_MOST_POOLS = 20
_MOST_BLOCKS = 15
_MOST_DAYS = 400
_YEAR = 367 * _DAY
_NAME_LIMIT = 60
_NUMERAL = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?")
_MILLISECONDS_FROM = 1e11
"""A time above it is in ms; in seconds it would lie in the year 5138."""
_TIMES = (1.23e9, 4.1e9)
"""From the first block to the year 2099, Unix seconds."""
_MOST_BITCOIN_IN_FEES = 500.0

_Reader = Callable[[Any, Mining, float], Mining]


@dataclass(frozen=True, slots=True)
class Part:
    """One answer."""

    path: str
    """Below the address of the interface, such as ``https://mempool.space/api/``."""
    read: _Reader
    """The JSON, what is known so far and when the answer came (Unix seconds) → what is known now."""


def _read_retarget(document: Any, known: Mining, _received_at: float) -> Mining:
    change = _number(_field(document, "difficultyChange"))
    blocks = _whole(_field(document, "remainingBlocks"))
    return replace(
        known,
        next_change=change if change is not None and -75 <= change <= 300 else None,  # the protocol allows no more
        retarget_at=_time(_field(document, "estimatedRetargetDate")),
        remaining_blocks=blocks if blocks is not None and blocks <= RETARGET_BLOCKS else None,
    )


def _read_hashrate(document: Any, known: Mining, received_at: float) -> Mining:
    rate = _amount(_field(document, "currentHashrate"))
    by_time = {
        at: value
        for point in _list(_field(document, "hashrates"))
        if (value := _amount(_field(point, "avgHashrate"))) is not None
        and (at := _time(_field(point, "timestamp"))) is not None
        and 0 <= received_at - at <= _YEAR
    }
    then = [value for at, value in by_time.items() if 27 * _DAY <= received_at - at <= 33 * _DAY]
    # A day's 144 blocks say only within 8 % what the hashrate was: a few days' mean says it better.
    before = sum(then) / len(then) if then else None
    return replace(
        known,
        hashrate=rate,
        hashrate_change_30d=move(before, rate),
        hashrates=tuple(DayRate(at, by_time[at]) for at in sorted(by_time)[-_MOST_DAYS:]),
        difficulty=_amount(_field(document, "currentDifficulty")) or known.difficulty,
    )


def _read_week(document: Any, known: Mining, _received_at: float) -> Mining:
    return replace(known, pools=_pools(document))


def _read_day(document: Any, known: Mining, _received_at: float) -> Mining:
    return replace(known, pools_day=_pools(document))


def _pools(document: Any) -> tuple[Pool, ...]:
    counts: dict[SafeText, float] = {}
    for entry in _list(_field(document, "pools")):
        name = clean(_field(entry, "name"), _NAME_LIMIT)
        blocks = _amount(_field(entry, "blockCount"))
        if name and blocks is not None:
            counts.setdefault(name, blocks)
    total = max(sum(counts.values()), _amount(_field(document, "blockCount")) or 0.0)
    pools = [Pool(name, blocks / total * 100) for name, blocks in counts.items()]
    return tuple(sorted(pools, key=lambda pool: -pool.share)[:_MOST_POOLS])


def _read_blocks(document: Any, known: Mining, received_at: float) -> Mining:
    entries = {height: block for block in _list(document) if (height := _whole(_field(block, "height")))}
    if not entries:
        return known
    blocks = tuple(_block(height, entries[height], received_at) for height in sorted(entries, reverse=True))
    newest = blocks[0]
    fees = [block.fees for block in blocks if block.fees is not None]
    return replace(
        known,
        height=newest.height,
        block_at=newest.at,
        block_pool=newest.pool,
        block_fees=sum(fees) / len(fees) if fees else None,
        difficulty=known.difficulty or _amount(_field(entries[newest.height], "difficulty")),
        blocks=blocks[:_MOST_BLOCKS],
    )


def _block(height: int, entry: Any, received_at: float) -> FoundBlock:
    at = _time(_field(entry, "timestamp"))
    extras = _field(entry, "extras")
    fees = _number(_field(extras, "totalFees"))
    return FoundBlock(
        height,
        at=min(at, received_at) if at is not None else None,  # miners' clocks may be two hours ahead
        pool=clean(_field(_field(extras, "pool"), "name"), _NAME_LIMIT) or None,
        fees=fees / SATS if fees is not None and 0 <= fees / SATS <= _MOST_BITCOIN_IN_FEES else None,
        transactions=_whole(_field(entry, "tx_count")),
    )


def _read_fees(document: Any, known: Mining, _received_at: float) -> Mining:
    fastest, half_hour, hour = (_amount(_field(document, name)) for name in ("fastestFee", "halfHourFee", "hourFee"))
    if fastest is None or half_hour is None or hour is None:
        return known
    return replace(known, fees=Fees(fastest, half_hour, hour))


def _read_prices(document: Any, known: Mining, _received_at: float) -> Mining:
    return replace(known, bitcoin_usd=parse_price(_number(_field(document, "USD"))))


PARTS = (
    Part("v1/difficulty-adjustment", _read_retarget),
    Part("v1/mining/hashrate/1y", _read_hashrate),
    Part("v1/blocks", _read_blocks),
    Part("v1/mining/pools/1w", _read_week),
    Part("v1/fees/recommended", _read_fees),
    Part("v1/prices", _read_prices),
    Part("v1/mining/pools/24h", _read_day),
)
"""All answers that make up the state of mining, those that say most first."""


def _field(document: Any, name: str) -> Any:
    return document.get(name) if isinstance(document, Mapping) else None


def _list(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else []


def _number(raw: Any) -> float | None:
    if isinstance(raw, str) and _NUMERAL.fullmatch(raw):
        return parse_number(float(raw))
    return parse_number(raw)


def _amount(raw: Any) -> float | None:
    """A number above zero."""
    value = _number(raw)
    return value if value is not None and value > 0 else None


def _whole(raw: Any) -> int | None:
    """A whole number, zero or more."""
    value = _number(raw)
    return int(value) if value is not None and value >= 0 and value.is_integer() and value < 1e9 else None


def _time(raw: Any) -> float | None:
    """A time in seconds or ms, as Unix seconds."""
    value = _number(raw)
    if value is None:
        return None
    if value > _MILLISECONDS_FROM:
        value /= 1000
    return value if _TIMES[0] <= value <= _TIMES[1] else None
