"""Finds stored headlines by the language of ``domain.queries``: by the index of words, or slowly without one."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from cointicker.domain.news import Headline
from cointicker.domain.queries import Key, Mark, Query, Words, haystack, matcher, needles, subject_of
from cointicker.domain.words import EMPTY, SafeText
from cointicker.engine.finding import Found, Hit
from cointicker.store.database import Database
from cointicker.store.indexing import (
    ANY,
    CATEGORY,
    COIN,
    article_text,
    can_index,
    facet,
    first_place,
    has_index,
    index_some,
    is_damage,
    renew_index,
)
from cointicker.store.news import COLUMNS, unpack_headline
from cointicker.text.extracts import extract, pattern_of

NO_INDEX = "this Python's SQLite has no FTS5: the search is slow, and accents count"
_BUSY = "the database is busy; try again"
_MOST_EXTRACTS = 40
"""Articles that are looked through for the words around a hit."""

_TEXTS = "title deck tags body"
"""Columns of the index in which a word without a key is looked for."""
_MARKS = {Mark.UNREAD: "NOT read", Mark.READ: "read", Mark.STARRED: "headlines.starred"}
_HEADLINE = ", ".join(f"headlines.{name.strip()}" for name in COLUMNS.split(","))
_ARTICLE = "(SELECT data FROM articles WHERE articles.address = headlines.address AND headlines.address != '')"


class SearchBook:
    """``engine.finding.SearchStore`` in a database that the rest of the store shares. Nothing raises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, query: Query, limit: int) -> Found:
        """The newest headlines of which a query is true, by themselves or by their article."""
        for _ in range(2):
            await self.catch_up()
            otherwise: Found | None = Found(limited=_BUSY)
            found = await self._database.read(partial(_find, query=query, limit=limit), otherwise)
            if found is not None:
                return found
            await self._database.write(renew_index, None)
        return Found(limited=_BUSY)

    async def catch_up(self) -> None:
        """Index what is not yet, in steps between which others may write."""
        while await self._database.read(_is_behind, otherwise=False):
            if not await self._database.write(index_some, otherwise=False):
                return


def _is_behind(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM headlines WHERE place IS NULL LIMIT 1").fetchone() is not None


def _find(connection: sqlite3.Connection, query: Query, limit: int) -> Found | None:
    """What is found; ``None`` where the index is damaged."""
    if not has_index(connection):
        if can_index(connection):
            return None
        return _gather(connection, query, list(_scan(connection, query, limit + 1)), limit, NO_INDEX)
    try:
        rows = _look_up(connection, query, limit + 1)
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return None
        raise
    return _gather(connection, query, rows, limit, "")


# By the index


def _look_up(connection: sqlite3.Connection, query: Query, limit: int) -> list[Headline]:
    where, values = _conditions(query)
    rows = connection.execute(
        f"SELECT {_HEADLINE} FROM search CROSS JOIN headlines ON headlines.place = search.rowid "  # noqa: S608
        f"WHERE search MATCH ? AND {where} ORDER BY search.rowid DESC LIMIT ?",
        (expression(query), *values, limit),
    )
    return list(map(unpack_headline, rows))


def _conditions(query: Query) -> tuple[str, list[object]]:
    """What the index does not know, and the span of time as its rows."""
    parts, values = ["search.rowid >= ?"], [first_place(query.since or 0.0)]
    exact: list[object] = []
    if query.since is not None:
        parts.append("coalesce(published, first_seen) >= ?")
        exact.append(query.since)
    if query.until is not None:
        parts.append("coalesce(published, first_seen) < ?")
        exact.append(query.until)
    parts += [f"{'NOT ' * negated}({_MARKS[mark]})" for mark, negated in query.marks]
    if query.until is not None:
        parts.append("search.rowid < ?")
        exact.append(first_place(query.until + 1))
    return " AND ".join(parts), [*values, *exact]


def expression(query: Query) -> str:
    """A query in the language of FTS5: nothing but letters and digits of it, in quotes."""
    wanted = [_words(each) for each in query.words if not each.negated]
    unwanted = [_words(each) for each in query.words if each.negated]
    for ids, negated in query.coins:
        (unwanted if negated else wanted).append(_any_of(facet(COIN, each) for each in sorted(ids)))
    for category, negated in query.categories:
        (unwanted if negated else wanted).append(_any_of([facet(CATEGORY, category)]))
    positive = " AND ".join(wanted or [f'("{ANY}")'])
    return f"({positive}) NOT ({' OR '.join(unwanted)})" if unwanted else positive


def _words(words: Words) -> str:
    columns = words.key.value if words.key in {Key.SOURCE, Key.AUTHOR} else _TEXTS
    return f"({{{columns}}} : {_any_of(words.forms, ' *' if words.prefix else '')})"


def _any_of(forms: Iterable[str], ending: str = "") -> str:
    quoted = (f'"{form}"{ending}' for form in forms)
    return f"({' OR '.join(quoted)})"


# Without it


def _scan(connection: sqlite3.Connection, query: Query, limit: int) -> Iterator[Headline]:
    """Look at every headline that may be meant, the newest first."""
    passes, tests, values = matcher(query), ["1"], []
    for words in query.words:
        if not words.negated:
            column = words.key.value if words.key in {Key.SOURCE, Key.AUTHOR} else None
            texts = column or f"title || ' ' || deck || ' ' || tags || coalesce({_ARTICLE}, '')"
            tests.append(f"({' OR '.join([f'{texts} LIKE ?'] * len(words.tokens))})")
            values += [f"%{token}%" for token in words.tokens]
    rows = connection.execute(
        f"SELECT {_HEADLINE}, {_ARTICLE} FROM headlines WHERE {' AND '.join(tests)} "  # noqa: S608
        "ORDER BY coalesce(published, first_seen) DESC",
        values,
    )
    for *row, data in rows:
        headline = unpack_headline(row)
        if passes(subject_of(headline, article_text(data))):
            yield headline
            limit -= 1
            if not limit:
                return


# Either way


def _gather(connection: sqlite3.Connection, query: Query, headlines: list[Headline], limit: int, limited: str) -> Found:
    """Hits, the newest first; of one moment those that say the words themselves first."""
    wanted = [words for words in query.words if not words.negated and words.key is None]
    parts = [needles(words) for words in wanted]
    pattern = pattern_of(wanted)
    hits, extracts = [], 0
    for headline in headlines[:limit]:
        text: SafeText = EMPTY
        if wanted and extracts < _MOST_EXTRACTS and not _says(headline, parts):
            extracts += 1
            text = _extract(connection, headline, pattern)
        hits.append(Hit(headline, text))
    hits.sort(key=lambda hit: (-hit.headline.at, bool(hit.extract), hit.headline.headline_id))
    (searched,) = connection.execute("SELECT count(*) FROM headlines").fetchone()
    return Found(tuple(hits), len(headlines) > limit, searched, limited)


def _says(headline: Headline, wanted: Sequence[Sequence[str]]) -> bool:
    """Whether a headline has all the words itself."""
    text = haystack((headline.title, headline.deck, *headline.tags))
    return all(any(part in text for part in parts) for parts in wanted)


def _extract(connection: sqlite3.Connection, headline: Headline, wanted: re.Pattern[str]) -> SafeText:
    query = f"SELECT {_ARTICLE} FROM headlines WHERE headline_id = ?"  # noqa: S608
    (data,) = connection.execute(query, (headline.headline_id,)).fetchone()
    return extract(article_text(data), wanted)
