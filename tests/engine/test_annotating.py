"""What an article's coins cost when it was published, from what is stored and without a call."""

import asyncio
from dataclasses import replace

from cointicker.domain.news import Article, Content, Paragraph, Span
from cointicker.domain.words import SafeText
from cointicker.engine.actions import KeepPlace
from cointicker.engine.engine import Engine
from engine.conftest import FEEDS
from engine.outside import Outside, entry
from fake_clock import Clock

ARTICLE = Article(
    url="https://one.example/a",
    title=SafeText("Miners sell Bitcoin"),
    source=SafeText("One"),
    content=Content.PAGE,
    blocks=(Paragraph((Span(SafeText("Ethereum held, Monero rose.")),)),),
)


async def test_prices_of_then_are_those_that_were_stored(engine: Engine, outside: Outside, clock: Clock) -> None:
    outside.market.prices |= {"bitcoin": 88_000.0, "ethereum": 3_000.0}
    await engine.market.refresh()
    headline = replace(entry("aaaa0001", "Miners sell Bitcoin", FEEDS[0]), published=clock())
    clock.pass_by(3600)
    outside.market.prices |= {"bitcoin": 89_000.0, "ethereum": 3_100.0}
    await engine.market.refresh()
    asked = len(outside.market.questions)
    found = await engine.mentioned(headline, ARTICLE)
    assert found.coins == ("bitcoin", "ethereum", "monero")
    assert found.currency == "usd"
    assert {coin: found.prices.get(coin) for coin in ("bitcoin", "monero")} == {"bitcoin": 88_000.0, "monero": None}
    assert len(outside.market.questions) == asked


async def test_a_coin_that_nobody_asked_for_comes_with_the_next_call(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    outside.market.prices |= {"monero": 150.0}
    await engine.market.refresh()
    assert "monero" not in engine.snapshot.quotes
    asked = len(outside.market.asked)
    await engine.mentioned(entry("aaaa0001", "Miners sell Bitcoin", FEEDS[0]), ARTICLE)
    assert len(outside.market.asked) == asked
    clock.pass_by(3600)
    await engine.market.refresh()
    assert len(outside.market.asked) == asked + 1
    assert engine.snapshot.quotes["monero"].price == 150.0


async def test_of_a_time_that_nobody_looked_there_is_no_price(engine: Engine, outside: Outside, clock: Clock) -> None:
    await engine.market.refresh()
    headline = replace(entry("aaaa0001", "Miners sell Bitcoin", FEEDS[0]), published=clock() - 3 * 86_400)
    assert (await engine.mentioned(headline, ARTICLE)).prices == {}


async def test_a_place_that_is_kept_is_found_again(engine: Engine) -> None:
    assert await engine.place("aaaa0001") is None
    engine.do(KeepPlace("aaaa0001", 120.002))
    async with asyncio.timeout(10):
        while await engine.place("aaaa0001") is None:
            pass
    assert await engine.place("aaaa0001") == 120.002


async def test_an_article_without_coins_has_none(engine: Engine) -> None:
    headline = entry("aaaa0001", "Glaciers melt", FEEDS[0])
    plain = replace(ARTICLE, title=SafeText("Glaciers melt"), blocks=())
    assert (await engine.mentioned(headline, plain)).coins == ()
