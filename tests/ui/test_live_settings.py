"""The screen follows the settings and the themes while it runs, and keeps what is chosen on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from cointicker.config.following import Configuration
from cointicker.config.paths import shipped_themes
from cointicker.config.reading import read_settings
from cointicker.engine import engine as engine_module
from cointicker.engine.actions import KeepSetting, SetAlias
from cointicker.engine.commands import BY_NAME, share_a_place
from cointicker.engine.engine import Engine
from cointicker.sources.demo import demo_sources
from cointicker.sources.demo_market import EPOCH
from cointicker.store.sqlite import SqliteStore
from fake_clock import Clock
from ui.stage import FULL, Stage, load_all, show

TEXT = """\
# mine
theme = "midnight" # dark

[watchlists]
Majors = ["bitcoin", "ethereum", "tether"]

[ui]
page_seconds = 3600
"""


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "_FOLLOW_EVERY", 0.02)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "config.toml"
    place.write_text(TEXT)
    return place


@asynccontextmanager
async def _shown(path: Path) -> AsyncIterator[Stage]:
    """The demo world under a configuration of its own."""
    clock = Clock(EPOCH)
    settings = read_settings(path, {}, BY_NAME, share_a_place).settings
    configuration = Configuration(
        path,
        settings,
        environ={},
        commands=BY_NAME,
        together=share_a_place,
        theme_folders=(shipped_themes(), path.parent / "themes"),
    )
    engine = Engine(
        settings, SqliteStore(None, clock), lambda: demo_sources(clock), clock=clock, demo=True,
        configuration=configuration,
    )  # fmt: skip
    await load_all(engine)
    async with show(engine, clock, FULL) as stage:
        yield stage


def _ground(stage: Stage) -> str:
    style = stage.watchlist.inks("text")
    assert style.bgcolor is not None
    return style.bgcolor.name


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def _text(path: Path) -> str:
    return path.read_text()


async def test_the_theme_that_is_turned_to_is_kept_and_can_be_taken_back(path: Path) -> None:
    async with _shown(path) as stage:
        dark = _ground(stage)
        await stage.press("t")
        await stage.until(lambda: _ground(stage) != dark)
        chosen = stage.engine.settings.theme
        assert _text(path) == TEXT.replace('"midnight"', f'"{chosen}"')
        assert stage.app.theme == chosen
        await stage.press("ctrl+z")
        await stage.until(lambda: _ground(stage) == dark)
        assert _text(path) == TEXT


async def test_a_theme_file_that_is_edited_colours_the_screen_anew(path: Path) -> None:
    own = path.parent / "themes" / "own.toml"
    async with _shown(path) as stage:
        _write(own, '[colors]\nbackground = "#101112"\n')
        _write(path, TEXT.replace('"midnight"', '"own"'))
        await stage.until(lambda: _ground(stage) == "#101112")
        _write(own, '[colors]\nbackground = "#131415" # a little lighter\n')
        await stage.until(lambda: _ground(stage) == "#131415")
        assert stage.app.get_theme("own") is not None


async def test_keys_that_are_changed_in_the_file_mean_something_else_at_once(path: Path) -> None:
    async with _shown(path) as stage:
        _write(path, TEXT + '\n[keys]\nhelp = "f1"\n')
        await stage.until(lambda: stage.engine.settings.keys == {"help": "f1"})
        await stage.shown()
        await stage.until(lambda: stage.main.keymap.keys["help"] == ("f1",))
        await stage.press("question_mark")
        assert len(stage.app.screen_stack) == 1
        await stage.press("f1")
        assert len(stage.app.screen_stack) == 2


async def test_the_list_in_the_file_is_the_list_on_the_screen(path: Path) -> None:
    async with _shown(path) as stage:
        assert "SOL" not in stage.rows()[0]
        _write(path, TEXT.replace('"tether"', '"solana"'))
        await stage.until(lambda: "SOL" in stage.rows()[0])
        assert "USDT" not in stage.rows()[0]


async def test_an_alias_is_shown_in_the_bar_and_in_the_table(path: Path) -> None:
    async with _shown(path) as stage:
        stage.engine.do(SetAlias("bitcoin", "Corn"))
        await stage.until(lambda: stage.text().count("Corn ") >= 2)
        assert "Corn " in stage.rows()[0]


async def test_the_bar_and_the_width_of_the_text_follow(path: Path) -> None:
    async with _shown(path) as stage:
        stage.engine.do(KeepSetting(("ui", "bar"), "scroll"))
        stage.engine.do(KeepSetting(("ui", "reading_width"), 50))
        await stage.until(lambda: stage.main.bar.settings.bar == "scroll" and stage.article.measure == 50)


async def test_what_is_wrong_with_the_file_is_on_the_status_sheet_until_it_is_mended(path: Path) -> None:
    async with _shown(path) as stage:
        _write(path, TEXT + "colour = 1\n")
        await stage.until(lambda: bool(stage.main.snapshot.problems))
        await stage.press("e")
        await stage.until(lambda: "ui.colour is not a setting" in stage.text())
        await stage.press("escape")
        _write(path, TEXT)
        await stage.until(lambda: not stage.main.snapshot.problems)
