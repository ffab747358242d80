"""What is stored comes back as it was."""

from collections.abc import Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cointicker.domain.market import Quote
from cointicker.domain.mining import Mining
from cointicker.domain.news import Article, FeedHealth, Headline
from cointicker.engine.ports import Deadline
from cointicker.store.sqlite import SqliteStore
from store.store_values import (
    FEED,
    articles,
    deadlines,
    headline,
    headlines,
    health,
    healths,
    minings,
    quote,
    quotes,
)

FAR = 4e9
"""A time after all that the strategies draw, so that nothing counts as from the future."""
quickly = settings(max_examples=40, deadline=None)


@asynccontextmanager
async def memory() -> Any:
    store = SqliteStore(None, lambda: FAR)
    yield store
    assert store.trouble == ""
    await store.close()


@quickly
@given(st.lists(quotes, max_size=8, unique_by=lambda each: each.coin_id))
async def test_quotes(given_quotes: list[Quote]) -> None:
    async with memory() as store:
        await store.save_quotes(given_quotes)
        assert await store.quotes("usd") == {each.coin_id: each for each in given_quotes}
        assert {each.coin_id for each in await store.coin_names()} == {each.coin_id for each in given_quotes}


@quickly
@given(st.lists(headlines, max_size=8, unique_by=lambda each: each.headline_id), healths)
async def test_headlines_newest_first_and_the_health_of_their_feed(given_ones: list[Headline], of: FeedHealth) -> None:
    async with memory() as store:
        await store.save_feed(of, given_ones, {each.headline_id: f"<p>{each.title}" for each in given_ones})
        found = await store.headlines(100)
        assert sorted(found, key=lambda each: each.headline_id) == sorted(given_ones, key=lambda each: each.headline_id)
        assert [each.at for each in found] == sorted((each.at for each in given_ones), reverse=True)
        latest = of.next_at if of.checked_at is None else of.checked_at + 86_400
        assert await store.feeds() == {of.url: replace(of, next_at=min(of.next_at, latest))}
        assert await store.known_ids([*(each.headline_id for each in given_ones), "never"]) == {
            each.headline_id for each in given_ones
        }
        for each in given_ones:
            assert await store.content(each.headline_id) == f"<p>{each.title}"


@quickly
@given(articles)
async def test_articles(given_one: Article) -> None:
    async with memory() as store:
        await store.save_article(given_one)
        assert await store.article(given_one.url) == given_one


@quickly
@given(minings)
async def test_mining(given_one: Mining) -> None:
    async with memory() as store:
        assert await store.mining() is None
        await store.save_mining(given_one)
        assert await store.mining() == given_one


@quickly
@given(deadlines)
async def test_deadlines(given_one: Deadline) -> None:
    async with memory() as store:
        assert await store.deadline("market:usd") == Deadline()
        await store.save_deadline("market:usd", given_one)
        assert await store.deadline("market:usd") == given_one
        assert await store.deadline("mining") == Deadline()


async def test_a_second_process_reads_all_that_the_first_wrote(open_store: Callable[..., SqliteStore]) -> None:
    first = open_store()
    await first.save_quotes([quote()])
    await first.save_feed(health(), [headline()], {"a1b2c3d4": "<p>Whole text"})
    await first.close()
    second = open_store()
    assert await second.quotes("usd") == {"bitcoin": quote()}
    assert await second.headlines(10) == (headline(),)
    assert await second.content("a1b2c3d4") == "<p>Whole text"
    assert await second.feeds() == {FEED: health()}


async def test_text_that_no_database_can_hold_harms_nothing_else(store: SqliteStore) -> None:
    await store.save_quotes([quote("bitcoin")])
    await store.save_feed(health(), [headline("broken00", title="half a pair \ud800")], {})
    assert "could not be stored" in store.trouble
    assert await store.headlines(10) == ()
    assert await store.quotes("usd") == {"bitcoin": quote("bitcoin")}
    assert store.trouble == ""


async def test_after_closing_everything_answers_and_nothing_raises(store: SqliteStore) -> None:
    await store.save_quotes([quote()])
    await store.close()
    questions: list[Coroutine[Any, Any, object]] = [
        store.quotes("usd"), store.headlines(5), store.mining(), store.changed(), store.leases.take("market", 5),
    ]  # fmt: skip
    assert [await question for question in questions] == [{}, (), None, frozenset(), None]
    await store.close()
