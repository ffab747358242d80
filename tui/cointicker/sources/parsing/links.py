"""The feeds that a web page names as its own."""

import html
import re

from cointicker.domain.words import SafeText
from cointicker.sources.parsing import Result
from cointicker.text.safe import clean_title, vet_url

MOST_FEEDS = 20
"""Of one page."""

_NAME = 120
_LINK = re.compile(r"<link\b[^<>]{1,2000}>", re.IGNORECASE)
_BASE = re.compile(r"<base\b[^<>]{1,2000}>", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{1,1000})", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""\b(href|title|type|rel)\s*=\s*(?:"([^"]{0,1000})"|'([^']{0,1000})'|([^\s"'<>]{1,1000}))""", re.IGNORECASE
)
_FEED_TYPE = re.compile(r"application/(?:rss\+xml|atom\+xml|feed\+json|rdf\+xml)", re.IGNORECASE)
_FORMAT = re.compile(r"\W*\b(?:rss|atom|rdf|json|xml|feeds?|[012]\.\d+)\b\W*", re.IGNORECASE)
_COMMENTS = re.compile(r"\bcomments?\b|/comments/", re.IGNORECASE)


def page_title(page: str) -> SafeText:
    """The title of a web page, safe; empty where it has none."""
    found = _TITLE.search(page)
    return clean_title(found[1] if found else "", _NAME)


def named_feeds(page: str, url: str) -> list[Result]:
    """The feeds of a page as ``{"url", "title"}``, in its order; ``url`` is the page's own.

    Of feeds that differ only in their format the first is taken, and those of comments only where there is no other.
    """
    base = _base(page, url)
    feeds: dict[str, Result] = {}
    for link in _LINK.finditer(page):
        said = _attributes(link[0])
        target = vet_url(said.get("href"), base=base) if said.get("href") else ""
        alternate = "alternate" in said.get("rel", "").lower().split()
        if target and target != url and alternate and _FEED_TYPE.search(said.get("type", "")):
            feeds.setdefault(target, {"url": target, "title": clean_title(said.get("title", ""), _NAME)})
    return _without_doubles(list(feeds.values()))[:MOST_FEEDS]


def _attributes(tag: str) -> dict[str, str]:
    return {
        found[1].lower(): html.unescape(next(filter(None, found.groups()[1:]), ""))
        for found in reversed(list(_ATTRIBUTE.finditer(tag)))  # of an attribute that is there twice the first counts
    }


def _base(page: str, url: str) -> str:
    tag = _BASE.search(page)
    return (vet_url(_attributes(tag[0]).get("href"), base=url) if tag else "") or url


def _without_doubles(feeds: list[Result]) -> list[Result]:
    own = [feed for feed in feeds if not _COMMENTS.search(f"{feed['title']} {feed['url']}")] or feeds
    kept: dict[str, Result] = {}
    for feed in own:
        name = _FORMAT.sub(" ", feed["title"]).strip().lower()
        kept.setdefault(name if feed["title"] else feed["url"], feed)
    return list(kept.values())
