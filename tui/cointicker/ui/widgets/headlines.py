"""The river of headlines with what can be chosen above it; nothing in it moves under the reader's eyes."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.strip import Strip

from cointicker.domain.categories import ALL
from cointicker.domain.news import Story
from cointicker.domain.queries import Query
from cointicker.engine.commands import Place
from cointicker.engine.finding import Found
from cointicker.engine.state import Snapshot
from cointicker.ui.filters import Filter
from cointicker.ui.quotes import symbol_of
from cointicker.ui.river import Entry
from cointicker.ui.typeset import wrap
from cointicker.ui.widgets.category_strip import Label, choices, lay_out
from cointicker.ui.widgets.headline_rows import HeadlineRows
from cointicker.ui.widgets.lines import Kit
from cointicker.ui.widgets.status import CommandChosen
from cointicker.ui.words import no_headlines, none_pass

_SETTLED_AFTER = 20.0
"""Seconds without a key after which new stories may appear at the top by themselves."""


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


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where somebody is in the list: at a story, so many rows below the top of what is seen."""

    entry: Entry | None
    offset: int


class Headlines(HeadlineRows):
    """Stories, newest first."""

    place = Place.HEADLINES

    def __init__(self, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(kit, id=id)
        self.head = 2
        self.found: Found | None = None
        """What the search in all that is stored has come to; ``None``: nothing yet."""
        self._labels: list[tuple[int, int, Label]] = []
        self._spots: list[tuple[Filter, _Spot]] = []
        """Where somebody was before each filter that is on."""
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
            spot = self._spot
            at_top = self.top == 0 and self.current == 0
            self.river.take(new.stories, reveal=self._may_reveal())
            self._go_to_spot(_Spot(None, 0) if at_top else spot)
            self.count_unread()
        self.refresh_changed()

    def _may_reveal(self) -> bool:
        """At the top and left alone for a while: nobody is reading there, nor an article that was opened from there."""
        settled = self.display and self.clock() - self._touched_at > _SETTLED_AFTER
        return not self.count or (self.top == 0 and self.current == 0 and settled)

    @property
    def _spot(self) -> _Spot:
        return _Spot(self.entry, self.first_row(self.current) - self.top)

    def _go_to_spot(self, spot: _Spot) -> None:
        """Stay with the same story, at the same height of the screen."""
        places = (self.river.index_of(each) for each in (spot.entry.ids if spot.entry is not None else ()))
        index = next((place for place in places if place is not None), None)
        self.set_count(len(self.river.shown))
        if index is not None:
            self.current = index
            self.go_to(self.first_row(index) - spot.offset)

    def tick(self) -> None:
        """Ages grow; what waits may be shown once nobody is looking."""
        if self.river.waiting and self._may_reveal():
            self.reveal()
        super().tick()

    def reveal(self) -> None:
        """Show what waits; somebody at the top stays there."""
        spot = self._spot if self.top or self.current else _Spot(None, 0)
        self.river.reveal()
        self._go_to_spot(spot)
        self.refresh()

    def ask_anew(self) -> None:
        """Let go of what passes the filter no more, such as what was read of the unread."""
        self.reveal()

    def set_filter(self, wanted: Filter) -> None:
        """Show another choice of stories: from the top, or where one was before a filter that is taken off."""
        before = self.river.filter
        if wanted == before:
            return
        if len(wanted.order) > len(before.order):
            self._spots.append((before, self._spot))
        spot = next((spot for each, spot in reversed(self._spots) if each == wanted), _Spot(None, 0))
        self._spots = [each for each in self._spots if len(each[0].order) < len(wanted.order)]
        if wanted.query != before.query:
            self.found = None
        self.river.set_filter(wanted)
        self.current = 0
        self.go_to(0)
        self._go_to_spot(spot)
        self.refresh()
        self.post_message(FilterChanged(wanted))

    def use_saved(self, saved: Mapping[str, Query]) -> None:
        """Offer searches that are kept; where the one in use is no more, show all."""
        wanted, before = self.river.filter, self.river.saved
        if saved == before:
            return
        self.river.saved = saved
        if wanted.category in before and wanted.category not in saved:
            self.set_filter(wanted.put(category=ALL))
        elif saved.get(wanted.category) != before.get(wanted.category) and not self.top:
            self.reveal()
        self.count_unread()
        self.refresh()

    def make_ready(self) -> None:
        """Work out the words of all stories before the first letter is typed, a few at a time."""
        self.run_worker(self._make_ready(), group="ready", exclusive=True, exit_on_error=False)

    async def _make_ready(self) -> None:
        for part in self.river.parts():
            for entry in part:
                entry.subject  # noqa: B018 - is worked out once
            await asyncio.sleep(0)

    def count_unread(self) -> None:
        """Count what is unread in the searches that are kept, and of what is popular, a few at a time."""
        self.run_worker(self._count_unread(), group="counts", exclusive=True, exit_on_error=False)

    async def _count_unread(self) -> None:
        counts: Counter[str] = Counter()
        for part in self.river.parts():
            counts.update(self.river.count_saved(part))
            await asyncio.sleep(0)
        self.river.take_counts(counts)
        self.refresh_changed()

    def show_found(self, found: Found) -> None:
        """Add what was found in all that is stored."""
        spot = self._spot if self.top or self.current else _Spot(None, 0)
        self.found = found
        self.river.add_hits(found.hits)
        self._go_to_spot(spot)
        self.refresh()

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

    def on_key(self) -> None:
        """Somebody is here, whatever the key does."""
        self.moved()

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
        """The filters that are on and the categories with their unread stories."""
        if y:
            return self.blank(width)
        row = self.new_row(width).put(" ", self.inks("text"))
        self._labels = []
        wanted = self.river.filter
        symbol = symbol_of(wanted.coin, self.snapshot) if wanted.coin else ""
        for label in lay_out(wanted, self.river.saved, self.river.unread, symbol, width):
            if self._labels:
                row.put(" " * label.gap, self.inks("label"))
            start = row.used
            row.put(label.text, self.inks(label.ink, attributes="bold" if label.ink == "accent" else ""))
            if label.count:
                row.put(f" {label.count}", self.inks("label"))
            self._labels.append((start, row.used, label))
        return row.strip()

    def draw_blank(self, y: int, width: int) -> Strip:
        """Why there is nothing, where there is nothing."""
        row = self.new_row(width)
        if self.count:
            return row.strip()
        words = no_headlines(self.snapshot, self.clock()) or none_pass(self.river.filter, self.found)
        lines = [line for sentence in words for line in (*wrap(sentence, width - 4), "")]
        if 1 <= y <= len(lines):
            row.put("  " + lines[y - 1], self.inks("secondary"))
        return row.strip()

    # The mouse and the keys

    def on_click(self, event: events.Click) -> None:
        """A click on a category shows it, one on a filter takes it off, one on a story opens it."""
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
        wanted = self.river.filter
        for start, end, label in self._labels:
            if start <= x < end and label.command:
                self.post_message(CommandChosen(label.command))
            elif start <= x < end:
                self.set_filter(wanted.without(label.off) if label.off else wanted.put(category=label.choice))

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
        names = choices(self.river.saved)
        wanted = self.river.filter
        place = names.index(wanted.category) if wanted.category in names else 0
        self.set_filter(wanted.put(category=names[(place + step) % len(names)]))
