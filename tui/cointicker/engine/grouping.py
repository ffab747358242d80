"""Headlines grouped into stories in a thread, and where each belongs, kept for the next run."""

import asyncio
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Protocol

from cointicker.domain.news import Headline, Story
from cointicker.domain.stories import StoryBook
from cointicker.domain.told import Kept
from cointicker.engine.breathing import Breath
from cointicker.engine.latecomers import CoinStore

_WORTH_KEEPING = 200
"""New headlines from which on it is worth looking up where they were, and keeping where they are: half a day's."""


class TellingStore(CoinStore, Protocol):
    """What is kept of it. No method raises."""

    async def load(self, headline_ids: Sequence[str]) -> Mapping[str, Kept]:
        """Where headlines were put once; those that never were are missing."""
        ...

    async def save(self, places: Mapping[str, Kept]) -> None:
        """Keep where headlines were put."""
        ...


class Grouping:
    """Groups all headlines of a month at once in tenths of a second, because next to none are compared again."""

    def __init__(self, store: TellingStore) -> None:
        self._store = store
        self._book = StoryBook()
        self._lock = Lock()

    async def recall(self, headlines: Sequence[Headline]) -> Mapping[str, Kept]:
        """Where headlines were put in an earlier run, if there are many that this one does not know yet."""
        if len(headlines) - len(self._book) < _WORTH_KEEPING:
            return {}
        return await self._store.load([headline.headline_id for headline in headlines])

    def group(
        self, headlines: Sequence[Headline], apart: frozenset[str], kept: Mapping[str, Kept]
    ) -> tuple[Story, ...]:
        """The stories, newest first; see ``StoryBook.group``. Runs in a thread, one at a time."""
        with self._lock:
            return self._book.group(headlines, apart, Breath(), kept=kept)

    async def keep(self) -> None:
        """Keep where headlines were put, when it has become worth it; all panes come to the same."""
        if places := await asyncio.to_thread(self._take_places):
            await self._store.save(places)

    def _take_places(self) -> Mapping[str, Kept]:
        if not self._lock.acquire(blocking=False):
            return {}
        try:
            return self._book.take_places(_WORTH_KEEPING)
        finally:
            self._lock.release()
