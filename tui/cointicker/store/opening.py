"""Opens the database: a private file in WAL mode and up to date, or a place in memory filled with what can be read."""

import itertools
import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from cointicker.store.counts import carry_counts, mark_counts
from cointicker.store.indexing import has_index, is_part, renew_index

BUSY_SECONDS = 5.0
"""How long a write waits for the writers of other processes."""
BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
"""Result codes of SQLite for a lock that did not come free in time."""

_TICK = 0.05
"""Seconds: longer than any tick by which a system tells the time of a file."""

Migrations = tuple[tuple[str, ...], ...]
"""The statements of each step from an empty file to the present tables."""
_OF_A_PROCESS = frozenset({"leases", "panes", "revisions", "counted", "stands_in"})
"""Tables that mean nothing in another file."""
_ADDED_UP = "call_days"
"""The table whose rows are added to those of another file."""


class UnreadableError(sqlite3.DatabaseError):
    """The file holds what this program never writes."""


class NewerSchemaError(sqlite3.DatabaseError):
    """A newer version of the program wrote the file."""


def open_file(path: Path, migrations: Migrations) -> tuple[sqlite3.Connection, tuple[int, int]]:
    """A connection to the file, made where it is missing, and which file that was (see ``identify``).

    Raises ``OSError``, ``sqlite3.Error``, ``UnreadableError`` or ``NewerSchemaError``.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite gives -wal and -shm the mode of the file, so the file is made private before SQLite sees it.
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if path.stat().st_mode & 0o077:
            with suppress(OSError):
                path.chmod(0o600)
    connection = connect(path)
    try:
        _migrate(connection, migrations)
        return connection, identify(path)
    except (sqlite3.Error, OSError):
        connection.close()
        raise


def connect(path: Path) -> sqlite3.Connection:
    """A connection that writes in transactions of its own, whatever the file holds."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def open_to_read(path: Path) -> tuple[sqlite3.Connection, tuple[int, int]]:
    """As ``open_file``, for a file whose tables another version of the program has made; every write is refused."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA query_only = ON")
        return connection, identify(path)
    except (sqlite3.Error, OSError):
        connection.close()
        raise


def refuse_newer(connection: sqlite3.Connection, migrations: Migrations) -> None:
    """Raise ``NewerSchemaError`` for a file that a newer version of the program has brought up to date."""
    if _schema_version(connection) > len(migrations):
        raise NewerSchemaError


def open_memory(migrations: Migrations, source: Path | None) -> sqlite3.Connection:
    """A database in memory, with what a file still tells, where one is given."""
    connection = sqlite3.connect(":memory:", isolation_level=None, uri=True)
    for statement in itertools.chain.from_iterable(migrations):
        connection.execute(statement)
    if source is not None:
        _copy_readable(connection, source)
        connection.execute("UPDATE headlines SET place = NULL")
    mark_counts(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def carry_over(memory: sqlite3.Connection, file: sqlite3.Connection, since: float) -> None:
    """Write what a database in memory gathered since a time (Unix seconds) into the file that it stood in for."""
    file.execute("BEGIN IMMEDIATE")
    with file:
        for (table,) in memory.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid").fetchall():
            if table in _OF_A_PROCESS or table == _ADDED_UP or is_part(table):
                continue
            # Of the ledger, the file has all that is older. Only names of our own schema get here.
            newer = " WHERE at >= ?" if table == "calls" else " WHERE ? IS NOT NULL"
            rows = memory.execute(f"SELECT * FROM {table}{newer}", (since,)).fetchall()  # noqa: S608
            if rows:
                places = ", ".join("?" * len(rows[0]))
                file.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({places})", rows)  # noqa: S608
        carry_counts(memory, file)
        if has_index(file):
            renew_index(file)


def identify(path: Path) -> tuple[int, int]:
    """Device and number of the file at a path; zeros where there is none."""
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return status.st_dev, status.st_ino


def stamp_log(path: Path) -> tuple[int, ...] | None:
    """What is another one as soon as anybody writes to the database, or ``None`` where that cannot be told.

    Every change goes into the write-ahead log first. Its time is told in ticks of the system's clock, so that the
    stamp of one which was written a moment ago would miss what is written in the same tick.
    """
    try:
        status = path.with_name(f"{path.name}-wal").stat()
    except OSError:
        return None
    if abs(time.time() - status.st_mtime) < _TICK:
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size


def _migrate(connection: sqlite3.Connection, migrations: Migrations) -> None:
    version = _schema_version(connection)
    if version == len(migrations):
        return
    refuse_newer(connection, migrations)
    if version == 0:
        _refuse_foreign(connection)
        use_wal(connection)
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        version = _schema_version(connection)  # another process may have been quicker
        _refuse_foreign(connection)
        for statement in itertools.chain.from_iterable(migrations[version:]):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {max(version, len(migrations))}")


def _refuse_foreign(connection: sqlite3.Connection) -> None:
    """Raise ``UnreadableError`` for the database of another program: it has tables and no version of ours."""
    if connection.execute("SELECT 1 FROM sqlite_master").fetchone() and _schema_version(connection) == 0:
        raise UnreadableError


def use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL, where readers never wait; the switch itself does not wait for others, so it is tried again."""
    for _ in range(100):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in BUSY:
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
                if table not in _OF_A_PROCESS and not is_part(table):
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


def _schema_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
