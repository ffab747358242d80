"""The process that reads foreign documents, from within. It lives on its two pipes and holds no secrets."""

import contextlib
import importlib
import json
import os
import select
import struct
import sys
from collections.abc import Callable
from typing import BinaryIO

from cointicker.domain.freshness import Cause
from cointicker.sources.parsing import Result, UnreadableError

MEMORY = 512 * 1024**2
"""Bytes of address space; with all parsers and a page of 1.4 MB it takes 65 MB."""
CPU_SECONDS = 10
"""For one job."""
MAX_RESULT = 12_000_000
"""Bytes of JSON."""

_NICENESS = 10
_LENGTH = struct.Struct(">I")
_BEGUN = _LENGTH.pack(0)
_PARSER_ERRORS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What parsers raise over documents that their authors did not foresee."""


def main() -> None:
    """Answer requests until the input ends or nothing comes for as many seconds as the last argument says."""
    idle_seconds = float(sys.argv[2])
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):  # whatever prints or reads does not get into the pipes
        os.dup2(silence, standard)
    _bound_memory()
    with contextlib.suppress(OSError, AttributeError):
        os.nice(_NICENESS)
    while select.select([requests], [], [], idle_seconds)[0]:
        head = _read(requests)
        body = _read(requests)
        if head is None or body is None:
            return
        _answer(json.loads(head), body, answers)


def _read(requests: BinaryIO) -> bytes | None:
    """One part of a request, or ``None`` where the input has ended."""
    start = requests.read(_LENGTH.size)
    if len(start) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(start)
    part = requests.read(length)
    return part if len(part) == length else None


def _answer(request: Result, body: bytes, answers: BinaryIO) -> None:
    module, _, name = request["call"].partition(":")
    try:
        job = getattr(importlib.import_module(module), name)
    except ImportError as error:
        missing = (error.name or module).partition(".")[0]
        answer = _failure(f"cannot be read: {missing} is not installed as it should be")
        answers.write(_BEGUN)
    else:
        answers.write(_BEGUN)
        answers.flush()
        _bound_time()
        answer = _run(job, body, request["options"])
    answers.write(_LENGTH.pack(len(answer)) + answer)
    answers.flush()


def _run(job: Callable[..., Result], body: bytes, options: Result) -> bytes:
    try:
        answer = json.dumps({"result": job(body, **options)}).encode()
    except UnreadableError as error:
        return _failure(str(error), error.cause)
    except MemoryError:
        return _failure("sent something that takes too much memory to read", Cause.TOO_LARGE)
    except _PARSER_ERRORS:
        return _failure("sent something that cannot be read")
    if len(answer) > MAX_RESULT:
        return _failure("sent too much to be kept", Cause.TOO_LARGE)
    return answer


def _failure(why: str, cause: Cause = Cause.BROKEN) -> bytes:
    return json.dumps({"why": why, "cause": cause.value}).encode()


def _bound_memory() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):  # not every system can
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _bound_time() -> None:
    """From now on so much CPU time and the process is ended, also when nobody is left who could kill it."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + CPU_SECONDS, most))
