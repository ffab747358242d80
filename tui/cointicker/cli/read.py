"""``cointicker read``: the text of an article."""

from typing import Any

from cointicker.cli.articles import article_lines
from cointicker.cli.forms.reports import Read
from cointicker.cli.output import COULD_NOT, DONE, Out
from cointicker.domain.freshness import Failed
from cointicker.domain.news import Article, Content, Headline
from cointicker.engine.engine import Engine
from cointicker.text.blocks import plain_text
from cointicker.text.numbers import iso_time
from cointicker.text.safe import clean, vet_url

_WIDEST = 80
"""Cells of a line where nobody says how wide: wider ones are hard to read."""
_NARROWEST = 20


async def read_article(engine: Engine, command: Read, out: Out) -> int:
    """Print the article that an address or an id names; the exit status."""
    await engine.load()
    headline = await _find(engine, command.key)
    if headline is not None:
        article: Article | Failed = await engine.open(headline)
        await engine.news.mark([headline.headline_id], read=True)
    elif _is_address(command.key):
        url = vet_url(command.key)
        article = await engine.reader.open_url(url) if url else Failed("not an address that can be opened")
    else:
        article = Failed("no headline has this id; `cointicker news` prints the ids that there are")
    if isinstance(article, Failed):
        out.say(f"{clean(command.key)}: {article.why}")
        if command.json:
            out.json(_failure(command.key, article.why, demo=engine.snapshot.demo))
        return COULD_NOT
    if article.reason:
        out.say(article.reason)
    if command.json:
        out.json(_document(article, demo=engine.snapshot.demo))
    else:
        width = max(_NARROWEST, command.width or min(out.width, _WIDEST))
        for line in article_lines(article, width, out.paint):
            out.print(line)
    missing = article.content is Content.DECK and engine.settings.news.full_articles
    return COULD_NOT if missing else DONE


def _is_address(key: str) -> bool:
    return "://" in key


async def _find(engine: Engine, key: str) -> Headline | None:
    """The headline, also when it has still to be fetched."""
    headline = await engine.reader.find(key)
    if headline is None and not _is_address(key) and not engine.snapshot.offline:
        await engine.news.refresh()
        headline = await engine.reader.find(key)
    return headline


def _failure(key: str, why: str, *, demo: bool) -> dict[str, Any]:
    """The keys of ``_document`` where there is nothing to show."""
    unknown = dict.fromkeys(("title", "author", "source", "published", "updated", "words", "content"))
    url = vet_url(key) or None
    return {"url": url, **unknown, "reason": why, "demo": demo, "text": None, "links": []}


def _document(article: Article, *, demo: bool) -> dict[str, Any]:
    return {
        "url": article.url or None,
        "title": article.title,
        "author": article.author or None,
        "source": article.source,
        "published": iso_time(article.published),
        "updated": iso_time(article.updated),
        "words": article.words,
        "content": article.content.value,
        "reason": article.reason or None,
        "demo": demo,
        "text": plain_text(article.blocks),
        "links": [{"n": link.number, "text": link.text, "url": link.url} for link in article.links],
    }
