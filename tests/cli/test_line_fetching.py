"""When ``cointicker line`` starts a fetch, and how often at the most."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cli.line_facts import BITCOIN, NOW, coin, glance, known, maker
from cointicker.cli.line.fetching import start_fetch, what_is_due
from cointicker.cli.line.request import Request
from cointicker.domain.glance import Due, Known


def _due(text: str, state: Known, now: float = NOW) -> str:
    made = maker(text)
    return what_is_due(made, made.make(state, now), state, glance(), now)


def test_nothing_is_due_while_all_is_new() -> None:
    state = known()
    state.news_due, state.mining_due = Due(NOW - 10, NOW + 590), Due(NOW - 10, NOW + 290)
    assert _due("{coins} {headline} {fees}", state) == ""
    assert _due("plain", Known("nothing is stored")) == ""


@pytest.mark.parametrize(("text", "part"), [("{coins}", "prices"), ("{headline}", "news"), ("{fees}", "mining")])
def test_what_is_shown_is_due_when_its_time_has_come(text: str, part: str) -> None:
    assert _due(text, Known("nothing is stored")).startswith(part)


def test_a_program_with_a_screen_is_given_time_first() -> None:
    state = known()
    state.apps = 2
    assert _due("{coins}", state, NOW + 100) == ""
    assert _due("{coins}", state, NOW + 200) != ""


def test_a_time_that_only_a_wrong_clock_can_have_written_holds_nothing_up() -> None:
    state = known()
    state.prices_due = Due(NOW - 10, NOW + 86_400, failing=True)
    assert _due("{coins}", state) == ""
    state.prices_due = Due(NOW - 10, NOW + 30 * 86_400, failing=True)
    assert _due("{coins}", state).startswith("prices")


def test_a_coin_that_nobody_fetches_is_asked_for() -> None:
    assert "ada" in _due("{BTC.price} {ADA.price}", known())
    old = known(BITCOIN, coin("cardano", "ADA", age=9000))
    assert "ada" in _due("{BTC.price} {ADA.price}", old)
    old.apps = 1
    assert _due("{BTC.price} {ADA.price}", old) == "", "the panes have been told"
    assert "xyz" in _due("{XYZ.price} {BTC.price}", old), "but not of what nobody knows"


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """Where starts are noted."""
    return tmp_path / "line.lock"


def _try(lock: Path, mark: str, after: float = 0.0) -> bool:
    """Whether a fetch would be started; what is started is nothing."""
    begun: list[list[str]] = []
    told = start_fetch(str(lock), Request(), mark, 60.0, NOW + after, begin=lambda _, words: begun.append(words))
    assert told == bool(begun)
    assert begun in ([], [["line", "--fetch"]])
    return told


def test_tries_that_leave_no_trace_become_rarer(lock: Path) -> None:
    starts = [second for second in range(4000) if _try(lock, "same", second)]
    assert starts == [0, 60, 180, 420, 900, 1860, 3780]


def test_tries_that_leave_one_keep_their_pace(lock: Path) -> None:
    marks = [second for second in range(400) if _try(lock, str(second), second)]
    assert marks == [0, 60, 120, 180, 240, 300, 360]


def test_a_clock_that_was_set_back_holds_nothing_up(lock: Path) -> None:
    assert _try(lock, "one")
    assert _try(lock, "two", -86_400)


@contextmanager
def _held(lock: Path) -> Iterator[None]:
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    yield
    os.close(descriptor)


def test_none_is_started_while_one_runs_nor_where_that_cannot_be_noted(lock: Path, tmp_path: Path) -> None:
    with _held(lock):
        assert not _try(lock, "one")
    assert _try(lock, "one")
    assert not _try(tmp_path / "nowhere" / "lock", "one")
