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
        name = self.keymap.command(place, event.key)
        if name is not None and self.give(name):
            event.stop()
            event.prevent_default()
