"""The file itself: private, in WAL mode, migrated, and never in the way of the loop."""

# ruff: noqa: ASYNC240 - a test has the loop to itself

import asyncio
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cointicker.store import opening
from cointicker.store.database import Database
from cointicker.store.schema import MIGRATIONS
from cointicker.store.sqlite import SqliteStore
from fake_clock import Clock
from store.store_values import quote

Open = Callable[..., SqliteStore]


def _mode(place: Path) -> int:
    return stat.S_IMODE(place.stat().st_mode)


async def test_nobody_else_may_read_the_files(store: SqliteStore, path: Path) -> None:
    await store.save_quotes([quote()])
    assert _mode(path.parent) == 0o700
    files = sorted(path.parent.iterdir())
    assert [each.name for each in files] == ["cointicker.db", "cointicker.db-shm", "cointicker.db-wal"]
    assert [_mode(each) for each in files] == [0o600] * 3


async def test_a_file_that_others_may_read_is_made_private(open_store: Open, path: Path) -> None:
    path.parent.mkdir()
    path.touch(0o644)
    path.chmod(0o644)
    store = open_store()
    await store.save_quotes([quote()])
    assert _mode(path) == 0o600
    assert store.trouble == ""


async def test_the_database_is_in_wal_mode_and_at_the_newest_schema(store: SqliteStore, path: Path) -> None:
    await store.save_quotes([quote()])
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


async def test_closing_leaves_one_file_and_reading_nothing_makes_none(open_store: Open, path: Path) -> None:
    idle = open_store()
    await idle.close()
    assert not path.parent.exists()
    store = open_store()
    await store.save_quotes([quote()])
    await store.close()
    assert [each.name for each in path.parent.iterdir()] == ["cointicker.db"]


async def test_an_older_file_is_brought_up_to_date_and_keeps_its_rows(path: Path, clock: Clock) -> None:
    old = Database(path, clock)
    await old.write(lambda connection: connection.execute("INSERT INTO calls VALUES ('market', 1.0)").rowcount, 0)
    await old.close()
    newer = Database(path, clock, (*MIGRATIONS, ("ALTER TABLE calls ADD COLUMN who TEXT NOT NULL DEFAULT 'us'",)))
    assert await newer.read(lambda connection: connection.execute("SELECT * FROM calls").fetchall(), []) == [
        ("market", 1.0, "us")
    ]
    assert newer.trouble == ""
    await newer.close()


async def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path, clock: Clock) -> None:
    await _write_one_call(path, clock)
    broken = Database(path, clock, (*MIGRATIONS, ("CREATE TABLE more (x)", "CREATE TABLE more (x)")))
    assert await broken.read(lambda connection: connection.execute("SELECT 1").fetchall(), []) == []
    assert "already exists" in broken.trouble
    await broken.close()
    again = Database(path, clock)
    assert await again.read(lambda connection: connection.execute("SELECT * FROM calls").fetchall(), []) == [
        ("market", 1.0)
    ]
    assert again.trouble == ""
    await again.close()


async def _write_one_call(path: Path, clock: Clock) -> None:
    database = Database(path, clock)
    await database.write(lambda connection: connection.execute("INSERT INTO calls VALUES ('market', 1.0)").rowcount, 0)
    await database.close()


async def test_many_stores_that_open_a_new_file_at_once_all_get_it(open_store: Open) -> None:
    stores = [open_store() for _ in range(6)]
    coins = [f"coin-{number}" for number in range(6)]
    await asyncio.gather(*(store.save_quotes([quote(coin)]) for store, coin in zip(stores, coins, strict=True)))
    assert [store.trouble for store in stores] == [""] * 6
    assert set(await stores[0].quotes("usd")) == set(coins)


async def test_waiting_for_the_lock_of_another_does_not_hold_up_the_loop(store: SqliteStore, path: Path) -> None:
    await store.save_quotes([quote("bitcoin")])
    loop = asyncio.get_running_loop()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        saving = loop.create_task(store.save_quotes([quote("ether")]))
        longest, last = 0.0, loop.time()
        until = last + 0.4
        while last < until:
            await asyncio.sleep(0.005)
            longest, last = max(longest, loop.time() - last), loop.time()
        assert not saving.done()
        other.execute("ROLLBACK")
    await saving
    assert longest < 0.2
    assert set(await store.quotes("usd")) == {"bitcoin", "ether"}


async def test_a_lock_that_does_not_come_free_costs_one_change_and_is_told(
    open_store: Open, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.05)
    store = open_store()
    await store.save_quotes([quote("bitcoin")])
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await store.save_quotes([quote("ether")])
        assert "locked" in store.trouble
        assert await store.leases.take("market", 10) is None
        other.execute("ROLLBACK")
    assert set(await store.quotes("usd")) == {"bitcoin"}
    assert store.trouble == ""


async def test_a_program_that_only_reads_never_waits_for_writers(store: SqliteStore, path: Path) -> None:
    await store.save_quotes([quote("bitcoin")])
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM quotes")
        assert set(await store.quotes("usd")) == {"bitcoin"}
        other.execute("ROLLBACK")
