"""Starts one process that fetches, where what is stored is old and no program with a screen renews it."""

import os
import sys

from cointicker.cli.line.making import Made, Maker
from cointicker.cli.line.request import Request
from cointicker.config.glance import Glance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from cointicker.domain.glance import Due, Known

SECONDS = 120
"""After which the process is ended, whatever it waits for."""
_LEAST = 10.0
"""Seconds between two of them, at the least."""
_MOST = 3600.0
"""The same while none of them leaves a trace in the store."""
_PATIENCE = 2.0
"""Intervals that a program with a screen is given before one is started in its place."""


def what_is_due(maker: Maker, made: Made, known: "Known", glance: Glance, now: float) -> str:
    """What ought to be fetched, as a text that changes with each try that leaves a trace; empty for nothing."""
    wants = maker.wants
    due: list[str] = []

    def add(name: str, when: "Due", interval: float) -> None:
        grace = _PATIENCE * max(interval, when.interval) if known.apps else 0.0
        if when.has_come(now, grace):
            due.append(f"{name}:{when.fetched_at}:{when.next_at}")

    if wants.coins or wants.rule:
        add("prices", known.prices_due, glance.refresh)
        # The panes were told what is wanted, but only of coins that are known.
        lacking = made.facts.unknown if known.apps else made.facts.lacking
        if lacking and not due:
            due.append(f"coins:{','.join(lacking)}")
    if wants.headline:
        add("news", known.news_due, glance.news_refresh)
    if wants.mining:
        add("mining", known.mining_due, glance.mining_refresh)
    return " ".join(due)


def _next_wait(lock: int, mark: str, spacing: float, now: float) -> float | None:
    """Seconds that the try after this one has to wait; ``None`` where this one comes too soon."""
    try:
        started, wait, before = os.pread(lock, 4096, 0).decode(errors="replace").split("\n")[:3]
        since, waited = now - float(started), float(wait)
    except ValueError:  # the first
        return spacing
    if 0 <= since < waited:
        return None
    return min(_MOST, waited * 2) if before == mark and since >= 0 else spacing


def _words(request: Request) -> list[str]:
    words = [*request.words, "line", "--fetch"]
    return words if request.format is None else [*words, f"--format={request.format}"]


def _start(lock: int, words: list[str]) -> None:
    """Start the program again, without a terminal and on its own; only the lock goes with it."""
    import signal  # noqa: PLC0415 - only now and then needed

    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    try:
        os.setsid()
        if os.fork():  # so that it is nobody's child, and nobody has to wait for it
            os._exit(0)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in range(3):
            os.dup2(nowhere, descriptor)
        os.set_inheritable(lock, True)  # noqa: FBT003 - takes no name
        signal.alarm(SECONDS)  # outlives exec
        # Without -P a module of the folder that tmux happens to be in could take the place of ours.
        os.execv(sys.executable, [sys.executable, "-P", "-m", "cointicker", *words])  # noqa: S606
    finally:
        os._exit(127)


def start_fetch(
    lock_file: str,
    request: Request,
    mark: str,
    spacing: float,
    now: float,
    *,
    begin: "Callable[[int, list[str]], None]" = _start,
) -> bool:
    """Start the process unless one runs, or ran so lately that this one would do no better; whether it was started.

    The lock is the process's own and ends with it, however that comes about. ``mark`` tells what is due: while it
    stays the same, the tries of all lines together become ever rarer. ``begin`` starts the program with some words.
    """
    import fcntl  # noqa: PLC0415 - only now and then needed

    try:
        lock = os.open(lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return False  # what cannot be noted would be tried for ever
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        wait = _next_wait(lock, mark, max(_LEAST, spacing), now)
        if wait is None:
            return False
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{now!r}\n{wait!r}\n{mark}\n".encode(), 0)
        begin(lock, _words(request))
    except OSError:
        return False
    finally:
        os.close(lock)
    return True
