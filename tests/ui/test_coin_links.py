"""A coin's own links: host names among its facts, and a sheet to choose from."""

from cointicker.sources.demo_market import EPOCH
from fake_clock import Clock
from ui.browser import Browser
from ui.played import Play, failing, outside, play
from ui.stage import Stage, demo

PAGE = "https://www.coingecko.com/en/coins/bitcoin"


async def _open_coin(stage: Stage) -> None:
    await stage.press("tab", "enter")
    await stage.until(lambda: stage.main.coin_open)


async def _links_are_there(stage: Stage) -> None:
    await stage.until(lambda: bool(stage.main.coin.facts.links))


async def _list_links(stage: Stage) -> None:
    await stage.press("u")
    await stage.until(lambda: stage.app.screen is not stage.main)


async def test_the_facts_name_as_many_hosts_as_fit_whole() -> None:
    async with demo((80, 24)) as stage:
        await _open_coin(stage)
        await _links_are_there(stage)
        row = next(row for row in stage.rows() if "links" in row)
        assert row.split("links")[1].split() == ["bitcoin.example", "code.example"]


async def test_a_click_on_a_host_opens_it_and_one_beside_it_does_nothing(browser: Browser) -> None:
    async with demo((80, 24)) as stage:
        await _open_coin(stage)
        await _links_are_there(stage)
        await stage.click("links   ", shift=2)
        assert browser.starts == []
        await stage.click("code.example")
        assert await browser.started() == ["https://code.example/bitcoin/bitcoin"]


async def test_u_lists_the_page_and_all_links_and_enter_opens_one(browser: Browser) -> None:
    async with demo() as stage:
        await _open_coin(stage)
        await _list_links(stage)
        for told in ("coingecko.com/en/coins/bitcoin", "bitcoin.example", "blocks.example/bitcoin", "source code"):
            assert told in stage.text()
        await stage.press("j", "j", "enter")
        assert await browser.started() == ["https://blocks.example/bitcoin"]


async def test_another_coin_has_other_links_and_none_of_the_one_before() -> None:
    async with demo() as stage:
        await _open_coin(stage)
        await _links_are_there(stage)
        await stage.press("n")
        await stage.until(lambda: "ethereum.example" in stage.text())
        assert "bitcoin.example" not in stage.text()
        await stage.press("p")
        assert "bitcoin.example" in stage.text()


async def test_where_the_source_cannot_be_asked_its_page_is_left_and_the_reason_told() -> None:
    clock = Clock(EPOCH)
    world = outside(clock)
    async with play((120, 36), world=world, clock=clock) as stage:
        world.market.trouble = failing("the server answered 503")
        await _open_coin(stage)
        await _list_links(stage)
        assert "coingecko.com/en/coins/bitcoin" in stage.text()
        assert "no more: the server answered 503" in stage.text()


async def test_links_that_had_to_wait_come_when_they_may() -> None:
    clock = Clock(EPOCH)
    world = outside(clock)
    async with play((120, 36), world=world, clock=clock) as stage:
        await _count_calls(stage, 2)
        await _open_coin(stage)
        await stage.until(lambda: ("chart", "bitcoin", "usd", "7d") in world.market.questions)
        stage.main.tick()
        assert ("links", "bitcoin") not in world.market.questions
        clock.pass_by(61)
        stage.main.tick()
        await _links_are_there(stage)


async def _count_calls(stage: Play, count: int) -> None:
    for _ in range(count):
        await stage.engine._store.ledger.count("market")
