"""A page of an article on the screen: laid out for its width, kept at its place, with prices that stay live."""

from bisect import bisect_right
from math import inf

from textual.reactive import reactive
from textual.strip import Strip

from cointicker.config.settings import UiSettings
from cointicker.domain.news import Image
from cointicker.engine.commands import Place
from cointicker.engine.state import Snapshot
from cointicker.text.cells import fit
from cointicker.ui.article_page import PageSetter, Reading
from cointicker.ui.chips import ChipMaker, cells_of
from cointicker.ui.overlays import put_over
from cointicker.ui.typeset import Line
from cointicker.ui.widgets.lines import Kit, Lines, Piece

NARROWEST, WIDEST, STEP = 40, 120, 4
"""Bounds of the reading width and how far one key press changes it, cells."""
_ROOMY = 8
"""Rows above which there are blank ones around the title and over the foot."""
_TIGHT = 2
"""Rows up to which there is no foot at all."""
_ROW = 0.001
"""What a row without signs adds to a place in the text."""


class PageView(Lines, can_focus=True):
    """Shows a reading, scrolls it, keeps its place whatever the width."""

    place = Place.ARTICLE
    foot = 2
    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The state, for live prices."""

    def __init__(self, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(kit, id=id)
        self.reading: Reading | None = None
        self.under_bar = False
        """The price bar is shown, which marks the demo as such."""
        self.measure = kit.settings.reading_width
        """The widest line, cells."""
        self.spacing = kit.settings.line_spacing
        self.lines: list[Line] = []
        """All rows of the page."""
        self._setter: PageSetter | None = None
        self._body: tuple[Line, ...] | None = None
        self._body_at = 0
        self._starts: list[float] = []
        self._margin = 1

    # What is shown

    def show(self, reading: Reading, place: float | None = None) -> None:
        """Show an article from a place on, by default from its top; or that it is on its way."""
        self.reading = reading
        self._body = None
        self.lay_out()
        self.go_to(0 if place is None or reading.article is None else self.row_of(place))
        self.refresh()

    @property
    def text_place(self) -> float:
        """How many signs of the text stand above the first row shown: a place that survives another width.

        Below 0: so many rows of the head are still shown; ``-inf``: all of them.
        """
        if not self.top:
            return -inf
        row = self.top - self._body_at
        if row < 0 or not self._starts:
            return float(row)
        return self._starts[min(row, len(self._starts) - 1)]

    def row_of(self, place: float) -> int:
        """The row where a place in the text is now."""
        if place < 0 or not self._starts:
            return max(0, self._body_at + round(max(place, -self._body_at)))
        return self._body_at + max(0, bisect_right(self._starts, place + _ROW / 2) - 1)

    def watch_snapshot(self, old: Snapshot, new: Snapshot) -> None:
        """Prices of the coins it names may have moved."""
        if new.quotes is not old.quotes or new.moves is not old.moves:
            self.follow()

    def tick(self) -> None:
        """Ages grow."""
        self.follow()

    def follow(self) -> None:
        """Bring ages and prices up to date in the rows that tell them; lay out anew only where these need more room."""
        if not self.display or self.reading is None or self._body is None:
            return
        self._setter = setter = self._make_setter(self.reading)
        head, related = self._head(setter), setter.related()
        chips = (spot for line in self._body for spot in line.spots if spot.chip)
        fits = all(cells_of(setter.chip(str(spot.target))) <= spot.end - spot.start for spot in chips)
        if not fits or len(head) != self._body_at:
            self.lay_out_again()
            return
        self.lines = [*head, *self._body, *related]
        self.laid_out()
        self.refresh_changed()

    def recolour(self) -> None:
        """Set everything anew."""
        self._body = None
        self.lay_out()

    def fitted(self) -> None:
        """Set everything for the new size."""
        height = self.size.height
        self.foot = 2 if height > _ROOMY else 1 if height > _TIGHT else 0
        self.lay_out_again()

    def lay_out_again(self) -> None:
        """Set everything anew; the place in the text stays."""
        place = self.text_place
        self._body = None
        self.lay_out()
        self.go_to(self.row_of(place))
        self.refresh()

    @property
    def progress(self) -> float:
        """How much has been on the screen, a fraction."""
        return 1.0 if not self.rows else min(1.0, (self.top + self.body) / self.rows)

    # Setting

    def _make_setter(self, reading: Reading) -> PageSetter:
        now = self.clock()
        chips = ChipMaker(self.inks, self.snapshot, now, reading.story.lead.headline_id, reading.mentioned)
        return PageSetter(self.inks, reading, chips, now, min(self.measure, self.size.width - 4))

    def lay_out(self) -> None:
        """Set what is read in lines."""
        if self.reading is None or self.size.width < 8:
            return
        width = min(self.measure, self.size.width - 4)
        self._margin = max(2, min(4, (self.size.width - width) // 2))
        if self.size.width >= width + 24:
            self._margin = (self.size.width - width) // 2
        self._setter = setter = self._make_setter(self.reading)
        if self._body is None:
            self._body = tuple(setter.body(spacing=self.spacing, pictures=self.picture_lines))
            self._starts = _starts(self._body)
        head = self._head(setter)
        self._body_at = len(head)
        self.lines = [*head, *self._body, *setter.related()]
        self.laid_out()
        self.set_rows(len(self.lines))

    def _head(self, setter: PageSetter) -> list[Line]:
        """Title, by-line and coins; in a low pane without blank rows but the last."""
        head = setter.head()
        if self.size.height > _ROOMY:
            return head
        return [*(line for line in head if line.pieces), *head[-1:]]

    def picture_lines(self, image: Image, width: int) -> list[Line]:
        """The rows of a picture in lines of so many cells; here only captions are shown."""
        return []

    def laid_out(self) -> None:
        """The rows are others now."""

    # Drawing

    def draw(self, row: int, width: int) -> Strip:
        """A line of the article, its chips as they are now."""
        if not self.foot and row == self.top + self.size.height - 1 and (pending := self.pending()):
            return self.new_row(width).put(" ", self.inks("text")).put_all(pending).strip()
        ink, line = self.inks("text"), self.lines[row]
        strip = self.new_row(width).put(" " * self._margin, ink).put_all(line.pieces).strip()
        for spot in line.spots:
            if spot.chip and self._setter is not None:
                chip, ground = self._setter.chip(str(spot.target)), self.inks("text", "bar")
                strip = put_over(strip, self._margin + spot.start, self._margin + spot.end, chip, ground)
        if not self.foot and row == self.top and (mark := self._demo_mark()):
            return put_over(strip, width - 6, width, [(" ", ink), *mark, (" ", ink)], ink)
        return strip

    def _demo_mark(self) -> list[Piece]:
        """Says that this is made up, where no price bar does."""
        return [("DEMO", self.inks("accent"))] if self.snapshot.demo and not self.under_bar else []

    def pending(self) -> list[Piece]:
        """What was begun by keys and goes on with others."""
        return []

    def draw_foot(self, y: int, width: int) -> Strip:
        """The articles before and after, and how far one has read."""
        row = self.new_row(width)
        if y < self.foot - 1:
            return row.right(self._demo_mark(), 2).strip()
        if self.reading is None:
            return row.strip()
        if self.foot == 1 and (mark := self._demo_mark()):
            row.put(" ", self.inks("text")).put_all(mark)
        percent = f"{round(self.progress * 100)}%"
        room = max(0, (width - len(percent) - 14) // 2)
        label, accent = self.inks("label"), self.inks("accent")
        before, after = self.reading.before, self.reading.after
        if before is not None and room >= 8 and not row.used:
            row.put(" ‹ ", label).put("p ", accent).put(fit(before.lead.title, room), self.inks("secondary"))
        row.to((width - len(percent)) // 2).put(percent, self.inks("text"))
        if after is not None and room >= 8:
            title = fit(after.lead.title, room)
            row.right([(title, self.inks("secondary")), (" n", accent), (" ›", label)], 1)
        return row.strip()

    # Scrolling and setting otherwise

    def scroll_rows(self, rows: int) -> None:
        """Scroll; the foot shows the progress."""
        self.go_to(self.top + rows)
        self.refresh()

    def command_down(self) -> None:
        """A line down."""
        self.scroll_rows(1)

    def command_up(self) -> None:
        """A line up."""
        self.scroll_rows(-1)

    def command_page_down(self) -> None:
        """A page down, two lines of it for the eye to hold on to."""
        self.scroll_rows(max(1, self.body - 2))

    def command_page_up(self) -> None:
        """A page up."""
        self.scroll_rows(-max(1, self.body - 2))

    def command_top(self) -> None:
        """To the beginning."""
        self.scroll_rows(-self.rows)

    def command_bottom(self) -> None:
        """To the end."""
        self.scroll_rows(self.rows)

    def wheel(self, rows: int) -> None:
        """Scroll by so many rows."""
        self.scroll_rows(rows)

    def use_settings(self, settings: UiSettings) -> None:
        """Another width or spacing, where that is what differs from the settings of before."""
        before = self.settings
        super().use_settings(settings)
        if settings.reading_width != before.reading_width:
            self.measure = settings.reading_width
        if settings.line_spacing != before.line_spacing:
            self.spacing = settings.line_spacing
        self.lay_out_again()


def _starts(lines: tuple[Line, ...]) -> list[float]:
    """For each line the signs before it, and a little for each row without any that stands between."""
    starts: list[float] = []
    signs, rows = 0, 0
    for line in lines:
        starts.append(signs + min(rows, 999) * _ROW)
        own = line.signs
        signs, rows = (signs + own, 0) if own else (signs, rows + 1)
    return starts
