"""The real sources against the local server that plays the outside world: what it shows is what they read."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.market import DEFAULT_WATCHLIST
from cointicker.domain.mining import Mining
from cointicker.domain.news import Code, Feed, Heading, ListItem, Paragraph, Quotation, Table
from cointicker.engine.ports import FeedAnswer, Page
from cointicker.sources.articles import Articles
from cointicker.sources.coingecko import CoinGecko
from cointicker.sources.demo_outlets import OUTLETS
from cointicker.sources.feeds import Feeds
from cointicker.sources.http import Fetcher
from cointicker.sources.mempool import Mempool
from cointicker.sources.worker import Worker
from cointicker.text.blocks import plain_text
from cointicker.text.safe import clean
from upstream import FAULTS, Clock, Upstream, World
from upstream.hostile import TEXTS
from upstream.pages import article_path


@dataclass(frozen=True, slots=True)
class Outside:
    """A server at a fixed time, and the sources that ask it."""

    server: Upstream
    fetcher: Fetcher
    market: CoinGecko
    mining: Mempool
    feeds: Feeds
    articles: Articles


async def uncounted() -> None:
    """A call that nobody counts."""


@pytest.fixture
async def outside() -> AsyncIterator[Outside]:
    clock = Clock()
    async with Upstream(World(7, clock)) as server:
        typed = (server.market_url, server.mining_url, *server.feed_urls)
        fetcher = Fetcher(user_agent="cointicker-test", typed=typed, clock=clock)
        worker = Worker()
        yield Outside(
            server,
            fetcher,
            CoinGecko(fetcher, server.market_url, on_call=uncounted, clock=clock),
            Mempool(fetcher, server.mining_url, clock),
            Feeds(fetcher, worker, clock),
            Articles(fetcher, worker),
        )
        await worker.close()
        await fetcher.close()


async def test_quotes_are_those_of_the_world(outside: Outside) -> None:
    world = outside.server.world
    quotes = await outside.market.quotes(DEFAULT_WATCHLIST, "usd")
    assert not isinstance(quotes, Failed)
    assert {quote.coin_id for quote in quotes} == set(DEFAULT_WATCHLIST)
    for quote in quotes:
        assert quote.price == pytest.approx(world.market.price(quote.coin_id, world.clock()), rel=1e-3)
        assert quote.name == world.market.coins[quote.coin_id].name
        assert quote.change_24h is not None
        assert len(quote.sparkline) >= 167
        assert quote.updated_at is not None
        assert 0 <= world.clock() - quote.updated_at < 60


async def test_a_symbol_finds_the_highest_ranked_coin(outside: Outside) -> None:
    quotes = await outside.market.find(["BTC", "xrp"], "usd")
    assert not isinstance(quotes, Failed)
    assert {quote.coin_id for quote in quotes} == {"bitcoin", "ripple"}


async def test_mining_is_that_of_the_world(outside: Outside) -> None:
    world = outside.server.world
    state = await outside.mining.fetch()
    assert isinstance(state, Mining)
    wanted = world.mining.state(world.clock())
    assert state.height == wanted.height
    assert state.block_pool == wanted.block_pool
    assert state.remaining_blocks == wanted.remaining_blocks
    assert state.hashrate == pytest.approx(wanted.hashrate, rel=0.05)
    assert state.difficulty == pytest.approx(wanted.difficulty)
    assert [pool.name for pool in state.pools] == [pool.name for pool in wanted.pools][: len(state.pools)]
    assert state.fees is not None


async def test_every_feed_is_read_whole(outside: Outside) -> None:
    world = outside.server.world
    for url in outside.server.feed_urls:
        answer = await outside.feeds.fetch(Feed(url), None)
        assert isinstance(answer, FeedAnswer), url
        pieces = {piece.title for outlet in OUTLETS for piece in world.press.pieces(outlet, world.clock())}
        assert answer.headlines
        assert {str(headline.title) for headline in answer.headlines} <= pieces
        assert all(
            headline.published is not None and headline.published <= world.clock() for headline in answer.headlines
        )
        assert all(headline.author and headline.deck for headline in answer.headlines)
        assert all(headline.url.startswith(f"{outside.server.url}/articles/") for headline in answer.headlines)


async def test_full_texts_come_with_the_feed(outside: Outside) -> None:
    answer = await outside.feeds.fetch(Feed(f"{outside.server.url}/feeds/etherton-echo.xml"), None)
    assert isinstance(answer, FeedAnswer)
    headline = answer.headlines[0]
    page = await outside.articles.read(answer.contents[headline.headline_id], headline.url)
    assert isinstance(page, Page)
    assert {Paragraph, Heading, Quotation, ListItem, Table} <= {type(block) for block in page.blocks}


async def test_a_page_gives_its_text_and_not_what_surrounds_it(outside: Outside) -> None:
    world = outside.server.world
    piece = world.press.pieces(OUTLETS[0], world.clock())[0]
    page = await outside.articles.page(outside.server.url + article_path(piece))
    assert isinstance(page, Page)
    text = plain_text(page.blocks)
    assert piece.deck in text
    assert "This article belongs to the demo" in text
    assert not any(word in text for word in ("We value your privacy", "Newsletter", "Most read", "All rights imagined"))
    kinds = {type(block) for block in page.blocks}
    assert {Paragraph, Heading, Quotation, ListItem, Table, Code} <= kinds
    assert page.title == piece.title


@pytest.mark.parametrize("name", ["paywall", "js-wall", "cloudflare", "pdf", "empty", "gone"])
async def test_pages_without_an_article_are_said_to_have_none(outside: Outside, name: str) -> None:
    page = await outside.articles.page(f"{outside.server.url}/articles/{name}")
    if isinstance(page, Page):
        assert name == "paywall"
        assert page.words < 60
    else:
        assert page.why


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        ("429", Cause.LIMITED), ("429_demo", Cause.LIMITED), ("429_html", Cause.LIMITED),
        ("429_plain", Cause.LIMITED), ("429_in_200", Cause.LIMITED), ("403_html", Cause.BLOCKED),
        ("cf_challenge", Cause.BLOCKED), ("cf_challenge_200", Cause.BLOCKED), ("401_key", Cause.REFUSED),
        ("500", Cause.SERVER), ("503_html", Cause.SERVER), ("reset", Cause.BROKEN), ("garbage", Cause.BROKEN),
        ("json_truncated", Cause.BROKEN), ("html_200", Cause.BROKEN), ("gzip_bomb", Cause.TOO_LARGE),
        ("gzip_truncated", Cause.BROKEN), ("deep_json", Cause.BROKEN),
    ],
)  # fmt: skip
async def test_a_fault_of_the_market_has_its_cause(outside: Outside, fault: str, cause: Cause) -> None:
    outside.server.fail("/api/*", fault)
    answer = await outside.market.quotes(["bitcoin"], "usd")
    assert isinstance(answer, Failed)
    assert answer.cause is cause, answer.why


async def test_poison_costs_no_other_coin_its_price(outside: Outside) -> None:
    outside.server.fail("/api/*", "poison")
    quotes = await outside.market.quotes(DEFAULT_WATCHLIST, "usd")
    assert not isinstance(quotes, Failed)
    assert sum(quote.price is not None for quote in quotes) >= len(DEFAULT_WATCHLIST) // 2
    assert all(quote.price is None or 0 < quote.price < 1e15 for quote in quotes)


async def test_hostile_texts_arrive_harmless(outside: Outside) -> None:
    outside.server.fail("*", "hostile")
    quotes = await outside.market.quotes(DEFAULT_WATCHLIST, "usd")
    assert not isinstance(quotes, Failed)
    assert {quote.name for quote in quotes} <= {clean(text) for text in TEXTS}
    answer = await outside.feeds.fetch(Feed(outside.server.feed_urls[0]), None)
    assert isinstance(answer, FeedAnswer)
    assert answer.headlines
    for headline in answer.headlines:
        assert clean(headline.title) == headline.title
        assert headline.url == "" or headline.url.startswith(("http://", "https://"))


async def test_a_redirect_to_a_private_address_is_not_followed(outside: Outside) -> None:
    outside.server.fail("/feeds/*", "redirect_loopback")
    assert isinstance(await outside.feeds.fetch(Feed(outside.server.feed_urls[0]), None), Failed)
    assert outside.server.canary_hits == []


SLOW = {"timeout", "hang_body", "drip", "drip_headers", "redos_author"}
"""Faults that only a time limit ends; ``test_leaving_ends_a_slow_answer_at_once`` has them."""


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - SLOW))
async def test_no_fault_of_a_server_is_an_exception(outside: Outside, fault: str) -> None:
    url = outside.server.feed_urls[0]
    outside.server.fail("*", fault)
    quotes = await outside.market.quotes(["bitcoin", "ethereum"], "usd")
    answer = await outside.feeds.fetch(Feed(url), None)
    page = await outside.articles.page(f"{outside.server.url}/articles/coinwire--x-1")
    state = await outside.mining.fetch()
    for each in (quotes, answer, page, state):
        if isinstance(each, Failed):
            assert each.why == clean(each.why) != ""
    if isinstance(answer, FeedAnswer):
        now = outside.server.world.clock()
        assert all((headline.published or now) <= now for headline in answer.headlines)
        assert len({headline.headline_id for headline in answer.headlines}) == len(answer.headlines)
    assert outside.server.canary_hits == []


@pytest.mark.parametrize("fault", ["timeout", "hang_body", "drip", "drip_headers"])
async def test_leaving_ends_a_slow_answer_at_once(outside: Outside, fault: str) -> None:
    outside.server.fail("*", fault)
    fetches = [
        asyncio.create_task(outside.market.quotes(["bitcoin"], "usd")),
        asyncio.create_task(outside.feeds.fetch(Feed(outside.server.feed_urls[0]), None)),
    ]
    await outside.server.until(2)
    async with asyncio.timeout(2):
        await outside.fetcher.close()
        assert all(isinstance(answer, Failed) for answer in await asyncio.gather(*fetches))


async def test_a_permanent_move_is_told(outside: Outside) -> None:
    outside.server.fail("/feeds/*", "moved")
    answer = await outside.feeds.fetch(Feed(outside.server.feed_urls[0]), None)
    assert isinstance(answer, FeedAnswer)
    assert answer.moved_to.endswith("?moved=1")
    assert answer.headlines


@pytest.mark.parametrize(
    ("fault", "readable"),
    [("no_dates", True), ("bad_dates", True), ("future_dates", True), ("no_guids", True), ("dup_guids", True),
     ("bad_utf8", True), ("wrong_type", True), ("no_type", True), ("html_200", False), ("entity_bomb", False),
     ("xxe", False), ("empty", False)],
)  # fmt: skip
async def test_a_feed_is_read_as_far_as_it_can_be(outside: Outside, fault: str, *, readable: bool) -> None:
    url = outside.server.feed_urls[0]
    healthy = await outside.feeds.fetch(Feed(url), None)
    outside.server.fail("/feeds/*", fault)
    answer = await outside.feeds.fetch(Feed(url), None)
    assert isinstance(healthy, FeedAnswer)
    if readable:
        assert isinstance(answer, FeedAnswer)
        assert len(answer.headlines) == len(healthy.headlines)
    else:
        assert isinstance(answer, Failed)
