"""What a person wants to be told of, and whether it has happened.

An alert is judged on readings: what was known at one time. It fires on the reading that first meets it and not again
while the readings go on meeting it. Only confirmed prices become readings (``domain.confirm``).
"""

import re
import zlib
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Self

from cointicker.domain.confirm import JUMP
from cointicker.domain.market import SPARKLINE_SPAN, PriceHistory, Quote, move
from cointicker.domain.words import EMPTY, SafeText

DEFAULT_WITHIN = 3600.0
DEFAULT_COOLDOWN = 3600.0
ALL_TIME = 0.0
"""``within`` of a new high: above all that ever was, as the source of the quotes knows it."""
ENOUGH = 0.75
"""Part of the time that a new high looks back over which stored prices must cover before there can be one."""


class Kind(Enum):
    """What an alert waits for, by the name of its setting."""

    ABOVE = "above"
    """The price is at the level or above it."""
    BELOW = "below"
    """The price is at the level or below it."""
    CROSSES = "crosses"
    """The price has passed the level, up or down, since the reading before."""
    MOVE = "move"
    """The price is so many percent away from where it was at some time ``within`` the last seconds."""
    DEPEG = "depeg"
    """A stablecoin is so many basis points away from its peg."""
    NEW_HIGH = "new_high"
    """The price is above all ``within`` the last seconds, or above all that ever was."""
    HASHPRICE_ABOVE = "hashprice_above"
    """What a petahash per second earns in a day, USD."""
    HASHPRICE_BELOW = "hashprice_below"
    DIFFICULTY = "difficulty"
    """The difficulty of mining has changed by so many percent or more."""
    KEYWORD = "keyword"
    """A new headline has the word."""


