"""Entries of feeds, still foreign, and what is made of them: safe, bounded, JSON values only."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from cointicker.domain.words import EMPTY, SafeText
from cointicker.sources.parsing import Result
from cointicker.sources.parsing.dates import parse_date
from cointicker.sources.parsing.markup import cut_elements
from cointicker.sources.parsing.repairs import MAX_CATEGORIES, MAX_ITEMS
from cointicker.text.safe import clean, clean_title, shown_host, vet_url

DECK_LIMIT = 600
"""Characters of a summary."""
CONTENT_LIMIT = 200_000
"""Characters of an entry's own HTML; longer ones are left out, the page has them too."""
CONTENTS_LIMIT = 4_000_000
"""Characters of the HTML of all entries together."""

_SHORT = 60
"""Characters of a tag or an author's name."""
_MOST_AUTHORS = 5
_STAND_IN = 100
"""Characters of a deck that stands in for a missing title."""
_IDENTITY = 2_048
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|cmpid", re.IGNORECASE)
_UNSEEN = ("script", "style", "figure", "table", "svg")
"""Elements of a text that its summary does without."""
_BREAKS = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|blockquote|tr|td|hr|section|article)\b[^<>]{0,2000}>", re.IGNORECASE
)
_APPENDED = re.compile(
    r"\s*The post .{1,300} (?:first appeared|appeared first) on .{1,100}$|\s*(?:Read|Continue) (?:more|reading)\W*$"
)


@dataclass(slots=True)
class Entry:
    """What a feed says of one entry. All of it is foreign and may be of any type."""

    identity: Any
    link: Any
    title: Any
    summary: Any
    published: Any
    updated: Any
    contents: list[str] = field(default_factory=list)
    """Its own text as HTML, in several versions."""
    authors: list[Any] = field(default_factory=list)
    tags: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class FoundFeed:
    """What a document says as a feed, foreign as well."""

    title: Any
    link: Any
    ttl: Any
    """Minutes."""
    entries: list[Entry]
    period: Any = None
    """``sy:updatePeriod``: hourly, daily and so on."""
    frequency: Any = None
    """``sy:updateFrequency``: so often in a period."""


def pack_entries(entries: Sequence[Entry], base: str) -> list[Result]:
    """The newest ``MAX_ITEMS`` entries in the order of the feed, each once; ``base`` resolves relative links.

    ``key`` tells entries of one feed apart and stays the same over visits; ``foreign_html`` is the entry's own text,
    empty where it has no more than the deck. Times are Unix seconds or ``None``.
    """
    shared = Counter(_identity(entry) for entry in entries)
    items: dict[str, Result] = {}
    for entry in entries:
        item = _pack(entry, base)
        if item is None:
            continue
        identity = _identity(entry)
        alone = identity and shared[identity] == 1
        item["key"] = identity if alone else _hash(identity, item["url"] or f"{item['title']}\n{item['published']}")
        items.setdefault(item["key"], item)
    newest = sorted(items.values(), key=lambda item: item["published"] or 0.0, reverse=True)[:MAX_ITEMS]
    _bound_contents(newest)
    kept = {item["key"] for item in newest}
    return [item for key, item in items.items() if key in kept]


def _pack(entry: Entry, base: str) -> Result | None:
    url = vet_url(entry.link, base)
    text = _plain(entry.summary)
    content = max(entry.contents, key=len, default="")
    if not text:
        text = _plain(content[: DECK_LIMIT * 20])
    deck = clean(text, DECK_LIMIT)
    title = clean_title(entry.title) or clean(deck, _STAND_IN) or shown_host(url)
    if not title:
        return None
    if not content and isinstance(entry.summary, str) and len(text) > DECK_LIMIT:
        content = entry.summary
    published, updated = parse_date(entry.published), parse_date(entry.updated)
    return {
        "url": url,
        "title": title,
        "deck": EMPTY if deck == title else deck,
        "author": ", ".join(_names(entry.authors, _MOST_AUTHORS)),
        "tags": list(_names(entry.tags, MAX_CATEGORIES)),
        "published": published,
        "updated": updated if published is None or (updated is not None and updated > published) else None,
        "foreign_html": content if len(content) <= CONTENT_LIMIT else "",
    }


def _bound_contents(newest_first: Sequence[Result]) -> None:
    left = CONTENTS_LIMIT
    for item in newest_first:
        left -= len(item["foreign_html"])
        if left < 0:
            item["foreign_html"] = ""


def _plain(raw: Any) -> str:
    """HTML, or text that might be, as one line of text, not yet safe."""
    if not isinstance(raw, str):
        return ""
    text = _BREAKS.sub(" ", cut_elements(raw[: DECK_LIMIT * 50], _UNSEEN))
    return _APPENDED.sub("", clean_title(text, DECK_LIMIT * 3))


def _names(raw: Sequence[Any], most: int) -> Iterator[SafeText]:
    names = dict.fromkeys(clean_title(name, _SHORT) for name in raw[: most * 4])
    names.pop(EMPTY, None)
    yield from list(names)[:most]


def _identity(entry: Entry) -> str:
    """The entry's own identity, else its address, without what only counts visits; empty where it has neither."""
    for raw in (entry.identity, entry.link):
        if isinstance(raw, str) and raw.strip():
            text = raw.strip()[:_IDENTITY]
            return _untracked(text) if "?" in text else html.unescape(clean(text, _IDENTITY))
    return ""


def _untracked(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return clean(address, _IDENTITY)
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(name)
    ]
    return clean(urlunsplit(parts._replace(query=urlencode(kept))), _IDENTITY)


def _hash(*parts: str) -> str:
    return blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()
