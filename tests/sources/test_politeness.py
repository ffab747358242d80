"""Half a day of visits over real sockets, with a restart in it: nobody is asked more, or sooner, than it likes."""

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from cointicker.config.settings import NewsSettings, Settings
from cointicker.domain.news import Feed
from cointicker.engine.engine import Engine
from cointicker.engine.ports import Sources
from cointicker.sources.demo import demo_sources
from cointicker.sources.feeds import Feeds
from cointicker.sources.http import Fetcher
from cointicker.sources.worker import Worker
from cointicker.store.sqlite import SqliteStore
from upstream import Clock, Upstream, World
from upstream.wire import Request


@asynccontextmanager
async def opened(server: Upstream, clock: Clock, place: Path) -> AsyncIterator[Engine]:
    """The program as it starts on what is stored at a place; of its sources only the feeds ask the server."""
    urls = server.feed_urls
    fetcher = Fetcher(user_agent="cointicker/test (a test)", typed=urls, clock=clock)

    def make() -> Sources:
        return replace(demo_sources(clock), feeds=Feeds(fetcher, Worker(), clock))

    settings = Settings(news=NewsSettings(feeds=tuple(map(Feed, urls)), refresh=600))
    engine = Engine(settings, SqliteStore(place, clock), make, clock=clock)
    await engine.load()
    yield engine
    await engine.close()


def _by_feed(server: Upstream) -> dict[str, list[Request]]:
    found: dict[str, list[Request]] = defaultdict(list)
    for request in server.asked("/feeds/*"):
        found[request.path].append(request)
    return found


async def test_after_the_first_visit_all_are_conditional_and_none_is_too_soon(tmp_path: Path) -> None:
    clock = Clock()
    async with Upstream(World(7, clock)) as server:
        for _ in range(2):  # the second time as after a restart
            async with opened(server, clock, tmp_path / "news.db") as engine:
                for _ in range(6):
                    await engine.news.refresh()
                    await engine.news.refresh(force=True)
                    clock.now += 250
        visits = _by_feed(server)
    assert len(visits) == 10
    for requests in visits.values():
        first, *later = requests
        assert "if-none-match" not in first.headers
        assert later
        assert all("if-none-match" in request.headers for request in later)
        times = [request.at for request in requests]
        assert all(after - before >= 30 for before, after in pairwise(times))


async def test_while_a_host_asks_to_be_left_alone_nobody_asks_it_for_anything(tmp_path: Path) -> None:
    clock = Clock()
    async with Upstream(World(7, clock)) as server:
        server.fail("/feeds/*", "429", times=1)
        async with opened(server, clock, tmp_path / "news.db") as engine:
            await engine.news.refresh()
            assert len(server.requests) == 1
            (until,) = {health.next_at for health in engine.snapshot.feeds}
        async with opened(server, clock, tmp_path / "news.db") as engine:
            for _ in range(5):
                await engine.news.refresh(force=True)
                clock.now += (until - clock.now) / 2
            assert len(server.requests) == 1
            clock.now = until
            await engine.news.refresh()
            assert len(server.requests) == 1 + 10
            assert engine.snapshot.feeds_ok == 10


async def test_a_feed_that_moves_is_followed_and_then_asked_where_it_is(tmp_path: Path) -> None:
    clock = Clock()
    async with Upstream(World(7, clock)) as server:
        server.fail("/feeds/coinwire*", "moved")
        async with opened(server, clock, tmp_path / "news.db") as engine:
            for _ in range(4):
                await engine.news.refresh()
                clock.now += 86_400
            told = [notice.text for notice in engine.snapshot.notices]
            health = next(each for each in engine.snapshot.feeds if "coinwire" in each.url)
        targets = [request.target for request in server.asked("/feeds/coinwire*")]
    assert health.address == f"{health.url}?moved=1"
    assert told == [f"Coinwire has moved for good: {health.address} is used from now on"]
    direct = [target for target in targets if target.endswith("?moved=1")]
    assert len(targets) - len(direct) == 3
    assert len(direct) == 4


async def test_a_page_is_asked_once_for_the_feed_that_it_names(tmp_path: Path) -> None:
    clock = Clock()
    async with Upstream(World(7, clock)) as server:
        server.fail("/feeds/coinwire*", "page_of_feed")
        async with opened(server, clock, tmp_path / "news.db") as engine:
            for _ in range(3):
                await engine.news.refresh()
                clock.now += 3600
            assert engine.snapshot.feeds_ok == 10
        pages = ["feed" in request.query for request in server.asked("/feeds/coinwire*")]
    assert pages == [False, True, True, True]


@pytest.mark.parametrize("fault", ["410", "cf_challenge", "html_200"])
async def test_what_is_no_feed_any_more_deletes_nothing(tmp_path: Path, fault: str) -> None:
    clock = Clock()
    async with Upstream(World(7, clock)) as server, opened(server, clock, tmp_path / "news.db") as engine:
        await engine.news.refresh()
        stories = engine.snapshot.stories
        server.fail("/feeds/*", fault)
        clock.now += 3600
        await engine.news.refresh()
        assert engine.snapshot.feeds_ok == 0
        assert engine.snapshot.stories == stories
