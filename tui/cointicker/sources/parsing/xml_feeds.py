"""RSS, Atom and RDF, read by feedparser out of mended text."""

import io
from collections.abc import Iterator
from typing import Any

import feedparser

from cointicker.sources.parsing.entries import Entry, FoundFeed
from cointicker.sources.parsing.repairs import mend

_HEADERS = {"content-type": "application/xml; charset=utf-8"}


def read_xml_feed(text: str) -> FoundFeed:
    """The entries of a feed; none where it is not one."""
    # Given text or a bare address, feedparser opens files and connections: it gets an open stream of bytes, always.
    stream = io.BytesIO(mend(text).encode("utf-8", "replace"))
    found = feedparser.parse(stream, response_headers=_HEADERS, sanitize_html=False, resolve_relative_uris=False)
    head = found.get("feed") or {}
    return FoundFeed(
        title=_own(head, "title"),
        link=_own(head, "link"),
        ttl=_own(head, "ttl"),
        entries=[_entry(raw) for raw in found.get("entries") or ()],
        period=_own(head, "sy_updateperiod"),
        frequency=_own(head, "sy_updatefrequency"),
    )


def _own(raw: Any, name: str) -> Any:
    """A field that is there itself; feedparser's own look-up substitutes others, with a warning."""
    return dict.get(raw, name)


def _entry(raw: Any) -> Entry:
    summary = _own(raw, "summary")
    contents = [_own(part, "value") for part in _own(raw, "content") or ()]
    published, updated = _own(raw, "published"), _own(raw, "updated")
    return Entry(
        identity=_own(raw, "id"),
        link=_own(raw, "feedburner_origlink") or _own(raw, "link"),
        title=_own(raw, "title"),
        summary=summary,
        contents=[content for content in contents if isinstance(content, str) and content != summary],
        authors=list(_authors(raw)),
        tags=[_own(tag, "label") or _own(tag, "term") for tag in _own(raw, "tags") or ()],
        published=published or updated,
        updated=updated,
    )


def _authors(raw: Any) -> Iterator[Any]:
    authors = _own(raw, "authors") or ()
    for author in authors:
        yield _own(author, "name") or _own(author, "email")
    if not any(authors):
        yield _own(raw, "author")
