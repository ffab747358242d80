"""How far articles were read: shared by all panes, kept over restarts, forgotten in time."""

from pathlib import Path

from cointicker.store.places import KEEP
from cointicker.store.sqlite import SqliteStore
from fake_clock import Clock


async def test_another_pane_and_the_next_run_go_on_where_reading_was_left(tmp_path: Path) -> None:
    clock, file = Clock(), tmp_path / "cointicker.db"
    one, other = SqliteStore(file, clock), SqliteStore(file, clock)
    assert await one.places.load("story") is None
    await one.places.keep("story", 1234.003)
    assert await other.places.load("story") == 1234.003
    await other.places.keep("story", -2.0)
    await one.close()
    await other.close()
    later = SqliteStore(file, clock)
    assert await later.places.load("story") == -2.0
    await later.close()


async def test_places_of_long_ago_go_when_another_is_kept(tmp_path: Path) -> None:
    clock = Clock()
    store = SqliteStore(None, clock)
    await store.places.keep("old", 1.0)
    clock.pass_by(KEEP / 2)
    await store.places.keep("newer", 2.0)
    clock.pass_by(KEEP / 2 + 1)
    await store.places.keep("new", 3.0)
    assert await store.places.load("old") is None
    assert await store.places.load("newer") == 2.0
    await store.close()
