"""The collector of cycles stays out of the way while much comes in, and only then."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from cointicker.engine.breathing import uncollected


@contextmanager
def _noted() -> Iterator[list[str]]:
    runs: list[str] = []

    def note(phase: str, _info: object) -> None:
        runs.append(phase)

    gc.callbacks.append(note)
    try:
        yield runs
    finally:
        gc.callbacks.remove(note)


def _work() -> list[list[int]]:
    return [[number] for number in range(10 * gc.get_threshold()[0])]


def test_nothing_is_collected_meanwhile_and_afterwards_as_ever() -> None:
    with _noted() as runs:
        with uncollected():
            before = len(runs)
            kept = _work()
            meanwhile = len(runs)
        kept += _work()
        assert meanwhile == before < len(runs)


def test_of_two_at_once_the_first_turns_the_collector_off_and_on() -> None:
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_work_that_fails_leaves_the_collector_on() -> None:
    with pytest.raises(LookupError), uncollected():
        raise LookupError
    assert gc.isenabled()


def test_what_has_come_to_stay_is_looked_through_no_more() -> None:
    frozen = gc.get_freeze_count()
    try:
        with uncollected() as set_aside:
            kept = _work()
            set_aside()
        assert gc.get_freeze_count() >= frozen + len(kept)
    finally:
        gc.unfreeze()
