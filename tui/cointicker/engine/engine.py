"""The running program without a screen: it supervises the desks and carries out what is asked of it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any

from cointicker.config.following import Configuration
from cointicker.config.holdings import LotBook
from cointicker.config.settings import Settings
from cointicker.domain.freshness import Waiting
from cointicker.engine.actions import (
    Action,
    AddAlert,
    AddLot,
    Attend,
    Change,
    CheckFeeds,
    EditLot,
    KeepPlace,
    LookBack,
    LotChange,
    MarkRead,
    Refresh,
    RemoveLot,
    ShowGlobal,
    SnoozeAlert,
    SplitStory,
    Star,
    Touch,
    Undo,
    UseCurrency,
    UseWatchlist,
)
from cointicker.engine.annotating import Annotator
from cointicker.engine.answering import Answering
from cointicker.engine.archive import Archive
from cointicker.engine.attendance import Attendance
from cointicker.engine.board import Board, Listener
from cointicker.engine.charts import ChartDesk
from cointicker.engine.commands import BY_NAME, share_a_place
from cointicker.engine.directory import DirectoryDesk
from cointicker.engine.global_market import GlobalDesk
from cointicker.engine.handle import SourceHandle, addresses
from cointicker.engine.keeping import PACED, Keeper
from cointicker.engine.links import LinkDesk
from cointicker.engine.looking_away import Lookout
from cointicker.engine.market import MarketDesk
from cointicker.engine.mining import MiningDesk
from cointicker.engine.news import MOST_HEADLINES, NewsDesk
from cointicker.engine.notifying import Notifier
from cointicker.engine.panes import PaneDesk
from cointicker.engine.past import PastDesk
from cointicker.engine.personal import Personal
from cointicker.engine.pictures import PictureDesk
from cointicker.engine.ports import Sources, Store, Topic
from cointicker.engine.prefetching import Prefetcher
from cointicker.engine.rankings import RankingDesk
from cointicker.engine.reading import Reader
from cointicker.engine.searching import SearchDesk
from cointicker.engine.state import NEWER, OFFLINE, Snapshot
from cointicker.engine.subscribing import Subscriptions
from cointicker.engine.supervision import Supervisor
from cointicker.engine.undoing import History, inverse, word_marks
from cointicker.engine.waking import Waker
from cointicker.engine.watching import ConfigurationDesk
from cointicker.text.numbers import format_clock

_FOLLOW_EVERY = 0.4
"""Seconds between two looks at what others have written: a change shows within a second, and a look costs next to
nothing."""
_FIRST_HOUSEKEEPING = 60.0
_HOUSEKEEPING_EVERY = 3600.0
_ASKED_AGAIN = 5.0
"""Seconds between two of a person's own refreshes; what is asked for sooner is already on the screen."""
_LAST_CHORES = 0.5
"""Seconds that closing waits for marks to be stored."""


