"""The demo world: the same every time, plausible, and made of text that is fit to show."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cointicker.domain.categories import CATEGORIES, categorise
from cointicker.domain.charts import ChartPoint, Span, ordered_candles, ordered_points
from cointicker.domain.freshness import Failed
from cointicker.domain.market import DEFAULT_WATCHLIST, CoinName, GlobalMarket, move, peg_distance
from cointicker.domain.mentions import CoinIndex
from cointicker.domain.news import FeedHealth, Heading, Headline, ListItem, Paragraph, Quotation, Table
from cointicker.domain.stories import group_stories
from cointicker.domain.words import SafeText
from cointicker.engine.ports import FeedAnswer, Page, Sources
from cointicker.sources.demo import DEMO_FEEDS, demo_sources
from cointicker.sources.demo_coins import CATEGORIES as GROUPS
from cointicker.sources.demo_coins import COINS
from cointicker.sources.demo_market import CURRENCIES, EPOCH, DemoMarket
from cointicker.sources.demo_outlets import DESKS, OUTLETS
from cointicker.sources.demo_press import STORIES, WINDOW
from cointicker.sources.demo_prose import PROSE
from cointicker.sources.demo_story import fill, rounded
from cointicker.text.safe import clean, vet_url

HOUR = 3600.0
moments = st.floats(min_value=0, max_value=4e9, allow_nan=False)


def at(now: float, seed: int = 7) -> Sources:
    return demo_sources(lambda: now, seed)


async def all_headlines(sources: Sources) -> list[Headline]:
    headlines: list[Headline] = []
    for feed in DEMO_FEEDS:
        answer = await sources.feeds.fetch(feed, None)
        assert isinstance(answer, FeedAnswer)
        headlines += answer.headlines
    return headlines


async def page_of(sources: Sources, headline: Headline) -> Page:
    page = await sources.articles.page(headline.url)
    assert isinstance(page, Page)
    return page


def texts(value: object) -> Iterable[SafeText]:
    """All text within a value."""
    if isinstance(value, SafeText):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)
    elif is_dataclass(value):
        for part in fields(value):
            yield from texts(getattr(value, part.name))


async def everything(sources: Sources) -> tuple[object, ...]:
    headlines = await all_headlines(sources)
    quotes = await sources.market.quotes(DEFAULT_WATCHLIST, "usd")
    return tuple(headlines), quotes, await sources.mining.fetch(), await page_of(sources, headlines[0])


async def test_same_seed_and_time_tell_the_same() -> None:
    first = await everything(at(EPOCH))
    assert await everything(at(EPOCH)) == first
    assert all(one != other for one, other in zip(first, await everything(at(EPOCH, seed=8)), strict=True))


async def test_the_past_does_not_change() -> None:
    before = await all_headlines(at(EPOCH))
    later = {headline.headline_id: headline for headline in await all_headlines(at(EPOCH + HOUR))}
    kept = [headline for headline in before if headline.headline_id in later]
    assert len(kept) > len(before) * 0.9
    assert all(headline.title == later[headline.headline_id].title for headline in kept)
    assert all(headline.url == later[headline.headline_id].url for headline in kept)


async def test_a_quote_for_every_coin_that_is_known_and_none_for_others() -> None:
    quotes = await at(EPOCH).market.quotes(["bitcoin", "no-such-coin", "bitcoin", "ripple"], "usd")
    assert not isinstance(quotes, Failed)
    assert [quote.coin_id for quote in quotes] == ["bitcoin", "ripple"]


@pytest.mark.parametrize("currency", CURRENCIES)
async def test_every_currency_prices_the_whole_watchlist(currency: str) -> None:
    quotes = await at(EPOCH).market.quotes(DEFAULT_WATCHLIST, currency)
    assert not isinstance(quotes, Failed)
    assert len(quotes) == len(DEFAULT_WATCHLIST)
    assert all(quote.price and quote.currency == currency for quote in quotes)
    assert all(len(quote.sparkline) == 168 and min(quote.sparkline) > 0 for quote in quotes)


async def test_an_unknown_currency_is_said_in_words() -> None:
    answer = await at(EPOCH).market.quotes(["bitcoin"], "zzz")
    assert isinstance(answer, Failed)
    assert "ZZZ" in answer.why


async def test_a_symbol_means_the_highest_ranked_coin() -> None:
    found = await at(EPOCH).market.find(["btc", "XRP", "nope"], "usd")
    assert not isinstance(found, Failed)
    assert {quote.coin_id for quote in found} == {"bitcoin", "ripple"}
    assert Counter(coin.symbol for coin in COINS)["BTC"] == 2


async def test_prices_move_every_five_seconds_by_little() -> None:
    prices = []
    for now in range(0, 60, 5):
        quotes = await at(EPOCH + now).market.quotes(["bitcoin"], "usd")
        assert not isinstance(quotes, Failed)
        prices.append(quotes[0].price or 0.0)
    assert len(set(prices)) == len(prices)
    assert max(prices) / min(prices) < 1.01


async def test_a_quote_agrees_with_itself() -> None:
    quotes = await at(EPOCH + 12_345).market.quotes(DEFAULT_WATCHLIST, "usd")
    assert not isinstance(quotes, Failed)
    for quote in quotes:
        assert quote.price
        assert quote.low_24h
        assert quote.high_24h
        assert quote.low_24h <= quote.price <= quote.high_24h
        assert abs(quote.change_24h or 0) < 30
        assert quote.change_7d == pytest.approx(move(quote.sparkline[0], quote.price), abs=3)
    pegged = next(quote for quote in quotes if quote.coin_id == "tether")
    distance = peg_distance(pegged)
    assert distance is not None
    assert abs(distance) < 10


@given(moments)
def test_any_time_has_prices(now: float) -> None:
    market = DemoMarket(7)
    assert all(0 < market.price(coin.coin_id, now) < coin.price * 20 for coin in COINS)


async def test_every_feed_has_fresh_headlines_of_several_hours() -> None:
    now = EPOCH + 5 * HOUR
    headlines = await all_headlines(at(now))
    assert 120 < len(headlines) < 400
    assert {headline.feed_url for headline in headlines} == {feed.url for feed in DEMO_FEEDS}
    ages = sorted(now - headline.at for headline in headlines)
    assert ages[0] < 900
    assert 20 * HOUR < ages[-1] < WINDOW
    assert len({headline.headline_id for headline in headlines}) == len(headlines)
    assert len({headline.url for headline in headlines}) == len(headlines)


async def test_news_keeps_coming() -> None:
    known = {headline.headline_id for headline in await all_headlines(at(EPOCH))}
    later = {headline.headline_id for headline in await all_headlines(at(EPOCH + HOUR))}
    assert 4 <= len(later - known) <= 25


async def test_several_outlets_carry_one_story() -> None:
    headlines = await all_headlines(at(EPOCH))
    counts = Counter(len(story.headlines) for story in group_stories(headlines))
    assert max(counts) >= 4
    assert sum(number for count, number in counts.items() if count > 1) >= 15
    assert counts[1] > 50


def test_every_title_of_a_story_is_seen_as_the_same_story() -> None:
    market = DemoMarket(7)
    ids = {coin.symbol: coin.coin_id for coin in reversed(COINS)}
    for story in STORIES:
        titles = [fill(title, lambda symbol: market.price(ids[symbol], EPOCH)) for title in story.titles]
        headlines = [
            Headline(
                f"{place}", f"https://{place}.example/feed", clean("x"), clean(title), "", EPOCH + place, EPOCH + place
            )
            for place, title in enumerate(titles)
        ]
        assert len(group_stories(headlines)) == 1, titles


def test_every_story_has_a_desk_with_enough_outlets_and_prose() -> None:
    for story in STORIES:
        assert story.desk in DESKS
        carriers = [outlet for outlet in OUTLETS if story.desk in outlet.desks]
        assert 1 <= len(story.titles) <= len(carriers), story.titles
        assert story.deck.endswith((".", "?"))
    assert set(PROSE) == set(DESKS)
    known = {coin.coin_id for coin in COINS}
    assert all(set(prose.coins) <= known and len(prose.context) >= 3 for prose in PROSE.values())


async def test_every_category_has_headlines_and_most_name_their_coins() -> None:
    headlines = await all_headlines(at(EPOCH))
    feeds = {feed.url: feed.categories for feed in DEMO_FEEDS}
    found = {
        category
        for headline in headlines
        for category in categorise(headline.title, headline.tags, feeds[headline.feed_url])
    }
    assert found == set(CATEGORIES[1:])
    index = CoinIndex([CoinName(c.coin_id, clean(c.symbol), clean(c.name), c.rank) for c in COINS])
    named = [headline for headline in headlines if index.find(headline.title, headline.deck)]
    assert len(named) > len(headlines) * 0.4


async def test_all_text_is_as_clean_as_clean_makes_it() -> None:
    sources = at(EPOCH)
    headlines = await all_headlines(sources)
    pages = [await page_of(sources, headline) for headline in headlines[:40]]
    quotes = await sources.market.quotes([coin.coin_id for coin in COINS], "usd")
    found = [text for value in (*headlines, *pages, quotes, await sources.mining.fetch()) for text in texts(value)]
    assert len(found) > 2_000
    assert all(clean(text, 5_000) == text.strip() for text in found)
    assert all(text == text.strip() for headline in headlines for text in texts(headline))
    assert not any("${" in text or "{" in text for text in found)


async def test_an_article_has_all_that_articles_have() -> None:
    sources = at(EPOCH)
    for headline in (await all_headlines(sources))[::7]:
        page = await page_of(sources, headline)
        kinds = Counter(map(type, page.blocks))
        assert kinds[Paragraph] >= 4
        assert kinds[Heading] >= 3
        assert kinds[ListItem] >= 3
        assert kinds[Quotation] == kinds[Table] == 1
        assert 120 < page.words < 600
        assert (page.title, page.published, page.author) == (headline.title, headline.published, headline.author)
        assert [link.number for link in page.links] == list(range(1, len(page.links) + 1))
        table = next(block for block in page.blocks if isinstance(block, Table))
        assert len({len(row) for row in table.rows}) == 1


async def test_links_lead_to_articles_of_the_demo() -> None:
    sources = at(EPOCH)
    for headline in (await all_headlines(sources))[::11]:
        assert vet_url(headline.url) == headline.url
        for link in (await page_of(sources, headline)).links:
            assert vet_url(link.url) == link.url
            assert isinstance(await sources.articles.page(link.url), Page)


@pytest.mark.parametrize(
    "url", ["", "https://coinwire.example/", "https://coinwire.example/a-1", "https://other.example/x-2947375"]
)
async def test_other_addresses_have_no_page(url: str) -> None:
    assert isinstance(await at(EPOCH).articles.page(url), Failed)
    assert isinstance(await at(EPOCH).articles.read("<p>x</p>", url), Failed)


async def test_an_article_is_not_there_before_it_is_published() -> None:
    headline = (await all_headlines(at(EPOCH)))[0]
    assert headline.published is not None
    assert isinstance(await at(headline.published - 1).articles.page(headline.url), Failed)


async def test_the_text_of_the_feed_opens_the_article() -> None:
    sources = at(EPOCH)
    answer = await sources.feeds.fetch(DEMO_FEEDS[0], None)
    assert isinstance(answer, FeedAnswer)
    headline = answer.headlines[0]
    own = await sources.articles.read(answer.contents[headline.headline_id], headline.url)
    assert isinstance(own, Page)
    whole = await page_of(sources, headline)
    assert own.blocks[0] == whole.blocks[0]
    assert 0 < own.words < whole.words


async def test_a_feed_without_news_says_so() -> None:
    sources = at(EPOCH)
    feed = DEMO_FEEDS[0]
    first = await sources.feeds.fetch(feed, None)
    assert isinstance(first, FeedAnswer)
    again = await sources.feeds.fetch(feed, FeedHealth(feed.url, feed.name, etag=first.etag))
    assert isinstance(again, FeedAnswer)
    assert again.unchanged
    assert not again.headlines


async def test_mining_is_plausible_and_moves_on() -> None:
    now, later = await at(EPOCH).mining.fetch(), await at(EPOCH + 2 * HOUR).mining.fetch()
    assert not isinstance(now, Failed)
    assert not isinstance(later, Failed)
    assert now.height is not None
    assert later.height is not None
    assert 6 <= later.height - now.height <= 18
    assert now.hashrate is not None
    assert 5e20 < now.hashrate < 2e21
    assert now.block_at is not None
    assert 0 <= EPOCH - now.block_at < 2 * HOUR
    assert sum(pool.share for pool in now.pools) == pytest.approx(100)
    assert [pool.share for pool in now.pools] == sorted((pool.share for pool in now.pools), reverse=True)


async def chart_of(sources: Sources, coin_id: str, currency: str, span: Span) -> tuple[ChartPoint, ...]:
    points = await sources.market.chart(coin_id, currency, span)
    assert isinstance(points, tuple)
    return points


@pytest.mark.parametrize("span", list(Span))
async def test_charts_end_with_the_price_of_now_and_candles_hold_their_points(span: Span) -> None:
    sources = at(EPOCH + 12_345)
    quotes = await sources.market.quotes(["solana"], "eur")
    assert isinstance(quotes, tuple)
    points = await chart_of(sources, "solana", "eur", span)
    assert points[-1] == ChartPoint(EPOCH + 12_345, quotes[0].price or 0.0, quotes[0].volume_24h)
    assert ordered_points(points) == points
    assert 100 <= len(points) <= 800
    candles = await sources.market.candles("solana", "eur", span)
    assert isinstance(candles, tuple)
    assert ordered_candles(candles) == candles
    assert 40 <= len(candles) <= 100


async def test_a_chart_asked_for_later_tells_the_same_past() -> None:
    now, later = (
        await chart_of(at(EPOCH), "kaspa", "usd", Span.WEEK),
        await chart_of(at(EPOCH + 5 * HOUR), "kaspa", "usd", Span.WEEK),
    )
    known = {point.at: point for point in now[:-1]}
    again = {point.at: point for point in later[:-1]}
    assert len(known.keys() & again.keys()) > 150
    assert all(known[moment] == again[moment] for moment in known.keys() & again.keys())


@settings(max_examples=30, deadline=None)
@given(st.floats(min_value=EPOCH - 2e8, max_value=EPOCH + 2e8))
def test_no_price_passes_the_highest_or_the_lowest_ever(now: float) -> None:
    market = DemoMarket(7)
    for coin in COINS:
        high, high_at, low, low_at = market.extremes(coin.coin_id)
        assert low < market.price(coin.coin_id, now) < high
        assert low_at < high_at < EPOCH


def test_no_more_coins_exist_than_ever_will() -> None:
    market = DemoMarket(7)
    for coin in COINS:
        quote = market.quote(coin.coin_id, EPOCH)
        assert quote.max_supply is None or (quote.circulating_supply or 0) <= quote.max_supply


async def test_lists_are_made_of_the_coins_of_the_world() -> None:
    market = at(EPOCH).market
    page, trending, directory = await market.page("usd"), await market.trending(), await market.coins()
    assert isinstance(page, tuple)
    assert isinstance(trending, tuple)
    assert isinstance(directory, tuple)
    assert [quote.rank for quote in page] == list(range(1, len(page) + 1))
    assert {each.coin_id for each in directory} == {coin.coin_id for coin in COINS}
    assert len(trending) == len(set(trending)) == 15
    for name, coins in GROUPS.items():
        members = await market.page("usd", name)
        assert isinstance(members, tuple)
        assert {quote.coin_id for quote in members} == coins
    found = await market.search("btc")
    assert isinstance(found, tuple)
    assert [each.coin_id for each in found[:2]] == ["bitcoin", "batcat"]


async def test_the_whole_market_is_the_sum_of_its_coins() -> None:
    market = at(EPOCH).market
    state, page = await market.global_market("gbp"), await market.page("gbp")
    assert isinstance(state, GlobalMarket)
    assert isinstance(page, tuple)
    assert state.market_cap == pytest.approx(sum(quote.market_cap or 0 for quote in page))
    assert state.bitcoin_share is not None
    assert 40 < state.bitcoin_share < 70
    assert state.currency == "gbp"


async def test_what_the_demo_does_not_have_is_said() -> None:
    market = at(EPOCH).market
    for answer in (
        await market.chart("nocoin", "usd", Span.DAY), await market.candles("bitcoin", "zzz", Span.DAY),
        await market.page("usd", "nothing"), await market.page("zzz"), await market.global_market("zzz"),
    ):  # fmt: skip
        assert isinstance(answer, Failed)
        assert answer.why


async def test_the_first_answers_come_at_once() -> None:
    async with asyncio.timeout(5):
        await everything(at(EPOCH))


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (88_349.0, "88,300"),
        (2_933.23, "2,930"),
        (883.22, "883"),
        (15.04, "15.04"),
        (1.9042, "1.90"),
        (0.000007242, "0.00000724"),
    ],
)
def test_headlines_round_to_three_digits_or_cents(amount: float, text: str) -> None:
    assert rounded(amount) == text
