"""Bitcoin mining in the demo world: blocks, difficulty, hashrate, fees and pools as a pure function of time."""

import math
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from cointicker.domain.mining import RETARGET_BLOCKS, SATS, DayRate, Fees, FoundBlock, Mining, Pool, block_subsidy
from cointicker.sources.demo_market import DAY, EPOCH, HOUR
from cointicker.sources.demo_noise import Wave, stream, unit
from cointicker.text.safe import clean

_EPOCH_HEIGHT = 931_204
_EPOCH_BLOCK_AGE = 240.0
_SPACING = 600.0
_DIFFICULTY = 148.2e12
_HASHRATE = 1.04e21
_GOLDEN = 0.6180339887498949
WEEK_BLOCKS = 1008
DAY_BLOCKS = 144
_YEAR = 365

POOLS: tuple[tuple[str, str, float], ...] = (
    ("Foundry USA", "foundryusa", 31.0),
    ("AntPool", "antpool", 17.0),
    ("F2Pool", "f2pool", 11.2),
    ("ViaBTC", "viabtc", 10.6),
    ("SpiderPool", "spiderpool", 8.1),
    ("MARA Pool", "marapool", 5.4),
    ("SECPOOL", "secpool", 4.2),
    ("Luxor", "luxor", 3.4),
    ("Binance Pool", "binancepool", 2.7),
    ("OCEAN", "ocean", 2.1),
    ("Braiins Pool", "braiinspool", 1.6),
    ("SBI Crypto", "sbicrypto", 1.3),
    ("Unknown", "unknown", 1.4),
)
"""Name, slug and percent of the blocks."""
_BOUNDS = tuple(accumulate(share for _, _, share in POOLS))


@dataclass(frozen=True, slots=True)
class DemoBlock:
    """A block of the demo chain."""

    height: int
    at: float
    """Unix seconds."""
    pool: str
    slug: str
    fees: int
    """Satoshis."""
    transactions: int

    @property
    def reward(self) -> int:
        """New coins and fees, satoshis."""
        return round(block_subsidy(self.height) * SATS) + self.fees


class DemoMining:
    """The chain and its miners, at any time."""

    def __init__(self, seed: int) -> None:
        self._times = stream(seed, "block times")
        self._contents = stream(seed, "block contents")
        self._pool_offset = unit(stream(seed, "pools"), 0)
        self._difficulty = stream(seed, "difficulty")
        self._rate = Wave(stream(seed, "hashrate"), ((45 * DAY, 0.06), (9 * DAY, 0.03), (2 * DAY, 0.015)))
        self._demand = Wave(stream(seed, "fees"), ((2 * DAY, 1.2), (7 * HOUR, 0.8), (HOUR, 0.4)))

    def _block_time(self, height: int) -> float:
        nominal = EPOCH - _EPOCH_BLOCK_AGE + (height - _EPOCH_HEIGHT) * _SPACING
        return nominal + (unit(self._times, height) - unit(self._times, _EPOCH_HEIGHT)) * _SPACING * 0.9

    def height(self, at: float) -> int:
        """Height of the newest block at a time (Unix seconds)."""
        height = _EPOCH_HEIGHT + int((at - EPOCH + _EPOCH_BLOCK_AGE) // _SPACING) + 2
        while self._block_time(height) > at:
            height -= 1
        return height

    def block(self, height: int) -> DemoBlock:
        """The block at a height."""
        place = (height * _GOLDEN + self._pool_offset) % 1 * _BOUNDS[-1]
        name, slug, _ = POOLS[min(bisect_right(_BOUNDS, place), len(POOLS) - 1)]
        at = self._block_time(height)
        fees = int(1_400_000 * math.exp(self._demand.at(at) / 2) * (0.7 + 0.6 * unit(self._contents, height)))
        return DemoBlock(height, at, name, slug, fees, 2200 + int(2600 * unit(self._contents, -height)))

    def blocks(self, at: float, count: int = 15) -> tuple[DemoBlock, ...]:
        """The newest blocks at a time, newest first."""
        newest = self.height(at)
        return tuple(self.block(height) for height in range(newest, newest - count, -1))

    def difficulty(self, period: int) -> float:
        """The difficulty of a period of 2016 blocks, counted from the first block."""
        level = unit(self._difficulty, period) - unit(self._difficulty, _EPOCH_HEIGHT // RETARGET_BLOCKS)
        return _DIFFICULTY * math.exp(0.05 * level)

    def hashrate(self, at: float) -> float:
        """Hashes per second at a time."""
        return _HASHRATE * math.exp(self._rate.at(at) - self._rate.at(EPOCH))

    def fees(self, at: float) -> Fees:
        """Fee rates at a time, sat/vB."""
        fastest = max(1.0, round(2 * math.exp(self._demand.at(at))))
        return Fees(fastest, max(1.0, round(fastest * 0.7)), max(1.0, round(fastest * 0.5)))

    def pool_counts(self, at: float, blocks: int = WEEK_BLOCKS) -> tuple[tuple[str, str, int], ...]:
        """Name, slug and blocks of each pool among so many latest blocks, largest first."""
        counts: dict[str, int] = {}
        newest = self.height(at)
        for height in range(newest - blocks + 1, newest + 1):
            place = (height * _GOLDEN + self._pool_offset) % 1 * _BOUNDS[-1]
            slug = POOLS[min(bisect_right(_BOUNDS, place), len(POOLS) - 1)][1]
            counts[slug] = counts.get(slug, 0) + 1
        rows = [(name, slug, counts[slug]) for name, slug, _ in POOLS if slug in counts]
        return tuple(sorted(rows, key=lambda row: -row[2]))

    def state(self, at: float) -> Mining:
        """All that a mining source says at a time, without hashprice."""
        blocks = self.blocks(at)
        height = blocks[0].height
        period = height // RETARGET_BLOCKS
        remaining = RETARGET_BLOCKS - height % RETARGET_BLOCKS
        before = self.hashrate(at - 30 * DAY)
        return Mining(
            fetched_at=at,
            hashrate=self.hashrate(at),
            hashrate_change_30d=(self.hashrate(at) / before - 1) * 100,
            difficulty=self.difficulty(period),
            next_change=(self.difficulty(period + 1) / self.difficulty(period) - 1) * 100,
            retarget_at=at + remaining * _SPACING,
            remaining_blocks=remaining,
            fees=self.fees(at),
            height=height,
            block_at=blocks[0].at,
            block_pool=clean(blocks[0].pool),
            block_fees=sum(block.fees for block in blocks) / len(blocks) / SATS,
            pools=self._pools(at, WEEK_BLOCKS),
            pools_day=self._pools(at, DAY_BLOCKS),
            hashrates=self.hashrates(at),
            blocks=tuple(
                FoundBlock(block.height, block.at, clean(block.pool), block.fees / SATS, block.transactions)
                for block in blocks
            ),
        )

    def _pools(self, at: float, blocks: int) -> tuple[Pool, ...]:
        return tuple(Pool(clean(name), count / blocks * 100) for name, _, count in self.pool_counts(at, blocks))

    def hashrates(self, at: float) -> tuple[DayRate, ...]:
        """The hashrate of each day of the year before a time."""
        today = int(at // DAY)
        return tuple(DayRate(day * DAY, self.hashrate(day * DAY)) for day in range(today - _YEAR, today + 1))
