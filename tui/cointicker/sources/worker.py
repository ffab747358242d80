"""The one process that reads foreign documents, as seen from the program: jobs go in, plain values or reasons come out.

Parsers of feeds and pages are slow at best and can be made to hang or to eat memory; a thread could not be stopped. So
they run one after another in a process of their own, which is started when first needed, killed when a job takes too
long, and ends by itself when nothing comes for a while or when this program ends, however it does.
"""

import asyncio
import contextlib
import json
import os
import struct
import sys
from collections.abc import Mapping
from typing import Any

from cointicker.domain.freshness import Cause, Failed
from cointicker.sources.parsing import Result
from cointicker.sources.worker_main import MAX_RESULT

JOBS: Mapping[str, str] = {
    "feed": "cointicker.sources.parsing.feeds:parse_feed",
    "outline": "cointicker.sources.parsing.outlines:parse_outline",
    "page": "cointicker.sources.parsing.pages:parse_page",
    "content": "cointicker.sources.parsing.contents:parse_content",
    "picture": "cointicker.sources.parsing.pictures:parse_picture",
}
"""What can be asked for, and the function that does it, as ``module:name``."""
JOB_SECONDS = 5.0
IDLE_SECONDS = 120.0

_START_SECONDS = 20.0
"""For the process to start and to import what a job needs, on a machine that is busy or slow."""
_CLOSE_SECONDS = 1.0
_LENGTH = struct.Struct(">I")
_KEPT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "TZ")
"""The part of the environment that the process needs; keys to services stay here."""
_MAIN = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from cointicker.sources.worker_main import main; main()"
)


class _GoneError(Exception):
    """The process ended before it had begun the job."""


class Worker:
    """Runs jobs in a process of its own, one at a time. All failures are values."""

    def __init__(
        self,
        jobs: Mapping[str, str] = JOBS,
        *,
        job_seconds: float = JOB_SECONDS,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        """``job_seconds`` bounds one job by the clock; after ``idle_seconds`` without any the process ends."""
        self._jobs = jobs
        self._job_seconds = job_seconds
        self._idle_seconds = idle_seconds
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The process, where one is running."""
        process = self._process
        return process.pid if process is not None and process.returncode is None else None

    async def run(self, job: str, body: bytes, **options: Any) -> Result | Failed:
        """Do one of the ``jobs`` with a document. Options are JSON values. The reason of a failure completes "HOST …".

        A caller that is cancelled takes the process with it, so that the next one does not get its answer.
        """
        request = json.dumps({"call": self._jobs[job], "options": options}).encode()
        async with self._turn:
            try:
                return await self._exchange(request, body)
            except _GoneError:  # it was idle, and ended or was killed meanwhile
                await self._end()
            try:
                return await self._exchange(request, body)
            except _GoneError:
                await self._end()
                return self._failed("cannot be read: the process that reads it does not start")

    async def close(self) -> None:
        """End the process at once; what is under way returns ``Failed``."""
        self._closed = True
        process = self._process
        if process is not None:
            _kill(process)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), _CLOSE_SECONDS)

    def _failed(self, why: str, cause: Cause = Cause.BROKEN) -> Failed:
        if self._closed:
            return Failed("was not read: the program is closing", cause=Cause.OFFLINE)
        return Failed(why, cause=cause)

    async def _exchange(self, request: bytes, body: bytes) -> Result | Failed:
        if self._closed:
            return self._failed("")
        try:
            process = await self._started()
        except OSError:
            return self._failed("cannot be read now: this machine starts no more processes")
        done = False
        try:
            answer = await self._ask(process, request, body)
            done = True
        except TimeoutError:
            return self._failed("sent something that takes too long to read")
        except (asyncio.IncompleteReadError, OSError):
            return self._failed("sent something that cannot be read")
        finally:
            if not done:
                await self._end()
        return self._outcome(answer)

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-I", "-c", _MAIN, json.dumps([path for path in sys.path if path]), str(self._idle_seconds)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={name: os.environ[name] for name in _KEPT if name in os.environ},
                start_new_session=True,  # Ctrl+C in the terminal is not meant for it
            )
        return self._process

    async def _ask(self, process: asyncio.subprocess.Process, request: bytes, body: bytes) -> bytes:
        assert process.stdin is not None  # noqa: S101  both are pipes
        assert process.stdout is not None  # noqa: S101
        try:
            async with asyncio.timeout(_START_SECONDS):
                process.stdin.writelines([_LENGTH.pack(len(request)), request, _LENGTH.pack(len(body)), body])
                await process.stdin.drain()
                await process.stdout.readexactly(_LENGTH.size)  # the job begins
        except (asyncio.IncompleteReadError, OSError) as error:
            raise _GoneError from error
        async with asyncio.timeout(self._job_seconds):
            (length,) = _LENGTH.unpack(await process.stdout.readexactly(_LENGTH.size))
            if length > MAX_RESULT:
                raise OSError(length)
            return await process.stdout.readexactly(length)

    def _outcome(self, answer: bytes) -> Result | Failed:
        data: Result = json.loads(answer)
        if "why" in data:
            return self._failed(data["why"], Cause(data["cause"]))
        result: Result = data["result"]
        return result

    async def _end(self) -> None:
        """Get rid of the process; the next job starts another."""
        process, self._process = self._process, None
        if process is not None:
            _kill(process)
            await process.wait()


def _kill(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    if process.stdin is not None:
        process.stdin.close()
