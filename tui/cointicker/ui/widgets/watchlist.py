"""The watchlist: a table of coins whose columns, order and sort a person chooses."""

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer

from cointicker.engine.commands import Place
from cointicker.engine.state import Snapshot
from cointicker.text.cells import cell_width, fit, pad
from cointicker.ui.columns import FIRM, Layout, lay_out, natural_widths, title_of, width_of
from cointicker.ui.entries import Entry, entries_of
from cointicker.ui.flashes import FLASH_SECONDS, Flash, flashes_between
from cointicker.ui.sorting import sort_entries, sort_of
from cointicker.ui.typeset import wrap
from cointicker.ui.widgets.coin_row import CoinRow
from cointicker.ui.widgets.lines import Kit
from cointicker.ui.widgets.price_bar import CoinChosen
from cointicker.ui.widgets.reordering import Reordering
from cointicker.ui.words import market_age, no_prices

_COLUMN_CELLS = 38
"""The least width of one of several columns side by side."""


class WatchlistChosen(Message):
    """A person picked a watchlist."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index


class SortChosen(Message):
    """A person picked the head of a column."""

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = column


class CoinMoved(Message):
    """A person gave a coin another place in the list."""

    def __init__(self, coin_id: str, to_index: int) -> None:
        super().__init__()
        self.coin_id = coin_id
        self.to_index = to_index


class CoinMenuWanted(Message):
    """A person asked what can be done with the current coin."""

    def __init__(self, coin_id: str) -> None:
        super().__init__()
        self.coin_id = coin_id


class ListMenuWanted(Message):
    """A person asked what can be done with the lists."""


class WidthWanted(Message):
    """The columns would like another width than before."""


class WatchlistTable(Reordering):
    """One coin a row, or in several columns where the pane is wide and low."""

    place = Place.WATCHLIST
    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The state to show."""
    only: reactive[str] = reactive("", init=False)
    """Id of the coin that the headlines are filtered by."""

    def __init__(self, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(kit, id=id)
        self._own: tuple[Entry, ...] = ()
        """In the person's own order."""
        self.entries: tuple[Entry, ...] = ()
        """As they are shown."""
        self._kept: dict[str, int] = {}
        """Widths of columns, which do not shrink while the list stays: they would jump with every price."""
        self._kept_for: tuple[object, ...] = ()
        self.wanted_width = 0
        """Cells that all columns would take."""
        self._layouts: dict[int, Layout] = {}
        self._tabs: list[tuple[int, int, int]] = []
        self._flashing: dict[str, Flash] = {}
        self._flash_timer: Timer | None = None
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
        """Show new quotes; the current coin stays the current one."""
        coin = self.coin
        if new.watchlist.coins != old.watchlist.coins or new.notices != old.notices:
            self.moving = ()
        before = self.wanted_width
        self._flash(old, new)
        self._recount()
        if new.watchlist.name != old.watchlist.name and new.active != old.active:
            self.current = 0
            self.go_to(0)
        else:
            self._stay_at(coin)
        self.refresh_changed()
        if self.wanted_width != before:
            self.post_message(WidthWanted())

    def _stay_at(self, coin: str | None) -> None:
        place = next((index for index, entry in enumerate(self.entries) if entry.coin_id == coin), None)
        if place is not None and place != self.current and self.count:
            self.current = place
            self.show_current()

    def watch_only(self) -> None:
        """Mark the coin that the headlines are filtered by."""
        self.refresh()

    def _flash(self, old: Snapshot, new: Snapshot) -> None:
        flashes = flashes_between(old, new, self.clock())
        if flashes:
            self._flashing.update(flashes)
            if self._flash_timer is not None:
                self._flash_timer.stop()
            self._flash_timer = self.set_timer(FLASH_SECONDS, self._settle)

    def _settle(self) -> None:
        self._flashing.clear()
        self.refresh_changed()

    def _recount(self) -> None:
        self._own = entries_of(self.snapshot, self.clock())
        shown = sort_entries(self._own, self.sort)
        self.entries = self.reordered(shown, [entry.coin_id for entry in shown])
        kept_for = (self.snapshot.watchlist.name, self.snapshot.currency, self.snapshot.settings.ui)
        if kept_for != self._kept_for:
            self._kept_for, self._kept = kept_for, {}
        self._kept = natural_widths(self.columns, self._own, self.snapshot.currency, self.sort, self._kept)
        self.wanted_width = width_of(self.columns, self._kept) + 1
        self._layouts.clear()
        self.set_count(len(self.entries) if self.snapshot.quotes else 0)

    def tick(self) -> None:
        """Ages grow."""
        self._recount()
        super().tick()

    @property
    def sort(self) -> str:
        """The column that the list is sorted by; empty: the person's own order."""
        return sort_of(self.snapshot)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns that the person chose, with those that there is no table without."""
        chosen = self.snapshot.settings.ui.columns
        if self.compact:
            chosen = tuple(name for name in chosen if name != "rank")
        return (*(name for name in FIRM if name not in chosen), *chosen)

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
        return self.entries[self.current].coin_id if self.count and self.current < len(self.entries) else None

    def draw_head(self, y: int, width: int) -> Strip:
        """The names of the lists, then those of the columns."""
        if y == 1:
            return self._draw_names(width)
        ground = "bar" if self.compact else "background"
        row = self.new_row(width, ground).put(" ", self.inks("text", ground))
        self._tabs = []
        for index in self._tabs_shown(width):
            watchlist, active = self.snapshot.watchlists[index], index == self.snapshot.active
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

    def _tabs_shown(self, width: int) -> range:
        """The lists whose names are shown: from the first on, unless the one in use would not be seen then."""
        names = [watchlist.name for watchlist in self.snapshot.watchlists]
        first, active = 0, self.snapshot.active
        while first < active and sum(cell_width(name) + 3 for name in names[first : active + 1]) > width:
            first += 1
        return range(first, len(names))

    def _draw_names(self, width: int) -> Strip:
        label, accent = self.inks("label"), self.inks("accent")
        row = self.new_row(width)
        for column, start, cells in self.room_for(width).places:
            ink = accent if self.sort.removeprefix("-") == column.name else label
            title = fit(title_of(column, self.snapshot.currency, self.sort), cells)
            row.to(start).put(pad(title, cells, right=column.right), ink)
        return row.strip()

    def room_for(self, width: int) -> Layout:
        """The columns for a width."""
        if width not in self._layouts:
            self._layouts[width] = lay_out(self.columns, self._kept, width)
        return self._layouts[width]

    def draw(self, row: int, width: int) -> Strip:
        """A row of coins, one for each column."""
        line = self.new_row(width)
        share = width // self.across
        for column in range(self.across):
            index = column * self._in_column + row
            if index < self.count:
                line.to(column * share)
                line.put_all((each.text, each.style or Style.null()) for each in self._draw_coin(index, share))
        return line.strip()

    def _draw_coin(self, index: int, share: int) -> list[Segment]:
        entry = self.entries[index]
        current = index == self.current
        ground = "selection" if current else "background"
        width = share - 1 if self.across > 1 else share
        mark = "▌" if (current and self.has_focus) or entry.coin_id == self.only else " "
        line = self.new_row(width, ground).put(mark, self.inks("accent", ground))
        CoinRow(entry, self.room_for(width), self.inks, ground, self._flashing.get(entry.coin_id)).put_into(line)
        return list(line.strip())

    def draw_blank(self, y: int, width: int) -> Strip:
        """Why there is nothing, where there is nothing."""
        words = no_prices(self.snapshot, self.clock()) or self._no_coins()
        lines = [line for each in words for line in (*wrap(each, width - 3), "")]
        row = self.new_row(width)
        if not self.count and 1 <= y <= len(lines):
            row.put("  " + lines[y - 1], self.inks("secondary"))
        return row.strip()

    def _no_coins(self) -> tuple[str, ...]:
        """What an empty list says."""
        rule = self.snapshot.watchlist.rule
        return (f"No coins yet by the rule {rule}.",) if rule else ("No coins in this list yet.", "a adds some.")

    def item_at(self, x: int, y: int) -> int | None:
        """Index of the coin at a place of the widget."""
        if not self.head <= y < self.head + self.body:
            return None
        column = min(self.across - 1, x // max(1, self.size.width // self.across))
        row = y - self.head + self.top
        index = column * self._in_column + row
        return index if row < self._in_column and index < self.count else None

    def on_click(self, event: events.Click) -> None:
        """A click on a list's name shows it, on a column's sorts, on a coin opens it."""
        if self.was_dropped():
            return
        if event.button == 3:
            self._click_right(event)
            return
        if event.y == 0:
            chosen = next((index for start, end, index in self._tabs if start <= event.x < end), None)
            if chosen is not None:
                self.post_message(WatchlistChosen(chosen))
            return
        if event.y < self.head:
            column = self.room_for(self.size.width).at(event.x)
            if column is not None:
                self.post_message(SortChosen(column.name))
            return
        index = self.item_at(event.x, event.y)
        if index is not None:
            self.move_to(index)
            self.command_open()

    def _click_right(self, event: events.Click) -> None:
        index = self.item_at(event.x, event.y)
        if index is not None:
            self.move_to(index)
            self.post_message(CoinMenuWanted(self.entries[index].coin_id))
        elif event.y < self.head:
            self.post_message(ListMenuWanted())

    def command_open(self) -> None:
        """Open the current coin."""
        if self.coin is not None:
            self.post_message(CoinChosen(self.coin))

    # One's own order

    @property
    def fixed(self) -> str:
        """Why no coin can be moved, in words; empty where one can."""
        if self.snapshot.watchlist.rule:
            return f"{self.snapshot.watchlist.name} fills itself by the rule {self.snapshot.watchlist.rule}"
        return "the list is sorted: S gives back your own order" if self.sort else ""

    def rearrange(self) -> None:
        """Show the order that ``moving`` says."""
        self._recount()
        self.refresh_changed()

    def drop(self, key: str, index: int) -> None:
        """Say where a coin has come to lie."""
        self.post_message(CoinMoved(key, index))

    @property
    def keys(self) -> tuple[str, ...]:
        """What is shown, by id."""
        return tuple(entry.coin_id for entry in self.entries)


def columns_for(count: int, width: int, rows: int) -> int:
    """Columns of coins side by side, so that all can be seen in so many rows, as far as the width allows."""
    if count <= rows:
        return 1
    return max(1, min(3, width // _COLUMN_CELLS, -(-count // max(1, rows))))
