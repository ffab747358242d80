"""Articles out of web pages."""

from collections.abc import Iterator

from cointicker.domain.news import Block, Paragraph, Span
from cointicker.sources.parsing import Result, UnreadableError
from cointicker.sources.parsing.blocks import MAX_BLOCKS, Readable, parse_html, read_blocks
from cointicker.sources.parsing.contents import MAX_CHARACTERS, pack_article
from cointicker.sources.parsing.encodings import decode_html, header_charset
from cointicker.sources.parsing.extraction import ENOUGH, extract
from cointicker.sources.parsing.figures import find_figures, place_figures
from cointicker.sources.parsing.metadata import read_metadata
from cointicker.sources.parsing.walls import blocked, blocked_by, no_text, wants_money
from cointicker.text.blocks import plain_text
from cointicker.text.safe import TEXT_LIMIT, clean
from cointicker.text.titles import drop_title

TOO_SHORT = 120
"""Characters of text; what is shorter is a teaser or a remnant, no article."""
TEASER = 500
"""Characters of text; so little beside a call for subscribers is what anybody may read, not the article."""


def parse_page(body: bytes, *, url: str = "", content_type: str = "") -> Result:
    """The article in a web page, with the keys of ``pack_article``; raises ``UnreadableError`` where there is none.

    ``url`` resolves relative links; ``content_type`` is the HTTP header.
    """
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
    # What a page's data say is its text has paragraphs; where trafilatura falls back on it, they are lost.
    if len(metadata.foreign_body) > max(length - 1, TOO_SHORT) and (length < ENOUGH or len(found.blocks) == 1):
        found = Readable(list(_paragraphs(metadata.foreign_body)))
    elif length < TOO_SHORT or (length < TEASER and wants_money(page)):
        raise no_text(page)
    found.blocks = place_figures(found.blocks, find_figures(root, url))[:MAX_BLOCKS]
    return pack_article(found, metadata)


def _paragraphs(text: str) -> Iterator[Block]:
    for line in text[:TEXT_LIMIT].splitlines():
        words = clean(line, TEXT_LIMIT)
        if words:
            yield Paragraph((Span(words),))
