"""The newest headlines, of which only those that have changed are read again."""

from collections.abc import Callable
from dataclasses import replace

from cointicker.domain.words import SafeText
from cointicker.store.sqlite import SqliteStore
from fake_clock import START
from store.store_values import headline, health

Open = Callable[..., SqliteStore]


async def test_what_has_not_changed_is_the_same_object(open_store: Open) -> None:
    ours, theirs = open_store(), open_store()
    stored = [headline(f"id{number}", START - number, url=f"https://news.example/{number}") for number in range(4)]
    await ours.save_feed(health(), stored, {})
    first = await ours.headlines(10)
    assert await ours.headlines(10) is first
    await theirs.mark(["id1"], read=True)
    await theirs.save_feed(health(), [replace(stored[2], title=SafeText("Other words"))], {})
    second = await ours.headlines(10)
    assert [one is other for one, other in zip(first, second, strict=True)] == [True, False, False, True]
    assert second == (
        stored[0],
        replace(stored[1], read=True),
        replace(stored[2], title=SafeText("Other words")),
        stored[3],
    )
    assert await ours.headlines(2) == second[:2]


async def test_what_comes_and_goes_is_followed(open_store: Open) -> None:
    ours, theirs = open_store(), open_store()
    await theirs.save_feed(health(), [headline("old", START - 90)], {})
    assert [each.headline_id for each in await ours.headlines(10)] == ["old"]
    await theirs.save_feed(health(), [headline("new", START)], {})
    assert [each.headline_id for each in await ours.headlines(10)] == ["new", "old"]
    await theirs.prune(START - 60, 10)
    assert [each.headline_id for each in await ours.headlines(10)] == ["new"]
