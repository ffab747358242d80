"""A file that a newer version of the program has made its own: read as far as it goes, and never written."""

# ruff: noqa: ASYNC240 - a test has the loop to itself

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cointicker.domain.glance import Wants
from cointicker.engine.leasing import LASTS
from cointicker.engine.panes import LINE, Pane
from cointicker.engine.ports import Deadline, Topic
from cointicker.store.reading import note_wish
from cointicker.store.schema import MIGRATIONS
from cointicker.store.sqlite import SqliteStore
from fake_clock import START
from store.store_values import headline, health, quote

Open = Callable[..., SqliteStore]


def _renew(path: Path, *statements: str) -> None:
    """What a newer version does to the file when it opens it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")


@pytest.fixture
async def stored(open_store: Open, path: Path) -> Path:
    """A file with something in it, closed."""
    store = open_store()
    await store.save_quotes([quote()])
    await store.save_feed(health(), [headline()], {})
    await store.close()
    return path


async def test_what_can_be_read_is_and_what_cannot_is_empty(open_store: Open, stored: Path) -> None:
    _renew(
        stored,
        "ALTER TABLE quotes ADD COLUMN sentiment TEXT",
        "CREATE TABLE moods (coin_id TEXT)",
        "ALTER TABLE feeds RENAME TO visits",
    )
    store = open_store()
    assert await store.quotes("usd") == {"bitcoin": quote()}
    assert await store.headlines(10) == (headline(),)
    assert await store.feeds() == {}
    assert store.reads_only
    assert "A newer version of cointicker keeps the data" in store.trouble


async def test_nothing_is_written_and_no_lease_is_to_be_had(open_store: Open, stored: Path) -> None:
    _renew(stored)
    before = stored.read_bytes()
    store = open_store()
    await store.save_quotes([quote("ether")])
    await store.mark(["a1b2c3d4"], read=True)
    await store.save_deadline("market:usd", Deadline(START, START + 60))
    assert await store.leases.take("market:usd", LASTS) is None
    pane = Pane("ours", START, "usd", ())
    assert await store.panes.beat(pane, LASTS) == (pane,)
    await store.prune(START, 10, 10)
    assert set(await store.quotes("usd")) == {"bitcoin"}
    await store.close()
    assert stored.read_bytes() == before
    assert [each.name for each in stored.parent.iterdir()] == [stored.name]


async def test_a_status_line_leaves_it_alone_too(stored: Path) -> None:
    _renew(stored)
    before = stored.read_bytes()
    note_wish(str(stored), Wants("usd", owner=LINE), ["bitcoin"], START, 60)
    assert stored.read_bytes() == before
    assert not [part for part in stored.parent.iterdir() if part.stat().st_size and part != stored]


async def test_values_that_only_a_newer_version_knows_cost_no_more_than_their_table(
    open_store: Open, stored: Path
) -> None:
    _renew(stored, "UPDATE headlines SET tags = '{'", "UPDATE quotes SET sparkline = 'half past nine'")
    store = open_store()
    assert await store.headlines(10) == ()
    assert await store.quotes("usd") == {}
    assert not list(stored.parent.glob("*corrupt*"))
    assert await store.feeds() == {health().url: health()}


async def test_a_file_that_becomes_newer_while_it_is_open_is_not_written_any_more(
    open_store: Open, stored: Path
) -> None:
    store = open_store()
    await store.mark(["a1b2c3d4"], starred=True)
    assert store.trouble == ""
    _renew(stored, "ALTER TABLE quotes ADD COLUMN sentiment TEXT")
    await store.save_quotes([quote("ether")])
    assert store.reads_only
    assert set(await store.quotes("usd")) == {"bitcoin"}


async def test_who_only_follows_hears_of_it_too_and_of_what_the_newer_version_stores(
    open_store: Open, stored: Path
) -> None:
    store = open_store()
    assert await store.changed() == frozenset()
    _renew(stored, "INSERT INTO revisions (topic, number) VALUES ('moods', 1)")
    await store.changed()
    assert store.reads_only
    await store.changed()
    with closing(sqlite3.connect(stored, isolation_level=None)) as newer:
        newer.execute("UPDATE revisions SET number = number + 1 WHERE topic = 'moods'")
        newer.execute("UPDATE quotes SET price = 1.0")
    assert await store.changed() == {Topic.QUOTES}
    assert (await store.quotes("usd"))["bitcoin"].price == 1.0


async def test_where_revisions_are_kept_elsewhere_any_change_may_be_of_anything(open_store: Open, stored: Path) -> None:
    _renew(
        stored,
        *(f"DROP TRIGGER quotes_{event}" for event in ("insert", "update", "delete")),
        "ALTER TABLE revisions RENAME TO versions",
    )
    store = open_store()
    assert set(await store.quotes("usd")) == {"bitcoin"}
    assert await store.changed() == frozenset()
    with closing(sqlite3.connect(stored, isolation_level=None)) as newer:
        newer.execute("UPDATE quotes SET price = 1.0")
    assert await store.changed() == frozenset(Topic)


async def test_a_file_of_our_own_version_in_its_place_is_written_again(open_store: Open, stored: Path) -> None:
    _renew(stored)
    store = open_store()
    assert set(await store.quotes("usd")) == {"bitcoin"}
    for part in stored.parent.iterdir():
        part.unlink()
    await store.save_quotes([quote("ether")])
    assert set(await store.quotes("usd")) == {"ether"}
    assert (store.reads_only, store.trouble) == (False, "")
