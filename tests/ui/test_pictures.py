"""Pictures in an article: shown when asked for, in their place, without moving what is read."""

import asyncio
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest
from pytest_textual_snapshot import SVGImageExtension
from syrupy.assertion import SnapshotAssertion

from cointicker.config.settings import UiSettings
from cointicker.domain.freshness import Failed
from cointicker.domain.news import Block, Image, Paragraph, Span
from cointicker.domain.pictures import Way
from cointicker.domain.words import SafeText
from cointicker.engine.ports import Page
from engine.outside import Outside
from fake_clock import Clock
from ui.played import Play, address, outside, page, play, played_settings

FIRST, LAST = "https://img.example/first.png", "https://other.example/last.png"
BLOCK = "▀"


@pytest.fixture(autouse=True)
def _colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)


def _paragraphs(count: int) -> list[Paragraph]:
    return [Paragraph((Span(SafeText(f"Paragraph {each} of hashrate.")),)) for each in range(count)]


def _world(clock: Clock) -> Outside:
    """A picture near the top, one far below."""
    world = outside(clock)
    blocks: tuple[Block, ...] = (
        *_paragraphs(3),
        Image(SafeText("A hall that nobody built"), FIRST),
        *_paragraphs(60),
        Image(SafeText("The same by night"), LAST),
    )
    world.articles.pages[address(1)] = Page(blocks, words=230)
    world.pictures.files = {FIRST: b"file", LAST: b"file"}
    return world


def _reading(
    size: tuple[int, int] = (120, 36), *, world: Outside | None = None, images: str = "ask"
) -> AbstractAsyncContextManager[Play]:
    clock = Clock()
    settings = replace(played_settings(), ui=UiSettings(page_seconds=3600, images=images))
    return play(size, world=world or _world(clock), clock=clock, settings=settings)


def _rows_of(stage: Play, url: str) -> list[int]:
    return [row for row, line in enumerate(stage.article.lines) if line.picture == url]


def _drawn(stage: Play, url: str) -> bool:
    return any(BLOCK in stage.article.lines[row].text for row in _rows_of(stage, url))


def _read(stage: Play) -> list[tuple[int, str]]:
    """The paragraphs on the screen, and the row of each."""
    return [(y, row[row.index("Paragraph") :]) for y, row in enumerate(stage.rows()) if "Paragraph" in row]


async def _until_drawn(stage: Play, url: str = FIRST) -> None:
    await stage.until(lambda: _drawn(stage, url))


async def test_captions_alone_are_shown_until_a_key_asks_for_pictures() -> None:
    async with _reading() as stage:
        await stage.open_current()
        assert "▣ A hall that nobody built" in stage.text()
        assert stage.outside.pictures.fetched == []
        await stage.press("i")
        await _until_drawn(stage)
        rows = stage.rows()
        caption = next(y for y, row in enumerate(rows) if "▣ A hall that nobody built" in row)
        assert all(BLOCK * 20 in row for row in rows[caption - 6 : caption])
        await stage.press("i")
        assert BLOCK not in stage.text()
        assert "▣ A hall that nobody built" in stage.text()


async def test_cells_have_the_colours_of_the_picture() -> None:
    async with _reading() as stage:
        await stage.open_current()
        await stage.press("i")
        await _until_drawn(stage)
        line = stage.article.lines[_rows_of(stage, FIRST)[2]]
        (style,) = {style for text, style in line.pieces if BLOCK in text}
        assert style.color is not None
        assert style.bgcolor is not None
        assert style.color.get_truecolor() == style.bgcolor.get_truecolor() == (80, 100, 175)


async def test_half_blocks_look_as_they_did(snapshot: SnapshotAssertion) -> None:
    async with _reading((90, 30)) as stage:
        await stage.open_current()
        await stage.press("z", "i")
        await _until_drawn(stage)
        await stage.press("j", "j")
        assert snapshot.use_extension(SVGImageExtension) == stage.app.export_screenshot(simplify=True)


async def test_only_what_comes_into_view_is_fetched() -> None:
    async with _reading() as stage:
        await stage.open_current()
        await stage.press("i")
        await _until_drawn(stage)
        assert stage.outside.pictures.fetched == [FIRST]
        await stage.press("G")
        await _until_drawn(stage, LAST)
        assert stage.outside.pictures.fetched == [FIRST, LAST]


