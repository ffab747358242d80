"""Headlines, the texts behind them and the health of feeds, as rows."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from sys import intern
from typing import Any

from cointicker.domain.canonical import canonical_url
from cointicker.domain.news import Article, Content, FeedHealth, Headline
from cointicker.domain.words import SafeText
from cointicker.store.forgetting import without_forgotten
from cointicker.store.indexing import index_some
from cointicker.store.leases import LONGEST, trusted
from cointicker.store.moving import carry_marks, was_read_before
from cointicker.store.opening import UnreadableError
from cointicker.text.blocks import pack_block, pack_link, unpack_block, unpack_link
from cointicker.text.safe import vouch

SHORTEST_KEY = 4
"""Characters of the beginning of an id that may stand for it."""
_SHARED = 1024
"""Names and lists of names, which many headlines have in common, that are kept to be shared."""

COLUMNS = (
    "headline_id, feed_url, source, title, url, deck, author, published, updated, first_seen, "
    "tags, categories, coins, read, starred"
)
_HEALTH = (
    "url, name, ok_at, checked_at, next_at, why, failures, asked, items, newest_at, etag, last_modified, "
    "pace, quiet, address, moved_to, moved_days, moved_at, gone"
)
NEWEST_FIRST = "ORDER BY coalesce(published, first_seen) DESC, headline_id"

_SAVE = f"""
INSERT INTO headlines ({COLUMNS}, address) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (headline_id) DO UPDATE SET
    source = excluded.source, title = excluded.title, url = excluded.url, address = excluded.address,
    deck = excluded.deck, author = excluded.author, tags = excluded.tags,
    categories = excluded.categories, coins = excluded.coins,
    published = coalesce(published, min(excluded.published, first_seen)),
    updated = coalesce(excluded.updated, updated), place = NULL
WHERE (excluded.source, excluded.title, excluded.url, excluded.deck, excluded.author, excluded.tags,
        excluded.categories, excluded.coins, coalesce(published, excluded.published),
        coalesce(excluded.updated, updated))
    IS NOT (source, title, url, deck, author, tags, categories, coins, published, updated)
"""  # noqa: S608


def find_known(connection: sqlite3.Connection, headline_ids: Sequence[str]) -> frozenset[str]:
    """Which of these headlines are stored."""
    rows = connection.execute(
        "SELECT headline_id FROM headlines WHERE headline_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(headline_ids)),),
    )
    return frozenset(headline_id for (headline_id,) in rows)


def find_headline(connection: sqlite3.Connection, key: str) -> Headline | None:
    """A headline by its id, a unique beginning of it, or its address; the earliest of those that share one."""
    tests: list[tuple[str, tuple[object, ...]]] = [
        ("headline_id = ?", (key,)),
        ("address = ? AND address != ''", (canonical_url(key),)),
    ]
    if len(key) >= SHORTEST_KEY:
        tests.insert(1, ("headline_id > ? AND substr(headline_id, 1, ?) = ?", (key, len(key), key)))
    for test, values in tests:
        query = f"SELECT {COLUMNS} FROM headlines WHERE {test} ORDER BY coalesce(published, first_seen) LIMIT 2"  # noqa: S608
        rows = connection.execute(query, values).fetchall()
        if len(rows) == 1 or (rows and test.startswith("address")):
            return unpack_headline(rows[0])
    return None


def save_feed(
    connection: sqlite3.Connection, health: FeedHealth, headlines: Iterable[Headline], contents: Mapping[str, str]
) -> None:
    """Keep the outcome of a visit to a feed.

    Of a headline that is known, the words are refreshed; ``first_seen``, ``read``, ``starred`` and the first date of
    publication stay. What was forgotten here stays so.
    """
    kept = without_forgotten(connection, headlines, health.checked_at)
    connection.executemany(_SAVE, map(_pack_headline, kept))
    if health.ok_at is not None and not was_read_before(connection, health.url):
        carry_marks(connection, health.url)
    connection.executemany(
        "INSERT INTO contents (headline_id, html) SELECT headline_id, ? FROM headlines WHERE headline_id = ? "
        "ON CONFLICT (headline_id) DO UPDATE SET html = excluded.html WHERE excluded.html != html",
        ((html.encode(errors="replace").decode(), headline_id) for headline_id, html in contents.items()),
    )
    connection.execute(
        f"INSERT OR REPLACE INTO feeds ({_HEALTH}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (
            health.url,
            health.name,
            health.ok_at,
            health.checked_at,
            health.next_at,
            health.why,
            health.failures,
            health.asked,
            health.items,
            health.newest_at,
            health.etag,
            health.last_modified,
            health.pace,
            json.dumps(sorted(health.quiet)),
            health.address,
            health.moved_to,
            health.moved_days,
            health.moved_at,
            health.gone,
        ),
    )
    index_some(connection)


def load_feeds(connection: sqlite3.Connection, now: float) -> dict[str, FeedHealth]:
    """The health of every feed, by address; no next visit is more than a day after the last (see ``_next_visit``)."""
    rows = connection.execute(f"SELECT {_HEALTH} FROM feeds")  # noqa: S608
    return {row[0]: _unpack_health(row, now) for row in rows}


def load_content(connection: sqlite3.Connection, headline_id: str) -> str | None:
    """The entry's own HTML as the feed gave it."""
    row = connection.execute("SELECT html FROM contents WHERE headline_id = ?", (headline_id,)).fetchone()
    return None if row is None else str(row[0])


