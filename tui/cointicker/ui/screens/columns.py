"""The choice of the watchlist's columns, and their order."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.strip import Strip

from cointicker.engine.actions import KeepSetting, SetColumns, Undo
from cointicker.engine.commands import Place, key_sign
from cointicker.engine.state import Snapshot
from cointicker.text.cells import pad
from cointicker.ui.columns import BY_NAME, FIRM, Column
from cointicker.ui.keymap import Keymap
from cointicker.ui.screens.closing import Closing
from cointicker.ui.screens.commanded import Commanded
from cointicker.ui.widgets.lines import Kit
from cointicker.ui.widgets.reordering import Refused, Reordering

if TYPE_CHECKING:
    from cointicker.engine.engine import Engine

_WIDTH = 68
_TITLE_CELLS = max(len(column.title) for column in BY_NAME.values())
_FIXED = "coin and price are always shown"
_HIDDEN = "only columns that are shown have a place"


class ColumnList(Reordering):
    """The columns that are shown, in order, then the others."""

    place = Place.COLUMNS
    head = 2
    foot = 2

    def __init__(self, kit: Kit, keymap: Keymap, engine: "Engine") -> None:
        super().__init__(kit)
        self._engine = engine
        signs = {name: key_sign(keys[0]) for name in _TOLD if (keys := keymap.keys.get(name))}
        self._hint = " · ".join(f"{sign} {_TOLD[name]}" for name, sign in signs.items())
        self._said = ""
        self._shown: tuple[str, ...] = ()
        self.show(engine.snapshot)

    def show(self, snapshot: Snapshot) -> None:
        """Show what is chosen now; the current column stays the current one."""
        name = self.keys[self.current] if self.count else None
        chosen = snapshot.settings.ui.columns
        shown = (*(each for each in FIRM if each not in chosen), *chosen)
        self._shown = self.reordered(shown, shown)
        self.set_count(len(self.keys))
        if name is not None:
            self.current = self.keys.index(name)
        self.refresh()

    def follow(self, old: Snapshot, new: Snapshot) -> None:
        """Take over what has changed."""
        if new.settings.ui.columns != old.settings.ui.columns or new.notices != old.notices:
            self.moving = ()
            self.show(new)

    @property
    def keys(self) -> tuple[str, ...]:
        """All names, those of shown columns first."""
        return (*self._shown, *(name for name in BY_NAME if name not in self._shown))

    @property
    def fixed(self) -> str:
        """Only what is shown has an order."""
        grip = self._grip or (self.keys[self.current] if self.count else "")
        return "" if grip in self._shown else _HIDDEN

    def shift(self, key: str, index: int) -> int | None:
        """Show a column at another place among those shown."""
        order = [name for name in self._shown if name != key]
        index = max(0, min(index, len(order)))
        order.insert(index, key)
        if tuple(order) == self._shown:
            return None
        self.moving = tuple(order)
        self.rearrange()
        self.move_to(index)
        return index

    def rearrange(self) -> None:
        """Show the order that ``moving`` says."""
        self._shown = self.moving
        self.refresh()

    def drop(self, key: str, index: int) -> None:
        """Keep the new order."""
        self._engine.do(SetColumns(self._shown))

    def say(self, text: str) -> None:
        """Say something in place of the keys."""
        self._said = text
        self.refresh()

    def draw_head(self, y: int, width: int) -> Strip:
        """The title."""
        row = self.new_row(width, "bar").put("   ", self.inks("text", "bar"))
        if y == 0:
            row.put("Columns of the watchlist", self.inks("accent", "bar", "bold"))
            row.right([("Esc", self.inks("label", "bar"))], 2)
        return row.strip()

    def draw_foot(self, y: int, width: int) -> Strip:
        """What the keys do."""
        row = self.new_row(width, "bar").put("   ", self.inks("text", "bar"))
        return row.put(self._said or self._hint if y == 1 else "", self.inks("label", "bar")).strip()

    def draw_blank(self, y: int, width: int) -> Strip:
        """An empty row on the ground of the sheet."""
        return self.blank(width, "bar")

    def draw(self, row: int, width: int) -> Strip:
        """A column: whether it is shown, its head, what it says."""
        column: Column = BY_NAME[self.keys[row]]
        shown, ground = column.name in self._shown, "selection" if row == self.current else "bar"
        line = self.new_row(width, ground).put("▌" if row == self.current else " ", self.inks("accent", ground))
        line.put("✓ " if shown else "  ", self.inks("up", ground))
        line.put(pad(column.title, _TITLE_CELLS) + "  ", self.inks("text" if shown else "label", ground, "bold"))
        return line.put(column.words, self.inks("text" if shown else "label", ground)).strip()

    def command_toggle_column(self) -> None:
        """Show the current column, or leave it out."""
        name = self.keys[self.current]
        if name in FIRM:
            self.say(_FIXED)
            return
        names = tuple(each for each in self._shown if each != name) if name in self._shown else (*self._shown, name)
        self.say("")
        self._engine.do(SetColumns(names))

    def command_default_columns(self) -> None:
        """The columns as they were at first."""
        self._engine.do(KeepSetting(("ui", "columns"), None))

    def on_click(self, event: events.Click) -> None:
        """A click shows a column or leaves it out."""
        event.stop()
        index = self.item_at(event.x, event.y)
        if not self.was_dropped() and index is not None:
            self.move_to(index)
            self.command_toggle_column()


_TOLD = {"toggle_column": "shows or hides", "item_down": "down", "item_up": "up", "default_columns": "as at first"}
"""Commands that the foot tells of."""


class ColumnsScreen(Commanded, ModalScreen[None], Closing[None]):
    """What is chosen shows in the table behind at once."""

    DEFAULT_CSS = f"""
    ColumnsScreen {{ align: right middle; background: $background 20%; }}
    ColumnsScreen ColumnList {{ width: {_WIDTH}; max-width: 100%; max-height: 100%; }}
    """

    def __init__(self, engine: "Engine", kit: Kit, keymap: Keymap) -> None:
        super().__init__()
        self.keymap = keymap
        self._engine = engine
        self.list = ColumnList(kit, keymap, engine)

    def compose(self) -> ComposeResult:
        """The list alone."""
        yield self.list

    def on_mount(self) -> None:
        """Follow what is chosen."""
        self._resize()
        self.list.focus()
        self.watch(self.app, "snapshot", self.list.follow, init=False)

    def on_resize(self) -> None:
        """Stay within the terminal."""
        self._resize()

    def _resize(self) -> None:
        self.list.styles.height = min(self.app.size.height, self.list.count + self.list.head + self.list.foot)

    def responders(self) -> Sequence[object | None]:
        """The list, then the screen."""
        return (self.list, self)

    def on_key(self, event: events.Key) -> None:
        """A key gives the command that it means here."""
        self.give_key(event, Place.COLUMNS)

    def on_refused(self, event: Refused) -> None:
        """Say why a column has no place."""
        event.stop()
        self.list.say(event.why)

    def on_click(self, event: events.Click) -> None:
        """A click beside the list closes it."""
        self.dismiss(None)

    def command_back(self) -> None:
        """Close."""
        self.dismiss(None)

    command_quit = command_back
    command_columns = command_back

    def command_undo(self) -> None:
        """Take the last change back."""
        self._engine.do(Undo())
