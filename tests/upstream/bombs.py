# ruff: noqa: E501 - foreign text stands as it is sent
"""Bodies that harm whoever takes them whole."""

import gzip
import zlib
from functools import cache
from itertools import pairwise

HIDDEN = 64_000_000
"""Bytes that a bomb unpacks to."""
_CHUNK = b" " * 1_000_000
_RSS = '<?xml version="1.0" encoding="UTF-8"?>{doctype}<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'


@cache
def gzip_bomb(layers: int) -> bytes:
    """White space, packed once or more often."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = b"".join(packer.compress(_CHUNK) for _ in range(HIDDEN // len(_CHUNK))) + packer.flush()
    for _ in range(layers - 1):
        body = gzip.compress(body, 9, mtime=0)
    return body


def entity_bomb() -> str:
    """Billion laughs: a title that is short until it is resolved."""
    names = ["lol", *(f"lol{level}" for level in range(1, 10))]
    entities = '<!ENTITY lol "lol">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
    )
    return _RSS.format(doctype=f"<!DOCTYPE rss [{entities}]>", title="&lol9;", items="")


def quadratic_bomb() -> str:
    """One long entity, used often."""
    doctype = f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>'
    return _RSS.format(doctype=doctype, title="&a;" * 5_000, items="")


def external_entity() -> str:
    """An entity that names a file of the reader."""
    doctype = '<!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    return _RSS.format(doctype=doctype, title="[&file;]", items="")


@cache
def huge_feed() -> str:
    """A correct feed of 10,000 entries, more than 4 MB."""
    item = (
        "<item><title>Block {n} is found</title><link>https://feeds.example/{n}</link><guid>{n}</guid>"
        "<pubDate>Wed, 14 Jan 2026 20:00:00 GMT</pubDate><description>"
        + "Nothing else happened. " * 12
        + "</description></item>"
    )
    return _RSS.format(doctype="", title="Everything", items="".join(item.format(n=n) for n in range(10_000)))


def slow_author() -> str:
    """An author of 64 KB that feedparser's pattern for mail addresses takes minutes over (kurtmckee/feedparser#562)."""
    author = "a" * 65_536
    item = f"<item><title>A long name</title><link>https://feeds.example/1</link><author>{author}</author></item>"
    return _RSS.format(doctype="", title="Authors", items=item)


def deep_html() -> str:
    """A page of 20,000 elements within each other."""
    return (
        "<html><body><article>"
        + "<div>" * 20_000
        + "<p>Deep down.</p>"
        + "</div>" * 20_000
        + "</article></body></html>"
    )


def deep_json() -> str:
    """Lists within lists, deeper than a parser that recurses can go."""
    return "[" * 100_000 + "]" * 100_000
