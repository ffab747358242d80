"""A page of an article whose pictures can be shown."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from cointicker.config.settings import UiSettings
from cointicker.domain.freshness import Failed
from cointicker.domain.news import Image
from cointicker.domain.pictures import Picture, Room
from cointicker.ui.article_page import Reading
from cointicker.ui.pictures.easel import Hanging
from cointicker.ui.pictures.kitty import MOST_CELLS
from cointicker.ui.typeset import Line, wrap
from cointicker.ui.widgets.lines import Kit
from cointicker.ui.widgets.picking import PickingView

SMALLEST = (60, 20)
"""Columns and rows of a terminal in which pictures are shown."""
_SHARE = 2 / 3
"""Of the rows of the page that a picture may take, so that the words around it can be read beside it."""
_LEAST_ROWS = 6
_AT_ONCE = 2
"""Pictures that are fetched at once."""


class PicturesAsked(Message):
    """An article has come whose pictures are to be shown by the configuration."""


class PicturesWanted(Message):
    """Pictures come into view."""

    def __init__(self, rooms: Mapping[str, Room]) -> None:
        """``rooms``: address → what it is drawn for."""
        super().__init__()
        self.rooms = rooms


@dataclass(slots=True)
class _Hung:
    """A picture in its place, or what stands there instead."""

    room: Room
    reserved: int = 1
    """Rows that are kept for it while it is on its way."""
    asked: bool = False
    """And not answered yet."""
    hanging: Hanging | None = None
    """As it was drawn for this room, or still for the one before."""
    drawn_for: Room | None = None
    why: str = ""
    """Why it cannot be shown."""

    @property
    def is_wanted(self) -> bool:
        """Whether it has to be asked for."""
        return not self.asked and not self.why and self.drawn_for != self.room


class PictureView(PickingView):
    """Shows the pictures of what is read, in its text."""

    def __init__(self, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(kit, id=id)
        self.easel = kit.easel
        self.pictures_on = False
        self._hung: dict[str, _Hung] = {}

    @property
    def has_pictures(self) -> bool:
        """Whether there are any in what is read."""
        article = self.reading.article if self.reading is not None else None
        return article is not None and any(isinstance(block, Image) and block.url for block in article.blocks)

    @property
    def has_room(self) -> bool:
        """Whether the terminal is large enough for pictures."""
        return self.app.size.width >= SMALLEST[0] and self.app.size.height >= SMALLEST[1]

    def show(self, reading: Reading, place: float | None = None) -> None:
        """Show an article, its pictures only when they are asked for anew."""
        before = self.reading
        if before is None or before.story.lead.headline_id != reading.story.lead.headline_id:
            self._take_all_down()
            self.pictures_on = False
        super().show(reading, place)
        if self.settings.images == "on" and not self.pictures_on and self.has_pictures:
            self.post_message(PicturesAsked())

    def show_pictures(self, *, on: bool) -> None:
        """Show the pictures, or their captions alone."""
        self.pictures_on = on
        self._take_all_down()
        self.lay_out_again()

    def use_settings(self, settings: UiSettings) -> None:
        """Show none where they are forbidden from now on."""
        if settings.images == "off" and self.pictures_on:
            self.pictures_on = False
            self._take_all_down()
        super().use_settings(settings)

    def take_picture(self, url: str, room: Room, outcome: Picture | Failed) -> None:
        """A picture has come, or the reason why it does not; the text that is read stays where it is."""
        hung = self._hung.get(url)
        if hung is None or hung.room != room or not self.pictures_on:
            return
        before, hung.hanging = hung.hanging, None
        hung.asked, hung.drawn_for = False, room
        if isinstance(outcome, Failed):
            hung.why = outcome.why
        else:
            hung.hanging = self.easel.hang(outcome, self.inks("text"))
        self._lay_out_around()
        if before is not None:
            before.take_down()

    def _lay_out_around(self) -> None:
        """Set everything anew so that the first words in view stay where they are."""
        rows = range(max(self.top, self._body_at), min(self.top + self.body, self._body_at + len(self._starts)))
        row = next((row for row in rows if self.lines[row].signs), None)
        if not self.top or row is None:
            self.lay_out_again()
            return
        signs, above = int(self._starts[row - self._body_at]), row - self.top
        self.lay_out_again()
        rows = range(self._body_at + bisect_left(self._starts, signs), len(self.lines))
        self.go_to(next((row for row in rows if self.lines[row].signs), self.top + above) - above)

    def on_hide(self) -> None:
        """Nobody sees them now; the terminal need not keep them."""
        self._take_all_down()
        self._body = None

    def on_show(self) -> None:
        """They are hung again."""
        if self.pictures_on and self._body is None:
            self.lay_out_again()

    def _take_all_down(self) -> None:
        for hung in self._hung.values():
            if hung.hanging is not None:
                hung.hanging.take_down()
        self._hung.clear()

    # Setting

    def picture_lines(self, image: Image, width: int) -> list[Line]:
        """The rows of a picture, or what stands in its place; none where only its caption is shown."""
        if not self.pictures_on or self.easel.way is None or not self.has_room:
            return []
        if not image.url:
            return self._words(image.url, "this picture has no address that can be fetched", width)
        hung = self._place(image.url, width)
        if hung.hanging is not None:
            return [Line(pieces, picture=image.url) for pieces in hung.hanging.rows]
        if hung.why:
            return self._words(image.url, hung.why, width)
        lines = [Line((("loading …", self.inks("label")),), picture=image.url)]
        return lines + [Line(picture=image.url)] * (hung.reserved - 1)

    def _place(self, url: str, width: int) -> _Hung:
        """The picture's place; where there is other room than before, it is kept until it has been drawn anew."""
        room = self._room(width)
        hung = self._hung.setdefault(url, _Hung(room))
        if hung.room == room or hung.why:
            return hung
        hung.room, hung.asked = room, False
        if hung.hanging is not None:
            hung.reserved = min(len(hung.hanging.rows), room.rows)
            if hung.hanging.columns > width:
                hung.hanging.take_down()
                hung.hanging = None
        return hung

    def _room(self, width: int) -> Room:
        assert self.easel.way is not None  # noqa: S101 - nothing is placed without
        rows = max(_LEAST_ROWS, int(self.body * _SHARE))
        ground = self.inks("text").bgcolor
        triplet = ground.get_truecolor() if ground is not None else (0, 0, 0)
        return Room(
            self.easel.way,
            min(width, MOST_CELLS),
            min(rows, MOST_CELLS),
            self.easel.cell,
            (triplet[0], triplet[1], triplet[2]),
        )

    def _words(self, url: str, why: str, width: int) -> list[Line]:
        ink = self.inks("label")
        return [Line(((text, ink),), picture=url or "-") for text in wrap(why, width)]

    def laid_out(self) -> None:
        """Ask for what is to be seen."""
        super().laid_out()
        self._want()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Others come into view."""
        super().watch_scroll_y(old_value, new_value)
        self._want()

    def _want(self) -> None:
        """Ask for the pictures in view, then for those of the next page and of the one before.

        Few at a time: each pushes the ones below it down, maybe out of view.
        """
        free = _AT_ONCE - sum(hung.asked for hung in self._hung.values())
        if not self._hung or free <= 0:
            return
        pages = self.lines[self.top : self.top + 2 * self.body], self.lines[max(0, self.top - self.body) : self.top]
        near = dict.fromkeys(line.picture for page in pages for line in page)
        wanted = [url for url in near if url in self._hung and self._hung[url].is_wanted]
        rooms = {url: self._hung[url].room for url in wanted[:free]}
        for url in rooms:
            self._hung[url].asked = True
        if rooms:
            self.post_message(PicturesWanted(rooms))

    # Drawing

    def draw(self, row: int, width: int) -> Strip:
        """A row; of a picture in sixels, which can only be seen whole, in half blocks where it is not."""
        line = self.lines[row]
        hung = self._hung.get(line.picture) if line.picture else None
        if hung is None or hung.hanging is None or hung.hanging.rows is hung.hanging.partly:
            return super().draw(row, width)
        first = row
        while first and self.lines[first - 1].picture == line.picture:
            first -= 1
        last = first + len(hung.hanging.rows) - 1
        if self.top <= first and last < self.top + self.body:
            return super().draw(row, width)
        plain: Style = self.inks("text")
        return self.new_row(width).put(" " * self._margin, plain).put_all(hung.hanging.partly[row - first]).strip()
