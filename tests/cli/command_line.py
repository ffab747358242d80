"""Runs the program as a person does, in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cointicker

SOURCE_ROOT = str(Path(cointicker.__file__).parents[1])
"""Where the package under test lies, also when it is not installed."""
_SECONDS = 60.0
"""After which a command counts as hung."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The document on stdout, which must be one and nothing else."""
        return json.loads(self.out, parse_constant=_refuse)


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def environment(**more: str) -> dict[str, str]:
    """What a command sees: the test's own home, the package under test, and ``more``."""
    found = {**os.environ, "PYTHONPATH": SOURCE_ROOT, "PYTHONWARNINGS": "error"}
    for name in ("NO_COLOR", "COLORTERM", "TERM", "COLUMNS", "TMUX", "COVERAGE_PROCESS_START"):
        found.pop(name, None)
    return {**found, **more}


def command(*words: str) -> list[str]:
    """The command line of a process."""
    return [sys.executable, "-m", "cointicker", *words]


def run(*words: str, env: Mapping[str, str] | None = None) -> Ended:
    """Run a command to its end."""
    ended = subprocess.run(
        command(*words),
        env=environment(**(env or {})),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)
