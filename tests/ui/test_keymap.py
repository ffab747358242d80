"""From keys to commands: every command can be given where it is declared, and no key means two things in one place."""

import pytest
from textual.dom import DOMNode

from cointicker.engine.commands import BY_NAME, COMMANDS, Command, Place, assign_keys
from cointicker.ui.app import CointickerApp
from cointicker.ui.keymap import Keymap
from cointicker.ui.screens.main import MainScreen
from cointicker.ui.screens.sheet import Sheet
from cointicker.ui.sheets import help_rows
from cointicker.ui.widgets.lines import Lines
from ui.played import play, played_settings
from ui.stage import Stage

KEYMAP = Keymap(assign_keys({}))
MAIN_PLACES = (Place.WATCHLIST, Place.HEADLINES, Place.ARTICLE)


async def _go(stage: Stage, place: Place) -> None:
    """Put the focus into a place."""
    match place:
        case Place.WATCHLIST:
            await stage.press("tab")
        case Place.ARTICLE:
            await stage.open_current()
        case Place.SHEET:
            await stage.press("?")


def _understands(stage: Stage, command: Command) -> bool:
    screen = stage.app.screen
    assert isinstance(screen, MainScreen | Sheet)
    return any(hasattr(each, f"command_{command.name}") for each in screen.responders())


@pytest.mark.parametrize("place", [*MAIN_PLACES, Place.SHEET])
async def test_every_command_is_understood_in_every_place_that_it_is_declared_for(place: Place) -> None:
    async with play() as stage:
        await _go(stage, place)
        wanted = [place] if place is Place.SHEET else [place, Place.ANYWHERE]
        missing = [
            command.name
            for command in COMMANDS
            if set(wanted) & set(command.places) and not _understands(stage, command)
        ]
        assert missing == []


@pytest.mark.parametrize("place", [*MAIN_PLACES, Place.SHEET])
def test_no_key_means_two_things_in_one_place(place: Place) -> None:
    live = [command for command in COMMANDS if {place, Place.ANYWHERE} & set(command.places)]
    keys = [key for command in live for key in command.keys]
    assert len(keys) == len(set(keys))


def test_every_handler_belongs_to_a_declared_command() -> None:
    kinds: list[type] = [CointickerApp, MainScreen, Sheet, *_below(Lines)]
    handlers = {name for kind in kinds for name in dir(kind) if name.startswith("command_")} - set(dir(DOMNode))
    assert {name.removeprefix("command_") for name in handlers} - {"palette"} <= set(BY_NAME)


def _below(kind: type) -> list[type]:
    """All classes that are made of one."""
    children: list[type] = kind.__subclasses__()
    return [each for child in children for each in (child, *_below(child))]


def test_a_key_means_what_its_place_says_before_what_it_means_anywhere() -> None:
    keymap = Keymap({"zen": ("x",), "theme": ("x",)})
    assert keymap.command(Place.ARTICLE, "x") == "zen"
    assert keymap.command(Place.HEADLINES, "x") == "theme"
    assert keymap.command(Place.ARTICLE, "y") is None


async def test_a_person_s_own_keys_take_the_place_of_ours() -> None:
    async with play(settings=played_settings(keys={"down": "x,ctrl+n", "help": "f1", "star": ""})) as stage:
        await stage.press("x", "ctrl+n", "j", "s", "?")
        assert stage.headlines.current == 2
        assert not stage.main.snapshot.stories[2].lead.starred
        assert stage.app.screen is stage.main
        await stage.press("f1")
        assert "x Ctrl+N" in stage.text()


@pytest.mark.parametrize("place", [*MAIN_PLACES, Place.SHEET])
def test_help_names_every_command_of_the_place_with_its_keys(place: Place) -> None:
    rows = {row.text: row.label for row in help_rows(place, KEYMAP.keys)}
    for command in COMMANDS:
        if command.keys and {place, Place.ANYWHERE} & set(command.places):
            assert rows[command.help]


@pytest.mark.parametrize(
    ("place", "only_here"), [(Place.ARTICLE, "Wider text"), (Place.HEADLINES, "Mark all headlines")]
)
async def test_help_is_that_of_what_has_the_focus(place: Place, only_here: str) -> None:
    async with play() as stage:
        await _go(stage, place)
        await stage.press("?")
        assert only_here in stage.text()
        await stage.press("escape")
        assert stage.app.screen is stage.main


async def test_help_says_nothing_of_what_means_nothing_here() -> None:
    async with play() as stage:
        await stage.press("?")
        assert "Wider text" not in stage.text()


async def test_the_palette_offers_and_carries_out_the_commands_of_the_place() -> None:
    async with play() as stage:
        await stage.press("ctrl+p")
        await stage.until(lambda: "Go to the next pane" in stage.text())
        assert "Wider text" not in stage.text()
        await stage.press(*"star, or")
        await stage.until(lambda: "Star, or take the star away" in stage.text())
        await stage.until(lambda: "Go to the next pane" not in stage.text())
        await stage.press("enter")
        await stage.until(lambda: stage.main.snapshot.stories[0].lead.starred)
        assert stage.app.screen is stage.main


async def test_escape_leaves_the_palette() -> None:
    async with play() as stage:
        await stage.press("ctrl+p", "escape")
        await stage.until(lambda: stage.app.screen is stage.main)
        assert not stage.app._exit
