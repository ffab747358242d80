"""Articles out of the HTML that feeds carry, and how an article goes through the worker's pipe."""

from cointicker.sources.parsing import Result, UnreadableError
from cointicker.sources.parsing.blocks import Readable, parse_html, read_blocks
from cointicker.sources.parsing.metadata import Metadata
from cointicker.text.blocks import count_words, pack_block, pack_link

MAX_CHARACTERS = 3_000_000
"""Of a document; what follows is not looked at."""


def parse_content(body: bytes, *, url: str = "") -> Result:
    """The blocks of HTML that is an article and nothing else, as feeds carry it, in UTF-8.

    The keys are those of ``pack_article``; ``url`` resolves relative links. Raises ``UnreadableError`` for no text.
    """
    root = parse_html(body.decode("utf-8", "replace")[:MAX_CHARACTERS])
    found = read_blocks(root, url) if root is not None else Readable()
    if not found.blocks:
        raise UnreadableError("sent an article without text")
    return pack_article(found, Metadata())


def pack_article(found: Readable, metadata: Metadata) -> Result:
    """``{"title", "author", "site", "published", "words", "blocks", "links"}``; ``text.blocks`` packed the last two."""
    return {
        "title": metadata.title,
        "author": metadata.author,
        "site": metadata.site,
        "published": metadata.published,
        "words": count_words(found.blocks),
        "blocks": [pack_block(block) for block in found.blocks],
        "links": [pack_link(link) for link in found.links],
    }
