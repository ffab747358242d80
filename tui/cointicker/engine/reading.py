"""Opens articles: what is stored, else the feed's own text, else the page, else the deck and the plain reason."""

from dataclasses import replace

from cointicker.domain.freshness import Failed
from cointicker.domain.news import Article, Content, Headline, Paragraph, Span
from cointicker.domain.words import EMPTY
from cointicker.engine.board import Board
from cointicker.engine.handle import SourceHandle
from cointicker.engine.ports import Page, Store
from cointicker.text.blocks import count_words
from cointicker.text.safe import clean, shown_host

_FULL_TEXT_CHARACTERS = 1500
"""A feed's own text from this length on (characters of HTML) is taken for the whole article."""
_KEPT_FOR = 6 * 3600.0
"""Seconds that a stored page is shown without asking again; what failed is asked anew at every opening."""


class Reader:
    """Turns a headline or an address into an ``Article``; never fails: the deck is always there."""

    def __init__(self, store: Store, sources: SourceHandle, board: Board, *, full_articles: bool) -> None:
        self._store = store
        self._sources = sources
        self._board = board
        self._full_articles = full_articles

    async def open(self, headline: Headline, *, prefer: Content | None = None) -> Article:
        """The article behind a headline. ``prefer`` the feed's text or the page where there is a choice."""
        own = await self._store.content(headline.headline_id) or ""
        if prefer is Content.FEED or (prefer is None and not self._full_articles):
            if own and (article := await self._from_feed(headline, own)):
                return article
            if prefer is Content.FEED or not headline.url:
                return self._deck(headline, "the feed gives no more than this")
        elif prefer is None and len(own) >= _FULL_TEXT_CHARACTERS and (article := await self._from_feed(headline, own)):
            return article
        stored = await self._stored(headline)
        if stored is not None:
            return stored
        page = await self._fetch(headline.url)
        if isinstance(page, Failed):
            if own and (article := await self._from_feed(headline, own)):
                return replace(article, reason=page.why)
            return self._deck(headline, page.why)
        article = self._compose(headline, page, Content.PAGE)
        await self._store.save_article(article)
        return article

    async def open_url(self, url: str) -> Article | Failed:
        """The article at an address that a person typed."""
        if self._board.snapshot.offline:
            stored = await self._store.article(url)
            return stored or Failed("this article is not stored and --offline fetches nothing")
        page = await (await self._sources.get()).articles.page(url, typed=True)
        if isinstance(page, Failed):
            return await self._store.article(url) or page
        now = self._board.clock()
        article = Article(
            url=url,
            title=clean(page.title) or shown_host(url),
            source=clean(page.site) or shown_host(url),
            author=clean(page.author),
            content=Content.PAGE,
            blocks=page.blocks,
            links=page.links,
            published=page.published,
            words=page.words or count_words(page.blocks),
            fetched_at=now,
        )
        await self._store.save_article(article)
        return article

    async def _stored(self, headline: Headline) -> Article | None:
        if not headline.url:
            return None
        article = await self._store.article(headline.url)
        if article is None or article.content is not Content.PAGE:
            return None
        old = self._board.clock() - article.fetched_at > _KEPT_FOR
        return None if old and not self._board.snapshot.offline else article

    async def _fetch(self, url: str) -> Page | Failed:
        if not url:
            return Failed("the feed gives no link that can be opened")
        if self._board.snapshot.offline:
            return Failed("--offline fetches nothing")
        return await (await self._sources.get()).articles.page(url)

    async def _from_feed(self, headline: Headline, own: str) -> Article | None:
        page = await (await self._sources.get()).articles.read(own, headline.url)
        if isinstance(page, Failed) or not page.blocks:
            return None
        return self._compose(headline, page, Content.FEED)

    def _compose(self, headline: Headline, page: Page, content: Content) -> Article:
        return Article(
            url=headline.url,
            title=headline.title or clean(page.title),
            source=headline.source or clean(page.site) or shown_host(headline.url),
            author=headline.author or clean(page.author),
            content=content,
            blocks=page.blocks,
            links=page.links,
            published=headline.published if headline.published is not None else page.published,
            updated=headline.updated,
            words=page.words or count_words(page.blocks),
            fetched_at=self._board.clock(),
        )

    def _deck(self, headline: Headline, why: str) -> Article:
        deck = headline.deck or EMPTY
        blocks = (Paragraph((Span(deck),)),) if deck else ()
        page = Page(blocks=blocks, words=len(deck.split()))
        return replace(self._compose(headline, page, Content.DECK), reason=why)


