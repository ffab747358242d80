"""Feeds of every kind as one plain list of entries."""

import html
import re
from typing import Any

from cointicker.domain.freshness import Cause
from cointicker.sources.parsing import Result, UnreadableError
from cointicker.sources.parsing.encodings import decode_xml, header_charset
from cointicker.sources.parsing.entries import pack_entries
from cointicker.sources.parsing.json_feeds import read_json_feed
from cointicker.sources.parsing.walls import HEAD, blocked, blocked_by
from cointicker.sources.parsing.xml_feeds import read_xml_feed
from cointicker.text.safe import clean_title, vet_url

MAX_BYTES = 5_000_000

_HEAD = 4_096
_NAME = 120
"""Characters of a feed's own title."""
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,500}\?>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(r"<(?:[\w-]+:)?(?:rss|feed|rdf|channel|item|entry)[\s>]", re.IGNORECASE)
_ENTITIES = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_LINK = re.compile(r"<link\b[^<>]{1,2000}>", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s<>]{1,1000})""", re.IGNORECASE)
_FEED_TYPE = re.compile(r"application/(?:rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)
_LONGEST_WAIT = 7 * 24 * 60
"""Minutes; a longer ttl is a mistake."""


def parse_feed(body: bytes, *, url: str = "", content_type: str = "") -> Result:
    """A feed as ``{"title", "ttl", "items"}``; raises ``UnreadableError`` where there is none.

    ``url`` resolves relative links; ``content_type`` is the HTTP header. ``ttl`` is in seconds or ``None``.
    ``items`` are as ``entries.pack_entries`` makes them, at most 300, the newest, in the order of the feed.
    """
    if len(body) > MAX_BYTES:
        raise UnreadableError(f"sent more than {MAX_BYTES / 1e6:g} MB", Cause.TOO_LARGE)
    text = decode_xml(body, header_charset(content_type)).lstrip("\ufeff \t\r\n\0")
    if not text:
        raise UnreadableError("sent an empty feed")
    if text[0] in "{[":
        found = read_json_feed(text)
    else:
        _expect_xml(text, url)
        found = read_xml_feed(text)
    base = vet_url(found.link, base=url) or url
    items = pack_entries(found.entries, base)
    if not items:
        raise UnreadableError("sent a feed without entries")
    return {"title": clean_title(found.title, _NAME), "ttl": _seconds(found.ttl), "items": items}


def _expect_xml(text: str, url: str) -> None:
    """Raises ``UnreadableError`` for what is not XML at all, or is better not parsed."""
    head = text[:_HEAD]
    if _HTML.match(head) and not _FEED.search(head):
        owner = blocked_by({}, text[:HEAD])
        raise blocked(owner) if owner is not None else _web_page(text[:HEAD], url)
    if _ENTITIES.search(head):
        raise UnreadableError("sent a feed that defines entities, as bombs do")
    if not _FEED.search(text[: _HEAD * 16]):
        raise UnreadableError("sent something that is no feed")


def _web_page(text: str, url: str) -> UnreadableError:
    """The words for a web page, with the feed that it names as its own."""
    for link in _LINK.finditer(text):
        href = _HREF.search(link[0])
        target = vet_url(html.unescape(href[1]), base=url) if href and _FEED_TYPE.search(link[0]) else ""
        if target:
            return UnreadableError(f"sent a web page instead of a feed; it names {target} as its feed")
    return UnreadableError("sent a web page instead of a feed")


def _seconds(minutes: Any) -> float | None:
    try:
        value = float(minutes)
    except (TypeError, ValueError):
        return None
    return value * 60 if 0 < value <= _LONGEST_WAIT else None
