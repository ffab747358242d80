"""An article, or a link to it, as Markdown (CommonMark; tables as GitHub writes them)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

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
    Tone,
)
from cointicker.text.numbers import format_moment

_SIGNS = re.compile(r"([\\`*_\[\]<>|~])|&(?=[#\w]+;)")
_LINE_START = re.compile(r"^(\s*)([#+-](?=\s|$)|=+$|-+$)")
_NUMBER_START = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)")
_HEADING_END = re.compile(r"(^|\s)(#+\s*)$")
_MARKS = {Tone.STRONG: "**", Tone.EMPHASIS: "*"}


def markdown_link(title: str, url: str) -> str:
    """``[title](url)``; the title alone where there is no address."""
    return f"[{_escape(title)}]({_target(url)})" if url else _escape(title)


def markdown_article(article: Article) -> str:
    """Title, by-line and text; links stand where the article has them."""
    links = {link.number: link.url for link in article.links}
    title = markdown_link(article.title, article.url)
    byline = [_escape(part) for part in (article.source, article.author) if part]
    if article.published is not None:
        byline.append(format_moment(article.published))
    head = f"# {title}\n\n{' · '.join(byline)}\n"
    return head + "".join(_blocks(article.blocks, links)) + "\n"


def _blocks(blocks: Sequence[Block], links: Mapping[int, str]) -> Iterator[str]:
    for before, block in pairwise((None, *blocks)):
        text = _block(block, links) if block is not None else ""
        if text:
            listed = isinstance(block, ListItem) and isinstance(before, ListItem)
            quoted = isinstance(block, Quotation) and isinstance(before, Quotation)
            yield ("\n" if listed else "\n>\n" if quoted else "\n\n") + text


def _block(block: Block, links: Mapping[int, str]) -> str:
    match block:
        case Heading(spans, level):
            words = _HEADING_END.sub(r"\1\\\2", _spans(spans, links))
            return f"{'#' * max(2, min(level, 6))} {words}"
        case Paragraph(spans):
            return _guard(_spans(spans, links))
        case Quotation(spans):
            return f"> {_guard(_spans(spans, links))}"
        case ListItem(spans, depth, number):
            sign = "-" if number is None else f"{number}."
            return f"{'    ' * depth}{sign} {_guard(_spans(spans, links))}"
        case Code(lines):
            fence = "`" * (max((len(run) for line in lines for run in re.findall(r"`+", line)), default=2) + 1)
            fence = fence if len(fence) > 2 else "```"
            return "\n".join((fence, *lines, fence))
        case Table(rows):
            return _table(rows)
        case Image(caption, url):
            return f"![{_escape(caption)}]({_target(url)})" if url else ""


def _spans(spans: Iterable[Span], links: Mapping[int, str]) -> str:
    """Runs of words; a mark stands close to its words, blanks outside of it."""
    parts: list[str] = []
    for span in spans:
        words = span.text.strip(" ")
        if not words:
            parts.append(span.text)
            continue
        text = _code(words) if span.tone is Tone.CODE else _escape(words)
        mark = _MARKS.get(span.tone, "")
        text = f"{mark}{text}{mark}"
        address = links.get(span.link, "") if span.link is not None else ""
        text = f"[{text}]({_target(address)})" if address else text
        before, _, _ = span.text.partition(words)
        parts.append(before + text + span.text[len(before) + len(words) :])
    return "".join(parts)


def _code(words: str) -> str:
    fence = "`" * (max((len(run) for run in re.findall(r"`+", words)), default=0) + 1)
    pad = " " if "`" in (words[0], words[-1]) else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    """The first row is the head, which a table must have."""
    if not rows or not rows[0]:
        return ""
    lines = [f"| {' | '.join(map(_escape, row))} |" for row in rows]
    return "\n".join((lines[0], f"|{' --- |' * len(rows[0])}", *lines[1:]))


def _guard(text: str) -> str:
    """Words that would begin a list, a heading or a rule if they were not guarded."""
    return _NUMBER_START.sub(r"\1\\\2", _LINE_START.sub(r"\1\\\2", text))


def _escape(text: str) -> str:
    return _SIGNS.sub(lambda found: f"\\{found[0]}", text)


def _target(url: str) -> str:
    """A vetted address, which has no blanks or angle brackets, where brackets do not end it."""
    return url.replace("(", "%28").replace(")", "%29")
