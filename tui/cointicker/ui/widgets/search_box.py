"""The search field, in the place of the status line while one types."""

from textual import events
from textual.message import Message
from textual.widgets import Input


class SearchChanged(Message):
    """The words that headlines must have have changed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class SearchClosed(Message):
    """The field has done its work."""

    def __init__(self, *, kept: bool) -> None:
        super().__init__()
        self.kept = kept
        """Whether the headlines stay filtered."""


class SearchBox(Input):
    """One row; Enter keeps the filter, Esc takes it away."""

    DEFAULT_CSS = """
    SearchBox { height: 1; border: none; padding: 0 1; background: $bar; display: none; }
    SearchBox:focus { border: none; background: $bar; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(placeholder="search the headlines · Enter keeps · Esc clears", id=id, select_on_focus=False)
        self.cursor_blink = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing."""
        event.stop()
        self.post_message(SearchChanged(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the filter."""
        event.stop()
        self.post_message(SearchClosed(kept=True))

    def on_key(self, event: events.Key) -> None:
        """Esc takes the filter away; down goes to the headlines."""
        if event.key in {"escape", "down"}:
            event.stop()
            event.prevent_default()
            self.post_message(SearchClosed(kept=event.key == "down"))
