"""The chart: a price over a span of time, with a crosshair that keys and mouse move, and headlines where they fell."""

from collections.abc import Iterable

from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from cointicker.domain.charts import Span
from cointicker.domain.market import Quote, peg_distance
from cointicker.domain.news import Story
from cointicker.engine.commands import Place
from cointicker.engine.state import Snapshot
from cointicker.text.cells import cell_width
from cointicker.text.numbers import (
    direction,
)
from cointicker.ui.charting.plot import Plot, Wanted, make_plot
from cointicker.ui.quotes import symbol_of
from cointicker.ui.typeset import wrap
from cointicker.ui.widgets.chart_readout import Readout, Shown, put_groups
from cointicker.ui.widgets.headlines import StoryOpened
from cointicker.ui.widgets.lines import Kit, Lines, Piece

SPANS = tuple(Span)
STRIDE = 10
"""Columns of a long step of the crosshair."""


class SpanChosen(Message):
    """A person wants another span."""

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


class FormChosen(Message):
    """A person wants candles instead of a line, or back."""


class CompareChosen(Message):
    """A person wants another coin beside this one, or no longer."""


class NothingMarked(Message):
    """Enter where no headline fell."""


class PageWanted(Message):
    """A person wants the coin's page at its source."""

    def __init__(self, *, copied: bool) -> None:
        """``copied``: only its address."""
        super().__init__()
        self.copied = copied


