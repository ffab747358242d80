"""Headlines, the texts behind them and the health of feeds."""

from dataclasses import replace

import pytest

from cointicker.domain.words import SafeText
from cointicker.store.sqlite import SqliteStore
from fake_clock import START, Clock
from store.store_values import FEED, article, headline, health

DAY = 86_400.0


async def test_a_known_headline_keeps_its_marks_and_first_times_and_gets_the_new_words(store: SqliteStore) -> None:
    first = headline(published=None)
    await store.save_feed(health(), [first], {})
    await store.mark([first.headline_id], read=True, starred=True)
    again = replace(
        first, title=SafeText("Miners add much hashrate"), first_seen=START + 600, published=START + 300, updated=START
    )
    await store.save_feed(health(), [again], {})
    (found,) = await store.headlines(10)
    assert found == replace(again, first_seen=first.first_seen, published=first.first_seen, read=True, starred=True)


async def test_the_first_date_of_publication_stays(store: SqliteStore) -> None:
    await store.save_feed(health(), [headline(published=START - 500)], {})
    await store.save_feed(health(), [headline(published=START - 100)], {})
    assert (await store.headlines(1))[0].published == START - 500


async def test_a_failed_visit_deletes_nothing(store: SqliteStore) -> None:
    await store.save_feed(health(), [headline()], {"a1b2c3d4": "<p>Text"})
    failing = replace(health(), why="no answer", failures=3, asked=True)
    await store.save_feed(failing, (), {})
    assert await store.headlines(10) == (headline(),)
    assert await store.content("a1b2c3d4") == "<p>Text"
    assert await store.feeds() == {FEED: failing}


async def test_marks_leave_what_they_do_not_name(store: SqliteStore) -> None:
    await store.save_feed(health(), [headline("aaaa1111"), headline("bbbb2222")], {})
    await store.mark(["aaaa1111"], starred=True)
    await store.mark(["aaaa1111", "never"], read=True)
    await store.mark([])
    found = {each.headline_id: (each.read, each.starred) for each in await store.headlines(10)}
    assert found == {"aaaa1111": (True, True), "bbbb2222": (False, False)}
    await store.mark(["aaaa1111"], starred=False)
    assert [each.starred for each in await store.headlines(10)] == [False, False]


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("a1b2c3d4", "a1b2c3d4"),
        ("a1b2", "a1b2c3d4"),
        ("a1b", None),
        ("a1", None),
        ("ffff", None),
        ("beef", None),
        ("beef0", "beef0001"),
        ("https://www.news.example/other/?utm_source=rss", "beef0001"),
        ("http://m.news.example/miners#top", "a1b2c3d4"),
        ("https://news.example/never", None),
        ("%", None),
        ("", None),
    ],
)
async def test_a_headline_is_found_by_id_unique_beginning_or_address(
    store: SqliteStore, key: str, found: str | None
) -> None:
    await store.save_feed(
        health(),
        [headline(), headline("beef0001", url="https://news.example/other"), headline("beef1002", url="")],
        {},
    )
    one = await store.headline(key)
    assert (one.headline_id if one else None) == found


async def test_of_headlines_at_one_address_the_earliest_is_found(store: SqliteStore) -> None:
    await store.save_feed(health(), [headline("late0000", START - 10), headline("early000", START - 90)], {})
    one = await store.headline("https://news.example/miners")
    assert one is not None
    assert one.headline_id == "early000"


async def test_an_article_is_found_however_its_address_is_decorated_and_the_later_one_wins(store: SqliteStore) -> None:
    await store.save_article(article(words=5, fetched_at=START))
    await store.save_article(article(url="https://news.example/miners/?utm_campaign=x", words=3, fetched_at=START - 60))
    found = await store.article("http://www.news.example/miners/amp")
    assert found == article(words=5, fetched_at=START)


