"""The screen about mining, over the main screen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.reactive import reactive
from textual.strip import Strip

from cointicker.domain.freshness import Failed, Stale
from cointicker.engine.actions import Refresh
from cointicker.engine.commands import Place
from cointicker.engine.state import Snapshot
from cointicker.text.numbers import format_age
from cointicker.ui.keymap import Keymap
from cointicker.ui.mining_page import PageRow, page_rows
from cointicker.ui.screens.closing import Closing
from cointicker.ui.screens.commanded import Commanded
from cointicker.ui.screens.sheet import Sheet, SheetRow
from cointicker.ui.sheets import help_rows
from cointicker.ui.typeset import wrap
from cointicker.ui.widgets.lines import Kit, Piece
from cointicker.ui.widgets.low_head import LowHead
from cointicker.ui.words import retry_words

if TYPE_CHECKING:
    from cointicker.engine.engine import Engine

_MARGIN = 2
_UNITS = (
    ("hashprice", "US dollars that one PH/s earns in a day: (subsidy + fees)"),
    ("", "× 144 blocks × price of a bitcoin ÷ hashrate"),
    ("subsidy, fees", "BTC of a block; the fees are the mean of the latest blocks"),
    ("hashrate", "of all miners; 1 ZH/s = 1,000 EH/s = 1,000,000 PH/s"),
    ("fees", "sat for each virtual byte of a transaction"),
)
_TICK_SECONDS = 5.0


class MiningPage(LowHead, can_focus=True):
    """Everything about mining, to be scrolled where it does not fit."""

    place = Place.SHEET
    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The state to show."""

    def __init__(self, kit: Kit, snapshot: Snapshot) -> None:
        super().__init__(kit)
        self.set_reactive(MiningPage.snapshot, snapshot)
        self._rows: list[PageRow] = []

    def watch_snapshot(self, old: Snapshot, new: Snapshot) -> None:
        """Show what is new."""
        if new.mining is not old.mining or new.mining_part != old.mining_part:
            self.fitted()
            self.refresh_changed()

    def fitted(self) -> None:
        """Lay the page out for the size."""
        mining = self.snapshot.mining
        width = self.size.width - 2 * _MARGIN
        if mining is None or width < 1:
            text = self.inks("secondary")
            self._rows = [[(line, text)] for line in wrap(self._reason(), max(8, width))]
        else:
            self._rows = page_rows(mining, self.inks, width, self.body, self.clock(), regroup=self.settings.regroup)
        self.set_rows(len(self._rows))

    def recolour(self) -> None:
        """Lay out in the new colours."""
        self.fitted()

    def tick(self) -> None:
        """Ages grow."""
        self.fitted()
        super().tick()

    def _reason(self) -> str:
        state = self.snapshot.mining_part.freshness
        if isinstance(state, Failed):
            again = retry_words(state.retry_at, self.clock())
            return f"{state.why}; {again}" if again else state.why
        return self.snapshot.why_offline if self.snapshot.offline else "fetching …"

    def draw_head(self, y: int, width: int) -> Strip:
        """What the page is about, and how old it is."""
        if y:
            return self.blank(width)
        row = self.new_row(width, "bar").put("  ", self.inks("text", "bar"))
        row.put("Bitcoin mining", self.inks("accent", "bar", "bold"))
        row.put(" DEMO" if self.snapshot.demo else "", self.inks("accent", "bar", "bold"))
        return row.right([*self._age(), ("   Esc", self.inks("label", "bar"))], _MARGIN).strip()

    def _age(self) -> list[Piece]:
        mining, state = self.snapshot.mining, self.snapshot.mining_part.freshness
        if mining is None:
            return []
        late = isinstance(state, Stale)
        age = f"{format_age(self.clock() - mining.fetched_at)} ago"
        words = f"{age}: {state.why}" if isinstance(state, Stale) else age
        return [("● ", self.inks("accent" if late else "up", "bar")), (words, self.inks("text", "bar"))]

    def draw(self, row: int, width: int) -> Strip:
        """A row of the page."""
        return self.new_row(width).put(" " * _MARGIN, self.inks("text")).put_all(self._rows[row]).strip()

    def command_down(self) -> None:
        """A row down."""
        self.wheel(1)

    def command_up(self) -> None:
        """A row up."""
        self.wheel(-1)

    def command_page_down(self) -> None:
        """A page down."""
        self.wheel(self.body)

    def command_page_up(self) -> None:
        """A page up."""
        self.wheel(-self.body)

    def command_top(self) -> None:
        """To the top."""
        self.wheel(-self.rows)

    def command_bottom(self) -> None:
        """To the bottom."""
        self.wheel(self.rows)

    def wheel(self, rows: int) -> None:
        """Scroll by so many rows."""
        self.go_to(self.top + rows)
        self.refresh()


class MiningScreen(Commanded, Closing[None]):
    """The page in the whole pane; Esc, q or a click on its title leave it."""

    DEFAULT_CSS = "MiningScreen { background: $background; } MiningPage { height: 100%; width: 100%; }"

    def __init__(self, engine: "Engine", kit: Kit, keymap: Keymap) -> None:
        super().__init__()
        self.engine = engine
        self.keymap = keymap
        self._kit = kit
        self._page = MiningPage(kit, engine.snapshot)

    def compose(self) -> ComposeResult:
        """The page alone."""
        yield self._page

    def on_mount(self) -> None:
        """Follow the state, and let ages grow."""
        self._page.focus()
        self.watch(self.app, "snapshot", self._show, init=False)
        self.set_interval(_TICK_SECONDS, self._page.tick)

    def _show(self, snapshot: Snapshot) -> None:
        self._page.snapshot = snapshot

    def responders(self) -> Sequence[object | None]:
        """The page, this screen, the app."""
        return (self._page, self, self.app)

    def on_key(self, event: events.Key) -> None:
        """A key gives the command that it means on a sheet."""
        self.give_key(event, Place.SHEET)

    def on_click(self, event: events.Click) -> None:
        """A click on the title goes back."""
        if event.y == 0:
            self.command_back()

    def command_refresh(self) -> None:
        """Fetch now."""
        self.engine.do(Refresh())

    def command_help(self) -> None:
        """What the numbers mean, and the keys of this screen."""
        units = [SheetRow("Units", ink="secondary"), *(SheetRow(words, label=name) for name, words in _UNITS)]
        rows = [*units, SheetRow(""), *help_rows(Place.SHEET, self.keymap.keys)]
        self.app.push_screen(Sheet(self._kit, self.keymap, "Help", rows))

    def command_back(self) -> None:
        """Back to the main screen."""
        self.dismiss(None)

    command_quit = command_back
    command_mining = command_back