OF_A_PRICE = frozenset({Kind.ABOVE, Kind.BELOW, Kind.CROSSES})
"""Kinds whose level is a price."""
OF_A_COIN = OF_A_PRICE | {Kind.MOVE, Kind.DEPEG, Kind.NEW_HIGH}
"""Kinds that need the quote of a coin."""
OF_MINING = frozenset({Kind.HASHPRICE_ABOVE, Kind.HASHPRICE_BELOW, Kind.DIFFICULTY})
_HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d) ?[-–] ?([01]?\d|2[0-4]):([0-5]\d)")
_SPANNING = frozenset({Kind.MOVE, Kind.NEW_HIGH})
"""Kinds that look back over ``within``."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the local day in which nothing makes a noise; over midnight where ``start`` is after ``end``."""

    start: int
    """Minutes since midnight, included."""
    end: int
    """Minutes since midnight, not included."""

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The hours in ``23:00-07:00``; ``None`` for anything else."""
        match = _HOURS.fullmatch(text.strip())
        if match is None:
            return None
        start, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
        return cls(start, end) if end <= 24 * 60 else None

    def covers(self, minute: int) -> bool:
        """Whether a minute of the day lies within."""
        if self.start <= self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    def __str__(self) -> str:
        """``23:00-07:00``."""
        return "-".join(f"{minute // 60:02d}:{minute % 60:02d}" for minute in (self.start, self.end))


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to be told of. What it waits for names it: two that wait for the same are one."""

    kind: Kind
    coin_id: str = ""
    """Of a headline: only those that name the coin. Mining has none."""
    level: float = 0.0
    """A price, percent, basis points or USD per PH and day, by the kind."""
    currency: str = "usd"
    """Of the coin's price, whose moves differ from currency to currency."""
    within: float = DEFAULT_WITHIN
    """Seconds that a move or a new high looks back."""
    keyword: str = ""
    repeat: bool = False
    """Fire each time it comes true; else once."""
    cooldown: float = DEFAULT_COOLDOWN
    """Seconds after a firing in which it does not fire again."""
    quiet: Quiet | None = None
    """Hours of its own in which it makes no noise."""
    enabled: bool = True
    note: SafeText = EMPTY
    snoozed_until: float | None = None
    """Not judged before, Unix seconds. Not of the file but of the store, as is the next."""
    fired_at: float | None = None
    """When it last fired, Unix seconds."""

    @property
    def alert_id(self) -> str:
        """Eight characters, made from what it waits for; the same in every run."""
        within = self.within if self.kind in _SPANNING else 0.0
        currency = self.currency if self.kind in OF_A_COIN else ""
        words = (self.kind.value, self.coin_id, repr(self.level), currency, repr(within), self.keyword.casefold())
        return f"{zlib.crc32(' '.join(words).encode()):08x}"

    @property
    def compares(self) -> bool:
        """It holds a reading against the one before, so that the first of all cannot make it fire."""
        return self.kind in {Kind.CROSSES, Kind.DIFFICULTY} or (self.kind is Kind.NEW_HIGH and self.within == ALL_TIME)

    @property
    def is_done(self) -> bool:
        """It has fired and is to fire once."""
        return self.fired_at is not None and not self.repeat

    def is_awake(self, now: float) -> bool:
        """Whether it is to be judged at a time, Unix seconds."""
        return self.enabled and not self.is_done and (self.snoozed_until is None or now >= self.snoozed_until)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was known at one time of what an alert looks at."""

    at: float
    """Unix seconds."""
    value: float | None = None
    """A price, an all-time high, a hashprice, a difficulty, or a distance from a peg."""
    low: float | None = None
    """The lowest and the highest price of the time that the alert looks back over, without this one."""
    high: float | None = None
    headline_id: str = ""
    """Of a headline that came new."""
    title: SafeText = EMPTY


@dataclass(frozen=True, slots=True)
class Watch:
    """What is remembered of an alert between two readings, and over restarts."""

    alert_id: str
    at: float | None = None
    """Time of the last reading, Unix seconds; ``None`` before the first."""
    value: float | None = None
    """Its value."""
    met: bool = False
    """It met the alert, which therefore does not fire until a reading no longer does."""
    fired_at: float | None = None
    snoozed_until: float | None = None
    turn: int = 0
    """How often it was stored; whoever stores the next turn acts on what fired."""


@dataclass(frozen=True, slots=True)
class Firing:
    """An alert that came true."""

    alert_id: str
    kind: Kind
    coin_id: str
    at: float
    """When it came true, Unix seconds."""
    noticed_at: float
    """When this program found it, Unix seconds."""
    value: float | None
    """The price, percent, basis points, hashprice or change of the difficulty, by the kind."""
    level: float
    currency: str
    text: SafeText = EMPTY
    """In a sentence."""
    note: SafeText = EMPTY
    headline_id: str = ""
    away: bool = False
    """It came true while no program was looking, and was found in stored prices afterwards."""
    quiet: bool = False
    """In quiet hours: noted, and nothing else."""


def judge(alert: Alert, before: Watch, now: Reading) -> Firing | None:
    """Whether a reading makes an alert fire.

    The first reading of all makes one fire that is met by it, but not one that waits for a change.
    """
    if not _is_met(alert, before, now) or not _may_fire(alert, before, now):
        return None
    return Firing(
        alert_id=alert.alert_id,
        kind=alert.kind,
        coin_id=alert.coin_id,
        at=now.at,
        noticed_at=now.at,
        value=_measure(alert, before, now),
        level=alert.level,
        currency=alert.currency,
        note=alert.note,
        headline_id=now.headline_id,
    )


def follow(alert: Alert, before: Watch, readings: Iterable[Reading]) -> tuple[Watch, tuple[Firing, ...]]:
    """Judge readings one after another, oldest first: what to remember, and what fired."""
    watch, firings = before, list[Firing]()
    for now in readings:
        firing = judge(alert, watch, now)
        met = watch.met if now.value is None else _is_met(alert, watch, now) and not alert.compares
        watch = replace(
            watch,
            at=now.at if watch.at is None else max(watch.at, now.at),
            value=watch.value if now.value is None else now.value,
            met=met,
        )
        if firing is not None:
            watch = replace(watch, fired_at=now.at, snoozed_until=None)
            firings.append(firing)
    return watch, tuple(firings)


def _may_fire(alert: Alert, before: Watch, now: Reading) -> bool:
    if before.met:
        return False
    if before.fired_at is None:
        return True
    return alert.repeat and not 0 <= now.at - before.fired_at < alert.cooldown


def _is_met(alert: Alert, before: Watch, now: Reading) -> bool:
    if alert.kind is Kind.KEYWORD:
        return has_word(now.title, alert.keyword)
    value = now.value
    if value is None:
        return False
    match alert.kind:
        case Kind.ABOVE | Kind.HASHPRICE_ABOVE:
            return value >= alert.level
        case Kind.BELOW | Kind.HASHPRICE_BELOW:
            return value <= alert.level
        case Kind.CROSSES:
            return before.value is not None and (before.value >= alert.level) != (value >= alert.level)
        case Kind.NEW_HIGH:
            high = before.value if alert.within == ALL_TIME else now.high
            return high is not None and value > high
    measure = _measure(alert, before, now)
    return measure is not None and measure != 0 and abs(measure) >= alert.level


def _measure(alert: Alert, before: Watch, now: Reading) -> float | None:
    """What is held against the level."""
    if alert.kind is Kind.MOVE:
        moves = [change for each in (now.low, now.high) if (change := move(each, now.value)) is not None]
        return max(moves, key=abs, default=None)
    if alert.kind is Kind.DIFFICULTY:
        return move(before.value, now.value)
    return now.value


def has_word(text: str, keyword: str) -> bool:
    """Whether a text has a word or a phrase, as whole words, in capitals or not."""
    words = r"\s+".join(map(re.escape, keyword.casefold().split()))
    return bool(words) and re.search(rf"(?<!\w){words}(?!\w)", text.casefold()) is not None


def price_readings(alert: Alert, samples: Sequence[tuple[float, float]], start: float | None) -> list[Reading]:
    """Readings of the prices (Unix seconds, price; oldest first) after ``start``; ``None``: of the last one only.

    Prices up to ``start`` serve to look back on.
    """
    if start is None:
        start = samples[-2][0] if len(samples) > 1 else float("-inf")
    lows, highs = _Window(alert.within, min), _Window(alert.within, max)
    readings: list[Reading] = []
    for at, price in samples:
        low, high = lows.best(at), highs.best(at)
        if alert.kind is Kind.NEW_HIGH and at - samples[0][0] < alert.within * ENOUGH:
            high = None
        if at > start:
            readings.append(Reading(at, price, low, high))
        lows.add(at, price)
        highs.add(at, price)
    return readings


class _Window:
    """The lowest or highest of the prices that were added within so many seconds."""

    def __init__(self, within: float, better: Callable[[float, float], float]) -> None:
        self._within = within
        self._better = better
        self._prices: deque[tuple[float, float]] = deque()
        """Only those that no later one outdoes: the first is the best."""

    def add(self, at: float, price: float) -> None:
        while self._prices and self._better(self._prices[-1][1], price) == price:
            self._prices.pop()
        self._prices.append((at, price))

    def best(self, at: float) -> float | None:
        while self._prices and self._prices[0][0] < at - self._within:
            self._prices.popleft()
        return self._prices[0][1] if self._prices else None


def all_prices(history: PriceHistory | None, quote: Quote) -> list[tuple[float, float]]:
    """Stored prices (Unix seconds, price; oldest first) and, where they have gaps, those of the quote's sparkline.

    The sparkline counts in dollars only: it is not certain that the source gives it in other currencies.
    """
    stored = list(zip(history.times, history.prices, strict=True)) if history is not None else []
    points = quote.sparkline
    if len(points) < 24 or quote.currency != "usd":
        return stored
    times = [at for at, _ in stored]
    step = SPARKLINE_SPAN / (len(points) - 1)
    start = (quote.updated_at or quote.fetched_at) - SPARKLINE_SPAN
    filling = [
        (at, price)
        for place, price in enumerate(points)
        if _is_gap(times, at := start + place * step, step) and not _sticks_out(points, place)
    ]
    return sorted((*stored, *filling))


def _is_gap(times: Sequence[float], at: float, step: float) -> bool:
    """No stored time is nearer than a step."""
    place = bisect_left(times, at)
    return all(abs(at - near) >= step for near in times[max(0, place - 1) : place + 1])


def _sticks_out(points: Sequence[float], place: int) -> bool:
    """A point that far off both of its neighbours is an error of the source."""
    near = [points[other] for other in (place - 1, place + 1) if 0 <= other < len(points)]
    return all(abs(move(other, points[place]) or 0.0) > JUMP for other in near)
