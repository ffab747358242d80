"""The last frame of the run before, on the terminal again while the program is still being imported.

Imports nothing of weight: that is its whole point. The frame says how old it is, and is shown only in a terminal, with
a configuration and by a version that would draw it the same way.
"""

import os
import signal
import sys
import termios
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cointicker import __version__
from cointicker.text.numbers import format_age

ENTER = "\x1b[?1049h"
"""The alternate screen (xterm, "Alternate Screen Buffer")."""
_LEAVE = "\x1b[?25h\x1b[?1049l"
_HIDE_CURSOR = "\x1b[?25l"
_LIMIT = 500_000
"""Bytes; a frame of 300 × 100 cells has about a tenth of that."""
_OLDEST = 7 * 86_400.0
"""Seconds after which an old picture helps nobody."""
_INPUT_FLAGS, _LOCAL_FLAGS = 0, 3
"""Indices of the modes of input and of the local modes in what ``termios.tcgetattr`` gives."""
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


@dataclass(slots=True)
class Terminal:
    """What was done to the terminal before Textual took it over."""

    attributes: list[Any] | None = None
    """The modes as they were found; Textual must give these back, not those that it finds."""
    entered: bool = False
    """The alternate screen is on already."""


terminal = Terminal()
"""The terminal of this process; there is but one."""


def _size() -> tuple[int, int]:
    """Columns and rows of the terminal; nothing where there is none."""
    try:
        return tuple(os.get_terminal_size(sys.stderr.fileno()))  # type: ignore[return-value]
    except (OSError, ValueError):
        return 0, 0


def frame_key(config: Path, choices: Iterable[object]) -> str:
    """Everything that a frame's look depends on; ``choices`` are those of the command line."""
    try:
        changed = config.stat().st_mtime_ns
    except OSError:
        changed = 0
    looks = [os.environ.get(name, "") for name in ("TERM", "COLORTERM", "NO_COLOR", "TEXTUAL_COLOR_SYSTEM")]
    parts = (__version__, *_size(), *looks, config, changed, *choices)
    return "|".join(str(part).replace("\n", " ") for part in parts)


def save_frame(path: Path, key: str, frame: str, at: float) -> None:
    """Keep a frame, for this user alone; nothing happens where it cannot be written."""
    import tempfile  # noqa: PLC0415 - not needed to show one

    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="") as file:
            file.write(f"{key}\n{at}\n{frame}")
        Path(name).replace(path)


def guard() -> None:
    """Remember how the terminal was found, and give it back when a signal ends the program.

    So it is until the app hears signals, just before Textual takes the terminal over. Nothing happens where there is
    no terminal.
    """
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)):
        return
    with suppress(termios.error, OSError):
        terminal.attributes = termios.tcgetattr(sys.stdin.fileno())
        for number in _ENDING:
            signal.signal(number, _end)


def _end(number: int, _: object) -> None:
    leave()
    os._exit(128 + number)  # nothing is open that would have to be closed


def show_frame(path: Path, key: str, now: float) -> bool:
    """Draw the frame that was kept for this very key, with its age (times in Unix seconds); whether there was one.

    Only in a terminal that ``guard`` has seen. It stops to echo, so that keys typed meanwhile wait for the program.
    """
    frame, at = _load(path, key)
    if not frame or not 0 <= now - at <= _OLDEST or terminal.attributes is None:
        return False
    quiet = list(terminal.attributes)
    quiet[_INPUT_FLAGS] &= ~termios.ICRNL  # or Enter would reach the program as another key
    quiet[_LOCAL_FLAGS] &= ~(termios.ECHO | termios.ICANON)
    with suppress(termios.error, OSError):
        termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, quiet)
    _write(ENTER + _HIDE_CURSOR + frame + _age_note(now - at))
    terminal.entered = True
    return True


def leave() -> None:
    """Give the terminal back as it was found, where Textual never came to do it."""
    if terminal.entered:
        terminal.entered = False
        _write(_LEAVE)
    if terminal.attributes is not None:
        with suppress(termios.error, OSError):
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, terminal.attributes)
        terminal.attributes = None


def _load(path: Path, key: str) -> tuple[str, float]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            kept, at, frame = file.read(_LIMIT).split("\n", 2)
        return (frame, float(at)) if kept == key else ("", 0.0)
    except (OSError, ValueError):
        return "", 0.0


def _age_note(seconds: float) -> str:
    """The age in the lower right corner, in reverse: on every theme it can be read."""
    columns, rows = _size()
    note = f" {format_age(seconds)} old "
    return f"\x1b[{rows};{max(1, columns - len(note) + 1)}H\x1b[7m{note}\x1b[0m"


def _write(data: str) -> None:
    sys.stderr.write(data)
    sys.stderr.flush()
