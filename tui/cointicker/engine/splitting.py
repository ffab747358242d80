"""Stories that a person took apart: their headlines stand alone, in all panes, until they are put together again."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Protocol

from cointicker.engine.actions import SplitStory
from cointicker.engine.board import Board
from cointicker.engine.undoing import History


class SplitStore(Protocol):
    """What is kept of it. No method raises."""

    async def load(self) -> Mapping[str, str]:
        """Id of a headline that stands alone → id of the headline that led its story."""
        ...

    async def part(self, story_id: str, headline_ids: Sequence[str]) -> None:
        """Let the headlines of a story stand alone."""
        ...

    async def join(self, headline_ids: Sequence[str]) -> None:
        """Let headlines stand alone no more."""
        ...


class SplitDesk:
    """Takes stories apart and puts them together."""

    def __init__(self, store: SplitStore, board: Board, regroup: Callable[[], Awaitable[None]]) -> None:
        """``regroup`` shows the stored headlines as stories anew."""
        self._store = store
        self._board = board
        self._regroup = regroup

    async def load(self) -> None:
        """Take over what is stored; the stories follow when they are grouped next."""
        splits = await self._store.load()
        self._board.publish(splits=MappingProxyType(dict(splits)))

    async def follow(self) -> None:
        """Show what another pane took apart or put together."""
        before = self._board.snapshot.splits
        await self.load()
        if self._board.snapshot.splits != before:
            await self._regroup()

    async def carry_out(self, action: SplitStory, history: History) -> None:
        """Take a story apart or put one together; can be undone."""
        ids = tuple(dict.fromkeys(action.headline_ids))
        together = self._board.snapshot.splits
        changed = tuple(each for each in ids if (each in together) is not action.apart)
        if not changed:
            return
        history.remember(partial(self._change, SplitStory(action.story_id, changed, not action.apart)))
        await self._change(SplitStory(action.story_id, changed, action.apart))
        self._board.tell(f"{_WORDS[action.apart]}, Ctrl+Z takes it back")

    async def _change(self, action: SplitStory) -> None:
        splits = dict(self._board.snapshot.splits)
        if action.apart:
            splits |= dict.fromkeys(action.headline_ids, action.story_id)
            await self._store.part(action.story_id, action.headline_ids)
        else:
            splits = {each: story for each, story in splits.items() if each not in set(action.headline_ids)}
            await self._store.join(action.headline_ids)
        self._board.publish(splits=MappingProxyType(splits))
        await self._regroup()


_WORDS = {True: "taken apart: each headline stands alone", False: "put together again"}


def split_or_join(headline_ids: Sequence[str], splits: Mapping[str, str]) -> SplitStory | None:
    """What a person means who wants a story with these headlines, the lead first, the other way round.

    ``None`` where a single headline was never part of a story.
    """
    story_id = splits.get(headline_ids[0])
    if story_id is not None:
        return SplitStory(story_id, tuple(each for each, of in splits.items() if of == story_id), apart=False)
    return SplitStory(headline_ids[0], tuple(headline_ids), apart=True) if len(headline_ids) > 1 else None
