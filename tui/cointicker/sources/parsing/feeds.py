"""Feeds of every kind as one plain list of entries."""

import re

from cointicker.domain.freshness import Cause
from cointicker.sources.parsing import Result, UnreadableError
from cointicker.sources.parsing.encodings import decode_xml, header_charset
from cointicker.sources.parsing.entries import pack_entries
from cointicker.sources.parsing.json_feeds import read_json_feed
from cointicker.sources.parsing.links import named_feeds, page_title
from cointicker.sources.parsing.paces import read_pace, read_quiet
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


def parse_feed(body: bytes, *, url: str = "", content_type: str = "") -> Result:
    """A feed as ``{"title", "pace", "quiet", "items"}``; raises ``UnreadableError`` where there is none.

    ``url`` resolves relative links; ``content_type`` is the HTTP header. ``pace`` is in seconds or ``None``, ``quiet``
    hours of the week, see ``paces``. ``items`` are as ``entries.pack_entries`` makes them, at most 300, the newest, in
    the order of the feed. A web page that names feeds as its own comes as ``{"title", "feeds"}``, see ``links``.
    """
    if len(body) > MAX_BYTES:
        raise UnreadableError(f"sent more than {MAX_BYTES / 1e6:g} MB", Cause.TOO_LARGE)
    text = decode_xml(body, header_charset(content_type)).lstrip("\ufeff \t\r\n\0")
    if not text:
        raise UnreadableError("sent an empty feed")
    if text[0] in "{[":
        found = read_json_feed(text)
    elif _is_page(text):
        return {"title": page_title(text[:HEAD]), "feeds": _feeds_of_page(text, url)}
    else:
        _expect_xml(text)
        found = read_xml_feed(text)
    base = vet_url(found.link, base=url) or url
    items = pack_entries(found.entries, base)
    if not items:
        raise UnreadableError("sent a feed without entries")
    return {
        "title": clean_title(found.title, _NAME),
        "pace": read_pace(found.ttl, found.period, found.frequency),
        "quiet": read_quiet(text),
        "items": items,
    }


def _is_page(text: str) -> bool:
    head = text[:_HEAD]
    return bool(_HTML.match(head)) and not _FEED.search(head)


def _feeds_of_page(text: str, url: str) -> list[Result]:
    """The feeds that a web page names; raises ``UnreadableError`` where there is none, or the page is a wall."""
    owner = blocked_by({}, text[:HEAD])
    if owner is not None:
        raise blocked(owner)
    feeds = named_feeds(text[:HEAD], url)
    if not feeds:
        raise UnreadableError("sent a web page instead of a feed")
    return feeds


def _expect_xml(text: str) -> None:
    """Raises ``UnreadableError`` for what is not XML at all, or is better not parsed."""
    if _ENTITIES.search(text[:_HEAD]):
        raise UnreadableError("sent a feed that defines entities, as bombs do")
    if not _FEED.search(text[: _HEAD * 16]):
        raise UnreadableError("sent something that is no feed")
