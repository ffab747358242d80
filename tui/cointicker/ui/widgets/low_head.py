"""A list with a head of which a pane of a few rows keeps only what says the most."""

from typing import ClassVar

from textual import events
from textual.strip import Strip

from cointicker.ui.arrangement import LOW
from cointicker.ui.widgets.lines import Lines


class LowHead(Lines, can_focus=True):
    """Draws the rows of a head that there is room for: one row alone is for the content."""

    whole_head: ClassVar[tuple[int, ...]] = (0, 1)
    """The rows of the head."""
    low_head: ClassVar[tuple[int, ...]] = (0,)
    """Those of them that stay where there are few, the weightiest first."""
    _heads: tuple[int, ...] = ()

    def on_resize(self, event: events.Resize) -> None:
        """Choose; ``Lines`` then goes by what is left."""
        height = event.size.height
        self._heads = self.whole_head if height > LOW else tuple(sorted(self.low_head[: max(0, height - 1)]))
        self.head = len(self._heads)

    def line(self, y: int) -> Strip:
        """One row of the widget."""
        return self.draw_head(self._heads[y], self.size.width) if y < self.head else super().line(y)
