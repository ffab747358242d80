"""The state of Bitcoin mining from mempool.space, or from a mempool server of one's own."""

import asyncio
from collections.abc import Callable

from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.mining import Mining
from cointicker.domain.words import SafeText
from cointicker.sources.http import Fetcher, Limits, Response
from cointicker.sources.json_body import UnreadableJsonError, is_page, read_json
from cointicker.sources.mempool_parts import PARTS, Part
from cointicker.sources.server_time import retry_at
from cointicker.text.safe import shown_host

_AT_ONCE = 3
_LIMITS = Limits(seconds=15.0, size=2_000_000)
_DAY = 86_400.0


class Mempool:
    """``ports.MiningSource`` over the REST interface of mempool.space."""

    def __init__(self, fetcher: Fetcher, base_url: str, clock: Callable[[], float]) -> None:
        self._fetcher = fetcher
        self._base_url = base_url.rstrip("/") + "/"
        self._host = shown_host(self._base_url)
        self._clock = clock
        self._told_to_wait: Failed | None = None

    async def fetch(self) -> Mining | Failed:
        """See ``ports.MiningSource``. Fails only where no part could be had; says then why the first one could not."""
        waiting = self._told_to_wait
        if waiting is not None and waiting.retry_at is not None and 0 < waiting.retry_at - self._clock() <= _DAY:
            return waiting
        self._told_to_wait = None
        gate = asyncio.Semaphore(_AT_ONCE)
        answers = await asyncio.gather(*(self._ask(part, gate) for part in PARTS))
        empty = mining = Mining(fetched_at=self._clock())
        failures: list[Failed] = []
        for part, answer in zip(PARTS, answers, strict=True):
            if isinstance(answer, Failed):
                failures.append(answer)
                continue
            document, received_at = answer
            mining = part.read(document, mining, received_at)
        if mining != empty:
            return mining
        if self._told_to_wait is not None:
            return self._told_to_wait
        return failures[0] if failures else Failed(f"{self._host} sent nothing that can be used", cause=Cause.BROKEN)

    async def _ask(self, part: Part, gate: asyncio.Semaphore) -> tuple[object, float] | Failed:
        """The JSON of a part and when it came, Unix seconds."""
        async with gate:
            if self._told_to_wait is not None:  # who asks on is banned
                return self._told_to_wait
            response = await self._fetcher.fetch(self._base_url + part.path, limits=_LIMITS, typed=True)
            if isinstance(response, Failed):
                return response
            failed = _explain(response, self._host)
            if failed is None:
                return _document(response, self._host)
            if failed.cause is Cause.LIMITED or failed.retry_at is not None:
                self._told_to_wait = failed
            return failed


def _document(response: Response, host: SafeText) -> tuple[object, float] | Failed:
    try:
        return read_json(response.body), response.received_at
    except UnreadableJsonError:
        if is_page(response.body):
            return Failed(f"{host} sent a web page: does this network ask for a login first?", cause=Cause.BROKEN)
        return Failed(f"{host} sent something that is not JSON", cause=Cause.BROKEN)


def _explain(response: Response, host: SafeText) -> Failed | None:
    """Why an answer is none, or ``None``; the body of an error is a web page that says nothing more."""
    again = retry_at(response)
    match response.status:
        case 200:
            return None
        case 429:
            return Failed(f"{host} wants fewer calls", again, Cause.LIMITED)
        case 401 | 403 | 405 | 407 | 451:
            return Failed(f"{host} refuses to answer (status {response.status})", again, Cause.BLOCKED)
        case 404 | 410:
            return Failed(f"There is no mempool server at mining.base_url ({host})", again, Cause.MISSING)
        case status if status >= 500:
            return Failed(f"{host} has trouble of its own (status {status})", again, Cause.SERVER)
        case status:
            return Failed(f"{host} did not take the question (status {status})", again, Cause.BROKEN)
