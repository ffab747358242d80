"""Styles of every shipped theme: all with a ground of their own, and told apart by more than colour."""

import pytest
from rich.style import Style

from cointicker.config.themes import COLOURS, Theme
from cointicker.ui.inks import UP_INK, Inks, textual_theme
from ui.stage import themes

GROUNDS = ("background", "bar", "selection")


@pytest.mark.parametrize("theme", themes().values(), ids=themes().keys())
def test_every_ink_on_every_ground_has_both_colours_of_the_theme(theme: Theme) -> None:
    inks = Inks(theme)
    for ink in COLOURS:
        for ground in GROUNDS:
            style = inks(ink, ground)
            assert style.color is not None
            assert style.bgcolor is not None
            assert (style.color.name, style.bgcolor.name) == (getattr(theme, ink), getattr(theme, ground))


@pytest.mark.parametrize("theme", themes().values(), ids=themes().keys())
def test_the_directions_have_colours_of_their_own(theme: Theme) -> None:
    inks = Inks(theme)
    assert len({inks.direction(way) for way in UP_INK}) == 3
    assert inks.direction(1, "bar") == inks("up", "bar")


def test_attributes_are_added_to_the_colours() -> None:
    inks = Inks(themes()["midnight"])
    assert inks("text", "bar", "bold italic") == inks("text", "bar") + Style(bold=True, italic=True)
    assert inks("text") is inks("text")


@pytest.mark.parametrize("theme", themes().values(), ids=themes().keys())
def test_what_textual_draws_itself_takes_the_colours_of_the_theme(theme: Theme) -> None:
    made = textual_theme(theme)
    assert (made.name, made.dark, made.background, made.foreground) == (
        theme.name, theme.dark, theme.background, theme.text,
    )  # fmt: skip
    assert made.variables["bar"] == theme.bar
