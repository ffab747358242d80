"""Pictures of articles: fetched as pages are, and drawn in the worker process."""

import re
from base64 import b64decode

from cointicker.domain.freshness import Failed
from cointicker.domain.pictures import Picture, Room, Way
from cointicker.sources.answers import explain, failed
from cointicker.sources.http import Fetcher, Limits, Response
from cointicker.sources.parsing import Result
from cointicker.sources.worker import Worker

_LIMITS = Limits(size=8_000_000)
_ACCEPT = "image/webp, image/png, image/jpeg, image/gif;q=0.9, image/*;q=0.5"
_SVG = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg\b", re.DOTALL)
_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body)", re.IGNORECASE)
_SIXEL = re.compile(rb"[?-~#0-9;!$\"-]*")
"""The signs of a picture in sixels: none of them can end it or begin anything else."""
_PNG = b"\x89PNG\r\n\x1a\n"


class Pictures:
    """Fetches pictures and draws them. A link leads to public addresses only, as elsewhere."""

    def __init__(self, fetcher: Fetcher, worker: Worker) -> None:
        self._fetcher = fetcher
        self._worker = worker

    async def fetch(self, url: str) -> bytes | Failed:
        """The file at an address, as it comes."""
        response = await self._fetcher.fetch(url, headers={"accept": _ACCEPT}, limits=_LIMITS)
        if isinstance(response, Failed):
            return response
        return explain(response, url, "picture") or _no_picture(response, url) or response.body

    async def draw(self, body: bytes, room: Room, url: str) -> Picture | Failed:
        """A file as a picture of the size that there is room for; ``url`` is where it came from, for words."""
        result = await self._worker.run(
            "picture",
            body,
            way=room.way.value,
            columns=room.columns,
            rows=room.rows,
            cell=room.cell,
            ground=room.ground,
        )
        if isinstance(result, Failed):
            return failed(url, result.why, result.cause)
        return _picture(result, room) or failed(url, "sent a picture that cannot be shown")


def _no_picture(response: Response, url: str) -> Failed | None:
    """Why an answer is no picture that can be shown, or ``None`` where it may be one."""
    body = response.body[:4096]
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not body.strip():
        return failed(url, "sent an empty picture")
    if kind == "image/svg+xml" or _SVG.match(body):
        return failed(url, "sent a drawing (SVG), which a browser shows")
    if kind == "text/html" or _PAGE.match(body):
        return failed(url, "sent a page in place of the picture")
    return None


def _picture(result: Result, room: Room) -> Picture | None:
    """What the process answered, looked at: it has read what others wrote."""
    columns, rows = result["columns"], result["rows"]
    pixels, data = b64decode(result["pixels"]), b64decode(result["data"])
    fits = 0 < columns <= room.columns and 0 < rows <= room.rows and len(pixels) == columns * rows * 6
    meant = {
        Way.KITTY: data.startswith(_PNG),
        Way.SIXEL: _SIXEL.fullmatch(data) is not None,
        Way.BLOCKS: not data,
    }
    return Picture(columns, rows, pixels, data) if fits and meant[room.way] else None
