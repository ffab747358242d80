"""One SQLite file: the one thread that touches it, who else wrote to it, and what happens when it fails.

Nothing here raises for the state of the disk or of the file. A damaged file is moved aside and a new one begun; a file
that cannot be written leaves its place to one that all panes share (see ``stand_in``), or where there can be none to a
database in memory, both filled with what could still be read, until it can be written again. A file of a newer version
of the program is read as far as it goes, and never written.
"""

import asyncio
import itertools
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from cointicker.store.opening import (
    BUSY,
    Migrations,
    NewerSchemaError,
    UnreadableError,
    carry_over,
    identify,
    open_file,
    open_memory,
    open_to_read,
    refuse_newer,
    stamp_log,
)
from cointicker.store.salvage import salvage
from cointicker.store.schema import MIGRATIONS
from cointicker.store.stand_in import StandIn
from cointicker.text.safe import clean

_T = TypeVar("_T")

RETRY_AFTER = 300.0
"""Seconds until a file that could not be written is tried again."""
RETRY_SOON = 3.0
"""The same, where the disk failed for the first time, and for as long as it cannot be opened for ``_SOON`` seconds."""
_SOON = 60.0
NEWER = "A newer version of cointicker keeps the data, which this one only reads"
"""Why a file is only read."""
_ALONE = " Meanwhile each pane fetches for itself."
_MISREAD = (ValueError, TypeError, LookupError)
"""What a value that an older program does not know may come to."""
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_UNWRITABLE = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the file is read-only",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    sqlite3.SQLITE_IOERR: "the disk failed",
    sqlite3.SQLITE_PERM: "access is denied",
    sqlite3.SQLITE_AUTH: "access is denied",
}


