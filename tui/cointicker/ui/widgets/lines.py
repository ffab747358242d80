"""The base of everything that shows data: rows drawn one by one on Textual's Line API, without a widget for each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cointicker.config.settings import UiSettings
from cointicker.engine.commands import Place
from cointicker.text.cells import cell_width, fit
from cointicker.ui.inks import Inks
from cointicker.ui.pictures.easel import Easel

Piece = tuple[str, Style]
"""A run of safe text in one style."""


@dataclass(frozen=True, slots=True)
class Kit:
    """What every widget is given."""

    inks: Inks
    settings: UiSettings
    clock: Callable[[], float]
    """Unix seconds."""
    easel: Easel = field(default_factory=Easel)
    """Puts pictures on the terminal."""


class Row:
    """One row under construction: pieces from the left, then from the right, never wider than its width."""

    def __init__(self, width: int, ground: Style) -> None:
        self._width = width
        self._ground = ground
        self._pieces: list[Piece] = []
        self.used = 0
        """Cells that are taken."""

    @property
    def left(self) -> int:
        """Cells that are free."""
        return self._width - self.used

    def put(self, text: str, style: Style) -> "Row":
        """Add text, cut with ``…`` where it does not fit."""
        text = fit(text, self.left)
        if text:
            self._pieces.append((text, style))
            self.used += cell_width(text)
        return self

    def put_all(self, pieces: Iterable[Piece]) -> "Row":
        """Add pieces in turn."""
        for text, style in pieces:
            self.put(text, style)
        return self

    def to(self, column: int) -> "Row":
        """Fill with blanks up to a column."""
        return self.put(" " * max(0, min(column, self._width) - self.used), self._ground)

    def right(self, pieces: Iterable[Piece], margin: int = 0) -> "Row":
        """Set pieces against the right edge; left out whole when they do not fit."""
        ready = list(pieces)
        width = sum(cell_width(text) for text, _ in ready)
        if ready and width + margin <= self.left:
            self.to(self._width - margin - width).put_all(ready)
        return self

    def strip(self) -> Strip:
        """The row, filled to its width."""
        self.to(self._width)
        return Strip([Segment(text, style) for text, style in self._pieces], self._width)


class Lines(ScrollView, can_focus=False):
    """A widget whose every row is drawn by ``draw``; ``head`` rows on top and ``foot`` rows below never scroll.

    A refresh costs what it draws: which cells are written again is settled by ``ui.painter``.
    """

    DEFAULT_CSS = "Lines { scrollbar-size: 0 0; overflow: hidden hidden; }"

    place = Place.ANYWHERE
    """Which commands mean something while it has the focus."""
    head = 0
    foot = 0

    def __init__(self, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.inks = kit.inks
        self.clock = kit.clock
        self.settings = kit.settings
        self.rows = 0
        """Rows of content, without head and foot."""
        self._drawn: dict[int, Strip] = {}

    def use(self, inks: Inks) -> None:
        """Draw in other colours."""
        self.inks = inks
        self.recolour()
        self.refresh()

    def use_settings(self, settings: UiSettings) -> None:
        """Go by other settings."""
        self.settings = settings
        self.recolour()
        self.refresh()

    def recolour(self) -> None:
        """Forget what was laid out in the colours or by the settings of before."""

    @property
    def body(self) -> int:
        """Rows of content that are visible."""
        return max(0, self.size.height - self.head - self.foot)

    @property
    def top(self) -> int:
        """The first visible row of the content."""
        return round(self.scroll_y)

    def set_rows(self, rows: int) -> None:
        """Say how many rows of content there are."""
        self.rows = rows
        # ScrollView keeps its scroll position within this size.
        self.virtual_size = Size(self.size.width, rows + self.head + self.foot)
        if self.top > self.lowest_top:
            self.go_to(self.lowest_top)

    @property
    def lowest_top(self) -> int:
        """The largest ``top`` that leaves no blank row below the content."""
        return max(0, self.rows - self.body)

    def go_to(self, top: int) -> None:
        """Scroll so that a row of the content comes first."""
        wanted = max(0, min(top, self.lowest_top))
        if wanted != self.top:
            self.scroll_to(y=wanted, animate=False, force=True)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the content within the new size."""
        self.virtual_size = Size(event.size.width, self.rows + self.head + self.foot)
        self.fitted()
        if self.top > self.lowest_top:
            self.go_to(self.lowest_top)

    def fitted(self) -> None:
        """Lay out anew for the size that the widget has now."""

    def render_line(self, y: int) -> Strip:
        """One row of the widget as Textual asks for it."""
        strip = self._drawn[y] = self.line(y)
        return strip

    def line(self, y: int) -> Strip:
        """One row of the widget: of the head, the content, the blank below it, or the foot."""
        width = self.size.width
        height = self.size.height
        if y < self.head:
            return self.draw_head(y, width)
        if y >= height - self.foot:
            return self.draw_foot(y - (height - self.foot), width)
        row = self.top + y - self.head
        if row >= self.rows:
            return self.draw_blank(y - self.head, width)
        return self.draw(row, width)

    def draw(self, row: int, width: int) -> Strip:
        """A row of the content."""
        return self.blank(width)

    def draw_head(self, y: int, width: int) -> Strip:
        """A row of the head."""
        return self.blank(width)

    def draw_foot(self, y: int, width: int) -> Strip:
        """A row of the foot."""
        return self.blank(width)

    def draw_blank(self, y: int, width: int) -> Strip:
        """A row below the content, counted from the top of the body."""
        return self.blank(width)

    def blank(self, width: int, ground: str = "background") -> Strip:
        """An empty row."""
        return Strip.blank(width, self.inks("text", ground))

    def new_row(self, width: int, ground: str = "background") -> Row:
        """A row to be filled."""
        return Row(width, self.inks("text", ground))

    def refresh_row(self, row: int) -> None:
        """Draw one row of the content again."""
        y = row - self.top + self.head
        if self.head <= y < self.size.height - self.foot:
            self.refresh(Region(0, y, self.size.width, 1))

    def refresh_changed(self) -> None:
        """Draw again only the rows that would look different."""
        if not self.display or not self.is_attached:
            return
        for y in range(self.size.height):
            if self.line(y) != self._drawn.get(y):
                self.refresh(Region(0, y, self.size.width, 1))

    def tick(self) -> None:
        """Time has passed: what shows an age or runs out is drawn again."""
        self.refresh_changed()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three rows down."""
        event.stop()
        self.wheel(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three rows up."""
        event.stop()
        self.wheel(-3)

    def wheel(self, rows: int) -> None:
        """Scroll by so many rows."""
        self.go_to(self.top + rows)


