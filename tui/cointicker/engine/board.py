"""The one place that holds the state and tells who listens."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cointicker.engine.state import Notice, Part, Snapshot

Listener = Callable[[Snapshot], None]
_NOTICES_KEPT = 20


class Board:
    """Holds the current ``Snapshot``; only the engine's desks change it, on the engine's loop."""

    def __init__(self, snapshot: Snapshot, clock: Callable[[], float]) -> None:
        self.snapshot = snapshot
        self.clock = clock
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> None:
        """Call ``listener`` with every new snapshot, at once, on the engine's loop."""
        self._listeners.append(listener)

    def publish(self, **changes: Any) -> None:
        """A new snapshot with these fields changed; nothing happens when none of them differs."""
        current = self.snapshot
        changed = {name: value for name, value in changes.items() if getattr(current, name) != value}
        if not changed:
            return
        self.snapshot = replace(current, version=current.version + 1, **changed)
        for listener in self._listeners:
            listener(self.snapshot)

    def publish_part(self, name: str, **changes: Any) -> None:
        """Change fields of one ``Part`` of the snapshot."""
        part: Part = getattr(self.snapshot, name)
        self.publish(**{name: replace(part, **changes)})

    def tell(self, text: str, *, grave: bool = False, rings: bool = False) -> None:
        """Give the person a sentence; ``rings``: aloud."""
        notices = self.snapshot.notices
        number = notices[-1].number + 1 if notices else 1
        self.publish(notices=(*notices[-_NOTICES_KEPT:], Notice(number, text, grave, rings)))
