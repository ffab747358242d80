"""A sheet over the screen: rows to read or to choose from, closed by Esc, q or a click beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.strip import Strip

from cointicker.engine.commands import Place
from cointicker.text.cells import cell_width
from cointicker.ui.arrangement import LOW
from cointicker.ui.keymap import Keymap
from cointicker.ui.screens.closing import Closing
from cointicker.ui.screens.commanded import Commanded
from cointicker.ui.typeset import wrap
from cointicker.ui.widgets.lines import Kit, LineList
from cointicker.ui.widgets.low_head import LowHead

_WIDEST = 96
_GAP = "   "
Hint = tuple[str, str]
"""A key and what it does, and the name of that command."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: what it says, what stands to the right of it, and whether it can be chosen."""

    text: str
    detail: str = ""
    ink: str = "text"
    label: str = ""
    """Set before the text, in the accent."""
    chosen: bool = False
    """Whether it can be chosen."""
    key: str = ""
    """What it stands for, so that it can be found again in rows that were made anew."""


class _Rows(LowHead, LineList):
    place = Place.SHEET

    def __init__(self, kit: Kit, title: str, rows: Sequence[SheetRow], hints: Sequence[Hint] = ()) -> None:
        super().__init__(kit)
        self._hints = hints
        self._title = title
        self._source = rows
        self._lines: list[SheetRow] = []
        self._origin: list[int] = []

    def replace(self, rows: Sequence[SheetRow]) -> None:
        """Show other rows; the current one stays, by its key or else its place."""
        key, top, place = self.key, self.top, self.current
        self._source, self._origin = rows, []
        self.fitted()
        self.current = min(place, max(0, self.count - 1))
        places = [line for line in self._choices if self._lines[line].key == key] if key else []
        if places:
            self.current = places[0]
        elif self._choices and self.current not in self._choices:
            self.current = min(self._choices, key=lambda line: abs(line - self.current))
        self.go_to(top)
        self.refresh()

    @property
    def key(self) -> str:
        """What the current row stands for; empty where it is nothing to choose."""
        line = self._lines[self.current] if self.current < len(self._lines) else SheetRow("")
        return line.key if line.chosen else ""

    def fitted(self) -> None:
        """Break what is too long."""
        kept = self._origin[self.current] if self.current < len(self._origin) else 0
        self._lines, self._origin = [], []
        label = max((len(row.label) for row in self._source), default=0)
        for index, row in enumerate(self._source):
            room = self.size.width - 4 - (label + 2 if label else 0) - (len(row.detail) + 2 if row.detail else 0)
            parts = wrap(row.text, max(room, 12)) or [""]
            for part, text in enumerate(parts):
                first = part == 0
                mark = row.label.ljust(label) if first else " " * label
                self._lines.append(SheetRow(text, row.detail if first else "", row.ink, mark, row.chosen, row.key))
                self._origin.append(index)
        self.set_count(len(self._lines))
        self.current = self._origin.index(kept) if kept in self._origin else 0
        if self.current == 0 and self._choices:
            self.current = self._choices[0]

    @property
    def _choices(self) -> list[int]:
        """Lines where a row that can be chosen begins."""
        return [
            line
            for line, row in enumerate(self._lines)
            if row.chosen and (line == 0 or self._origin[line - 1] != self._origin[line])
        ]

    def draw_head(self, y: int, width: int) -> Strip:
        """The title."""
        row = self.new_row(width, "bar").put("  ", self.inks("text", "bar"))
        if y == 0:
            hint = "".join(text + _GAP for text, _ in self._shown_hints(width)) + "Esc"
            row.put(self._title, self.inks("accent", "bar", "bold")).right([(hint, self.inks("label", "bar"))], 2)
        return row.strip()

    def _shown_hints(self, width: int) -> Sequence[Hint]:
        """All of them where there is room, else none."""
        needed = sum(cell_width(text + _GAP) for text, _ in self._hints) + len("Esc")
        return self._hints if needed <= width - cell_width(self._title) - 8 else ()

    def _hint_at(self, x: int) -> str:
        """The command whose hint is at a column of the title's row; empty where there is none."""
        end = self.size.width - 2 - len("Esc")
        for text, command in reversed(self._shown_hints(self.size.width)):
            end -= len(_GAP)
            start = end - cell_width(text)
            if start <= x < end:
                return command
            end = start
        return ""

    def draw(self, row: int, width: int) -> Strip:
        """A row."""
        line = self._lines[row]
        current = line.chosen and self._origin[row] == self._origin[self.current]
        ground = "selection" if current else "bar"
        drawn = self.new_row(width, ground).put("▌ " if current else "  ", self.inks("accent", ground))
        if line.label:
            drawn.put(f"{line.label}  ", self.inks("accent", ground))
        drawn.put(line.text, self.inks(line.ink, ground))
        return drawn.right([(line.detail, self.inks("label", ground))] if line.detail else [], 2).strip()

    def draw_blank(self, y: int, width: int) -> Strip:
        """An empty row on the sheet's ground."""
        return self.blank(width, "bar")

    def command_down(self) -> None:
        """To the next row that can be chosen, or a row further."""
        self._step(1)

    def command_up(self) -> None:
        """To the row before."""
        self._step(-1)

    def _step(self, way: int) -> None:
        choices = self._choices
        if not choices:
            self.go_to(self.top + way)
            self.refresh()
            return
        further = [line for line in choices if (line - self.current) * way > 0]
        if further:
            self.move_to(min(further) if way > 0 else max(further))
            self.refresh()

    def command_page_down(self) -> None:
        """A page further."""
        self.go_to(self.top + self.body)
        self.refresh()

    def command_page_up(self) -> None:
        """A page back."""
        self.go_to(self.top - self.body)
        self.refresh()

    def wheel(self, rows: int) -> None:
        """Scroll by so many rows."""
        self.go_to(self.top + rows)
        self.refresh()

    def command_open(self) -> None:
        """Choose the current row."""
        if self._lines and self._lines[self.current].chosen:
            self._choose(self._origin[self.current])

    def _choose(self, index: int) -> None:
        sheet = self.screen
        if isinstance(sheet, Sheet):
            sheet.choose(index, self._source[index])

    def on_click(self, event: events.Click) -> None:
        """A click chooses."""
        event.stop()
        row = event.y - self.head + self.top
        if event.y < self.head:
            self._click_head(self._hint_at(event.x) if event.y == 0 else "")
        elif row < len(self._lines) and self._lines[row].chosen:
            self._choose(self._origin[row])

    def _click_head(self, command: str) -> None:
        sheet = self.screen
        if command and isinstance(sheet, Sheet):
            sheet.give(command)
        else:
            sheet.dismiss(None)


