"""HTML as our own blocks: what a terminal can show of it, safe and bounded."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain

from lxml import html
from lxml.etree import ParserError, _Element

from cointicker.domain.news import (
    Block,
    Code,
    Heading,
    Link,
    ListItem,
    Paragraph,
    Quotation,
    Span,
    Tone,
)
from cointicker.sources.parsing.figures import caption_of, make_image
from cointicker.sources.parsing.repairs import legal_text
from cointicker.sources.parsing.runs import Runs
from cointicker.sources.parsing.tables import (
    are_even,
    has_content,
    is_running_text,
    make_table,
    read_cells,
    table_rows,
    text_of,
)
from cointicker.text.safe import clean, clean_lines, vet_url, vouch

MAX_BLOCKS = 400
MAX_TEXT = 64_000
"""Characters of all blocks together."""
MAX_LINKS = 300

_DEEPEST = 60
"""Elements within elements; what lies deeper is taken as bare text."""
_DEEPEST_LIST = 5
_LINK_TEXT = 120
_CODE_LINES = 200
_UNSEEN = frozenset({
    "audio", "base", "button", "canvas", "datalist", "dialog", "embed", "frame", "head", "iframe", "input", "link",
    "map", "math", "menu", "meta", "nav", "noscript", "object", "option", "progress", "script", "select", "style",
    "svg", "template", "textarea", "title", "track", "video",
})  # fmt: skip
_TONES = {
    "b": Tone.STRONG, "strong": Tone.STRONG, "th": Tone.STRONG, "dt": Tone.STRONG,
    "i": Tone.EMPHASIS, "em": Tone.EMPHASIS, "cite": Tone.EMPHASIS,
    "code": Tone.CODE, "kbd": Tone.CODE, "samp": Tone.CODE, "tt": Tone.CODE, "var": Tone.CODE,
}  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "acronym", "bdi", "bdo", "big", "center", "data", "del", "dfn", "font", "ins", "label", "mark", "q",
    "ruby", "rb", "rp", "rt", "s", "small", "span", "strike", "sub", "sup", "time", "u", "wbr", "picture", "source",
    *_TONES,
})  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEADING = re.compile(r"h([1-6])")
_PARSER = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


@dataclass(slots=True)
class Readable:
    """What is left of a document."""

    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def parse_html(text: str) -> _Element | None:
    """The tree of a document or a piece of one; ``None`` where there is no element in it."""
    try:
        # trafilatura gives a whole page up over one control character.
        return html.document_fromstring(legal_text(text).encode("utf-8", "replace"), parser=_PARSER)
    except (ParserError, ValueError):
        return None


def read_blocks(root: _Element, base: str = "") -> Readable:
    """The blocks under an element and the links in them; ``base`` resolves relative addresses."""
    reader = _Reader(base)
    reader.read(root)
    return reader.found


class _FullError(Exception):
    """There is enough text."""


class _Reader:
    """One walk over a tree. Inline content gathers in ``runs`` until a block begins or ends."""

    def __init__(self, base: str) -> None:
        self.found = Readable()
        self._base = base
        self._runs = Runs()
        self._make: Callable[[tuple[Span, ...]], Block] = Paragraph
        """What the gathered words become."""
        self._numbers: dict[str, int] = {}
        self._left = MAX_TEXT
        self._in_item = False
        self._list_depth = -1

    def read(self, root: _Element) -> None:
        try:
            self._walk(root, 0)
            self._flush()
        except _FullError:
            self.found.blocks[MAX_BLOCKS - 1 :] = []
            self.found.blocks.append(Paragraph((Span(vouch("…")),)))

    def _walk(self, element: _Element, depth: int) -> None:
        """An element without its tail."""
        tag = element.tag
        if tag in _UNSEEN or _is_hidden(element):
            return
        if depth > _DEEPEST:
            self._runs.add(text_of(element, " "))
        elif tag == "br":
            self._runs.end_line()
        elif tag == "a":
            self._read_link(element, depth)
        elif tag in _INLINE:
            with self._runs.toned(_TONES.get(tag)):
                self._children(element, depth)
        elif tag == "img":
            self._read_image(element)
        elif self._in_item and tag in {"p", "div", "section", "article"}:
            self._runs.add(" ")
            self._children(element, depth)
            self._runs.add(" ")
        else:
            self._read_block(tag, element, depth)

    def _read_block(self, tag: str, element: _Element, depth: int) -> None:
        self._flush()
        heading = _HEADING.fullmatch(tag)
        if heading:
            level = int(heading[1])
            self._as(lambda spans: Heading(spans, level), element, depth)
        elif tag == "blockquote":
            self._as(Quotation, element, depth)
        elif tag in {"ul", "ol", "dl"}:
            self._read_list(element, depth)
        elif tag in {"pre", "listing", "xmp"}:
            self._read_code(element)
        elif tag == "table":
            self._read_table(element, depth)
        elif tag == "figure":
            self._read_figure(element, depth)
        else:
            self._children(element, depth)
            self._flush()

    def _children(self, element: _Element, depth: int) -> None:
        if element.text:
            self._runs.add(element.text)
        for child in element:
            self._walk(child, depth + 1)
            if child.tail:
                self._runs.add(child.tail)

    def _as(self, make: Callable[[tuple[Span, ...]], Block], element: _Element, depth: int) -> None:
        """The children, with their own words made into such blocks."""
        before, in_item = self._make, self._in_item
        self._make, self._in_item = make, False
        self._children(element, depth)
        self._flush()
        self._make, self._in_item = before, in_item

    def _flush(self) -> None:
        for spans in self._runs.take():
            self._put(self._make(spans), sum(len(span.text) for span in spans))
        if self._in_item:  # what follows in the same item, after a list or a table, is no item of its own
            self._make = Paragraph

    def _put(self, block: Block, characters: int) -> None:
        self._left -= characters
        if self._left < 0 or len(self.found.blocks) >= MAX_BLOCKS:
            raise _FullError
        self.found.blocks.append(block)

    def _read_list(self, element: _Element, depth: int) -> None:
        before, in_item = self._make, self._in_item
        self._list_depth += 1
        number = _first_number(element)
        for child in element:
            if child.tag in {"li", "dt", "dd"}:
                self._make, self._in_item = _item(min(self._list_depth, _DEEPEST_LIST), number), True
                number = number + 1 if number is not None else None
                with self._runs.toned(_TONES.get(child.tag)):
                    self._children(child, depth + 1)
            else:
                self._make, self._in_item = Paragraph, False
                self._walk(child, depth + 1)
            self._flush()
        self._list_depth -= 1
        self._make, self._in_item = before, in_item

    def _read_link(self, element: _Element, depth: int) -> None:
        href = element.get("href", "").strip()
        url = "" if href.startswith("#") else vet_url(href, self._base)
        text = clean(text_of(element), _LINK_TEXT) if url else ""
        number = self._numbers.get(url)
        if text and number is None and len(self._numbers) < MAX_LINKS:
            number = self._numbers[url] = len(self._numbers) + 1
            self.found.links.append(Link(number, vouch(text), url))
        with self._runs.linked(number if text else None):
            self._children(element, depth)

    def _read_image(self, element: _Element, caption: str = "") -> None:
        """A picture that has words of its own; others would be only noise."""
        image = make_image(element, self._base, caption)
        if image is not None:
            self._flush()
            self._put(image, len(image.caption))

    def _read_figure(self, element: _Element, depth: int) -> None:
        image = element.find(".//img")
        if image is None or element.find(".//table") is not None or element.find(".//pre") is not None:
            self._children(element, depth)
            self._flush()
        else:
            self._read_image(image, caption_of(element))

    def _read_code(self, element: _Element) -> None:
        for line_break in element.iter("br"):
            line_break.tail = "\n" + (line_break.tail or "")
        lines = clean_lines(text_of(element).strip("\r\n"))[:_CODE_LINES]
        if any(lines):
            self._put(Code(lines), sum(map(len, lines)))

    def _read_table(self, element: _Element, depth: int) -> None:
        rows = table_rows(element)
        cells = read_cells(rows)
        if cells is None:  # it only arranges what is in it
            for elements in rows:
                is_record = are_even(rows) and is_running_text(elements)
                for index, cell in enumerate(filter(has_content, elements)):
                    if index and is_record:
                        self._runs.add(" · ")
                    elif index:
                        self._flush()
                    self._children(cell, depth + 2)
                self._flush()
            return
        table = make_table(cells, header=all(cell.tag == "th" for cell in rows[0]))
        if table is not None:
            self._put(table, sum(map(len, chain.from_iterable(cells))))
            return
        for row in cells:
            self._runs.add(" · ".join(row))
            self._flush()


def _item(depth: int, number: int | None) -> Callable[[tuple[Span, ...]], Block]:
    return lambda spans: ListItem(spans, depth, number)


def _first_number(element: _Element) -> int | None:
    if element.tag != "ol":
        return None
    start = element.get("start", "")
    return int(start) if start.isascii() and start.isdecimal() and len(start) < 6 else 1


def _is_hidden(element: _Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))
