"""The river of headlines: one or two rows a story, with the categories above it."""

from dataclasses import replace

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from cointicker.domain.categories import CATEGORIES
from cointicker.domain.news import Story
from cointicker.engine.commands import Place
from cointicker.engine.state import Snapshot
from cointicker.text.cells import cell_width, fit, pad
from cointicker.text.numbers import direction, format_age, format_change
from cointicker.ui.quotes import symbol_of
from cointicker.ui.river import Entry, Filter, River
from cointicker.ui.typeset import wrap
from cointicker.ui.widgets.lines import Kit, LineList, Piece
from cointicker.ui.words import no_headlines

TITLE_CELLS = 45
"""A title is not cut below this while source, age or moves take room in its row."""
NARROW = 60
_SETTLED_AFTER = 20.0
"""Seconds without a key after which new stories may appear at the top by themselves."""
_MOST_COINS = 3


class StoryOpened(Message):
    """A person wants to read a story."""

    def __init__(self, story: Story) -> None:
        super().__init__()
        self.story = story


class FilterChanged(Message):
    """The list shows another choice of stories."""

    def __init__(self, wanted: Filter) -> None:
        super().__init__()
        self.filter = wanted


class Headlines(LineList):
    """Stories, newest first."""

    place = Place.HEADLINES
    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The state to show."""

    def __init__(self, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(kit, id=id)
        self.river = River()
        self.head = 2
        self.item_rows = 2
        self._tabs: list[tuple[int, int, str]] = []
        self._touched_at = 0.0

    def take_form(self, *, rows_each: int, head: int) -> None:
        """Choose one or two rows a story, and how many rows the categories take: 0, 1 or 2."""
        self.item_rows = rows_each
        self.head = head
        self.fitted()
        self.refresh()

    def watch_snapshot(self, old: Snapshot, new: Snapshot) -> None:
        """Take in new stories without moving what is being read."""
        if new.stories is not old.stories:
            self._take(new)
        self.refresh_changed()

    def _take(self, snapshot: Snapshot) -> None:
        current = self.entry
        self.river.take(snapshot.stories, reveal=self._may_reveal())
        self._keep(current)

    def _may_reveal(self) -> bool:
        """At the top and left alone for a while: nobody is reading there, nor an article that was opened from there."""
        settled = self.display and self.clock() - self._touched_at > _SETTLED_AFTER
        return not self.count or (self.top == 0 and self.current == 0 and settled)

    def _keep(self, current: Entry | None) -> None:
        """Stay with the same story, at the same height of the screen."""
        offset = self.first_row(self.current) - self.top
        at_top = self.top == 0 and self.current == 0
        index = self.river.index_of(current.ids[0]) if current is not None and not at_top else None
        self.set_count(len(self.river.shown))
        if index is not None and index != self.current:
            self.current = index
            self.go_to(self.first_row(index) - offset)

    def tick(self) -> None:
        """Ages grow; what waits may be shown once nobody is looking."""
        if self.river.waiting and self._may_reveal():
            self.reveal()
        super().tick()

    def reveal(self) -> None:
        """Show what waits."""
        self.river.reveal()
        self.set_count(len(self.river.shown))
        self.refresh()

    def set_filter(self, wanted: Filter) -> None:
        """Show another choice of stories, from the top."""
        if wanted == self.river.filter:
            return
        self.river.set_filter(wanted)
        self.current = 0
        self.set_count(len(self.river.shown))
        self.go_to(0)
        self.refresh()
        self.post_message(FilterChanged(wanted))

    @property
    def entry(self) -> Entry | None:
        """The current story with what belongs to it."""
        return self.river.shown[self.current] if self.current < len(self.river.shown) else None

    @property
    def story(self) -> Story | None:
        """The current story."""
        return self.entry.story if self.entry is not None else None

    def moved(self) -> None:
        """Somebody is here."""
        self._touched_at = self.clock()

    def on_focus(self) -> None:
        """Somebody is here again; at the start there is nothing yet that anybody could be reading."""
        if self.count:
            self.moved()

    def neighbour(self, step: int) -> Story | None:
        """The story so many places further down."""
        index = self.current + step
        return self.river.shown[index].story if 0 <= index < self.count else None

    def next_unread(self) -> int | None:
        """Index of the next unread story below the current one."""
        later = range(self.current + 1, self.count)
        return next((index for index in later if not self.river.shown[index].story.read), None)

    # Drawing

    def draw_head(self, y: int, width: int) -> Strip:
        """The categories with their unread stories."""
        if y:
            return self.blank(width)
        row = self.new_row(width).put(" ", self.inks("text"))
        self._tabs = []
        for label, ink, name in self._labels(width):
            if self._tabs:
                row.put("   ", self.inks("label"))
            start = row.used
            row.put(label, self.inks(ink, attributes="bold" if ink == "accent" else ""))
            count = self.river.unread.get(name, 0)
            if count and label == name:
                row.put(f" {count}", self.inks("label"))
            self._tabs.append((start, row.used, name))
        return row.strip()

    def _labels(self, width: int) -> list[tuple[str, str, str]]:
        """What the strip shows: (label, colour, category), with ``‹`` and ``›`` where there is more."""
        wanted = self.river.filter
        chips = []
        if wanted.coin:
            chips.append((f"{symbol_of(wanted.coin, self.snapshot)} only ✕", "accent", ""))
        if wanted.words:
            chips.append((f"/{' '.join(wanted.words)} ✕", "accent", ""))
        room = width - 1 - sum(cell_width(label) + 3 for label, _, _ in chips)
        widths = [len(name) + 3 + self._count_width(name) for name in CATEGORIES]
        active = CATEGORIES.index(wanted.category)
        first = 0
        while first < active and sum(widths[first : active + 1]) > room - 4:
            first += 1
        labels = [("‹", "label", CATEGORIES[max(0, first - 1)])] if first else []
        room -= 4 if first else 0
        for index in range(first, len(CATEGORIES)):
            room -= widths[index]
            if room < -3 + (4 if index + 1 < len(CATEGORIES) else 0):
                labels.append(("›", "label", CATEGORIES[index]))
                break
            name = CATEGORIES[index]
            labels.append((name, "accent" if index == active else "secondary", name))
        return chips + labels

    def _count_width(self, name: str) -> int:
        count = self.river.unread.get(name, 0)
        return len(str(count)) + 1 if count else 0

    def draw(self, row: int, width: int) -> Strip:
        """A row of a story."""
        index, part = divmod(row, self.item_rows)
        entry = self.river.shown[index]
        current = index == self.current
        ground = "selection" if current else "background"
        mark: Piece = ("▌" if current and self.has_focus else " ", self.inks("accent", ground))
        if self.item_rows == 1:
            left, right = self._one_row(entry, ground, width - 1)
        elif width < NARROW:
            left, right = self._narrow(entry, part, ground)
        else:
            left, right = self._wide(entry, part, ground), []
        return self.new_row(width, ground).put_all([mark, *left]).right(right, 1).strip()

    def _wide(self, entry: Entry, part: int, ground: str) -> list[Piece]:
        blank = self.inks("text", ground)
        if part == 0:
            return [
                *self._state(entry, ground),
                (" ", blank),
                self._age(entry, ground),
                ("  ", blank),
                self._title(entry, ground),
            ]
        moves = self._moves(entry, ground, since=True)
        return [(" " * 8, blank), *self._sources(entry, ground, 40), *([("   ", blank), *moves] if moves else [])]

    def _narrow(self, entry: Entry, part: int, ground: str) -> tuple[list[Piece], list[Piece]]:
        if part == 0:
            return [*self._state(entry, ground), self._title(entry, ground)], []
        age = format_age(self.clock() - entry.story.lead.at)
        left = [
            ("  ", self.inks("text", ground)),
            (f"{age} ", self.inks("label", ground)),
            *self._sources(entry, ground),
        ]
        return left, self._moves(entry, ground, most=1)

    def _one_row(self, entry: Entry, ground: str, width: int) -> tuple[list[Piece], list[Piece]]:
        """Title first: source, moves and age only take what the title leaves, or what is beyond its 45 cells."""
        state, title = self._state(entry, ground), self._title(entry, ground)
        age: list[Piece] = [self._age(entry, ground), ("  ", self.inks("text", ground))]
        sources, moves = self._sources(entry, ground), self._moves(entry, ground, most=1)
        gap: list[Piece] = [("  ", self.inks("text", ground))]
        wanted = min(cell_width(title[0]), TITLE_CELLS)
        for left, right in (
            ([*state, *age], [*gap, *sources, *gap, *moves] if moves else [*gap, *sources]),
            ([*state, *age], [*gap, *sources]),
            ([*state, *age], []),
        ):
            room = width - _cells(left) - (_cells(right) + 1 if right else 0)
            if room >= wanted:
                return [*left, (fit(title[0], room), title[1])], right
        return [*state, title], []

    def _state(self, entry: Entry, ground: str) -> list[Piece]:
        lead = entry.story.lead
        if lead.starred:
            return [("★ ", self.inks("accent", ground))]
        return [("  " if entry.story.read else "● ", self.inks("unread", ground))]

    def _age(self, entry: Entry, ground: str) -> Piece:
        age = format_age(self.clock() - entry.story.lead.at)
        return pad(age, 3, right=True), self.inks("label", ground)

    def _title(self, entry: Entry, ground: str) -> Piece:
        ink, mark = ("secondary", "") if entry.story.read else ("text", "bold")
        return entry.story.lead.title or "(no title)", self.inks(ink, ground, mark)

    def _sources(self, entry: Entry, ground: str, most: int = 24) -> list[Piece]:
        sources = entry.story.sources
        pieces: list[Piece] = [(fit(sources[0], most), self.inks("label", ground))]
        if len(sources) > 1:
            pieces.append((f" ×{len(sources)}", self.inks("accent", ground)))
        return pieces

    def _moves(self, entry: Entry, ground: str, *, most: int = _MOST_COINS, since: bool = False) -> list[Piece]:
        pieces: list[Piece] = []
        lead = entry.story.lead
        for coin in lead.coins[:most]:
            change = self.snapshot.moves.get((lead.headline_id, coin))
            pieces.append((("  " if pieces else "") + symbol_of(coin, self.snapshot), self.inks("secondary", ground)))
            if change is not None:
                pieces.append(
                    (f" {self.settings.regroup(format_change(change))}", self.inks.direction(direction(change), ground))
                )
        if since and any(self.snapshot.moves.get((lead.headline_id, coin)) is not None for coin in lead.coins[:most]):
            pieces.append((" since", self.inks("label", ground)))
        return pieces

    def draw_blank(self, y: int, width: int) -> Strip:
        """Why there is nothing, where there is nothing."""
        row = self.new_row(width)
        if self.count:
            return row.strip()
        words = no_headlines(self.snapshot, self.clock()) or self._none_pass()
        lines = [line for sentence in words for line in (*wrap(sentence, width - 4), "")]
        if 1 <= y <= len(lines):
            row.put("  " + lines[y - 1], self.inks("secondary"))
        return row.strip()

    def _none_pass(self) -> tuple[str, ...]:
        wanted = self.river.filter
        if wanted.narrow:
            where = "" if wanted.category == CATEGORIES[0] else f" in {wanted.category}"
            return (f"No headline{where} passes this filter.", "Esc clears it.")
        return (f"No headlines in {wanted.category}.",)

    def line(self, y: int) -> Strip:
        """A row of the widget, the last one with what waits."""
        strip = super().line(y)
        if not self.river.waiting or y != self.size.height - 1 or self.size.height <= self.head:
            return strip
        label = f" {self.river.waiting} new ↑ "
        start = self.size.width - cell_width(label)
        mark = Strip([Segment(label, self.inks("unread", attributes="bold"))])
        return Strip.join([strip.crop(0, start), mark]) if start > 0 else strip

    # The mouse and the keys

    def on_click(self, event: events.Click) -> None:
        """A click on a category shows it, one on a story opens it."""
        if event.y == 0 and self.head:
            self._pick_label(event.x)
        elif self.river.waiting and event.y == self.size.height - 1 and event.x >= self.size.width - 12:
            self.command_top()
        elif self.head <= event.y:
            index = (event.y - self.head + self.top) // self.item_rows
            if index < self.count:
                self.move_to(index)
                self.command_open()

    def _pick_label(self, x: int) -> None:
        for start, end, name in self._tabs:
            if start <= x < end:
                wanted = self.river.filter
                self.set_filter(replace(wanted, category=name) if name else Filter(category=wanted.category))

    def command_open(self) -> None:
        """Open the current story."""
        if self.story is not None:
            self.post_message(StoryOpened(self.story))

    def command_top(self) -> None:
        """Go to the top, and show what waits there."""
        self.reveal()
        self.move_to(0)

    def command_forward(self) -> None:
        """A page down."""
        self.command_page_down()

    def turn_category(self, step: int) -> None:
        """Show the next category."""
        place = (CATEGORIES.index(self.river.filter.category) + step) % len(CATEGORIES)
        self.set_filter(replace(self.river.filter, category=CATEGORIES[place]))


def _cells(pieces: list[Piece]) -> int:
    return sum(cell_width(text) for text, _ in pieces)
