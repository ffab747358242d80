"""The news desk: shows what the feeds brought as stories, without what is muted, and keeps marks."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock

from cointicker.domain.freshness import Freshness
from cointicker.domain.news import Feed, Headline, Story
from cointicker.domain.stories import StoryBook
from cointicker.engine.board import Board
from cointicker.engine.handle import SourceHandle
from cointicker.engine.market import MarketDesk
from cointicker.engine.muting import Muting
from cointicker.engine.ports import Store
from cointicker.engine.splitting import SplitDesk
from cointicker.engine.visiting import Visits

MOST_HEADLINES = 2000
"""Headlines on the screen."""
_MENTIONED_WITHIN = 48 * 3600.0
_MOST_MENTIONED = 60


class NewsDesk:
    """Stories out of stored headlines; the visits to the feeds are ``visits``."""

    def __init__(self, store: Store, sources: SourceHandle, board: Board, market: MarketDesk) -> None:
        self._store = store
        self._board = board
        self._market = market
        self._feeds: tuple[Feed, ...] = ()
        self.visits = Visits(store, sources, board, market, self.load_headlines)
        self.muting = Muting()
        """What hides headlines, as the settings are now."""
        self.splits = SplitDesk(store.splits, board, self._regroup)
        """The stories that a person took apart."""
        self._book = StoryBook()
        self._book_lock = Lock()
        self._shown: tuple[Headline, ...] = ()
        self._marks = 0
        self._take_settings()

    def _take_settings(self) -> None:
        news = self._board.snapshot.settings.news
        self._feeds, self.muting = news.feeds, Muting(news.mute, news.feeds)
        self._shown = ()

    async def follow_settings(self) -> None:
        """Show the headlines of the feeds that there are now, without those that are muted now."""
        self._take_settings()
        await self.load()

    async def load(self) -> None:
        """Show what is stored."""
        await self.load_health()
        await self.splits.load()
        await self.load_headlines()

    async def _regroup(self) -> None:
        self._shown = ()
        await self.load_headlines()

    async def load_health(self) -> None:
        """Show how the stored visits went."""
        await self.visits.load()

    async def load_headlines(self) -> None:
        """Show the stored headlines as stories; nothing is worked out again where none has changed."""
        while True:
            marks, splits = self._marks, self._board.snapshot.splits
            headlines = await self._store.headlines(MOST_HEADLINES)
            if not headlines or headlines == self._shown:
                return
            configured = {feed.url for feed in self._feeds}
            wanted = [headline for headline in headlines if headline.feed_url in configured or headline.starred]
            heard, hidden = self.muting.part(wanted)
            stories = await asyncio.to_thread(self._group, heard, frozenset(splits))
            if (marks, splits) == (self._marks, self._board.snapshot.splits):
                break  # else these were read before the person marked some of them
        self._shown = headlines
        self._board.publish(stories=stories, hidden=tuple(hidden))
        now = self._board.clock()
        recent = (story.lead for story in stories if now - story.lead.at < _MENTIONED_WITHIN)
        mentioned = dict.fromkeys(coin for headline in recent for coin in headline.coins)
        self._market.more_coins = tuple(mentioned)[:_MOST_MENTIONED]
        await self._market.show_moves(stories)

    def _group(self, headlines: Sequence[Headline], apart: frozenset[str]) -> tuple[Story, ...]:
        """Runs in a thread; one that nobody waits for any more may still be at it."""
        with self._book_lock:
            return self._book.group(headlines, apart)

    def due_at(self) -> float:
        """When the next feed is due, Unix seconds."""
        return self.visits.due_at()

    async def refresh(self, *, force: bool = False) -> Freshness:
        """Visit the feeds that are due; ``force``: all that were not visited a moment ago or asked us to wait."""
        return await self.visits.refresh(force=force)

    async def mark(self, headline_ids: Sequence[str], *, read: bool | None = None, starred: bool | None = None) -> None:
        """Set marks, in the store and on the board."""
        if not headline_ids:
            return
        self._marks += 1
        wanted = frozenset(headline_ids)

        def marked(headline: Headline) -> Headline:
            if headline.headline_id not in wanted:
                return headline
            return replace(
                headline,
                read=headline.read if read is None else read,
                starred=headline.starred if starred is None else starred,
            )

        stories = tuple(
            Story(marked(story.lead), tuple(marked(other) for other in story.others))
            if any(headline.headline_id in wanted for headline in story.headlines)
            else story
            for story in self._board.snapshot.stories
        )
        self._shown = tuple(map(marked, self._shown))
        self._board.publish(stories=stories)
        await self._store.mark(headline_ids, read=read, starred=starred)
