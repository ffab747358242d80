"""Panes of one to six rows: all that can be done in a large one, and all that must be known."""

import re

import pytest

from cointicker.domain.news import Story
from fake_clock import Clock
from ui.played import PRICES, failing, outside, play, title
from ui.stage import Stage, demo

_BAR = re.compile(r"^ (BIT|BTC) [\d,]+\.\d\d")


def _story(stage: Stage) -> Story:
    reading = stage.article.reading
    assert reading is not None
    return reading.story


@pytest.mark.parametrize("rows", [2, 3, 4])
async def test_the_bar_stands_over_one_headline_a_row(rows: int) -> None:
    async with play((100, rows)) as stage:
        bar, *headlines = stage.rows()
        assert _BAR.match(bar)
        assert [title(number) in row for number, row in enumerate(headlines, 1)] == [True] * (rows - 1)
        assert all("One" in row for row in headlines), "with the source"


async def test_five_rows_have_two_of_prices_where_one_does_not_hold_them() -> None:
    async with demo((100, 5)) as stage:
        first, second, third, *_ = stage.rows()
        assert [row.split()[0] for row in (first, second)] == ["BTC", "XRP"]
        assert "DEMO" in first
        assert "m  " in third, "below them headlines with their age"
        await stage.click("SOL")
        assert stage.main.coin_id == "solana"
    async with play((100, 5)) as stage:
        assert title(1) in stage.rows()[1], "three coins are no reason for a second row"


@pytest.mark.parametrize("size", [(100, 1), (100, 2), (100, 4), (30, 1), (30, 3)])
async def test_an_article_has_all_rows_from_its_title_on(size: tuple[int, int]) -> None:
    async with play(size) as stage:
        await stage.open_current()
        assert title(1) in stage.rows()[0]
        top = stage.text()
        await stage.press("space")
        assert stage.text() != top
        await stage.press("n")
        assert title(2) in stage.rows()[0]
        assert _story(stage).lead.title == title(2)
        await stage.press("q")
        assert _BAR.match(stage.rows()[0])


@pytest.mark.parametrize("rows", [1, 2, 3, 6])
async def test_a_notice_is_seen_whatever_has_the_rows(rows: int) -> None:
    async with play((100, rows)) as stage:
        await stage.press("y")
        assert "copied" in stage.text()
        notice = stage.main.status.notice
        assert notice is not None
        stage.main.status._take_down(notice)
        await stage.pilot.pause()
        assert _BAR.match(stage.rows()[0])
        await stage.open_current()
        await stage.press("y")
        assert "copied" in stage.text()


@pytest.mark.parametrize("width", [100, 30])
async def test_one_row_says_how_old_the_prices_are_once_they_are(width: int) -> None:
    async with play((width, 1)) as stage:
        assert "●" not in stage.text()
        stage.outside.market.trouble = failing("the server answered 503")
        stage.clock.pass_by(600)
        await stage.fetch()
        assert ("● 10m" if width == 100 else "10m") in stage.text()
        assert "BIT 88,349.00" in stage.text(), "no price is left out for it"
        assert ("the server" in stage.text()) == (width == 100)
        stage.outside.market.trouble = None
        stage.clock.pass_by(901)
        await stage.fetch()
        assert "●" not in stage.text()


@pytest.mark.parametrize(("width", "told"), [(17, "BIT 88,349.00 —"), (15, "BIT 88,349.00"), (14, "BIT 88,349.00")])
async def test_the_first_coin_loses_its_change_before_it_goes(width: int, told: str) -> None:
    async with play((width, 1)) as stage:
        assert stage.text().strip() == told


async def test_one_row_says_why_there_are_no_prices() -> None:
    clock = Clock()
    world = outside(clock)
    world.market.trouble = failing("no network")
    async with play((100, 1), world=world, clock=clock) as stage:
        assert "No prices yet: no network" in stage.text()
        stage.outside.market.trouble = None
        stage.outside.market.prices = dict(PRICES)
        stage.clock.pass_by(901)
        await stage.fetch()
        assert _BAR.match(stage.text())


