"""The desk of lists by rule: finds the coins of the one in use, and the ranks of the 250 largest coins once a day."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from cointicker.domain.freshness import Failed
from cointicker.domain.market import Quote, Watchlist
from cointicker.domain.rules import MOST_TOP, Rule, RuleKind, choose, parse_rule
from cointicker.engine.allowance import Allowance
from cointicker.engine.board import Board
from cointicker.engine.errands import Errand, Keep
from cointicker.engine.handle import SourceHandle
from cointicker.engine.market import MarketDesk
from cointicker.engine.ports import Ranking, Store
from cointicker.engine.schedule import DAY

EVERY = 300.0
"""Seconds between two looks for the coins of the list in use, a floor: the pace of the quotes widens it."""
_LARGEST = Rule(RuleKind.TOP, count=MOST_TOP)
_OF_THE_PAGE = (_LARGEST, Rule(RuleKind.GAINERS), Rule(RuleKind.LOSERS))
"""What one page of the source answers together. Every shorter ``top N`` is the beginning of the longest."""


class RankingDesk:
    """Fills in the coins of lists by rule. Between two fetches the coins and their order stay."""

    def __init__(
        self, store: Store, sources: SourceHandle, board: Board, allowance: Allowance, market: MarketDesk
    ) -> None:
        self._store = store
        self._sources = sources
        self._board = board
        self._allowance = allowance
        self._market = market
        self._errands: dict[tuple[str, str], Errand] = {}
        self._found: dict[Rule, Ranking] = {}
        self._currency = board.snapshot.currency

    async def load(self) -> None:
        """Show the coins that were found last, in the currency in use, and look up how the last tries went."""
        currency = self._board.snapshot.currency
        found = {} if self._currency != currency else dict(self._found)  # a store that fails tells nothing
        for rule in self._rules():
            ranking = await self._store.ranking(str(rule), currency)
            await self._errand(rule, currency).load()
            if ranking is not None:
                found[rule] = ranking
        if self._board.snapshot.currency == currency:
            self._found, self._currency = found, currency
            self.fill()

    def fill(self) -> None:
        """Put the coins that are known into the lists by rule; for whoever has put other lists in their place."""
        self._board.publish(watchlists=tuple(map(self._filled, self._board.snapshot.watchlists)))

    def _filled(self, watchlist: Watchlist) -> Watchlist:
        rule = parse_rule(watchlist.rule)
        ranking = None if rule is None else self._found.get(_basis(rule))
        if rule is None or ranking is None:
            return watchlist
        return replace(watchlist, coins=ranking.coins[: rule.count or None])

    def _rules(self) -> tuple[Rule, ...]:
        """What the lists are made of, and the daily page."""
        rules = (parse_rule(watchlist.rule) for watchlist in self._board.snapshot.watchlists)
        return tuple(dict.fromkeys((*(_basis(rule) for rule in rules if rule is not None), *_OF_THE_PAGE)))

    def _in_use(self) -> Rule | None:
        rule = parse_rule(self._board.snapshot.watchlist.rule)
        return None if rule is None else _basis(rule)

    def due_at(self) -> float:
        """When the next fetch is due, Unix seconds."""
        currency, rule = self._board.snapshot.currency, self._in_use()
        due = self._errand(_LARGEST, currency).due_at(DAY)
        return due if rule is None else min(due, self._errand(rule, currency).due_at(self._interval(), quiet=False))

    def _interval(self) -> float:
        return self._allowance.pacing.list_interval(EVERY)

    async def refresh(self) -> None:
        """Fetch the coins of the list in use if that is due, and the page of the largest once a day."""
        await self.find_coins()
        currency = self._board.snapshot.currency
        if self._board.clock() >= self._errand(_LARGEST, currency).due_at(DAY):
            await self._run(_LARGEST, currency, DAY, quiet=True)

    async def find_coins(self) -> str:
        """Fetch the coins of the list in use, if a rule chooses them and that is due; why it could not, in words."""
        currency, rule = self._board.snapshot.currency, self._in_use()
        if rule is None:
            return ""
        errand = self._errand(rule, currency)
        if self._board.clock() >= errand.due_at(self._interval(), quiet=False):
            await self._run(rule, currency, self._interval(), quiet=False)
        snapshot = self._board.snapshot
        return snapshot.why_offline if snapshot.offline else errand.deadline.why

    async def _run(self, rule: Rule, currency: str, interval: float, *, quiet: bool) -> None:
        async def fetch() -> Failed | Keep:
            return await self._fetch(rule, currency)

        await self._errand(rule, currency).run(interval, fetch, quiet=quiet)
        await self.load()  # what was found, here or by another pane

    async def _fetch(self, rule: Rule, currency: str) -> Failed | Keep:
        source = (await self._sources.get()).market
        if rule.kind is RuleKind.TRENDING:
            trending = await source.trending()
            if isinstance(trending, Failed):
                return trending
            quotes = await source.quotes(trending, currency)
            found = {rule: trending}
        else:
            quotes = await source.page(currency, rule.category)
            chosen = _OF_THE_PAGE if rule in _OF_THE_PAGE else (rule,)
            found = {} if isinstance(quotes, Failed) else {each: choose(each, quotes) for each in chosen}
        return quotes if isinstance(quotes, Failed) else partial(self._keep_all, found, quotes, currency)

    async def _keep_all(self, found: Mapping[Rule, tuple[str, ...]], quotes: Sequence[Quote], currency: str) -> None:
        await self._keep(found, currency)
        await self._market.take_in(quotes, currency)

    async def _keep(self, found: Mapping[Rule, tuple[str, ...]], currency: str) -> None:
        for rule, coins in found.items():
            ranking = Ranking(coins, self._board.clock())
            await self._store.save_ranking(str(rule), currency, ranking)
            if self._currency == currency:
                self._found[rule] = ranking
        self.fill()  # before the quotes come, so that they count as those of watched coins

    def _errand(self, rule: Rule, currency: str) -> Errand:
        name = "page" if rule in _OF_THE_PAGE else str(rule)
        if (name, currency) not in self._errands:
            errand = Errand(f"list:{name}:{currency}", self._store, self._board, self._allowance)
            self._errands[name, currency] = errand
        return self._errands[name, currency]


def _basis(rule: Rule) -> Rule:
    """The rule whose coins are stored for it."""
    return _LARGEST if rule.kind is RuleKind.TOP else rule
