"""Several programs on one home: looked after together, so that none waits for its terminal to be read."""

import signal
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType
from typing import Self

from terminal.emulator import described
from terminal.pty_program import PATIENCE, Program, children


class Crowd:
    """Panes of one person; they end with their context."""

    def __init__(self, *words: str, env: Mapping[str, str] | None = None, size: tuple[int, int] = (120, 36)) -> None:
        """``words`` and ``env``: as each pane is started with."""
        self._words = words
        self._env = env or {}
        self._size = size
        self._running = ExitStack()
        self.panes: list[Program] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pane in self.panes:
            if pane.alive:
                pane.signal(signal.SIGCONT)
        self._running.close()

    def start(self, *more: str, env: Mapping[str, str] | None = None) -> Program:
        """Open one more pane."""
        pane = self._running.enter_context(
            Program(*self._words, *more, size=self._size, env={**self._env, **(env or {})})
        )
        self.panes.append(pane)
        return pane

    def kill(self, pane: Program) -> None:
        """End a pane as a crash of the machine would."""
        pane.signal(signal.SIGKILL)
        pane.wait_exit()
        self.panes.remove(pane)

    def watch(self, seconds: float) -> None:
        """Let so much time pass."""
        self._look_after(lambda: False, seconds)

    def wait_until(self, holds: Callable[[], object], seconds: float = PATIENCE) -> float:
        """Wait until something holds; how long it took, seconds. ``AssertionError`` where it never does."""
        started = time.monotonic()
        if not self._look_after(holds, seconds):
            screens = "\n".join(f"alive: {pane.alive}\n{described(pane.emulator)}" for pane in self.panes)
            raise AssertionError(f"did not come true within {seconds} s\n{screens}")
        return time.monotonic() - started

    def _look_after(self, holds: Callable[[], object], seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for pane in self.panes:
                pane.settle(0.0, 0.2)
            if holds():
                return True
            time.sleep(0.02)
        return bool(holds())

    def wait_for_all(self, shown: Callable[[str], bool], seconds: float = PATIENCE) -> float:
        """Wait until all panes show something."""
        return self.wait_until(lambda: all(shown(pane.text) for pane in self.panes), seconds)

    def cpu(self) -> float:
        """Seconds of processor time that the threads of all panes and of their children used so far."""
        return sum(_used(pid) for pane in self.panes for pid in (pane.pid, *children(pane.pid))) / 1e9


def _used(pid: int) -> int:
    return sum(
        int(place.read_text(encoding="ascii").split()[0]) for place in Path(f"/proc/{pid}/task").glob("*/schedstat")
    )


def holder(database: Path, lease: str) -> int | None:
    """The number of the process that holds a lease; ``None`` while nobody does."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        row = connection.execute("SELECT owner FROM leases WHERE name = ?", (lease,)).fetchone()
    return None if row is None else int(row[0].split(":")[1])
