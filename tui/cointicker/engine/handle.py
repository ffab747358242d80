"""The sources, made when they are first asked for."""

import asyncio
import gc
from collections.abc import Callable

from cointicker.config.settings import Settings
from cointicker.engine.ports import Sources

_LAST_ANSWERS = 60.0
"""Seconds that sources whose settings have changed may go on with what they are doing."""


def addresses(settings: Settings) -> tuple[object, ...]:
    """What sources are made from: other values need other sources."""
    market = settings.market
    own = (market.base_url, str(market.demo_api_key), str(market.pro_api_key), settings.mining.base_url)
    feeds = ((feed.url, *feed.headers.items()) for feed in settings.news.feeds)
    return (*own, settings.contact, *feeds)


class SourceHandle:
    """Makes the sources once, in a thread: importing them takes longer than a frame."""

    def __init__(self, make: Callable[[], Sources]) -> None:
        self._make = make
        self._making: asyncio.Task[Sources] | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    async def get(self) -> Sources:
        """The sources. Raises what making them raised; the next call tries again."""
        if self._making is None or _has_failed(self._making):
            self._making = asyncio.create_task(asyncio.to_thread(self._make_lasting))
        return await asyncio.shield(self._making)  # one that waits may give up, the others go on

    def _make_lasting(self) -> Sources:
        """The sources; what was imported by then is there to stay, and is not looked through for cycles any more.

        The collector would stop all threads for 40 ms and more, again and again while headlines come in.
        """
        sources = self._make()
        if not gc.get_freeze_count():
            gc.freeze()
        return sources

    def renew(self) -> None:
        """Make the sources anew when they are next asked for; those in use end what they are doing."""
        if self._making is None:
            return
        leaving = asyncio.create_task(_close_later(self._making))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)
        self._making = None

    async def close(self) -> None:
        """Let go of the sources, if they were ever made."""
        for task in self._leaving:
            task.cancel()
        await asyncio.gather(*self._leaving, return_exceptions=True)
        if self._making is not None:
            await _close(self._making)


async def _close_later(making: asyncio.Task[Sources]) -> None:
    try:
        await asyncio.sleep(_LAST_ANSWERS)
    finally:
        await _close(making)


async def _close(making: asyncio.Task[Sources]) -> None:
    await asyncio.wait([making])
    if not _has_failed(making):
        await making.result().close()


def _has_failed(task: asyncio.Task[Sources]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
