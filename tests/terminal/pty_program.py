"""The program in a terminal of its own: started, typed into, looked at and measured from outside."""

import fcntl
import json
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from cli.command_line import environment
from terminal.emulator import RESIZE_REPORTS, XTERM, Emulator, described

PATIENCE = 40.0
"""Seconds until something that should happen counts as never happening."""
_SHIM = "import fcntl, os, sys, termios\nfcntl.ioctl(0, termios.TIOCSCTTY, 0)\nos.execv(sys.argv[1], sys.argv[1:])"
"""Makes the pty the controlling terminal, which a plain child process cannot be given, and becomes the program."""
KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "space": " ", "ctrl+c": "\x03", "ctrl+l": "\x0c",
    "up": "\x1b[A", "down": "\x1b[B", "pageup": "\x1b[5~", "pagedown": "\x1b[6~",
}  # fmt: skip

Wanted = str | re.Pattern[str] | Callable[[str], object]
"""Text that is to be on the screen, a pattern, or a question about the screen's text."""


class Program:
    """A running program and the terminal that it runs in; ends with its context."""

    def __init__(
        self,
        *words: str,
        size: tuple[int, int] = (120, 36),
        knows: frozenset[int] = XTERM,
        command: Sequence[str] = (sys.executable, "-m", "cointicker"),
        env: Mapping[str, str] | None = None,
    ) -> None:
        """``size`` in columns and rows; ``knows``: see ``Emulator``; ``env`` stands over the usual environment."""
        self.emulator = Emulator(*size, knows=knows)
        self._output = bytearray()
        self._master, self._slave = os.openpty()
        self._ends: tuple[int, ...] = (self._master, self._slave)
        self._set_size(size)
        self._attributes = termios.tcgetattr(self._slave)
        self.started = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _SHIM, *command, *words],
            env=_surroundings(env or {}),
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._close()

    def _close(self) -> None:
        for end in self._ends:
            os.close(end)
        self._ends = ()

    # What is seen

    @property
    def pid(self) -> int:
        """The main process."""
        return self._process.pid

    @property
    def text(self) -> str:
        """What the screen shows."""
        return self.emulator.text

    @property
    def output(self) -> bytes:
        """Every byte that was written so far."""
        return bytes(self._output)

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def rss(self) -> float:
        """Resident memory of the main process, MB (10⁶ bytes)."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1]) * 1024 / 1e6

    @property
    def restored(self) -> bool:
        """Whether the terminal is as it was found: every mode, the keys, the settings of the line, the title."""
        emulator = self.emulator
        same = termios.tcgetattr(self._slave) == self._attributes
        return same and not emulator.left_on and not emulator.kitty_keys

    # What is waited for

    def wait_for(self, wanted: Wanted, seconds: float = PATIENCE) -> float:
        """Wait until the screen shows it; seconds since the start. ``AssertionError`` where it never does."""
        deadline = time.monotonic() + seconds
        while not _is_on(self.text, wanted):
            if time.monotonic() >= deadline or not self.alive:
                state = "is still running" if self.alive else f"ended with {self._process.returncode}"
                self._pump(0)
                if _is_on(self.text, wanted):
                    break
                raise AssertionError(f"never saw {wanted!r}; the program {state}\n{described(self.emulator)}")
            self._pump(min(0.05, seconds))
        return time.monotonic() - self.started

    def wait_until(self, holds: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Wait until something outside the screen holds."""
        self.wait_for(lambda _: holds(), seconds)

    def settle(self, quiet: float = 0.4, seconds: float = PATIENCE) -> None:
        """Wait until nothing was written for ``quiet`` seconds."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self._pump(quiet):
            pass

    def watch(self, seconds: float) -> bytes:
        """What is written in so many seconds."""
        before = len(self._output)
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self._pump(left)
        return bytes(self._output[before:])

    def wait_exit(self, seconds: float = PATIENCE) -> int:
        """Wait until it has ended; its exit status, negative for a signal."""
        deadline = time.monotonic() + seconds
        while self.alive:
            if time.monotonic() >= deadline:
                raise AssertionError(f"is still running after {seconds} s\n{described(self.emulator)}")
            self._pump(0.01)
        while self._pump(0):
            pass
        return self._process.returncode

    def hang_up(self, seconds: float = PATIENCE) -> int:
        """Take the terminal away, as closing its window does; the exit status of the program."""
        self._close()
        return self._process.wait(seconds)

    # What is done to it

    def press(self, *keys: str) -> None:
        """Type keys: single signs as they are, others by the names of ``KEYS``."""
        for key in keys:
            self.type(KEYS.get(key, key))

    def type(self, data: str) -> None:
        """Send input as it is."""
        os.write(self._master, data.encode())

    def cost_of(self, key: str, quiet: float = 0.4) -> int:
        """Bytes that are written in answer to a key, which must change something."""
        self.settle(quiet)
        before = len(self._output)
        self.press(key)
        self.wait_until(lambda: len(self._output) > before)
        self.settle(quiet)
        return len(self._output) - before

    def click(self, x: int, y: int) -> None:
        """Press and let go the left button on a cell, counted from 0."""
        self.type(f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m")

    def click_on(self, text: str) -> None:
        """Click on the first place where the screen shows a text."""
        y, row = next((y, row) for y, row in enumerate(self.emulator.rows) if text in row)
        self.click(row.index(text), y)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, as a person does with a window."""
        self.emulator.resize(columns, rows)
        self._set_size((columns, rows))
        if RESIZE_REPORTS in self.emulator.modes:
            self.type(f"\x1b[48;{rows};{columns};{rows * 16};{columns * 8}t")

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the main process."""
        self._process.send_signal(number)

    def _set_size(self, size: tuple[int, int]) -> None:
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def _pump(self, seconds: float) -> bool:
        """Take in what is written within so many seconds; whether anything was."""
        ready, _, _ = select.select([self._master], [], [], max(0.0, seconds))
        if not ready:
            return False
        data = os.read(self._master, 65_536)
        self._output += data
        answer = self.emulator.feed(data)
        if answer:
            self.type(answer)
        return True


def _surroundings(more: Mapping[str, str]) -> dict[str, str]:
    """The environment of a program in a terminal whose size is asked of the terminal itself."""
    found = environment(**({"TERM": "xterm-256color", "COLORTERM": "truecolor"} | dict(more)))
    found.pop("LINES", None)
    return found


def _is_on(text: str, wanted: Wanted) -> bool:
    if isinstance(wanted, str):
        return wanted in text
    if isinstance(wanted, re.Pattern):
        return wanted.search(text) is not None
    return bool(wanted(text))


def at_once() -> float:
    """Seconds that leaving may take: one, and more where the machine has more to do than it has cores for.

    It is never as long as a request that hangs is waited for.
    """
    return min(4.5, max(1.0, 1.5 * os.getloadavg()[0] / (os.cpu_count() or 1)))


def children(pid: int) -> list[int]:
    """The processes that a process has started and that still run."""
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdecimal():
            with suppress(OSError):
                fields = (place / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
                if int(fields[1]) == pid and fields[0] != "Z":
                    found.append(int(place.name))
    return found


def read_json(path: Path) -> object:
    """A JSON document."""
    return json.loads(path.read_text(encoding="utf-8"))
