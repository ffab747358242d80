"""What leaves the program from an article: Markdown, programs to share with, and how a feed is opened."""

from dataclasses import replace
from pathlib import Path

from cointicker.domain.news import Paragraph
from cointicker.sources.notices import Notices
from cointicker.ui.clipboard import MOST_BYTES
from ui.played import Play, address, played_settings, title
from ui.two_coins import page_of_two_coins, reading, said, span


async def test_markdown_of_the_link_and_asked_again_of_the_whole_article() -> None:
    async with reading() as stage:
        await stage.open_current()
        await stage.press("Y")
        assert stage.app.clipboard == f"[{title(1)}]({address(1)})"
        await stage.press("Y")
        assert stage.app.clipboard.startswith(f"# [{title(1)}]({address(1)})")
        assert "[the report](https://first.example/)" in stage.app.clipboard
        assert "copied the whole article" in said(stage)


async def test_what_no_terminal_takes_is_not_copied() -> None:
    async with reading() as stage:
        stage.outside.articles.pages[address(1)] = replace(
            page_of_two_coins(), blocks=(Paragraph((span("word " * (MOST_BYTES // 5)),)),)
        )
        await stage.open_current()
        await stage.press("Y", "Y")
        assert stage.app.clipboard == f"[{title(1)}]({address(1)})"
        assert "too long for the clipboard of a terminal" in said(stage)


def _sharing(stage: Play, folder: Path) -> Path:
    """A program that writes its arguments down, each on a line."""
    told = folder / "told"
    program = folder / "tell"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{told}.part" && mv "{told}.part" "{told}"\n')
    program.chmod(0o755)
    stage.engine._notifier = Notices()
    return told


async def test_the_only_program_is_handed_the_parts_of_the_story(tmp_path: Path) -> None:
    way = (str(tmp_path / "tell"), "--at={url}", "{source}: {title}", "{nothing}")
    async with reading(settings=played_settings(share={"Mail": way})) as stage:
        told = _sharing(stage, tmp_path)
        await stage.open_current()
        await stage.press("E")
        await stage.until(lambda: "shared with Mail" in said(stage))
        assert told.read_text().splitlines() == [f"--at={address(1)}", f"One: {title(1)}", "{nothing}"]


async def test_of_several_programs_one_is_picked_and_what_goes_wrong_is_said(tmp_path: Path) -> None:
    ways = {"Mail": (str(tmp_path / "tell"), "{markdown}"), "Nowhere": (str(tmp_path / "no-such-program"),)}
    async with reading(settings=played_settings(share=ways)) as stage:
        told = _sharing(stage, tmp_path)
        await stage.press("E")
        assert "Share with" in stage.text()
        await stage.press("j", "enter")
        await stage.until(lambda: "not shared with Nowhere: no-such-program cannot be started" in said(stage))
        await stage.press("E", "enter")
        await stage.until(told.exists)
        assert told.read_text() == f"[{title(1)}]({address(1)})\n"


async def test_without_a_program_to_share_with_the_way_to_one_is_said() -> None:
    async with reading() as stage:
        await stage.press("E")
        assert "[share]" in said(stage)


async def test_what_stands_there_is_kept_for_the_feed() -> None:
    async with reading() as stage:
        await stage.open_current()
        await stage.press("F")
        await stage.until(lambda: stage.engine.settings.news.feeds[0].full_articles is True)
        assert "One opens in full" in said(stage)
