"""Keys that come in one burst, as a script or a pasted line sends them, go where they would go one by one."""

from textual import events
from textual.widgets import Input

from ui.played import play
from ui.stage import Stage


async def _burst(stage: Stage, *keys: str) -> None:
    """Send keys without letting anything happen between them."""
    for key in keys:
        stage.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await stage.pilot.pause()


async def test_a_key_right_after_esc_is_for_the_screen_below_a_search() -> None:
    async with play() as stage:
        await stage.press("a", "b", "i")
        await _burst(stage, "escape", "j", "j")
        await stage.until(lambda: stage.app.screen is stage.main)
        await stage.until(lambda: stage.headlines.current == 2)


async def test_keys_right_after_the_search_of_headlines_was_left_are_for_the_headlines() -> None:
    async with play() as stage:
        await stage.press("slash")
        await _burst(stage, *"report", "escape", "j", "j")
        await stage.until(lambda: stage.headlines.current == 2)
        assert not stage.headlines.river.filter.query
        await _burst(stage, "slash", *"bitcoin", "enter", "G", "k")
        await stage.until(lambda: stage.headlines.current == stage.headlines.count - 2 > 0)
        assert stage.headlines.river.filter.query.text.removesuffix("*") == "bitcoin"


async def test_tab_in_a_form_is_for_the_keys_behind_it() -> None:
    async with play() as stage:
        await stage.press("exclamation_mark", "a", "enter")
        fields = list(stage.app.screen.query(Input).results())
        first = next(index for index, field in enumerate(fields) if field.has_focus)
        await _burst(stage, "x", "tab", "y", "shift+tab", "z", "escape", "escape")
        await stage.until(lambda: stage.app.screen is stage.main)
        assert fields[first].value.endswith("xz")
        assert fields[first + 1].value.endswith("y")
