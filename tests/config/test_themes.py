"""Themes are found, complete and readable; what is wrong with one is said, and it is used all the same."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cointicker.config.paths import shipped_themes
from cointicker.config.themes import (
    COLOURS,
    DEFAULT_THEME,
    Theme,
    check_theme,
    contrast,
    hard_to_read,
    load_themes,
)

SHIPPED = sorted(shipped_themes().glob("*.toml"))
NAMES = {"midnight", "daylight", "contrast", "ember", "fjord", "colorblind"}

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a theme file into the person's folder."""

    def write_theme(text: str, name: str = "mine.toml") -> Path:
        path = tmp_path / name
        path.write_text(text)
        return path

    return write_theme


def _load(path: Path) -> tuple[Theme, list[str]]:
    """The theme called ``mine`` and what was wrong, without the file's folder."""
    loaded = load_themes([shipped_themes(), path.parent])
    return loaded.themes["mine"], [str(problem).replace(f"{path.parent}/", "") for problem in loaded.problems]


MIDNIGHT = load_themes([shipped_themes()]).themes["midnight"]
DAYLIGHT = load_themes([shipped_themes()]).themes["daylight"]


def test_all_shipped_themes_load_without_a_problem() -> None:
    loaded = load_themes([shipped_themes()])
    assert set(loaded.themes) == NAMES == {path.stem for path in SHIPPED}
    assert loaded.problems == ()
    assert {theme.name for theme in loaded.themes.values() if not theme.dark} == {"daylight"}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_theme_can_be_read_and_names_every_colour(path: Path) -> None:
    assert check_theme(path) == ()
    assert re.findall(r"^(\w+) = \"#[0-9a-f]{6}\"$", path.read_text(), re.MULTILINE) == list(COLOURS)


def test_up_and_down_of_the_theme_for_the_colour_blind_differ_without_red_and_green() -> None:
    theme = load_themes([shipped_themes()]).themes["colorblind"]
    blue_of_up, blue_of_down = int(theme.up[5:], 16), int(theme.down[5:], 16)
    assert blue_of_up - blue_of_down > 128


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_the_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


def test_five_lines_make_a_theme(write: Write) -> None:
    theme, problems = _load(write('base = "ember"\n[colors]\naccent = "#ABCDEF"\n'))
    ember = load_themes([shipped_themes()]).themes["ember"]
    assert theme == replace(ember, name="mine", accent="#abcdef")
    assert problems == []


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("", MIDNIGHT),
        ("dark = false", DAYLIGHT),
        ("dark = true", MIDNIGHT),
        ('[colors]\nbackground = "#fefefe"', replace(DAYLIGHT, background="#fefefe")),
        ('[colors]\nbackground = "#101010"', replace(MIDNIGHT, background="#101010")),
    ],
)
def test_without_a_base_the_darkness_decides(write: Write, text: str, base: Theme) -> None:
    assert _load(write(text)) == (replace(base, name="mine"), [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[colors]\nup = "#12"', '2: colors.up must be a colour such as #d6dbe5, not the text "#12"'),
        (
            '[colors]\nup = "#abc"',
            '2: colors.up must be a colour such as #d6dbe5, not the text "#abc"; did you mean #aabbcc?',
        ),
        (
            '[colors]\nup = "AABBCC"',
            '2: colors.up must be a colour such as #d6dbe5, not the text "AABBCC"; did you mean #aabbcc?',
        ),
        ('[colors]\nup = "green"', '2: colors.up must be a colour such as #d6dbe5, not the text "green"'),
        ("[colors]\nup = 5", "2: colors.up must be a colour such as #d6dbe5, not 5"),
        ('[colors]\nacent = "#abcdef"', "2: colors.acent is not a colour of a theme; did you mean accent?"),
        ('[colours]\nup = "#abcdef"', "1: colours is not a key of a theme; did you mean colors?"),
        ('colors = "#abcdef"', '1: colors must be a section, begun by [colors], not the text "#abcdef"'),
        ('dark = "yes"', '1: dark must be true or false, not the text "yes"'),
        ("name = 5", "1: name must be a name in quotes, not 5"),
        ('base = "midnite"', '1: base is not a theme that is here: the text "midnite"; did you mean midnight?'),
        ('base = "mine"', "1: base leads back to the theme itself"),
    ],
)
def test_what_is_wrong_is_named_and_the_base_stands_in(write: Write, text: str, message: str) -> None:
    assert _load(write(text)) == (replace(MIDNIGHT, name="mine"), [f"mine.toml:{message}"])


