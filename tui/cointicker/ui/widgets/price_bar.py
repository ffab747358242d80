"""The price bar: one row of prices that turns pages, runs as a tape or stands still."""

from collections.abc import Mapping
from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer

from cointicker.config.settings import UiSettings
from cointicker.engine.state import Snapshot
from cointicker.text.cells import cell_width
from cointicker.text.numbers import UNKNOWN
from cointicker.ui.flashes import FLASH_SECONDS, Flash, flashes_between
from cointicker.ui.quotes import Look, look_of
from cointicker.ui.widgets.lines import Kit, Lines, Piece

STEPS_PER_SECOND = 4
_GAP = "   "
_DEMO = "DEMO "
_PAGE_MARK = 5
"""Cells of the page's number with those around it."""


class CoinChosen(Message):
    """A person picked a coin."""

    def __init__(self, coin_id: str) -> None:
        super().__init__()
        self.coin_id = coin_id


@dataclass(frozen=True, slots=True)
class _Item:
    coin_id: str
    look: Look
    width: int


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
        self._places: list[tuple[int, int, str]] = []
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
            if self._overflows(self._items(), self.size.width):
                self._timer.resume()
            else:
                self._timer.pause()

    def _overflows(self, items: list[_Item], width: int) -> bool:
        """Whether there is more to show than is seen at once."""
        if self.settings.bar == "scroll":
            return not self._fits(items, width)
        return len(self._fill_pages(items, width)) > 1

    def _fits(self, items: list[_Item], width: int) -> bool:
        """Whether all of them have room at once."""
        return not items or sum(item.width for item in items) - len(_GAP) <= width - self._margins

    @property
    def _margins(self) -> int:
        """Cells that no coin may have: the first, and those of the mark of made-up data."""
        return 1 + (len(_DEMO) if self.snapshot.demo else 0)

    def _turn(self) -> None:
        self._page += 1
        self.refresh()

    def _step(self) -> None:
        self._offset += 1
        self.refresh()

    def _items(self) -> list[_Item]:
        now = self.clock()
        items = []
        for coin_id in self.snapshot.watchlist.coins:
            look = look_of(coin_id, self.snapshot, now)
            age = f" {look.age}" if look.age else ""
            width = cell_width(f"{look.symbol} {look.price} {look.change}{age}{_GAP}")
            items.append(_Item(coin_id, look, width))
        return items

    def _pieces(self, item: _Item) -> list[Piece]:
        look = item.look
        if look.age:
            faded = self.inks("label", "bar")
            return [(f"{look.symbol} {look.price} {look.change} {look.age}", faded), (_GAP, faded)]
        price = look.price
        flash = self._flashing.get(item.coin_id, Flash(0, len(price)))
        change = self.inks.direction(look.way, "bar")
        return [
            (f"{look.symbol} ", self.inks("text", "bar", "bold")),
            (price[: flash.kept], self.inks("text", "bar")),
            (price[flash.kept :], self.inks.direction(flash.way, "bar")),
            (f" {look.change}" if look.price != UNKNOWN else "  ", change),
            (_GAP, change),
        ]

    def draw_blank(self, y: int, width: int) -> Strip:
        """The bar itself."""
        items = self._items()
        if self.settings.bar == "scroll" and self._overflows(items, width):
            return self._tape(items, width)
        pages = self._fill_pages(items, width)
        page = pages[self._page % len(pages)] if self.settings.bar == "pages" else pages[0]
        row = self.new_row(width, "bar").put(" ", self.inks("text", "bar"))
        self._places = []
        for item in page:
            self._places.append((row.used, row.used + item.width, item.coin_id))
            row.put_all(self._pieces(item)[: -1 if item is page[-1] else None])
        marks: list[Piece] = [(_DEMO, self.inks("accent", "bar", "bold"))] if self.snapshot.demo else []
        mark = f"{self._page % len(pages) + 1}/{len(pages)} "
        if len(pages) > 1 and self.settings.bar == "pages" and row.left >= self._margins + len(mark):
            marks.append((mark, self.inks("label", "bar")))
        return row.right(marks).strip()

    def _fill_pages(self, items: list[_Item], width: int) -> list[list[_Item]]:
        """The items in as many pages as they need; an item that no page can hold is left out whole."""
        room = width - self._margins - (0 if self._fits(items, width) else _PAGE_MARK) + len(_GAP)
        pages: list[list[_Item]] = [[]]
        used = 0
        for item in items:
            if item.width > room:
                continue
            if used + item.width > room:
                pages.append([])
                used = 0
            pages[-1].append(item)
            used += item.width
        return pages

    def _tape(self, items: list[_Item], width: int) -> Strip:
        length = sum(item.width for item in items)
        offset = self._offset % length
        width -= self._margins - 1
        row = self.new_row(length * 2, "bar")
        self._places = []
        for lap in range(2):
            for item in items:
                start = row.used - offset
                self._places.append((start, start + item.width, item.coin_id))
                row.put_all(self._pieces(item))
            if lap == 0 and length * 2 - offset < width:
                break
        demo = [Segment(_DEMO, self.inks("accent", "bar", "bold"))] if self.snapshot.demo else []
        return Strip.join([row.strip().crop(offset, offset + width), Strip(demo)])

    def coin_at(self, x: int) -> str | None:
        """The coin that is drawn at a column."""
        return next((coin for start, end, coin in self._places if start <= x < end), None)

    def on_click(self, event: events.Click) -> None:
        """A click on a coin picks it."""
        coin_id = self.coin_at(event.x)
        if coin_id is not None:
            self.post_message(CoinChosen(coin_id))

    def wheel(self, rows: int) -> None:
        """The wheel turns pages."""
        self._page += 1 if rows > 0 else -1
        self.refresh()
