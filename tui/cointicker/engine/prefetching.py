"""Fetches the articles that a person is likely to want while nobody needs anything, to be read without a network."""

import asyncio
from collections.abc import Iterator
from urllib.parse import urlsplit

from cointicker.domain.news import Content, Feed, Headline
from cointicker.engine.board import Board
from cointicker.engine.leasing import holding
from cointicker.engine.news import NewsDesk
from cointicker.engine.panes import PaneDesk
from cointicker.engine.ports import Store
from cointicker.engine.reading import Reader
from cointicker.engine.visiting import LEASE

IDLE = 60.0
"""Seconds without a key or the mouse after which nobody needs anything."""
PAUSE = 15.0
"""Seconds between two articles."""
OF_A_HOST = 60.0
"""Seconds between two articles of one host."""
AGAIN = 6 * 3600.0
"""Seconds before one that could not be had is tried again."""


class Prefetcher:
    """One article at a time, under the lease of the visits to the feeds, so that panes do not fetch the same."""

    def __init__(self, store: Store, board: Board, news: NewsDesk, reader: Reader, panes: PaneDesk) -> None:
        self._store = store
        self._board = board
        self._news = news
        self._reader = reader
        self._panes = panes
        self._tried: dict[str, float] = {}
        """Headline id → when its article was asked for, Unix seconds."""
        self._hosts: dict[str, float] = {}

    async def keep(self) -> None:
        """Look for something to fetch, for ever."""
        while True:
            await asyncio.sleep(PAUSE)
            await self.fetch_one()

    async def fetch_one(self) -> bool:
        """Fetch the newest article that is wanted and not stored; ``False``: there is none, or it is not the time."""
        if self._board.snapshot.offline or not self._is_idle() or not self._panes.leads():
            return False  # what one pane could not have, another would ask for again
        for headline in self._wanted():
            if not self._may_try(headline) or await self._store.article(headline.url) is not None:
                continue
            if await self._reader.waits_until(headline.url) > self._board.clock():
                continue
            async with holding(self._store.leases, LEASE) as held:
                if held is None:
                    return False
                self._note(headline)
                article = await self._reader.open(headline)
                return article.content is not Content.DECK
        return False

    def _is_idle(self) -> bool:
        touched_at = self._panes.touched_at
        return touched_at is None or self._board.clock() - touched_at >= IDLE

    def _wanted(self) -> Iterator[Headline]:
        """The newest headlines that are starred or name a coin of a list of the person's own, up to the limit."""
        snapshot = self._board.snapshot
        left = snapshot.settings.news.prefetch
        own = frozenset(coin for each in snapshot.watchlists if not each.rule for coin in each.coins)
        for story in snapshot.stories:
            if left <= 0:
                return
            lead = story.lead
            if lead.url and (lead.starred or not own.isdisjoint(lead.coins)):
                left -= 1
                yield lead

    def _may_try(self, headline: Headline) -> bool:
        """Whether it was not tried a while ago, nor its host a moment ago, and that did not ask to be left alone."""
        now = self._board.clock()
        if 0 <= now - self._tried.get(headline.headline_id, float("-inf")) < AGAIN:
            return False
        if 0 <= now - self._hosts.get(_host(headline), float("-inf")) < OF_A_HOST:
            return False
        visits, feeds = self._news.visits, self._board.snapshot.settings.news.feeds
        own = (each for each in feeds if each.url == headline.feed_url)
        return all(visits.waits_until(feed) <= now for feed in (*own, Feed(headline.url)))

    def _note(self, headline: Headline) -> None:
        now = self._board.clock()
        self._tried = {key: at for key, at in self._tried.items() if 0 <= now - at < AGAIN}
        self._hosts = {key: at for key, at in self._hosts.items() if 0 <= now - at < OF_A_HOST}
        self._tried[headline.headline_id] = self._hosts[_host(headline)] = now


def _host(headline: Headline) -> str:
    return urlsplit(headline.url).netloc
