"""Articles as plain text, and their blocks as plain data for the database and the worker's pipe."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from cointicker.domain.news import (
    Block,
    Code,
    Heading,
    Image,
    Link,
    ListItem,
    Paragraph,
    Quotation,
    Span,
    Table,
    Tone,
)
from cointicker.text.cells import cell_width, pad
from cointicker.text.safe import vouch

_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
"""Chinese characters, Japanese syllables, Thai letters."""


def span_text(spans: Iterable[Span]) -> str:
    """The words alone."""
    return "".join(span.text for span in spans)


def plain_text(blocks: Sequence[Block]) -> str:
    """Paragraphs set apart by empty lines, items led by ``- ``, quotations by ``> ``, tables as columns, no images."""
    parts: list[str] = []
    before: Block | None = None
    for block in blocks:
        text = _plain_block(block)
        if not text:
            continue
        tight = isinstance(block, ListItem) and isinstance(before, ListItem)
        parts.append(("\n" if tight else "\n\n") + text if before is not None else text)
        before = block
    return "".join(parts)


def _plain_block(block: Block) -> str:
    match block:
        case Heading(spans) | Paragraph(spans):
            return span_text(spans)
        case Quotation(spans):
            return "> " + span_text(spans)
        case ListItem(spans, depth):
            return "  " * depth + "- " + span_text(spans)
        case Code(lines):
            return "\n".join(lines)
        case Table(rows):
            return "\n".join(align_rows(rows))
        case Image():
            return ""


def align_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of cells as lines whose columns stand under each other, two spaces apart."""
    widths = [max(map(cell_width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(pad, row, widths)).rstrip() for row in rows]


def count_words(blocks: Iterable[Block]) -> int:
    """Words of all blocks but images; of scripts that set no blanks between words, two signs count as one."""
    texts = list(map(_plain_block, blocks))
    unspaced = sum(len(_UNSPACED.findall(text)) for text in texts)
    return sum(len(_UNSPACED.sub(" ", text).split()) for text in texts) + round(unspaced / 2)


def _pack_spans(spans: Iterable[Span]) -> list[list[Any]]:
    return [[span.text, span.tone.value, span.link] for span in spans]


def _unpack_spans(data: list[list[Any]]) -> tuple[Span, ...]:
    return tuple(Span(vouch(text), Tone(tone), link) for text, tone, link in data)


def pack_block(block: Block) -> list[Any]:
    """A block as JSON values."""
    match block:
        case Heading(spans, level):
            return ["h", _pack_spans(spans), level]
        case Paragraph(spans):
            return ["p", _pack_spans(spans)]
        case Quotation(spans):
            return ["q", _pack_spans(spans)]
        case ListItem(spans, depth, number):
            return ["i", _pack_spans(spans), depth, number]
        case Code(lines):
            return ["c", list(lines)]
        case Table(rows, header):
            return ["t", [list(row) for row in rows], header]
        case Image(caption, url):
            return ["m", caption, url]


def unpack_block(data: list[Any]) -> Block:
    """The block that ``pack_block`` packed. Raises ``ValueError`` for what it never packs."""
    match data:
        case ["h", spans, level]:
            return Heading(_unpack_spans(spans), level)
        case ["p", spans]:
            return Paragraph(_unpack_spans(spans))
        case ["q", spans]:
            return Quotation(_unpack_spans(spans))
        case ["i", spans, depth, number]:
            return ListItem(_unpack_spans(spans), depth, number)
        case ["c", lines]:
            return Code(tuple(map(vouch, lines)))
        case ["t", rows, header]:
            return Table(tuple(tuple(map(vouch, row)) for row in rows), header)
        case ["m", caption, url]:
            return Image(vouch(caption), url)
    raise ValueError(f"not a block: {data!r:.80}")


def pack_link(link: Link) -> list[Any]:
    """A link as JSON values."""
    return [link.number, link.text, link.url]


def unpack_link(data: list[Any]) -> Link:
    """The link that ``pack_link`` packed."""
    number, text, url = data
    return Link(number, vouch(text), url)
