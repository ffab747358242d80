"""Runs the program and tells which modules it has imported: at its first paint, and whenever ``SIGUSR1`` asks.

As a script: ``python module_report.py FILE [WORDS…]``. Writes one JSON list of names a line to ``FILE``.
"""

import json
import signal
import sys
from pathlib import Path
from typing import TextIO

from cointicker.__main__ import main as run


class Watched:
    """The terminal that Textual writes to; notes who else is in memory when the first colour comes."""

    def __init__(self, terminal: TextIO, report: Path) -> None:
        self._terminal = terminal
        self._report = report
        self._seen = False

    def write(self, data: str) -> int:
        """Write, and report at the first paint."""
        if not self._seen and "\x1b[38;2;" in data:
            self._seen = True
            note_modules(self._report)
        return self._terminal.write(data)

    def __getattr__(self, name: str) -> object:
        return getattr(self._terminal, name)


def note_modules(report: Path) -> None:
    """Add the names of all modules that are in memory."""
    names = json.dumps(sorted(sys.modules))
    with report.open("a", encoding="utf-8") as file:
        file.write(names + "\n")


def packages(report: Path) -> list[set[str]]:
    """The packages of each line of a report."""
    lines = report.read_text(encoding="utf-8").splitlines()
    return [{name.partition(".")[0] for name in json.loads(line)} for line in lines]


def main() -> int:
    """Run the program."""
    report = Path(sys.argv[1])
    sys.argv = ["cointicker", *sys.argv[2:]]
    sys.stderr = sys.__stderr__ = Watched(sys.stderr, report)  # type: ignore[assignment,misc]
    signal.signal(signal.SIGUSR1, lambda *_: note_modules(report))
    return run()


if __name__ == "__main__":
    sys.exit(main())
