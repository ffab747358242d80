"""Text and articles broken into lines of cells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.style import Style

from cointicker.domain.news import Block, Code, Heading, Image, ListItem, Paragraph, Quotation, Span, Table, Tone
from cointicker.text.cells import cell_width, chunks
from cointicker.ui.inks import Inks
from cointicker.ui.tables import table_lines

Fragment = tuple[str, Style, int | None]
"""A piece of a word, its style and the number of the link that it belongs to."""

_ITEM_CELLS = 12
"""Cells that the words of a list item keep, however deep the list."""
_MARKS = {Tone.PLAIN: "", Tone.STRONG: "bold", Tone.EMPHASIS: "italic", Tone.CODE: ""}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an article."""

    pieces: tuple[tuple[str, Style], ...] = ()
    links: tuple[tuple[int, int, int], ...] = ()
    """First cell, the cell after the last, number of the link."""


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` cells, broken at blanks; a longer word is broken where the line ends."""
    plain = Style.null()
    lines = _fill(_words([(text, plain, None)]), width)
    return ["".join(piece for piece, _ in line.pieces) for line in lines]


class Typesetter:
    """Sets blocks in lines of a given width."""

    def __init__(self, inks: Inks, width: int, links: dict[int, str]) -> None:
        """``links``: number → vetted address."""
        self._inks = inks
        self._width = max(8, width)
        self._links = links
        self._ink = inks("text")

    def set(self, blocks: Sequence[Block]) -> list[Line]:
        """All blocks, an empty line between two unless they are items of one list or lines of one quotation."""
        lines: list[Line] = []
        for before, block in pairwise((None, *blocks)):
            own = self._block(block) if block is not None else []
            if not own:
                continue
            if lines and not _tight(before, block):
                lines.append(Line())
            elif lines and isinstance(before, Quotation):
                lines.append(Line((self._bar(),)))
            lines += own
        return lines

    def _block(self, block: Block) -> list[Line]:
        match block:
            case Heading(spans):
                return self._spans(spans, self._inks("text", attributes="bold"))
            case Paragraph(spans):
                return self._spans(spans, self._ink)
            case Quotation(spans):
                quoted = self._spans(spans, self._inks("secondary"), self._width - 3)
                return [_indented(line, self._bar(), ("  ", self._ink)) for line in quoted]
            case ListItem(spans, depth, number):
                return self._item(spans, min(depth, 6), number)
            case Code(code):
                return self._code(code)
            case Table(rows, header):
                return self._table(rows, header=header)
            case Image(caption):
                return self._image(caption)

    def _bar(self) -> tuple[str, Style]:
        return "▌", self._inks("accent")

    def _spans(self, spans: Iterable[Span], ink: Style, width: int | None = None) -> list[Line]:
        return _fill(_words(self._fragments(spans, ink)), width or self._width)

    def _fragments(self, spans: Iterable[Span], ink: Style) -> Iterator[Fragment]:
        for span in spans:
            style = self._inks("accent") if span.tone is Tone.CODE else ink
            if marks := _MARKS[span.tone]:
                style += Style.parse(marks)
            address = self._links.get(span.link) if span.link is not None else None
            if address is None or span.link is None:
                yield span.text, style, None
                continue
            yield span.text, style + Style(underline=True, link=address), span.link
            yield f" [{span.link}]", self._inks("label"), span.link

    def _item(self, spans: Iterable[Span], depth: int, number: int | None) -> list[Line]:
        sign = "• " if number is None else f"{number}. "
        indent = "  " * max(0, min(depth, (self._width - len(sign) - _ITEM_CELLS) // 2))
        lines = self._spans(spans, self._ink, self._width - len(indent) - len(sign))
        first = (indent + sign, self._inks("label"))
        rest = (" " * (len(indent) + len(sign)), self._ink)
        return [_indented(line, rest if index else first) for index, line in enumerate(lines)]

    def _code(self, code: Sequence[str]) -> list[Line]:
        ink = self._inks("text", "bar")
        room = self._width - 2
        lines = [piece for text in code for piece in chunks(text, room)]
        return [Line(((f" {text}{' ' * (room - cell_width(text))} ", ink),)) for text in lines]

    def _table(self, rows: Sequence[Sequence[str]], *, header: bool) -> list[Line]:
        lines, head = table_lines(rows, self._width, header=header)
        bold = self._inks("text", attributes="bold")
        set_lines = [Line(((text, bold if index < head else self._ink),)) for index, text in enumerate(lines)]
        if head:
            widest = max(map(cell_width, lines))
            set_lines.insert(head, Line((("─" * widest, self._inks("rule")),)))
        return set_lines

    def _image(self, caption: str) -> list[Line]:
        ink = self._inks("label", attributes="italic")
        words = _words([(caption or "picture", ink, None)])
        lines = _fill(words, self._width - 2)
        return [_indented(line, ("  " if index else "▣ ", self._inks("label"))) for index, line in enumerate(lines)]


def _tight(before: Block | None, block: Block | None) -> bool:
    """Whether two blocks belong so closely together that no empty line parts them."""
    return isinstance(before, ListItem | Quotation) and type(before) is type(block)


def _indented(line: Line, *indent: tuple[str, Style]) -> Line:
    shift = sum(cell_width(text) for text, _ in indent)
    links = tuple((start + shift, end + shift, number) for start, end, number in line.links)
    return Line((*indent, *line.pieces), links)


def _words(fragments: Iterable[Fragment]) -> Iterator[list[Fragment]]:
    """Fragments cut at blanks into words; a word may be of several styles."""
    word: list[Fragment] = []
    for text, style, link in fragments:
        for index, part in enumerate(text.split(" ")):
            if index and word:
                yield word
                word = []
            if part:
                word.append((part, style, link))
    if word:
        yield word


def _fill(words: Iterable[list[Fragment]], width: int) -> list[Line]:
    lines: list[Line] = []
    room = max(1, width)
    pieces: list[Fragment] = []
    used = 0
    for word in words:
        length = sum(cell_width(text) for text, _, _ in word)
        if pieces and used + 1 + length > room:
            lines.append(_line(pieces))
            pieces, used = [], 0
        if pieces:
            pieces.append(_blank_between(pieces[-1], word[0]))
            used += 1
        for fragment in word if length <= room else _broken(word, room):
            cells = cell_width(fragment[0])
            if used + cells > room:
                lines.append(_line(pieces))
                pieces, used = [], 0
            pieces.append(fragment)
            used += cells
    return [*lines, _line(pieces)] if pieces else lines


def _blank_between(before: Fragment, after: Fragment) -> Fragment:
    """A blank; inside one link it belongs to the link."""
    same = before[2] is not None and before[2:] == after[2:] and before[1] == after[1]
    return (" ", before[1], before[2]) if same else (" ", _bare(before[1]), None)


def _bare(style: Style) -> Style:
    """The ground of a style, without underline or link."""
    return Style(bgcolor=style.bgcolor, color=style.color)


def _broken(word: list[Fragment], room: int) -> Iterator[Fragment]:
    for text, style, link in word:
        for chunk in chunks(text, room):
            yield chunk, style, link


def _line(fragments: Sequence[Fragment]) -> Line:
    """Neighbours of one style as one piece, and where the links are."""
    pieces: list[tuple[str, Style]] = []
    links: list[tuple[int, int, int]] = []
    column = 0
    for text, style, link in fragments:
        if pieces and pieces[-1][1] == style:
            pieces[-1] = (pieces[-1][0] + text, style)
        else:
            pieces.append((text, style))
        end = column + cell_width(text)
        if link is not None:
            links.append((column, end, link))
        column = end
    return Line(tuple(pieces), tuple(links))