async def test_the_line_that_is_read_stays_where_it_is_when_a_picture_above_it_comes() -> None:
    async with _reading() as stage:
        stage.outside.pictures.gate = asyncio.Event()
        await stage.open_current()
        await stage.press("i")
        await stage.until(lambda: "loading …" in stage.text())
        await stage.press(*["j"] * 16)
        read = _read(stage)
        assert len(read) > 10
        stage.outside.pictures.gate.set()
        await _until_drawn(stage)
        assert _read(stage) == read
        await stage.press("i")
        assert _read(stage) == read


async def test_a_picture_that_comes_at_the_edge_pushes_no_words_down() -> None:
    async with _reading() as stage:
        stage.outside.pictures.gate = asyncio.Event()
        await stage.open_current()
        await stage.press("i")
        await stage.until(lambda: "loading …" in stage.text())
        stage.article.go_to(_rows_of(stage, FIRST)[0])
        await stage.pilot.pause()
        read = _read(stage)
        assert "loading" in stage.rows()[stage.article.region.y]
        stage.outside.pictures.gate.set()
        await _until_drawn(stage)
        assert _read(stage) == read


async def test_of_many_pictures_few_are_fetched_at_once_the_first_ones_first() -> None:
    clock = Clock()
    world = _world(clock)
    urls = [f"https://host{each}.example/picture.png" for each in range(9)]
    world.articles.pages[address(1)] = Page(tuple(Image(SafeText(f"Picture {url[12]}"), url) for url in urls))
    world.pictures.files = dict.fromkeys(urls, b"file")
    world.pictures.gate = asyncio.Event()
    async with _reading(world=world) as stage:
        await stage.open_current()
        await stage.press("i")
        await stage.until(lambda: bool(world.pictures.fetched))
        assert world.pictures.fetched == urls[:2]
        world.pictures.gate.set()
        await _until_drawn(stage, urls[5])
        assert world.pictures.fetched == urls[: len(world.pictures.fetched)]
        assert len(world.pictures.fetched) < len(urls)


async def test_why_there_is_none_stands_in_its_place() -> None:
    async with _reading() as stage:
        stage.outside.pictures.files[FIRST] = Failed("img.example has no picture at this address")
        await stage.open_current()
        await stage.press("i")
        await stage.until(lambda: "img.example has no picture at this address" in stage.text())
        assert "▣ A hall that nobody built" in stage.text()


async def test_a_failure_is_not_asked_again_by_a_resize() -> None:
    async with _reading() as stage:
        stage.outside.pictures.files.clear()
        await stage.open_current()
        await stage.press("i")
        await stage.until(lambda: "no network" in stage.text())
        await stage.pilot.resize_terminal(100, 30)
        await stage.pilot.pause()
        assert "no network" in stage.text()
        assert stage.outside.pictures.fetched == [FIRST]


async def test_offline_it_is_said_that_nothing_is_fetched() -> None:
    clock = Clock()
    world = _world(clock)
    async with _reading(world=world) as stage:
        await stage.open_current()
        stage.engine.board.publish(offline=True, why_offline="--offline fetches nothing")
        await stage.press("i")
        await stage.until(lambda: "It was not fetched: --offline fetches nothing" in stage.text())
        assert world.pictures.fetched == []


async def test_another_size_of_the_pane_draws_it_anew_in_the_room_that_was_kept() -> None:
    async with _reading() as stage:
        await stage.open_current()
        await stage.press("i")
        await _until_drawn(stage)
        await stage.pilot.resize_terminal(100, 30)
        await stage.until(lambda: len(stage.outside.pictures.drawn) == 2)
        await _until_drawn(stage)
        (_, before), (_, after) = stage.outside.pictures.drawn
        assert (after.columns, after.rows) < (before.columns, before.rows)
        assert stage.outside.pictures.fetched == [FIRST]


