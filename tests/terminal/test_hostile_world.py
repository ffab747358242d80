"""Whatever the outside world sends: the terminal hears only the program, and the program goes on."""

import re
import stat
import time
from pathlib import Path

import pytest

from cointicker.domain.market import DEFAULT_WATCHLIST
from cointicker.text.numbers import format_price
from terminal.conftest import Start
from terminal.control_sequences import foreign_sequences
from terminal.pty_program import at_once
from terminal.screen_signs import HEADLINES, READING, is_live
from upstream.__main__ import config
from upstream.server import Upstream, serving
from upstream.world import Clock, World

FAULTS = (
    ("429", "entity_bomb"),
    ("429_html", "quadratic_bomb"),
    ("403", "xxe"),
    ("cf_challenge", "redos_author"),
    ("503_html", "gzip_bomb_2"),
    ("html_200", "drip"),
    ("json_truncated", "redirect_loop"),
    ("deep_json", "infinite"),
    ("gzip_bomb", "html_200"),
    ("poison", "huge_header"),
    ("garbage", "redirect_loopback"),
    ("redirect_javascript", "binary"),
)
"""What is played on the market, and what on one feed of eleven."""


@pytest.fixture
def browser(tmp_path: Path) -> tuple[Path, Path]:
    """A browser that only writes down where it was sent, and what it wrote."""
    program, visits = tmp_path / "browser", tmp_path / "visits"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {visits}\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program, visits


def test_nothing_foreign_reaches_the_terminal(start: Start, world: Upstream, browser: tuple[Path, Path]) -> None:
    world.fail("*", "hostile")
    program = start(env={"BROWSER": str(browser[0])})
    program.wait_for(HEADLINES)
    program.settle(1.0)
    for keys in ("jjjj", "G", "g", "]", "[", "e", "h", "?", "h", "x", "h", "tab", "jj", "enter", "tab"):
        program.press(*([keys] if keys in {"h", "tab", "enter"} else keys))
        program.settle(0.1)
    program.press("h", "g", "enter")
    program.wait_for(READING)
    for _ in range(8):
        program.press("space", "u")
        program.settle(0.1)
        program.press("h", "o", "n")
        program.settle(0.2)
    assert program.alive
    assert foreign_sequences(program.output) == []
    assert program.emulator.operating.keys() <= {"8", "22"}
    program.press("q", "q")
    assert program.wait_exit() == 0
    assert program.restored
    assert not world.canary_hits
    visited = browser[1].read_text(encoding="utf-8").splitlines() if browser[1].exists() else []
    assert all(re.fullmatch(r"https?://[^@\s]+", address) for address in visited)


@pytest.mark.parametrize(("market", "feed"), FAULTS)
def test_one_source_that_fails_takes_nothing_else_with_it(
    start: Start, world: Upstream, market: str, feed: str
) -> None:
    world.fail("/api/v3/*", market)
    world.fail("/feeds/specials.xml", feed)
    program = start()
    program.wait_for(lambda text: HEADLINES.search(text) and "hashrate" in text)
    program.wait_until(lambda: world.asked("/feeds/specials.xml") and world.asked("/api/v3/*"))
    program.press("?")
    program.wait_for("Move down")
    program.press("h")
    program.wait_for(lambda text: "Move down" not in text)
    program.press("enter")
    program.wait_for(READING)
    program.press("q")
    program.wait_for(lambda text: not READING.search(text))
    program.press("q")
    assert program.wait_exit(at_once()) == 0
    assert program.restored
    assert not world.canary_hits
    assert foreign_sequences(program.output) == []


def test_no_number_is_shown_that_was_not_sent(start: Start, config_file: Path) -> None:
    clock = Clock(time.time())
    world = World(clock=clock)
    with serving(Upstream(world)) as server:
        config_file.write_text(config(server), encoding="utf-8")
        server.fail("/api/v3/*", "poison")
        program = start()
        program.wait_for(is_live)
        program.settle(1.0)
        rows = re.findall(r"^ +(?:\d+|—) +[A-Z]+ +(\S+) ", program.text, re.MULTILINE)
    sent = [format_price(world.market.price(coin, clock.now)) for coin in DEFAULT_WATCHLIST]
    assert [price if price != "—" else None for price in rows] == [
        price if index % 2 == 0 else None for index, price in enumerate(sent)
    ]
