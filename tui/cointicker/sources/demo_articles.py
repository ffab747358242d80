"""The articles of the demo world: a heading, paragraphs, a quotation, lists, a table and links for every piece."""

import re

from cointicker.domain.news import Block, Heading, Link, ListItem, Paragraph, Quotation, Span, Table, Tone
from cointicker.domain.words import SafeText
from cointicker.engine.ports import Page
from cointicker.sources.demo_market import DAY, DemoMarket
from cointicker.sources.demo_noise import stream, unit
from cointicker.sources.demo_press import DemoPress, Piece
from cointicker.sources.demo_prose import PROSE, Prose
from cointicker.text.blocks import count_words
from cointicker.text.numbers import format_change, format_price
from cointicker.text.safe import clean

_TONED = re.compile(r"(\*\*?)([^*]+)\1")
_DISCLAIMER = "This article belongs to the demo of cointicker. Outlets, people and events in it are invented."


class DemoArticles:
    """Writes out what a piece of the demo press says."""

    def __init__(self, seed: int, market: DemoMarket, press: DemoPress) -> None:
        self._market = market
        self._press = press
        self._chance = stream(seed, "articles")

    def page(self, piece: Piece, now: float) -> Page:
        """A whole article, with links to pieces published before ``now`` (Unix seconds)."""
        prose = PROSE[piece.story.desk]
        links = _Links()
        blocks: list[Block] = [
            _paragraph(piece.deck),
            *self._also_told(piece, now, links),
            *map(_paragraph, self._context(piece, prose)),
            Heading(_spans("What was said")),
            Quotation(_spans(prose.quote)),
            _paragraph(f"So said {prose.speaker}."),
            Heading(_spans("Prices when this was published")),
            self._prices(piece, prose),
            Heading(_spans("What to watch")),
            *(ListItem(_spans(point), number=number) for number, point in enumerate(prose.points, 1)),
            *self._related(piece, now, links),
            Paragraph((Span(clean(_DISCLAIMER), Tone.EMPHASIS),)),
        ]
        return Page(
            blocks=tuple(blocks),
            links=tuple(links.all),
            title=clean(piece.title),
            author=clean(piece.author),
            site=clean(piece.outlet.name),
            published=piece.at,
            words=count_words(blocks),
        )

    def opening(self, piece: Piece) -> tuple[Block, ...]:
        """The paragraphs that the feed itself carries."""
        return (_paragraph(piece.deck), _paragraph(self._context(piece, PROSE[piece.story.desk])[0]))

    def _context(self, piece: Piece, prose: Prose) -> tuple[str, ...]:
        """Two or three of the desk's paragraphs, not the same ones for every piece."""
        key = stream(self._chance, piece.slot)
        places = sorted(range(len(prose.context)), key=lambda place: unit(key, place))
        return tuple(prose.context[place] for place in places[: 2 + int(unit(key, -1) * 2)])

    def _also_told(self, piece: Piece, now: float, links: "_Links") -> tuple[Block, ...]:
        """Who else tells the story, each name a link."""
        others = [each for each in self._press.story(piece.slot) if each.outlet is not piece.outlet and each.at <= now]
        spans: list[Span] = []
        for other in others:
            spans.append(Span(SafeText(" and " if spans else "The same is reported by ")))
            spans.append(links.span(other.outlet.name, other.url))
        return (Paragraph((*spans, Span(SafeText(".")))),) if spans else ()

    def _prices(self, piece: Piece, prose: Prose) -> Table:
        rows: list[tuple[SafeText, ...]] = [tuple(map(SafeText, ("coin", "USD", "24 hours")))]
        for coin_id in dict.fromkeys((*piece.coin_ids, *prose.coins)):
            price = format_price(self._market.price(coin_id, piece.at))
            change = format_change(self._market.change(coin_id, piece.at, DAY))
            rows.append((clean(self._market.coins[coin_id].name), SafeText(price), SafeText(change)))
        return Table(tuple(rows), header=True)

    def _related(self, piece: Piece, now: float, links: "_Links") -> tuple[Block, ...]:
        related = self._press.related(piece, now)
        items = (ListItem((links.span(each.title, each.url),)) for each in related)
        return (Heading(_spans("More from this paper")), *items) if related else ()


class _Links:
    """Numbers links in the order of their first mention."""

    def __init__(self) -> None:
        self.all: list[Link] = []

    def span(self, text: str, url: str) -> Span:
        """The words that stand for a link."""
        link = Link(len(self.all) + 1, clean(text), url)
        self.all.append(link)
        return Span(link.text, link=link.number)


def _paragraph(text: str) -> Paragraph:
    return Paragraph(_spans(text))


def _spans(text: str) -> tuple[Span, ...]:
    """Text of ours in which ``*…*`` is emphasis and ``**…**`` strong."""
    spans: list[Span] = []
    end = 0
    for toned in _TONED.finditer(text):
        spans.append(Span(SafeText(text[end : toned.start()])))
        spans.append(Span(SafeText(toned[2]), Tone.STRONG if toned[1] == "**" else Tone.EMPHASIS))
        end = toned.end()
    spans.append(Span(SafeText(text[end:])))
    return tuple(span for span in spans if span.text)
