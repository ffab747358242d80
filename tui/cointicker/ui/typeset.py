"""Text and articles broken into lines of cells."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate, pairwise, zip_longest
from types import MappingProxyType
from typing import NamedTuple

from rich.style import Style

from cointicker.domain.mentions import Place
from cointicker.domain.news import Block, Code, Heading, Image, ListItem, Paragraph, Quotation, Span, Table, Tone
from cointicker.domain.words import SafeText
from cointicker.text.cells import cell_width, chunks
from cointicker.ui.code_lines import code_lines
from cointicker.ui.inks import Inks
from cointicker.ui.tables import table_lines

Target = int | str
"""What a spot of an article leads to: a link by its number, or a coin by its id."""


class Fragment(NamedTuple):
    """A piece of a word."""

    text: str
    style: Style
    target: Target | None = None
    chip: bool = False
    """Room for a coin's price; it is a word of its own, blanks and all."""


class Spot(NamedTuple):
    """Cells of a line that lead somewhere."""

    start: int
    end: int
    """The cell after the last."""
    target: Target
    chip: bool = False
    """Kept for a coin's price, which is drawn there as it is now."""


_ITEM_CELLS = 12
"""Cells that the words of a list item keep, however deep the list."""
_NAMED = Style(bold=True)
"""How words of the text are set that name a coin."""
_NAMED_IN_TITLE = Style(underline=True)
_MARKS = {Tone.PLAIN: "", Tone.STRONG: "bold", Tone.EMPHASIS: "italic", Tone.CODE: ""}


_NO_PLACES: Mapping[int, tuple[Place, ...]] = MappingProxyType({})
_BOUND = "\xa0"
"""A blank that no line ends at, while words are set."""
_BREAKS = frozenset(" —…")
"""Signs that a word ends before."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an article."""

    pieces: tuple[tuple[str, Style], ...] = ()
    spots: tuple[Spot, ...] = ()
    """From left to right."""
    chip_signs: int = 0
    """Signs of the chips in it, which come and go with prices."""
    picture: str = ""
    """Address of the picture that it is a row of, or stands in place of: it comes and goes."""

    @property
    def text(self) -> str:
        """All that stands in it."""
        return "".join(text for text, _ in self.pieces)

    @property
    def signs(self) -> int:
        """Signs of the article's own, without blanks: the same however it is broken into lines."""
        return 0 if self.picture else len(self.text.replace(" ", "")) - self.chip_signs


@dataclass(frozen=True, slots=True)
class Marks:
    """Where the coins of an article are to be set apart."""

    places: Mapping[int, tuple[Place, ...]] = field(default_factory=lambda: _NO_PLACES)
    """Index of a block → the coins that its words name."""
    chip: Callable[[str], str] = lambda _coin: ""
    """Coin id → what stands in its chip, as wide as the chip is to be; empty: no chip."""


