"""Visits the feeds: when they are due, four at a time, never two of one host, under a lease that all panes share."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from cointicker.domain.categories import categorise
from cointicker.domain.freshness import Failed, Fresh, Freshness, Stale, Waiting
from cointicker.domain.market import CoinName
from cointicker.domain.mentions import CoinIndex
from cointicker.domain.news import Feed, FeedHealth, Headline
from cointicker.engine.board import Board
from cointicker.engine.breathing import Breath
from cointicker.engine.feed_health import after_answer, after_failure, asked_place, place_of, told_of
from cointicker.engine.handle import SourceHandle
from cointicker.engine.latecomers import coins_of
from cointicker.engine.leasing import Held, holding
from cointicker.engine.market import MarketDesk
from cointicker.engine.ports import FeedAnswer, Store
from cointicker.engine.state import INTERNAL

log = logging.getLogger(__name__)

NEVER = float("inf")
NOTHING: Mapping[str, str] = MappingProxyType({})
LEASE = "news"
_AT_ONCE = 4
"""Feeds that are visited side by side; never two of one host."""
ASKED_AGAIN = 30.0
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
        self._names: tuple[CoinName, ...] = ()
        self._index: CoinIndex | None = None
        """What finds the coins of these names."""
        self._showing = asyncio.Lock()
        self._has_news = False

    @property
    def _feeds(self) -> tuple[Feed, ...]:
        return self._board.snapshot.settings.news.feeds

    async def load(self) -> None:
        """Show how the stored visits went."""
        self._health = await self._store.feeds() or self._health  # a store that fails tells nothing
        self._show()

    def _show(self) -> None:
        waits = self._host_waits()
        visited = tuple(
            replace(self._known(feed), next_at=self._next_at(feed, waits))
            for feed in self._feeds
            if feed.url in self._health or asked_place(feed, None) in waits
        )
        self._board.publish(feeds=visited, feeds_total=len(self._feeds))
        self._board.publish_part("news", freshness=self._judge(visited), next_at=self.due_at())

    def _judge(self, visited: Sequence[FeedHealth]) -> Freshness:
        """Fresh while one feed answers; stale when none does; failed when there is nothing to show."""
        snapshot = self._board.snapshot
        ok = [health.ok_at for health in visited if health.ok_at is not None and not health.why]
        if ok:
            return Stale(max(ok), snapshot.why_offline) if snapshot.offline else Fresh(max(ok))
        failing = [health for health in visited if health.why]
        if not failing:
            return Waiting()
        why = failing[0].why if len(failing) == 1 else f"none of {len(failing)} feeds answers: {failing[0].why}"
        earliest = min(health.next_at for health in failing)
        again = None if earliest == NEVER else earliest
        before = max((health.ok_at for health in failing if health.ok_at is not None), default=None)
        return Failed(why, again) if before is None else Stale(before, why, again)

    def due_at(self) -> float:
        """When the next feed is due, Unix seconds."""
        waits = self._host_waits()
        return min((self._next_at(feed, waits) for feed in self._feeds), default=NEVER)

    def _next_at(self, feed: Feed, waits: Mapping[str, float]) -> float:
        health = self._health.get(feed.url)
        if health is not None and health.gone:
            return NEVER
        own = health.next_at if health is not None and not self._is_ahead(health) else 0.0
        return max(own, waits.get(asked_place(feed, health), 0.0))

    def _is_ahead(self, health: FeedHealth) -> bool:
        """Whether the last visit lies in the future: it was noted under a wrong clock, and so was the next."""
        return health.checked_at is not None and health.checked_at > self._board.clock()

    def _host_waits(self) -> dict[str, float]:
        """Host and port → until when, Unix seconds, it asked to be left alone, whichever of its feeds it told so."""
        now = self._board.clock()
        waits: dict[str, float] = {}
        for health in self._health.values():
            if health.asked and health.next_at > now and not self._is_ahead(health):
                place = place_of(health.address or health.url)
                waits[place] = max(health.next_at, waits.get(place, 0.0))
        return waits

    def waits_until(self, feed: Feed) -> float:
        """Until when, Unix seconds, the host of a feed asked to be left alone; 0 where it did not."""
        return self._host_waits().get(asked_place(feed, self._health.get(feed.url)), 0.0)

    async def refresh(self, *, force: bool = False, only: Collection[str] = ()) -> Freshness:
        """Visit the feeds that are due.

        ``force``: all that were not visited a moment ago and whose hosts did not ask us to wait; ``only``: of those
        the ones with these addresses, though they be gone.
        """
        if self._board.snapshot.offline or not self._due_feeds(force=force, only=only):
            return self._board.snapshot.news.freshness
        async with holding(self._store.leases, LEASE) as held:
            if held is None:
                return self._board.snapshot.news.freshness
            await self.load()  # another process may have visited some meanwhile
            if due := self._due_feeds(force=force, only=only):
                try:
                    self._board.publish_part("news", busy=True)
                    await self._visit_all(due, held)
                finally:
                    self._board.publish_part("news", busy=False)
        return self._board.snapshot.news.freshness

    def _due_feeds(self, *, force: bool, only: Collection[str]) -> list[Feed]:
        now, waits = self._board.clock(), self._host_waits()
        if not force:
            return [feed for feed in self._feeds if self._next_at(feed, waits) <= now]
        wanted = [feed for feed in self._feeds if not only or feed.url in only]
        return [feed for feed in wanted if self._may_visit(feed, waits, now, gone_too=bool(only))]

    def _may_visit(self, feed: Feed, waits: Mapping[str, float], now: float, *, gone_too: bool) -> bool:
        """Whether a person's own wish is enough for a visit."""
        health = self._health.get(feed.url)
        if asked_place(feed, health) in waits:
            return False
        if health is None or health.checked_at is None:
            return True
        if health.gone and not gone_too:
            return False
        return not 0 <= now - health.checked_at < ASKED_AGAIN

    async def _visit_all(self, feeds: Sequence[Feed], held: Held) -> None:
        await self._learn_names()
        gate = asyncio.Semaphore(_AT_ONCE)
        hosts: dict[str, asyncio.Lock] = {}

        async def visit(feed: Feed) -> None:
            place = asked_place(feed, self._health.get(feed.url))
            async with hosts.setdefault(place, asyncio.Lock()), gate:
                if place in self._host_waits():  # another of its feeds was just told so
                    return
                await self._visit(feed, held)

        outcomes = await asyncio.gather(*map(visit, feeds), return_exceptions=True)
        for feed, outcome in zip(feeds, outcomes, strict=True):
            if isinstance(outcome, Exception):  # one feed's trouble is no other's
                log.error("visiting %r failed", feed.url, exc_info=outcome)
                await self._note_failure(feed, Failed(INTERNAL))
        if not await held.confirm():
            await self.load()
        await self._arrived()

    async def _learn_names(self) -> None:
        names = await self._market.name_coins()
        if names != self._names:
            self._names, self._index = names, await asyncio.to_thread(CoinIndex, names)

    async def _visit(self, feed: Feed, held: Held) -> None:
        health, source = self._known(feed), (await self._sources.get()).feeds
        answer = await source.fetch(feed, health) if await held.confirm() else None
        if answer is None or not await held.confirm():
            return  # another process has taken over
        if isinstance(answer, Failed):
            await self._note_failure(feed, answer)
        else:
            await self._keep(feed, health, answer, self._board.clock())

    def _known(self, feed: Feed) -> FeedHealth:
        return self._health.get(feed.url) or FeedHealth(feed.url, feed.name)

    async def _note_failure(self, feed: Feed, failed: Failed) -> None:
        interval = self._board.snapshot.settings.news.refresh
        await self._note(after_failure(feed, self._known(feed), failed, self._board.clock(), interval=interval))

    async def _note(
        self, health: FeedHealth, headlines: Sequence[Headline] = (), contents: Mapping[str, str] = NOTHING
    ) -> None:
        if words := told_of(self._health.get(health.url), health):
            self._board.tell(words, grave=health.gone)
        self._health[health.url] = health
        await self._store.save_feed(health, headlines, contents)
        self._show()

    async def _keep(self, feed: Feed, health: FeedHealth, answer: FeedAnswer, now: float) -> None:
        news = self._board.snapshot.settings.news
        headlines = await asyncio.to_thread(self._sort, feed, answer.headlines)
        after = after_answer(
            *(feed, health, answer, now),
            interval=news.refresh,
            items=len(headlines),
            newest=max((headline.published for headline in headlines if headline.published), default=None),
        )
        # What is to be forgotten again at the next housekeeping would come back from the feed as unread.
        since = now - news.keep_days * 86_400
        headlines = tuple(headline for headline in headlines if headline.at >= since)
        await self._note(after, headlines, answer.contents)
        if headlines and (health.ok_at is None or not self._board.snapshot.stories):
            await self._show_news()

    async def _show_news(self) -> None:
        """Show what a feed brought; what others bring while that is worked out, they share the next time."""
        self._has_news = True
        if self._showing.locked():
            return
        async with self._showing:
            while self._has_news:
                self._has_news = False
                await self._arrived()

    def _sort(self, feed: Feed, headlines: Sequence[Headline]) -> tuple[Headline, ...]:
        """Add categories and coins."""
        index, breath = self._index, Breath()

        def sorted_in(headline: Headline) -> Headline:
            breath()
            return replace(
                headline,
                categories=categorise(headline.title, headline.tags, feed.categories),
                coins=coins_of(headline, index) if index is not None else (),
            )

        return tuple(map(sorted_in, headlines))