def mark_headlines(
    connection: sqlite3.Connection, headline_ids: Iterable[str], *, read: bool | None, starred: bool | None
) -> None:
    """Set the marks that are given, leave the others."""
    connection.executemany(
        "UPDATE headlines SET read = coalesce(?1, read), starred = coalesce(?2, starred) "
        "WHERE headline_id = ?3 AND (coalesce(?1, read), coalesce(?2, starred)) IS NOT (read, starred)",
        ((read, starred, headline_id) for headline_id in headline_ids),
    )


def load_article(connection: sqlite3.Connection, url: str) -> Article | None:
    """The article at an address, however the address is decorated."""
    row = connection.execute("SELECT data FROM articles WHERE address = ?", (canonical_url(url),)).fetchone()
    if row is None:
        return None
    try:
        return _unpack_article(json.loads(row[0]))
    except (ValueError, TypeError, LookupError) as error:
        raise UnreadableError("article") from error


def save_article(connection: sqlite3.Connection, article: Article, now: float) -> None:
    """Keep an article unless a later one is stored; one from the future was stored under a wrong clock."""
    connection.execute(
        "INSERT INTO articles (address, fetched_at, data) VALUES (?, ?, ?) ON CONFLICT (address) DO UPDATE "
        "SET fetched_at = excluded.fetched_at, data = excluded.data "
        "WHERE excluded.fetched_at >= fetched_at OR fetched_at > ?",
        (address := canonical_url(article.url), article.fetched_at, json.dumps(_pack_article(article)), now),
    )
    connection.execute("UPDATE headlines SET place = NULL WHERE address = ? AND address != ''", (address,))
    index_some(connection)


def _pack_headline(headline: Headline) -> tuple[object, ...]:
    return (
        headline.headline_id,
        headline.feed_url,
        headline.source,
        headline.title,
        headline.url,
        headline.deck,
        headline.author,
        headline.published,
        headline.updated,
        headline.first_seen,
        json.dumps(headline.tags),
        json.dumps(headline.categories),
        json.dumps(headline.coins),
        headline.read,
        headline.starred,
        canonical_url(headline.url) if headline.url else "",
    )


@lru_cache(_SHARED)
def _name(text: str) -> SafeText:
    return vouch(text)


@lru_cache(_SHARED)
def _tags(text: str) -> tuple[SafeText, ...]:
    return tuple(map(_name, json.loads(text)))


@lru_cache(_SHARED)
def _names(text: str) -> tuple[str, ...]:
    return tuple(map(intern, json.loads(text)))


def unpack_headline(row: Sequence[Any]) -> Headline:
    """The headline of a row of ``COLUMNS``. Raises ``UnreadableError`` for what was never packed."""
    headline_id, feed_url, source, title, url, deck, author, published, updated, first_seen, *rest = row
    tags, categories, coins, read, starred = rest
    try:
        return Headline(
            headline_id=headline_id,
            feed_url=intern(feed_url),
            source=_name(source),
            title=vouch(title),
            url=url,
            first_seen=first_seen,
            published=published,
            updated=updated,
            author=_name(author),
            deck=vouch(deck),
            tags=_tags(tags),
            categories=_names(categories),
            coins=_names(coins),
            read=bool(read),
            starred=bool(starred),
        )
    except (ValueError, TypeError) as error:
        raise UnreadableError("headline") from error


def _next_visit(next_at: float, checked_at: float | None, now: float) -> float:
    """When a feed is to be visited; a time that a wrong clock wrote comes no later than any other.

    It is told by the last visit: a limit that went by ``now`` would go on before it.
    """
    return trusted(next_at, now) if checked_at is None else min(next_at, checked_at + LONGEST)


def _unpack_health(row: Sequence[Any], now: float) -> FeedHealth:
    url, name, ok_at, checked_at, next_at, why, failures, asked, items, newest_at, etag, last_modified, *rest = row
    pace, quiet, address, moved_to, moved_days, moved_at, gone = rest
    try:
        hours = frozenset(json.loads(quiet))
    except (ValueError, TypeError) as error:
        raise UnreadableError("feed") from error
    return FeedHealth(
        url=url,
        name=name,
        ok_at=ok_at,
        checked_at=checked_at,
        next_at=_next_visit(next_at, checked_at, now),
        why=why,
        failures=failures,
        asked=bool(asked),
        items=items,
        newest_at=newest_at,
        etag=etag,
        last_modified=last_modified,
        pace=pace,
        quiet=hours,
        address=address,
        moved_to=moved_to,
        moved_days=moved_days,
        moved_at=moved_at,
        gone=bool(gone),
    )


def _pack_article(article: Article) -> dict[str, object]:
    return {
        "url": article.url,
        "title": article.title,
        "source": article.source,
        "content": article.content.value,
        "blocks": list(map(pack_block, article.blocks)),
        "links": list(map(pack_link, article.links)),
        "author": article.author,
        "published": article.published,
        "updated": article.updated,
        "words": article.words,
        "reason": article.reason,
        "fetched_at": article.fetched_at,
    }


def _unpack_article(data: dict[str, Any]) -> Article:
    return Article(
        url=data["url"],
        title=vouch(data["title"]),
        source=vouch(data["source"]),
        content=Content(data["content"]),
        blocks=tuple(map(unpack_block, data["blocks"])),
        links=tuple(map(unpack_link, data["links"])),
        author=vouch(data["author"]),
        published=data["published"],
        updated=data["updated"],
        words=data["words"],
        reason=data["reason"],
        fetched_at=data["fetched_at"],
    )
