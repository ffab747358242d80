"""Who is there: the panes and status lines that share the store, what each of them needs, and who looks at it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cointicker.engine.board import Board
from cointicker.engine.state import Snapshot

BEAT = 5.0
"""Seconds between two signs of life of a pane."""
LASTS = 15.0
"""Seconds that a sign of life counts; a pane that is suspended or dead gives no more of them."""
LINE = "line"
"""What the owner of a status line begins with."""
_SHORTEST = 1.0
"""Seconds between two signs of life at the least, however much changes."""


@dataclass(frozen=True, slots=True)
class Pane:
    """One that shows prices."""

    owner: str
    """Names its process, or ``LINE`` and which of the status lines it is."""
    seen_at: float
    """Its last sign of life, Unix seconds."""
    currency: str
    coins: tuple[str, ...]
    """Ids of all whose quotes it needs."""
    focused: bool | None = None
    """Whether the person looks at it; ``None`` where its terminal has never said so."""
    touched_at: float | None = None
    """The last key or press of the mouse, Unix seconds."""

    @property
    def is_line(self) -> bool:
        """Whether it is a status line, which nobody can touch."""
        return self.owner.startswith(LINE)


class PaneStore(Protocol):
    """What all panes know of one another. No method blocks the caller's loop."""

    @property
    def owner(self) -> str:
        """Names this process."""
        ...

    async def beat(self, pane: Pane, lasts: float) -> tuple[Pane, ...]:
        """Give a sign of life that counts for so many seconds; all that count now, this one among them."""
        ...

    async def present(self) -> tuple[Pane, ...]:
        """All whose signs of life count now."""
        ...

    async def leave(self, owner: str) -> None:
        """Be gone at once."""
        ...


class PaneDesk:
    """Gives the signs of life of this pane and knows those of the others."""

    def __init__(self, store: PaneStore, board: Board, coins: Callable[[], tuple[str, ...]]) -> None:
        """``coins``: ids of all whose quotes this pane needs."""
        self._store = store
        self._board = board
        self._coins = coins
        self._changed = asyncio.Event()
        self._seen: tuple[object, ...] = ()
        self._entered = False
        self.present: tuple[Pane, ...] = ()
        """All that were there at the last sign of life, this pane among them."""
        self.focused: bool | None = None
        """As ``focus`` was told last."""
        self.touched_at: float | None = None
        board.subscribe(self._notice)

    def focus(self, *, on: bool) -> None:
        """The person has turned to this pane, or away from it."""
        if self.focused is not on:
            self.focused = on
            self._changed.set()

    def touch(self) -> None:
        """The person has pressed a key or the mouse; the others hear of it with the next sign of life."""
        self.touched_at = self._board.clock()

    def _notice(self, snapshot: Snapshot) -> None:
        seen = (snapshot.currency, snapshot.active, snapshot.watchlists, snapshot.settings.alerts)
        if seen != self._seen:
            self._seen = seen
            self._changed.set()

    def own(self) -> Pane:
        """This pane as it is now."""
        board = self._board
        return Pane(
            self._store.owner, board.clock(), board.snapshot.currency, self._coins(), self.focused, self.touched_at
        )

    def around(self) -> tuple[Pane, ...]:
        """All that are there, this pane as it is now; none before its first sign of life."""
        if not self._entered:
            return ()
        own = self.own()
        return (own, *(pane for pane in self.present if pane.owner != own.owner))

    def leads(self) -> bool:
        """Whether this pane is to do what one of all that are there has to do."""
        return self._store.owner == min(
            (pane.owner for pane in self.present if not pane.is_line), default=self._store.owner
        )

    async def beat(self) -> None:
        """Give a sign of life."""
        self._entered = True
        self._changed.clear()
        self.present = await self._store.beat(self.own(), LASTS)

    async def keep(self) -> None:
        """Give signs of life for ever: regularly, and soon after something has changed."""
        while True:
            await self.beat()
            await asyncio.sleep(_SHORTEST)
            try:
                async with asyncio.timeout(BEAT - _SHORTEST):
                    await self._changed.wait()
            except TimeoutError:
                continue

    async def leave(self) -> None:
        """Be gone at once, if this pane was ever there."""
        if self._entered:
            await self._store.leave(self._store.owner)
