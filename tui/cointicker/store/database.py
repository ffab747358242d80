"""One SQLite file: opening it, its schema, the one thread that touches it, and what happens when it fails.

Nothing here raises for the state of the disk or of the file. A damaged file is moved aside and a new one begun; a file
that cannot be written leaves its place to a database in memory, filled with what could still be read.
"""

import asyncio
import itertools
import os
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from cointicker.store.schema import MIGRATIONS
from cointicker.text.safe import clean

_T = TypeVar("_T")

BUSY_SECONDS = 5.0
"""How long a write waits for the writers of other processes."""
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_UNWRITABLE = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the file is read-only",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    sqlite3.SQLITE_IOERR: "the disk failed",
    sqlite3.SQLITE_PERM: "access is denied",
    sqlite3.SQLITE_AUTH: "access is denied",
}


class UnreadableError(sqlite3.DatabaseError):
    """The file holds what this program never writes."""


class NewerSchemaError(sqlite3.DatabaseError):
    """A newer version of the program wrote the file."""


class Database:
    """A connection that lives in a thread of its own; opened there at the first use."""

    def __init__(
        self,
        path: Path | None,
        clock: Callable[[], float],
        migrations: tuple[tuple[str, ...], ...] = MIGRATIONS,
    ) -> None:
        """``path`` of ``None`` keeps everything in memory; ``clock`` gives Unix seconds."""
        self._path = path
        self._clock = clock
        self._migrations = migrations
        self._in_memory = path is None
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._seen_version = 0
        self._lasting = ""
        self._passing = ""
        self._closed = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")

    @property
    def trouble(self) -> str:
        """Why nothing is kept, or what was lost, in words; empty when all is well."""
        return self._lasting or self._passing

    async def read(self, work: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        """What ``work`` returns; ``otherwise`` where the database fails."""
        if self._closed:
            return otherwise
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._perform, work, otherwise)

    async def write(self, work: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        """As ``read``, in one transaction; after a failure, all or nothing of it was stored."""
        return await self.read(partial(_in_transaction, work), otherwise)

    async def changed(self) -> bool:
        """Whether another connection has written since the last time this was asked."""
        return await self.read(self._look_for_change, otherwise=False)

    async def close(self) -> None:
        """Finish what was asked for, then close the file."""
        if self._closed:
            return
        self._closed = True
        await asyncio.get_running_loop().run_in_executor(self._thread, self._disconnect)
        self._thread.shutdown(wait=False)

    # What follows runs in the thread.

    def _perform(self, work: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        for _ in range(3):  # damaged file, then full disk, then memory
            try:
                result = work(self._connect())
            except (sqlite3.Error, OSError) as error:
                if not self._recover(error):
                    return otherwise
            except (UnicodeError, OverflowError):
                self._passing = "Something could not be stored: no database can hold it."
                return otherwise
            else:
                self._passing = ""
                return result
        return otherwise

    def _look_for_change(self, connection: sqlite3.Connection) -> bool:
        version = _data_version(connection)
        changed = version != self._seen_version
        self._seen_version = version
        return changed

    def _connect(self) -> sqlite3.Connection:
        if self._connection is None:
            if self._path is None or self._in_memory:
                self._connection = _open_memory(self._migrations, self._path)
            else:
                self._connection, self._identity = _open_file(self._path, self._migrations)
            self._seen_version = _data_version(self._connection)
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            with suppress(sqlite3.Error):
                connection.close()

    def _recover(self, error: sqlite3.Error | OSError) -> bool:
        """Make another try possible; ``False`` where it would end the same."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if self._path is None or self._in_memory:
            self._passing = clean(f"The database in memory failed: {error}.")
            return False
        if code in _BUSY:
            self._passing = "Another program keeps the database locked; the last change was not stored."
            return False
        if self._connection is not None and _identify(self._path) != self._identity:
            self._disconnect()  # another pane has moved the damaged file aside already
            return True
        if isinstance(error, UnreadableError) or code in _DAMAGED:
            self._set_aside(self._path)
        elif isinstance(error, NewerSchemaError):
            self._fall_back("it was written by a newer version of cointicker")
        elif isinstance(error, OSError):
            self._fall_back(error.strerror or "it cannot be opened")
        elif code in _UNWRITABLE:
            self._fall_back(_UNWRITABLE[code])
        else:
            self._passing = clean(f"The database failed: {error}.")
            return False
        return True

    def _fall_back(self, why: str) -> None:
        self._disconnect()
        self._in_memory = True
        self._lasting = clean(f"Nothing is kept after this run: {self._path}: {why}.")

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
            self._lasting = clean(f"The stored data was damaged and was moved aside to {target}.")


def _in_transaction(work: Callable[[sqlite3.Connection], _T], connection: sqlite3.Connection) -> _T:
    # IMMEDIATE: a transaction that reads first and then writes fails at once when another wrote in between.
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        return work(connection)


def _open_file(path: Path, migrations: tuple[tuple[str, ...], ...]) -> tuple[sqlite3.Connection, tuple[int, int]]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite gives -wal and -shm the mode of the file, so the file is made private before SQLite sees it.
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if path.stat().st_mode & 0o077:
            with suppress(PermissionError):
                path.chmod(0o600)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        _migrate(connection, migrations)
        return connection, _identify(path)
    except (sqlite3.Error, OSError):
        connection.close()
        raise


def _open_memory(migrations: tuple[tuple[str, ...], ...], source: Path | None) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, uri=True)
    for statement in itertools.chain.from_iterable(migrations):
        connection.execute(statement)
    if source is not None:
        _copy_readable(connection, source)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _migrate(connection: sqlite3.Connection, migrations: tuple[tuple[str, ...], ...]) -> None:
    version = _schema_version(connection)
    if version == len(migrations):
        return
    if version > len(migrations):
        raise NewerSchemaError
    if version == 0:
        _use_wal(connection)
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        version = _schema_version(connection)  # another process may have been quicker
        if version == 0 and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise UnreadableError
        for statement in itertools.chain.from_iterable(migrations[version:]):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {max(version, len(migrations))}")


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL, where readers never wait; the switch itself does not wait for others, so it is tried again."""
    for _ in range(100):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _BUSY:
                raise
            time.sleep(0.02)
        else:
            return


def _copy_readable(connection: sqlite3.Connection, source: Path) -> None:
    """Take over what a file that cannot be written still tells, table by table, in the columns known to both."""
    # A WAL file in a read-only directory opens only as immutable.
    for mode in ("mode=ro", "immutable=1"):
        with suppress(sqlite3.Error):
            connection.execute("ATTACH ? AS source", (f"{source.absolute().as_uri()}?{mode}",))
        with suppress(sqlite3.Error):
            tables = connection.execute("SELECT name FROM source.sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                if table != "leases":
                    with suppress(sqlite3.Error):
                        _copy_table(connection, table)
            break
        with suppress(sqlite3.Error):
            connection.execute("DETACH source")
    with suppress(sqlite3.Error):
        connection.execute("DETACH source")


def _copy_table(connection: sqlite3.Connection, table: str) -> None:
    def columns(schema: str) -> list[str]:
        with closing(connection.execute("SELECT name FROM pragma_table_info(?, ?)", (table, schema))) as rows:
            return [name for (name,) in rows]

    theirs = columns("source")
    if names := ", ".join(name for name in columns("main") if name in theirs):
        # Only names of our own schema get here.
        connection.execute(f"INSERT OR IGNORE INTO main.{table} ({names}) SELECT {names} FROM source.{table}")  # noqa: S608


def _identify(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return status.st_dev, status.st_ino


def _schema_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _data_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
