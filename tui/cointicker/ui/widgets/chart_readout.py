"""The words over a chart: the span as a whole, or what the crosshair stands on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.style import Style

from cointicker.domain.charts import Candle, Chart, ChartPoint, Span
from cointicker.domain.news import Story
from cointicker.engine.state import Snapshot
from cointicker.text.cells import cell_width
from cointicker.text.numbers import (
    direction,
    format_age,
    format_change,
    format_clock,
    format_large,
    format_moment,
    format_price,
)
from cointicker.ui.charting.plot import Plot
from cointicker.ui.charting.series import GAPS, nearest
from cointicker.ui.inks import Inks
from cointicker.ui.quotes import symbol_of
from cointicker.ui.widgets.lines import Piece, Row

Group = list[Piece]
"""What belongs together: a label and its number."""
_NARROW = 60
_GAP = "   "


@dataclass(frozen=True, slots=True)
class Shown:
    """What the chart is about."""

    coin_id: str = ""
    span: Span = Span.WEEK
    chart: Chart | None = None
    why: str = ""
    """Why there is no chart, or no newer one."""
    other_id: str = ""
    """A second coin; empty: none."""
    other: Chart | None = None
    as_candles: bool = False


@dataclass(frozen=True, slots=True)
class Readout:
    """Puts a plot into words."""

    inks: Inks
    clock: Callable[[], float]
    """Unix seconds."""
    snapshot: Snapshot
    shown: Shown
    stories: tuple[Story, ...]
    """What the marks of the plot stand for."""
    width: int
    """Cells."""

    def _set(self, number: str) -> str:
        return self.snapshot.settings.ui.regroup(number)

    def whole(self, plot: Plot) -> list[Group]:
        """How the price went over all that is shown."""
        label, secondary = self.inks("label"), self.inks("secondary")
        if plot.percent:
            groups = self._percent(plot.points[-1].price, plot.other[-1].price if plot.other else None)
            return groups if plot.other else [*groups, [(self._waiting_for_other(), label)]]
        if self.shown.why and self.shown.chart is not None:
            return [*self._change(plot), self._trouble(self.shown.chart)]
        high, low = plot.extremes
        return [
            *self._change(plot),
            [("high ", label), (self._set(format_price(high)), secondary)],
            [("low ", label), (self._set(format_price(low)), secondary)],
        ]

    def _trouble(self, chart: Chart) -> Group:
        """How old the chart is and why there is no newer one."""
        age = format_age(self.clock() - chart.fetched_at)
        return [("● ", self.inks("accent")), (f"{age} old: {self.shown.why}", self.inks("text"))]

    def _change(self, plot: Plot) -> list[Group]:
        span = f" in {self.shown.span.value}" if self.shown.span is not Span.MAX else " in all"
        return [
            [
                (self._set(format_change(plot.change)), self.inks.direction(direction(plot.change))),
                (span, self.inks("label")),
            ],
        ]

    def _waiting_for_other(self) -> str:
        symbol = symbol_of(self.shown.other_id, self.snapshot)
        return f"no prices of {symbol} here" if self.shown.other is not None else f"fetching {symbol} …"

    def _percent(self, own: float, other: float | None) -> list[Group]:
        coins = ((self.shown.coin_id, own, "accent"), (self.shown.other_id, other, "unread"))
        return [
            [
                (f"{symbol_of(coin, self.snapshot)} ", self.inks(ink, attributes="bold")),
                (self._set(format_change(change)), self.inks.direction(direction(change))),
            ]
            for coin, change, ink in coins
            if change is not None
        ]

    def under_cross(self, plot: Plot, column: int) -> list[Group]:
        """Time, price and headline at a column."""
        label = self.inks("label")
        gap = GAPS[self.shown.span]
        point = plot.near(column, gap)
        at = point.at if point is not None else plot.window.time(column)
        clock = self.width < _NARROW and self.shown.span is Span.DAY
        when: Group = [(format_clock(at) if clock else format_moment(at), self.inks("secondary"))]
        candle = plot.candles.get(column) or plot.candles.get(column - 1)
        if candle is not None:
            groups = self._candle(candle)
        elif point is None:
            groups = [[("no price", label)]]
        elif plot.percent:
            other = nearest(plot.other, at, gap)
            groups = self._percent(point.price, other.price if other is not None else None)
        else:
            groups = self._point(plot, column, point)
        return [when, *groups, *self._marked(plot, column)]

    def _candle(self, candle: Candle) -> list[Group]:
        label, text = self.inks("label"), self.inks("text")
        pairs = ((("O", candle.open), ("C", candle.close)), (("H", candle.high), ("L", candle.low)))
        return [
            [
                piece
                for place, (name, price) in enumerate(pair)
                for piece in ((f"{'  ' if place else ''}{name} ", label), (self._set(format_price(price)), text))
            ]
            for pair in pairs
        ]

    def _point(self, plot: Plot, column: int, point: ChartPoint) -> list[Group]:
        change = (point.price / plot.points[0].price - 1) * 100
        groups: list[Group] = [
            [
                (self._set(format_price(point.price)), self.inks("text", attributes="bold")),
                (f" {self._set(format_change(change))}", self.inks.direction(direction(change))),
            ]
        ]
        if point.volume is not None and column not in plot.marks:  # a headline needs the room
            groups.append([("volume ", self.inks("label")), (self._set(format_large(point.volume)), self.inks("text"))])
        return groups

    def _marked(self, plot: Plot, column: int) -> list[Group]:
        """The headline that fell where the crosshair stands."""
        marked = plot.marks.get(column)
        if not marked:
            return []
        more = f" (+{len(marked) - 1})" if len(marked) > 1 else ""
        title = self.stories[marked[0]].lead.title
        return [[("● ", self.inks("unread")), (f"{title}{more}", self.inks("text"))]]


def put_groups(row: Row, groups: Sequence[Group], style: Style) -> None:
    """Add groups in turn; one that does not fit is left out whole, but a headline or a reason is cut."""
    for index, group in enumerate(groups):
        gap = _GAP if index else ""
        width = sum(cell_width(text) for text, _ in group) + len(gap)
        if width < row.left or group[0][0].startswith("●"):
            row.put(gap, style).put_all(group)