class Engine(Answering):
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
        configuration: Configuration | None = None,
        lots: LotBook | None = None,
        notifier: Notifier | None = None,
        address: Callable[[], str] | None = None,
    ) -> None:
        """``watchlist`` names the one to show first; an unknown name shows the first.

        ``settings`` are in force; ``configuration`` is the file behind them. Without one changes are in memory only.
        ``lots`` are what the person holds; without ``notifier`` alerts are told in the terminal only.
        ``address`` tells that of this machine on its network, by which a change of networks is noticed.
        """
        first = _first_snapshot(settings, watchlist, demo=demo, offline=offline)
        self.board = Board(first, clock)
        self._store = store
        self._offline = offline
        self._notifier = notifier
        self._sources = SourceHandle(make_sources)
        self._open_desks(store, lots)
        self.panes = PaneDesk(store.panes, self.board, self.market.required)
        self.prefetcher = Prefetcher(store, self.board, self.news, self.reader, self.panes)
        self.market.pacing.panes = self.panes.around
        if configuration is None:
            configuration = Configuration(None, settings, environ={}, commands=BY_NAME, together=share_a_place)
        self.configuration = ConfigurationDesk(configuration, self.board, self._follow_settings)
        self.history = History()
        self._supervisor = Supervisor(self.board)
        lists = (self.whole_market, self.past, self.rankings, self.directory)
        self._keeper = Keeper(self.board, market=self.market, news=self.news, mining=self.mining, lists=lists)
        hurry = partial(self._keeper.wake, *PACED)
        self._attendance = Attendance(self.panes, self.market.pacing, Lookout(self.board), hurry)
        self._waker = Waker(store, clock, wake=self._keeper.wake, retry=self._keeper.retry, address=address)
        self._forced_at = float("-inf")
        self._trouble = ""
        self._works: set[asyncio.Task[None]] = set()
        self._chores: set[asyncio.Task[None]] = set()

    def _open_desks(self, store: Store, lots: LotBook | None) -> None:
        """Put up the desks that keep what is shown."""
        self.market = MarketDesk(store, self._sources, self.board)
        self.news = NewsDesk(store, self._sources, self.board, self.market)
        self.searching = SearchDesk(store.search, self.board, self.news)
        self.subscriptions = Subscriptions(self._sources, self.board, self.news.visits)
        self.mining = MiningDesk(store, self._sources, self.board)
        self.reader = Reader(store, self._sources, self.board)
        self.pictures = PictureDesk(self._sources, self.board)
        self.annotator = Annotator(store, self.board, self.market)
        extras = (store, self._sources, self.board, self.market.allowance)
        self.charts = ChartDesk(*extras)
        self.directory = DirectoryDesk(*extras)
        self.links = LinkDesk(self._sources, self.market.allowance)
        self.whole_market = GlobalDesk(*extras)
        self.rankings = RankingDesk(*extras, self.market)
        self.past = PastDesk(*extras, self.market.moves)
        self.personal = Personal(*extras[:3], self.market, lots=lots, notifier=self._notifier)
        self.market.needed = self.personal.coins

    @property
    def archive(self) -> Archive:
        """All that is stored."""
        return self._store.archive

    @property
    def snapshot(self) -> Snapshot:
        """The state as it is now."""
        return self.board.snapshot

    @property
    def settings(self) -> Settings:
        """What is in force now."""
        return self.snapshot.settings

    def subscribe(self, listener: Listener) -> None:
        """Call ``listener`` with every new snapshot, on the loop that runs the engine."""
        self.board.subscribe(listener)

    async def load(self, headlines: int = MOST_HEADLINES) -> None:
        """Show what is stored, so many of the newest headlines; no network."""
        await self.examine_store()
        await self.rankings.load()
        await self.market.load()
        await self.whole_market.load()
        await self.news.load(headlines)
        await self.mining.load()
        await self.personal.load()
        self._tell_trouble()

    async def examine_store(self) -> None:
        """Open the store, though nothing be wanted of it yet, and say what ails it, once."""
        await self._store.changed()
        self._tell_trouble()

    def _tell_trouble(self) -> None:
        """Say what ails the store, once."""
        trouble = self._store.trouble
        if trouble and trouble != self._trouble:
            self.board.tell(trouble, grave=True)
        self._trouble = trouble
        newer = self._store.reads_only
        if newer is not (self.snapshot.why_offline == NEWER):
            self.board.publish(offline=newer or self._offline, why_offline=NEWER if newer else OFFLINE)

    async def run(self) -> None:
        """Keep everything fresh until cancelled or closed."""
        self.panes.touch()  # somebody has opened it
        self._start("headlines", self.news.load_headlines)
        self._start("index", self.searching.catch_up)
        own = {"follow": self._follow, "housekeeping": self._keep_house, "panes": self.panes.keep}
        works: dict[str, Callable[[], Awaitable[None]]] = {**own, **self.personal.works}
        if not self._offline:  # a file of a newer version may give its place to one of ours
            works |= {**self._keeper.works, "waking": self._waker.keep, "prefetch": self.prefetcher.keep}
        for name, work in works.items():
            _track(self._supervisor.keep(name, work), self._works)
        try:
            await asyncio.gather(*self._works, return_exceptions=True)
        finally:
            await _cancel(self._works)

    async def close(self) -> None:
        """Cancel what is under way, but for what the person just marked, and let go of everything."""
        if self._chores:
            await asyncio.wait(self._chores, timeout=_LAST_CHORES)
        await _cancel(self._works | self._chores)
        await self.directory.close()
        await self._sources.close()
        await self.panes.leave()
        await self._store.close()

    async def _follow(self) -> None:
        """Show what other processes and the person write."""
        while True:
            for _ in range(2):  # the files of the configuration half as often: a look at them costs more
                await asyncio.sleep(_FOLLOW_EVERY)
                changed = await self._store.changed()
                self._tell_trouble()
                await self._take_over(changed)
                if changed == frozenset(Topic):  # another file is in the place of the old one
                    self._keeper.wake()
            await self.configuration.look()

    async def _take_over(self, changed: frozenset[Topic]) -> None:
        quotes = self.snapshot.quotes
        if Topic.RANKINGS in changed:
            await self.rankings.load()
        if changed & {Topic.QUOTES, Topic.DEADLINES}:
            await self.market.load()
        if Topic.GLOBAL in changed:
            await self.whole_market.load()
        if changed & {Topic.MINING, Topic.DEADLINES}:
            await self.mining.load()
        if changed & {Topic.WATCHES, Topic.FIRINGS}:
            await self.personal.alerts.load()
        if Topic.FEEDS in changed:
            await self.news.load_health()
        if Topic.SPLITS in changed:
            await self.news.splits.follow()
        if Topic.HEADLINES in changed:
            await self.news.load_headlines()
        if self.snapshot.quotes is not quotes:
            await self.market.show_moves(self.snapshot.stories)

    async def _keep_house(self) -> None:
        await asyncio.sleep(_FIRST_HOUSEKEEPING)
        while True:
            news = self.settings.news
            before = self.board.clock() - news.keep_days * 86_400
            await self._store.prune(before, news.keep_headlines, news.keep_megabytes)
            await asyncio.sleep(_HOUSEKEEPING_EVERY)

    def do(self, action: Action) -> None:
        """Carry out what a person asked for; what it changes comes with a later snapshot."""
        match action:
            case Refresh():
                self._refresh()
            case UseWatchlist(index):
                self.board.publish(active=index % max(1, len(self.snapshot.watchlists)))
                self._keeper.wake("lists")
            case ShowGlobal(shown):
                self.whole_market.shown = shown
                self._keeper.wake("lists")
            case Attend() | Touch() | LookBack():
                self._attendance.carry_out(action)
            case CheckFeeds(urls):
                self._start("feeds", partial(self.subscriptions.check_aloud, urls))
            case UseCurrency(code):
                self._start("currency", partial(self._turn_to, code))
            case Undo():
                self._take_back()
            case SplitStory():
                self._start("split", partial(self.news.splits.carry_out, action, self.history))
            case KeepPlace(headline_id, place):
                self._start("place", partial(self._store.places.keep, headline_id, place))
            case _:
                self._change(action)

    def _change(self, action: MarkRead | Star | LotChange | SnoozeAlert | Change) -> None:
        match action:
            case MarkRead() | Star():
                if back := inverse(action, self.searching.stories):
                    self.history.remember(partial(self._take_marks_back, back))
                self._start("mark", partial(self._mark, action))
            case AddLot() | EditLot() | RemoveLot() | SnoozeAlert():
                self._start("personal", self.personal.carry_out(action, self.history))
            case _:
                if isinstance(action, AddAlert):
                    self._start("personal", self.personal.carry_out(action, self.history))
                self._start("configuration", self.configuration.carry_out(action, self.history))

    def _refresh(self) -> None:
        if self.snapshot.offline:
            self.board.tell(self.snapshot.why_offline)
            return
        now = self.board.clock()
        if 0 <= now - self._forced_at < _ASKED_AGAIN:
            return
        self._forced_at = now
        if used_up := self.market.allowance.used_up():
            self.board.tell(used_up.why)
        elif (until := self.market.forced_at()) > now:
            self.board.tell(f"{self.snapshot.market_source} asked us to wait until {format_clock(until)}")
        self._keeper.force()

    async def _turn_to(self, currency: str) -> None:
        if currency == self.snapshot.currency:
            return
        part = replace(self.snapshot.market, freshness=Waiting(), next_at=None)
        nothing: Mapping[Any, Any] = MappingProxyType({})
        self.board.publish(currency=currency, quotes=nothing, pegs=nothing, moves=nothing, market=part)
        self.whole_market.forget()
        await self.rankings.load()
        await self.market.load()
        await self.personal.pegs.load()
        await self.whole_market.load()
        await self.market.show_moves(self.snapshot.stories)
        self._keeper.wake("market", "lists")

    async def _follow_settings(self, before: Settings, now: Settings, *, turn: bool) -> None:
        """What else changes when settings do; ``turn``: to their currency, whatever the person looked at meanwhile."""
        self.rankings.fill()
        if addresses(before) != addresses(now):
            self._sources.renew()
        if before.news != now.news:
            await self.news.follow_settings()
        if turn or before.currency != now.currency:
            await self._turn_to(now.currency)
        quotes = self.snapshot.quotes
        await self.market.load()
        await self._keeper.follow_quotes(quotes)
        self._keeper.wake()

    def _take_back(self) -> None:
        step = self.history.pop()
        if step is None:
            self.board.tell("nothing to undo")
            return
        self._start("undo", step)

    async def _mark(self, action: MarkRead | Star) -> None:
        if isinstance(action, MarkRead):
            await self.news.mark(action.headline_ids, read=action.read)
        else:
            await self.news.mark(action.headline_ids, starred=action.starred)

    async def _take_marks_back(self, back: MarkRead | Star) -> None:
        await self._mark(back)
        self.board.tell(word_marks(back, self.searching.stories))

    def _start(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        _track(self._supervisor.attempt(name, work, None), self._chores)


def _first_snapshot(settings: Settings, watchlist: str | None, *, demo: bool, offline: bool) -> Snapshot:
    names = [each.name for each in settings.watchlists]
    return Snapshot(
        demo=demo,
        offline=offline,
        settings=settings,
        currency=settings.currency,
        watchlists=settings.watchlists,
        active=names.index(watchlist) if watchlist in names else 0,
        market_source="Demo" if demo else "CoinGecko",
        feeds_total=len(settings.news.feeds),
        refresh=settings.market.refresh,
    )


def _track(work: Coroutine[Any, Any, None], tasks: set[asyncio.Task[None]]) -> None:
    task = asyncio.get_running_loop().create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)


async def _cancel(tasks: Iterable[asyncio.Task[None]]) -> None:
    ended = tuple(tasks)
    for task in ended:
        task.cancel()
    await asyncio.gather(*ended, return_exceptions=True)
