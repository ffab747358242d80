"""Opens articles: what is stored, else the feed's own text, else the page, else the deck and the plain reason."""

from dataclasses import replace

from cointicker.domain.freshness import Failed
from cointicker.domain.news import Article, Content, Headline, Paragraph, Span
from cointicker.domain.words import EMPTY
from cointicker.engine.board import Board
from cointicker.engine.feed_health import place_of
from cointicker.engine.handle import SourceHandle
from cointicker.engine.leasing import in_turn
from cointicker.engine.ports import Deadline, Page, Store
from cointicker.engine.schedule import note_failure
from cointicker.text.blocks import count_words
from cointicker.text.safe import clean, shown_host
from cointicker.text.titles import drop_title

_FULL_TEXT_CHARACTERS = 1500
"""A feed's own text from this length on (characters of HTML) is taken for the whole article."""
_WAIT = "pages:{}"
"""The deadline of a host and port that asked to be left alone."""
_KEPT_FOR = 6 * 3600.0
"""Seconds that a stored page is shown without asking again; what failed is asked anew at every opening."""


class Reader:
    """Turns a headline or an address into an ``Article``; never fails: the deck is always there."""

    def __init__(self, store: Store, sources: SourceHandle, board: Board) -> None:
        self._store = store
        self._sources = sources
        self._board = board

    async def find(self, key: str) -> Headline | None:
        """A stored headline by its id, a unique beginning of that, or its address."""
        return await self._store.headline(key)

    async def open(self, headline: Headline, *, prefer: Content | None = None) -> Article:
        """The article behind a headline. ``prefer`` the feed's text or the page where there is a choice."""
        own = await self._store.content(headline.headline_id) or ""
        stored = await self._store.article(headline.url) if headline.url else None
        if self._board.snapshot.offline:
            return stored or self.deck(headline, self._board.snapshot.why_offline)
        kept = self._kept_choice(headline)
        if prefer is None and kept:
            prefer = Content.PAGE
        full = self._board.snapshot.settings.news.full_articles if kept is None else kept
        feed_first = prefer is Content.FEED or (prefer is None and not full)
        if feed_first or (prefer is None and len(own) >= _FULL_TEXT_CHARACTERS):
            article = await self._from_feed(headline, own)
            if article is not None:
                return article
            if prefer is Content.FEED:
                return self.deck(headline, "the feed gives no more than this")
        return await self._from_page(headline, stored, own)

    def _kept_choice(self, headline: Headline) -> bool | None:
        """Whether pages of its feed are always fetched, or never; ``None``: as all feeds have it."""
        feeds = self._board.snapshot.settings.news.feeds
        return next((feed.full_articles for feed in feeds if feed.url == headline.feed_url), None)

    async def _from_page(self, headline: Headline, stored: Article | None, own: str) -> Article:
        """The page as it was stored, else as it is now; where it cannot be had, the next best and why."""
        if (recent := self._recent(stored)) is not None:
            return recent
        async with in_turn(self._store.leases, f"article:{headline.url}"):
            stored = await self._store.article(headline.url) if headline.url else None
            if (recent := self._recent(stored)) is not None:  # another pane was quicker
                return recent
            page = await self._fetch(headline.url)
            if isinstance(page, Failed):
                known = stored if stored is not None and stored.content is Content.PAGE else None
                other = known or await self._from_feed(headline, own)
                return self.deck(headline, page.why) if other is None else replace(other, reason=page.why)
            article = self._compose(headline, page, Content.PAGE)
            await self._store.save_article(article)
            return article

    def _recent(self, stored: Article | None) -> Article | None:
        """A stored page that need not be asked for again."""
        if stored is None or stored.content is not Content.PAGE:
            return None
        return stored if 0 <= self._board.clock() - stored.fetched_at <= _KEPT_FOR else None

    async def open_url(self, url: str) -> Article | Failed:
        """The article at an address that a person typed."""
        if self._board.snapshot.offline:
            stored = await self._store.article(url)
            return stored or Failed(f"this article is not stored, and {self._board.snapshot.why_offline}")
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

    async def _fetch(self, url: str) -> Page | Failed:
        if not url:
            return Failed("the feed gives no link that can be opened")
        page = await (await self._sources.get()).articles.page(url)
        if not isinstance(page, Failed):
            return page if page.blocks else Failed("the page has no text that can be read")
        if page.retry_at is not None:
            deadline = note_failure(Deadline(), page, self._board.clock())
            await self._store.save_deadline(_WAIT.format(place_of(url)), deadline)
        return page

    async def waits_until(self, url: str) -> float:
        """Until when, Unix seconds, the host of a page asked to be left alone; 0 where it did not."""
        return (await self._store.deadline(_WAIT.format(place_of(url)))).next_at

    async def _from_feed(self, headline: Headline, own: str) -> Article | None:
        if not own:
            return None
        page = await (await self._sources.get()).articles.read(own, headline.url)
        if isinstance(page, Failed) or not page.blocks:
            return None
        article = self._compose(headline, page, Content.FEED)
        if headline.url and await self._store.article(headline.url) is None:
            await self._store.save_article(article)  # for reading it offline
        return article

    def _compose(self, headline: Headline, page: Page, content: Content) -> Article:
        title = headline.title or clean(page.title)
        return Article(
            url=headline.url,
            title=title,
            source=headline.source or clean(page.site) or shown_host(headline.url),
            author=headline.author or clean(page.author),
            content=content,
            blocks=tuple(drop_title(page.blocks, title)),
            links=page.links,
            published=headline.published if headline.published is not None else page.published,
            updated=headline.updated,
            words=page.words or count_words(page.blocks),
            fetched_at=self._board.clock(),
        )

    def deck(self, headline: Headline, why: str) -> Article:
        """The headline's own summary as an article, and why there is no more."""
        deck = headline.deck or EMPTY
        blocks = (Paragraph((Span(deck),)),) if deck else ()
        page = Page(blocks=blocks, words=len(deck.split()))
        return replace(self._compose(headline, page, Content.DECK), reason=why)
