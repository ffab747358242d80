"""Resizing while the program runs, and themes that change while it runs."""

import re

import pytest

from cointicker.text.cells import cell_width
from cointicker.ui.quotes import look_of
from ui.played import play, title
from ui.stage import Stage, demo, themes

SIZES = [(120, 36), (100, 28), (99, 28), (80, 24), (60, 20), (59, 20), (45, 30), (30, 10), (100, 6), (100, 2), (100, 1),
         (20, 5), (12, 8), (8, 3), (200, 60)]  # fmt: skip


async def _resize(stage: Stage, size: tuple[int, int]) -> None:
    """Give the terminal another size, and let the screen follow."""
    await stage.pilot.resize_terminal(*size)
    await stage.until(lambda: len(stage.rows()) == size[1] and cell_width(stage.rows()[0]) == size[0])


def _prices(stage: Stage) -> set[str]:
    """The prices of the watchlist as they are written."""
    state = stage.main.snapshot
    return {look_of(coin, state, stage.clock()).price for coin in state.watchlist.coins}


async def test_every_size_fills_its_rows_and_cuts_no_number() -> None:
    async with demo((120, 36)) as stage:
        for size in SIZES:
            await _resize(stage, size)
            rows = stage.rows()
            assert len(rows) == size[1]
            assert {cell_width(row) for row in rows} == {size[0]}, size
            whole = {f"{stage.main.snapshot.quotes[coin].price:.4f}" for coin in ("tether", "usd-coin")} | _prices(
                stage
            )
            left = size[0] if size[0] < 100 else 46
            for row in rows if not stage.main.headlines.display else rows[:1]:
                numbers = re.findall(r"(?<![▲▼\d.,+-])[\d,]+\.\d{2,}(?![\d%])", row[:left])
                assert set(numbers) <= whole, (size, row)


async def test_the_selection_stays_in_sight_through_every_size() -> None:
    async with play() as stage:
        await stage.hold("j", 17)
        for size in SIZES:
            await _resize(stage, size)
            assert stage.headlines.current == 17
            if size[1] > 2 and size[0] > 24:
                assert title(18) in stage.text(), size


async def test_the_place_in_an_article_stays_through_every_size() -> None:
    async with play() as stage:
        await stage.open_current()
        await stage.press("pagedown", "pagedown")
        for size in SIZES[:9]:
            await _resize(stage, size)
            numbers = [int(each) for each in re.findall(r"Paragraph (\d+) of", stage.text())]
            assert numbers, size
            assert numbers[0] <= 40, size
            assert numbers[-1] >= 15, size


async def test_what_has_the_focus_is_always_on_the_screen() -> None:
    async with play() as stage:
        await stage.press("tab")
        for size in ((100, 5), (120, 36), (45, 30), (100, 1), (80, 24)):
            await _resize(stage, size)
            if size[1] > 1:
                assert stage.app.focused is not None
                assert stage.app.focused.region.height > 0
        await stage.press("g", "enter")
        assert stage.article.display or stage.headlines.river.filter.narrow


async def test_keys_work_again_after_the_terminal_was_one_row_high() -> None:
    async with play() as stage:
        await _resize(stage, (100, 1))
        await stage.press("j", "j")
        await _resize(stage, (100, 30))
        await stage.press("g", "j", "enter")
        await stage.text_is_there()
        assert "of story 2." in stage.text()


async def test_an_article_that_is_open_survives_one_row() -> None:
    async with play() as stage:
        await stage.open_current()
        for size in ((100, 1), (100, 5), (100, 30)):
            await _resize(stage, size)
        assert "of story 1." in stage.text()
        await stage.press("escape")
        assert stage.focus == "headlines"


async def test_zen_survives_resizing() -> None:
    async with play() as stage:
        await stage.open_current()
        await stage.press("z")
        await _resize(stage, (50, 20))
        assert stage.article.size == stage.app.size
        await stage.press("z")
        assert stage.main.status.display


async def test_a_search_that_is_open_survives_resizing() -> None:
    async with play() as stage:
        await stage.press("/", *"rip")
        await _resize(stage, (70, 20))
        assert stage.main.search.display
        assert not stage.main.status.display
        await stage.press(*"ple", "enter")
        assert stage.main.status.display
        assert stage.headlines.river.filter.query.text == "ripple*"


def _colours(stage: Stage) -> set[str]:
    return {
        colour.name
        for strip in stage.app.screen._compositor.render_strips()
        for _, style, _ in strip
        if style is not None
        for colour in (style.color, style.bgcolor)
        if colour is not None
    }


@pytest.mark.parametrize("place", ["list", "article", "search"])
async def test_the_next_theme_colours_everything_anew(place: str) -> None:
    async with play() as stage:
        if place == "article":
            await stage.open_current()
        names = list(themes())
        start = names.index("midnight")
        for step in range(1, len(names) + 1):
            await stage.press("t")
            if place == "search":
                await stage.press("/", "escape")
            theme = themes()[names[(start + step) % len(names)]]
            others = {
                value
                for other in themes().values()
                for value in (other.background, other.bar, other.text, other.label)
                if other is not theme
            }
            own = {getattr(theme, ink) for ink in ("background", "bar", "text", "label", "secondary", "accent")}
            assert not _colours(stage) & (others - own - {theme.rule, theme.selection, theme.chart, theme.unread})
            assert {theme.background, theme.bar, theme.text} <= _colours(stage)
            assert f"theme {theme.name}" in stage.rows()[-1] or place == "search"


async def test_a_sheet_that_is_opened_after_the_theme_changed_has_its_colours() -> None:
    async with play() as stage:
        await stage.press("t", "?")
        theme = stage.app.kit.inks.theme
        assert theme.name != "midnight"
        assert theme.bar in _colours(stage)
        assert themes()["midnight"].bar not in _colours(stage)
