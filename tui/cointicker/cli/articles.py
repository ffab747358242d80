"""An article as the lines of a terminal."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from cointicker.cli.output import Paint
from cointicker.domain.news import (
    Article,
    Block,
    Code,
    Heading,
    Image,
    ListItem,
    Paragraph,
    Quotation,
    Span,
    Table,
)
from cointicker.text.blocks import align_rows
from cointicker.text.cells import cell_width
from cointicker.text.numbers import format_moment


def article_lines(article: Article, width: int, paint: Paint) -> Iterator[str]:
    """Title, by-line, text and links, wrapped to so many cells; program code and tables keep their lines."""
    yield from map(paint.strong, wrap(article.title, width))
    yield from map(paint.dim, wrap(_byline(article), width))
    yield paint.dim("─" * width)
    before: Block | None = None
    for block in article.blocks:
        if not (isinstance(block, ListItem) and isinstance(before, ListItem)):
            yield ""
        yield from _block_lines(block, width, paint)
        before = block
    if article.links:
        yield ""
        yield paint.dim("Links")
        size = len(str(article.links[-1].number))
        for link in article.links:
            yield f"{paint.mark(f'{link.number:>{size}}')}  {link.url}"


def _byline(article: Article) -> str:
    parts: list[str] = [article.source, article.author]
    if article.published is not None:
        parts.append(format_moment(article.published))
    parts.append(f"{article.minutes} min read")
    return " · ".join(part for part in parts if part)


def _block_lines(block: Block, width: int, paint: Paint) -> Iterable[str]:
    match block:
        case Heading(spans):
            return map(paint.strong, wrap(_words(spans), width))
        case Paragraph(spans):
            return wrap(_words(spans), width)
        case Quotation(spans):
            return [paint.dim("> ") + line for line in wrap(_words(spans), width - 2)]
        case ListItem(spans, depth, number):
            sign = "- " if number is None else f"{number}. "
            return wrap(_words(spans), width, first="  " * depth + sign)
        case Code(lines):
            return [f"    {line}" for line in lines]
        case Table(rows):
            return align_rows(rows)
        case Image(caption):
            return map(paint.dim, wrap(f"[image: {caption}]" if caption else "[image]", width))


def _words(spans: Sequence[Span]) -> str:
    """The words, each link followed by its number."""
    parts: list[str] = []
    for span, after in zip_longest(spans, spans[1:]):
        words = span.text.rstrip(" ")
        if span.link is not None and (after is None or span.link != after.link):
            parts += (words, f"[{span.link}]", span.text[len(words) :])
        else:
            parts.append(span.text)
    return "".join(parts)


def wrap(text: str, width: int, first: str = "") -> list[str]:
    """Lines of at most ``width`` cells; ``first`` leads the first, the others are indented as far.

    Only a word that is longer than a line is broken.
    """
    indent = " " * cell_width(first)
    room = max(1, width - len(indent))
    lines: list[str] = []
    line = ""
    for word in _short_words(text, room):
        longer = f"{line} {word}" if line else word
        if line and cell_width(longer) > room:
            lines.append(line)
            longer = word
        line = longer
    if line:
        lines.append(line)
    return [(indent if index else first) + each for index, each in enumerate(lines)]


def _short_words(text: str, room: int) -> Iterator[str]:
    for word in text.split():
        while cell_width(word) > room:
            size = 1
            while cell_width(word[: size + 1]) <= room:
                size += 1
            yield word[:size]
            word = word[size:]  # noqa: PLW2901
        yield word
