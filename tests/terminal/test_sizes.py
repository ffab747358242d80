"""What a size shows is the same however it was come by: no cell of another size stays behind."""

import re
from pathlib import Path

from terminal.conftest import Start
from terminal.emulator import MODERN, XTERM, described
from terminal.pty_program import Program
from terminal.screen_signs import PRICES, is_complete
from upstream.server import Upstream

SIZES = ((120, 36), (80, 24), (45, 30), (100, 4), (100, 1), (30, 20))


def test_a_resized_screen_equals_a_fresh_one(start: Start, world: Upstream, config_file: Path) -> None:
    config_file.write_text(f"{config_file.read_text()}\n[ui]\npage_seconds = 3600\n", encoding="utf-8")
    first = start()
    first.wait_for(is_complete)
    first.press("q")
    first.wait_exit()
    fresh = {size: _settled_lines(start("--offline", size=size)) for size in SIZES}
    for knows in (XTERM, MODERN):
        walker = start("--offline", size=SIZES[0], knows=knows)
        for size in (*SIZES, *SIZES[::-1]):
            walker.resize(*size)
            _wait_for_lines(walker, fresh[size])
            assert _is_whole(walker), described(walker.emulator)


def _wait_for_lines(program: Program, wanted: list[str]) -> None:
    program.wait_until(lambda: _lines(program) == wanted)


def _settled_lines(program: Program) -> list[str]:
    program.wait_for(PRICES)
    program.settle()
    return _lines(program)


def _lines(program: Program) -> list[str]:
    """What the screen shows but for times, which go on."""
    return [re.sub(r"\s+", " ", re.sub(r"\d+[smhd]\b", "#", row)) for row in program.emulator.rows]


def _is_whole(program: Program) -> bool:
    """Whether the screen, colours and all, is what drawing everything again makes of it.

    An age may grow between the two looks, but not each time.
    """
    for _ in range(3):
        before = program.emulator.cells
        program.cost_of("ctrl+l", quiet=0.1)
        if program.emulator.cells == before:
            return True
    return False
