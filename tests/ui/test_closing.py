"""What closes once stays closed, however fast a person is."""

import pytest

from ui.played import play
from ui.stage import Stage


def _stack(stage: Stage) -> list[str]:
    return [type(screen).__name__ for screen in stage.app.screen_stack]


@pytest.mark.parametrize("opens", ["?", "e", "c", "a", "C", "S", "W", "M", "H", "!"])
async def test_a_key_held_down_closes_what_lies_over_the_screen_and_no_more(opens: str) -> None:
    async with play() as stage:
        await stage.press("tab", opens)
        await stage.until(lambda: len(_stack(stage)) == 2)
        await stage.hold("escape", 5)
        await stage.until(lambda: _stack(stage) == ["MainScreen"])
        assert stage.app.is_running


async def test_a_sheet_closed_twice_leaves_the_screen_below_it() -> None:
    async with play() as stage:
        await stage.press("H")
        await stage.until(lambda: _stack(stage) == ["MainScreen", "HoldingsScreen"])
        await stage.press("?")
        await stage.until(lambda: _stack(stage) == ["MainScreen", "HoldingsScreen", "Sheet"])
        sheet = stage.app.screen
        sheet.dismiss(None)
        sheet.dismiss(None)
        await stage.pilot.pause()
        assert _stack(stage) == ["MainScreen", "HoldingsScreen"]


@pytest.mark.parametrize(("where", "opens"), [("#mining", "MiningScreen"), ("#status", "SourcesSheet")])
async def test_a_double_click_opens_one_and_not_two(where: str, opens: str) -> None:
    async with play() as stage:
        await stage.pilot.click(where, offset=(4, 0), times=2)
        await stage.until(lambda: len(_stack(stage)) > 1)
        assert _stack(stage) == ["MainScreen", opens]
