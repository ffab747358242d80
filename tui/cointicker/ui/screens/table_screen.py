"""A table that takes the place of the main screen and follows the state."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.reactive import reactive

from cointicker.engine.actions import Undo
from cointicker.engine.state import Snapshot
from cointicker.ui.keymap import Keymap
from cointicker.ui.screens.closing import Closing
from cointicker.ui.screens.commanded import Commanded
from cointicker.ui.screens.sheet import Sheet
from cointicker.ui.sheets import help_rows
from cointicker.ui.widgets.lines import Kit, LineList
from cointicker.ui.widgets.low_head import LowHead

if TYPE_CHECKING:
    from cointicker.engine.engine import Engine


class SnapshotTable(LowHead, LineList):
    """Rows made of a snapshot."""

    def __init__(self, kit: Kit, snapshot: Snapshot) -> None:
        super().__init__(kit)
        self.snapshot = snapshot

    def show(self, snapshot: Snapshot) -> None:
        """Show another state."""
        self.snapshot = snapshot
        self.refresh_changed()


_Table = TypeVar("_Table", bound=SnapshotTable)


class TableScreen(Commanded, Closing[None], Generic[_Table]):
    """Esc leads back; ``?`` helps with the keys of the table's place."""

    CSS = "TableScreen { background: $background; } TableScreen > SnapshotTable { height: 1fr; }"
    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The state to show."""

    def __init__(self, engine: "Engine", kit: Kit, keymap: Keymap, table: _Table) -> None:
        super().__init__()
        self.engine = engine
        self.kit = kit
        self.keymap = keymap
        self.set_reactive(TableScreen.snapshot, engine.snapshot)
        self.table = table

    def compose(self) -> ComposeResult:
        """The table alone."""
        yield self.table

    def on_mount(self) -> None:
        """Take the focus."""
        self.table.focus()

    def watch_snapshot(self, old: Snapshot, new: Snapshot) -> None:
        """What the rows are made of has changed."""
        self.table.show(new)

    def responders(self) -> Sequence[object | None]:
        """The table, then the screen."""
        return (self.table, self)

    def on_key(self, event: events.Key) -> None:
        """A key gives the command that it means here."""
        self.give_key(event, self.table.place)

    def command_back(self) -> None:
        """Back to the main screen."""
        self.dismiss(None)

    command_quit = command_back

    def command_help(self) -> None:
        """The keys of this screen."""
        self.app.push_screen(Sheet(self.kit, self.keymap, "Help", help_rows(self.table.place, self.keymap.keys)))

    def command_undo(self) -> None:
        """Take the last change back."""
        self.engine.do(Undo())
