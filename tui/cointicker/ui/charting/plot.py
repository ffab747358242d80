"""A whole chart as a grid: the price above, volume below it, the axis of time with its marks, prices at the right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cointicker.domain.charts import Candle, ChartPoint, Span
from cointicker.text.braille import DOWN
from cointicker.text.numbers import direction, format_change, format_price
from cointicker.ui.charting.picture import HALVES, Picture, draw_candles, draw_volumes, fill_below, line_dots
from cointicker.ui.charting.scales import Scale, tick_labels
from cointicker.ui.charting.series import (
    GAPS,
    Window,
    in_percent,
    joined,
    made_of,
    nearest,
    volumes,
    with_live,
    within,
)
from cointicker.ui.charting.times import time_ticks
from cointicker.ui.inks import UP_INK

LEAST_HEIGHT = 4
"""Rows below which nothing can be read off."""
LEAST_WIDTH = 16
_LEAST_PICTURE = 10
"""Columns below which the amounts beside the picture are left out."""
_AXIS_ROWS = 2
_ROWS_A_TICK = 3
CANDLE_CELLS = 2
"""Columns of a candle and the gap beside it."""
_MARKED_ROWS = 8
"""Rows of the price from which on its high and low are marked."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall be drawn."""

    span: Span
    now: float
    """Unix seconds."""
    points: tuple[ChartPoint, ...]
    candles: tuple[Candle, ...] = ()
    other: tuple[ChartPoint, ...] = ()
    """Prices of a second coin; then both are drawn as percent since the start."""
    price: float | None = None
    """The newest price."""
    price_at: float | None = None
    """Its time, Unix seconds."""
    as_candles: bool = False
    filled: bool = True
    level: bool = False
    """A price that is not meant to move: no colour says whether it rose."""
    marks: tuple[float, ...] = ()
    """Times to mark on the axis, Unix seconds."""
    tell: Callable[[float], str] = format_price
    """An amount in words."""
    regroup: Callable[[str], str] = str
    """Sets the thousands of those words apart as the person likes."""


@dataclass(slots=True)
class Plot:
    """What was drawn, and where to find what again."""

    picture: Picture
    window: Window
    points: tuple[ChartPoint, ...]
    """As drawn: prices, or percent where a second coin is there."""
    other: tuple[ChartPoint, ...]
    candles: dict[int, Candle]
    """By column; empty where a line is drawn."""
    percent: bool
    change: float | None
    """From the first price shown to the last, percent."""
    high: ChartPoint
    low: ChartPoint
    axis: int
    """Row of the axis of time; the rows above it are the price and the volume."""
    labels: dict[int, str] = field(default_factory=dict)
    """Row → amount beside it."""
    tag: int = -1
    """Row of the newest price among the labels; -1: none."""
    marks: dict[int, list[int]] = field(default_factory=dict)
    """Column → which of the marks fall on it."""

    @property
    def extremes(self) -> tuple[float, float]:
        """The highest and the lowest amount that is drawn."""
        top = max((candle.high for candle in self.candles.values()), default=self.high.price)
        return top, min((candle.low for candle in self.candles.values()), default=self.low.price)

    def near(self, column: int, gap: float) -> ChartPoint | None:
        """The point that belongs to a column."""
        return nearest(self.points, self.window.time(column), gap)


def make_plot(wanted: Wanted, width: int, height: int) -> Plot | None:
    """A chart of ``width`` × ``height`` cells with the labels at the right; ``None`` where there is nothing to draw.

    The labels are counted in ``width`` but not put in the picture.
    """
    points = with_live(wanted.points, wanted.price, wanted.price_at)
    if height < LEAST_HEIGHT or width < LEAST_WIDTH or not points:
        return None
    traded = not wanted.other and any(point.volume for point in points)
    volume_rows = 0 if not traded or height < 12 else 2 if height < 20 else 3
    rows = height - _AXIS_ROWS - volume_rows
    window, shown = _shown(points, wanted, width)
    if not shown:
        return None
    change = (shown[-1].price / shown[0].price - 1) * 100
    other = within(wanted.other, window)
    if wanted.other:
        shown, other = _compared(shown, other)
    candles = _candles(wanted, shown, window) if wanted.as_candles and not wanted.other else {}
    high, low = max(shown, key=lambda point: point.price), min(shown, key=lambda point: point.price)
    values = [point.price for point in (*shown, *other)] + [
        price for candle in candles.values() for price in (candle.high, candle.low)
    ]
    margin = 1 if rows >= _MARKED_ROWS and not other else 0
    labels, tag = _labels(values, shown[-1].price, rows, margin, format_change if wanted.other else wanted.tell)
    labels = {row: wanted.regroup(label) for row, label in labels.items()}
    room = width - 1 - max(map(len, labels.values()), default=0)
    if room < _LEAST_PICTURE:
        labels, tag, room = {}, -1, width
    window = Window(window.start, window.end, room)
    candles = _candles(wanted, shown, window) if candles else {}
    plot = Plot(
        Picture(room, height), window, shown, other, candles, bool(wanted.other), change, high, low,
        axis=height - _AXIS_ROWS, labels=labels, tag=tag,
    )  # fmt: skip
    _draw_price(plot, wanted, values, rows, margin)
    if volume_rows:
        draw_volumes(plot.picture, volumes(shown, window, GAPS[wanted.span]), rows, volume_rows, "rule")
    _draw_axis(plot, wanted)
    return plot