@pytest.mark.parametrize("rows", [1, 3])
async def test_a_search_is_seen_while_it_is_typed(rows: int) -> None:
    async with play((60, rows)) as stage:
        await stage.press("slash", *"report 07")
        assert "report 07" in stage.rows()[-1]
        await stage.press("escape")
        assert _BAR.match(stage.rows()[0])
        assert "help" not in stage.text(), "no status line comes up in its place"


async def test_a_row_that_is_clicked_opens_and_so_does_a_coin() -> None:
    async with play((100, 3)) as stage:
        await stage.click(title(2))
        await stage.press("enter")
        await stage.text_is_there()
        assert _story(stage).lead.title == title(2)
        await stage.press("q")
        await stage.click("ETH")
        assert stage.main.coin_id == "ethereum"


async def test_find_in_an_article_is_seen_in_the_last_row() -> None:
    async with play((60, 2)) as stage:
        await stage.open_current()
        await stage.press("slash", *"happened")
        assert "happened" in stage.rows()[-1]


async def test_the_title_is_still_there_when_the_pane_grows() -> None:
    async with play((120, 36)) as stage:
        await stage.open_current()
        for size in ((100, 2), (30, 1), (120, 36)):
            await stage.pilot.resize_terminal(*size)
            await stage.until(lambda high=size[1]: len(stage.rows()) == high)  # type: ignore[misc]
        assert title(1) in "".join(stage.rows()[:8])


async def test_the_name_of_a_source_gives_way_to_the_move_of_its_coin() -> None:
    async with demo((30, 20)) as stage:
        told = [row for row in stage.rows()[8:] if re.search(r"\d+[mh] .*%", row)]
        assert told
        assert all(re.search(r"[\w…]  +[A-Z]+ [▲▼]?\d+\.\d\d%$", row.rstrip()) for row in told), told


_OVER = {
    "a": ("symbol, name or id", "BTC"),
    "e": ("Demo: fresh", "Mining: fresh"),
    "M": ("Network", "hashrate"),
    "!": ("Nothing is watched", "a makes an alert"),
    "H": ("BTC   ", "ETH   "),
    "ctrl+p": ("What shall be done?", "Go back"),
}
"""Keys of what takes the place of the main screen or lies over it → what a row of it has, and a row below."""


@pytest.mark.parametrize(("key", "told"), _OVER.items())
async def test_whatever_is_opened_can_be_read_in_one_row_and_in_a_few(key: str, told: tuple[str, str]) -> None:
    first, second = told
    for rows in (1, 4):
        async with demo((60, rows)) as stage:
            await stage.press(key)
            await stage.pilot.pause()
            assert first in stage.text()
            assert (second in stage.text()) == (rows > 1)
            await stage.press("escape")
            assert re.match(r" [A-Z]+ \d", stage.rows()[0])


async def test_the_field_of_a_form_that_is_typed_in_is_seen_and_what_is_wrong_with_it() -> None:
    async with demo((60, 1)) as stage:
        await stage.press("H", "a")
        await stage.pilot.pause()
        assert "amount" in stage.text()
        await stage.press("x", "enter")
        await stage.pilot.pause()
        assert "not a number" in stage.text()
        await stage.press("backspace", "2")
        await stage.pilot.pause()
        assert re.search(r"amount +2", stage.text())
        await stage.press("tab")
        await stage.pilot.pause()
        assert "price" in stage.text()


@pytest.mark.parametrize("width", [24, 30, 45, 60])
async def test_no_sum_of_the_holdings_is_cut(width: int) -> None:
    async with demo((width, 12)) as stage:
        await stage.press("H")
        assert "Holdings" in stage.text()
        assert not re.search(r"\d…|\$…", stage.text())
