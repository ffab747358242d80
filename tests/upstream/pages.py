# ruff: noqa: E501 - foreign text stands as it is sent
"""Article pages as web sites build them: the text in the middle of everything that is not the text."""

import html
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby

from cointicker.domain.news import (
    Block,
    Code,
    Heading,
    Image,
    Link,
    ListItem,
    Paragraph,
    Quotation,
    Span,
    Table,
    Tone,
)
from cointicker.sources.demo_outlets import OUTLETS, Outlet
from cointicker.sources.demo_press import Piece
from upstream.specials import SPECIALS
from upstream.wire import Reply, html_reply
from upstream.world import World

_TAGS = {Tone.STRONG: "strong", Tone.EMPHASIS: "em", Tone.CODE: "code"}
_EXTRAS = """
<figure><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/pictures/site.png" alt="A hall" width="800">
<figcaption>A hall that nobody built.</figcaption></figure>
<h2>How it is counted</h2>
<ul><li>By the block:<ul><li>its time, as the finder sets it</li><li>its fees</li></ul></li><li>By the day</li></ul>
<pre><code>share = found / total
    if total else 0</code></pre>
"""


def paper(outlet: Outlet) -> str:
    """The name of an outlet in this server's addresses."""
    return outlet.host.removesuffix(".example")


def article_path(piece: Piece) -> str:
    """Where this server shows a piece."""
    return f"/articles/{paper(piece.outlet)}--{piece.url.rsplit('/', 1)[1]}"


def answer(world: World, slug: str, base: str, now: float) -> Reply:
    """The page of a slug; ``base`` is the server's own address without a slash at its end."""
    if slug in SPECIALS:
        return SPECIALS[slug].reply
    name, _, rest = slug.partition("--")
    outlet = next((outlet for outlet in OUTLETS if paper(outlet) == name), None)
    piece = world.press.piece(f"https://{outlet.host}/{rest}", now) if outlet is not None else None
    if piece is None:
        return html_reply("<html><title>Page not found</title><h1>404</h1><p>Nothing here.</p></html>", 404)
    return html_reply(_page(world, piece, base, now), cache_control="max-age=60")


def article_html(world: World, piece: Piece, base: str, now: float) -> str:
    """The text alone, as a feed with full texts carries it."""
    page = world.articles.page(piece, now)
    return "\n".join(_blocks(page.blocks, page.links, base))


def local(url: str, base: str) -> str:
    """The address on this server of a page of the demo world."""
    for outlet in OUTLETS:
        if url.startswith(f"https://{outlet.host}/"):
            return f"{base}/articles/{paper(outlet)}--{url.rsplit('/', 1)[1]}"
    return url


def _blocks(blocks: Iterable[Block], links: Sequence[Link], base: str) -> Iterator[str]:
    targets = {link.number: local(link.url, base) for link in links}
    for is_list, group in groupby(blocks, key=lambda block: isinstance(block, ListItem)):
        if is_list:
            yield from _list(group, targets)
        else:
            yield from (_block(block, targets) for block in group)


def _list(items: Iterable[Block], targets: dict[int, str]) -> Iterator[str]:
    for numbered, group in groupby(items, key=lambda item: isinstance(item, ListItem) and item.number is not None):
        tag = "ol" if numbered else "ul"
        rows = "".join(f"<li>{_spans(item.spans, targets)}</li>" for item in group if isinstance(item, ListItem))
        yield f"<{tag}>{rows}</{tag}>"


def _block(block: Block, targets: dict[int, str]) -> str:
    match block:
        case Heading(spans, level):
            return f"<h{level}>{_spans(spans, targets)}</h{level}>"
        case Paragraph(spans):
            return f"<p>{_spans(spans, targets)}</p>"
        case Quotation(spans):
            return f"<blockquote><p>{_spans(spans, targets)}</p></blockquote>"
        case Table(rows, header):
            return (
                "<table>"
                + "".join(_row(row, head=header and index == 0) for index, row in enumerate(rows))
                + "</table>"
            )
        case Code(lines):
            return f"<pre><code>{html.escape(chr(10).join(lines))}</code></pre>"
        case Image(caption, url):
            return f'<figure><img src="{html.escape(url)}"><figcaption>{html.escape(caption)}</figcaption></figure>'
        case ListItem():
            raise AssertionError("lists are written by the group")


def _row(cells: Iterable[str], *, head: bool) -> str:
    tag = "th" if head else "td"
    return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"


def _spans(spans: Iterable[Span], targets: dict[int, str]) -> str:
    return "".join(_span(span, targets) for span in spans)


def _span(span: Span, targets: dict[int, str]) -> str:
    text = html.escape(span.text, quote=False)
    if tag := _TAGS.get(span.tone):
        text = f"<{tag}>{text}</{tag}>"
    if span.link is not None:
        text = f'<a href="{html.escape(targets[span.link])}">{text}</a>'
    return text


def _page(world: World, piece: Piece, base: str, now: float) -> str:
    title, site = html.escape(piece.title), html.escape(piece.outlet.name)
    published = datetime.fromtimestamp(piece.at, UTC)
    others = world.press.pieces(piece.outlet, now)[:6]
    teasers = "".join(f'<li><a href="{base}{article_path(each)}">{html.escape(each.title)}</a></li>' for each in others)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | {site}</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="{site}">
<meta property="og:type" content="article"><meta name="author" content="{html.escape(piece.author)}">
<meta property="article:published_time" content="{published:%Y-%m-%dT%H:%M:%SZ}">
<link rel="canonical" href="{base}{article_path(piece)}">
<script>window.dataLayer = window.dataLayer || [];</script><style>nav a {{ color: teal }}</style></head>
<body><div id="cookie-bar" class="cookie-consent" role="dialog">We value your privacy. <button>Accept all</button></div>
<header><nav class="main-nav"><ul><li><a href="/">Home</a></li><li><a href="/markets">Markets</a></li>
<li><a href="/newsletter">Newsletter</a></li></ul></nav></header>
<main><article><h1>{title}</h1>
<div class="byline">By <a rel="author" href="/author">{html.escape(piece.author)}</a>
<time datetime="{published:%Y-%m-%dT%H:%M:%SZ}">{published:%d %B %Y, %H:%M} UTC</time></div>
<div class="share-row"><a href="https://social.example/share?u=1">Share</a> <button>Copy link</button></div>
<div class="article-body">
{article_html(world, piece, base, now)}
{_EXTRAS}</div>
<div class="newsletter-signup"><p>Get the best of {site} in your inbox.</p><form><input type="email"></form></div></article>
<aside class="related"><h3>Most read</h3><ul>{teasers}</ul></aside></main>
<footer><p>Copyright nobody. All rights imagined.</p></footer></body></html>
"""
