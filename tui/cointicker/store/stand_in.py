"""A database that stands in for a file that cannot be written: one for all panes, in a folder that ends with the login.

They go on asking as one, and each sees what the others do. It is begun anew by the first who needs it and dies with
the last; who finds the file in order again takes all that came meanwhile into it, and the others follow.
"""

import fcntl
import hashlib
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Self

from cointicker.store.opening import Migrations, carry_over, connect, identify, open_memory, use_wal

_PATIENCE = 5.0
"""Seconds that one waits for another who is filling it."""
_LOOK_EVERY = 0.05
_RETIRED = 2**31 - 1
"""The version of its tables by which whoever waits to write sees that it serves no longer."""


class StandIn:
    """A connection to it, and the lock that tells that somebody uses it."""

    def __init__(self, connection: sqlite3.Connection, path: Path, lock: int) -> None:
        self.connection = connection
        self.path = path
        self.identity = identify(path)
        self._lock = lock

    @classmethod
    def join(cls, folder: Path, source: Path, migrations: Migrations, now: float) -> Self:
        """Use the one for ``source``; where nobody does yet, begin it with what can be read there at ``now``.

        Raises ``OSError`` or ``sqlite3.Error``.
        """
        folder.mkdir(mode=0o700, exist_ok=True)
        name = hashlib.sha256(os.fsencode(source)).hexdigest()[:16]
        path = folder / f"{name}-{len(migrations)}.db"
        lock = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            _join(lock, path, lambda: _fill(path, source, migrations, now))
            return cls(connect(path), path, lock)
        except (OSError, sqlite3.Error):
            os.close(lock)
            raise

    def retire(self, file: sqlite3.Connection) -> bool:
        """Put what it gathered into the file that it stands in for; ``False`` where another has done so.

        Nobody can write meanwhile, and afterwards it is nobody's any more. Raises ``sqlite3.Error`` or ``OSError``.
        """
        self.connection.execute("BEGIN IMMEDIATE")
        with self.connection:
            if self.connection.execute("PRAGMA user_version").fetchone() == (_RETIRED,):
                return False
            (since,) = self.connection.execute("SELECT since FROM stands_in").fetchone()
            carry_over(self.connection, file, since)
            self.connection.execute(f"PRAGMA user_version = {_RETIRED}")
            _remove(self.path)
        return True

    def close(self) -> None:
        """Let go of it; the last one removes it."""
        with suppress(sqlite3.Error):
            self.connection.close()
        with suppress(OSError):
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(self.path)
        os.close(self._lock)


def _join(lock: int, path: Path, fill: Callable[[], None]) -> None:
    """Have the lock together with all others who use the file; who is alone with it fills it first."""
    give_up = time.monotonic() + _PATIENCE
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fill()
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            if path.exists():
                return
            fcntl.flock(lock, fcntl.LOCK_UN)  # it was retired, which those who used it have not noticed yet
        if time.monotonic() >= give_up:
            raise TimeoutError
        time.sleep(_LOOK_EVERY)


def _fill(path: Path, source: Path, migrations: Migrations, now: float) -> None:
    _remove(path)  # of people who are gone
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with closing(open_memory(migrations, source)) as memory, closing(connect(path)) as file:
        memory.backup(file)
        use_wal(file)
        file.execute("CREATE TABLE counted AS SELECT * FROM call_days")
        file.execute("CREATE TABLE stands_in AS SELECT CAST(? AS REAL) AS since", (now,))
        file.execute(f"PRAGMA user_version = {len(migrations)}")


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
