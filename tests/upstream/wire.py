"""HTTP/1.1 as bytes: what was asked, what is answered, and full control over how it goes over the wire."""

import asyncio
import gzip
import json
import socket
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from http import HTTPStatus
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

_MOST_HEADERS = 200
_WORTH_PACKING = 1000
"""Bytes of a body from which it is sent compressed to whoever accepts that."""
JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked."""

    method: str
    path: str
    """Percent-decoded, without the query."""
    query: Mapping[str, str]
    """The last value of each name."""
    headers: Mapping[str, str]
    """Names in lower case."""
    at: float
    """The world's time, Unix seconds."""
    target: str = ""
    """Path and query as they stood in the request."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Sent after those that every answer has; an empty value takes one of those away."""
    reason: str = ""
    """Empty: the usual words."""

    def having(self, **headers: str) -> "Reply":
        """The same with more headers; ``_`` in a name stands for ``-``."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **named})


def json_reply(value: Any, status: int = 200, **headers: str) -> Reply:
    """JSON as CoinGecko writes it: compact, letters of every script as they are, floats in full."""
    body = json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")
    return Reply(status, body, {"content-type": JSON}).having(**headers)


def text_reply(text: str, status: int = 200, kind: str = "text/plain; charset=utf-8", **headers: str) -> Reply:
    """Text of any kind."""
    return Reply(status, text.encode("utf-8", "surrogatepass"), {"content-type": kind}).having(**headers)


def html_reply(text: str, status: int = 200, **headers: str) -> Reply:
    """A page."""
    return text_reply(text, status, HTML, **headers)


async def read_request(reader: asyncio.StreamReader, clock: Callable[[], float]) -> Request | None:
    """The next request of a connection, or ``None`` where it ends or is not HTTP; ``clock`` says when it came."""
    try:
        first = (await reader.readline()).decode("latin-1").split()
        at = clock()
        headers: dict[str, str] = {}
        while len(headers) < _MOST_HEADERS:
            line = (await reader.readline()).decode("latin-1").strip()
            if not line:
                break
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        if length := int(headers.get("content-length", "0")):
            await reader.readexactly(length)
    except (ConnectionError, asyncio.IncompleteReadError, ValueError):
        return None
    if len(first) != 3:
        return None
    parts = urlsplit(first[1])
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return Request(first[0], unquote(parts.path), MappingProxyType(query), MappingProxyType(headers), at, first[1])


class Wire:
    """The way back to a client."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: Request, canary: str
    ) -> None:
        self._reader = reader
        self._writer = writer
        self.request = request
        self.canary = canary
        """An address on this machine that nobody typed."""
        self.keep = request.headers.get("connection", "").lower() != "close"
        """Whether the connection may carry another request."""

    async def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._writer.write(data)
        await self._writer.drain()

    async def send(self, reply: Reply) -> None:
        """Send a whole, correct answer."""
        reply = self._packed(reply)
        has_body = self.request.method != "HEAD" and reply.status not in {204, 304}
        await self.raw(self.head(reply) + (reply.body if has_body else b""))

    def _packed(self, reply: Reply) -> Reply:
        accepted = "gzip" in self.request.headers.get("accept-encoding", "")
        if not accepted or len(reply.body) < _WORTH_PACKING or "content-encoding" in reply.headers:
            return reply
        packed = gzip.compress(reply.body, 6, mtime=0)
        return replace(reply, body=packed).having(content_encoding="gzip", vary="Accept-Encoding")

    def head(self, reply: Reply) -> bytes:
        """Status line and headers."""
        reason = reply.reason or HTTPStatus(reply.status).phrase
        headers = {"date": formatdate(self.request.at, usegmt=True), "server": "upstream"}
        if reply.status != 204:
            headers["content-length"] = str(len(reply.body))
        headers |= reply.headers
        lines = [f"HTTP/1.1 {reply.status} {reason}", *(f"{name}: {value}" for name, value in headers.items() if value)]
        return "\r\n".join((*lines, "", "")).encode("latin-1")

    async def hang(self) -> None:
        """Say nothing until the client goes away."""
        self.keep = False
        await self._reader.read()

    def end(self) -> None:
        """Nothing more comes; the connection is closed in good order."""
        self.keep = False

    def reset(self) -> None:
        """Break the connection off (RST, which a close that does not linger sends)."""
        self.keep = False
        link = self._writer.get_extra_info("socket")
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()