class Sheet(Commanded, ModalScreen[int | None], Closing[int | None]):
    """Gives the index of the row that was chosen, or ``None``."""

    DEFAULT_CSS = "Sheet { align: center middle; background: $background 60%; }"
    place: Place = Place.SHEET

    def __init__(
        self, kit: Kit, keymap: Keymap, title: str, rows: Sequence[SheetRow], hints: Sequence[Hint] = ()
    ) -> None:
        """``hints``: keys worth knowing, shown beside the title where there is room, to be clicked too."""
        super().__init__()
        self.keymap = keymap
        self._rows = _Rows(kit, title, rows, hints)
        self._count = len(rows)

    def choose(self, index: int, _: SheetRow) -> None:
        """A row was chosen: give its index."""
        self.dismiss(index)

    def replace(self, rows: Sequence[SheetRow]) -> None:
        """Show other rows."""
        self._count = len(rows)
        self._rows.replace(rows)
        self._resize()

    @property
    def current_key(self) -> str:
        """What the current row stands for."""
        return self._rows.key

    def compose(self) -> ComposeResult:
        """The rows alone."""
        yield self._rows

    def on_mount(self) -> None:
        """Take the focus."""
        self._resize()
        self._rows.focus()

    def on_resize(self) -> None:
        """Stay within the terminal."""
        self._resize()

    def _resize(self) -> None:
        width, height = self.app.size
        self._rows.styles.width = width if height <= LOW else min(_WIDEST, width - (4 if width > 40 else 0))
        self._take_height(self._count)
        self.call_after_refresh(self._grow)

    def _take_height(self, rows: int) -> None:
        height = self.app.size.height
        self._rows.styles.height = min(height, max(3, min(height - (2 if height > 12 else 0), rows + 3)))

    def _grow(self) -> None:
        """Long rows were broken: take the height that they need."""
        self._take_height(self._rows.count)

    def responders(self) -> Sequence[object | None]:
        """The rows, then the sheet."""
        return (self._rows, self)

    def on_key(self, event: events.Key) -> None:
        """A key gives the command that it means on a sheet."""
        self.give_key(event, self.place)

    def on_click(self, event: events.Click) -> None:
        """A click beside the sheet closes it."""
        self.dismiss(None)

    def command_back(self) -> None:
        """Close."""
        self.dismiss(None)

    command_quit = command_back
