"""Stars, read and unread, undo, links to the browser and to the clipboard."""

from dataclasses import replace

import pytest

from cointicker.engine.state import Snapshot
from ui.browser import Browser
from ui.played import COUNT, address, entry, play, title
from ui.stage import Stage


def _row(stage: Stage, wanted: str) -> str:
    return next(row for row in stage.rows() if wanted in row)


def _stories(stage: Stage) -> Snapshot:
    return stage.main.snapshot


async def test_a_star_comes_and_goes() -> None:
    async with play() as stage:
        await stage.press("s")
        await stage.until(lambda: "★" in _row(stage, title(1)))
        await stage.press("s")
        await stage.until(lambda: "★" not in _row(stage, title(1)))


async def test_read_and_unread() -> None:
    async with play() as stage:
        assert "●" in _row(stage, title(1))
        await stage.press("m")
        await stage.until(lambda: "●" not in _row(stage, title(1)))
        await stage.press("m")
        await stage.until(lambda: "●" in _row(stage, title(1)))


async def test_a_mark_in_an_open_article_is_that_of_its_story() -> None:
    async with play() as stage:
        await stage.press("j")
        await stage.open_current()
        await stage.until(lambda: _stories(stage).stories[1].read)
        await stage.press("s", "m")
        await stage.until(lambda: _stories(stage).stories[1].lead.starred and not _stories(stage).stories[1].read)
        await stage.press("m", "s")
        await stage.until(lambda: not _stories(stage).stories[1].lead.starred and _stories(stage).stories[1].read)


async def test_all_are_marked_as_read_and_one_undo_takes_that_back() -> None:
    async with play() as stage:
        await stage.press("j", "m")
        await stage.until(lambda: _stories(stage).stories[1].read)
        await stage.press("A")
        await stage.until(lambda: all(story.read for story in _stories(stage).stories))
        assert f"{COUNT} marked as read, Ctrl+Z takes it back" in stage.rows()[-1]
        await stage.press("ctrl+z")
        await stage.until(lambda: sum(story.read for story in _stories(stage).stories) == 1)
        assert _stories(stage).stories[1].read


async def test_mark_all_means_those_that_the_list_shows() -> None:
    async with play() as stage:
        await stage.press("/", *"ripple", "enter", "A")
        await stage.until(lambda: sum(story.read for story in _stories(stage).stories) == COUNT // 4)


async def test_nothing_to_mark_is_said() -> None:
    async with play() as stage:
        await stage.press("A")
        await stage.until(lambda: all(story.read for story in _stories(stage).stories))
        await stage.press("A")
        assert "all of these are read" in stage.rows()[-1]


async def test_undo_goes_back_step_by_step_and_then_says_that_there_is_no_more() -> None:
    async with play() as stage:
        await stage.press("s", "j", "m")
        await stage.until(lambda: _stories(stage).stories[1].read)
        await stage.press("ctrl+z")
        await stage.until(lambda: not _stories(stage).stories[1].read)
        assert _stories(stage).stories[0].lead.starred
        await stage.press("ctrl+z")
        await stage.until(lambda: not _stories(stage).stories[0].lead.starred)
        await stage.press("ctrl+z")
        await stage.until(lambda: "nothing to undo" in stage.rows()[-1])


@pytest.mark.parametrize("opened", [False, True])
async def test_o_starts_the_browser_with_the_address_and_nothing_else(browser: Browser, opened: bool) -> None:
    async with play() as stage:
        if opened:
            await stage.open_current()
        await stage.press("o")
        assert await browser.started() == [address(1)]
        assert f"opened {address(1)}" in stage.rows()[-1]


async def test_without_a_browser_the_address_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    async with play() as stage:
        await stage.press("o")
        assert stage.app.clipboard == address(1)
        assert f"no browser here; copied {address(1)}" in stage.rows()[-1]


@pytest.mark.parametrize("opened", [False, True])
async def test_y_copies_the_address(opened: bool) -> None:
    async with play() as stage:
        await stage.press("j")
        if opened:
            await stage.open_current()
        await stage.press("y")
        assert stage.app.clipboard == address(2)
        assert f"copied {address(2)}" in stage.rows()[-1]


async def test_a_headline_without_an_address_opens_nothing(browser: Browser) -> None:
    async with play() as stage:
        await stage.news(replace(entry(101, title="No link at all"), url="", published=stage.clock()))
        await stage.press("g", "o")
        assert "the feed gives no link that can be opened" in stage.rows()[-1]
        await stage.press("y")
        assert stage.app.clipboard == ""
        assert browser.starts == []
