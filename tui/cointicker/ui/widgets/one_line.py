"""A field of one line that takes nothing by the clipboard that could not be shown."""

from textual import events
from textual.widgets import Input

from cointicker.text.safe import clean

_LONGEST = 2000
"""Characters of a pasted text that are taken."""


class OneLine(Input):
    """What is pasted is foreign text: its lines become one, its control characters go."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if text := clean(event.text, _LONGEST):
            self.replace(text, *self.selection)
