"""What there is to judge an alert on: prices, also those of the time away, mining and headlines."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cointicker.domain.ages import OLD_AT_SOURCE
from cointicker.domain.alerts import (
    ALL_TIME,
    OF_A_COIN,
    OF_MINING,
    Alert,
    Kind,
    Reading,
    Watch,
    all_prices,
    price_readings,
)
from cointicker.domain.confirm import JUMP, sampled_at
from cointicker.domain.market import Quote
from cointicker.domain.pegs import PEGS
from cointicker.engine.board import Board
from cointicker.engine.ports import Store

_LONGEST_AWAY = 30 * 86_400.0
"""Seconds of stored prices that are judged afterwards."""
LATE = 120.0
"""Seconds that a headline may be stored after one that was seen later than it."""
_NEWS = 86_400.0
"""Seconds after which a headline that comes new, from a feed just added, is no news."""
_AHEAD = 600.0
"""Seconds that the clock of a source may be ahead."""


class Readings:
    """Gathers the readings of an alert since it was judged last."""

    def __init__(self, store: Store, board: Board) -> None:
        self._store = store
        self._board = board

    async def of(self, alert: Alert, before: Watch) -> Sequence[Reading] | None:
        """The readings after the last one, oldest first; ``None`` where nothing can be said."""
        if alert.kind in OF_MINING:
            return self._of_mining(alert, before)
        if alert.kind in OF_A_COIN:
            return await self._of_prices(alert, before)
        return self._of_headlines(alert, before)

    async def _of_prices(self, alert: Alert, before: Watch) -> Sequence[Reading] | None:
        quote = (await self._quotes(alert.currency)).get(alert.coin_id)
        if quote is None or quote.price is None:
            return None
        now, at = self._board.clock(), sampled_at(quote)
        too_old = now - at > max(OLD_AT_SOURCE, 3 * self._board.snapshot.refresh)
        if at > now + _AHEAD or (before.at is None and too_old):
            return None
        if alert.kind is Kind.NEW_HIGH and alert.within == ALL_TIME:
            return _all_time_high(quote, before)
        since = max(before.at or at, now - _LONGEST_AWAY) - alert.within - 1
        history = (await self._store.histories((alert.coin_id,), alert.currency, since)).get(alert.coin_id)
        samples = [sample for sample in all_prices(history, quote) if since <= sample[0] < at]
        readings = price_readings(alert, [*samples, (at, quote.price)], before.at)
        return [_off_peg(reading, alert.coin_id) for reading in readings] if alert.kind is Kind.DEPEG else readings

    async def _quotes(self, currency: str) -> Mapping[str, Quote]:
        snapshot = self._board.snapshot
        return snapshot.quotes if currency == snapshot.currency else await self._store.quotes(currency)

    def _of_mining(self, alert: Alert, before: Watch) -> Sequence[Reading] | None:
        mining = self._board.snapshot.mining
        if mining is None:
            return None
        at, value = mining.fetched_at, mining.difficulty
        if alert.kind is not Kind.DIFFICULTY:  # hashprice goes with the price of a bitcoin
            bitcoin = self._board.snapshot.quotes.get("bitcoin")
            at = at if bitcoin is None else max(at, bitcoin.fetched_at)
            value = mining.hashprice
        if value is None or (before.at is not None and at <= before.at):
            return None
        return [Reading(at, value)]

    def _of_headlines(self, alert: Alert, before: Watch) -> Sequence[Reading]:
        if before.at is None:
            return []
        now, since = self._board.clock(), before.at - LATE
        told = {firing.headline_id for firing in self._board.snapshot.firings if firing.alert_id == alert.alert_id}
        new = [
            Reading(headline.first_seen, headline_id=headline.headline_id, title=headline.title)
            for story in self._board.snapshot.stories
            for headline in story.headlines
            if headline.first_seen > since
            and now - headline.at < _NEWS
            and headline.headline_id not in told
            and (not alert.coin_id or alert.coin_id in headline.coins)
        ]
        return sorted(new, key=lambda reading: reading.at)


def _all_time_high(quote: Quote, before: Watch) -> Sequence[Reading] | None:
    """The highest price ever; believed only where the price is near it."""
    high, price, at = quote.ath, quote.price, sampled_at(quote)
    if high is None or price is None or price < high * (1 - JUMP / 100) or (before.at is not None and at <= before.at):
        return None
    return [Reading(at, max(high, price))]


def _off_peg(reading: Reading, coin_id: str) -> Reading:
    """The price as its distance from the peg, basis points."""
    price = reading.value
    return replace(reading, value=None if price is None else (price / PEGS[coin_id][1] - 1) * 10_000)