def test_a_theme_may_rest_on_another_of_the_same_folder(write: Write) -> None:
    write('base = "fjord"\n[colors]\nup = "#111111"\n', "zebra.toml")
    theme, problems = _load(write('base = "zebra"\n[colors]\ndown = "#222222"\n'))
    fjord = load_themes([shipped_themes()]).themes["fjord"]
    assert theme == replace(fjord, name="mine", up="#111111", down="#222222")
    assert problems == []


def test_themes_that_rest_on_one_another_are_said_once_and_load(write: Write) -> None:
    write('base = "mine"\n[colors]\nup = "#111111"\n', "other.toml")
    theme, problems = _load(write('base = "other"\n'))
    assert theme == replace(MIDNIGHT, name="mine", up="#111111")
    assert problems == ["other.toml:1: base leads back to the theme itself"]


def test_a_persons_own_theme_replaces_the_shipped_one_and_may_rest_on_it(write: Write) -> None:
    path = write('name = "midnight"\nbase = "midnight"\n[colors]\ntext = "#ffffff"\n')
    loaded = load_themes([shipped_themes(), path.parent])
    assert loaded.themes["midnight"] == replace(MIDNIGHT, text="#ffffff")
    assert loaded.problems == ()
    assert len(loaded.themes) == len(NAMES)
    assert check_theme(path) == ()


def test_two_files_of_one_name_are_said(write: Write) -> None:
    write('name = "mine"\n', "copy.toml")
    _, problems = _load(write('dark = true\nname = "mine"\n'))
    assert problems == ["mine.toml:2: name is that of another theme here: mine"]


def test_a_file_that_is_no_theme_is_left_out(write: Write) -> None:
    write("[", "broken.toml")
    write("a = 1", ".hidden.toml")
    write("a = 1", "notes.txt")
    _, problems = _load(write(""))
    assert len(problems) == 1
    assert problems[0].startswith("broken.toml:1:")


def test_without_any_theme_there_is_still_one_that_can_be_read(tmp_path: Path) -> None:
    loaded = load_themes([tmp_path / "missing"])
    assert list(loaded.themes) == [DEFAULT_THEME]
    assert hard_to_read(loaded.themes[DEFAULT_THEME]) == ()
    assert [str(problem) for problem in loaded.problems] == [
        "theme midnight is not there: the installation is not whole"
    ]


def test_colours_that_are_hard_to_read_are_notes(write: Write) -> None:
    problems = check_theme(write('[colors]\nlabel = "#333333"\nunread = "#6fb3ff"\n'))
    assert {(problem.key, problem.line, problem.severity) for problem in problems} == {("colors.label", 2, "note")}
    assert "has a contrast of 1.5 on background, less than 3.0" in str(problems[0])
    assert len(problems) == 3


def test_a_theme_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert [str(problem) for problem in check_theme(tmp_path / "x.toml")] == [f"{tmp_path}/x.toml: is not there"]


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                [
                    'name = "a"\n',
                    'base = "mine"\n',
                    "dark = 1\n",
                    "[colors]\n",
                    'up = "#abcdef"\n',
                    "down = []\n",
                    "colors = 1\n",
                ]
            )
        ).map("".join),
    )
)
def test_any_file_leaves_themes_with_sound_colours(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(text.encode("utf-8", "replace"))
    for theme in load_themes([shipped_themes(), tmp_path]).themes.values():
        assert all(re.fullmatch(r"#[0-9a-f]{6}", getattr(theme, colour)) for colour in COLOURS)
    check_theme(path)
