"""Runs the program as a person does, in a process of its own."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cointicker
from cointicker.domain.market import DEFAULT_WATCHLIST, Quote
from cointicker.domain.words import SafeText
from cointicker.engine.ports import Deadline
from cointicker.store.sqlite import SqliteStore

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


class Stored:
    """The database of the next command, filled as an earlier run would have."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def prices(self, age: float, *quotes: Quote) -> None:
        """Quotes that were fetched ``age`` seconds ago; without any: of all coins of the usual watchlist."""
        at = time.time() - age
        known = quotes or tuple(quote(coin, rank) for rank, coin in enumerate(DEFAULT_WATCHLIST, 1))
        aged = [replace(each, fetched_at=at, updated_at=at) for each in known]
        asyncio.run(self._save_prices(aged, at))

    async def _save_prices(self, quotes: list[Quote], at: float) -> None:
        store = SqliteStore(self._path, lambda: at)
        await store.save_quotes(quotes)
        await store.save_deadline("market:usd", Deadline(fetched_at=at, next_at=at + 60))
        await store.close()


def quote(coin_id: str, rank: int | None = 1, symbol: str = "", price: float | None = 100.0) -> Quote:
    """A quote as a source might have given it."""
    sign = SafeText((symbol or coin_id[:4]).upper())
    return Quote(coin_id, sign, SafeText(coin_id.title()), "usd", price, 0.0, rank=rank)
