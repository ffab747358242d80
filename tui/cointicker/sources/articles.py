"""Articles: pages fetched and read in the worker process, and the texts that feeds carry."""

from cointicker.domain.freshness import Failed
from cointicker.engine.ports import Page
from cointicker.sources.answers import explain, failed
from cointicker.sources.http import Fetcher, Limits, Response
from cointicker.sources.parsing import Result
from cointicker.sources.worker import Worker
from cointicker.text.blocks import unpack_block, unpack_link

_LIMITS = Limits(size=5_000_000)
_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5"
_PAGES = frozenset({"", "text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml", "text"})
"""Media types in which an article may come; servers that give none mean a page."""
_KINDS = (
    ("application/pdf", b"%PDF-", "a PDF document"),
    ("image/", b"\x89PNG", "a picture"),
    ("image/", b"\xff\xd8\xff", "a picture"),
    ("image/", b"GIF8", "a picture"),
    ("video/", b"\0\0\0\x18ftyp", "a video"),
    ("audio/", b"ID3", "a sound recording"),
    ("application/json", b'{"', "data for programs"),
    ("application/zip", b"PK\x03\x04", "an archive"),
)
"""Media type, how such a body begins, and what people call it."""


class Articles:
    """Reads articles. A link leads to public addresses only, unless a person typed it."""

    def __init__(self, fetcher: Fetcher, worker: Worker) -> None:
        self._fetcher = fetcher
        self._worker = worker

    async def page(self, url: str, *, typed: bool = False) -> Page | Failed:
        """Fetch a page and take the readable part; ``typed``: a person typed the address, so it may be private."""
        response = await self._fetcher.fetch(url, headers={"accept": _ACCEPT}, limits=_LIMITS, typed=typed)
        if isinstance(response, Failed):
            return response
        failure = explain(response, url, "page") or _no_page(response, url)
        if failure is not None:
            return failure
        content_type = response.headers.get("content-type", "")
        result = await self._worker.run("page", response.body, url=response.url, content_type=content_type)
        return _page(result, url)

    async def read(self, content: str, url: str) -> Page | Failed:
        """The blocks of an entry's own HTML; ``url`` resolves its links."""
        return _page(await self._worker.run("content", content.encode("utf-8", "replace"), url=url), url)


def _no_page(response: Response, url: str) -> Failed | None:
    """Why an answer cannot be a web page, or ``None``."""
    if not response.body.strip():
        return failed(url, "sent an empty page")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    for media_type, start, name in _KINDS:
        if kind.startswith(media_type) or response.body.startswith(start):
            return failed(url, f"sent {name}, which opens in a browser only")
    if kind not in _PAGES:
        return failed(url, "sent something that is no web page")
    return None


def _page(result: Result | Failed, url: str) -> Page | Failed:
    if isinstance(result, Failed):
        return failed(url, result.why, result.cause)
    return Page(
        blocks=tuple(map(unpack_block, result["blocks"])),
        links=tuple(map(unpack_link, result["links"])),
        title=result["title"],
        author=result["author"],
        site=result["site"],
        published=result["published"],
        words=result["words"],
    )
