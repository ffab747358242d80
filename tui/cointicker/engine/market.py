"""The market desk: keeps the quotes of all coins that matter, and how far they moved since each headline."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from cointicker.domain.confirm import confirm
from cointicker.domain.freshness import Failed, Fresh, Freshness, Stale
from cointicker.domain.market import CoinName, Quote
from cointicker.domain.mentions import known_coins
from cointicker.domain.news import Story
from cointicker.engine.allowance import Allowance, quotes_lease
from cointicker.engine.board import Board
from cointicker.engine.errands import Errand, Keep
from cointicker.engine.handle import SourceHandle
from cointicker.engine.leasing import Held, holding
from cointicker.engine.moves import Moves
from cointicker.engine.naming import name_at_hand, name_by_source
from cointicker.engine.pacing import PaceDesk
from cointicker.engine.ports import Deadline, Store
from cointicker.engine.schedule import due_after, note_failure
from cointicker.engine.union import MOST_COINS, union

_MINUTE = 60.0
_RECENT = 3.0
"""Refreshes; a coin with a quote no older than that waits for the next fetch of all."""
_ASKED_AGAIN = 3600.0
"""Seconds after which the source is asked once more about a name that it did not know."""


class MarketDesk:
    """Fetches quotes under a lease and within the budget; one call serves all panes and all headlines."""

    def __init__(self, store: Store, sources: SourceHandle, board: Board) -> None:
        self._store = store
        self._sources = sources
        self._board = board
        self.pacing = PaceDesk(store.ledger, board)
        """How often to fetch."""
        self.pacing.calls_each = self._calls_each
        self.allowance = Allowance(store, board, self.pacing)
        """What the source still allows."""
        self._refused: Failed | None = None
        """That the pace of a minute allowed no fetch when it was asked last, and until when."""
        self._deadline = Deadline()
        self._missing: Mapping[str, float] = {}
        self._asked: frozenset[str] = frozenset()
        """Coins that the last fetch asked for, whichever pane made it."""
        self.moves = Moves(store, board)
        """How far the coins of each headline moved."""
        self.more_coins: tuple[str, ...] = ()
        """Coins to ask for beside the watched ones, such as those that headlines name."""
        self.read_coins: tuple[str, ...] = ()
        """Coins that the article names which was opened last; they come before those of headlines."""
        self.needed: Callable[[], tuple[str, ...]] = tuple
        """Coins that must be asked for besides: those that are held, or that an alert waits for."""

    async def load(self) -> None:
        """Show what is stored."""
        currency = self._board.snapshot.currency
        # In this order: another process stores its quotes before the deadline that says that they were fetched.
        deadline = await self._store.deadline(quotes_lease(currency))
        quotes = await self._store.quotes(currency)
        missing, asked = await self._store.missing(currency), await self._store.asked(currency)
        await self.pacing.look()
        if self._board.snapshot.currency == currency:
            self._deadline, self._missing, self._asked = deadline, missing, asked
            self._show(quotes or self._board.snapshot.quotes)  # a store that fails tells nothing

    def show_pace(self) -> None:
        """Publish how often quotes are fetched: people come and go, and the month passes."""
        self._show(self._board.snapshot.quotes)

    def _show(self, quotes: Mapping[str, Quote]) -> Freshness:
        """Publish quotes and, by the deadline, how they stand."""
        snapshot = self._board.snapshot
        newest, why = self._newest(quotes), self._deadline.why
        state: Freshness = snapshot.market.freshness
        if newest is not None:
            state = Stale(newest, why, self._deadline.next_at) if why else Fresh(newest)
            if snapshot.offline:
                state = Stale(newest, snapshot.why_offline)
        elif why:
            state = Failed(why, self._deadline.next_at)
        if (used_up := self.allowance.used_up()) and not snapshot.offline:
            state = used_up if newest is None else Stale(newest, used_up.why, used_up.retry_at)
        pace = self.pacing.pace
        shown = quotes if quotes is snapshot.quotes else MappingProxyType(dict(quotes))
        self._board.publish(
            quotes=shown,
            missing=MappingProxyType(dict(self._missing)),
            budget=self.pacing.budget,
            pace=pace,
            refresh=pace.seconds,
            market=replace(snapshot.market, freshness=state, next_at=self._next_at(newest, pace.seconds)),
        )
        return state

    def _newest(self, quotes: Mapping[str, Quote]) -> float | None:
        """When the newest quote of a watched coin was fetched, Unix seconds."""
        return max((quotes[coin].fetched_at for coin in self.watched() if coin in quotes), default=None)

    def watched(self) -> tuple[str, ...]:
        """Ids of the coins of all watchlists, those of the one in use first; of lists by rule, of that one only."""
        snapshot = self._board.snapshot
        lists = (snapshot.watchlist, *(each for each in snapshot.watchlists if not each.rule))
        return tuple(dict.fromkeys(coin for each in lists for coin in each.coins))

    def required(self) -> tuple[str, ...]:
        """Ids of the coins that this pane cannot do without: those that are watched, held, or waited for."""
        return tuple(dict.fromkeys((*self.watched(), *self.needed())))

    def due_at(self) -> float:
        """When the next fetch is due, Unix seconds."""
        return self._next_at(self._newest(self._board.snapshot.quotes), self.pacing.pace.seconds)

    def _next_at(self, newest: float | None, interval: float) -> float:
        return max(self._due_at(newest, interval), self._pause_until())

    def _due_at(self, newest: float | None, interval: float) -> float:
        if used_up := self.allowance.used_up():
            return used_up.retry_at or 0.0
        if self._deadline.why:
            return self._deadline.next_at
        now, fetched = self._board.clock(), self._deadline.fetched_at
        if fetched is not None and self._lacking(self.required()):
            return min(now, fetched)  # not now: whoever compares took the time a moment before
        if newest is not None and newest > now:  # from a clock that was wrong: due at once
            fetched = newest
        # Newer quotes do not count else: a page or a look-up brings some, but not all that is watched.
        return due_after(fetched or 0.0, interval, now)

    def _lacking(self, coins: Sequence[str]) -> bool:
        """Whether the last fetch left out one of these, though it has no quote that is good enough until the next."""
        snapshot, now = self._board.snapshot, self._board.clock()
        oldest = now - _RECENT * snapshot.refresh
        return any(
            coin not in self._asked and (coin not in snapshot.quotes or snapshot.quotes[coin].fetched_at < oldest)
            for coin in coins
        )

    async def refresh(self, *, force: bool = False, coins: Sequence[str] = ()) -> Freshness:
        """Fetch if it is due (``force``: anyway, unless the source asked to wait); says how the quotes stand.

        ``coins`` are wanted beside the watched ones, and now.
        """
        snapshot = self._board.snapshot
        if snapshot.offline or not self._is_due(force=force, coins=coins):
            if force and self._refused is not None and self._pause_until() > self._board.clock():
                self._board.tell(self._refused.why)
            return snapshot.market.freshness
        async with holding(self._store.leases, quotes_lease(snapshot.currency)) as held:
            if held is None:
                return self._board.snapshot.market.freshness
            await self.load()  # another process may have fetched while we waited for the lease
            if self._board.snapshot.currency != snapshot.currency or not self._is_due(force=force, coins=coins):
                return self._board.snapshot.market.freshness
            if refused := await self.allowance.quotes_refusal():
                self._refused = refused
                if force:
                    self._board.tell(refused.why)
                return self._show(self._board.snapshot.quotes)
            try:
                self._board.publish_part("market", busy=True)
                return await self._fetch(snapshot.currency, coins, held)
            finally:
                self._board.publish_part("market", busy=False)

    def _is_due(self, *, force: bool, coins: Sequence[str]) -> bool:
        """``force`` does not reach over a wait that the source asked for, and neither do coins that are old."""
        now, quotes = self._board.clock(), self._board.snapshot.quotes
        since = now - self._board.snapshot.refresh
        asked = force or any(coin not in quotes or quotes[coin].fetched_at <= since for coin in coins)
        return now >= (max(self.forced_at(), self._pause_until()) if asked else self.due_at())

    def _pause_until(self) -> float:
        """When the pace of a minute allows the next fetch; a time far ahead is that of a clock that was wrong."""
        until = 0.0 if self._refused is None else self._refused.retry_at or 0.0
        return until if until <= self._board.clock() + _MINUTE else 0.0

    def forced_at(self) -> float:
        """From when a person's own refresh may fetch, Unix seconds; later than now only where the source said so."""
        if used_up := self.allowance.used_up():
            return used_up.retry_at or 0.0
        return self._deadline.next_at if self._deadline.why and self._deadline.asked else 0.0

    async def _fetch(self, currency: str, coins: Sequence[str], held: Held) -> Freshness:
        source = (await self._sources.get()).market
        panes = await self._store.panes.present()
        asked = union((*self.required(), *coins), panes, currency, ("bitcoin", *self.read_coins, *self.more_coins))
        answer = await source.quotes(asked, currency) if await held.confirm() else None
        if answer is None or not await held.confirm():  # another process has taken over and knows better
            await self.load()
            return self._board.snapshot.market.freshness
        now = self._board.clock()
        if isinstance(answer, Failed):
            deadline = note_failure(self._deadline, answer, now)
            await self.allowance.learn(answer)
        else:
            await self.pacing.note_fetch(self._deadline.fetched_at)
            deadline = Deadline(fetched_at=now, next_at=now + self._board.snapshot.refresh)
            await self._keep(answer, currency)
            await self._note_missing(asked, answer, currency)
            await self._store.save_asked(currency, asked)
        await self._store.save_deadline(quotes_lease(currency), deadline)
        known = self._board.snapshot.quotes if isinstance(answer, Failed) else await self._known(answer, currency)
        missing = await self._store.missing(currency)
        await self.pacing.look()
        if self._board.snapshot.currency != currency:  # the person has turned to another one meanwhile
            return self._board.snapshot.market.freshness
        self._deadline, self._missing = deadline, missing
        self._asked = self._asked if isinstance(answer, Failed) else frozenset(asked)
        return self._show(known)

    async def _note_missing(self, wanted: Sequence[str], answer: Sequence[Quote], currency: str) -> None:
        """Note since when the source no longer tells of a coin: since its last quote, else since now."""
        found = {quote.coin_id for quote in answer}
        quotes, now = self._board.snapshot.quotes, self._board.clock()
        missing: dict[str, float] = {}
        for start in range(0, len(wanted), MOST_COINS):
            asked = wanted[start : start + MOST_COINS]
            if found.isdisjoint(asked):
                continue  # a call that failed: it says nothing of its coins
            for coin in asked:
                if coin not in found:
                    missing[coin] = quotes[coin].fetched_at if coin in quotes else now
        await self._store.save_missing(currency, missing)

    async def _keep(self, answer: Sequence[Quote], currency: str) -> None:
        """Store what can be believed; a price that is far off is held until a second sample agrees."""
        stored = await self._store.quotes(currency)
        await self._store.save_quotes([confirm(quote, stored.get(quote.coin_id)) for quote in answer])

    async def _known(self, answer: Sequence[Quote], currency: str) -> dict[str, Quote]:
        """What is stored; where the store failed to keep them, the answer itself."""
        return {quote.coin_id: confirm(quote, None) for quote in answer} | await self._store.quotes(currency)

    def _calls_each(self) -> int:
        """Calls of one fetch for all panes, each currency among them."""
        currencies = {pane.currency for pane in self.pacing.panes()} | {self._board.snapshot.currency}
        return max(1, -(-len(self.required()) // MOST_COINS)) * len(currencies)

    async def take_in(self, quotes: Sequence[Quote], currency: str) -> None:
        """Keep and show quotes that came by another way than ``refresh``."""
        await self._keep(quotes, currency)
        known = await self._known(quotes, currency)
        if self._board.snapshot.currency == currency:
            self._show({**self._board.snapshot.quotes, **known})

    async def name_coins(self) -> tuple[CoinName, ...]:
        """The coins to look for in headlines: watched ones first, then those that titles name most."""
        stored = {name.coin_id: name for name in await self._store.coin_names()}
        watched = [stored[coin] for coin in self.watched() if coin in stored]
        names = {name.coin_id: name for name in (*reversed(stored.values()), *reversed(known_coins()))}
        names |= {name.coin_id: name for name in watched}
        order = dict.fromkeys((*(name.coin_id for name in (*watched, *known_coins())), *stored))
        return tuple(names[coin] for coin in order)

    async def show_moves(self, stories: Sequence[Story]) -> None:
        """Publish how far the coins of each headline moved since it was published."""
        await self.moves.show(stories)

    async def resolve(self, names: Sequence[str]) -> tuple[dict[str, str], list[str] | Failed]:
        """Ids for names that a person typed (ids or symbols), and the names that nobody knows.

        What is known here answers first, then the source; ``Failed`` where it was needed and could not be asked.
        """
        currency = self._board.snapshot.currency
        at_hand = name_at_hand(names, self._board.snapshot.quotes)
        if not at_hand.unknown or self._board.snapshot.offline:
            return dict(at_hand.ids), list(at_hand.unknown)
        answer = await name_by_source(at_hand.unknown, currency, (await self._sources.get()).market)
        if isinstance(answer, Failed):
            return dict(at_hand.ids), answer
        await self.take_in(answer.quotes, currency)
        return {**at_hand.ids, **answer.ids}, list(answer.unknown)

    async def look_up(self, names: Sequence[str]) -> None:
        """Have the source tell of names that nothing is known of, as ``resolve`` does, but of each once an hour."""
        currency = self._board.snapshot.currency
        for name in name_at_hand(names, self._board.snapshot.quotes).unknown:

            async def ask(name: str = name) -> Failed | Keep:
                answer = await name_by_source((name,), currency, (await self._sources.get()).market)
                return answer if isinstance(answer, Failed) else partial(self.take_in, answer.quotes, currency)

            await Errand(f"name:{name}", self._store, self._board, self.allowance).run(_ASKED_AGAIN, ask, quiet=False)
