"""CoinGecko's charts: rows of a time in milliseconds and what was true then."""

from collections.abc import Iterator, Mapping
from typing import Any

from cointicker.domain.charts import Candle, ChartPoint, ordered_candles, ordered_points
from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.market import parse_amount, parse_number
from cointicker.sources.http import Response
from cointicker.sources.server_time import clock_skew, corrected

_MOST_ROWS = 6000
"""Rows of a chart that are looked at, the newest; all of Bitcoin's days are fewer."""


def parse_chart(document: object, response: Response) -> tuple[ChartPoint, ...] | Failed:
    """The points of ``market_chart``, oldest first. Rows that cannot be drawn are left out."""
    series = document if isinstance(document, Mapping) else {}
    if not isinstance(series.get("prices"), list):
        return Failed("CoinGecko sent something that is not a chart", cause=Cause.BROKEN)
    volumes = {row[0]: row[1] for row in _rows(series.get("total_volumes"), 2)}
    return ordered_points(
        ChartPoint(at, price, parse_amount(volumes.get(raw_at)))
        for raw_at, raw_price in _rows(series["prices"], 2)
        if (at := _time(raw_at, response)) is not None and (price := parse_number(raw_price)) is not None
    )


def parse_candles(document: object, response: Response) -> tuple[Candle, ...] | Failed:
    """The candles of ``ohlc``, oldest first, each with the time of its end. Those that cannot be drawn are left out."""
    if not isinstance(document, list):
        return Failed("CoinGecko sent something that is not a list of candles", cause=Cause.BROKEN)
    return ordered_candles(_candles(document, response))


def _candles(rows: list[Any], response: Response) -> Iterator[Candle]:
    for raw_at, *raw_prices in _rows(rows, 5):
        at = _time(raw_at, response)
        first, high, low, last = map(parse_number, raw_prices)
        if at is not None and first is not None and high is not None and low is not None and last is not None:
            yield Candle(at, first, high, low, last)


def _rows(raw: object, length: int) -> Iterator[list[Any]]:
    """Rows of so many values, the first of which is a number."""
    for row in raw[-_MOST_ROWS:] if isinstance(raw, list) else ():
        if isinstance(row, list) and len(row) == length and parse_number(row[0]) is not None:
            yield row


def _time(raw: object, response: Response) -> float | None:
    """Milliseconds by the server's clock as Unix seconds by ours; ``None`` for a time to come."""
    milliseconds = parse_number(raw)
    if milliseconds is None:
        return None
    return corrected(milliseconds / 1000, response.received_at, clock_skew(response))
