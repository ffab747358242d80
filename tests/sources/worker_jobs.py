"""Jobs for the worker process that misbehave in ways that no document could be counted on to provoke."""

import os
import signal
import sys
import time
from base64 import b64encode
from pathlib import Path
from typing import Any

from cointicker.sources.parsing import Result

JOBS = {
    name: f"sources.worker_jobs:{name}"
    for name in ("echo", "hang", "hoard", "die", "crash", "leak_stack", "shout", "swell", "describe", "note_and_spin")
}


def echo(body: bytes, *, mark: str = "") -> Result:
    return {"text": body.decode(), "mark": mark, "pid": os.getpid()}


def hang(body: bytes) -> Result:
    while True:
        time.sleep(60)


def hoard(body: bytes) -> Result:
    return {"size": len(bytearray(4 * 1024**3))}


def die(body: bytes) -> Result:
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def crash(body: bytes) -> Result:
    raise SystemError("nobody foresaw this")


def leak_stack(body: bytes) -> Result:
    return leak_stack(body)


def shout(body: bytes) -> Result:
    print("this is no answer")
    sys.stdout.flush()
    os.write(1, b"nor is this")
    os.write(2, b"nor this")
    return {"read": len(sys.stdin.read())}


def swell(body: bytes) -> Result:
    return {"text": "a" * 20_000_000}


def describe(body: bytes) -> Result:
    return {
        "environment": dict(os.environ),
        "nice": os.nice(0),
        "modules": sorted(sys.modules),
        "session": os.getsid(0),
    }


def note_and_spin(body: bytes) -> Result:
    Path(body.decode()).write_text(str(os.getpid()))
    while True:
        pass


def draw_escapes(body: bytes, **room: Any) -> Result:
    """A picture with more in it than a terminal should be told."""
    pixels = b64encode(bytes(6)).decode()
    return {"columns": 1, "rows": 1, "pixels": pixels, "data": b64encode(b"~\x1b\\\x1b]0;title\x07").decode()}


def draw_too_much(body: bytes, **room: Any) -> Result:
    """A picture that is larger than the room for it."""
    return {"columns": 99, "rows": 1, "pixels": b64encode(bytes(6 * 99)).decode(), "data": ""}
