"""What a page says about itself: in meta elements and in JSON-LD (schema.org)."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.etree import _Element

from cointicker.domain.words import EMPTY, SafeText
from cointicker.sources.parsing.dates import parse_date
from cointicker.sources.parsing.tables import text_of
from cointicker.text.safe import clean, clean_title

_ARTICLE = re.compile(
    r"(?:News|Blog|Opinion|Analysis|Report|Tech|Scholarly|Review|Satirical|Advertiser)?\w*(?:Article|BlogPosting|Posting)"
)
_LONGEST_JSON = 500_000
_DEEPEST = 6
_NAME = 120
_MOST_AUTHORS = 5
_ADDRESS = re.compile(r"https?://|www\.|@\w+\.", re.IGNORECASE)
_BY = re.compile(r"^(?:by|von|par|por)\s+", re.IGNORECASE)
_TITLE_END = re.compile(r"\s+[|–—·»-]\s+[^|–—·»]{2,40}$")
_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title")
_SITES = ("og:site_name", "application-name")
_AUTHORS = ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl")
_DATES = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "parsely-pub-date", "pubdate",
    "publishdate", "sailthru.date", "og:published_time", "article.published", "publish_date",
)  # fmt: skip


@dataclass(slots=True)
class Metadata:
    """What was found, safe; empty where the page does not say."""

    title: SafeText = EMPTY
    author: SafeText = EMPTY
    site: SafeText = EMPTY
    published: float | None = None
    """Unix seconds."""
    foreign_body: str = ""
    """The article's whole text as JSON-LD gives it, foreign."""


def read_metadata(root: _Element) -> Metadata:
    """The title, authors, site and date of a page."""
    meta = _meta_elements(root)
    article = next((data for data in _linked_data(root) if _ARTICLE.fullmatch(_kind(data))), {})
    body = article.get("articleBody")
    return Metadata(
        title=_title(root, meta, article),
        author=_author(root, meta, article),
        site=_site(meta, article),
        published=_published(root, meta, article),
        foreign_body=body if isinstance(body, str) else "",
    )


def _meta_elements(root: _Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _linked_data(root: _Element) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        text = script.text or ""
        if script.get("type", "").strip().lower() != "application/ld+json" or len(text) > _LONGEST_JSON:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(data, 0)


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for part in data[:50]:
            yield from _objects(part, depth + 1)
    elif isinstance(data, dict):
        yield data
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(data.get(name), depth + 1)


def _kind(data: dict[str, Any]) -> str:
    kind = data.get("@type")
    if isinstance(kind, list):
        kind = kind[0] if kind else ""
    return kind if isinstance(kind, str) else ""


def _title(root: _Element, meta: dict[str, str], article: dict[str, Any]) -> SafeText:
    headings = [text_of(heading, " ") for heading in root.iter("h1")]
    stated = clean_title(article.get("headline")) or next(
        (clean_title(meta[name]) for name in _TITLES if name in meta), EMPTY
    )
    element = next(root.iter("title"), None)
    if stated:
        return _without_site(stated, headings)
    if len(headings) == 1 and clean(headings[0]):
        return clean(headings[0])
    return clean(_TITLE_END.sub("", clean(element.text))) if element is not None else EMPTY


def _without_site(title: SafeText, headings: list[str]) -> SafeText:
    """The title as the page's heading has it, where the two differ only by the name of the site at the end."""
    short = clean(_TITLE_END.sub("", title))
    return short if short != title and any(clean(heading) == short for heading in headings) else title


def _author(root: _Element, meta: dict[str, str], article: dict[str, Any]) -> SafeText:
    stated = article.get("author")
    names = [_person(person) for person in (stated if isinstance(stated, list) else [stated])]
    if not any(names):
        names = [_person(meta[name]) for name in _AUTHORS if name in meta][:1]
    if not any(names):
        names = [_person(text_of(element, " ")) for element in root.iter("a") if element.get("rel") == "author"][:1]
    unique = [name for name in dict.fromkeys(names) if name]
    return clean(", ".join(unique[:_MOST_AUTHORS]))


def _person(data: Any) -> SafeText:
    if isinstance(data, dict):
        data = data.get("name")
    if isinstance(data, list):
        data = ", ".join(part for part in data if isinstance(part, str))
    name = clean(_BY.sub("", clean_title(data, _NAME)), _NAME)
    return EMPTY if _ADDRESS.search(name) else name


def _site(meta: dict[str, str], article: dict[str, Any]) -> SafeText:
    publisher = article.get("publisher")
    stated = publisher.get("name") if isinstance(publisher, dict) else None
    return next((site for name in _SITES if (site := clean_title(meta.get(name), _NAME))), clean_title(stated, _NAME))


def _published(root: _Element, meta: dict[str, str], article: dict[str, Any]) -> float | None:
    candidates: list[Any] = [article.get("datePublished"), *(meta.get(name) for name in _DATES)]
    candidates += [element.get("datetime") for element in root.iter("time")][:1]
    return next((moment for moment in map(parse_date, candidates) if moment is not None), None)
