"""Keys that move, and where the focus goes."""

import pytest

from ui.played import COUNT, play
from ui.stage import Stage


def _at(stage: Stage) -> int:
    return stage.headlines.current


@pytest.mark.parametrize(("down", "up"), [("j", "k"), ("down", "up")])
async def test_up_and_down_move_by_one_and_stop_at_the_top(down: str, up: str) -> None:
    async with play() as stage:
        await stage.press(down, down, down, up)
        assert _at(stage) == 2
        await stage.press(up, up, up)
        assert _at(stage) == 0


@pytest.mark.parametrize(("bottom", "top"), [("G", "g"), ("end", "home")])
async def test_to_the_bottom_and_to_the_top(bottom: str, top: str) -> None:
    async with play() as stage:
        await stage.press(bottom)
        assert _at(stage) == COUNT
        assert stage.titles[-1] in stage.text()
        await stage.press(bottom, "j")
        assert _at(stage) == COUNT
        await stage.press(top)
        assert _at(stage) == 0
        assert stage.titles[0] in stage.text()


@pytest.mark.parametrize(("down", "up"), [("pagedown", "pageup"), ("ctrl+d", "ctrl+u"), ("space", "pageup")])
async def test_a_page_moves_by_what_is_visible(down: str, up: str) -> None:
    async with play() as stage:
        await stage.press(down)
        assert _at(stage) == stage.headlines.page
        await stage.press(up)
        assert _at(stage) == 0


async def test_the_current_row_is_always_on_the_screen() -> None:
    async with play((80, 24)) as stage:
        for key, times in (("j", 13), ("j", 1), ("j", 5), ("k", 9), ("k", 9), ("pagedown", 1), ("G", 1), ("k", 3)):
            await stage.hold(key, times)
            assert stage.titles[_at(stage)] in stage.text()


async def test_a_key_held_down_ends_where_it_should_and_stays_there() -> None:
    async with play() as stage:
        await stage.hold("j", 200)
        assert _at(stage) == COUNT
        await stage.hold("k", 7)
        assert _at(stage) == COUNT - 7
        assert stage.titles[COUNT - 7] in stage.text()


async def test_tab_goes_round_the_panes_and_shift_tab_goes_back() -> None:
    async with play() as stage:
        assert stage.focus == "headlines"
        for key, wanted in (("tab", "watchlist"), ("tab", "headlines"), ("shift+tab", "watchlist")):
            await stage.press(key)
            assert stage.focus == wanted


async def test_tab_has_nowhere_to_go_where_one_pane_is_shown() -> None:
    async with play((90, 24)) as stage:
        await stage.open_current()
        await stage.press("tab")
        assert stage.focus == "article"


async def test_moving_in_the_watchlist_leaves_the_headlines_where_they_are() -> None:
    async with play() as stage:
        await stage.press("j", "tab", "j", "j")
        assert stage.watchlist.coin == "ripple"
        assert _at(stage) == 1
        await stage.press("j")
        assert stage.watchlist.coin == "ripple"


async def test_the_next_watchlist_comes_with_w_and_after_the_last_the_first() -> None:
    async with play() as stage:
        await stage.press("w")
        await stage.shown()
        assert "KAS" in stage.rows()[0]
        await stage.press("w")
        await stage.shown()
        assert "ETH" in stage.rows()[0]


async def test_q_leaves_from_the_list_and_only_goes_back_from_an_article() -> None:
    async with play() as stage:
        await stage.open_current()
        await stage.press("q")
        assert not stage.article.display
        assert not stage.app._exit
        await stage.press("q")
        assert stage.app._exit
        assert stage.app.return_code == 0


async def test_ctrl_c_ends_as_a_program_does_that_was_interrupted() -> None:
    async with play() as stage:
        await stage.press("ctrl+c")
        assert stage.app.return_code == 130


async def test_escape_on_the_list_without_a_filter_does_nothing() -> None:
    async with play() as stage:
        await stage.press("j", "escape", "h", "left")
        assert stage.focus == "headlines"
        assert _at(stage) == 1


async def test_escape_on_the_watchlist_goes_to_the_headlines() -> None:
    async with play() as stage:
        await stage.press("tab", "escape")
        assert stage.focus == "headlines"


async def test_a_key_that_means_nothing_does_nothing() -> None:
    async with play() as stage:
        before = stage.text()
        await stage.press("Q", "7", "f12", "ctrl+o", "backslash")
        assert stage.text() == before
