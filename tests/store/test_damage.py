"""Files that are damaged: moved aside, never deleted, and a new one begun."""

# ruff: noqa: ASYNC240 - a test has the loop to itself

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cointicker.engine.budget import day_number
from cointicker.engine.ledger import Limit
from cointicker.engine.ports import Deadline, Topic
from cointicker.store.sqlite import SqliteStore
from fake_clock import START, Clock
from store.store_values import headline, health, quote

Open = Callable[..., SqliteStore]
PAGE = 4096


def _garbage(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 64)


def _text(path: Path) -> None:
    path.write_text("prices = 88,349.00\n" * 400)


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 3 * PAGE + 100])


def _no_header(path: Path) -> None:
    path.write_bytes(bytes(100) + path.read_bytes()[100:])


def _pages_lost(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:PAGE] + b"\xa5" * (len(whole) - PAGE))


def _of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE moz_bookmarks (id INTEGER)")


def _unreadable_rows(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE quotes SET sparkline = 'half past nine'")
        connection.execute("UPDATE headlines SET tags = '{'")


@pytest.fixture
async def stored(open_store: Open, path: Path) -> Path:
    """A file with something in it, closed."""
    store = open_store()
    await store.save_quotes([quote(f"coin-{number}") for number in range(50)])
    await store.save_feed(health(), [headline(f"id{number:06d}") for number in range(50)], {})
    await store.close()
    return path


@pytest.mark.parametrize(
    "damage",
    [_garbage, _text, _truncated, _no_header, _pages_lost, _of_another_program, _unreadable_rows],
)
async def test_a_damaged_file_is_moved_aside_and_a_new_one_begun(
    open_store: Open, stored: Path, damage: Callable[[Path], None]
) -> None:
    damage(stored)
    spoilt = stored.read_bytes()
    store = open_store()
    await store.quotes("usd")
    await store.headlines(100)
    await store.save_quotes([quote("ether")])
    assert set(await store.quotes("usd")) == {"ether"}
    assert "moved aside" in store.trouble
    (aside,) = stored.parent.glob("*.corrupt-20270115T080000Z")
    assert str(aside) in store.trouble
    assert aside.read_bytes() == spoilt
    await store.close()
    after = open_store()
    assert set(await after.quotes("usd")) == {"ether"}
    assert after.trouble == ""


async def test_an_empty_file_is_a_new_database(open_store: Open, path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    store = open_store()
    await store.save_quotes([quote()])
    assert store.trouble == ""
    assert set(await store.quotes("usd")) == {"bitcoin"}


async def test_damage_in_rows_that_nobody_reads_is_found_when_the_house_is_kept(open_store: Open, stored: Path) -> None:
    with closing(sqlite3.connect(stored)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'articles'").fetchone()
    with stored.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xa5" * PAGE)
    store = open_store()
    assert len(await store.quotes("usd")) == 50
    assert store.trouble == ""
    await store.prune(0, 1000)
    assert "moved aside" in store.trouble


async def test_two_damaged_files_in_one_second_are_both_kept(open_store: Open, stored: Path) -> None:
    for _ in range(2):
        stored.write_bytes(b"spoilt" * 1000)
        store = open_store()
        await store.save_quotes([quote()])
        await store.close()
    assert len(list(stored.parent.glob("*.corrupt-*"))) == 2


async def test_a_pane_whose_file_another_pane_moved_aside_uses_the_new_one(open_store: Open, stored: Path) -> None:
    slow = open_store()
    assert len(await slow.quotes("usd")) == 50
    stored.with_name(f"{stored.name}-wal").unlink(missing_ok=True)
    _pages_lost(stored)
    quick = open_store()
    await quick.headlines(100)
    await quick.save_quotes([quote("ether")])
    await slow.headlines(100)
    assert set(await slow.quotes("usd")) == {"ether"}
    assert len(list(stored.parent.glob("*.corrupt-*Z"))) == 1


async def test_changes_are_followed_in_the_new_file(open_store: Open, stored: Path, clock: Clock) -> None:
    stored.write_bytes(b"spoilt" * 1000)
    ours, theirs = open_store(), open_store()
    assert await ours.changed() == frozenset()
    assert await theirs.changed() == frozenset()
    await ours.save_quotes([quote()])
    assert len(await theirs.changed()) == 1


async def test_a_pane_follows_to_the_file_that_another_has_begun_and_writes_into_it(
    open_store: Open, stored: Path
) -> None:
    slow = open_store()
    assert len(await slow.quotes("usd")) == 50
    assert await slow.changed() == frozenset()
    for part in stored.parent.glob(f"{stored.name}*"):
        part.rename(part.with_name(part.name.replace(stored.name, "aside")))
    quick = open_store()
    await quick.save_quotes([quote("ether")])
    assert await slow.changed() == frozenset(Topic)
    await slow.save_quotes([quote("solana")])
    await slow.close()
    assert set(await quick.quotes("usd")) == {"ether", "solana"}


async def _count(store: SqliteStore) -> tuple[int, int]:
    """Calls of the month, and of the last minute."""
    today = day_number(START)
    days = await store.ledger.days("market", "key", today)
    return sum(day.calls for day in days), await store.ledger.since("market", START - 60)


async def test_the_calls_that_a_damaged_file_tells_of_still_count_and_who_asked_to_wait_is_left_alone(
    open_store: Open, stored: Path, clock: Clock
) -> None:
    store = open_store()
    for _ in range(3):
        await store.ledger.count("market", "key")
    await store.ledger.note_fetch("market", "key", 2, 60.0)
    await store.ledger.save_limit("market", "key", Limit(30, START + 3600))
    await store.save_deadline(
        "market:usd", Deadline(START, START + 600, why="too many requests", failures=1, asked=True)
    )
    await store.save_deadline("mining", Deadline(START, START + 300))
    await store.close()
    _unreadable_rows(stored)
    after = open_store()
    assert await after.quotes("usd") == {}
    assert "moved aside" in after.trouble
    assert await _count(after) == (3, 3)
    assert await after.ledger.limit("market", "key") == Limit(30, START + 3600)
    assert (await after.deadline("market:usd")).next_at == START + 600
    assert await after.deadline("mining") == Deadline()
    await after.ledger.count("market", "key")
    await after.close()
    assert await _count(open_store()) == (4, 4)


async def test_counts_that_cannot_be_are_not_believed(open_store: Open, stored: Path) -> None:
    _unreadable_rows(stored)
    with closing(sqlite3.connect(stored, isolation_level=None)) as connection:
        connection.execute("INSERT INTO calls VALUES ('market', 'yesterday'), (X'00', 1.0)")
        connection.executemany(
            "INSERT INTO call_days VALUES ('market', 'key', ?, ?, ?, ?)",
            [(day_number(START), 2**60, 0, 0.0), ("today", 5, 0, 0.0), (day_number(START) + 1, 5, -7, 0.0)],
        )
    store = open_store()
    assert await store.headlines(10) == ()
    assert await _count(store) == (0, 0)