PictureLines = Callable[[Image, int], list[Line]]
"""A picture and the cells that it may be wide → its rows; none where it is not shown."""


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` cells, broken at blanks; a longer word is broken where the line ends."""
    plain = Style.null()
    return [line.text for line in _fill(_words([Fragment(text, plain)]), width)]


class Typesetter:
    """Sets blocks in lines of a given width."""

    def __init__(
        self,
        inks: Inks,
        width: int,
        links: Mapping[int, str],
        marks: Marks | None = None,
        *,
        spacing: int = 1,
        pictures: PictureLines | None = None,
    ) -> None:
        """``links``: number → vetted address; ``spacing``: rows from one line of running text to the next.

        ``pictures`` sets pictures, of which else only the captions stand.
        """
        self._inks = inks
        self._width = max(8, width)
        self._links = links
        self._marks = marks or Marks()
        self._spacing = spacing
        self._pictures = pictures
        self._ink = inks("text")

    def set(self, blocks: Sequence[Block]) -> list[Line]:
        """All blocks, an empty line between two unless they are items of one list or lines of one quotation."""
        lines: list[Line] = []
        for index, (before, block) in enumerate(pairwise((None, *blocks))):
            own = self._block(block, self._marks.places.get(index, ())) if block is not None else []
            if own and lines:
                lines += self._gap(before, block)
            lines += own
        return lines

    def title(self, text: SafeText, places: Sequence[Place]) -> list[Line]:
        """A title in bold; the coins that it names lead to themselves, and have their chips elsewhere."""
        bold = self._inks("text", attributes="bold")
        return _fill(_words(self._plain(text, 0, bold, places, {}, named=_NAMED_IN_TITLE)), self._width)

    def _gap(self, before: Block | None, block: Block | None) -> list[Line]:
        """What parts two blocks, wider where the lines stand wider."""
        close = isinstance(before, ListItem | Quotation) and type(before) is type(block)
        if close and isinstance(block, Quotation):
            return [Line((self._bar(),))] * self._spacing
        return [Line()] * (self._spacing - 1 if close else self._spacing)

    def _block(self, block: Block, places: Sequence[Place]) -> list[Line]:
        match block:
            case Heading(spans):
                return self._spans(spans, self._inks("text", attributes="bold"), places=places)
            case Paragraph(spans):
                return self._spans(spans, self._ink, places=places)
            case Quotation(spans):
                quoted = self._spans(spans, self._inks("secondary"), self._width - 3, places=places)
                return [_indented(line, self._bar(), ("  ", self._ink)) for line in quoted]
            case ListItem(spans, depth, number):
                return self._item(spans, min(depth, 6), number, places)
            case Code(code):
                return self._code(code)
            case Table(rows, header):
                return self._table(rows, header=header)
            case Image():
                return self._image(block)

    def _bar(self) -> tuple[str, Style]:
        return "▌", self._inks("accent")

    def _spans(
        self, spans: Sequence[Span], ink: Style, width: int | None = None, *, places: Sequence[Place] = ()
    ) -> list[Line]:
        lines = _fill(_words(self._fragments(spans, ink, places)), width or self._width)
        if self._spacing == 1:
            return lines
        apart = [Line()] * (self._spacing - 1)
        return [each for line in lines for each in (line, *apart)][: -len(apart) or None]

    def _fragments(self, spans: Sequence[Span], ink: Style, places: Sequence[Place]) -> Iterator[Fragment]:
        chips = _chip_places(spans, places, self._links)
        at = 0
        for span, after in zip_longest(spans, spans[1:]):
            style = self._inks("accent") if span.tone is Tone.CODE else ink
            if marks := _MARKS[span.tone]:
                style += Style.parse(marks)
            address = self._links.get(span.link) if span.link is not None else None
            end = at + len(span.text)
            if address is not None and span.link is not None:
                goes_on = after is not None and after.link == span.link
                words = span.text if goes_on else span.text.rstrip(" ")
                yield Fragment(words, style + Style(underline=True, link=address), span.link)
                if not goes_on:
                    yield Fragment(f"{_BOUND}[{span.link}]", self._inks("label"), span.link)
                yield from self._chips(chips.get(end, ()) if span.text else ())
                yield Fragment(span.text[len(words) :], self._ink)
            else:
                yield from self._plain(span.text, at, style, places, chips)
            at = end

    def _plain(
        self,
        text: str,
        at: int,
        style: Style,
        places: Sequence[Place],
        chips: Mapping[int, Sequence[str]],
        *,
        named: Style = _NAMED,
    ) -> Iterator[Fragment]:
        """Words that lead nowhere but to the coins that they name."""
        cuts = (
            {0, len(text)}
            | {index - at for place in places for index in (place.start, place.end)}
            | {index - at for index in chips}
        )
        for start, end in pairwise(sorted(cut for cut in cuts if 0 <= cut <= len(text))):
            coin = next((each.coin_id for each in places if each.start <= at + start < each.end), None)
            yield Fragment(text[start:end], style if coin is None else style + named, coin)
            yield from self._chips(chips.get(at + end, ()))

    def _chips(self, coins: Iterable[str]) -> Iterator[Fragment]:
        for coin in coins:
            if text := self._marks.chip(coin):
                yield Fragment(" ", self._ink)
                yield Fragment(text, self._ink, coin, chip=True)

    def _item(self, spans: Sequence[Span], depth: int, number: int | None, places: Sequence[Place]) -> list[Line]:
        sign = "• " if number is None else f"{number}. "
        indent = "  " * max(0, min(depth, (self._width - len(sign) - _ITEM_CELLS) // 2))
        lines = self._spans(spans, self._ink, self._width - len(indent) - len(sign), places=places)
        first = (indent + sign, self._inks("label"))
        rest = (" " * (len(indent) + len(sign)), self._ink)
        return [_indented(line, rest if index else first) for index, line in enumerate(lines)]

    def _code(self, code: Sequence[str]) -> list[Line]:
        ink = self._inks("text", "bar")
        room = self._width - 2
        lines = [piece for text in code for piece in code_lines(text, room)]
        return [Line(((f" {text}{' ' * (room - cell_width(text))} ", ink),)) for text in lines]

    def _table(self, rows: Sequence[Sequence[str]], *, header: bool) -> list[Line]:
        lines, head = table_lines(rows, self._width, header=header)
        bold = self._inks("text", attributes="bold")
        set_lines = [Line(((text, bold if index < head else self._ink),)) for index, text in enumerate(lines)]
        if head:
            widest = max(map(cell_width, lines))
            set_lines.insert(head, Line((("─" * widest, self._inks("rule")),)))
        return set_lines

    def _image(self, image: Image) -> list[Line]:
        ink = self._inks("label", attributes="italic")
        words = _words([Fragment(image.caption or "picture", ink)])
        lines = _fill(words, self._width - 2)
        label = self._inks("label")
        captioned = [_indented(line, ("  " if index else "▣ ", label)) for index, line in enumerate(lines)]
        return [*(self._pictures(image, self._width) if self._pictures is not None else ()), *captioned]


def _chip_places(spans: Sequence[Span], places: Sequence[Place], links: Mapping[int, str]) -> dict[int, list[str]]:
    """Index in the words → the coins whose chips stand there: behind the word, or the link, that names them."""
    text = "".join(span.text for span in spans)
    ends = list(accumulate(len(span.text) for span in spans))
    chips: dict[int, list[str]] = {}
    for place in places:
        at = place.end
        while at < len(text) and text[at] not in _BREAKS:
            at += 1
        for end, span in zip(ends, spans, strict=True):
            if span.link in links and end - len(span.text) < at < end:
                at = end
        chips.setdefault(at, []).append(place.coin_id)
    return chips


def _indented(line: Line, *indent: tuple[str, Style]) -> Line:
    shift = sum(cell_width(text) for text, _ in indent)
    spots = tuple(spot._replace(start=spot.start + shift, end=spot.end + shift) for spot in line.spots)
    return replace(line, pieces=(*indent, *line.pieces), spots=spots)


def _words(fragments: Iterable[Fragment]) -> Iterator[list[Fragment]]:
    """Fragments cut at blanks into words; a word may be of several styles."""
    word: list[Fragment] = []
    for fragment in fragments:
        for index, part in enumerate([fragment.text] if fragment.chip else fragment.text.split(" ")):
            if index and word:
                yield word
                word = []
            if part:
                word.append(Fragment(part, fragment.style, fragment.target, fragment.chip))
    if word:
        yield word


def _fill(words: Iterable[list[Fragment]], width: int) -> list[Line]:
    lines: list[Line] = []
    room = max(1, width)
    pieces: list[Fragment] = []
    used = 0
    for word in words:
        length = sum(cell_width(each.text) for each in word)
        if pieces and used + 1 + length > room:
            lines.append(_line(pieces))
            pieces, used = [], 0
        if pieces:
            pieces.append(_blank_between(pieces[-1], word[0]))
            used += 1
        for fragment in word if length <= room else _broken(word, room):
            cells = cell_width(fragment.text)
            if used + cells > room:
                lines.append(_line(pieces))
                pieces, used = [], 0
                fragment = fragment._replace(text=fragment.text.lstrip(_BOUND))  # noqa: PLW2901
                cells = cell_width(fragment.text)
            pieces.append(fragment)
            used += cells
    return [*lines, _line(pieces)] if pieces else lines


def _blank_between(before: Fragment, after: Fragment) -> Fragment:
    """A blank; inside one link it belongs to the link."""
    chip = before.chip or after.chip
    if before.target is not None and before.target == after.target and before.style == after.style and not chip:
        return Fragment(" ", before.style, before.target)
    return Fragment(" ", _bare(before.style))


@lru_cache(256)
def _bare(style: Style) -> Style:
    """The ground of a style, without underline or link."""
    return Style(bgcolor=style.bgcolor, color=style.color)


def _broken(word: list[Fragment], room: int) -> Iterator[Fragment]:
    """A word that is longer than a line in pieces; a chip that is so is left out."""
    for fragment in word:
        if not fragment.chip:
            for chunk in chunks(fragment.text, room):
                yield fragment._replace(text=chunk)
        elif cell_width(fragment.text) <= room:
            yield fragment


def _line(fragments: Sequence[Fragment]) -> Line:
    """Neighbours of one style as one piece, and where the links and coins are."""
    pieces: list[tuple[str, Style]] = []
    spots: list[Spot] = []
    column = 0
    for bound, style, target, chip in fragments:
        text = bound.replace(_BOUND, " ")
        if pieces and pieces[-1][1] == style:
            pieces[-1] = (pieces[-1][0] + text, style)
        else:
            pieces.append((text, style))
        end = column + cell_width(text)
        if target is not None:
            spots.append(Spot(column, end, target, chip))
        column = end
    return Line(tuple(pieces), tuple(spots), sum(len(each.text.replace(" ", "")) for each in fragments if each.chip))
