"""A client that shows an answer as it came over the wire, without any of a library's help."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came before the server closed the connection."""

    raw: bytes

    @property
    def status(self) -> int:
        return int(self.raw.split(b" ", 2)[1])

    @property
    def headers(self) -> dict[str, str]:
        lines = self.raw.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
        return {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}

    @property
    def body(self) -> bytes:
        return self.raw.partition(b"\r\n\r\n")[2]


Get = Callable[..., Awaitable[Answer]]


async def get(url: str, *, wait: float = _PATIENCE, most: int = 50_000_000, **headers: str) -> Answer:
    """Ask for an address and read until the connection ends; a reset raises ``ConnectionError``."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = [f"GET {target} HTTP/1.1", f"Host: {parts.netloc}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        writer.write("\r\n".join((*lines, "", "")).encode("latin-1"))
        return Answer(await asyncio.wait_for(_until_the_end(reader, most), wait))
    finally:
        writer.close()


async def _until_the_end(reader: asyncio.StreamReader, most: int) -> bytes:
    data = bytearray()
    while len(data) < most and (part := await reader.read(65_536)):
        data += part
    return bytes(data)
