"""The price bar: a row or two of prices that turn pages, run as a tape or stand still."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer

from cointicker.config.settings import UiSettings
from cointicker.engine.state import Notice, Snapshot
from cointicker.text.cells import cell_width, fit
from cointicker.text.numbers import UNKNOWN
from cointicker.ui.flashes import FLASH_SECONDS, Flash, flashes_between
from cointicker.ui.quotes import Look, look_of
from cointicker.ui.widgets.aside import message, reason, state_mark
from cointicker.ui.widgets.lines import Kit, Lines, Piece

STEPS_PER_SECOND = 4
_GAP = "   "
_DEMO = "DEMO "
_PAGE_MARK = 5
"""Cells of the page's number with those around it."""
_USUAL = 19
"""Cells of a coin as most of them have."""


class CoinChosen(Message):
    """A person picked a coin."""

    def __init__(self, coin_id: str) -> None:
        super().__init__()
        self.coin_id = coin_id


@dataclass(frozen=True, slots=True)
class _Item:
    coin_id: str
    look: Look
    change: str
    """With a blank before it; empty where there is no row that it has room in."""

    @property
    def age(self) -> str:
        """With a blank before it, where the price is old."""
        return f" {self.look.age}" if self.look.age else ""

    @property
    def width(self) -> int:
        """Cells, with the gap behind it."""
        return cell_width(f"{self.look.symbol} {self.look.price}{self.change}{self.age}{_GAP}")