class LineList(Lines, can_focus=True):
    """Rows of which one is current; an item takes ``item_rows`` rows."""

    def __init__(self, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(kit, id=id)
        self.count = 0
        self.current = 0
        self.item_rows = 1

    def set_count(self, count: int) -> None:
        """Say how many items there are; the current one stays in range."""
        self.count = count
        self.current = max(0, min(self.current, count - 1))
        self.set_rows(self.rows_for(count))

    def rows_for(self, count: int) -> int:
        """Rows that so many items take."""
        return count * self.item_rows

    def first_row(self, index: int) -> int:
        """The row where an item begins."""
        return index * self.item_rows

    def move_to(self, index: int) -> None:
        """Make an item the current one and bring it into view."""
        index = max(0, min(index, self.count - 1))
        before, self.current = self.current, index
        if not self.count:
            return
        top = self.top
        self.show_current()
        if self.top == top:
            for item in {before, index}:
                for row in range(self.item_rows):
                    self.refresh_row(self.first_row(item) + row)
        else:
            self.refresh()
        if before != index:
            self.moved()

    def show_current(self) -> None:
        """Scroll as little as is needed to see the current item whole; not while nothing of the widget is shown."""
        if not self.body:
            return
        first = self.first_row(self.current)
        last = first + self.item_rows - 1
        if first < self.top:
            self.go_to(first)
        elif last >= self.top + self.body:
            self.go_to(last - self.body + 1)

    def moved(self) -> None:
        """Another item has become current."""

    def fitted(self) -> None:
        """Keep the current item in view in the new size."""
        self.set_rows(self.rows_for(self.count))
        if self.count:
            self.show_current()

    @property
    def page(self) -> int:
        """Items on a screen."""
        return max(1, self.body // self.item_rows)

    def on_focus(self) -> None:
        """Show where the focus is."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that the focus has gone."""
        self.refresh()

    def command_down(self) -> None:
        """Move down."""
        self.move_to(self.current + 1)

    def command_up(self) -> None:
        """Move up."""
        self.move_to(self.current - 1)

    def command_page_down(self) -> None:
        """Move a page down."""
        self.move_to(self.current + self.page)

    def command_page_up(self) -> None:
        """Move a page up."""
        self.move_to(self.current - self.page)

    def command_top(self) -> None:
        """Go to the top."""
        self.move_to(0)

    def command_bottom(self) -> None:
        """Go to the bottom."""
        self.move_to(self.count - 1)

    def wheel(self, rows: int) -> None:
        """Scroll by items; the current one comes along at the edge of the view."""
        self.go_to(self.top + rows)
        first = -(-self.top // self.item_rows)
        last = (self.top + self.body) // self.item_rows - 1
        kept = max(first, min(self.current, last))
        if kept != self.current and self.count:
            self.move_to(kept)
