"""Where headlines were put when they were grouped into stories."""

from collections.abc import Callable

from cointicker.domain.told import Kept
from cointicker.store.sqlite import SqliteStore
from fake_clock import START
from store.store_values import headline, health

Open = Callable[..., SqliteStore]


async def test_where_headlines_were_put_is_known_after_a_restart(open_store: Open) -> None:
    store = open_store()
    await store.save_feed(health(), [headline("one"), headline("two")], {})
    await store.tellings.save({"one": Kept("one", 7), "two": Kept("one", 2**32 - 1)})
    await store.tellings.save({"two": Kept("two", 8)})
    await store.close()
    again = open_store()
    assert await again.tellings.load(["one", "two", "three"]) == {"one": Kept("one", 7), "two": Kept("two", 8)}
    assert await again.tellings.load(["two"]) == {"two": Kept("two", 8)}


async def test_it_is_forgotten_with_the_headline_and_nothing_is_kept_of_one_that_is_not_stored(
    open_store: Open,
) -> None:
    store = open_store()
    await store.save_feed(health(), [headline("one")], {})
    await store.tellings.save({"one": Kept("one", 7), "nowhere": Kept("one", 7)})
    assert set(await store.tellings.load(["one", "nowhere"])) == {"one"}
    await store.prune(START + 86_400, 10, 1000)
    assert await store.tellings.load(["one", "nowhere"]) == {}
