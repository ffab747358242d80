"""The sheet of all that tell a story, from which it can be taken apart or put together again."""

from cointicker.domain.news import Story
from cointicker.engine.commands import Place, key_sign
from cointicker.ui.keymap import Keymap
from cointicker.ui.screens.sheet import Sheet, SheetRow
from cointicker.ui.sheets import source_rows
from cointicker.ui.widgets.lines import Kit


class StorySheet(Sheet):
    """Gives the index of the headline that was chosen; that behind the last one: take apart, or put together."""

    place = Place.STORY

    def __init__(self, kit: Kit, keymap: Keymap, story: Story, *, taken_apart: bool) -> None:
        """``taken_apart``: the story was part of a larger one before."""
        rows = source_rows(story, kit.clock())
        self._split = len(rows) if story.others or taken_apart else None
        if self._split is not None:
            words = "Put the story together again" if taken_apart else "Take the story apart"
            keys = [key for key in keymap.keys.get("split", ()) if keymap.command(Place.STORY, key) == "split"]
            sign = key_sign(keys[0]) if keys else ""
            rows.append(SheetRow(words, sign, ink="secondary", chosen=True))
        super().__init__(kit, keymap, "This story is told by", rows)

    def command_split(self) -> None:
        """Take the story apart, or put it together again."""
        if self._split is not None:
            self.dismiss(self._split)
