"""``[share]``: programs that an article is handed to."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.config.reading import read_settings
from cointicker.config.settings import Settings
from cointicker.config.sharing import PLACEHOLDERS, fill
from cointicker.config.showing import show, template

VALUES = {"url": "https://one.example/", "title": "{url} $(rm -rf /)", "source": "-One", "markdown": "[a](b)"}


def _read(tmp_path: Path, text: str) -> tuple[Settings, list[str]]:
    file = tmp_path / "config.toml"
    file.write_text(text)
    reading = read_settings(file, {})
    return reading.settings, [str(problem) for problem in reading.problems]


def test_programs_are_read_in_order_and_shown_again(tmp_path: Path) -> None:
    text = '[share]\nMail = ["mail-me", "--subject", "{title}"]\n"To read" = ["later", "{url}"]\n'
    settings, problems = _read(tmp_path, text)
    assert problems == []
    assert list(settings.share.items()) == [
        ("Mail", ("mail-me", "--subject", "{title}")),
        ("To read", ("later", "{url}")),
    ]
    assert _read(tmp_path, show(settings))[0].share == settings.share


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ('"mail-me {url}"', "must be a program and its arguments"),
        ("[]", "must be a program and its arguments"),
        ('[""]', "must be a program and its arguments"),
        ('["mail-me", "{titel}"]', "{titel}, which stands for nothing"),
        ('["mail-me", 1]', "must be a program and its arguments"),
    ],
)
def test_what_is_wrong_is_left_out_and_said(tmp_path: Path, value: str, why: str) -> None:
    settings, problems = _read(tmp_path, f'[share]\nGood = ["later", "{{url}}"]\nBad = {value}\n')
    assert list(settings.share) == ["Good"]
    assert len(problems) == 1
    assert why in problems[0]
    assert "config.toml:3" in problems[0] or "line 3" in problems[0]


def test_a_misspelt_part_is_named_as_it_should_be(tmp_path: Path) -> None:
    _, problems = _read(tmp_path, '[share]\nBad = ["later", "{markdwon}"]\n')
    assert "markdown" in problems[0].split("markdwon", 1)[1]


def test_braces_that_mean_nothing_of_ours_stay(tmp_path: Path) -> None:
    settings, problems = _read(tmp_path, '[share]\nPost = ["post", "{\\"text\\": \\"{title}\\"}", "{0}", "{}"]\n')
    assert problems == []
    assert fill(settings.share["Post"], {"title": "T"}) == ["post", '{"text": "T"}', "{0}", "{}"]


def test_parts_are_filled_in_once_and_within_one_argument() -> None:
    filled = fill(("tell", "{source}", "--title={title}", "{url}{url}", "-s{source}"), VALUES)
    assert filled == [
        *("tell", " -One", "--title={url} $(rm -rf /)"),
        *("https://one.example/https://one.example/", "-s-One"),
    ]


@given(st.lists(st.text(max_size=20), max_size=4), st.dictionaries(st.sampled_from(PLACEHOLDERS), st.text(max_size=20)))
def test_there_are_as_many_arguments_as_were_written(words: list[str], values: dict[str, str]) -> None:
    filled = fill(("{url}", *words), values)
    assert len(filled) == len(words) + 1
    assert filled[0] == "{url}"
    assert all(not text.startswith("-") or word.startswith("-") for word, text in zip(words, filled[1:], strict=True))


def test_the_template_tells_how() -> None:
    assert "[share]" in template()
    assert "{markdown}" in template()