async def test_another_theme_gives_it_another_ground() -> None:
    async with _reading() as stage:
        await stage.open_current()
        await stage.press("i")
        await _until_drawn(stage)
        stage.app.use("daylight")
        await stage.until(lambda: len(stage.outside.pictures.drawn) == 2)
        grounds = [room.ground for _, room in stage.outside.pictures.drawn]
        assert grounds[0] == (0x0F, 0x12, 0x18)
        assert min(grounds[1]) > 200


async def test_the_next_article_begins_without_pictures() -> None:
    async with _reading() as stage:
        stage.outside.articles.pages[address(2)] = stage.outside.articles.pages[address(1)]
        await stage.open_current()
        await stage.press("i")
        await _until_drawn(stage)
        await stage.press("n")
        await stage.text_is_there()
        assert "▣ A hall that nobody built" in stage.text()
        assert BLOCK not in stage.text()


async def test_a_picture_that_comes_after_its_article_was_left_is_not_waited_for() -> None:
    async with _reading() as stage:
        stage.outside.pictures.gate = asyncio.Event()
        await stage.open_current()
        await stage.press("i")
        await stage.until(lambda: stage.outside.pictures.fetched == [FIRST])
        await stage.press("q")
        stage.outside.pictures.gate.set()
        await stage.press("j", "k")
        assert stage.outside.pictures.drawn == []
        assert stage.focus == "headlines"


async def test_they_can_always_be_shown() -> None:
    async with _reading(images="on") as stage:
        await stage.open_current()
        await _until_drawn(stage)


async def test_they_can_be_forbidden() -> None:
    async with _reading(images="off") as stage:
        await stage.open_current()
        await stage.press("i")
        assert "pictures are off" in stage.rows()[-1]
        assert stage.outside.pictures.fetched == []


async def test_they_go_when_the_configuration_forbids_them() -> None:
    async with _reading() as stage:
        await stage.open_current()
        await stage.press("i")
        await _until_drawn(stage)
        stage.article.use_settings(replace(stage.article.settings, images="off"))
        await stage.pilot.pause()
        assert BLOCK not in stage.text()
        assert "▣ A hall that nobody built" in stage.text()


async def test_while_it_is_drawn_for_another_theme_the_old_one_stays() -> None:
    async with _reading() as stage:
        await stage.open_current()
        await stage.press("i")
        await _until_drawn(stage)
        stage.outside.pictures.hold.clear()
        stage.app.use("daylight")
        await stage.until(lambda: len(stage.outside.pictures.drawn) == 2)
        assert BLOCK in stage.text()
        assert "loading" not in stage.text()
        stage.outside.pictures.hold.set()
        await _until_drawn(stage)


async def test_where_there_are_none_it_is_said() -> None:
    clock = Clock()
    world = _world(clock)
    world.articles.pages[address(1)] = page(1)
    async with _reading(world=world) as stage:
        await stage.open_current()
        await stage.press("i")
        assert "this article has no pictures" in stage.rows()[-1]


@pytest.mark.parametrize("size", [(59, 40), (120, 19)])
async def test_a_small_pane_shows_captions_alone(size: tuple[int, int]) -> None:
    async with _reading(size, images="on") as stage:
        await stage.open_current()
        await stage.press("i")
        assert "pictures need a pane of 60 × 20" in stage.text()
        assert stage.outside.pictures.fetched == []


async def test_a_pane_that_becomes_small_shows_captions_alone() -> None:
    async with _reading() as stage:
        await stage.open_current()
        await stage.press("i")
        await _until_drawn(stage)
        await stage.pilot.resize_terminal(58, 30)
        await stage.pilot.pause()
        assert BLOCK not in stage.text()
        await stage.pilot.resize_terminal(120, 36)
        await _until_drawn(stage)


async def test_a_terminal_of_few_colours_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    monkeypatch.delenv("COLORTERM")
    async with _reading() as stage:
        await stage.open_current()
        await stage.press("i")
        await stage.until(lambda: "too few colours for pictures" in stage.rows()[-1])


async def test_pictures_are_no_text_to_find_a_place_by() -> None:
    async with _reading() as stage:
        await stage.open_current()
        await stage.press("i")
        await _until_drawn(stage)
        assert all(stage.article.lines[row].signs == 0 for row in _rows_of(stage, FIRST))
        assert stage.article.easel.way is Way.BLOCKS
