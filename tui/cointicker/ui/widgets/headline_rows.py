"""How a story is drawn: one or two rows, wide or narrow."""

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from cointicker.engine.state import Snapshot
from cointicker.text.cells import cell_width, fit, pad
from cointicker.text.numbers import UNKNOWN, direction, format_age, format_change
from cointicker.ui.quotes import symbol_of
from cointicker.ui.river import Entry, River
from cointicker.ui.widgets.lines import Kit, LineList, Piece

TITLE_CELLS = 45
"""A title is not cut below this while source, age or moves take room in its row."""
_LEAST_SOURCE = 6
"""Cells of a source's name that still tell which it is."""
NARROW = 60
IN_ARTICLE = "in the article"
"""Stands in one row for what the article says around the words that were looked for."""
_MOST_COINS = 3


class HeadlineRows(LineList):
    """Draws stories, not what is above or in place of them."""

    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The state to show."""

    def __init__(self, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(kit, id=id)
        self.river = River(kit.clock)
        self.item_rows = 2

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
            left, right = self._narrow(entry, part, ground, width - 1)
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
        if extract := self.river.extract_of(entry):
            return [(" " * 8, blank), (extract, self.inks("secondary", ground))]
        moves = self._moves(entry, ground, since=True)
        return [(" " * 8, blank), *self._sources(entry, ground, 40), *([("   ", blank), *moves] if moves else [])]

    def _narrow(self, entry: Entry, part: int, ground: str, width: int) -> tuple[list[Piece], list[Piece]]:
        if part == 0:
            return [*self._state(entry, ground), self._title(entry, ground)], []
        blank = self.inks("text", ground)
        age = format_age(self.clock() - entry.story.lead.at)
        left = [("  ", blank), (f"{age} ", self.inks("label", ground))]
        if extract := self.river.extract_of(entry):
            return [*left, (extract, self.inks("secondary", ground))], []
        moves = self._moves(entry, ground, most=1)
        sources = self._sources(entry, ground)
        over = _cells(left) + _cells(sources) + _cells(moves) + 3 - width
        if moves and over > 0:  # the name of the source gives way, as far as it can still be told
            sources = self._sources(entry, ground, max(_LEAST_SOURCE, cell_width(sources[0][0]) - over))
        return [*left, *sources], [("  ", blank), *moves] if moves else []

    def _one_row(self, entry: Entry, ground: str, width: int) -> tuple[list[Piece], list[Piece]]:
        """Title first: source, moves and age only take what the title leaves, or what is beyond its 45 cells."""
        state, title = self._state(entry, ground), self._title(entry, ground)
        age: list[Piece] = [self._age(entry, ground), ("  ", self.inks("text", ground))]
        sources, moves = self._sources(entry, ground), self._moves(entry, ground, most=1)
        if self.river.extract_of(entry):
            sources, moves = [(IN_ARTICLE, self.inks("accent", ground))], []
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
            elif since:
                pieces.append((f" {UNKNOWN}", self.inks("label", ground)))
        if since and pieces:
            pieces.append((" since", self.inks("label", ground)))
        return pieces

    def line(self, y: int) -> Strip:
        """A row of the widget, the last one with what waits."""
        strip = super().line(y)
        if not self.river.waiting or y != self.size.height - 1 or self.size.height <= self.head:
            return strip
        label = f" {self.river.waiting} new ↑ "
        start = self.size.width - cell_width(label)
        mark = Strip([Segment(label, self.inks("unread", attributes="bold"))])
        return Strip.join([strip.crop(0, start), mark]) if start > 0 else strip


def _cells(pieces: list[Piece]) -> int:
    return sum(cell_width(text) for text, _ in pieces)
