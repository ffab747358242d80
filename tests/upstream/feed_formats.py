# ruff: noqa: E501 - foreign text stands as it is sent
"""The formats of feeds, and the validators that go with them."""

import html
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import formatdate

from upstream.wire import Reply, Request, text_reply

FRESH_FOR = 300
"""Seconds that a feed says it may be kept."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed, before it is written in one format."""

    title: str
    url: str
    identity: str
    at: float
    author: str
    deck: str
    tags: tuple[str, ...]
    text: str = ""
    """The whole article as HTML, where the feed carries it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A feed, before it is written in one format."""

    title: str
    url: str
    site: str
    entries: Sequence[Entry]
    """Newest first."""

    @property
    def updated(self) -> float:
        """Time of the newest entry, Unix seconds."""
        return max((entry.at for entry in self.entries), default=0.0)


def conditional(reply: Reply, updated: float, request: Request) -> Reply:
    """An answer with validators, or 304 to a client that sent the same ones back."""
    etag = f'"{len(reply.body):x}-{int(updated):x}"'
    modified = formatdate(updated, usegmt=True)
    reply = reply.having(etag=etag, last_modified=modified, cache_control=f"public, max-age={FRESH_FOR}")
    asked = request.headers.get("if-none-match")
    if asked == etag or (asked is None and request.headers.get("if-modified-since") == modified):
        return Reply(304, headers={**reply.headers, "content-length": "", "content-type": ""})
    return reply


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(text: str) -> str:
    return html.escape(text, quote=False)


def rss(source: Source) -> Reply:
    """RSS 2.0 with the modules that publishers use."""
    items = "".join(
        f"""<item><title>{_text(entry.title)}</title><link>{_text(entry.url)}?utm_source=rss&amp;utm_medium=feed</link>
<guid isPermaLink="false">{_text(entry.identity)}</guid><pubDate>{formatdate(entry.at)}</pubDate>
<dc:creator><![CDATA[{entry.author}]]></dc:creator><description><![CDATA[<p>{_text(entry.deck)}</p>]]></description>
{"".join(f"<category>{_text(tag)}</category>" for tag in entry.tags)}
{f"<content:encoded><![CDATA[{entry.text}]]></content:encoded>" if entry.text else "<content:encoded/>"}</item>
"""
        for entry in source.entries
    )
    return text_reply(
        f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>{_text(source.title)}</title><link>{_text(source.site)}</link>
<atom:link rel="self" type="application/rss+xml" href="{_text(source.url)}.xml"/><description>Demo</description>
<language>en</language><ttl>5</ttl><lastBuildDate>{formatdate(source.updated)}</lastBuildDate>
{items}</channel></rss>
""",
        kind="application/rss+xml; charset=utf-8",
    )


def atom(source: Source) -> Reply:
    """Atom 1.0, the titles as HTML."""
    entries = "".join(
        f"""<entry><title type="html">{_text(_text(entry.title))}</title><id>tag:upstream.example,2026:{_text(entry.identity)}</id>
<link rel="alternate" type="text/html" href="{html.escape(entry.url)}"/><published>{_iso(entry.at)}</published>
<updated>{_iso(entry.at + 90)}</updated><author><name>{_text(entry.author)}</name></author>
{"".join(f'<category term="{html.escape(tag)}"/>' for tag in entry.tags)}<summary>{_text(entry.deck)}</summary>
{f'<content type="html">{_text(entry.text)}</content>' if entry.text else ""}</entry>
"""
        for entry in source.entries
    )
    return text_reply(
        f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>{_text(source.title)}</title><id>{_text(source.url)}</id>
<link rel="self" href="{_text(source.url)}.atom"/><link href="{_text(source.site)}"/><updated>{_iso(source.updated)}</updated>
{entries}</feed>
""",
        kind="application/atom+xml",
    )


def rdf(source: Source) -> Reply:
    """RSS 1.0."""
    places = "".join(f'<rdf:li rdf:resource="{html.escape(entry.url)}"/>' for entry in source.entries)
    items = "".join(
        f"""<item rdf:about="{html.escape(entry.url)}"><title>{_text(entry.title)}</title><link>{_text(entry.url)}</link>
<description>{_text(entry.deck)}</description><dc:date>{_iso(entry.at)}</dc:date><dc:creator>{_text(entry.author)}</dc:creator>
{"".join(f"<dc:subject>{_text(tag)}</dc:subject>" for tag in entry.tags)}</item>
"""
        for entry in source.entries
    )
    return text_reply(
        f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="{_text(source.site)}"><title>{_text(source.title)}</title>
<link>{_text(source.site)}</link><description>Demo</description><items><rdf:Seq>{places}</rdf:Seq></items></channel>
{items}</rdf:RDF>
""",
        kind="application/rdf+xml",
    )


def json_feed(source: Source) -> Reply:
    """JSON Feed 1.1."""
    items = [
        {
            "id": entry.identity,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.deck,
            "content_html": entry.text or f"<p>{_text(entry.deck)}</p>",
            "date_published": _iso(entry.at),
            "authors": [{"name": entry.author}],
            "tags": list(entry.tags),
        }
        for entry in source.entries
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": source.title,
        "home_page_url": source.site,
        "feed_url": f"{source.url}.json",
        "items": items,
    }
    return text_reply(json.dumps(feed, ensure_ascii=False), kind="application/feed+json")


WRITERS: dict[str, Callable[[Source], Reply]] = {"xml": rss, "atom": atom, "rdf": rdf, "json": json_feed}
"""Ending of the file name → who writes the format."""
