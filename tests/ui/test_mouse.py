"""The mouse does everything that the keys do."""

import pytest
from textual import events

from cointicker.domain.categories import CATEGORIES
from fake_clock import START
from ui.browser import Browser
from ui.played import COUNT, entry, play, title
from ui.stage import Stage, demo


async def _wheel(stage: Stage, column: int, row: int, *, up: bool = False, times: int = 1) -> None:
    """Turn the wheel over a cell."""
    kind = events.MouseScrollUp if up else events.MouseScrollDown
    for _ in range(times):
        stage.app.screen._forward_event(
            kind(None, column, row, 0, 0, 0, False, False, False, screen_x=column, screen_y=row)
        )
    await stage.pilot.pause()


async def test_a_click_on_a_coin_of_the_bar_shows_its_headlines() -> None:
    async with play() as stage:
        await stage.click("ETH 2,933.23")
        assert stage.headlines.river.filter.coin == "ethereum"
        await stage.click("ETH 2,933.23", shift=6)
        assert stage.headlines.river.filter.coin == ""


async def test_a_click_beside_the_coins_of_the_bar_does_nothing() -> None:
    async with play() as stage:
        await stage.click_at(115, 0)
        assert not stage.headlines.river.filter.narrow


async def test_a_click_on_a_coin_of_the_table_shows_its_headlines_and_gives_its_chart_the_focus() -> None:
    async with play() as stage:
        await stage.click("RIP", nth=1)
        assert stage.headlines.river.filter.coin == "ripple"
        assert stage.focus == "chart"


async def test_a_click_on_the_name_of_a_list_shows_it() -> None:
    async with play() as stage:
        await stage.click("Mine")
        await stage.until(lambda: stage.main.snapshot.watchlist.name == "Mine")
        await stage.click("Majors")
        await stage.until(lambda: stage.main.snapshot.watchlist.name == "Majors")


async def test_a_click_on_a_category_shows_it() -> None:
    async with play() as stage:
        await stage.click("Ethereum 6", shift=9)
        assert stage.headlines.river.filter.category == "Ethereum"
        await stage.click("All 25")
        assert stage.headlines.river.filter.category == "All"


async def test_the_arrows_of_the_categories_turn_to_those_that_do_not_fit() -> None:
    async with play((60, 30)) as stage:
        while "›" in stage.text():
            before = stage.headlines.river.filter.category
            await stage.click("›")
            assert CATEGORIES.index(stage.headlines.river.filter.category) > CATEGORIES.index(before)
        assert CATEGORIES[-1] in stage.text()
        while "‹" in stage.text():
            await stage.click("‹")
        assert CATEGORIES[0] in stage.text()


async def test_a_click_takes_a_filter_away() -> None:
    async with play() as stage:
        await stage.press("/", *"ripple", "enter")
        await stage.click("/ripple* ✕")
        assert len(stage.titles) == COUNT + 1


@pytest.mark.parametrize("below", [0, 1])
async def test_a_click_on_either_row_of_a_headline_opens_it(below: int) -> None:
    async with play() as stage:
        column, row = stage.find(title(4))
        await stage.click_at(column, row + below)
        await stage.text_is_there()
        assert "of story 4." in stage.text()


async def test_a_click_below_the_last_headline_opens_nothing() -> None:
    async with play() as stage:
        await stage.press("/", *"01", "enter")
        await stage.click_at(80, 20)
        assert stage.headlines.display


async def test_a_click_on_a_link_of_an_article_opens_it(browser: Browser) -> None:
    async with play() as stage:
        await stage.open_current()
        await stage.click("the second")
        assert await browser.started() == ["https://second.example/"]


async def test_a_click_on_words_that_are_no_link_opens_nothing(browser: Browser) -> None:
    async with play() as stage:
        await stage.open_current()
        await stage.click("What happened")
        await stage.click("See")
        await stage.click(" and the")
        assert browser.starts == []


async def test_a_click_on_a_related_title_reads_it() -> None:
    async with play() as stage:
        await stage.press("j")
        await stage.open_current()
        await stage.press("G")
        column, row = stage.find("Related")
        await stage.click_at(column, row + 1)
        assert stage.article.reading is not None
        assert stage.article.reading.story.lead.title in {title(number) for number in range(6, COUNT, 4)}


async def test_a_click_on_the_heading_over_the_related_titles_reads_nothing() -> None:
    async with play() as stage:
        await stage.press("j")
        await stage.open_current()
        await stage.press("G")
        await stage.click("Related")
        assert stage.article.reading is not None
        assert stage.article.reading.story.lead.title == title(2)


