"""How a terminal is found to show pictures: by what it is called, by what tmux tells of it, by what it answers."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from cointicker.domain.pictures import Way
from cointicker.ui.pictures.asking import QUESTION, Answer, AnswerParser, Hearing, hearing
from cointicker.ui.pictures.ways import Surroundings, find_way
from ui.samples import few

CELL = (9, 18)
XTERM = "\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c"
WITH_SIXELS = "\x1b[?62;4;22c"
LARGE_CELLS = "\x1b[6;40;20t"


def _around(environ: Mapping[str, str], answer: Answer | None = None, colours: str = "truecolor") -> Surroundings:
    """A terminal of that name which gives that answer; ``None``: it must not be asked."""

    async def ask(write: Callable[[str], None]) -> Answer:
        assert answer is not None
        return answer

    return Surroundings(environ, colours, lambda _: None, ask)


async def _way(environ: Mapping[str, str], answer: Answer | None = None, **options: str) -> Way | None:
    known = Answer(cell=CELL)
    way, _ = await find_way(options.pop("choice", "auto"), _around(environ, answer, **options), known)
    return way


@pytest.fixture
def tmux(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """The environment inside a tmux that tells what a test wants it to."""

    def inside(told: str, *, slow: bool = False) -> dict[str, str]:
        program = tmp_path / "tmux"
        program.write_text(f"#!/bin/sh\n{'exec sleep 60' if slow else ''}\necho '{told}'\n", encoding="ascii")
        program.chmod(0o755)
        return {"TMUX": "/tmp/socket,1,0", "TERM": "tmux-256color", "PATH": f"{tmp_path}:/usr/bin:/bin"}

    return inside


@pytest.mark.parametrize(
    "environ",
    [{"TERM": "xterm-kitty"}, {"TERM": "xterm-ghostty"}, {"TERM_PROGRAM": "ghostty"}, {"KITTY_WINDOW_ID": "1"}],
)
async def test_terminals_that_know_placeholders_are_known_by_name(environ: Mapping[str, str]) -> None:
    assert await _way(environ) is Way.KITTY


@pytest.mark.parametrize("more", [{"STY": "1.tty"}, {"NO_COLOR": "1"}])
async def test_no_picture_goes_through_what_would_swallow_it(more: Mapping[str, str]) -> None:
    assert await _way({"TERM": "xterm-kitty", **more}, Answer()) is Way.BLOCKS


@pytest.mark.parametrize(
    ("told", "way"),
    [
        ("xterm-kitty;256,RGB,title;1", Way.KITTY),
        ("xterm-ghostty;256,RGB;all", Way.KITTY),
        ("xterm-kitty;256,RGB,title;0", Way.BLOCKS),
        ("xterm-kitty;256,title;1", Way.BLOCKS),
        ("xterm-256color;256,RGB;1", Way.BLOCKS),
        ("", Way.BLOCKS),
    ],
    ids=["kitty", "ghostty", "lets nothing through", "changes colours", "another terminal", "tells nothing"],
)
async def test_inside_tmux_it_is_tmux_that_knows(tmux: Callable[..., dict[str, str]], told: str, way: Way) -> None:
    assert await _way({"KITTY_WINDOW_ID": "1", **tmux(told)}, Answer()) is way


async def test_a_tmux_that_is_not_there_is_not_needed(tmp_path: Path) -> None:
    assert await _way({"TMUX": "gone", "PATH": str(tmp_path)}, Answer(sixel=True)) is Way.SIXEL


@pytest.mark.parametrize(
    ("answer", "way"),
    [(Answer(sixel=True), Way.SIXEL), (Answer(cell=CELL), Way.BLOCKS), (Answer(), Way.BLOCKS)],
)
async def test_other_terminals_are_asked(answer: Answer, way: Way) -> None:
    assert await _way({"TERM": "xterm-256color"}, answer) is way


async def test_without_the_size_of_a_cell_sixels_are_not_tried_but_on_demand() -> None:
    around = _around({"TERM": "foot"}, Answer(sixel=True))
    assert (await find_way("auto", around, Answer()))[0] is Way.BLOCKS
    way, known = await find_way("sixel", around, Answer())
    assert (way, known.cell) == (Way.SIXEL, (10, 20))


@pytest.mark.parametrize(("choice", "way"), [("kitty", Way.KITTY), ("sixel", Way.SIXEL), ("blocks", Way.BLOCKS)])
async def test_the_configuration_decides(choice: str, way: Way) -> None:
    assert await _way({"TERM": "xterm-256color"}, Answer(), choice=choice) is way


@pytest.mark.parametrize(("colours", "way"), [("256", Way.BLOCKS), ("standard", None), ("", None)])
async def test_few_colours_are_enough_for_blocks_fewer_for_nothing(colours: str, way: Way | None) -> None:
    assert await _way({"TERM": "xterm-kitty"}, Answer(), colours=colours, choice="kitty") is way


# Asking


@pytest.fixture
def heard() -> Hearing:
    return Hearing()


async def _asked(heard: Hearing, *parts: str) -> tuple[Answer, str]:
    """What is understood of input that comes in parts, at once or never, and what is left of it."""
    asking = asyncio.create_task(heard.ask(lambda _: None))
    await asyncio.sleep(0)
    left = "".join(map(heard.take, parts))
    await asyncio.wait([asking], timeout=0.05)
    asking.cancel()
    return (asking.result() if asking.done() else Answer()), left


async def test_the_question_is_asked_and_the_answer_taken_out_of_the_keys(heard: Hearing) -> None:
    written: list[str] = []
    asking = asyncio.create_task(heard.ask(written.append))
    await asyncio.sleep(0)
    assert heard.take(f"j{LARGE_CELLS}k{WITH_SIXELS}l") == "jkl"
    assert await asking == Answer(sixel=True, cell=(20, 40))
    assert written == [QUESTION]


async def test_a_long_answer_is_none_of_the_keys_either(heard: Hearing) -> None:
    assert await _asked(heard, XTERM) == (Answer(), "")


@given(st.integers(0, len(LARGE_CELLS + WITH_SIXELS)), st.integers(0, len(LARGE_CELLS + WITH_SIXELS)))
@few
async def test_an_answer_may_come_in_pieces(one: int, other: int) -> None:
    data = LARGE_CELLS + WITH_SIXELS
    first, second = sorted((one, other))
    answer, left = await _asked(Hearing(), data[:first], data[first:second], data[second:])
    assert answer == Answer(sixel=True, cell=(20, 40)) or left  # cut behind an ESC it looks like a key


async def test_what_only_begins_like_an_answer_is_handed_on(heard: Hearing) -> None:
    answer, left = await _asked(heard, "\x1b[?2026;", "2$y\x1b[A", "\x1b", "x", WITH_SIXELS)
    assert left == "\x1b[?2026;2$y\x1b[A\x1bx"
    assert answer.sixel


def test_nothing_is_taken_before_anything_was_asked(heard: Hearing) -> None:
    assert heard.take(XTERM) == XTERM


async def test_the_reader_of_input_goes_on_when_nothing_but_an_answer_came(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = AnswerParser()
    asking = asyncio.create_task(hearing.ask(lambda _: None))
    await asyncio.sleep(0)
    assert list(parser.feed(XTERM)) == []
    await asking
    keys = [event.key for event in parser.feed("j") if isinstance(event, events.Key)]
    assert keys == ["j"]
