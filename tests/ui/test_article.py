"""In an article: coins that stay live, links by number, letter and pointer, words found, a width that is kept."""

import asyncio

import pytest

from cointicker.domain.news import Paragraph
from cointicker.engine.ports import Page
from cointicker.text.cells import cell_width
from cointicker.ui.article_page import join_parts
from fake_clock import Clock
from ui.browser import Browser
from ui.played import address, outside, play, played_settings
from ui.stage import Stage, load_all, make_app, make_engine
from ui.two_coins import LINES, page_of_two_coins, reading, said, span, world_of_two_coins


def _chips(stage: Stage) -> list[str]:
    """What stands in the chips of the text on the screen."""
    left = stage.article.region.x + stage.article._margin
    top = stage.article.region.y - stage.article.top
    rows = stage.rows()
    return [
        rows[top + row][left + spot.start : left + spot.end].strip()
        for row, line in enumerate(stage.article.lines)
        for spot in line.spots
        if spot.chip
    ]


# Coins


async def test_the_first_mention_of_a_coin_carries_its_price_and_its_move_since() -> None:
    async with reading() as stage:
        await stage.reprice(ethereum=2_962.5623)
        await stage.open_current()
        bitcoin, ethereum = _chips(stage)
        assert bitcoin.startswith("BIT 88,349.00")
        assert ethereum == "ETH 2,962.56 ▲1.00%"


async def test_a_chip_follows_its_price_and_no_other_row_is_drawn() -> None:
    async with reading() as stage:
        await stage.reprice(ethereum=2_950.0)
        await stage.open_current()
        await stage.press("j", "j")
        view, before = stage.article, stage.rows()
        top, lines = view.top, view.lines
        await stage.reprice(ethereum=2_951.0)
        assert _chips(stage)[1].startswith("ETH 2,951.00")
        assert [line.spots for line in view.lines[view._body_at :]] == [line.spots for line in lines[view._body_at :]]
        assert view.top == top
        changed = {row for row, (old, new) in enumerate(zip(before, stage.rows(), strict=True)) if old[50:] != new[50:]}
        assert len(changed) <= 3  # by-line with its age, coins of the head, the chip


async def test_a_chip_that_needs_more_room_moves_the_text_but_not_the_reader() -> None:
    async with reading((60, 20)) as stage:
        await stage.open_current()
        await stage.press("pagedown")
        before = stage.rows()[3:-3]
        for _ in range(2):  # so large a step is believed the second time
            await stage.reprice(bitcoin=88_349_000_000.0, ethereum=2_933_230_000_000.0)
        assert stage.rows()[3:-3] == before
        await stage.press("g")
        assert _chips(stage)[0].startswith("BIT 88,349,000,000")


async def test_a_coin_without_a_price_stands_in_the_head_and_its_price_moves_no_row() -> None:
    clock = Clock()
    world = outside(clock)
    world.articles.pages[address(4)] = Page((Paragraph((span("Monero rose again."),)), *page_of_two_coins().blocks[2:]))
    world.market.prices["monero"] = 150.0
    async with play(world=world, clock=clock) as stage:
        await stage.press("j", "j", "j")
        await stage.open_current()
        assert "XMR —" in stage.text()
        row = next(index for index, text in enumerate(stage.rows()) if "Monero rose" in text)
        await stage.reprice(bitcoin=89_000.0)
        assert "150.00" in stage.text()
        assert "Monero rose" in stage.rows()[row]


async def test_a_coin_opens_and_the_article_comes_back_at_the_same_line() -> None:
    async with reading() as stage:
        await stage.open_current()
        await stage.press("j", "j", "z")
        rows = stage.rows()
        await stage.press("full_stop", "full_stop", "enter")
        await stage.until(lambda: stage.main.coin_open)
        assert stage.main.coin_id in {"bitcoin", "ethereum"}
        await stage.press("escape")
        assert stage.focus == "article"
        assert stage.rows() == rows
        await stage.press("z", "escape")
        assert stage.focus == "headlines"
        assert stage.main.coin_id == ""