class Database:
    """A connection that lives in a thread of its own; opened there at the first use."""

    def __init__(
        self,
        path: Path | None,
        clock: Callable[[], float],
        migrations: Migrations = MIGRATIONS,
        *,
        runtime_dir: Path | None = None,
    ) -> None:
        """``path`` of ``None`` keeps everything in memory; ``clock`` gives Unix seconds.

        In ``runtime_dir`` panes share what cannot be kept.
        """
        self._path = path
        self._clock = clock
        self._migrations = migrations
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._runtime_dir = runtime_dir
        self._stand_in: StandIn | None = None
        self._in_memory_since: float | None = None
        self._reads_only = False
        self._version: int | None = None
        """The file's ``data_version`` at the last look; ``None`` where another file has taken its place."""
        self._stamp: tuple[int, ...] | None = None
        self._retry_at = 0.0
        self._failed_at = float("-inf")
        """When the disk failed last, Unix seconds."""
        self._damaged: Path | None = None
        """A file that was moved aside and of which nothing was saved yet."""
        self._seen: dict[str, int] = {}
        self._lasting = ""
        self._passing = ""
        self._closed = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")

    @property
    def trouble(self) -> str:
        """Why nothing is kept, or what was lost, in words; empty when all is well."""
        return self._lasting or self._passing

    @property
    def reads_only(self) -> bool:
        """Whether a newer version of the program has written the file, so that this one leaves it as it is."""
        return self._reads_only

    async def read(self, work: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        """What ``work`` returns; ``otherwise`` where the database fails."""
        if self._closed:
            return otherwise
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._perform, work, otherwise)

    async def write(self, work: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        """As ``read``, in one transaction; after a failure, all or nothing of it was stored."""
        return await self.read(partial(self._transact, work), otherwise)

    async def changed(self) -> frozenset[str] | None:
        """The followed tables that others have written to since the last time this was asked; ``None``: maybe all.

        Where nobody has written anything, this costs a look at one file.
        """
        stamp = None if self._path is None else stamp_log(self._path)
        if stamp is not None and stamp == self._stamp and self._in_memory_since is None:
            return frozenset()
        self._stamp = stamp
        return await self.read(self._look_for_changes, frozenset())

    async def check(self) -> None:
        """Look through the whole file for damage, and move it aside where there is any."""
        if not self._reads_only:
            await self.read(_check, None)

    async def close(self) -> None:
        """Finish what was asked for, then close the file."""
        if self._closed:
            return
        self._closed = True
        await asyncio.get_running_loop().run_in_executor(self._thread, self._disconnect)
        self._thread.shutdown(wait=False)

    # What follows runs in the thread.

    def _perform(self, work: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        for _ in range(4):  # damaged file, then full disk, then full folder of the login, then memory
            try:
                result = work(self._connect())
            except (sqlite3.Error, OSError) as error:
                if not self._recover(error):
                    return otherwise
            except (*_MISREAD, OverflowError) as error:
                if self._reads_only:
                    return otherwise
                if not isinstance(error, UnicodeError | OverflowError):
                    raise
                self._passing = "Something could not be stored: no database can hold it."
                return otherwise
            else:
                self._passing = ""
                return result
        return otherwise

    def _transact(self, work: Callable[[sqlite3.Connection], _T], connection: sqlite3.Connection) -> _T:
        if self._reads_only:
            raise NewerSchemaError
        # IMMEDIATE: a transaction that reads first and then writes fails at once when another wrote in between.
        connection.execute("BEGIN IMMEDIATE")
        with connection:
            refuse_newer(connection, self._migrations)  # another process may have brought it up to date meanwhile
            before = _revisions(connection)
            result = work(connection)
            after = _revisions(connection)
        for topic, number in after.items():
            if self._seen.get(topic) == before.get(topic):
                self._seen[topic] = number
        return result

    def _look_for_changes(self, connection: sqlite3.Connection) -> frozenset[str] | None:
        version = _data_version(connection)
        if version == self._version:
            return frozenset()
        if not self._reads_only:
            refuse_newer(connection, self._migrations)
        replaced, self._version = self._version is None, version
        seen, self._seen = self._seen, self._revisions(connection)
        if replaced or not self._seen:
            return None
        return frozenset(topic for topic, number in self._seen.items() if number != seen.get(topic))

    def _connect(self) -> sqlite3.Connection:
        if self._in_memory_since is not None and self._clock() >= self._retry_at:
            self._go_back()
        if self._connection is not None and self._was_replaced():
            self._disconnect()
            if self._reads_only:
                self._reads_only, self._lasting = False, ""
            if self._in_memory_since is not None:
                self._go_back()  # as another pane just did
        if self._connection is None:
            first = self._identity is None
            if self._path is None:
                self._connection = open_memory(self._migrations, None)
            elif self._in_memory_since is not None:
                self._connection = self._open_stand_in(self._path, self._in_memory_since)
            elif self._reads_only:
                self._connection, self._identity = open_to_read(self._path)
            else:
                self._connection, self._identity = open_file(self._path, self._migrations)
                self._save_from_damaged(self._connection)
            self._version = _data_version(self._connection) if first else None
            self._seen = self._revisions(self._connection)
        return self._connection

    def _save_from_damaged(self, connection: sqlite3.Connection) -> None:
        damaged, self._damaged = self._damaged, None
        if damaged is not None:
            salvage(damaged, connection)

    def _was_replaced(self) -> bool:
        """Whether the file is another one than was opened: a pane has moved it aside, or a person has."""
        if self._stand_in is not None:
            return identify(self._stand_in.path) != self._stand_in.identity
        return self._path is not None and self._in_memory_since is None and identify(self._path) != self._identity

    def _open_stand_in(self, path: Path, since: float) -> sqlite3.Connection:
        if self._runtime_dir is not None:
            with suppress(sqlite3.Error, OSError):
                self._stand_in = StandIn.join(self._runtime_dir, path, self._migrations, since)
                return self._stand_in.connection
        self._lasting = f"{self._lasting.removesuffix(_ALONE)}{_ALONE}"
        return open_memory(self._migrations, path)

    def _revisions(self, connection: sqlite3.Connection) -> dict[str, int]:
        try:
            return _revisions(connection)
        except sqlite3.Error:
            if not self._reads_only:
                raise
            return {}

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        stand_in, self._stand_in = self._stand_in, None
        if stand_in is not None:
            stand_in.close()
        elif connection is not None:
            with suppress(sqlite3.Error):
                connection.close()

    def _recover(self, error: sqlite3.Error | OSError) -> bool:
        """Make another try possible; ``False`` where it would end the same."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if self._path is None or (self._in_memory_since is not None and self._stand_in is None):
            self._passing = clean(f"The database in memory failed: {error}.")
            return False
        if code in BUSY:
            self._passing = "Another program keeps the database locked; the last change was not stored."
            return False
        if self._connection is not None and self._was_replaced():
            return True  # another pane has moved the damaged file aside already, or gone back to it
        if self._stand_in is not None:
            self._disconnect()
            self._runtime_dir = None  # nothing can be shared there either
            return True
        if self._reads_only:
            return False
        if isinstance(error, UnreadableError) or code in _DAMAGED:
            self._set_aside(self._path)
        elif isinstance(error, NewerSchemaError):
            self._disconnect()
            self._reads_only = True
            self._lasting = clean(f"{NEWER} ({self._path}).")
        elif isinstance(error, OSError):
            self._fall_back(error.strerror or "it cannot be opened")
        elif code in _UNWRITABLE:
            self._fall_back(_UNWRITABLE[code], disk_failed=code == sqlite3.SQLITE_IOERR)
        else:
            self._passing = clean(f"The database failed: {error}.")
            return False
        return True

    def _fall_back(self, why: str, *, disk_failed: bool = False) -> None:
        """Do without the file for a while.

        One that others have cut off reads well again after all have let go of it: it is tried in a moment.
        """
        self._disconnect()
        now = self._in_memory_since = self._clock()
        self._retry_at = now + RETRY_AFTER
        if disk_failed:
            if not 0 <= now - self._failed_at <= 2 * RETRY_AFTER:
                self._retry_at = now + RETRY_SOON
            self._failed_at = now
        self._lasting = clean(f"Nothing is being kept: {why} ({self._path}).")

    def _go_back(self) -> None:
        """Use the file again, where it can be written again; what came meanwhile goes with it."""
        if self._path is None or self._in_memory_since is None:
            return
        now = self._clock()
        self._retry_at = now + (RETRY_SOON if 0 <= now - self._failed_at < _SOON else RETRY_AFTER)
        try:
            connection, identity = open_file(self._path, self._migrations)
        except (sqlite3.Error, OSError):
            return
        own = self._connection is not None
        try:
            if self._stand_in is not None:
                own = self._stand_in.retire(connection)
            elif self._connection is not None:
                carry_over(self._connection, connection, self._in_memory_since)
        except (sqlite3.Error, OSError):
            connection.close()
            return
        self._disconnect()
        self._connection, self._identity = connection, identity
        # What other panes have put there is still to be shown.
        self._version, self._seen = _data_version(connection) if own else None, _revisions(connection)
        self._in_memory_since = None
        self._lasting = ""

    def _set_aside(self, path: Path) -> None:
        self._disconnect()
        stamp = datetime.fromtimestamp(self._clock(), UTC).strftime("%Y%m%dT%H%M%SZ")
        target = path.with_name(f"{path.name}.corrupt-{stamp}")
        for number in itertools.count(2):
            if not target.exists():
                break
            target = path.with_name(f"{path.name}.corrupt-{stamp}-{number}")
        try:
            for suffix in ("", "-wal", "-shm"):
                with suppress(FileNotFoundError):
                    path.with_name(path.name + suffix).rename(target.with_name(target.name + suffix))
        except OSError as error:
            self._fall_back(error.strerror or "it is damaged")
        else:
            self._damaged = target
            self._lasting = clean(f"The stored data was damaged and was moved aside to {target}.")


def _check(connection: sqlite3.Connection) -> None:
    verdict = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    if verdict != "ok":
        raise UnreadableError(verdict)


def _data_version(connection: sqlite3.Connection) -> int:
    """A number that is another one after each change by another connection."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _revisions(connection: sqlite3.Connection) -> dict[str, int]:
    return dict(connection.execute("SELECT topic, number FROM revisions"))
