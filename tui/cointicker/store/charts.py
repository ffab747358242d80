"""Charts, as rows: points and candles packed, for they are only ever read whole."""

import math
import sqlite3
import struct
from collections.abc import Iterable, Iterator

from cointicker.domain.charts import Candle, Chart, ChartPoint, Span
from cointicker.store.opening import UnreadableError

KEEP = 30 * 86_400.0
"""Seconds that a chart is kept after it was fetched."""
KEEP_CHARTS = 1000
"""Charts that are kept, the newest; one has up to 60 kB."""


def load_chart(connection: sqlite3.Connection, coin_id: str, currency: str, span: Span) -> Chart | None:
    """A stored chart, however old."""
    row = connection.execute(
        "SELECT points, candles, fetched_at, candles_at FROM charts WHERE coin_id = ? AND currency = ? AND span = ?",
        (coin_id, currency, span.value),
    ).fetchone()
    if row is None:
        return None
    points, candles, fetched_at, candles_at = row
    return Chart(
        coin_id,
        currency,
        span,
        tuple(
            ChartPoint(at, price, None if math.isnan(volume) else volume) for at, price, volume in _unpack(points, 3)
        ),
        tuple(Candle(*values) for values in _unpack(candles, 5)),
        fetched_at,
        candles_at,
    )


def save_chart(connection: sqlite3.Connection, chart: Chart) -> None:
    """Keep a chart in place of the one that was stored."""
    points = _pack(
        (point.at, point.price, math.nan if point.volume is None else point.volume) for point in chart.points
    )
    candles = _pack((each.at, each.open, each.high, each.low, each.close) for each in chart.candles)
    connection.execute(
        "INSERT OR REPLACE INTO charts (coin_id, currency, span, fetched_at, points, candles_at, candles) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (chart.coin_id, chart.currency, chart.span.value, chart.fetched_at, points, chart.candles_at, candles),
    )


def forget_charts(connection: sqlite3.Connection, now: float) -> None:
    """Drop charts that were fetched long ago, and those beyond the most that are kept."""
    connection.execute("DELETE FROM charts WHERE fetched_at < ?", (now - KEEP,))
    connection.execute(
        "DELETE FROM charts WHERE rowid IN (SELECT rowid FROM charts ORDER BY fetched_at DESC LIMIT -1 OFFSET ?)",
        (KEEP_CHARTS,),
    )


def _pack(rows: Iterable[tuple[float, ...]]) -> bytes:
    values = [value for row in rows for value in row]
    return struct.pack(f"<{len(values)}d", *values)


def _unpack(raw: object, width: int) -> Iterator[tuple[float, ...]]:
    if not isinstance(raw, bytes) or len(raw) % (8 * width):
        raise UnreadableError("chart")
    return struct.iter_unpack(f"<{width}d", raw)
