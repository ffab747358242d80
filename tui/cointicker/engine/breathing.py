"""Long work that lets the event loop have its turn."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_WORK = 0.002
"""Seconds of work between two pauses; without any, others wait for 5 ms, and after each of their system calls again."""
_PAUSE = 0.0001
"""Seconds: long enough for a thread that waits to wake up."""


class Breath:
    """To be called often during work in a thread; pauses when it has gone on for a while."""

    def __init__(
        self, clock: Callable[[], float] = time.perf_counter, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """Both in seconds."""
        self._clock = clock
        self._pause = pause
        self._since = clock()

    def __call__(self) -> None:
        """Pause, where the last pause is a while ago."""
        if self._clock() - self._since >= _WORK:
            self._pause(_PAUSE)
            self._since = self._clock()


@contextmanager
def uncollected() -> Iterator[Callable[[], None]]:
    """Keep the collector of cycles from stopping all threads for long while thousands of things come in.

    What is given sets aside what has come, which is there to stay: it is not looked through for cycles any more.
    """
    if not gc.isenabled():  # somebody else keeps it from that
        yield gc.freeze
        return
    gc.disable()
    try:
        yield gc.freeze
    finally:
        gc.enable()
