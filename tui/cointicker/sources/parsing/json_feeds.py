"""JSON Feed 1.0 and 1.1 (jsonfeed.org), which feedparser does not know."""

import html
import json
from typing import Any

from cointicker.sources.parsing import UnreadableError
from cointicker.sources.parsing.entries import Entry, FoundFeed
from cointicker.sources.parsing.repairs import MAX_ITEMS

_VERSION = "jsonfeed.org/version/"


def read_json_feed(text: str) -> FoundFeed:
    """The entries of a JSON Feed; raises ``UnreadableError`` where it is not one."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if (
        not isinstance(data, dict)
        or not isinstance(data.get("items"), list)
        or _VERSION not in str(data.get("version"))
    ):
        raise UnreadableError("sent something that is no feed")
    return FoundFeed(
        title=data.get("title"),
        link=data.get("home_page_url"),
        ttl=None,
        entries=[_entry(raw) for raw in data["items"][: MAX_ITEMS * 4] if isinstance(raw, dict)],
    )


def _entry(raw: dict[str, Any]) -> Entry:
    identity = raw.get("id")
    content, plain = raw.get("content_html"), raw.get("content_text")
    if not isinstance(content, str) and isinstance(plain, str):
        content = "".join(f"<p>{html.escape(part)}</p>" for part in plain.split("\n\n"))
    summary = raw.get("summary")
    return Entry(
        identity=str(identity) if isinstance(identity, str | int | float) else None,
        link=raw.get("url") or raw.get("external_url"),
        title=raw.get("title"),
        summary=html.escape(summary, quote=False) if isinstance(summary, str) else None,
        contents=[content] if isinstance(content, str) else [],
        authors=[author.get("name") for author in _authors(raw) if isinstance(author, dict)],
        tags=raw["tags"] if isinstance(raw.get("tags"), list) else [],
        published=raw.get("date_published"),
        updated=raw.get("date_modified"),
    )


def _authors(raw: dict[str, Any]) -> list[Any]:
    authors = raw.get("authors")
    return authors if isinstance(authors, list) and authors else [raw.get("author")]
