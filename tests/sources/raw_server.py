"""A server on loopback that sends the very bytes that a test names, so that it can break every rule of HTTP."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came."""

    target: str
    """Path and query."""
    headers: Mapping[str, str]
    """Names in lower case."""
    raw: bytes


Play = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]
"""Writes an answer; the connection is closed after it."""
Answer = bytes | Play


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A well-formed answer; ``content_type="x"`` becomes ``content-type: x``."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named.setdefault("content-length", str(len(body)))
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in named.items()), "connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


class RawServer:
    """Answers every request with what ``answers`` has for its path (without query), else with ``""``'s, else 404."""

    def __init__(self, answers: Mapping[str, Answer] | Answer, context: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, Answer] = dict(answers) if isinstance(answers, Mapping) else {"": answers}
        self.asked: list[Asked] = []
        self.was_asked = asyncio.Event()
        self.hung_up = asyncio.Event()
        """Set when the other side ended a connection before its answer was complete."""
        self.port = 0
        self._context = context
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """The address of the root."""
        return f"{'https' if self._context else 'http'}://127.0.0.1:{self.port}/"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=self._context)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                raw = await reader.readuntil(b"\r\n\r\n")
                asked = _read(raw)
                self.asked.append(asked)
                self.was_asked.set()
                missing = answer(b"no such page", "404 Not Found")
                play = self.answers.get(asked.target.partition("?")[0], self.answers.get("", missing))
                if isinstance(play, bytes):
                    writer.write(play)
                    await writer.drain()
                else:
                    await self._play(play, asked, reader, writer)
        finally:
            writer.close()
            with suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _play(self, play: Play, asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        playing = asyncio.ensure_future(play(asked, writer))
        leaving = asyncio.ensure_future(reader.read(1))
        try:
            await asyncio.wait({playing, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not playing.done() or isinstance(playing.exception(), OSError):
                self.hung_up.set()
        finally:
            for task in (playing, leaving):
                task.cancel()
            await asyncio.gather(playing, leaving, return_exceptions=True)


def _read(raw: bytes) -> Asked:
    first, *rest = raw.decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in rest if line)}
    return Asked(first.split(" ")[1], headers, raw)


async def hang(_asked: Asked, _writer: asyncio.StreamWriter) -> None:
    """Never answer."""
    await asyncio.Event().wait()


def drip(head: bytes, piece: bytes, pause: float) -> Play:
    """Send ``head``, then ``piece`` again and again, with a pause (seconds) before each."""

    async def play(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            await writer.drain()
            await asyncio.sleep(pause)
            writer.write(piece)

    return play


def flood(head: bytes, piece: bytes) -> Play:
    """Send ``head``, then ``piece`` without end, as fast as it is taken."""
    return drip(head, piece, 0)
