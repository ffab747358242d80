"""The directory desk: all coins that there are, kept for a day, and the search in them."""

import asyncio
from collections.abc import Sequence
from functools import partial

from cointicker.domain.directory import Directory, Listing, with_quote
from cointicker.domain.freshness import Failed
from cointicker.domain.mentions import known_coins
from cointicker.engine.allowance import Allowance
from cointicker.engine.board import Board
from cointicker.engine.errands import Errand, Keep
from cointicker.engine.handle import SourceHandle
from cointicker.engine.ports import Store
from cointicker.engine.schedule import DAY

NAME = "directory"
_IN_MEMORY = 300.0
"""Seconds after a search that the directory, about 6 MB, stays in memory."""
_REMEMBERED = 900.0
"""Seconds that an answer of the source's own search holds; it is as old as that there too."""
_MOST_REMEMBERED = 50
_LONGEST = 100
"""Characters of a text that is searched for."""


class DirectoryDesk:
    """Finds coins by a few letters."""

    def __init__(self, store: Store, sources: SourceHandle, board: Board, allowance: Allowance) -> None:
        self._store = store
        self._sources = sources
        self._board = board
        self._allowance = allowance
        self._errand = Errand(NAME, store, board, allowance)
        self._directory: asyncio.Task[Directory] | None = None
        self._used_at = float("-inf")
        self._answers: dict[str, tuple[float, tuple[Listing, ...]]] = {}

    def due_at(self) -> float:
        """When something is to be done, Unix seconds: the next fetch, or letting go of memory."""
        due = self._errand.due_at(DAY)
        return min(due, self._used_at + _IN_MEMORY) if self._directory is not None else due

    async def refresh(self) -> None:
        """Fetch the directory if it is a day old; let go of it when nobody has searched for a while."""
        if self._board.clock() - self._used_at >= _IN_MEMORY:
            self._directory = None
        await self._errand.run(DAY, self._fetch)

    async def _fetch(self) -> Failed | Keep:
        answer = await (await self._sources.get()).market.coins()
        return answer if isinstance(answer, Failed) else partial(self._keep, answer)

    async def _keep(self, listings: Sequence[Listing]) -> None:
        await self._store.save_coins(listings)
        self._directory = None

    async def search(self, text: str, limit: int) -> tuple[Listing, ...]:
        """The coins of the stored directory that a text may mean, the likeliest first; no call is made."""
        making = self.warm()
        wanted = text[:_LONGEST]
        if not wanted.strip() and not making.done():
            directory = Directory(self._ranked())  # all of which nothing is known but the name come after these
        else:
            directory = await asyncio.shield(making)  # the next letter may end the wait, not the work
        # In a thread: the rarer words of 18,000 coins take some milliseconds.
        return await asyncio.to_thread(directory.find, wanted, limit, self._board.snapshot.quotes)

    def warm(self) -> asyncio.Task[Directory]:
        """Make the directory ready, which takes a tenth of a second, before the first letter."""
        self._used_at = self._board.clock()
        if self._directory is None or _has_failed(self._directory):
            self._directory = asyncio.create_task(self._make_ready())
        return self._directory

    async def _make_ready(self) -> Directory:
        ranked, stored = self._ranked(), await self._store.coins()
        return await asyncio.to_thread(lambda: Directory((*ranked, *stored)))

    def _ranked(self) -> tuple[Listing, ...]:
        """The coins that are known without the directory."""
        quotes = self._board.snapshot.quotes.values()
        return (
            *(Listing(coin.coin_id, coin.symbol, coin.name) for coin in known_coins()),
            *(Listing(quote.coin_id, quote.symbol, quote.name) for quote in quotes),
        )

    async def close(self) -> None:
        """Wait for what is being made ready: it reads the store."""
        if self._directory is not None:
            await asyncio.gather(self._directory, return_exceptions=True)

    async def search_remote(self, text: str) -> tuple[Listing, ...] | Failed:
        """The coins that the source itself finds, with what quotes know of their prices; one call."""
        words = " ".join(text.lower().split())[:_LONGEST]
        if not words:
            return ()
        now = self._board.clock()
        at, found = self._answers.get(words, (float("-inf"), ()))
        if not 0 <= now - at < _REMEMBERED:
            if refused := await self._allowance.refusal():
                return refused
            answer = await (await self._sources.get()).market.search(words)
            await self._allowance.note(answer)
            if isinstance(answer, Failed):
                return answer
            found = answer
            self._remember(words, found)
        quotes = self._board.snapshot.quotes
        return tuple(
            with_quote(listing, quotes[listing.coin_id]) if listing.coin_id in quotes else listing for listing in found
        )

    def _remember(self, words: str, found: tuple[Listing, ...]) -> None:
        self._answers.pop(words, None)
        if len(self._answers) >= _MOST_REMEMBERED:
            del self._answers[next(iter(self._answers))]
        self._answers[words] = (self._board.clock(), found)


def _has_failed(making: asyncio.Task[Directory]) -> bool:
    return making.done() and (making.cancelled() or making.exception() is not None)