class ChartView(Lines, can_focus=True):
    """Spans and the crosshair's words above, the picture below."""

    place = Place.CHART
    head = 2
    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The state to show."""

    def __init__(self, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(kit, id=id)
        self.shown = Shown()
        self.cross: int | None = None
        """Column of the crosshair."""
        self._plot: Plot | None = None
        self._stories: tuple[Story, ...] = ()
        self._spots: list[tuple[int, int, Message]] = []
        self._drawn_for: Size | None = None
        self._drawn_at = 0.0

    def show(self, shown: Shown) -> None:
        """Draw something else; the crosshair stays while coin and span do."""
        if (shown.coin_id, shown.span) != (self.shown.coin_id, self.shown.span):
            self.cross = None
        self.shown = shown
        self.redraw()

    def watch_snapshot(self, old: Snapshot, new: Snapshot) -> None:
        """Follow the price and the headlines."""
        coin = self.shown.coin_id
        if coin and (new.quotes.get(coin) is not old.quotes.get(coin) or new.stories is not old.stories):
            self.redraw()

    def recolour(self) -> None:
        """Make the picture anew."""
        self._drawn_for = None

    def fitted(self) -> None:
        """Draw for the new size."""
        self.redraw()

    def tick(self) -> None:
        """Time moves on by itself, but no more often than it can be seen."""
        plot = self._plot
        if plot is not None and self.clock() - self._drawn_at > plot.window.column_seconds:
            self.redraw()

    def redraw(self) -> None:
        """Make the picture anew."""
        self._drawn_for = None
        self.refresh_changed()

    @property
    def plot(self) -> Plot | None:
        """The picture for the size that the widget has; ``None`` where there is nothing to draw."""
        size = Size(self.size.width - 2, self.body)
        if self._drawn_for != size:  # Textual asks for rows of a new size before it tells of it
            self._drawn_for = size
            self._drawn_at = self.clock()
            self._plot = self._make(size)
            if self._plot is not None and self.cross is not None:
                self.cross = min(self.cross, self._plot.window.columns - 1)
        return self._plot

    @property
    def _quote(self) -> Quote | None:
        quote = self.snapshot.quotes.get(self.shown.coin_id)
        return quote if quote is not None and quote.currency == self.snapshot.currency else None

    def _make(self, size: Size) -> Plot | None:
        shown, quote = self.shown, self._quote
        coin = shown.coin_id
        self._stories = tuple(story for story in self.snapshot.stories if coin and coin in story.lead.coins)
        chart = shown.chart
        wanted = Wanted(
            span=shown.span,
            now=self.clock(),
            points=chart.points if chart is not None else (),
            candles=chart.candles if chart is not None else (),
            other=shown.other.points if shown.other is not None else (),
            price=quote.price if quote is not None and chart is not None else None,
            price_at=(quote.updated_at or quote.fetched_at) if quote is not None else None,
            as_candles=shown.as_candles,
            level=quote is not None and peg_distance(quote, self.snapshot.pegs) is not None,
            marks=tuple(story.lead.at for story in self._stories),
            regroup=self.settings.regroup,
        )
        return make_plot(wanted, size.width, size.height)

    # Drawing

    def draw_head(self, y: int, width: int) -> Strip:
        """The spans, then what the crosshair stands on or the span as a whole."""
        if y == 0:
            return self._draw_spans(width)
        row = self.new_row(width).put(" ", self.inks("text"))
        plot = self.plot
        if plot is not None:
            readout = self._readout(width)
            groups = readout.whole(plot) if self.cross is None else readout.under_cross(plot, self.cross)
            put_groups(row, groups, self.inks("text"))
        return row.strip()

    def _readout(self, width: int) -> Readout:
        return Readout(self.inks, self.clock, self.snapshot, self.shown, self._stories, width)

    def _draw_spans(self, width: int) -> Strip:
        row = self.new_row(width).put("▌" if self.has_focus else " ", self.inks("accent"))
        self._spots = []
        for span in SPANS:
            current = span is self.shown.span
            start = row.used
            row.put(span.value, self.inks("accent", attributes="bold") if current else self.inks("secondary"))
            self._spots.append((start, row.used, SpanChosen(span)))
            row.put("  ", self.inks("text"))
        form = "candles" if self.shown.as_candles else "line"
        other = self.shown.other_id
        compare = f"with {symbol_of(other, self.snapshot)} ✕" if other else "compare"
        forms: list[tuple[str, str, Message]] = [("" if other else form, "label", FormChosen())]
        forms.append((compare, "unread" if other else "label", CompareChosen()))
        forms = [each for each in forms if each[0]]
        pieces = [(text + ("  " if place == 0 and len(forms) > 1 else ""), self.inks(ink)) for place, (text, ink, _)
                  in enumerate(forms)]  # fmt: skip
        before = row.used
        row.right(pieces, 1)
        end = width - 1
        for text, _, message in reversed(forms if row.used > before else []):
            self._spots.append((end - cell_width(text), end, message))
            end -= cell_width(text) + 2
        return row.strip()

    def draw_blank(self, y: int, width: int) -> Strip:
        """A row of the picture with the amount beside it."""
        plot = self.plot
        row = self.new_row(width)
        if plot is None:
            lines = self._reason(width)
            first = max(0, self.body // 2 - len(lines))
            text = lines[y - first] if first <= y < first + len(lines) else ""
            return row.put(" " * max(1, (width - cell_width(text)) // 2) + text, self.inks("secondary")).strip()
        row.put(" ", self.inks("text"))
        row.put_all(self._picture_row(plot, y))
        label = plot.labels.get(y, "")
        if y == plot.tag:
            ink = "accent" if plot.percent else "secondary"
            way = 0 if plot.percent else direction(plot.change)
            ground = {1: "up", -1: "down"}.get(way, ink)
            row.put(" ", self.inks("text")).put(label, self.inks("background", ground, "bold"))
        elif label:
            row.put(" " + label, self.inks("label"))
        return row.strip()

    def _picture_row(self, plot: Plot, y: int) -> list[Piece]:
        """Runs of one colour; the crosshair is a lighter ground."""
        signs, inks = plot.picture.signs[y], plot.picture.inks[y]
        pieces: list[Piece] = []
        start = 0
        for column in range(1, len(signs) + 1):
            edge = column == len(signs) or inks[column] != inks[start] or self.cross in {column, start}
            if edge:
                pieces.append(("".join(signs[start:column]), self._ink(plot, start, inks[start], y)))
                start = column
        return pieces

    def _ink(self, plot: Plot, column: int, ink: str, y: int) -> Style:
        if column != self.cross:
            return self.inks(ink)
        on_mark = y == plot.axis and column in plot.marks
        return self.inks("accent" if on_mark else ink, "selection")

    def _reason(self, width: int) -> list[str]:
        if self.shown.why:
            return wrap(f"No chart: {self.shown.why}.", width - 4)
        if self.shown.chart is not None:
            return ["no prices in this time"] if self.body >= 4 else []
        return ["Fetching the chart …"] if self.shown.coin_id else []

    # The crosshair

    def _step(self, columns: int) -> None:
        if self.plot is None:
            return
        last = self.plot.window.columns - 1
        at = last + 1 if self.cross is None and columns < 0 else (self.cross if self.cross is not None else -1)
        self.put_cross(max(0, min(last, at + columns)))

    def put_cross(self, column: int | None) -> None:
        """Put the crosshair on a column, or take it away."""
        if column != self.cross:
            self.cross = column
            self.refresh_changed()

    def command_cross_left(self) -> None:
        """Earlier."""
        self._step(-1)

    def command_cross_right(self) -> None:
        """Later."""
        self._step(1)

    def command_cross_far_left(self) -> None:
        """Much earlier."""
        self._step(-STRIDE)

    def command_cross_far_right(self) -> None:
        """Much later."""
        self._step(STRIDE)

    def command_next_mark(self) -> None:
        """To the next headline."""
        self._to_mark(column for column in self._marks if self.cross is None or column > self.cross)

    def command_previous_mark(self) -> None:
        """To the headline before."""
        self._to_mark(column for column in reversed(self._marks) if self.cross is None or column < self.cross)

    @property
    def _marks(self) -> list[int]:
        return sorted(self.plot.marks) if self.plot is not None else []

    def _to_mark(self, columns: Iterable[int]) -> None:
        column = next(iter(columns), None)
        if column is not None:
            self.put_cross(column)

    def command_open_mark(self) -> None:
        """Open the headline under the crosshair, else the current one of the list."""
        if not self._open_mark(self.cross):
            self.post_message(NothingMarked())

    def _open_mark(self, column: int | None) -> bool:
        marked = self.plot.marks.get(column) if self.plot is not None and column is not None else None
        if not marked:
            return False
        self.post_message(StoryOpened(self._stories[marked[0]]))
        return True

    def command_browse(self) -> None:
        """Open the coin's page."""
        self.post_message(PageWanted(copied=False))

    def command_copy(self) -> None:
        """Copy the address of the coin's page."""
        self.post_message(PageWanted(copied=True))

    def on_click(self, event: events.Click) -> None:
        """A click chooses a span, opens a headline's mark or puts the crosshair there."""
        plot = self.plot
        if event.y == 0:
            for start, end, message in self._spots:
                if start <= event.x < end:
                    self.post_message(message)
            return
        column = event.x - 1
        if plot is None or event.y < self.head or not 0 <= column < plot.window.columns:
            return
        if event.y - self.head == plot.axis and self._open_mark(column):
            return
        self.put_cross(column)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The crosshair follows a pressed button."""
        plot = self.plot
        if event.button and plot is not None and 0 <= event.x - 1 < plot.window.columns and event.y >= self.head:
            self.put_cross(event.x - 1)

    def on_focus(self) -> None:
        """Show where the focus is."""
        self.refresh_changed()

    def on_blur(self) -> None:
        """Show that the focus has gone."""
        self.refresh_changed()

    def wheel(self, rows: int) -> None:
        """The wheel moves the crosshair."""
        self._step(2 if rows > 0 else -2)
