"""OPML: the feeds of another program, out of nested outlines."""

import re

from lxml import etree

from cointicker.domain.freshness import Cause
from cointicker.sources.parsing import MAX_OUTLINE, Result, UnreadableError
from cointicker.sources.parsing.encodings import decode_xml
from cointicker.text.safe import clean_title, vet_url

MOST_FEEDS = 1_000
_NAME = 120
_MOST_CATEGORIES = 12
_DEEPEST = 12
"""Levels of outlines whose names count as categories."""
_HEAD = 4_096
_ENTITIES = re.compile(r"<!(?:ENTITY|DOCTYPE[^>]{0,1000}\[)", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,500}\?>")
_OPML = re.compile(r"<opml\b", re.IGNORECASE)


def parse_outline(body: bytes) -> Result:
    """``{"feeds": [{"url", "title", "categories"}]}``, each address once; raises ``UnreadableError`` for none.

    ``categories`` are the names of the outlines around a feed, the outermost first, then those that it names itself:
    safe, and not yet ours. Feeds without an http or https address are left out.
    """
    if len(body) > MAX_OUTLINE:
        raise UnreadableError(f"is larger than {MAX_OUTLINE / 1e6:g} MB", Cause.TOO_LARGE)
    text = decode_xml(body, "").lstrip("\ufeff \t\r\n\0")
    if _ENTITIES.search(text):
        raise UnreadableError("defines entities, as bombs do")
    if not _OPML.search(text[: _HEAD * 4]):
        raise UnreadableError("is no OPML file")
    feeds: dict[str, Result] = {}
    for feed in _feeds(_tree(_DECLARATION.sub("", text))):
        known = feeds.setdefault(feed["url"], feed)
        known["categories"] = _once([*known["categories"], *feed["categories"]])
    if not feeds:
        raise UnreadableError("holds no feed")
    if len(feeds) > MOST_FEEDS:
        raise UnreadableError(f"holds {len(feeds):,} feeds; {MOST_FEEDS:,} are the most that are read", Cause.TOO_LARGE)
    return {"feeds": list(feeds.values())}


def _tree(text: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, encoding="utf-8"
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError("is no OPML file that can be read") from error
    if root is None:
        raise UnreadableError("is no OPML file that can be read")
    return root


def _feeds(root: etree._Element) -> list[Result]:
    found: list[Result] = []
    for outline in root.iter("{*}outline"):
        said = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        url = vet_url(said.get("xmlurl", ""))
        if url:
            title = clean_title(said.get("title") or said.get("text") or "", _NAME)
            own = [part.strip("/").rpartition("/")[2] for part in said.get("category", "").split(",")]
            names = (clean_title(name, _NAME) for name in (*_around(outline), *own))
            found.append({"url": url, "title": title, "categories": _once([name for name in names if name])})
    return found


def _around(outline: etree._Element) -> list[str]:
    """The names of the outlines that hold one, the outermost first."""
    names: list[str] = []
    parent = outline.getparent()
    while parent is not None and len(names) < _DEEPEST:
        if etree.QName(parent).localname.lower() == "outline":
            names.insert(0, str(parent.get("text") or parent.get("title") or ""))
        parent = parent.getparent()
    return names


def _once(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))[:_MOST_CATEGORIES]
