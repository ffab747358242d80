"""The holdings desk: follows the file of lots, says what they are worth, writes down what a person changes."""

import asyncio
from dataclasses import dataclass, replace
from functools import partial

from cointicker.config.files import Held, Refused, Saved, sentence
from cointicker.config.holdings import LOTS, Holdings, LotBook
from cointicker.config.problems import Problem
from cointicker.domain.portfolio import Lot, Portfolio, appraise
from cointicker.engine.actions import AddLot, EditLot, LotChange, RemoveLot
from cointicker.engine.board import Board
from cointicker.engine.rates import Rates
from cointicker.engine.state import Snapshot
from cointicker.engine.undoing import History

_LOOK_EVERY = 2.0
"""Seconds between two looks at the file."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a change."""

    words: str
    """What it did, or why nothing was done."""
    saved: Saved | None = None


class HoldingsDesk:
    """Publishes the portfolio anew when the file, a price or the currency changes."""

    def __init__(self, book: LotBook | None, board: Board, rates: Rates) -> None:
        """Without a ``book`` no file is ever opened, and there is no portfolio."""
        self._book = book
        self._board = board
        self._rates = rates
        self._holdings = Holdings()
        self._read: tuple[object, ...] | None = None
        """Which file was read, and in which currency."""
        self._seen: tuple[object, str] | None = None
        self._changed = asyncio.Event()
        board.subscribe(self._notice)

    def _notice(self, snapshot: Snapshot) -> None:
        seen = (snapshot.quotes, snapshot.currency)
        if self._seen is None or seen[0] is not self._seen[0] or seen[1] != self._seen[1]:
            self._seen = seen
            self._changed.set()

    async def load(self) -> None:
        """Show what the file says, at the prices that are known."""
        if self._book is not None:
            await self._follow(self._book)
            await self._appraise()

    async def fetch_rates(self) -> None:
        """Ask for what other currencies that lots are in are worth, where that is not known, and count with it."""
        if await self._rates.fetch(self._currencies(), self._board.snapshot.currency):
            await self._appraise()

    async def keep(self) -> None:
        """Follow the file and the prices for ever."""
        if self._book is None:
            await asyncio.Event().wait()
            return
        while True:
            changed = await self._follow(self._book)
            if self._changed.is_set() or changed:
                self._changed.clear()
                await self._appraise()
            await self.fetch_rates()
            try:
                async with asyncio.timeout(_LOOK_EVERY):
                    await self._changed.wait()
            except TimeoutError:
                continue

    def coins(self) -> tuple[str, ...]:
        """Ids of the coins that are held."""
        portfolio = self._board.snapshot.portfolio
        return () if portfolio is None else tuple(each.coin_id for each in portfolio.positions if each.amount)

    def _currencies(self) -> tuple[str, ...]:
        """Other currencies that lots are in."""
        here = self._board.snapshot.currency
        return tuple(dict.fromkeys(lot.currency for lot in self._holdings.lots if lot.currency != here))

    async def _follow(self, book: LotBook) -> bool:
        """Read the file where it has changed; whether it has. A broken one leaves what was read before."""
        currency = self._board.snapshot.settings.currency
        found = (*await asyncio.to_thread(book.stamp), currency)
        if found == self._read:
            return False
        holdings = await asyncio.to_thread(book.read, currency)
        self._read = found
        self._tell([str(each) for each in holdings.problems if each not in self._holdings.problems])
        self._holdings = Holdings(self._holdings.lots, holdings.problems) if holdings.broken else holdings
        return True

    def _tell(self, problems: list[str]) -> None:
        """Say what is wrong with the file that was not wrong before."""
        if problems:
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            self._board.tell(f"{problems[0]}{more}", grave=True)

    async def _appraise(self) -> None:
        snapshot = self._board.snapshot
        rates = await self._rates.of(self._currencies(), snapshot.currency)
        portfolio = appraise(self._holdings.lots, snapshot.quotes, snapshot.currency, rates)
        if self._board.snapshot.currency == snapshot.currency:
            self._board.publish(portfolio=self._with_problems(portfolio))

    def _with_problems(self, portfolio: Portfolio) -> Portfolio:
        problems = (*self._holdings.problems, *self._oversold(portfolio))
        ordered = sorted(problems, key=lambda problem: problem.line or 0)
        return replace(portfolio, problems=tuple(str(problem) for problem in ordered))

    def _oversold(self, portfolio: Portfolio) -> list[Problem]:
        return [
            Problem(
                self._book.path if self._book is not None else None,
                sale.lot.line,
                LOTS,
                f"sell more {sale.lot.coin_id} than was held then",
            )
            for sale in portfolio.oversold
        ]

    async def make(self, action: LotChange) -> Made:
        """Write a change down."""
        if self._book is None:
            return Made("holdings are not read in this run")
        words = _words(action, self._lot(action))
        done = await asyncio.to_thread(self._work(self._book, action))
        match done:
            case Held() if self._book.path is not None:
                return Made(sentence(self._book.path, done))
            case Held() | Refused():
                return Made(done.why)
            case Saved():
                await self.load()
                return Made(words, done)

    async def change(self, action: LotChange, history: History) -> None:
        """Write a change down, say so, and remember how to take it back."""
        made = await self.make(action)
        if made.saved is not None and self._book is not None:
            history.remember(partial(self._take_back, self._book, made.saved))
        self._board.tell(made.words, grave=made.saved is None)

    async def _take_back(self, book: LotBook, saved: Saved) -> None:
        """Give the file its text of before, unless it was changed since."""
        if await asyncio.to_thread(book.take_back, saved):
            self._board.tell("undone: holdings are as they were before")
        else:
            self._board.tell("holdings were changed otherwise meanwhile; nothing was taken back", grave=True)
        await self.load()

    def _work(self, book: LotBook, action: LotChange) -> partial[Saved | Held | Refused]:
        currency = self._board.snapshot.settings.currency
        match action:
            case AddLot(lot):
                return partial(book.add, lot)
            case EditLot(lot_id, lot):
                return partial(book.edit, lot_id, lot, currency)
            case RemoveLot(lot_id):
                return partial(book.remove, lot_id, currency)

    def _lot(self, action: LotChange) -> Lot | None:
        if isinstance(action, AddLot | EditLot):
            return action.lot
        return next((lot for lot in self._holdings.lots if lot.lot_id == action.lot_id), None)


def _words(action: LotChange, lot: Lot | None) -> str:
    """What was done. Amounts are left out: a person may have hidden them."""
    coin = "" if lot is None else f" of {lot.coin_id}"
    match action:
        case AddLot():
            return f"wrote a {'sale' if lot is not None and lot.amount < 0 else 'purchase'}{coin} down"
        case EditLot():
            return f"changed a lot{coin}"
    return f"struck a lot{coin} out"
