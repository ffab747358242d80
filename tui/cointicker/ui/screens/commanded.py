"""Screens on which keys give commands."""

from collections.abc import Callable, Sequence

from textual import events
from textual.dom import DOMNode

from cointicker.engine.commands import Place
from cointicker.ui.keymap import Keymap


class Commanded(DOMNode):
    """Looks a key up by what has the focus, and carries the command to who understands it."""

    keymap: Keymap

    def responders(self) -> Sequence[object | None]:
        """Who may understand a command, the nearest first."""
        return (self,)

    def give(self, name: str) -> bool:
        """Carry out a command; ``False``: nobody here understands it."""
        for node in self.responders():
            handler: Callable[[], None] | None = getattr(node, f"command_{name}", None)
            if handler is not None:
                handler()
                return True
        return False

    def give_key(self, event: events.Key, place: Place) -> None:
        """Carry out the command of a key, if it has one in this place."""
        if self._hand_on(event):
            return
        name = self.keymap.command(place, event.key)
        if name is not None and self.give(name):
            event.stop()
            event.prevent_default()

    def _hand_on(self, event: events.Key) -> bool:
        """Give a key to the screen that is on top now, where that is another one; whether it is.

        Keys typed before the one that opened or closed a screen has had its effect still come to the old one.
        """
        top: DOMNode = self.app.screen
        if top is self:
            return False
        event.stop()
        event.prevent_default()
        self.app.post_message(events.Key(event.key, event.character))
        return True
