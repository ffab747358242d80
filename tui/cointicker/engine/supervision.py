"""The one place where an unforeseen error is caught."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from cointicker.engine.board import Board
from cointicker.engine.state import INTERNAL

log = logging.getLogger(__name__)

_T = TypeVar("_T")

RESTART_AFTER = 30.0
"""Seconds until work that ended in an unforeseen error starts again."""


class Supervisor:
    """Runs work that must not end the program. An error is logged each time and told to the person once."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._told: set[str] = set()

    async def attempt(self, name: str, work: Callable[[], Awaitable[_T]], otherwise: _T) -> _T:
        """What the work comes to; ``otherwise`` after an error."""
        try:
            return await work()
        except Exception:
            log.exception("%s failed", name)
            if name not in self._told:
                self._told.add(name)
                self._board.tell(f"{name}: {INTERNAL}", grave=True)
            return otherwise

    async def keep(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Run work that never ends by itself, and start it again after an error."""
        while True:
            await self.attempt(name, work, None)
            await asyncio.sleep(RESTART_AFTER)