def _shown(points: tuple[ChartPoint, ...], wanted: Wanted, columns: int) -> tuple[Window, tuple[ChartPoint, ...]]:
    window = Window.of(points, wanted.span, wanted.now, columns)
    return window, within(points, window)


def _compared(
    shown: tuple[ChartPoint, ...], other: tuple[ChartPoint, ...]
) -> tuple[tuple[ChartPoint, ...], tuple[ChartPoint, ...]]:
    """Both in percent of what they were when the later of them begins."""
    if not other:
        return in_percent(shown, shown[0].price), ()
    start = max(shown[0].at, other[0].at)
    base = next((point.price for point in shown if point.at >= start), shown[-1].price)
    other_base = next((point.price for point in other if point.at >= start), other[-1].price)
    return in_percent(shown, base), in_percent(other, other_base)


def _candles(wanted: Wanted, shown: Sequence[ChartPoint], window: Window) -> dict[int, Candle]:
    own = joined(wanted.candles, window, CANDLE_CELLS)
    return own or joined(made_of(shown, window, CANDLE_CELLS), window, CANDLE_CELLS)


def _labels(
    values: Sequence[float], newest: float, rows: int, margin: int, tell: Callable[[float], str]
) -> tuple[dict[int, str], int]:
    """Amounts beside the rows of the price, and the row of the newest one."""
    scale = Scale.around(values, rows, margin=margin)
    ticks = scale.ticks(max(2, rows // _ROWS_A_TICK))
    unit = "%" if tell is format_change else ""
    words = [f"{word}{unit}" for word in tick_labels(ticks)]
    labels = {scale.place(tick): word for tick, word in zip(ticks, words, strict=True)}
    tag = scale.place(newest)
    labels[tag] = tell(newest)
    return labels, tag


def _draw_price(plot: Plot, wanted: Wanted, values: Sequence[float], rows: int, margin: int) -> None:
    picture, window, gap = plot.picture, plot.window, GAPS[wanted.span]
    if plot.candles:
        draw_candles(picture, plot.candles, Scale.around(values, rows * HALVES, margin=margin * HALVES))
    else:
        scale = Scale.around(values, rows * DOWN, margin=margin * DOWN)
        line = line_dots(plot.points, window, scale, rows, gap)
        if wanted.filled and not plot.percent:
            picture.lay(fill_below(line), "rule")
        if plot.other:
            picture.lay(line_dots(plot.other, window, scale, rows, gap), "unread")
        way = 0 if wanted.level else direction(plot.change)
        picture.lay(line, "accent" if plot.percent else UP_INK[way])
    if margin:
        scale = Scale.around(values, rows, margin=margin)
        _mark_extremes(plot, scale, lambda price: wanted.regroup(wanted.tell(price)))


def _mark_extremes(plot: Plot, scale: Scale, tell: Callable[[float], str]) -> None:
    """Write the highest and the lowest price over and under the line."""
    top, floor = plot.extremes
    if top == floor:
        return
    for point, price, step in ((plot.high, top, -1), (plot.low, floor, 1)):
        text = f" {tell(price)} "
        column = plot.window.place(point.at) - len(text) // 2
        plot.picture.write(column, scale.place(price) + step, text, "secondary")


def _draw_axis(plot: Plot, wanted: Wanted) -> None:
    picture, window, axis = plot.picture, plot.window, plot.axis
    for column in range(picture.width):
        picture.put(column, axis, "─", "rule")
    end = -1
    for tick in time_ticks(window.start, window.end, picture.width):
        column = window.place(tick.at)
        start = min(max(0, column - len(tick.label) // 2), picture.width - len(tick.label))
        picture.put(column, axis, "┴", "rule")
        if start > end:
            picture.write(start, axis + 1, tick.label, "label")
            end = start + len(tick.label)
    for index, at in enumerate(wanted.marks):
        if window.holds(at):
            column = window.place(at)
            plot.marks.setdefault(column, []).append(index)
            picture.put(column, axis, "●", "unread")
