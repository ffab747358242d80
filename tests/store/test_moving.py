"""A feed that has moved, and whose new address a person puts into the configuration."""

from dataclasses import replace

import pytest

from cointicker.domain.news import Headline
from cointicker.store.sqlite import SqliteStore
from store.store_values import FEED, headline, health

NEW_HOME = "https://new.example/feed.xml"
ONE, TWO = "https://news.example/one", "https://news.example/two"


def _there(headline_id: str, url: str) -> Headline:
    return replace(headline(headline_id, url=url), feed_url=NEW_HOME)


async def _marks(store: SqliteStore) -> dict[str, tuple[bool, bool]]:
    return {each.headline_id: (each.read, each.starred) for each in await store.headlines(10)}


@pytest.mark.parametrize(("address", "moved_to"), [(NEW_HOME, ""), ("", NEW_HOME)], ids=["believed", "not yet"])
async def test_the_marks_of_a_feed_go_over_to_its_new_address(store: SqliteStore, address: str, moved_to: str) -> None:
    before = [headline("aaaa1111", url=ONE), headline("bbbb2222", url=f"{TWO}?utm_source=rss")]
    await store.save_feed(replace(health(), address=address, moved_to=moved_to), before, {})
    await store.mark(["aaaa1111"], read=True)
    await store.mark(["bbbb2222"], starred=True)
    failing = replace(health(NEW_HOME), ok_at=None, why="no answer")
    await store.save_feed(failing, (), {})
    await store.save_feed(health(NEW_HOME), [_there("cccc3333", ONE), _there("dddd4444", TWO)], {})
    assert await _marks(store) == {
        "aaaa1111": (True, False),
        "bbbb2222": (False, False),
        "cccc3333": (True, False),
        "dddd4444": (False, True),
    }
    await store.mark(["cccc3333"], read=False)
    await store.save_feed(health(NEW_HOME), [_there("cccc3333", ONE)], {})
    assert (await _marks(store))["cccc3333"] == (False, False)


async def test_the_marks_of_a_feed_that_has_not_moved_there_stay_where_they_are(store: SqliteStore) -> None:
    await store.save_feed(health(), [headline("aaaa1111", url=ONE), headline("bbbb2222", url="")], {})
    await store.mark(["aaaa1111", "bbbb2222"], read=True, starred=True)
    await store.save_feed(health(NEW_HOME), [_there("cccc3333", ONE), _there("dddd4444", "")], {})
    marks = await _marks(store)
    assert marks["aaaa1111"] == (True, True)
    assert marks["cccc3333"] == marks["dddd4444"] == (False, False)


async def test_what_has_no_address_of_its_own_gets_no_marks(store: SqliteStore) -> None:
    await store.save_feed(replace(health(), address=NEW_HOME), [headline("aaaa1111", url="")], {})
    await store.mark(["aaaa1111"], read=True, starred=True)
    await store.save_feed(health(NEW_HOME), [_there("bbbb2222", "")], {})
    assert await _marks(store) == {"aaaa1111": (True, True), "bbbb2222": (False, False)}
    assert (await store.feeds())[FEED].address == NEW_HOME
