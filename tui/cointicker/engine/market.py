"""The market desk: keeps the quotes of all coins that matter, and how far they moved since each headline."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from cointicker.config.settings import Settings
from cointicker.domain.freshness import Failed, Fresh, Freshness, Stale, Waiting, fetched_at
from cointicker.domain.market import CoinName, PriceHistory, Quote, match_coin, move, sparkline_price
from cointicker.domain.mentions import known_coins
from cointicker.domain.news import Headline, Story
from cointicker.engine.board import Board
from cointicker.engine.budget import market_interval, month_start
from cointicker.engine.handle import SourceHandle
from cointicker.engine.ports import Deadline, Store
from cointicker.engine.schedule import retry_at

LEASE = "market"
_LEASE_SECONDS = 40.0
MOST_COINS = 250
"""Coins in one call."""
_NEAR = 20 * 60.0
"""Seconds between a headline and a stored price that still counts as the price of that time."""
_WEEK = 7 * 86_400.0


class MarketDesk:
    """Fetches quotes under a lease and within the budget; one call serves all panes and all headlines."""

    def __init__(self, settings: Settings, store: Store, sources: SourceHandle, board: Board) -> None:
        self._settings = settings
        self._store = store
        self._sources = sources
        self._board = board
        self._deadline = Deadline()
        self._histories: Mapping[str, PriceHistory] = {}
        self.more_coins: tuple[str, ...] = ()
        """Coins to ask for beside the watched ones, such as those that headlines name."""

    async def load(self) -> None:
        """Show what is stored."""
        currency = self._board.snapshot.currency
        quotes = await self._store.quotes(currency)
        self._deadline = await self._store.deadline(self._lease)
        newest = self._stored_at(quotes)
        state = self._board.snapshot.market.freshness
        if newest is not None:
            why = self._deadline.why
            state = Stale(newest, why, self._deadline.next_at) if why else Fresh(newest)
        elif self._deadline.why:
            state = Failed(self._deadline.why, self._deadline.next_at)
        self._board.publish(quotes=MappingProxyType(quotes))
        await self._count_budget()
        self._board.publish_part("market", freshness=state, next_at=self.due_at())

    @property
    def _lease(self) -> str:
        return f"{LEASE}:{self._board.snapshot.currency}"

    def _stored_at(self, quotes: Mapping[str, Quote]) -> float | None:
        watched = [quotes[coin].fetched_at for coin in self.watched() if coin in quotes]
        return max(watched, default=None)

    def watched(self) -> tuple[str, ...]:
        """Ids of the coins of all watchlists, those of the one in use first."""
        snapshot = self._board.snapshot
        lists = (snapshot.watchlist, *snapshot.watchlists)
        return tuple(dict.fromkeys(coin for each in lists for coin in each.coins))

    def due_at(self) -> float:
        """When the next fetch is due, Unix seconds."""
        newest = self._stored_at(self._board.snapshot.quotes)
        if self._deadline.why or newest is None:
            return self._deadline.next_at
        return newest + self._board.snapshot.refresh

    async def refresh(self, *, force: bool = False, coins: Sequence[str] = ()) -> Freshness:
        """Fetch if it is due (``force``: anyway, unless the source asked to wait); says how the quotes stand."""
        if not self._is_due(force=force or bool(coins)):
            return self._board.snapshot.market.freshness
        if not await self._store.acquire(self._lease, _LEASE_SECONDS):
            return self._board.snapshot.market.freshness
        try:
            await self.load()  # another process may have fetched while we waited for the lease
            if not self._is_due(force=force or bool(coins)):
                return self._board.snapshot.market.freshness
            self._board.publish_part("market", busy=True)
            return await self._fetch(coins)
        finally:
            self._board.publish_part("market", busy=False)
            await self._store.release(self._lease)

    def _is_due(self, *, force: bool) -> bool:
        """``force`` does not reach over a wait that the source asked for."""
        now = self._board.clock()
        if force:
            return not (self._deadline.why and self._deadline.asked and now < self._deadline.next_at)
        return now >= self.due_at()

    async def _fetch(self, coins: Sequence[str]) -> Freshness:
        currency = self._board.snapshot.currency
        wanted = tuple(dict.fromkeys((*self.watched(), *coins, "bitcoin", *self.more_coins)))
        required = len(dict.fromkeys((*self.watched(), *coins)))
        wanted = wanted[: max(MOST_COINS, required)]
        source = (await self._sources.get()).market
        answer = await source.quotes(wanted, currency)
        now = self._board.clock()
        if isinstance(answer, Failed):
            state = self._note_failure(answer, now)
            await self._store.save_deadline(self._lease, self._deadline)
        else:
            await self._store.save_quotes(answer)
            self._deadline = Deadline(fetched_at=now, next_at=now + self._board.snapshot.refresh)
            await self._store.save_deadline(self._lease, self._deadline)
            state = Fresh(now)
            self._show(await self._store.quotes(currency), answer)
        await self._count_budget()
        self._board.publish_part("market", freshness=state, next_at=self.due_at())
        return state

    def _show(self, stored: Mapping[str, Quote], answer: Iterable[Quote]) -> None:
        quotes = dict(stored)
        for quote in answer:
            if quote.coin_id not in quotes:
                quotes[quote.coin_id] = quote
        self._board.publish(quotes=MappingProxyType(quotes))

    def _note_failure(self, failed: Failed, now: float) -> Freshness:
        failures = self._deadline.failures + 1
        again = retry_at(failed, failures, now)
        asked = failed.retry_at is not None
        self._deadline = Deadline(self._deadline.fetched_at, again, failed.why, failures, asked)
        since = self._stored_at(self._board.snapshot.quotes)
        return Failed(failed.why, again, failed.cause) if since is None else Stale(since, failed.why, again)

    async def _count_budget(self) -> None:
        """How many calls are left this month and how often they allow to ask."""
        market = self._settings.market
        now = self._board.clock()
        left: int | None = None
        if market.has_key and market.monthly_calls and not self._board.snapshot.demo:
            used = await self._store.calls_since("market", month_start(now))
            left = max(0, market.monthly_calls - used)
        pages = -(-len(self.watched()) // MOST_COINS) or 1
        self._board.publish(calls_left=left, refresh=market_interval(market.refresh, left, pages, now))

    async def name_coins(self) -> tuple[CoinName, ...]:
        """The coins to look for in headlines: watched ones first, then those that titles name most."""
        stored = {name.coin_id: name for name in await self._store.coin_names()}
        watched = [stored[coin] for coin in self.watched() if coin in stored]
        known = known_coins()
        seen = {name.coin_id for name in (*watched, *known)}
        rest = (name for name in stored.values() if name.coin_id not in seen)
        return (*watched, *(name for name in known if name not in watched), *rest)

    async def show_moves(self, stories: Sequence[Story]) -> None:
        """Publish how far the coins of each headline moved since it was published."""
        now = self._board.clock()
        quotes = self._board.snapshot.quotes
        headlines = [headline for story in stories for headline in story.headlines if now - headline.at < _WEEK]
        coins = sorted({coin for headline in headlines for coin in headline.coins if coin in quotes})
        if headlines and coins:
            since = min(headline.at for headline in headlines) - _NEAR
            self._histories = await self._store.histories(coins, self._board.snapshot.currency, since)
        moves: dict[tuple[str, str], float] = {}
        for headline in headlines:
            for coin in headline.coins:
                change = self._move_since(headline, coin, now)
                if change is not None:
                    moves[headline.headline_id, coin] = change
        self._board.publish(moves=MappingProxyType(moves))

    def _move_since(self, headline: Headline, coin: str, now: float) -> float | None:
        quote = self._board.snapshot.quotes.get(coin)
        if quote is None or quote.price is None or now - quote.fetched_at > _WEEK:
            return None
        history = self._histories.get(coin)
        before = history.near(headline.at, _NEAR) if history is not None else None
        return move(before if before is not None else sparkline_price(quote, headline.at), quote.price)

    async def resolve(self, names: Sequence[str]) -> tuple[dict[str, str], list[str] | Failed]:
        """Ids for names that a person typed (ids or symbols), and the names that nobody knows.

        What is stored answers first, then the coins that we know by heart, then the source.
        """
        found: dict[str, str] = {}
        unknown: list[str] = []
        stored = tuple(self._board.snapshot.quotes.values())
        by_heart = {key: coin.coin_id for coin in reversed(known_coins()) for key in (coin.coin_id, coin.symbol.lower())}
        for name in names:
            lowered = name.strip().lower()
            known = by_heart.get(lowered)
            quote = None if known else match_coin(lowered, stored)
            coin_id = known or (quote.coin_id if quote else None)
            if coin_id:
                found[name] = coin_id
            else:
                unknown.append(name)
        if not unknown or self._board.snapshot.offline:
            return found, unknown
        return await self._ask_for(unknown, found)

    async def _ask_for(self, unknown: list[str], found: dict[str, str]) -> tuple[dict[str, str], list[str] | Failed]:
        currency = self._board.snapshot.currency
        source = (await self._sources.get()).market
        by_id = await source.quotes([name.strip().lower() for name in unknown], currency)
        if isinstance(by_id, Failed):
            return found, by_id
        answers = list(by_id)
        left = [name for name in unknown if match_coin(name, by_id) is None]
        if left:
            by_symbol = await source.find([name.strip().lower() for name in left], currency)
            if isinstance(by_symbol, Failed):
                return found, by_symbol
            answers += by_symbol
        await self._store.save_quotes(answers)
        self._show(await self._store.quotes(currency), answers)
        still: list[str] = []
        for name in unknown:
            quote = match_coin(name, answers)
            if quote is None:
                still.append(name)
            else:
                found[name] = quote.coin_id
        return found, still


def stands(state: Freshness) -> bool:
    """Whether there is anything to show."""
    return not isinstance(state, Waiting | Failed) and fetched_at(state) is not None
