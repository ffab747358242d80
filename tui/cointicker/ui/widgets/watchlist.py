"""The watchlist: a table of coins with their week as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from cointicker.domain.market import Quote
from cointicker.engine.commands import Place
from cointicker.engine.state import Snapshot
from cointicker.text.cells import cell_width, fit, pad
from cointicker.text.numbers import UNKNOWN, direction
from cointicker.text.sparks import sparkline
from cointicker.ui.quotes import Look, look_of
from cointicker.ui.typeset import wrap
from cointicker.ui.widgets.lines import Kit, LineList, Row
from cointicker.ui.widgets.price_bar import CoinChosen
from cointicker.ui.words import market_age, no_prices

SPARK_CELLS = 9
_COLUMN_CELLS = 38
"""The least width of one of several columns side by side."""


class WatchlistChosen(Message):
    """A person picked a watchlist."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths of the table's columns, cells; 0: left out."""

    rank: int
    symbol: int
    price: int
    change: int
    spark: int

    @classmethod
    def fit(cls, looks: Sequence[Look], width: int, *, ranked: bool = True) -> "Columns":
        """What fits a width. Numbers are never cut: whole columns go, the picture first, the change last, then letters.

        Without ``ranked`` the rank leaves its cells to the picture.
        """
        symbol = max([4, *(cell_width(look.symbol) for look in looks)])
        price = max([5, *(len(look.price) for look in looks)])
        change = max([6, *(len(look.change) for look in looks)])
        symbol = min(symbol, 8, max(1, width - price - 3))
        left = width - (2 + symbol + 1 + price)
        shown_change = change if left >= change + 2 else 0
        left -= shown_change + 2 if shown_change else 0
        rank = 3 if ranked and left >= 4 + SPARK_CELLS + 3 else 0
        left -= rank + 1 if rank else 0
        spark = min(left - 2, SPARK_CELLS + max(0, (left - 2 - SPARK_CELLS) // 3)) if shown_change and left >= 2 + 5 else 0
        return cls(rank, symbol, price, shown_change, min(spark, 14))


class WatchlistTable(LineList):
    """One coin a row, or in several columns where the pane is wide and low."""

    place = Place.WATCHLIST
    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The state to show."""
    only: reactive[str] = reactive("", init=False)
    """Id of the coin that the headlines are filtered by."""

    def __init__(self, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(kit, id=id)
        self._looks: list[Look] = []
        self._tabs: list[tuple[int, int, int]] = []
        self.across = 1
        """Columns of coins side by side."""
        self.compact = False
        """Without the row of column names, the state of the market in the title row instead."""

    def take_form(self, *, across: int, compact: bool) -> None:
        """Choose the form; ``head`` follows."""
        self.across = across
        self.compact = compact
        self.head = 1 if compact or across > 1 else 2
        self._recount()
        self.refresh()

    def watch_snapshot(self, old: Snapshot, new: Snapshot) -> None:
        """Show new quotes."""
        if new.watchlist != old.watchlist:
            self.current = 0
        self._recount()
        self.refresh_changed()

    def watch_only(self) -> None:
        """Mark the coin that the headlines are filtered by."""
        self.refresh()

    def _recount(self) -> None:
        now = self.clock()
        self._looks = [look_of(coin, self.snapshot, now) for coin in self.snapshot.watchlist.coins]
        self.set_count(len(self._looks) if self.snapshot.quotes else 0)

    def tick(self) -> None:
        """Ages grow."""
        self._recount()
        super().tick()

    @property
    def _in_column(self) -> int:
        return max(1, -(-self.count // self.across))

    def rows_for(self, count: int) -> int:
        """Rows that so many coins take."""
        return -(-count // self.across)

    def first_row(self, index: int) -> int:
        """The row of a coin."""
        return index % self._in_column

    @property
    def coin(self) -> str | None:
        """Id of the current coin."""
        coins = self.snapshot.watchlist.coins
        return coins[self.current] if self.count and self.current < len(coins) else None

    def draw_head(self, y: int, width: int) -> Strip:
        """The names of the lists, then those of the columns."""
        if y == 1:
            return self._draw_names(width)
        ground = "bar" if self.compact else "background"
        row = self.new_row(width, ground).put(" ", self.inks("text", ground))
        self._tabs = []
        for index, watchlist in enumerate(self.snapshot.watchlists):
            active = index == self.snapshot.active
            start = row.used
            ink = self.inks("accent", ground, "bold") if active else self.inks("secondary", ground)
            row.put(watchlist.name, ink)
            self._tabs.append((start, row.used, index))
            row.put("   ", ink)
        if self.compact:
            colour, age = market_age(self.snapshot, self.clock())
            state = self.inks(colour, ground)
            demo = [("DEMO ", self.inks("accent", ground, "bold"))] if self.snapshot.demo else []
            row.right([*demo, ("● ", state), (age, state)], 1)
        return row.strip()

    def _draw_names(self, width: int) -> Strip:
        columns = self._columns(width)
        label = self.inks("label")
        row = self.new_row(width).put(" ", label)
        if columns.rank:
            row.put(pad("#", columns.rank, right=True) + "  ", label)
        else:
            row.put(" ", label)
        currency = self.snapshot.currency
        price = "price" if currency == "usd" or columns.price < len(currency) + 1 else currency.upper()
        row.put(pad("coin", columns.symbol) + " " + pad(price, columns.price, right=True), label)
        if columns.change:
            row.put("  " + pad("24h", columns.change, right=True), label)
        if columns.spark:
            row.put("  " + pad("7 days", columns.spark), label)
        return row.strip()

    def draw(self, row: int, width: int) -> Strip:
        """A row of coins, one for each column."""
        line = self.new_row(width)
        share = width // self.across
        for column in range(self.across):
            index = column * self._in_column + row
            if index < self.count:
                line.to(column * share)
                self._draw_coin(line, index, share)
        return line.strip()

    def _columns(self, width: int) -> Columns:
        return Columns.fit(self._looks, width, ranked=not self.compact)

    def _draw_coin(self, line: Row, index: int, width: int) -> None:
        coin_id = self.snapshot.watchlist.coins[index]
        look = self._looks[index]
        quote = self.snapshot.quotes.get(coin_id)
        current = index == self.current
        ground = "selection" if current else "background"
        start = line.used
        columns = self._columns(width)
        mark = "▌" if (current and self.has_focus) or coin_id == self.only else " "
        line.put(mark, self.inks("accent", ground))
        if columns.rank:
            rank = str(quote.rank) if quote is not None and quote.rank is not None else UNKNOWN
            line.put(pad(fit(rank, columns.rank), columns.rank, right=True) + "  ", self.inks("label", ground))
        else:
            line.put(" ", self.inks("label", ground))
        faded = self.inks("label", ground) if look.age else None
        self._draw_numbers(line, look, columns, faded, ground)
        if columns.spark:
            self._draw_week(line, look, quote, columns.spark, ground)
        line.put(" " * (start + width - line.used - (1 if self.across > 1 else 0)), self.inks("text", ground))

    def _draw_numbers(self, line: Row, look: Look, columns: Columns, faded: Style | None, ground: str) -> None:
        symbol = pad(fit(look.symbol, columns.symbol), columns.symbol)
        line.put(symbol, faded or self.inks("text", ground, "bold"))
        line.put(" " + pad(look.price, columns.price, right=True), faded or self.inks("text", ground))
        if columns.change:
            change = look.age if look.age and not columns.spark else look.change
            line.put("  " + pad(change, columns.change, right=True), faded or self.inks.direction(look.way, ground))

    def _draw_week(self, line: Row, look: Look, quote: Quote | None, width: int, ground: str) -> None:
        line.put("  ", self.inks("text", ground))
        if look.age:
            line.put(pad(fit(f"{look.age} old", width), width), self.inks("label", ground))
            return
        points = quote.sparkline if quote is not None else ()
        if quote is not None and quote.price is not None and points:
            points = (*points, quote.price)
        way = 0 if look.pegged or len(points) < 2 else direction((points[-1] / points[0] - 1) * 100)
        line.put(pad(sparkline(points, width), width), self.inks.direction(way, ground))

    def draw_blank(self, y: int, width: int) -> Strip:
        """Why there is nothing, where there is nothing."""
        lines = [line for words in no_prices(self.snapshot, self.clock()) for line in (*wrap(words, width - 3), "")]
        row = self.new_row(width)
        if not self.count and 1 <= y <= len(lines):
            row.put("  " + lines[y - 1], self.inks("secondary"))
        return row.strip()

    def item_at(self, x: int, y: int) -> int | None:
        """Index of the coin at a place of the widget."""
        if not self.head <= y < self.head + self.body:
            return None
        column = min(self.across - 1, x // max(1, self.size.width // self.across))
        row = y - self.head + self.top
        index = column * self._in_column + row
        return index if row < self._in_column and index < self.count else None

    def on_click(self, event: events.Click) -> None:
        """A click on a list's name shows it, one on a coin filters the headlines."""
        if event.y == 0:
            chosen = next((index for start, end, index in self._tabs if start <= event.x < end), None)
            if chosen is not None:
                self.post_message(WatchlistChosen(chosen))
            return
        index = self.item_at(event.x, event.y)
        if index is not None:
            self.move_to(index)
            self.command_open()

    def command_open(self) -> None:
        """Show the headlines of the current coin only."""
        if self.coin is not None:
            self.post_message(CoinChosen(self.coin))


def columns_for(count: int, width: int, rows: int) -> int:
    """Columns of coins side by side, so that all can be seen in so many rows, as far as the width allows."""
    if count <= rows:
        return 1
    return max(1, min(3, width // _COLUMN_CELLS, -(-count // max(1, rows))))
