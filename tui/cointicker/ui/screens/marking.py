"""The commands that mark headlines as read, unread or starred."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cointicker.domain.news import Story
from cointicker.engine.actions import MarkRead, Star
from cointicker.ui.screens.filtering import FilteringCommands

if TYPE_CHECKING:
    from cointicker.ui.widgets.headlines import Headlines


class MarkingCommands(FilteringCommands):
    """Marks what is read or current, or all that is shown."""

    if TYPE_CHECKING:
        headlines: Headlines

    def command_star(self) -> None:
        """Star, or take the star away."""
        if self._story is not None:
            lead = self._story.lead
            self.engine.do(Star((lead.headline_id,), not lead.starred))
            self.search_again()

    def command_toggle_read(self) -> None:
        """Mark read or unread."""
        if self._story is not None:
            self._mark((self._story,), read=not self._story.read)

    def command_read_all(self) -> None:
        """Mark all headlines shown as read."""
        stories = [entry.story for entry in self.headlines.river.shown]
        unread = [story for story in stories if not story.read]
        self._mark(unread, read=True)
        self._say(f"{len(unread)} marked as read, Ctrl+Z takes it back" if unread else "all of these are read")

    def command_read_above(self) -> None:
        """Mark all headlines above the current one as read."""
        above = [entry.story for entry in self.headlines.river.shown[: self.headlines.current]]
        unread = [story for story in above if not story.read]
        self._mark(unread, read=True)
        self._say(f"{len(unread)} above marked as read, Ctrl+Z takes it back" if unread else "all above are read")

    def _mark(self, stories: Sequence[Story], *, read: bool) -> None:
        ids = tuple(headline.headline_id for story in stories for headline in story.headlines)
        if ids:
            self.engine.do(MarkRead(ids, read))
            self.search_again()
