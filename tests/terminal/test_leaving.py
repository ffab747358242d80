"""However the program ends, it ends at once and the terminal is as it was found."""

import re
import signal

import pytest

from terminal.conftest import Start
from terminal.emulator import ALTERNATE, MODERN, PIXELS
from terminal.pty_program import Program, at_once
from terminal.screen_signs import PRICES, READING, is_complete, is_live
from upstream.server import Upstream


def _leave(program: Program, how: str | signal.Signals) -> int:
    if isinstance(how, signal.Signals):
        program.signal(how)
    else:
        program.press(how)
    return program.wait_exit(at_once())


def test_prices_and_headlines_appear_an_article_is_read_and_q_leaves(start: Start, world: Upstream) -> None:
    program = start()
    program.wait_for(is_complete)
    program.settle()
    assert "new ↑" not in program.text, "nothing waits on the first visit"
    program.press("j", "enter")
    program.wait_for(READING)
    top = program.text
    program.press("space")
    program.wait_for(lambda text: text != top and re.search(r"[1-9]\d*%", text))
    program.press("q")
    program.wait_for(is_complete)
    program.settle()
    assert _leave(program, "q") == 0
    assert program.restored
    assert not program.text.strip(), "nothing of the program stays on the terminal"


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ("q", 0),
        ("ctrl+c", 130),
        (signal.SIGINT, 130),
        (signal.SIGTERM, 143),
        (signal.SIGHUP, 129),
        (signal.SIGQUIT, 131),
    ],
    ids=str,
)
def test_leaves_at_once_while_every_request_hangs(
    start: Start, world: Upstream, how: str | signal.Signals, status: int
) -> None:
    world.fail("*", "timeout")
    program = start()
    program.wait_for("Fetching prices")
    program.wait_until(lambda: world.asked("/api/v3/*") and world.asked("/feeds/*"))
    assert _leave(program, how) == status
    assert program.restored


def test_leaves_while_an_article_hangs(start: Start, world: Upstream) -> None:
    world.fail("/articles/*", "timeout")
    program = start()
    program.wait_for(is_complete)
    while not world.asked("/articles/*"):
        program.press("n" if READING.search(program.text) else "enter")
        program.settle()
    assert _leave(program, signal.SIGTERM) == 143
    assert program.restored


def test_a_terminal_with_pixel_mouse_is_restored_too(start: Start) -> None:
    program = start("--demo", knows=MODERN)
    program.wait_for(is_live)
    program.wait_until(lambda: PIXELS in program.emulator.ever)
    assert _leave(program, "q") == 0
    assert program.restored


def test_a_closed_window_ends_the_program(start: Start) -> None:
    program = start("--demo")
    program.wait_for(PRICES)
    assert program.hang_up() == 129


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_in_the_first_moment_leaves_the_terminal_as_it_was(start: Start, number: signal.Signals) -> None:
    program = start("--demo")
    program.wait_until(lambda: ALTERNATE in program.emulator.modes)
    program.signal(number)
    assert program.wait_exit() == 128 + number
    assert program.restored