async def test_a_click_on_the_blank_row_over_the_foot_reads_nothing_that_is_hidden_below_it() -> None:
    async with play() as stage:
        await stage.press("j")
        await stage.open_current()
        view = stage.article
        first_related = next(row for row, line in enumerate(view.lines) if line.text == "Related") + 1
        view.go_to(first_related - (view.size.height - view.foot))
        await stage.click_at(view.region.x + 6, view.region.bottom - view.foot)
        assert view.reading is not None
        assert view.reading.story.lead.title == title(2)


async def test_a_click_on_the_foot_goes_to_the_neighbours() -> None:
    async with play() as stage:
        await stage.press("j")
        await stage.open_current()
        await stage.click(title(3))
        assert stage.headlines.current == 2
        await stage.click(title(2))
        assert stage.headlines.current == 1
        await stage.click("%", shift=-1)
        assert stage.headlines.current == 1


async def test_a_click_on_what_waits_shows_it() -> None:
    async with play() as stage:
        await stage.press("j", "j")
        await stage.news(*(entry(100 + each, title=f"Fresh {each}", published=START) for each in range(3)))
        assert "3 new ↑" in stage.text()
        await stage.click("3 new ↑")
        assert stage.headlines.current == 0
        assert stage.titles[0].startswith("Fresh")
        assert "new ↑" not in stage.text()


async def test_a_click_on_a_hint_gives_its_command_and_beside_it_the_state_of_the_sources() -> None:
    async with play() as stage:
        await stage.click("? help")
        assert "Help" in stage.text()
        await stage.press("escape")
        await stage.click("/ search", shift=3)
        assert stage.focus == "search"
        await stage.press("escape")
        await stage.click("feeds 2/2")
        assert "Sources" in stage.text()


async def test_a_click_on_a_row_of_a_sheet_chooses_it(browser: Browser) -> None:
    async with play() as stage:
        await stage.open_current()
        await stage.press("u")
        await stage.click("second.example")
        assert await browser.started() == ["https://second.example/"]
        assert stage.app.screen is stage.main


async def test_a_click_on_a_row_that_only_informs_leaves_the_sheet_open() -> None:
    async with play() as stage:
        await stage.press("?")
        await stage.click("Move down")
        assert stage.app.screen is not stage.main


@pytest.mark.parametrize("where", ["outside", "title"])
async def test_a_click_beside_a_sheet_or_on_its_title_closes_it(where: str) -> None:
    async with play() as stage:
        await stage.press("e")
        if where == "outside":
            await stage.click_at(2, 2)
        else:
            await stage.click("Sources")
        assert stage.app.screen is stage.main
        assert not stage.headlines.river.filter.narrow


async def test_the_wheel_scrolls_the_headlines_and_the_current_one_comes_along() -> None:
    async with play() as stage:
        await _wheel(stage, 80, 15, times=2)
        assert stage.headlines.top == 6
        assert stage.titles[stage.headlines.current] in stage.text()
        await _wheel(stage, 80, 15, up=True, times=9)
        assert stage.headlines.top == 0


async def test_the_wheel_scrolls_an_article_whatever_has_the_focus() -> None:
    async with play() as stage:
        await stage.open_current()
        await stage.press("tab")
        await _wheel(stage, 80, 15, times=2)
        assert stage.article.top == 6
        await _wheel(stage, 80, 15, up=True, times=5)
        assert stage.article.top == 0


async def test_the_wheel_turns_the_pages_of_the_bar() -> None:
    async with demo((72, 20)) as stage:
        first = stage.rows()[0]
        assert "1/4" in first
        await _wheel(stage, 5, 0)
        assert "2/4" in stage.rows()[0]
        await _wheel(stage, 5, 0, up=True)
        assert stage.rows()[0] == first


async def test_the_wheel_scrolls_a_sheet() -> None:
    async with play((80, 14)) as stage:
        await stage.press("?")
        assert "Move down" in stage.text()
        await _wheel(stage, 40, 8, times=3)
        assert "Move down" not in stage.text()
        await _wheel(stage, 40, 8, up=True, times=3)
        assert "Move down" in stage.text()


async def test_the_wheel_over_the_watchlist_leaves_the_headlines_alone() -> None:
    async with play() as stage:
        await _wheel(stage, 10, 5, times=3)
        assert stage.headlines.top == 0
