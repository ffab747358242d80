"""A page of an article in which one picks what to open: by number, by letter, by pointing or with the mouse."""

from collections.abc import Iterable
from typing import NamedTuple

from textual.strip import Strip

from cointicker.text.numbers import format_price
from cointicker.ui.article_page import Reading
from cointicker.ui.overlays import put_over, restyle
from cointicker.ui.quotes import symbol_of
from cointicker.ui.stops import Cells, Stop, find_stops, hint_labels
from cointicker.ui.typeset import Target
from cointicker.ui.widgets.article_messages import CopyWanted, LinkChosen, NothingThere, RelatedChosen
from cointicker.ui.widgets.lines import Kit, Piece
from cointicker.ui.widgets.page import PageView
from cointicker.ui.widgets.price_bar import CoinChosen

_LONGEST_NUMBER = 4
"""Digits."""


class Shade(NamedTuple):
    """Cells that are set apart."""

    cells: Cells
    ink: str
    ground: str


class PickingView(PageView):
    """Points at links, coins and related stories, and opens them."""

    def __init__(self, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(kit, id=id)
        self._stops: tuple[Stop, ...] = ()
        self._chosen: int | None = None
        self._number = ""
        self._hints: dict[str, int] = {}
        """Letters → index of a stop."""
        self._hint = ""

    def show(self, reading: Reading, place: float | None = None) -> None:
        """Show an article; what was pointed at or looked for in another is over."""
        before = self.reading
        if before is None or before.story.lead.headline_id != reading.story.lead.headline_id:
            while self.drop():
                pass
        self._chosen = None
        super().show(reading, place)

    def laid_out(self) -> None:
        """Links and coins are on other rows now."""
        stops = find_stops(self.lines)
        if [stop.target for stop in stops] != [stop.target for stop in self._stops]:
            self._chosen, self._hints = None, {}
        self._stops = stops

    @property
    def is_picking(self) -> bool:
        """Whether letters or a number have been begun."""
        return bool(self._hints or self._number)

    def drop(self) -> bool:
        """Give up the newest of what is pending: letters, a number, a choice; ``False``: nothing was."""
        if self._hints:
            self._hints, self._hint = {}, ""
        elif self._number:
            self._number = ""
        elif self._chosen is not None:
            self._chosen = None
        else:
            return False
        self.refresh()
        return True

    def take_key(self, key: str, character: str | None) -> bool:
        """Take a key that goes on with letters or a number; ``False``: it is none of these."""
        if self._hints:
            taken = self._take_letter(key, character)
        elif self._number and key in {"enter", "backspace"}:
            taken = True
            if key == "enter":
                self.command_open()
            self._number = self._number[:-1]
        elif character is not None and character.isdecimal() and character.isascii() and self.reading is not None:
            taken = bool(self._number) or character != "0"
            self._number = (self._number + character)[-_LONGEST_NUMBER:] if taken else ""
        else:
            return False
        self.refresh()
        return taken

    def _take_letter(self, key: str, character: str | None) -> bool:
        """One letter more of a hint; upper case copies. Any other sign ends the hints, so that no slip does harm."""
        letter = (character or "").lower()
        typed = self._hint + letter
        if not letter or not any(label.startswith(typed) for label in self._hints):
            self._hints, self._hint = {}, ""
            return key == "escape" or (character is not None and character.isprintable())
        self._hint = typed
        if typed in self._hints:
            target = self._stops[self._hints[typed]].target
            self._hints, self._hint = {}, ""
            if character == letter:
                self.open_target(target)
            else:
                self._copy_target(target)
        return True

    # Opening

    def open_target(self, target: Target) -> None:
        """Follow a link, open a coin, read a related story."""
        if isinstance(target, str):
            self.post_message(CoinChosen(target))
            return
        if url := self._link(target):
            self.post_message(LinkChosen(url))
            return
        reading = self.reading
        related = reading.related[target - reading.first_related :] if reading is not None else ()
        if reading is not None and target >= reading.first_related and related:
            self.post_message(RelatedChosen(related[0]))
        else:
            self.post_message(NothingThere(f"there is no {target} in this article"))

    def _link(self, number: int) -> str:
        article = self.reading.article if self.reading is not None else None
        links = article.links if article is not None else ()
        return next((link.url for link in links if link.number == number), "")

    def _address(self, target: Target) -> str:
        """Where a target leads on the web; empty: nowhere."""
        if isinstance(target, str) or self.reading is None:
            return ""
        if url := self._link(target):
            return url
        index = target - self.reading.first_related
        return self.reading.related[index].lead.url if 0 <= index < len(self.reading.related) else ""

    def _copy_target(self, target: Target) -> None:
        if isinstance(target, str):
            quote = self.snapshot.quotes.get(target)
            price = format_price(quote.price if quote is not None else None)
            self.post_message(CopyWanted(f"{symbol_of(target, self.snapshot)} {price}"))
        elif url := self._address(target):
            self.post_message(CopyWanted(url))
        else:
            self.post_message(NothingThere("this has no link"))

    def take_picked(self) -> Target | None:
        """The number that was typed, else what is pointed at; the number is used up by it."""
        if self._number:
            number, self._number = int(self._number), ""
            self.refresh()
            return number
        return self._stops[self._chosen].target if self._chosen is not None else None

    def command_open(self) -> None:
        """Open the number that was typed, or what is pointed at."""
        picked = self.take_picked()
        if picked is not None:
            self.open_target(picked)

    def picked_address(self) -> str | None:
        """Where the number that was typed leads, or what is pointed at; ``None``: nothing was picked."""
        picked = self.take_picked()
        if picked is None or isinstance(picked, str):
            return None
        address = self._address(picked)
        if not address:
            self.post_message(NothingThere(f"there is no link {picked} in this article"))
        return address

    # Pointing

    def command_next_stop(self) -> None:
        """Point at the next link or coin."""
        self._step_stop(1)

    def command_previous_stop(self) -> None:
        """Point at the one before."""
        self._step_stop(-1)

    def _step_stop(self, step: int) -> None:
        self._number = ""
        if not self._stops:
            self.post_message(NothingThere("there is nothing to open in this article"))
            return
        chosen = self._chosen
        if chosen is None or not self._is_visible(self._stops[chosen]):
            rows = range(self.top, self.top + self.body)
            seen = [index for index, stop in enumerate(self._stops) if stop.row in rows]
            further = [index for index, stop in enumerate(self._stops) if (stop.row - self.top) * step > 0]
            wanted = seen or further
            index = (wanted[0] if step > 0 else wanted[-1]) if wanted else 0
        else:
            index = max(0, min(chosen + step, len(self._stops) - 1))
        self._chosen = index
        self._bring(self._stops[index].row, self._stops[index].last_row)
        self.refresh()

    def _is_visible(self, stop: Stop) -> bool:
        return self.top <= stop.row and stop.last_row < self.top + self.body

    def _bring(self, first: int, last: int) -> None:
        """Scroll so that rows can be seen, with some of what stands around them."""
        if first < self.top or last >= self.top + self.body:
            self.go_to(first - self.body // 3)

    def command_hints(self) -> None:
        """Letters on all that can be opened here."""
        self._number = ""
        rows = range(self.top, self.top + self.body)
        seen = [index for index, stop in enumerate(self._stops) if stop.row in rows]
        if not seen:
            self.post_message(NothingThere("there is nothing to open on this page"))
            return
        self._hints, self._hint = dict(zip(hint_labels(len(seen)), seen, strict=False)), ""
        self.refresh()

    # Drawing

    def draw(self, row: int, width: int) -> Strip:
        """A line of the article with what is set apart or lettered in it."""
        strip = super().draw(row, width)
        for cells, ink, ground in self.shades():
            if cells[0] == row:
                start, end = self._margin + cells[1], self._margin + cells[2]
                strip = restyle(strip, start, end, self.inks(ink, ground))
        for label, index in self._hints.items():
            stop = self._stops[index]
            if stop.row == row and label.startswith(self._hint):
                rest = label[len(self._hint) :]
                start = self._margin + stop.cells[0][1]
                mark = [(rest, self.inks("background", "accent", "bold"))]
                strip = put_over(strip, start, start + len(rest), mark, self.inks("text"))
        return strip

    def shades(self) -> Iterable[Shade]:
        """What is pointed at."""
        if self._chosen is not None:
            for cells in self._stops[self._chosen].cells:
                yield Shade(cells, "accent", "selection")

    def draw_foot(self, y: int, width: int) -> Strip:
        """What is pending, above the articles before and after."""
        pending = self.pending() if y == 0 else []
        if not pending:
            return super().draw_foot(y, width)
        return self.new_row(width).put("  ", self.inks("text")).put_all(pending).strip()

    def pending(self) -> list[Piece]:
        """The keys that go on with what was begun."""
        label = self.inks("label")
        if self._hints:
            return [("a letter opens · upper case copies · Esc", label)]
        if self._number:
            return [(self._number, self.inks("accent")), ("   Enter opens · o in the browser · y copies · Esc", label)]
        return []
