"""Several processes on one file, some of which die at a bad moment."""

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cointicker.store.sqlite import SqliteStore
from fake_clock import Clock

FILLER = Path(__file__).with_name("filler.py")
ROUNDS = 3
LINES = 15
"""Lines that every process writes before one of them is killed."""


@contextmanager
def _writers(path: Path, count: int) -> Iterator[list[subprocess.Popen[str]]]:
    command = [sys.executable, str(FILLER), "write", str(path)]
    writers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(count)]
    try:
        yield writers
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()


def _read_lines(writer: subprocess.Popen[str], count: int) -> list[dict[str, object]]:
    assert writer.stdout is not None
    return [json.loads(writer.stdout.readline()) for _ in range(count)]


async def test_four_writers_of_which_some_are_killed_lose_nothing_that_was_stored(path: Path, clock: Clock) -> None:
    told = 0
    for _ in range(ROUNDS):
        with _writers(path, 4) as writers:
            for writer in writers:
                lines = _read_lines(writer, LINES)
                assert not [line for line in lines if "trouble" in line]
                told += len(lines)
            writers[0].send_signal(signal.SIGKILL)
            for writer in writers[1:]:
                assert not [line for line in _read_lines(writer, LINES) if "trouble" in line]
                told += LINES
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    store = SqliteStore(path, clock)
    assert len(await store.quotes("usd")) == 5 * 40
    assert await store.ledger.since("market", 0) >= told
    assert store.trouble == ""
    await store.close()
    assert not list(path.parent.glob("*corrupt*"))
