"""The article view: title, byline, the coins it names, the text in real blocks, and what to read next."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from cointicker.config.settings import UiSettings
from cointicker.domain.news import Article, Content, Story
from cointicker.engine.commands import Place
from cointicker.engine.state import Snapshot
from cointicker.text.cells import cell_width, fit
from cointicker.text.numbers import direction, format_age, format_change, format_moment, format_price
from cointicker.text.safe import shown_host
from cointicker.ui.quotes import symbol_of
from cointicker.ui.typeset import Line, Typesetter, wrap
from cointicker.ui.widgets.lines import Kit, Lines, Piece

NARROWEST, WIDEST, STEP = 40, 120, 4
"""Bounds of the reading width and how far one key press changes it, cells."""
_MOST_CHIPS = 4


class RelatedChosen(Message):
    """A person wants to read a related story."""

    def __init__(self, story: Story) -> None:
        super().__init__()
        self.story = story


class LinkChosen(Message):
    """A person wants to follow a link."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url


class EndReached(Message):
    """A page further, but the article ends here."""


class StepChosen(Message):
    """A person wants the article before or after this one."""

    def __init__(self, step: int) -> None:
        super().__init__()
        self.step = step


@dataclass(frozen=True, slots=True)
class Reading:
    """What is being read."""

    story: Story
    article: Article | None = None
    """``None`` while it is fetched."""
    related: tuple[Story, ...] = ()
    before: Story | None = None
    after: Story | None = None