class PriceBar(Lines):
    """The coins of the watchlist in use; those that do not fit wait for their page."""

    DEFAULT_CSS = "PriceBar { height: 1; }"

    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The state to show."""

    def __init__(self, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(kit, id=id)
        self._page = 0
        self._offset = 0
        self._flashing: dict[str, Flash] = {}
        self._places: dict[int, list[tuple[int, int, str]]] = {}
        self.notice: Callable[[], Notice | None] | None = None
        """Tells the notice of now, in a pane where no other line does; ``None``: this is none."""
        self._timer: Timer | None = None
        self._flash_timer: Timer | None = None

    def on_mount(self) -> None:
        """Start to turn."""
        self._start()

    def use_settings(self, settings: UiSettings) -> None:
        """Turn in another way, or at another pace."""
        super().use_settings(settings)
        self._page = self._offset = 0
        self._start()
        self._pace()

    def _start(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.settings.bar == "pages":
            self._timer = self.set_interval(self.settings.page_seconds, self._turn, pause=True)
        elif self.settings.bar == "scroll":
            self._timer = self.set_interval(1 / STEPS_PER_SECOND, self._step, pause=True)

    def watch_snapshot(self, old: Snapshot, new: Snapshot) -> None:
        """Show new prices; those that changed flash once."""
        self._flash(flashes_between(old, new, self.clock()))
        if old.watchlist != new.watchlist:
            self._page = self._offset = 0
        self._pace()
        self.refresh()

    def fitted(self) -> None:
        """What fits has changed."""
        self._pace()

    def _flash(self, flashes: Mapping[str, Flash]) -> None:
        if flashes:
            self._flashing.update(flashes)
            if self._flash_timer is not None:
                self._flash_timer.stop()
            self._flash_timer = self.set_timer(FLASH_SECONDS, self._settle)

    def _settle(self) -> None:
        self._flashing.clear()
        self.refresh()

    def _pace(self) -> None:
        """Turn only while something does not fit: an idle bar costs nothing."""
        if self._timer is not None:
            if self._overflows(self._items(self.size.width), self.size.width):
                self._timer.resume()
            else:
                self._timer.pause()

    def _overflows(self, items: list[_Item], width: int) -> bool:
        """Whether there is more to show than is seen at once."""
        if self.settings.bar == "scroll":
            return not self._fits(items, width)
        return len(self._fill_pages(items, width)) > 1

    def rows_wanted(self, width: int) -> int:
        """Rows that show all coins at once, as coins usually are: it must not change with each digit of a price."""
        if self.settings.bar == "scroll":
            return 1
        return max(1, -(-len(self.snapshot.watchlist.coins) // max(1, width // _USUAL)))

    def _fits(self, items: list[_Item], width: int) -> bool:
        """Whether all of them have room in one row."""
        return sum(item.width for item in items) - len(_GAP) <= width - self._margins(items)

    def _margins(self, items: list[_Item]) -> int:
        """Cells of the first row that no coin may have: the first one, and those of the marks and before them."""
        marks = _width(self._marks(items))
        return 2 + marks if marks else 1

    def _marks(self, items: list[_Item]) -> list[Piece]:
        """What stands on the right in any case; no coin is left out for the state, which its own age tells too."""
        demo: list[Piece] = [(_DEMO, self.inks("accent", "bar", "bold"))] if self.snapshot.demo else []
        state = self._state_mark()
        needed = 2 + max((item.width for item in items), default=0) - len(_GAP) + (_PAGE_MARK if len(items) > 1 else 0)
        return [*state, *demo] if needed + _width([*state, *demo]) <= self.size.width else demo

    def _state_mark(self) -> list[Piece]:
        return [] if self.notice is None else state_mark(self.snapshot, self.inks, self.clock())

    def speak(self, notice: Callable[[], Notice | None] | None) -> None:
        """Say what the status line would, or no more; see ``notice``."""
        if (notice is None) != (self.notice is None):
            self.notice = notice
            self._pace()
            self.refresh()

    def _turn(self) -> None:
        self._page += 1
        self.refresh()

    def _step(self) -> None:
        self._offset += 1
        self.refresh()

    def _items(self, width: int) -> list[_Item]:
        """The coins; one that no row can hold without its change, where rows are what it stands in."""
        now = self.clock()
        room = width - 1 - (1 + len(_DEMO) if self.snapshot.demo else 0) + len(_GAP)
        items = []
        for coin_id in self.snapshot.watchlist.coins:
            look = look_of(coin_id, self.snapshot, now)
            item = _Item(coin_id, look, f" {look.change}")
            items.append(item if item.width <= room or self.settings.bar == "scroll" else replace(item, change=""))
        return items

    def _pieces(self, item: _Item) -> list[Piece]:
        look = item.look
        if look.age:
            faded = self.inks("label", "bar")
            return [(f"{look.symbol} {look.price}{item.change}{item.age}", faded), (_GAP, faded)]
        price = look.price
        flash = self._flashing.get(item.coin_id, Flash(0, len(price)))
        change = self.inks.direction(look.way, "bar")
        return [
            (f"{look.symbol} ", self.inks("text", "bar", "bold")),
            (price[: flash.kept], self.inks("text", "bar")),
            (price[flash.kept :], self.inks.direction(flash.way, "bar")),
            (item.change if look.price != UNKNOWN else " " * len(item.change), change),
            (_GAP, change),
        ]

    def draw_blank(self, y: int, width: int) -> Strip:
        """A row of the bar."""
        self._places[y] = []
        if y == 0 and self.notice is not None:
            said = message(self.snapshot, self.notice(), self.inks, self.clock())
            if said and said[0][0]:
                return self._message(said, width)
        items = self._items(width)
        if self.settings.bar == "scroll" and self._overflows(items, width):
            return self._tape(items, width)
        pages = self._fill_pages(items, width)
        page = pages[self._page % len(pages)] if self.settings.bar == "pages" else pages[0]
        row = self.new_row(width, "bar").put(" ", self.inks("text", "bar"))
        shown = page[y] if y < len(page) else []
        for item in shown:
            self._places[y].append((row.used, row.used + item.width, item.coin_id))
            row.put_all(self._pieces(item)[: -1 if item is shown[-1] else None])
        return row.right(self._right(items, row.left, len(pages))).strip() if y == 0 else row.strip()

    def _right(self, items: list[_Item], left: int, pages: int) -> list[Piece]:
        """The marks on the right of the first row, before them why prices are old, where there is room."""
        marks, state = self._marks(items), self._state_mark()
        left -= _width(marks)
        mark = f"{self._page % pages + 1}/{pages} "
        if pages > 1 and self.settings.bar == "pages" and left > len(mark):
            marks.append((mark, self.inks("label", "bar")))
            left -= len(mark)
        if not state or state != marks[: len(state)]:
            return marks
        why = reason(self.snapshot, self.inks, self.clock(), left - len(_GAP))
        return [*state, *why, *marks[len(state) :]]

    def _message(self, said: list[Piece], width: int) -> Strip:
        """A row of words in place of prices."""
        marks = self._marks([])
        room = width - 2 - _width(marks)
        row = self.new_row(width, "bar").put(" ", self.inks("text", "bar"))
        return row.put_all([(fit(text, max(0, room)), style) for text, style in said]).right(marks).strip()

    def _fill_pages(self, items: list[_Item], width: int) -> list[list[list[_Item]]]:
        """The items in as many pages as they need, each of a row or more.

        An item that no row can hold is left out whole; the first row of each page has the marks.
        """
        high = max(1, self.size.height)
        for mark in (0, _PAGE_MARK):
            rows = self._fill_rows(items, width - 1 + len(_GAP), self._margins(items) - 1, mark, high)
            if len(rows) <= high:
                break
        return [rows[start : start + high] for start in range(0, len(rows), high)]

    @staticmethod
    def _fill_rows(items: list[_Item], room: int, marks: int, number: int, high: int) -> list[list[_Item]]:
        """The items in rows; each ``high``-th begins a page, and so has less room by its marks and its number.

        No item is left out for the number, which gives way.
        """
        rows: list[list[_Item]] = [[]]
        used = 0
        for item in items:
            if item.width > room - marks:
                continue
            if used and used + item.width > room - (marks + number if (len(rows) - 1) % high == 0 else 0):
                rows.append([])
                used = 0
            rows[-1].append(item)
            used += item.width
        return rows

    def _tape(self, items: list[_Item], width: int) -> Strip:
        length = sum(item.width for item in items)
        offset = self._offset % length
        marks = self._marks(items)
        width -= _width(marks)
        row = self.new_row(length * 2, "bar")
        for lap in range(2):
            for item in items:
                start = row.used - offset
                self._places[0].append((start, start + item.width, item.coin_id))
                row.put_all(self._pieces(item))
            if lap == 0 and length * 2 - offset < width:
                break
        return Strip.join([row.strip().crop(offset, offset + width), Strip([Segment(*mark) for mark in marks])])

    def coin_at(self, x: int, y: int = 0) -> str | None:
        """The coin that is drawn at a cell."""
        return next((coin for start, end, coin in self._places.get(y, ()) if start <= x < end), None)

    def on_click(self, event: events.Click) -> None:
        """A click on a coin picks it."""
        coin_id = self.coin_at(event.x, event.y)
        if coin_id is not None:
            self.post_message(CoinChosen(coin_id))

    def wheel(self, rows: int) -> None:
        """The wheel turns pages."""
        self._page += 1 if rows > 0 else -1
        self.refresh()


def _width(pieces: list[Piece]) -> int:
    return sum(cell_width(text) for text, _ in pieces)
