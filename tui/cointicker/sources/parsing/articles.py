"""Articles out of web pages and out of the HTML that feeds carry."""

from collections.abc import Sequence

from cointicker.domain.news import Block, Paragraph, Span
from cointicker.sources.parsing import Result, UnreadableError
from cointicker.sources.parsing.blocks import Readable, drop_title, parse_html, read_blocks
from cointicker.sources.parsing.encodings import decode_html, header_charset
from cointicker.sources.parsing.metadata import Metadata, read_metadata
from cointicker.sources.parsing.walls import blocked, blocked_by, no_text
from cointicker.text.blocks import count_words, pack_block, pack_link, plain_text
from cointicker.text.safe import TEXT_LIMIT, clean

MAX_CHARACTERS = 3_000_000
"""Of a page; what follows is not looked at."""

_TOO_SHORT = 120
"""Characters of text; what is shorter is a teaser or a remnant, no article."""
_ENOUGH = 300


def parse_page(body: bytes, *, url: str = "", content_type: str = "") -> Result:
    """The article in a web page; raises ``UnreadableError`` where there is none.

    ``{"title", "author", "site", "published", "words", "blocks", "links"}``; ``text.blocks`` packed the last two.
    ``url`` resolves relative links; ``content_type`` is the HTTP header.
    """
    from cointicker.sources.parsing.extraction import extract  # noqa: PLC0415  feeds and their texts do without it

    page = decode_html(body, header_charset(content_type))[:MAX_CHARACTERS]
    owner = blocked_by({}, page)
    if owner is not None:
        raise blocked(owner)
    root = parse_html(page)
    if root is None:
        raise UnreadableError("sent an empty page")
    metadata = read_metadata(root)
    article = extract(root)
    found = read_blocks(article, url) if article is not None else Readable()
    found.blocks = drop_title(found.blocks, metadata.title)
    length = len(plain_text(found.blocks))
    if length < _ENOUGH and len(metadata.foreign_body) > max(length, _TOO_SHORT):
        found = Readable(list(_paragraphs(metadata.foreign_body)))
    elif length < _TOO_SHORT:
        raise no_text(page)
    return _pack(found, metadata)


def parse_content(body: bytes, *, url: str = "") -> Result:
    """The blocks of HTML that is an article and nothing else, as feeds carry it, in UTF-8."""
    root = parse_html(body.decode("utf-8", "replace")[:MAX_CHARACTERS])
    found = read_blocks(root, url) if root is not None else Readable()
    if not found.blocks:
        raise UnreadableError("sent an article without text")
    return _pack(found, Metadata())


def _paragraphs(text: str) -> Sequence[Block]:
    lines = (clean(line, TEXT_LIMIT) for line in text.splitlines())
    return [Paragraph((Span(line),)) for line in lines if line]


def _pack(found: Readable, metadata: Metadata) -> Result:
    return {
        "title": metadata.title,
        "author": metadata.author,
        "site": metadata.site,
        "published": metadata.published,
        "words": count_words(found.blocks),
        "blocks": [pack_block(block) for block in found.blocks],
        "links": [pack_link(link) for link in found.links],
    }