async def test_a_click_on_a_chip_opens_its_coin() -> None:
    async with reading() as stage:
        await stage.open_current()
        await stage.click("ETH", nth=-1 + stage.text().count("ETH"))
        await stage.until(lambda: stage.main.coin_open)
        assert stage.main.coin_id == "ethereum"


async def test_from_another_coin_nobody_is_sent_back_to_the_article() -> None:
    async with reading() as stage:
        await stage.open_current()
        await stage.click("ETH", nth=-1 + stage.text().count("ETH"))
        await stage.until(lambda: stage.main.coin_open)
        await stage.press("n", "escape")
        assert stage.main.coin_id == ""
        assert not stage.article.display


# Numbers, letters and pointing


@pytest.mark.parametrize("key", ["o", "enter"])
async def test_a_number_opens_or_copies_the_link_that_has_it(browser: Browser, key: str) -> None:
    async with reading() as stage:
        await stage.open_current()
        await stage.press("2", "y")
        assert stage.app.clipboard == "https://second.example/"
        await stage.press("1", key)
        assert await browser.started() == ["https://first.example/"]


async def test_a_number_shows_and_is_dropped_before_the_article_is(browser: Browser) -> None:
    async with reading() as stage:
        await stage.open_current()
        await stage.press("1", "2")
        assert "12   Enter opens" in stage.text()
        await stage.press("escape")
        assert "Enter opens" not in stage.text()
        assert stage.focus == "article"
        await stage.press("9", "o")
        assert "there is no link 9 in this article" in said(stage)


async def test_a_number_can_be_mended_and_goes_before_the_words_that_were_found(browser: Browser) -> None:
    async with reading() as stage:
        await stage.open_current()
        await stage.press("slash", *"hashrate", "enter", "2", "2", "backspace", "enter")
        assert await browser.started() == ["https://second.example/"]
        assert f"1/{LINES}" in stage.text()


@pytest.mark.parametrize(("key", "shown"), [("slash", "/"), ("semicolon", "a letter opens")])
async def test_a_number_makes_way_for_what_is_begun_after_it(key: str, shown: str) -> None:
    async with reading() as stage:
        await stage.open_current()
        await stage.press("2", key)
        assert shown in stage.text()
        await stage.press("escape")
        assert "Enter opens" not in stage.text()
        assert stage.focus == "article"


async def test_letters_open_and_upper_case_copies(browser: Browser) -> None:
    async with reading() as stage:
        await stage.open_current()
        stops = [stop.target for stop in stage.article._stops]
        first, second = stops.index(1), stops.index(2)
        await stage.press("semicolon", "asdfghjkl"[second].upper())
        assert stage.app.clipboard == "https://second.example/"
        await stage.press("semicolon", "asdfghjkl"[first])
        assert await browser.started() == ["https://first.example/"]


async def test_a_slip_among_the_letters_does_nothing_else() -> None:
    async with reading() as stage:
        await stage.open_current()
        before = stage.text()
        await stage.press("semicolon", "z")
        assert stage.text() == before


async def test_the_pointer_goes_on_below_and_stays_in_sight() -> None:
    async with reading((60, 12)) as stage:
        await stage.open_current()
        view = stage.article
        for _ in range(len(view._stops)):
            await stage.press("full_stop")
            assert view._chosen is not None
            stop = view._stops[view._chosen]
            assert view.top <= stop.row < view.top + view.body
        assert view._chosen == len(view._stops) - 1
        await stage.press("comma")
        assert view._chosen == len(view._stops) - 2
        await stage.press("escape")
        assert view._chosen is None
        assert stage.focus == "article"


async def test_letters_and_pointer_outlast_a_change_of_prices() -> None:
    async with reading() as stage:
        await stage.open_current()
        await stage.press("full_stop", "semicolon")
        chosen, hints = stage.article._chosen, dict(stage.article._hints)
        for _ in range(2):
            await stage.reprice(bitcoin=88_349_000.0, ethereum=2_933_230.0)
        assert _chips(stage)[0].startswith("BIT 88,349,000")
        assert stage.article._chosen == chosen
        assert stage.article._hints == hints
        assert "a letter opens" in stage.text()


# Finding


