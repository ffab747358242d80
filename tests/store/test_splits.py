"""The stories that a person took apart."""

from collections.abc import Callable

from cointicker.engine.ports import Topic
from cointicker.store.sqlite import SqliteStore
from fake_clock import START
from store.store_values import headline, health

Open = Callable[..., SqliteStore]


async def _with_headlines(open_store: Open, *ids: str) -> SqliteStore:
    store = open_store()
    await store.save_feed(health(), [headline(each) for each in ids], {})
    return store


async def test_what_was_taken_apart_is_known_after_a_restart_until_it_is_joined(open_store: Open) -> None:
    store = await _with_headlines(open_store, "one", "two", "three")
    await store.splits.part("one", ["one", "two"])
    await store.close()
    again = open_store()
    assert await again.splits.load() == {"one": "one", "two": "one"}
    await again.splits.join(["one", "three"])
    assert await again.splits.load() == {"two": "one"}


async def test_other_panes_are_told(open_store: Open) -> None:
    ours, theirs = await _with_headlines(open_store, "one", "two"), open_store()
    await theirs.changed()
    await ours.splits.part("one", ["one", "two"])
    assert await theirs.changed() == {Topic.SPLITS}
    await ours.splits.join(["two"])
    assert await theirs.changed() == {Topic.SPLITS}
    assert await theirs.splits.load() == {"one": "one"}


async def test_what_is_forgotten_is_not_apart_and_what_is_not_stored_cannot_be(open_store: Open) -> None:
    store = await _with_headlines(open_store, "one", "two")
    await store.splits.part("one", ["one", "two", "nowhere"])
    assert set(await store.splits.load()) == {"one", "two"}
    await store.prune(START + 86_400, 0)
    assert await store.splits.load() == {}
