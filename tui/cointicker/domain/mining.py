"""The state of Bitcoin mining: hashrate, difficulty, what it pays and who finds the blocks."""

from dataclasses import dataclass

from cointicker.domain.words import SafeText

BLOCKS_PER_DAY = 144
HALVING_BLOCKS = 210_000
RETARGET_BLOCKS = 2016
"""Blocks between two changes of the difficulty."""
HASHES_PER_PETAHASH = 1e15
SATS = 100_000_000
"""Satoshis in a bitcoin."""


@dataclass(frozen=True, slots=True)
class Pool:
    name: SafeText
    share: float
    """Percent of the blocks of a span of time."""


@dataclass(frozen=True, slots=True)
class DayRate:
    """The hashrate of a day."""

    at: float
    """Unix seconds."""
    hashrate: float
    """Hashes per second."""


@dataclass(frozen=True, slots=True)
class FoundBlock:
    """A block of the chain."""

    height: int
    at: float | None = None
    """Time that it carries, Unix seconds; later blocks may carry earlier times."""
    pool: SafeText | None = None
    """Who found it."""
    fees: float | None = None
    """BTC."""
    transactions: int | None = None


@dataclass(frozen=True, slots=True)
class Fees:
    """Fee rates that get a transaction confirmed in time, sat/vB."""

    fastest: float
    half_hour: float
    hour: float


@dataclass(frozen=True, slots=True)
class Mining:
    """What was known at one time. ``None`` is "not known"."""

    fetched_at: float
    """Unix seconds."""
    hashrate: float | None = None
    """Hashes per second."""
    hashrate_change_30d: float | None = None
    """Percent."""
    difficulty: float | None = None
    next_change: float | None = None
    """Expected change of the difficulty at the next retarget, percent."""
    retarget_at: float | None = None
    """Expected, Unix seconds."""
    remaining_blocks: int | None = None
    """Blocks until the retarget."""
    hashprice: float | None = None
    """USD per PH/s and day."""
    fees: Fees | None = None
    height: int | None = None
    block_at: float | None = None
    """Time that the newest block carries, Unix seconds."""
    block_pool: SafeText | None = None
    """Who found the newest block."""
    block_fees: float | None = None
    """Mean fees of a recent block, BTC."""
    pools: tuple[Pool, ...] = ()
    """Of the last week, largest first."""
    bitcoin_usd: float | None = None
    """The price of a bitcoin that the source of these facts knows, USD."""
    pools_day: tuple[Pool, ...] = ()
    """Of the last 24 hours, largest first."""
    hashrates: tuple[DayRate, ...] = ()
    """Of the last year, oldest first."""
    blocks: tuple[FoundBlock, ...] = ()
    """The latest, newest first."""


def block_subsidy(height: int) -> float:
    """New bitcoin in the block at a height (BTC): 50, halved every 210,000 blocks."""
    halvings = height // HALVING_BLOCKS
    return 50 / 2**halvings if halvings < 64 else 0.0


def hashprice(
    height: int | None, block_fees: float | None, hashrate: float | None, price: float | None
) -> float | None:
    """What a petahash per second earns in a day, USD.

    (subsidy + fees) BTC a block × 144 blocks a day × price ÷ hashrate in PH/s. ``block_fees`` in BTC,
    ``hashrate`` in H/s, ``price`` in USD; fees that are not known count as none.
    """
    if height is None or price is None or not hashrate or hashrate <= 0:
        return None
    reward = block_subsidy(height) + (block_fees or 0.0)
    return reward * BLOCKS_PER_DAY * price / (hashrate / HASHES_PER_PETAHASH)


def retarget_progress(remaining_blocks: int | None) -> float | None:
    """How much of the way to the retarget is done, a fraction."""
    if remaining_blocks is None or not 0 <= remaining_blocks <= RETARGET_BLOCKS:
        return None
    return 1 - remaining_blocks / RETARGET_BLOCKS
