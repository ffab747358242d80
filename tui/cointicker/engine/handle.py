"""The sources, made when they are first asked for."""

import asyncio
from collections.abc import Callable

from cointicker.engine.ports import Sources


class SourceHandle:
    """Makes the sources once, in a thread: importing them takes longer than a frame."""

    def __init__(self, make: Callable[[], Sources]) -> None:
        self._make = make
        self._making: asyncio.Task[Sources] | None = None

    async def get(self) -> Sources:
        """The sources. Raises what making them raised; the next call tries again."""
        if self._making is None or _has_failed(self._making):
            self._making = asyncio.create_task(asyncio.to_thread(self._make))
        return await asyncio.shield(self._making)  # one that waits may give up, the others go on

    async def close(self) -> None:
        """Let go of the sources, if they were ever made."""
        if self._making is None:
            return
        await asyncio.wait([self._making])
        if not _has_failed(self._making):
            await self._making.result().close()


def _has_failed(task: asyncio.Task[Sources]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
