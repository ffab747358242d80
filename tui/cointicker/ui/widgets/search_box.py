"""The search field, in the place of the status line while one types, and what is said of what is typed."""

from collections.abc import Callable
from enum import Enum

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from cointicker.text.cells import cell_width, fit
from cointicker.ui.widgets.headlines import Headlines
from cointicker.ui.widgets.lines import Kit, Lines
from cointicker.ui.widgets.one_line import OneLine

_LEAST_FIELD = 20
"""Cells that the field keeps beside what is said."""


class SearchChanged(Message):
    """What is searched for has changed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class Leaving(Enum):
    """How the field is left."""

    DROPPED = "dropped"
    """The headlines are no longer filtered."""
    KEPT = "kept"
    """They stay filtered."""
    SAVED = "saved"
    """And what is searched for is to be kept under a name."""


_LEAVING = {"escape": Leaving.DROPPED, "enter": Leaving.KEPT, "down": Leaving.KEPT, "ctrl+s": Leaving.SAVED}


class SearchBox(OneLine):
    """One row; Enter and down keep the filter, Esc takes it away, Ctrl+S keeps the search for good."""

    DEFAULT_CSS = """
    SearchBox { height: 1; border: none; padding: 0 1; background: $bar; display: none; width: 1fr; }
    SearchBox:focus { border: none; background: $bar; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        hint = 'words "a phrase" -not coin:btc source: newer:2d is:unread · Enter keeps · Ctrl+S saves · Esc clears'
        super().__init__(placeholder=hint, id=id, select_on_focus=False)
        self.cursor_blink = False
        self.when_left: Callable[[Leaving], None] = lambda _how: None
        """Gives the focus away."""

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing."""
        event.stop()
        self.post_message(SearchChanged(event.value))

    def catch_up(self, event: events.Key) -> None:
        """Take a key that was typed right after the one that opened the field; its own never come by here."""
        if event.is_printable or event.key in _LEAVING:
            event.stop()
            self.post_message(events.Key(event.key, event.character))

    def on_key(self, event: events.Key) -> None:
        """A key that leaves; or one that was typed right after that, which is for what has the focus now."""
        how = _LEAVING.get(event.key)
        if how is None and self.display:
            return
        event.stop()
        event.prevent_default()
        if how is not None and self.display:
            self.when_left(how)
        elif (focused := self.screen.focused) is not None and focused is not self:
            focused.post_message(events.Key(event.key, event.character))


class SearchNote(Lines):
    """Right of the field: how much is found, or what is wrong with what is typed."""

    DEFAULT_CSS = "SearchNote { height: 1; width: 1; display: none; }"

    def __init__(self, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(kit, id=id)
        self._headlines: Headlines | None = None
        self._mistake = ""
        self._words = ""

    def open(self, headlines: Headlines) -> None:
        """Stand beside the field."""
        self._headlines = headlines
        self.display = True
        self.tell("")

    def close(self) -> None:
        """The field is closed."""
        self.display = False

    def tell(self, mistake: str) -> None:
        """Say what is wrong; nothing: how much is found."""
        self._mistake = mistake
        self._words = mistake or self._count()
        room = max(0, self.app.size.width - _LEAST_FIELD)
        self.styles.width = min(room, cell_width(self._words) + 2)
        self.refresh()

    def _count(self) -> str:
        headlines = self._headlines
        if headlines is None or not headlines.river.filter.query:
            return ""
        if headlines.found is None:
            return f"{headlines.count} …"
        return f"{headlines.count}{'+' if headlines.found.more else ''} found"

    def draw_blank(self, y: int, width: int) -> Strip:
        """The words, against the right edge."""
        row = self.new_row(width, "bar")
        ink = "down" if self._mistake else "label"
        return row.right([(fit(self._words, max(0, width - 2)), self.inks(ink, "bar"))], 1).strip()
