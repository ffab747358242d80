"""The sources, made when they are first asked for."""

import asyncio
from collections.abc import Callable

from cointicker.engine.ports import Sources


class SourceHandle:
    """Makes the sources once, in a thread: importing them takes longer than a frame."""

    def __init__(self, make: Callable[[], Sources]) -> None:
        self._make = make
        self._sources: Sources | None = None
        self._lock = asyncio.Lock()

    async def get(self) -> Sources:
        """The sources."""
        async with self._lock:
            if self._sources is None:
                self._sources = await asyncio.to_thread(self._make)
        return self._sources

    async def close(self) -> None:
        """Let go of the sources, if they were ever made."""
        if self._sources is not None:
            await self._sources.close()