class ArticleView(Lines, can_focus=True):
    """One article."""

    place = Place.ARTICLE
    foot = 2
    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The state, for live prices."""

    def __init__(self, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(kit, id=id)
        self.reading: Reading | None = None
        self.under_bar = False
        """The price bar is shown, which marks the demo as such."""
        self.measure = kit.settings.reading_width
        self._lines: list[Line] = []
        self._body: tuple[Line, ...] | None = None
        self._body_at = 0
        self._margin = 1
        self._related_at = 0
        self._places: dict[str, float] = {}

    # What is shown

    def show(self, reading: Reading) -> None:
        """Show an article, or that it is on its way; one that was read before opens where it was left."""
        self.remember()
        self.reading = reading
        self._body = None
        self.lay_out()
        if reading.article is not None:
            self._return()
        else:
            self.go_to(0)
        self.refresh()

    def remember(self) -> None:
        """Keep the place in the article, as a share of it, so that it survives another width."""
        if self.reading is not None and self.reading.article is not None and self.body and self.lowest_top:
            self._places[self.reading.story.lead.headline_id] = self.top / self.lowest_top

    def _return(self) -> None:
        share = self._places.get(self.reading.story.lead.headline_id, 0.0) if self.reading else 0.0
        self.go_to(round(share * self.lowest_top))

    def watch_snapshot(self, old: Snapshot, new: Snapshot) -> None:
        """Prices of the coins it names may have moved."""
        if self.display and self.reading is not None and (new.quotes is not old.quotes or new.moves is not old.moves):
            self.lay_out()
            self.refresh()

    def recolour(self) -> None:
        """Set everything anew."""
        self._body = None
        self.lay_out()

    def fitted(self) -> None:
        """Set everything for the new width; the place in the text stays."""
        share = self.top / self.lowest_top if self.lowest_top else 0.0
        self._body = None
        self.lay_out()
        self.go_to(round(share * self.lowest_top))

    @property
    def progress(self) -> float:
        """How much has been on the screen, a fraction."""
        return 1.0 if not self.rows else min(1.0, (self.top + self.body) / self.rows)

    # Setting

    def lay_out(self) -> None:
        """Set what is read in lines."""
        if self.reading is None or self.size.width < 8:
            return
        width = min(self.measure, self.size.width - 4)
        self._margin = max(2, min(4, (self.size.width - width) // 2))
        if self.size.width >= width + 24:
            self._margin = (self.size.width - width) // 2
        if self._body is None:
            self._body = tuple(self._set_body(width))
        head = self._set_head(width)
        self._body_at = len(head)
        lines = [*head, *self._body]
        related = self._set_related(width)
        self._related_at = len(lines) + 2
        self._lines = [*lines, *related]
        self.set_rows(len(self._lines))

    def _set_head(self, width: int) -> list[Line]:
        reading = self.reading
        assert reading is not None  # noqa: S101 - lay_out looked
        bold, secondary = self.inks("text", attributes="bold"), self.inks("secondary")
        title = reading.article.title if reading.article is not None else reading.story.lead.title
        lines = [Line(), *(Line(((text, bold),)) for text in wrap(title, width)), Line()]
        lines += [Line(((text, secondary),)) for text in wrap(self._byline(reading), width)]
        chips = self._chips(reading.story)
        if chips:
            lines.append(Line(tuple(chips)))
        return [*lines, Line()]

    def _byline(self, reading: Reading) -> str:
        lead, article = reading.story.lead, reading.article
        parts: list[str] = [article.source if article is not None else lead.source]
        author = article.author if article is not None else lead.author
        if author and author != parts[0]:
            parts.append(fit(author, 40))
        age = f"{format_age(self.clock() - lead.at)} ago"
        parts.append(f"{format_moment(lead.published)} ({age})" if lead.published is not None else f"seen {age}")
        if lead.updated is not None and lead.updated > lead.at + 60:
            parts.append(f"updated {format_moment(lead.updated)}")
        if article is not None and article.words:
            parts.append(f"{article.minutes} min read")
        others = len(reading.story.sources) - 1
        if others:
            parts.append(f"also from {others} other{'s' if others > 1 else ''}")
        return " · ".join(parts)

    def _chips(self, story: Story) -> list[Piece]:
        pieces: list[Piece] = []
        for coin in story.lead.coins[:_MOST_CHIPS]:
            quote = self.snapshot.quotes.get(coin)
            if quote is None:
                continue
            symbol = symbol_of(coin, self.snapshot)
            pieces.append((f"{'   ' if pieces else ''}{symbol}", self.inks("text", attributes="bold")))
            pieces.append((f" {self.settings.regroup(format_price(quote.price))}", self.inks("text")))
            change = self.snapshot.moves.get((story.lead.headline_id, coin))
            if change is not None:
                pieces.append(
                    (f" {self.settings.regroup(format_change(change))} since", self.inks.direction(direction(change)))
                )
        return pieces

    def _set_body(self, width: int) -> list[Line]:
        reading = self.reading
        assert reading is not None  # noqa: S101 - lay_out looked
        if reading.article is None:
            where = shown_host(reading.story.lead.url) or "the feed"
            return [Line(((f"Fetching {where} …", self.inks("label")),))]
        article = reading.article
        links = {link.number: link.url for link in article.links}
        lines = Typesetter(self.inks, width, links).set(article.blocks)
        if article.reason:
            lines += self._set_reason(article, width, first=not lines)
        return lines

    def _set_reason(self, article: Article, width: int, *, first: bool) -> list[Line]:
        what = "This is the summary" if article.content is Content.DECK else "This is the feed's own text"
        words = (
            f"{what}: {article.reason}. o opens the page in the browser."
            if article.url
            else f"{what}: {article.reason}."
        )
        own = [Line(((text, self.inks("accent")),)) for text in wrap(words, width)]
        return own if first else [Line(), *own]

    def _set_related(self, width: int) -> list[Line]:
        reading = self.reading
        if reading is None or reading.article is None or not reading.related:
            return []
        lines = [Line(), Line((("Related", self.inks("accent", attributes="bold")),))]
        for number, story in enumerate(reading.related, 1):
            age = format_age(self.clock() - story.lead.at)
            source = fit(story.lead.source, 16)
            tail = f"  {source}  {age:>3}" if width >= TITLE_AND_SOURCE else ""
            title = fit(story.lead.title, width - 3 - cell_width(tail))
            gap = " " * (width - 3 - cell_width(title) - cell_width(tail))
            lines.append(
                Line(
                    (
                        (f"{number}  ", self.inks("accent")),
                        (title + gap, self.inks("text")),
                        (tail, self.inks("label")),
                    )
                )
            )
        return lines

    # Drawing

    def draw(self, row: int, width: int) -> Strip:
        """A line of the article."""
        ink = self.inks("text")
        return self.new_row(width).put(" " * self._margin, ink).put_all(self._lines[row].pieces).strip()

    def draw_foot(self, y: int, width: int) -> Strip:
        """The articles before and after, and how far one has read."""
        row = self.new_row(width)
        if y == 0:
            alone = self.snapshot.demo and not self.under_bar
            return row.right([("DEMO", self.inks("accent"))] if alone else [], 2).strip()
        if self.reading is None:
            return row.strip()
        percent = f"{round(self.progress * 100)}%"
        room = max(0, (width - len(percent) - 14) // 2)
        label, accent = self.inks("label"), self.inks("accent")
        before, after = self.reading.before, self.reading.after
        if before is not None and room >= 8:
            row.put(" ‹ ", label).put("p ", accent).put(fit(before.lead.title, room), self.inks("secondary"))
        row.to((width - len(percent)) // 2).put(percent, self.inks("text"))
        if after is not None and room >= 8:
            title = fit(after.lead.title, room)
            row.right([(title, self.inks("secondary")), (" n", accent), (" ›", label)], 1)
        return row.strip()

    # Keys and mouse

    def scroll_rows(self, rows: int) -> None:
        """Scroll; the foot shows the progress."""
        self.go_to(self.top + rows)
        self.refresh()

    def command_down(self) -> None:
        """A line down."""
        self.scroll_rows(1)

    def command_up(self) -> None:
        """A line up."""
        self.scroll_rows(-1)

    def command_page_down(self) -> None:
        """A page down, two lines of it for the eye to hold on to."""
        self.scroll_rows(max(1, self.body - 2))

    def command_page_up(self) -> None:
        """A page up."""
        self.scroll_rows(-max(1, self.body - 2))

    def command_top(self) -> None:
        """To the beginning."""
        self.scroll_rows(-self.rows)

    def command_bottom(self) -> None:
        """To the end."""
        self.scroll_rows(self.rows)

    def command_forward(self) -> None:
        """A page down; at the end the next unread article."""
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

    def use_settings(self, settings: UiSettings) -> None:
        """Another width, where that is what differs."""
        step = settings.reading_width - self.settings.reading_width
        super().use_settings(settings)
        if step:
            self._set_measure(settings.reading_width - self.measure)

    def _set_measure(self, step: int) -> None:
        self.measure = max(NARROWEST, min(WIDEST, self.measure + step))
        self.fitted()
        self.refresh()

    def wheel(self, rows: int) -> None:
        """Scroll by so many rows."""
        self.scroll_rows(rows)

    def open_related(self, number: int) -> bool:
        """Open a related story by its number, from 1; ``False`` where there is none."""
        related = self.reading.related if self.reading is not None else ()
        if not 1 <= number <= len(related):
            return False
        self.post_message(RelatedChosen(related[number - 1]))
        return True

    def on_click(self, event: events.Click) -> None:
        """A click on a link opens it, one on a title below the text reads that."""
        if self.reading is None:
            return
        if event.y == self.size.height - 1:
            step = 0 if abs(event.x - self.size.width // 2) < 4 else 1 if event.x > self.size.width // 2 else -1
            if step:
                self.post_message(StepChosen(step))
            return
        if event.y >= self.size.height - self.foot:
            return
        row = self.top + event.y
        if row >= self._related_at and self.open_related(row - self._related_at + 1):
            return
        if row < len(self._lines) and self.reading.article is not None:
            number = _link_at(self._lines[row].links, event.x - self._margin)
            url = next((link.url for link in self.reading.article.links if link.number == number), "")
            if url:
                self.post_message(LinkChosen(url))


TITLE_AND_SOURCE = 56
"""Cells from which a related story's source and age stand beside its title."""


def _link_at(links: Sequence[tuple[int, int, int]], x: int) -> int | None:
    return next((number for start, end, number in links if start <= x < end), None)
