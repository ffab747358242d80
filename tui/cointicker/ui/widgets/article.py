"""The article view: what is read, with the words that are found in it, in the width that one likes."""

from collections.abc import Iterable

from textual import events

from cointicker.ui.finding import Finder
from cointicker.ui.widgets.article_messages import EndReached, MeasureChosen, StepChosen
from cointicker.ui.widgets.lines import Kit, Piece
from cointicker.ui.widgets.page import NARROWEST, STEP, WIDEST
from cointicker.ui.widgets.picking import Shade
from cointicker.ui.widgets.picturing import PictureView


class ArticleView(PictureView):
    """One article."""

    def __init__(self, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(kit, id=id)
        self.finder = Finder()

    def laid_out(self) -> None:
        """Hits are on other rows now."""
        super().laid_out()
        self.finder.search(self.lines)

    def drop(self) -> bool:
        """Also a search, after letters and a number and before what is pointed at."""
        if not self.finder.active or self.is_picking:
            return super().drop()
        self.finder.close()
        self.refresh()
        return True

    def take_key(self, key: str, character: str | None) -> bool:
        """Also while words to find are typed."""
        if not self.finder.typing:
            return super().take_key(key, character)
        self.finder.take(key, character)
        self._show_hit()
        return True

    def on_paste(self, event: events.Paste) -> None:
        """Words to look for."""
        if self.finder.typing:
            event.stop()
            self.finder.paste(event.text)
            self._show_hit()
            self.refresh()

    # Finding

    def command_find(self) -> None:
        """Ask for words to find."""
        if self.reading is not None:
            self._number = ""
            self.finder.open(self.top)
            self.refresh()

    def command_next_hit(self) -> None:
        """The next place of the words."""
        self.finder.step(1)
        self._show_hit()

    def command_previous_hit(self) -> None:
        """The place before."""
        self.finder.step(-1)
        self._show_hit()

    def _show_hit(self) -> None:
        hit = self.finder.hit
        if hit is not None:
            self._bring(hit[0][0], hit[-1][0])
        self.refresh()

    # Reading on, and how wide

    def command_forward(self) -> None:
        """A page down; at the end the next unread article, but not before there is anything to have read."""
        if self.reading is None or self.reading.article is None:
            return
        if self.top >= self.lowest_top:
            self.post_message(EndReached())
        else:
            self.command_page_down()

    def command_wider(self) -> None:
        """Wider text."""
        self._set_measure(STEP)

    def command_narrower(self) -> None:
        """Narrower text."""
        self._set_measure(-STEP)

    def _set_measure(self, step: int) -> None:
        self.measure = max(NARROWEST, min(WIDEST, self.measure + step))
        self.lay_out_again()
        self.post_message(MeasureChosen())

    def command_line_spacing(self) -> None:
        """Lines close together, or with a blank row between."""
        self.spacing = 2 if self.spacing == 1 else 1
        self.lay_out_again()
        self.post_message(MeasureChosen())

    def on_click(self, event: events.Click) -> None:
        """A click opens a link, a coin or a related story; one on a title below the text reads that."""
        if self.reading is None:
            return
        if self.foot and event.y == self.size.height - 1:
            step = 0 if abs(event.x - self.size.width // 2) < 4 else 1 if event.x > self.size.width // 2 else -1
            if step:
                self.post_message(StepChosen(step))
            return
        row = self.top + event.y
        if event.y >= self.size.height - self.foot or row >= len(self.lines):
            return
        at = event.x - self._margin
        target = next((spot.target for spot in self.lines[row].spots if spot.start <= at < spot.end), None)
        if target is not None:
            self.open_target(target)

    # Drawing

    def shades(self) -> Iterable[Shade]:
        """What is found, under what is pointed at."""
        for index, hit in enumerate(self.finder.hits):
            ink, ground = ("background", "accent") if index == self.finder.current else ("text", "selection")
            for cells in hit:
                yield Shade(cells, ink, ground)
        yield from super().shades()

    def pending(self) -> list[Piece]:
        """Also what is looked for."""
        picking = super().pending()
        if picking or not self.finder.active:
            return picking
        return self.finder.words(self.inks("accent"), self.inks("text"), self.inks("label"), self.size.width - 3)
