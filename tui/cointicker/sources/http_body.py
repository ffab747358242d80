"""The body of an answer, decompressed here because httpx expands a bomb at once, whatever it asks of memory."""

import zlib

import httpx

from cointicker.domain.freshness import Cause
from cointicker.sources.http_failures import UnusableError

_GZIP_START = 0x1F
"""The first byte of a gzip member."""
_ERROR_BODY = 65_536
"""Bytes of an error's body that are of interest."""


async def read_body(answer: httpx.Response, size: int) -> bytes:
    """The body, at most ``size`` bytes of it; of an error only the beginning.

    Raises ``UnusableError`` for more, for a compression that was not asked for and for a body that breaks off, and
    what httpx and zlib raise for one that cannot be read.
    """
    if answer.status_code in {204, 304}:
        return b""
    if answer.status_code >= 400:
        return await _read_error(answer)
    declared = answer.headers.get("content-length", "")
    if declared.isdecimal() and len(declared) < 20 and int(declared) > size:
        raise _too_large(size)
    body = _Body(_coding(answer), size)
    async for chunk in answer.aiter_raw():
        body.add(chunk)
    return body.finish()


async def _read_error(answer: httpx.Response) -> bytes:
    """The beginning of an error's body; the status is the news, so a body that cannot be read is no failure."""
    try:
        body = _Body(_coding(answer), _ERROR_BODY)
    except UnusableError:
        return b""
    try:
        async for chunk in answer.aiter_raw():
            body.add(chunk)
    except (UnusableError, httpx.HTTPError, zlib.error):
        pass
    return bytes(body.collected[:_ERROR_BODY])


def _coding(answer: httpx.Response) -> str:
    return str(answer.headers.get("content-encoding", "")).strip().lower()


class _Body:
    """The bytes of an answer as they come, decompressed, never more than a given size."""

    def __init__(self, coding: str, size: int) -> None:
        if coding not in {"", "identity", "gzip", "x-gzip"}:
            raise UnusableError(Cause.BROKEN, "compresses its answer in a way that was not asked for")
        self._size = size
        self._raw = 0
        self._gzip = zlib.decompressobj(31) if coding.endswith("gzip") else None
        self.collected = bytearray()

    def add(self, chunk: bytes) -> None:
        self._raw += len(chunk)
        if self._raw > self._size + _ERROR_BODY:  # empty gzip members would never fill the body
            raise _too_large(self._size)
        if self._gzip is None:
            self.collected += chunk
        while self._gzip is not None and chunk:
            if self._gzip.eof:
                if chunk[0] != _GZIP_START:
                    break  # padding
                self._gzip = zlib.decompressobj(31)
            self.collected += self._gzip.decompress(chunk, self._size - len(self.collected) + 1)
            chunk = self._gzip.unused_data
            if len(self.collected) > self._size:
                break
        if len(self.collected) > self._size:
            raise _too_large(self._size)

    def finish(self) -> bytes:
        if self._gzip is not None and self._raw and not self._gzip.eof:
            raise UnusableError(Cause.BROKEN, "sent an incomplete answer")
        return bytes(self.collected)


def _too_large(size: int) -> UnusableError:
    return UnusableError(Cause.TOO_LARGE, f"sent more than {size / 1e6:.3g} MB")
