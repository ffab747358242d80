"""The running program without a screen: it supervises the desks and carries out what is asked of it."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from functools import partial

from cointicker.config.settings import Settings
from cointicker.domain.news import Article, Content, Headline
from cointicker.engine.actions import Action, MarkRead, Refresh, Star, Undo, UseWatchlist
from cointicker.engine.board import Board, Listener
from cointicker.engine.handle import SourceHandle
from cointicker.engine.market import MarketDesk
from cointicker.engine.mining import MiningDesk
from cointicker.engine.news import NewsDesk
from cointicker.engine.ports import Sources, Store
from cointicker.engine.reading import Reader
from cointicker.engine.state import Snapshot

log = logging.getLogger(__name__)

_LONGEST_SLEEP = 30.0
"""Seconds; after a suspended night the next look at the clock is no further away than this."""
_FOLLOW_EVERY = 1.0
_HOUSEKEEPING_EVERY = 3600.0
_RESTART_AFTER = 30.0
_UNDO_STEPS = 50


class Engine:
    """Everything that the screen and the commands show comes from here; everything they want goes in here."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        make_sources: Callable[[], Sources],
        *,
        clock: Callable[[], float] = time.time,
        offline: bool = False,
        demo: bool = False,
        watchlist: str | None = None,
    ) -> None:
        """``watchlist`` names the one to show first; an unknown name shows the first."""
        names = [each.name for each in settings.watchlists]
        first = Snapshot(
            demo=demo,
            offline=offline,
            currency=settings.currency,
            watchlists=settings.watchlists,
            active=names.index(watchlist) if watchlist in names else 0,
            market_source="Demo" if demo else "CoinGecko",
            feeds_total=len(settings.news.feeds),
            refresh=settings.market.refresh,
        )
        self.settings = settings
        self.board = Board(first, clock)
        self._store = store
        self._sources = SourceHandle(make_sources)
        self.market = MarketDesk(settings, store, self._sources, self.board)
        self.news = NewsDesk(settings, store, self._sources, self.board, self.market)
        self.mining = MiningDesk(settings, store, self._sources, self.board)
        self.reader = Reader(store, self._sources, self.board, full_articles=settings.news.full_articles)
        self._wake = {name: asyncio.Event() for name in ("market", "news", "mining")}
        self._forced: set[str] = set()
        self._undo: list[MarkRead | Star] = []
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def snapshot(self) -> Snapshot:
        """The state as it is now."""
        return self.board.snapshot

    def subscribe(self, listener: Listener) -> None:
        """Call ``listener`` with every new snapshot, on the loop that runs the engine."""
        self.board.subscribe(listener)

    async def load(self) -> None:
        """Show what is stored; no network."""
        await self.market.load()
        await self.news.load()
        await self.mining.load()
        if self._store.trouble:
            self.board.tell(self._store.trouble, grave=True)

    async def run(self) -> None:
        """Keep everything fresh until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._supervise("follow", self._follow))
            tasks.create_task(self._supervise("housekeeping", self._keep_house))
            if not self.snapshot.offline:
                tasks.create_task(self._supervise("market", self._keep_market))
                tasks.create_task(self._supervise("news", self._keep_news))
                tasks.create_task(self._supervise("mining", self._keep_mining))

    async def close(self) -> None:
        """Cancel what is under way and let go of everything."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._sources.close()
        await self._store.close()

    async def _supervise(self, name: str, work: Callable[[], Awaitable[None]], *, again: bool = True) -> None:
        """The one place where an unforeseen error is caught: it is logged, said once, and the work starts again."""
        said = False
        while True:
            try:
                return await work()
            except Exception:  # noqa: BLE001 the supervisor outlives any fault of what it supervises
                log.exception("%s failed", name)
                if not said:
                    self.board.tell(f"an internal error in {name}; the log has the details", grave=True)
                    said = True
            if not again:
                return None
            await asyncio.sleep(_RESTART_AFTER)

    async def _keep_market(self) -> None:
        while True:
            before = self.snapshot.quotes
            await self.market.refresh(force=self._take_force("market"))
            if self.snapshot.quotes is not before:
                await self.market.show_moves(self.snapshot.stories)
            await self._pause("market", self.market.due_at())

    async def _keep_news(self) -> None:
        while True:
            await self.news.refresh(force=self._take_force("news"))
            await self._pause("news", self.news.due_at())

    async def _keep_mining(self) -> None:
        while True:
            await self.mining.refresh(force=self._take_force("mining"))
            await self._pause("mining", self.mining.due_at())

    def _take_force(self, name: str) -> bool:
        forced = name in self._forced
        self._forced.discard(name)
        return forced

    async def _pause(self, name: str, due_at: float) -> None:
        """Wait until work may be due by the wall clock, or until the person asks for it.

        At least a second, since work stays due while another process has the lease; never so long that a
        suspended machine would go on showing old data after it woke up.
        """
        event = self._wake[name]
        try:
            async with asyncio.timeout(min(max(due_at - self.board.clock(), 1.0), _LONGEST_SLEEP)):
                await event.wait()
        except TimeoutError:
            return
        event.clear()

    async def _follow(self) -> None:
        """Show what other processes write."""
        while True:
            await asyncio.sleep(_FOLLOW_EVERY)
            if await self._store.changed():
                await self.load()

    async def _keep_house(self) -> None:
        news = self.settings.news
        while True:
            await asyncio.sleep(_HOUSEKEEPING_EVERY)
            await self._store.prune(self.board.clock() - news.keep_days * 86_400, news.keep_headlines)

    async def open(self, headline: Headline, *, prefer: Content | None = None) -> Article:
        """The article behind a headline."""
        return await self.reader.open(headline, prefer=prefer)

    def do(self, action: Action) -> None:
        """Carry out what a person asked for; what it changes comes with a later snapshot."""
        match action:
            case Refresh():
                self._refresh()
            case UseWatchlist(index):
                self.board.publish(active=index % max(1, len(self.snapshot.watchlists)))
            case Undo():
                self._take_back()
            case MarkRead() | Star():
                self._remember(action)
                self._start("mark", partial(self._mark, action))

    def _refresh(self) -> None:
        if self.snapshot.offline:
            self.board.tell("--offline fetches nothing")
            return
        for name, event in self._wake.items():
            self._forced.add(name)
            event.set()

    def _take_back(self) -> None:
        if not self._undo:
            self.board.tell("nothing to undo")
            return
        self._start("undo", partial(self._mark, self._undo.pop()))

    def _remember(self, action: MarkRead | Star) -> None:
        if isinstance(action, MarkRead):
            if action.quietly:
                return
            changed = self._ids_where(action.headline_ids, lambda headline: headline.read != action.read)
            back: MarkRead | Star = MarkRead(changed, not action.read)
        else:
            changed = self._ids_where(action.headline_ids, lambda headline: headline.starred != action.starred)
            back = Star(changed, not action.starred)
        if changed:
            self._undo = [*self._undo[-_UNDO_STEPS:], back]

    def _ids_where(self, headline_ids: tuple[str, ...], differs: Callable[[Headline], bool]) -> tuple[str, ...]:
        wanted = frozenset(headline_ids)
        return tuple(
            headline.headline_id
            for story in self.snapshot.stories
            for headline in story.headlines
            if headline.headline_id in wanted and differs(headline)
        )

    async def _mark(self, action: MarkRead | Star) -> None:
        if isinstance(action, MarkRead):
            await self.news.mark(action.headline_ids, read=action.read)
        else:
            await self.news.mark(action.headline_ids, starred=action.starred)

    def _start(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        task = asyncio.get_running_loop().create_task(self._supervise(name, work, again=False))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
