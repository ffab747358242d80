"""Rows that a person gives another order, by key or by dragging them with the mouse."""

from collections.abc import Sequence
from typing import TypeVar

from textual import events
from textual.message import Message

from cointicker.ui.widgets.lines import LineList

_T = TypeVar("_T")


class Refused(Message):
    """Rows cannot be moved now."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class Reordering(LineList):
    """Rows with keys. One that is moved stays where it was put until ``moving`` is emptied.

    Whoever takes the new order over, or does not, empties it.
    """

    moving: tuple[str, ...] = ()
    """The keys in an order that is shown, though nobody has taken it over yet."""
    _grip: str | None = None
    """The row that the mouse button went down on."""
    _dragging = False
    _dropped = False

    @property
    def keys(self) -> tuple[str, ...]:
        """What is shown, in order."""
        raise NotImplementedError

    @property
    def fixed(self) -> str:
        """Why no row can be moved, in words; empty where one can."""
        return ""

    def rearrange(self) -> None:
        """Show the order that ``moving`` says."""
        raise NotImplementedError

    def drop(self, key: str, index: int) -> None:
        """A row has come to lie at a place."""
        raise NotImplementedError

    def item_at(self, x: int, y: int) -> int | None:
        """Index of the row at a place of the widget."""
        index = (y - self.head + self.top) // self.item_rows
        return index if self.head <= y < self.head + self.body and index < self.count else None

    def reordered(self, items: Sequence[_T], keys: Sequence[str]) -> tuple[_T, ...]:
        """Items with these keys in the order of ``moving``, where that is an order of just them."""
        if sorted(self.moving) != sorted(keys):
            self.moving = ()
            return tuple(items)
        by_key = dict(zip(keys, items, strict=True))
        return tuple(by_key[key] for key in self.moving)

    def shift(self, key: str, index: int) -> int | None:
        """Show a row at another place; where it is now, or ``None`` where it was already."""
        order = [each for each in self.keys if each != key]
        index = max(0, min(index, len(order)))
        order.insert(index, key)
        if tuple(order) == self.keys:
            return None
        self.moving = tuple(order)
        self.rearrange()
        self.move_to(index)
        return index

    def command_item_down(self) -> None:
        """Move the current row down."""
        self._shift_current(1)

    def command_item_up(self) -> None:
        """Move the current row up."""
        self._shift_current(-1)

    def _shift_current(self, step: int) -> None:
        if not self.count:
            return
        if self.fixed:
            self.post_message(Refused(self.fixed))
            return
        key = self.keys[self.current]
        index = self.shift(key, self.current + step)
        if index is not None:
            self.drop(key, index)

    def was_dropped(self) -> bool:
        """Whether the click that has just come is the end of a drag; asked once."""
        dropped, self._dropped = self._dropped, False
        return dropped

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of a row."""
        self._dropped = False
        index = self.item_at(event.x, event.y) if event.button == 1 else None
        self._grip = self.keys[index] if index is not None else None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The row follows the pointer."""
        if self._grip is None or event.button != 1:
            return
        index = self.item_at(event.x, max(self.head, min(event.y, self.head + self.body - 1)))
        if index is None or (not self._dragging and index == self.keys.index(self._grip)):
            return
        if self.fixed:
            self.post_message(Refused(self.fixed))
            self._grip = None
            self._dropped = True
            return
        if not self._dragging:
            self._dragging = True
            self.capture_mouse()
        self.shift(self._grip, index)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of the row."""
        key, self._grip = self._grip, None
        if self._dragging:
            self._dragging = False
            self._dropped = True
            self.release_mouse()
            if key is not None and key in self.keys:
                self.drop(key, self.keys.index(key))