async def test_words_are_found_as_one_types_and_gone_through() -> None:
    async with reading() as stage:
        await stage.open_current()
        await stage.press("slash", *"hashrate")
        assert f"/hashrate    1/{LINES}" in stage.text().replace("█", " ")
        await stage.press("enter", "n", "n", "N")
        assert f"2/{LINES}" in stage.text()
        await stage.press("p")
        assert f"1/{LINES}" in stage.text()
        await stage.press("N")
        assert f"{LINES}/{LINES}" in stage.text()
        assert f"Paragraph {LINES - 1} of hashrate." in stage.text()


async def test_esc_ends_the_search_where_it_is_and_then_the_article() -> None:
    async with reading() as stage:
        await stage.open_current()
        await stage.press("slash", *"graph 30", "enter", "escape")
        top = stage.article.top
        assert "Paragraph 30 of" in stage.text()
        assert stage.article.finder.hits == ()
        await stage.press("n", "p")
        await stage.text_is_there()
        assert stage.article.top == top
        await stage.press("escape")
        assert stage.focus == "headlines"


async def test_while_words_are_typed_no_letter_is_a_command() -> None:
    async with reading() as stage:
        await stage.open_current()
        await stage.press("slash", *"qz1;")
        assert stage.article.finder.query == "qz1;"
        assert "not in this article" in stage.text()
        await stage.press("enter", "escape")
        assert stage.focus == "article"


# Width and place


async def test_the_width_is_written_down_once_when_the_article_is_left() -> None:
    async with reading((160, 30)) as stage:
        await stage.open_current()
        wide = stage.article.measure
        await stage.hold("plus", 3)
        assert stage.engine.settings.ui.reading_width == wide
        await stage.press("escape")
        await stage.until(lambda: stage.engine.settings.ui.reading_width == wide + 12)
        await stage.press("ctrl+z")
        await stage.until(lambda: stage.engine.settings.ui.reading_width == wide)
        assert stage.article.measure == wide


async def test_the_place_is_kept_though_the_program_ends_over_the_article() -> None:
    clock = Clock()
    engine = make_engine(played_settings(), clock, world_of_two_coins(clock).make)
    await load_all(engine)
    app = make_app(engine)
    try:
        async with app.run_test(size=(120, 36)) as pilot:
            stage = Stage(app, engine, clock, pilot)
            await stage.shown()
            await stage.open_current()
            await stage.press("pagedown", "ctrl+c")
        async with asyncio.timeout(10):
            while await engine.place("story0001") is None:
                pass
        assert (await engine.place("story0001") or 0) > 100
    finally:
        await engine.close()


async def test_lines_stand_apart_and_the_place_stays() -> None:
    async with reading() as stage:
        await stage.open_current()
        await stage.press("slash", *"graph 20", "escape")
        place = stage.article.text_place
        await stage.press("L")
        rows = [row for row in stage.rows() if "of hashrate" in row]
        assert stage.article.text_place == pytest.approx(place, abs=1)
        await stage.press("escape")
        await stage.until(lambda: stage.engine.settings.ui.line_spacing == 2)
        assert len(rows) < 11


async def test_an_article_that_was_left_at_its_top_opens_at_its_top_under_a_longer_head() -> None:
    async with reading((60, 30)) as stage:
        await stage.open_current()
        head = stage.article._body_at
        await stage.press("escape")
        await stage.pilot.resize_terminal(45, 30)
        await stage.open_current()
        assert stage.article._body_at > head
        assert stage.article.top == 0


@pytest.mark.parametrize("width", [120, 60, 45])
async def test_no_part_of_the_byline_is_broken(width: int) -> None:
    async with reading((width, 30)) as stage:
        await stage.open_current()
        assert "1 min read" in stage.text()


def test_parts_that_fit_are_never_broken() -> None:
    parts = ["One", "News Desk", "14 Jan 2026 21:18 (12m ago)", "1 min read"]
    for width in range(8, 70):
        lines = join_parts(parts, width)
        assert all(cell_width(line) <= width for line in lines)
        assert all(any(part in line for line in lines) for part in parts if cell_width(part) <= width)
