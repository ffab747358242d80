"""An article set in lines: head, body, and what is related to it."""

from dataclasses import dataclass

from cointicker.domain.news import Article, Content, Story
from cointicker.domain.reading import Mentioned
from cointicker.domain.words import SafeText
from cointicker.text.cells import cell_width, fit
from cointicker.text.numbers import format_age, format_moment
from cointicker.text.safe import shown_host
from cointicker.ui.chips import ChipMaker, Piece, cells_of
from cointicker.ui.inks import Inks
from cointicker.ui.typeset import Line, Marks, PictureLines, Spot, Typesetter, wrap

TITLE_AND_SOURCE = 56
"""Cells from which a related story's source and age stand beside its title."""
ROOMY = 56
"""Cells from which a chip in the text tells the price too, not the move alone."""
_BETWEEN_CHIPS = 3
_NOTHING = Mentioned()
_NO_TITLE = SafeText("(no title)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is being read."""

    story: Story
    article: Article | None = None
    """``None`` while it is fetched."""
    mentioned: Mentioned = _NOTHING
    related: tuple[Story, ...] = ()
    before: Story | None = None
    after: Story | None = None

    @property
    def first_related(self) -> int:
        """The number of the first related story: they go on where the links end."""
        links = self.article.links if self.article is not None else ()
        return max((link.number for link in links), default=0) + 1


class PageSetter:
    """Sets one reading in lines of a given width."""

    def __init__(self, inks: Inks, reading: Reading, chips: ChipMaker, now: float, width: int) -> None:
        """``now``: Unix seconds."""
        self._inks = inks
        self._reading = reading
        self._chips = chips
        self._now = now
        self._width = width

    def head(self) -> list[Line]:
        """Title, by-line and the coins."""
        lines = [Line(), *self._title(), Line()]
        lines += [Line(((text, self._inks("secondary")),)) for text in join_parts(self._byline(), self._width)]
        chips = self._chip_row()
        return [*lines, *([chips] if chips is not None else []), Line()]

    def _title(self) -> list[Line]:
        reading = self._reading
        title = reading.article.title if reading.article is not None else reading.story.lead.title
        return Typesetter(self._inks, self._width, {}).title(title or _NO_TITLE, reading.mentioned.title)

    def _byline(self) -> list[str]:
        """Parts of which none is broken over two lines."""
        lead, article, now = self._reading.story.lead, self._reading.article, self._now
        source = article.source if article is not None else lead.source
        author = article.author if article is not None else lead.author
        published, updated = lead.published, lead.updated
        if article is not None and article.published is not None:
            published, updated = article.published, article.updated
        parts = [str(source), str(fit(author, 40)) if author != source else ""]
        age = f"{format_age(now - (lead.at if published is None else published))} ago"
        parts.append(f"{format_moment(published)} ({age})" if published is not None else f"seen {age}")
        if updated is not None and updated > (published or lead.at) + 60:
            parts.append(f"updated {format_moment(updated)} ({format_age(now - updated)} ago)")
        if article is not None and article.words:
            parts.append(f"{article.minutes} min read")
        others = len(self._reading.story.sources) - 1
        if others:
            parts.append(f"also from {others} other{'s' if others > 1 else ''}")
        return [part for part in parts if part]

    def _chip_row(self) -> Line | None:
        """As many of the coins as there is room for, those with a price if any has one; each leads to its own."""
        named = self._reading.mentioned.coins
        more = filter(self._chips.is_priced, named)
        coins = dict.fromkeys((*self._reading.story.lead.coins, *more) or named)
        pieces: list[Piece] = []
        spots: list[Spot] = []
        used = 0
        for coin in coins:
            chip = self._chips.in_head(coin)
            gap = _BETWEEN_CHIPS if pieces else 0
            if used + gap + cells_of(chip) > self._width:
                break
            if gap:
                pieces.append((" " * gap, self._inks("text")))
            spots.append(Spot(used + gap, used + gap + cells_of(chip), coin))
            pieces += chip
            used += gap + cells_of(chip)
        return Line(tuple(pieces), tuple(spots)) if coins else None

    def body(self, *, spacing: int = 1, pictures: PictureLines | None = None) -> list[Line]:
        """The text, with its ``pictures`` where they are shown; while there is none yet, where it is fetched from."""
        article = self._reading.article
        if article is None:
            where = shown_host(self._reading.story.lead.url) or "the feed"
            return [Line(((f"Fetching {where} …", self._inks("label")),))]
        links = {link.number: link.url for link in article.links}
        marks = Marks(self._reading.mentioned.blocks, self._chip_text)
        setter = Typesetter(self._inks, self._width, links, marks, spacing=spacing, pictures=pictures)
        lines = setter.set(article.blocks)
        if article.reason:
            lines += self._reason(article, first=not lines)
        return lines

    def chip(self, coin_id: str) -> list[Piece]:
        """A chip of the text as it is now."""
        return self._chips.in_text(coin_id, short=self._width < ROOMY)

    def _chip_text(self, coin_id: str) -> str:
        return "".join(text for text, _ in self.chip(coin_id))

    def _reason(self, article: Article, *, first: bool) -> list[Line]:
        what = "This is the summary" if article.content is Content.DECK else "This is the feed's own text"
        if not article.blocks:
            what = "There is nothing to read here"
        way_out = " o opens the page in the browser." if article.url else ""
        lines = wrap(f"{what}: {article.reason}.{way_out}", self._width)
        own = [Line(((text, self._inks("accent")),)) for text in lines]
        return own if first else [Line(), *own]

    def related(self) -> list[Line]:
        """The related stories, numbered on from the links."""
        reading = self._reading
        if reading.article is None or not reading.related:
            return []
        first = reading.first_related
        numbers = range(first, first + len(reading.related))
        lines = [Line(), Line((("Related", self._inks("accent", attributes="bold")),))]
        return lines + [self._related_line(*each) for each in zip(numbers, reading.related, strict=True)]

    def _related_line(self, number: int, story: Story) -> Line:
        label = f"{number}  "
        source, age = fit(story.lead.source, 16), format_age(self._now - story.lead.at)
        tail = f"  {source}  {age:>3}" if self._width >= TITLE_AND_SOURCE else ""
        room = self._width - len(label) - cell_width(tail)
        title = fit(story.lead.title, room)
        gap = " " * (room - cell_width(title))
        pieces = (
            (label, self._inks("accent")),
            (title + gap, self._inks("secondary" if story.read else "text")),
            (tail, self._inks("label")),
        )
        return Line(pieces, (Spot(0, self._width, number),))


def join_parts(parts: list[str], width: int, between: str = " · ") -> list[str]:
    """Parts in lines of at most ``width`` cells, each whole in one line unless it is wider than that."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}{between}{part}" if lines else part
        if lines and cell_width(longer) <= width:
            lines[-1] = longer
        else:
            lines += wrap(part, width)
    return lines
