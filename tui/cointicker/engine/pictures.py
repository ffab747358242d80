"""Fetches pictures when a person asks for them, each once, and keeps a few of them while the program runs."""

import asyncio
from collections import OrderedDict
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.pictures import Picture, Room
from cointicker.engine.board import Board
from cointicker.engine.handle import SourceHandle

MOST_BYTES = 12_000_000
"""Of files as they came: the last ones are drawn anew for another size or theme without being fetched."""


class PictureDesk:
    """Turns addresses into pictures; never fails but in words."""

    def __init__(self, sources: SourceHandle, board: Board) -> None:
        self._sources = sources
        self._board = board
        self._files: OrderedDict[str, bytes] = OrderedDict()
        """Address → file, the one used last at the end."""
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def picture(self, url: str, room: Room) -> Picture | Failed:
        """The picture at an address for a room; one host is asked for one picture at a time."""
        host = urlsplit(url).netloc
        turn = self._turns.setdefault(host, asyncio.Lock())
        async with turn:
            file = self._files.get(url) or await self._fetch(url)
        if isinstance(file, Failed):
            return file
        self._keep(url, file)
        return await (await self._sources.get()).pictures.draw(file, room, url)

    async def _fetch(self, url: str) -> bytes | Failed:
        snapshot = self._board.snapshot
        if snapshot.offline:
            return Failed(f"It was not fetched: {snapshot.why_offline}", cause=Cause.OFFLINE)
        return await (await self._sources.get()).pictures.fetch(url)

    def _keep(self, url: str, file: bytes) -> None:
        self._files[url] = file
        self._files.move_to_end(url)
        while sum(map(len, self._files.values())) > MOST_BYTES:
            self._files.popitem(last=False)
