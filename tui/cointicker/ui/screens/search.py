"""Search among all coins: found while one types, added by Enter, and the screen stays for more."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.worker import Worker

from cointicker.domain.directory import Listing
from cointicker.domain.freshness import Failed
from cointicker.engine.actions import AddCoins, Undo
from cointicker.engine.state import Snapshot
from cointicker.text.numbers import UNKNOWN, format_price, regroup
from cointicker.ui.bulk import Answer, is_list, resolve, split_names
from cointicker.ui.screens.picker import Choice, Pasted, Picker
from cointicker.ui.widgets.lines import Kit

if TYPE_CHECKING:
    from cointicker.engine.engine import Engine

MOST_FOUND = 100
_ENOUGH = 8
"""Coins found here from which on the source is not asked by itself."""
_PAUSE = 0.4
"""Seconds without a key before the source is asked."""
_HINT = "symbol, name or id; paste many at once"
_KEYS = "Enter adds · Ctrl+R asks the source · Ctrl+Z takes back"


class SearchScreen(Picker):
    """Adds coins to one list."""

    def __init__(self, engine: "Engine", kit: Kit, list_name: str) -> None:
        super().__init__(kit, f"Add coins to {list_name}", _HINT)
        self._engine = engine
        self._list_name = list_name
        self._listings: tuple[Listing, ...] = ()
        self._answers: tuple[Answer, ...] = ()
        """What became of many names at once; shown in place of what is found."""
        self._summed_up = False
        """What became of them is being said."""
        self._found_for: str | None = None
        """The words that the choices answer; ``None`` while the answer is under way."""
        self._acted = False
        """What became of the person's last act is being said: the search is to keep quiet."""
        self._hasty = False
        """Enter was pressed before the answer came: it means the first of what will be found."""

    def on_mount(self) -> None:
        """Mark what is in the list, now and when that changes."""
        self.found.say(_KEYS)
        self.watch(self.app, "snapshot", self._follow, init=False)

    def _follow(self, old: Snapshot, new: Snapshot) -> None:
        self._show(keep=True)
        if new.notices != old.notices and new.notices and not self._summed_up:
            notice = new.notices[-1]
            self._acted = True
            self.found.say(notice.text, "down" if notice.grave else "text")

    @property
    def _held(self) -> frozenset[str]:
        """Ids of the coins in the list."""
        lists = self._engine.snapshot.watchlists
        return frozenset(coin for each in lists if each.name == self._list_name for coin in each.coins)

    def look_up(self, text: str) -> None:
        """Find while one types; what is under way for other words is dropped."""
        self._answers, self._summed_up = (), False
        self._found_for, self._hasty, self._acted = None, False, False
        self._start(partial(self._find, text))

    def _start(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        _: Worker[None] = self.run_worker(work, group="search", exclusive=True, exit_on_error=False)

    async def _find(self, text: str, *, ask: bool = False) -> None:
        self._listings = await self._engine.search_coins(text, MOST_FOUND)
        self._show(keep=False)
        self._answered(text)
        words = text.strip()
        if len(words) < 2 or is_list(text):
            self._hint("Enter adds them all" if is_list(text) else _KEYS)
            return
        if (len(self._listings) < _ENOUGH and not self._engine.snapshot.offline) or ask:
            if not ask:
                await asyncio.sleep(_PAUSE)
            await self._ask(words)
        else:
            self._hint(_KEYS)

    def _hint(self, text: str, ink: str = "label") -> None:
        """Say how the search stands, unless something weightier is being said."""
        if not self._acted:
            self.found.say(text, ink)

    def _answered(self, text: str) -> None:
        """What was found is shown; take the first where that was asked for already."""
        self._found_for = text
        if self._hasty and self._listings:
            self._hasty = False
            self.submit(text)

    async def _ask(self, words: str) -> None:
        """Add what the source finds beyond what is stored."""
        source = self._engine.snapshot.market_source
        self._hint(f"asking {source} …")
        answer = await self._engine.search_remote(words)
        if isinstance(answer, Failed):
            self._hint(f"{source} cannot be asked: {answer.why}", "accent")
            return
        known = {listing.coin_id: listing for listing in self._listings}
        more = tuple(listing for listing in answer if listing.coin_id not in known)
        ranked = {listing.coin_id: listing for listing in answer if listing.rank is not None}
        self._listings = (*(ranked.get(coin, listing) for coin, listing in known.items()), *more)
        self._show(keep=True)
        self._answered(words)
        found = f"{source} knows {len(more)} more" if more else f"{source} knows no more"
        self._hint(f"{found} · {_KEYS}" if self._listings else f"no coin is called so; {found}")

    def _show(self, *, keep: bool) -> None:
        rows = self._summary() if self._answers else [self._row(listing) for listing in self._listings]
        self.found.show(rows, keep=keep)

    def _row(self, listing: Listing) -> Choice:
        separators = self._engine.snapshot.settings.ui.separators
        price = regroup(format_price(listing.price), separators) if listing.price is not None else UNKNOWN
        rank = f"#{listing.rank}" if listing.rank is not None else "no rank"
        details = (price, rank, listing.coin_id)
        marked = listing.coin_id in self._held
        return Choice(listing.coin_id, listing.name, listing.symbol, details, marked=marked)

    def take(self, choice: Choice) -> None:
        """Add a coin."""
        self._summed_up, self._acted = False, True
        if choice.key in self._held:
            self.found.say(f"{choice.label} is in {self._list_name} already")
        else:
            self._engine.do(AddCoins((choice.key,), self._list_name))

    # Many at once

    def on_pasted(self, event: Pasted) -> None:
        """Add all that is meant."""
        event.stop()
        self._add_many(event.text)

    def submit(self, text: str) -> None:
        """Add the current coin, or all that are named."""
        if is_list(text) or (self._found_for is not None and not self._listings and len(split_names(text)) > 1):
            self._add_many(text)
        elif self._found_for is None or not self._listings:
            self._hasty = True
        else:
            super().submit(text)

    def _add_many(self, text: str) -> None:
        names = split_names(text)
        self.found.say(f"looking up {len(names)} names …")
        self._start(partial(self._resolve, names))

    async def _resolve(self, names: Sequence[str]) -> None:
        self._answers, self._summed_up = await resolve(self._engine, names), True
        found = [answer.listing.coin_id for answer in self._answers if answer.listing is not None]
        new = tuple(coin for coin in dict.fromkeys(found) if coin not in self._held)
        if new:
            self._engine.do(AddCoins(new, self._list_name))
        self._show(keep=False)
        several = sum(bool(answer.candidates) for answer in self._answers)
        unknown = sum(answer.listing is None and not answer.candidates for answer in self._answers)
        parts = [f"{len(new)} added"]
        parts += [f"{len(found) - len(new)} there already"] if len(found) > len(new) else []
        parts += [f"{several} could be several coins: choose"] if several else []
        parts += [f"{unknown} unknown"] if unknown else []
        self.found.say(" · ".join(parts), "text")

    def _summary(self) -> list[Choice]:
        """What became of each name: first those that want a decision."""
        rows: list[Choice] = []
        for answer in self._answers:
            if answer.listing is None:
                words = "could be several coins:" if answer.candidates else "no coin is called so"
                rows.append(Choice("", f"{answer.name}: {words}", ink="accent", choosable=False))
                rows += [self._row(candidate) for candidate in answer.candidates]
        rows += [self._row(answer.listing) for answer in self._answers if answer.listing is not None]
        return rows

    def on_key(self, event: events.Key) -> None:
        """Ctrl+R asks the source, Ctrl+Z takes the last change back."""
        if event.key == "ctrl+r":
            event.stop()
            self._acted = False
            self._start(partial(self._find, self.words.value, ask=True))
        elif event.key == "ctrl+z":
            event.stop()
            self._summed_up = False
            self._engine.do(Undo())
