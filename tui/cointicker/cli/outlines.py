"""Feeds as OPML 2.0, which other programs read."""

from collections.abc import Iterable, Iterator
from email.utils import formatdate
from xml.sax.saxutils import quoteattr

from cointicker.domain.news import Feed


def opml(feeds: Iterable[tuple[Feed, str]], now: float) -> str:
    """A document of feeds, each with what it is called; ``now``: Unix seconds.

    A feed stands in an outline of its first category and names all of them as OPML has it. Headers, which may hold a
    password, and other settings of ours are left out.
    """
    groups: dict[str, list[str]] = {}
    for feed, name in feeds:
        groups.setdefault(next(iter(feed.categories), ""), []).append(_outline(feed, name))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', "  <head>"]
    lines += ["    <title>Feeds of cointicker</title>", f"    <dateCreated>{formatdate(now)}</dateCreated>"]
    lines += ["  </head>", "  <body>", *_body(groups), "  </body>", "</opml>"]
    return "\n".join(lines) + "\n"


def _body(groups: dict[str, list[str]]) -> Iterator[str]:
    for category, outlines in groups.items():
        if not category:
            yield from (f"    {outline}" for outline in outlines)
            continue
        yield f"    <outline text={quoteattr(category)}>"
        yield from (f"      {outline}" for outline in outlines)
        yield "    </outline>"


def _outline(feed: Feed, name: str) -> str:
    said = {"type": "rss", "text": name, "title": name, "xmlUrl": feed.url}
    if feed.categories:
        said["category"] = ",".join(f"/{category}" for category in feed.categories)
    return f"<outline {' '.join(f'{key}={quoteattr(value)}' for key, value in said.items())}/>"
