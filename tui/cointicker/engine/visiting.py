"""Visits the feeds: when they are due, four at a time, never two of one host, under a lease that all panes share."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from cointicker.domain.categories import categorise
from cointicker.domain.freshness import Failed, Fresh, Freshness, Stale, Waiting
from cointicker.domain.mentions import CoinIndex
from cointicker.domain.news import Feed, FeedHealth, Headline
from cointicker.engine.board import Board
from cointicker.engine.handle import SourceHandle
from cointicker.engine.market import MarketDesk
from cointicker.engine.ports import FeedAnswer, Store
from cointicker.engine.schedule import next_visit, retry_at
from cointicker.engine.state import INTERNAL, OFFLINE
from cointicker.text.safe import clean

log = logging.getLogger(__name__)

LEASE = "news"
_LEASE_SECONDS = 90.0
_AT_ONCE = 4
"""Feeds that are visited side by side; never two of one host."""
_ASKED_AGAIN = 30.0
"""Seconds before a person's own refresh visits the same feed again."""


class Visits:
    """Visits feeds when they are due, under a lease; a failed visit changes nothing but the feed's health."""

    def __init__(
        self,
        store: Store,
        sources: SourceHandle,
        board: Board,
        market: MarketDesk,
        arrived: Callable[[], Awaitable[None]],
    ) -> None:
        """``arrived`` is called when headlines may have been stored."""
        self._store = store
        self._sources = sources
        self._board = board
        self._market = market
        self._arrived = arrived
        self._health: dict[str, FeedHealth] = {}
        self._index: CoinIndex | None = None

    @property
    def _feeds(self) -> tuple[Feed, ...]:
        return self._board.snapshot.settings.news.feeds

    async def load(self) -> None:
        """Show how the stored visits went."""
        self._health = await self._store.feeds() or self._health  # a store that fails tells nothing
        self._show()

    def _show(self) -> None:
        visited = tuple(self._health[feed.url] for feed in self._feeds if feed.url in self._health)
        self._board.publish(feeds=visited, feeds_total=len(self._feeds))
        self._board.publish_part("news", freshness=self._judge(visited), next_at=self.due_at())

    def _judge(self, visited: Sequence[FeedHealth]) -> Freshness:
        """Fresh while one feed answers; stale when none does; failed when there is nothing to show."""
        ok = [health.ok_at for health in visited if health.ok_at is not None and not health.why]
        if ok:
            return Stale(max(ok), OFFLINE) if self._board.snapshot.offline else Fresh(max(ok))
        failing = [health for health in visited if health.why]
        if not failing:
            return Waiting()
        why = failing[0].why if len(failing) == 1 else f"none of {len(failing)} feeds answers: {failing[0].why}"
        again = min(health.next_at for health in failing)
        before = max((health.ok_at for health in failing if health.ok_at is not None), default=None)
        return Failed(why, again) if before is None else Stale(before, why, again)

    def due_at(self) -> float:
        """When the next feed is due, Unix seconds."""
        return min((self._next_at(feed) for feed in self._feeds), default=float("inf"))

    def _next_at(self, feed: Feed) -> float:
        health = self._health.get(feed.url)
        return health.next_at if health is not None else 0.0

    async def refresh(self, *, force: bool = False) -> Freshness:
        """Visit the feeds that are due; ``force``: all that were not visited a moment ago or asked us to wait."""
        if self._board.snapshot.offline or not self._due_feeds(force=force):
            return self._board.snapshot.news.freshness
        if not await self._store.acquire(LEASE, _LEASE_SECONDS):
            return self._board.snapshot.news.freshness
        try:
            await self.load()  # another process may have visited some meanwhile
            due = self._due_feeds(force=force)
            if due:
                self._board.publish_part("news", busy=True)
                await self._visit_all(due)
        finally:
            self._board.publish_part("news", busy=False)
            await self._store.release(LEASE)
        return self._board.snapshot.news.freshness

    def _due_feeds(self, *, force: bool) -> list[Feed]:
        now = self._board.clock()
        if not force:
            return [feed for feed in self._feeds if self._next_at(feed) <= now]
        return [feed for feed in self._feeds if self._may_visit(self._health.get(feed.url), now)]

    @staticmethod
    def _may_visit(health: FeedHealth | None, now: float) -> bool:
        if health is None or health.checked_at is None:
            return True
        if health.asked and now < health.next_at:
            return False
        return not 0 <= now - health.checked_at < _ASKED_AGAIN

    async def _visit_all(self, feeds: Sequence[Feed]) -> None:
        self._index = CoinIndex(await self._market.name_coins())
        gate = asyncio.Semaphore(_AT_ONCE)
        hosts: dict[str, asyncio.Lock] = {}

        async def visit(feed: Feed) -> None:
            async with hosts.setdefault(urlsplit(feed.url).netloc, asyncio.Lock()), gate:
                await self._visit(feed)
            await self._store.acquire(LEASE, _LEASE_SECONDS)

        outcomes = await asyncio.gather(*map(visit, feeds), return_exceptions=True)
        for feed, outcome in zip(feeds, outcomes, strict=True):
            if isinstance(outcome, Exception):  # one feed's trouble is no other's
                log.error("visiting %r failed", feed.url, exc_info=outcome)
                await self._note_failure(feed, Failed(INTERNAL))
        await self._arrived()

    async def _visit(self, feed: Feed) -> None:
        health = self._health.get(feed.url) or FeedHealth(feed.url, feed.name)
        answer = await (await self._sources.get()).feeds.fetch(feed, health)
        if isinstance(answer, Failed):
            await self._note_failure(feed, answer)
        else:
            await self._keep(feed, health, answer, self._board.clock())
        self._show()

    async def _note_failure(self, feed: Feed, failed: Failed) -> None:
        health = self._health.get(feed.url) or FeedHealth(feed.url, feed.name)
        now, failures = self._board.clock(), health.failures + 1
        self._health[feed.url] = replace(
            health,
            name=feed.name or health.name or _host(feed.url),
            why=failed.why,
            failures=failures,
            checked_at=now,
            next_at=retry_at(failed, failures, now),
            asked=failed.retry_at is not None,
        )
        await self._store.save_feed(self._health[feed.url], (), {})
        self._show()

    async def _keep(self, feed: Feed, health: FeedHealth, answer: FeedAnswer, now: float) -> None:
        headlines = await asyncio.to_thread(self._sort, feed, answer.headlines)
        newest = max((headline.published for headline in headlines if headline.published), default=health.newest_at)
        first_visit = health.ok_at is None
        self._health[feed.url] = replace(
            health,
            name=feed.name or clean(answer.name) or health.name or _host(feed.url),
            why="",
            failures=0,
            ok_at=now,
            checked_at=now,
            next_at=next_visit(now, self._board.snapshot.settings.news.refresh, answer.wait, feed.url),
            asked=False,
            items=health.items if answer.unchanged else len(headlines),
            newest_at=newest,
            etag=answer.etag or (health.etag if answer.unchanged else ""),
            last_modified=answer.last_modified or (health.last_modified if answer.unchanged else ""),
        )
        # What is to be forgotten again at the next housekeeping would come back from the feed as unread.
        since = now - self._board.snapshot.settings.news.keep_days * 86_400
        headlines = tuple(headline for headline in headlines if headline.at >= since)
        await self._store.save_feed(self._health[feed.url], headlines, answer.contents)
        if headlines and (first_visit or not self._board.snapshot.stories):
            await self._arrived()

    def _sort(self, feed: Feed, headlines: Sequence[Headline]) -> tuple[Headline, ...]:
        """Add categories and coins."""
        index = self._index
        return tuple(
            replace(
                headline,
                categories=categorise(headline.title, headline.tags, feed.categories),
                coins=index.find(headline.title, headline.deck) if index is not None else (),
            )
            for headline in headlines
        )


def _host(url: str) -> str:
    return urlsplit(url).hostname or url
