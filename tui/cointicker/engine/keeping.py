"""What keeps the data of the screen fresh: one loop for each kind, each with its own hurry."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from cointicker.domain.freshness import Failed, Stale
from cointicker.domain.market import Quote
from cointicker.engine.board import Board
from cointicker.engine.directory import DirectoryDesk
from cointicker.engine.global_market import GlobalDesk
from cointicker.engine.market import MarketDesk
from cointicker.engine.mining import MiningDesk
from cointicker.engine.news import NewsDesk
from cointicker.engine.past import PastDesk
from cointicker.engine.rankings import RankingDesk

PACED = ("market", "lists")
"""The loops whose pace depends on who is there."""
_LONGEST_SLEEP = 30.0
"""Seconds; after a suspended night the next look at the clock is no further away than this."""
_SHORTEST_SLEEP = 1.0
"""Seconds; work stays due while another process has the lease."""


class Keeper:
    """Fetches what is due, and what a person asks for, for ever."""

    def __init__(
        self,
        board: Board,
        *,
        market: MarketDesk,
        news: NewsDesk,
        mining: MiningDesk,
        lists: tuple[GlobalDesk, PastDesk, RankingDesk, DirectoryDesk],
    ) -> None:
        """``lists`` take turns in this order: what is seen, then what may be asked for."""
        self._board = board
        self._market = market
        self._news = news
        self._mining = mining
        self._lists = lists
        _, _, self._rankings, _ = lists
        self._wake = {name: asyncio.Event() for name in ("market", "news", "mining", "lists")}
        self._forced: set[str] = set()

    @property
    def works(self) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """What runs for ever, by name."""
        return {
            "market": self._keep_market,
            "news": self._keep_news,
            "mining": self._keep_mining,
            "lists": self._keep_lists,
        }

    def wake(self, *names: str) -> None:
        """Look again at what is due; without names, of everything."""
        for name in names or self._wake:
            self._wake[name].set()

    async def retry(self) -> None:
        """Try again now what failed, unless its source asked to wait."""
        snapshot = self._board.snapshot
        if isinstance(snapshot.market.freshness, Stale | Failed):
            await self._market.refresh(force=True)
        if isinstance(snapshot.mining_part.freshness, Stale | Failed):
            await self._mining.refresh(force=True)

    def force(self) -> None:
        """Fetch everything now, due or not."""
        self._forced |= self._wake.keys()
        self.wake()

    async def follow_quotes(self, before: Mapping[str, Quote]) -> None:
        """Work out anew what depends on quotes, where they are others than before."""
        if self._board.snapshot.quotes is not before:
            self._mining.reprice()
            await self._market.show_moves(self._board.snapshot.stories)

    async def _keep_market(self) -> None:
        while True:
            quotes = self._board.snapshot.quotes
            self._market.show_pace()
            await self._market.refresh(force=self._take_force("market"))
            await self.follow_quotes(quotes)
            await self._pause("market", self._market.due_at())

    async def _keep_lists(self) -> None:
        """Lists by rule, the whole market and the directory, one after the other: the source takes few calls."""
        while True:
            self._take_force("lists")  # what is due is fetched, no matter who asks
            quotes = self._board.snapshot.quotes
            await self._rankings.find_coins()  # of the list in use: the page of all others can wait
            for desk in self._lists:
                await desk.refresh()
            await self.follow_quotes(quotes)
            await self._pause("lists", min(desk.due_at() for desk in self._lists))

    async def _keep_news(self) -> None:
        while True:
            await self._news.refresh(force=self._take_force("news"))
            await self._pause("news", self._news.due_at())

    async def _keep_mining(self) -> None:
        while True:
            await self._mining.refresh(force=self._take_force("mining"))
            await self._pause("mining", self._mining.due_at())

    def _take_force(self, name: str) -> bool:
        forced = name in self._forced
        self._forced.discard(name)
        return forced

    async def _pause(self, name: str, due_at: float) -> None:
        """Wait until work may be due by the wall clock, or until the person asks for it; as long as nothing may be
        fetched, until that is over.

        Never so long that a suspended machine would go on showing old data after it woke up.
        """
        event = self._wake[name]
        seconds = min(max(due_at - self._board.clock(), _SHORTEST_SLEEP), _LONGEST_SLEEP)
        try:
            async with asyncio.timeout(None if self._board.snapshot.offline else seconds):
                await event.wait()
        except TimeoutError:
            return
        event.clear()
