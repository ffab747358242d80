"""The market half over the local server that plays CoinGecko: charts, lists and the whole market."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from cointicker.domain.charts import Span
from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.links import CoinLink, LinkKind
from cointicker.domain.market import GlobalMarket
from cointicker.sources.coingecko import CoinGecko
from cointicker.sources.demo_coins import CATEGORIES, COINS
from cointicker.sources.http import Fetcher
from cointicker.text.safe import clean
from upstream import FAULTS, Clock, Upstream, World

DAY = 86_400.0
SLOW = {"timeout", "hang_body", "drip", "drip_headers"}
"""Faults that only a time limit ends."""


async def uncounted() -> None:
    """A call that nobody counts."""


@dataclass(frozen=True, slots=True)
class Outside:
    """A server at a fixed time, and the source that asks it."""

    server: Upstream
    market: CoinGecko
    now: float


@pytest.fixture
async def outside() -> AsyncIterator[Outside]:
    clock = Clock()
    async with Upstream(World(7, clock)) as server:
        fetcher = Fetcher(user_agent="cointicker-test", typed=(server.market_url,), clock=clock)
        yield Outside(server, CoinGecko(fetcher, server.market_url, on_call=uncounted, clock=clock), clock.now)
        await fetcher.close()


async def test_a_coin_has_the_links_that_are_given_and_nothing_of_the_padding(outside: Outside) -> None:
    assert await outside.market.links("bitcoin") == (
        CoinLink(LinkKind.HOME, "https://bitcoin.example/"),
        CoinLink(LinkKind.EXPLORER, "https://blocks.example/bitcoin"),
        CoinLink(LinkKind.CODE, "https://code.example/bitcoin"),
        CoinLink(LinkKind.X, "https://x.com/bitcoin"),
    )
    unknown = await outside.market.links("no-such-coin")
    assert isinstance(unknown, Failed)
    assert unknown.cause is Cause.MISSING


@pytest.mark.parametrize(
    ("span", "closest", "reaches"),
    [(Span.DAY, 300, DAY), (Span.WEEK, 3600, 7 * DAY), (Span.MONTH, 3600, 30 * DAY), (Span.YEAR, DAY, 365 * DAY)],
)
async def test_a_chart_ends_now_and_begins_a_span_ago(
    outside: Outside, span: Span, closest: float, reaches: float
) -> None:
    points = await outside.market.chart("bitcoin", "usd", span)
    assert isinstance(points, tuple)
    assert points[-1].at == pytest.approx(outside.now, abs=1)
    assert outside.now - points[0].at == pytest.approx(reaches, abs=closest * 1.1)
    assert max(later.at - point.at for point, later in pairwise(points)) < closest * 1.2
    assert all(point.volume for point in points)


async def test_the_longest_span_is_a_year_without_a_paid_key(outside: Outside) -> None:
    assert await outside.market.chart("bitcoin", "usd", Span.MAX) == await outside.market.chart(
        "bitcoin", "usd", Span.YEAR
    )


@pytest.mark.parametrize("span", list(Span))
async def test_there_are_candles_of_every_span(outside: Outside, span: Span) -> None:
    candles = await outside.market.candles("ethereum", "eur", span)
    assert isinstance(candles, tuple)
    assert len(candles) >= 20
    assert candles[-1].at <= outside.now


async def test_pages_are_the_largest_first_and_categories_their_coins(outside: Outside) -> None:
    page = await outside.market.page("usd")
    assert isinstance(page, tuple)
    assert [quote.coin_id for quote in page[:2]] == ["bitcoin", "ethereum"]
    assert all(quote.ath and quote.change_1y is not None and quote.circulating_supply for quote in page)
    for name, coins in CATEGORIES.items():
        members = await outside.market.page("usd", name)
        assert isinstance(members, tuple)
        assert {quote.coin_id for quote in members} == coins
    outcome = await outside.market.page("usd", "nothing")
    assert isinstance(outcome, Failed)
    assert outcome.cause is Cause.MISSING


async def test_the_directory_the_search_and_what_trends_name_coins_of_the_world(outside: Outside) -> None:
    world = {coin.coin_id for coin in COINS}
    everything, found, loud = (
        await outside.market.coins(), await outside.market.search("bitcoin"), await outside.market.trending(),
    )  # fmt: skip
    assert isinstance(everything, tuple)
    assert isinstance(found, tuple)
    assert isinstance(loud, tuple)
    assert {each.coin_id for each in everything} == world
    assert found[0].coin_id == "bitcoin"
    assert found[0].rank == 1
    assert set(loud) <= world
    assert len(loud) == 15


async def test_the_whole_market_is_that_of_its_coins(outside: Outside) -> None:
    state, page = await outside.market.global_market("eur"), await outside.market.page("eur")
    assert isinstance(state, GlobalMarket)
    assert isinstance(page, tuple)
    assert state.market_cap == pytest.approx(sum(quote.market_cap or 0 for quote in page), rel=1e-6)
    assert state.bitcoin_share == pytest.approx((page[0].market_cap or 0) / (state.market_cap or 1) * 100)


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - SLOW))
async def test_no_fault_of_a_server_is_an_exception(outside: Outside, fault: str) -> None:
    outside.server.fail("*", fault)
    market = outside.market
    for answer in (
        await market.chart("bitcoin", "usd", Span.DAY),
        await market.candles("bitcoin", "usd", Span.DAY),
        await market.coins(),
        await market.search("btc"),
        await market.trending(),
        await market.page("usd"),
        await market.global_market("usd"),
    ):
        if isinstance(answer, Failed):
            assert answer.why == clean(answer.why) != ""
    assert outside.server.canary_hits == []


async def test_recorded_answers_are_read(corpus: Path) -> None:
    clock = Clock()
    async with Upstream(World.from_corpus(corpus, times="now", clock=clock)) as server:
        fetcher = Fetcher(user_agent="cointicker-test", typed=(server.market_url,), clock=clock)
        market = CoinGecko(fetcher, server.market_url, on_call=uncounted, clock=clock)
        everything = await market.coins()
        assert isinstance(everything, tuple)
        assert len(everything) > 17_000
        chart = await market.chart("bitcoin", "usd", Span.MONTH)
        assert isinstance(chart, tuple)
        assert len(chart) > 700
        page = await market.page("usd")
        assert isinstance(page, tuple)
        assert len(page) == 250
        assert isinstance(await market.global_market("usd"), GlobalMarket)
        await fetcher.close()
