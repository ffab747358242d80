"""The sorting of a command line: any line is sorted or refused in words, and nothing gets lost."""

import shlex
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.cli.arguments import COMMANDS, parse, spoken_of
from cointicker.cli.completing import answer
from cointicker.cli.grammar import Family, Form, LineError, Option, Word, hand_out, sort_words
from cointicker.cli.options import Command, Options


def whole(text: str) -> int:
    """A number, as an option reads one."""
    try:
        return int(text)
    except ValueError:
        raise LineError(f"{text!r} is no number") from None


NUMBER = Option("--number", "", "N", whole, 1)
MANY = Option("--many", "", "M", many=True)
FLAG = Option("--flag", "")
OPTIONS = {option.name: option for option in (NUMBER, MANY, FLAG)}
TOKENS = ("a", "-5", "-.5", "--flag", "--number", "--number=3", "--many", "--many=x", "--x", "--", "-", "")
WORDS = st.lists(st.sampled_from(TOKENS), max_size=8)
ANY_LINE = st.lists(
    st.one_of(
        st.sampled_from(
            [*COMMANDS, "list", "add", "remove", "set", "--json", "--csv", "--list", "--help", "--", "--x=1"]
        ),
        st.text(max_size=6),
    ),
    max_size=6,
)


@given(WORDS)
def test_every_word_lands_in_one_place(words: list[str]) -> None:
    found = sort_words(words, OPTIONS, strict=False)
    assert [words[place] for place in found.places] == found.words
    taken = len(words) - len(found.words) - len(found.strangers) - found.closed
    assert taken >= len(found.values)


@given(WORDS)
def test_a_line_is_sorted_or_refused_in_words(words: list[str]) -> None:
    try:
        found = sort_words(words, OPTIONS)
    except LineError:
        return
    assert isinstance(found.values.get("number", 1), int)
    assert isinstance(found.values.get("many", ()), tuple)


@pytest.mark.parametrize(
    ("words", "values", "left"),
    [
        (["--number", "7", "a"], {"number": 7}, ["a"]),
        (["--number=7", "--", "--flag"], {"number": 7}, ["--flag"]),
        (["-5", "--flag", "-.5e3"], {"flag": True}, ["-5", "-.5e3"]),
        (["--many", "a", "--many=b=c"], {"many": ("a", "b=c")}, []),
        (["--number", "-7"], {"number": -7}, []),
        (["-"], {}, ["-"]),
    ],
)
def test_values_may_follow_or_stand_behind_an_equals_sign(
    words: list[str], values: dict[str, Any], left: list[str]
) -> None:
    found = sort_words(words, OPTIONS)
    assert (found.values, found.words) == (values, left)


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--number"], "--number needs N"), (["--number", "--flag"], "--number=…"), (["--flag=1"], "takes no value")],
)
def test_an_option_without_its_value_or_with_one_too_many_is_refused(words: list[str], said: str) -> None:
    with pytest.raises(LineError, match=said):
        sort_words(words, OPTIONS)


@given(st.lists(st.text(min_size=1), max_size=6))
def test_words_are_handed_out_in_order_and_none_twice(words: list[str]) -> None:
    form = Form("", Command, (Word("A", "a"), Word("B", "b", least=0, most=2), Word("C", "c")))
    if 2 <= len(words) <= 4:
        given_out = hand_out(form, words)
        assert [given_out["a"], *given_out["b"], given_out["c"]] == words
    else:
        with pytest.raises(LineError):
            hand_out(form, words)


@given(ANY_LINE)
def test_any_line_is_understood_or_ends_with_0_or_2(words: list[str]) -> None:
    try:
        options = parse(words)
    except SystemExit as ended:
        code = ended.code
    else:
        code = 0
        assert isinstance(options, Options)
    assert code in {0, 2}


@given(ANY_LINE)
def test_any_line_can_be_completed(words: list[str]) -> None:
    assert list(answer(words, Options()))


def test_every_option_is_declared_with_help_and_every_command_with_words_for_its_fields() -> None:
    for name in COMMANDS:
        spoken = spoken_of(name)
        assert spoken.help
        for form in spoken.actions.values() if isinstance(spoken, Family) else (spoken,):
            assert form.help
            assert all(option.name.startswith("--") and option.help for option in form.options)
            fields = [option.field for option in form.options] + [word.field for word in form.words]
            assert len(fields) == len(set(fields))


def test_every_example_in_the_help_is_understood() -> None:
    examples = [
        example.split("#")[0]
        for name in COMMANDS
        for spoken in [spoken_of(name)]
        for form in [spoken, *(spoken.actions.values() if isinstance(spoken, Family) else ())]
        for example in form.examples
    ]
    assert len(examples) > 20
    for example in examples:
        if example.startswith("cointicker "):
            assert isinstance(parse(_split(example)), Options)


def _split(example: str) -> list[str]:
    words = shlex.split(example)[1:]
    return words[: words.index(">")] if ">" in words else words
