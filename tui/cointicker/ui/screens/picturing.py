"""The command that shows the pictures of an article, for the main screen."""

import asyncio
import os
from collections.abc import Callable, Mapping

from textual.driver import Driver as AnyDriver

from cointicker.domain.pictures import Room
from cointicker.ui.driver import Driver
from cointicker.ui.pictures.ways import Surroundings
from cointicker.ui.screens.passing_on import PassingOn
from cointicker.ui.widgets.picturing import SMALLEST, PicturesAsked, PicturesWanted


class PicturingCommands(PassingOn):
    """Shows pictures and fetches those that come into view."""

    def command_images(self) -> None:
        """Show the pictures, or their captions alone."""
        if not self.article.display or self.article.reading is None or self.article.reading.article is None:
            return
        if self.article.pictures_on:
            self.article.show_pictures(on=False)
        elif why := self._why_no_pictures():
            self._say(why)
        else:
            self._begin_pictures(quietly=False)

    def _why_no_pictures(self) -> str:
        if self.article.settings.images == "off":
            return "pictures are off: [ui] images in the configuration"
        if not self.article.has_pictures:
            return "this article has no pictures"
        if not self.article.has_room:
            return f"pictures need a pane of {SMALLEST[0]} × {SMALLEST[1]}"
        return ""

    def on_pictures_asked(self, _: PicturesAsked) -> None:
        """An article has come while pictures are always shown."""
        if not self._why_no_pictures():
            self._begin_pictures(quietly=True)

    def _begin_pictures(self, *, quietly: bool) -> None:
        self.run_worker(self._show_pictures(quietly=quietly), group="article", exit_on_error=False)

    async def _show_pictures(self, *, quietly: bool) -> None:
        """Find out how the terminal shows pictures, then show them."""
        around = Surroundings(os.environ, self.app.console.color_system or "", _writer(self.app._driver))  # noqa: SLF001
        way = await self.kit.easel.look(self.article.settings.images_by, around, again=not quietly)
        if way is not None:
            self.article.show_pictures(on=True)
        elif not quietly:
            self._say("this terminal shows too few colours for pictures")

    def on_pictures_wanted(self, event: PicturesWanted) -> None:
        """Fetch pictures, until the article is left."""
        self.run_worker(self._fetch_pictures(event.rooms), group="article", exit_on_error=False)

    async def _fetch_pictures(self, rooms: Mapping[str, Room]) -> None:
        await asyncio.gather(*(self._fetch_picture(url, room) for url, room in rooms.items()))

    async def _fetch_picture(self, url: str, room: Room) -> None:
        self.article.take_picture(url, room, await self.engine.picture(url, room))


def _writer(driver: AnyDriver | None) -> Callable[[str], None] | None:
    """What writes to the terminal; ``None`` where there is none."""
    return driver.write if isinstance(driver, Driver) else None
