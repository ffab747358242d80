"""The news desk: shows what the feeds brought as stories, without what is muted, and keeps marks."""

import asyncio
from collections.abc import Mapping, Sequence
from itertools import takewhile

from cointicker.domain.freshness import Freshness
from cointicker.domain.news import Feed, Headline, Story
from cointicker.domain.told import Kept
from cointicker.engine.board import Board
from cointicker.engine.breathing import uncollected
from cointicker.engine.grouping import Grouping
from cointicker.engine.handle import SourceHandle
from cointicker.engine.latecomers import Latecomers
from cointicker.engine.market import MarketDesk
from cointicker.engine.marking import marked
from cointicker.engine.muting import Muting
from cointicker.engine.ports import Store
from cointicker.engine.splitting import SplitDesk
from cointicker.engine.visiting import Visits

MOST_HEADLINES = 10_000
"""Headlines on the screen."""
FIRST_HEADLINES = 500
"""Of these, as many as the first frame waits for."""
_MANY = 2000
"""New headlines at once that are many."""
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
        self._grouping = Grouping(store.tellings)
        self._latecomers = Latecomers(store.tellings, board, market)
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

    async def load(self, limit: int = MOST_HEADLINES) -> None:
        """Show what is stored, so many of the newest headlines."""
        self._latecomers.load()
        await self.load_health()
        await self.splits.load()
        await self.load_headlines(limit)

    async def _regroup(self) -> None:
        self._shown = ()
        await self.load_headlines()

    async def load_health(self) -> None:
        """Show how the stored visits went."""
        await self.visits.load()

    async def load_headlines(self, limit: int = MOST_HEADLINES) -> None:
        """Show the stored headlines as stories; nothing is worked out again where none has changed."""
        before = len(self._board.snapshot.stories)
        with uncollected() as set_aside:
            stories = await self._load_stories(limit)
            if stories is None:
                return
            if len(stories) - before >= _MANY:
                set_aside()
        now = self._board.clock()
        leads = (story.lead for story in stories)
        recent = takewhile(lambda lead: now - lead.at < _MENTIONED_WITHIN, leads)
        mentioned = dict.fromkeys(coin for headline in recent for coin in headline.coins)
        self._market.more_coins = tuple(mentioned)[:_MOST_MENTIONED]
        await self._market.show_moves(stories)
        await self._grouping.keep()

    async def _load_stories(self, limit: int) -> Sequence[Story] | None:
        """Publish the stories that are stored; ``None`` where they are those that are shown."""
        while True:
            marks, splits = self._marks, self._board.snapshot.splits
            headlines = await self._store.headlines(limit)
            if not headlines or headlines is self._shown:
                return None
            before = self._board.snapshot.stories
            kept = await self._grouping.recall(headlines)
            stories, hidden = await asyncio.to_thread(self._sort_out, headlines, frozenset(splits), before, kept)
            if (marks, splits) == (self._marks, self._board.snapshot.splits):
                break  # else these were read before the person marked some of them
        self._shown = headlines
        self._board.publish(stories=stories, hidden=hidden)
        return stories

    def _sort_out(
        self,
        headlines: Sequence[Headline],
        apart: frozenset[str],
        before: Sequence[Story],
        kept: Mapping[str, Kept],
    ) -> tuple[tuple[Story, ...], tuple[Headline, ...]]:
        """The stories, those that have not changed as they were before, and what is hidden.

        Runs in a thread; one that nobody waits for any more may still be at it.
        """
        configured = {feed.url for feed in self._feeds}
        wanted = [headline for headline in headlines if headline.feed_url in configured or headline.starred]
        heard, hidden = self.muting.part(wanted)
        stories = self._grouping.group(heard, apart, kept)
        known = {story.lead.headline_id: story for story in before}
        same = (known.get(story.lead.headline_id) for story in stories)
        together = zip(stories, same, strict=True)
        return tuple(old if old is not None and old == new else new for new, old in together), tuple(hidden)

    def due_at(self) -> float:
        """When the next feed is due, Unix seconds."""
        return self.visits.due_at()

    async def refresh(self, *, force: bool = False) -> Freshness:
        """Visit the feeds that are due, then look for coins that became known.

        ``force``: all feeds that were not visited a moment ago or asked us to wait.
        """
        freshness = await self.visits.refresh(force=force)
        if await self._latecomers.look():
            await self.load_headlines()
        return freshness

    async def mark(self, headline_ids: Sequence[str], *, read: bool | None = None, starred: bool | None = None) -> None:
        """Set marks, in the store and on the board."""
        if not headline_ids:
            return
        self._marks += 1
        stories = marked(self._board.snapshot.stories, frozenset(headline_ids), read=read, starred=starred)
        self._board.publish(stories=stories)
        await self._store.mark(headline_ids, read=read, starred=starred)
