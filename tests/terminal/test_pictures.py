"""Pictures in a real terminal: nothing is written but what draws them, and nothing of them is left."""

import re
import signal
from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from terminal.conftest import Start
from terminal.control_sequences import foreign_sequences
from terminal.pty_program import Program
from terminal.screen_signs import READING, is_live
from upstream.pictures import HALL, SKY
from upstream.server import Upstream

CAPTION = "A hall that nobody built."
_COMMAND = re.compile(r"\x1b_G([a-zA-Z0-9=,]+)(?:;([A-Za-z0-9+/=]*))?\x1b\\")
_SIGN = re.compile("\U0010eeee\\w?[\u0300-\u1dff\ua66f-\uabff]{2}")
_SIXELS = re.compile(r"\x1bP0;1;0q([?-~#0-9;!$\"-]*)\x1b\\")
_QUESTIONS = re.compile(r"\x1b\[16t|\x1b\[c")


@pytest.fixture
def pictured(world: Upstream, config_file: Path) -> Upstream:
    """The outside world with one feed, of summaries only, so that pages are opened."""
    feed = next(url for url in world.feed_urls if "hashtown" in url)
    ways = f'[market]\nbase_url = "{world.market_url}"\n[mining]\nbase_url = "{world.mining_url}"\n'
    config_file.write_text(f'{ways}[[news.feeds]]\nurl = "{feed}"\n', encoding="utf-8")
    return world


def _to_the_picture(program: Program) -> None:
    """Open an article and go to where its picture is, which is below the text."""
    program.wait_for(is_live)
    program.press("enter")
    program.wait_for(READING)
    program.wait_for("min read")
    program.press("/", *"nobody built", "enter")
    program.wait_for(CAPTION)


def _written(program: Program) -> str:
    """What was written so far; the end of it may be half a sign."""
    return program.output.decode("utf-8", "ignore")


def _hung(program: Program) -> tuple[list[str], list[str]]:
    """Numbers of the pictures that the terminal was given, and of those that it was told to forget."""
    commands = [dict(part.split("=") for part in keys.split(",")) for keys, _ in _COMMAND.findall(_written(program))]
    given = [keys["i"] for keys in commands if keys.get("a") == "T"]
    return given, [keys["i"] for keys in commands if keys.get("a") == "d"]


def _nothing_else(program: Program) -> list[str]:
    text = program.output.decode("utf-8")
    for known in (_COMMAND, _SIGN, _SIXELS, _QUESTIONS):
        text = known.sub("", text)
    return foreign_sequences(text.encode())


def test_kitty_is_given_a_picture_and_forgets_it_with_the_article(start: Start, pictured: Upstream) -> None:
    program = start(env={"TERM": "xterm-kitty"})
    _to_the_picture(program)
    program.press("i")
    program.wait_until(lambda: "\U0010eeee" in _written(program))
    (number,), gone = _hung(program)
    assert gone == []
    image = Image.open(BytesIO(b64decode("".join(data for _, data in _COMMAND.findall(_written(program))))))
    assert (image.getpixel((2, 2)), image.getpixel((2, image.height - 2))) == (SKY, HALL)
    program.press("q")
    program.wait_until(lambda: _hung(program)[1] == [number])
    program.press("q")
    assert program.wait_exit() == 0
    assert program.restored
    assert _nothing_else(program) == []


def test_a_signal_leaves_no_picture_in_kitty(start: Start, pictured: Upstream) -> None:
    program = start(env={"TERM": "xterm-kitty"})
    _to_the_picture(program)
    program.press("i")
    program.wait_until(lambda: "\U0010eeee" in _written(program))
    program.resize(100, 30)
    program.wait_until(lambda: len(_hung(program)[0]) == 2)
    program.signal(signal.SIGTERM)
    program.wait_exit()
    given, gone = _hung(program)
    assert sorted(given) == sorted(gone)
    assert _written(program).rindex("a=d") < _written(program).rindex("\x1b[?1049l")
    assert program.restored


def test_sixels_are_written_where_a_picture_is_seen_whole(start: Start, pictured: Upstream) -> None:
    program = start()
    program.emulator.attributes, program.emulator.cell = "62;4;22", (8, 16)
    _to_the_picture(program)
    program.press("i")
    program.wait_for("▀" * 20)
    assert _SIXELS.search(_written(program)) is None
    program.press("G", *"kkkkk")
    program.wait_until(lambda: _SIXELS.search(_written(program)))
    program.wait_for(lambda text: "▀" not in text)
    program.press(*["k"] * 15)
    program.wait_for("▀" * 20)
    program.press("q", "q")
    assert program.wait_exit() == 0
    assert program.restored
    assert _nothing_else(program) == []


def test_any_other_terminal_gets_half_blocks_and_no_key_out_of_its_answer(start: Start, pictured: Upstream) -> None:
    program = start()
    program.emulator.cell = (8, 16)
    _to_the_picture(program)
    program.press("i")
    program.wait_for("▀" * 20)
    program.press("G")
    program.wait_for(CAPTION)
    program.press("q", "q")
    assert program.wait_exit() == 0
    assert _nothing_else(program) == []
