"""Screens that close once."""

from textual.await_complete import AwaitComplete
from textual.screen import Screen, ScreenResultType


class Closing(Screen[ScreenResultType]):
    """A screen over others. A key held down or a second click may reach it after it was closed: they mean nothing."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close and hand over the result; a screen that is not on top has nothing to close."""
        if self.app.screen is not self:
            return AwaitComplete()
        return super().dismiss(result)