async def test_pruning_keeps_what_is_starred_recent_or_led_to(store: SqliteStore) -> None:
    old = START - 40 * DAY
    addresses = {name: f"https://news.example/{name}" for name in ("starred0", "oldnews0", "recent00")}
    headlines = [
        headline("starred0", old, url=addresses["starred0"]),
        headline("oldnews0", old, url=addresses["oldnews0"]),
        headline("recent00", START - DAY, url=addresses["recent00"]),
    ]
    await store.save_feed(health(), headlines, {each.headline_id: "<p>" for each in headlines})
    await store.mark(["starred0"], starred=True)
    for address in addresses.values():
        await store.save_article(article(address, fetched_at=old))
    await store.prune(START - 30 * DAY, 1000)
    assert [each.headline_id for each in await store.headlines(10)] == ["recent00", "starred0"]
    assert [name for name, url in addresses.items() if await store.article(url)] == ["starred0", "recent00"]
    assert await store.content("oldnews0") is None
    assert await store.content("starred0") == "<p>"


async def test_pruning_keeps_no_more_than_so_many(store: SqliteStore) -> None:
    await store.save_feed(health(), [headline(f"id{number:06d}", START - number) for number in range(10)], {})
    await store.mark(["id000009"], starred=True)
    await store.prune(0, 4)
    assert [each.headline_id for each in await store.headlines(99)] == [
        "id000000", "id000001", "id000002", "id000003", "id000009",
    ]  # fmt: skip


async def test_pruning_bounds_the_texts_and_drops_the_oldest_first_but_never_those_of_what_is_starred(
    store: SqliteStore,
) -> None:
    ones = [headline(f"id{number}", START - number, url=f"https://news.example/{number}") for number in range(4)]
    await store.save_feed(health(), ones, {each.headline_id: "é" * 100_000 for each in ones})
    await store.mark(["id3"], starred=True)
    for number in range(4):
        await store.save_article(article(f"https://news.example/{number}", fetched_at=START - number))
    await store.prune(0, 1000, megabytes=0.45)
    assert [each.headline_id for each in ones if await store.content(each.headline_id)] == ["id0", "id3"]
    assert [number for number in range(4) if await store.article(f"https://news.example/{number}")] == [0, 1, 3]
    await store.prune(0, 1000, megabytes=0)
    assert [each.headline_id for each in ones if await store.content(each.headline_id)] == ["id3"]
    assert [number for number in range(4) if await store.article(f"https://news.example/{number}")] == [3]
    assert len(await store.headlines(10)) == 4


async def test_what_was_forgotten_does_not_come_back_while_its_feed_carries_it(
    store: SqliteStore, clock: Clock
) -> None:
    undated = [headline(f"undated{number}", None) for number in range(3)]
    visit = replace(health(), checked_at=START)
    await store.save_feed(visit, undated, {})
    await store.mark(["undated2"], starred=True)
    clock.pass_by(31 * DAY)
    await store.prune(clock() - 30 * DAY, 1000)
    again = [replace(each, first_seen=clock()) for each in (*undated, headline("undated9", None))]
    for _ in range(3):
        await store.save_feed(replace(visit, checked_at=clock()), again, {"undated0": "<p>"})
        assert {each.headline_id for each in await store.headlines(9)} == {"undated2", "undated9"}
        clock.pass_by(100 * DAY)
        await store.prune(START, 1000)


async def test_the_next_visit_is_never_more_than_a_day_after_the_last_and_comes(
    store: SqliteStore, clock: Clock
) -> None:
    await store.save_feed(replace(health(next_at=START + 400 * DAY), checked_at=START), (), {})
    assert (await store.feeds())[FEED].next_at == START + DAY
    clock.pass_by(DAY)
    assert (await store.feeds())[FEED].next_at == clock()


async def test_a_feed_that_was_never_visited_waits_for_no_time_that_is_far_ahead(
    store: SqliteStore, clock: Clock
) -> None:
    await store.save_feed(replace(health(next_at=START + 400 * DAY), checked_at=None), (), {})
    assert (await store.feeds())[FEED].next_at == clock()
