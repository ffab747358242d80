"""``cointicker chart``: how a price went, as a picture or as points."""

from collections.abc import Sequence
from typing import Any

from cointicker.cli.coins import choose
from cointicker.cli.csv_rows import csv_text
from cointicker.cli.fetching import status_of
from cointicker.cli.forms.reports import Chart as Command
from cointicker.cli.output import COULD_NOT, Out
from cointicker.domain.charts import Chart, ChartPoint
from cointicker.domain.freshness import Failed, Fresh, Freshness, Stale, fetched_at, reason_of, state_name
from cointicker.engine.engine import Engine
from cointicker.engine.naming import symbol_of
from cointicker.text.braille import Dots
from cointicker.text.cells import cell_width
from cointicker.text.numbers import format_change, format_moment, format_price, iso_time

_WIDEST = 100
"""Cells of a picture where nobody says how wide a line is."""
_NARROWEST = 10
_COLUMNS = ("at", "price", "volume")


async def show_chart(engine: Engine, command: Command, out: Out) -> int:
    """Print the chart of a coin; the exit status."""
    await engine.market.load()
    found = (await choose(engine, (command.coin,), out, list_given=False)).named
    if not found:
        if command.json:
            out.json(_document(engine, None, Failed("no such coin"), command))
        return COULD_NOT
    coin = found[0]
    answer = await engine.chart(coin, command.span)
    stored = await engine.stored_chart(coin, command.span) if isinstance(answer, Failed) else answer
    state: Freshness = Fresh(stored.fetched_at) if stored is not None else Failed("")
    if isinstance(answer, Failed):
        state = answer if stored is None else Stale(stored.fetched_at, answer.why, answer.retry_at)
        out.say(answer.why)
    if command.json:
        out.json(_document(engine, stored, state, command))
    elif command.csv:
        out.write(csv_text(_COLUMNS, map(_row, stored.points if stored is not None else ())))
    elif stored is not None and stored.points:
        _print(engine, stored, command.height, out)
    return status_of(state)


def _row(point: ChartPoint) -> dict[str, Any]:
    return {"at": iso_time(point.at), "price": point.price, "volume": point.volume}


def _document(engine: Engine, chart: Chart | None, state: Freshness, command: Command) -> dict[str, Any]:
    return {
        "state": state_name(state),
        "reason": reason_of(state),
        "as_of": iso_time(fetched_at(state)),
        "demo": engine.snapshot.demo,
        "coin": chart.coin_id if chart is not None else None,
        "currency": engine.snapshot.currency,
        "span": command.span.value,
        "points": [_row(point) for point in chart.points] if chart is not None else [],
    }


def _print(engine: Engine, chart: Chart, height: int, out: Out) -> None:
    points, code = chart.points, chart.currency.upper()
    prices = [point.price for point in points]
    moved = (points[-1].price / points[0].price - 1) * 100
    symbol = out.paint.strong(symbol_of(chart.coin_id, engine.snapshot))
    change = out.paint.move(moved, format_change(moved))
    out.print(f"{symbol}  {format_price(prices[-1])} {code}  {change} {out.paint.dim(chart.span.value)}")
    labels = {0: format_price(max(prices)), height - 1: format_price(min(prices))}
    margin = max(map(cell_width, labels.values())) + 1
    width = max(_NARROWEST, min(out.width, _WIDEST) - margin)
    for row, line in enumerate(picture(points, width, height)):
        label = labels.get(row, "")
        out.print(f"{out.paint.dim(label.rjust(margin - 1))} {line}".rstrip())
    start, end = format_moment(points[0].at), format_moment(points[-1].at)
    out.print(out.paint.dim(" " * margin + start + end.rjust(max(len(end) + 1, width - len(start)))))


def picture(points: Sequence[ChartPoint], width: int, height: int) -> list[str]:
    """A line through prices in so many cells, as tall as the prices reach."""
    dots = Dots(width, height)
    start, reach = points[0].at, (points[-1].at - points[0].at) or 1.0
    low, high = min(point.price for point in points), max(point.price for point in points)
    last: tuple[int, int] | None = None
    for point in points:
        share = (point.price - low) / (high - low) if high > low else 0.5
        here = round((point.at - start) / reach * (dots.across - 1)), round((1 - share) * (dots.down - 1))
        dots.line(*(last or here), *here)
        last = here
    return ["".join(dots.sign(column, row) for column in range(width)) for row in range(height)]
