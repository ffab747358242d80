"""When to ask again."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.freshness import Cause, Failed
from cointicker.engine.budget import month_end, month_start
from cointicker.engine.ports import Deadline
from cointicker.engine.schedule import DAY, due_after, next_visit, note_failure, retry_at
from fake_clock import START


def _at(date: str) -> float:
    return datetime.fromisoformat(date).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("cause", "failures", "wait"),
    [
        (Cause.OFFLINE, 1, 5),
        (Cause.OFFLINE, 4, 40),
        (Cause.OFFLINE, 99, 60),
        (Cause.LIMITED, 1, 60),
        (Cause.LIMITED, 2, 120),
        (Cause.LIMITED, 10, 900),
        (Cause.BLOCKED, 1, 900),
        (Cause.MISSING, 1, 3600),
        (Cause.MISSING, 9, DAY),
    ],
)
def test_waits_double_up_to_a_limit_of_each_cause(cause: Cause, failures: int, wait: float) -> None:
    assert retry_at(Failed("x", cause=cause), failures, START) == START + wait


@pytest.mark.parametrize(
    ("asked", "until"),
    [(START + 7, START + 7), (START - 100, START + 1), (START, START + 1), (START + 90 * DAY, START + DAY)],
)
def test_what_the_source_asks_for_wins_within_a_second_and_a_day(asked: float, until: float) -> None:
    assert retry_at(Failed("x", asked, Cause.BLOCKED), 5, START) == until


@given(st.sampled_from(Cause), st.none() | st.floats(0, 4e9), st.integers(1, 10_000))
def test_the_next_try_is_always_ahead_and_never_more_than_a_day(cause: Cause, asked: float | None, count: int) -> None:
    assert START < retry_at(Failed("x", asked, cause), count, START) <= START + DAY


def test_a_failure_is_noted_beside_the_last_answer() -> None:
    once = note_failure(Deadline(fetched_at=START - 60), Failed("no network", cause=Cause.OFFLINE), START)
    assert once == Deadline(START - 60, START + 5, "no network", 1)
    twice = note_failure(once, Failed("too many requests", START + 30, Cause.LIMITED), START + 5)
    assert twice == Deadline(START - 60, START + 30, "too many requests", 2, asked=True)


def test_what_was_fetched_in_the_future_is_due_now() -> None:
    assert due_after(START - 10, 60, START) == START + 50
    assert due_after(START, 60, START) == START + 60
    assert due_after(START + 10, 60, START) == START


@given(st.floats(60, DAY), st.none() | st.floats(0, 1e9), st.text(max_size=30))
def test_feeds_are_spread_over_a_tenth_of_their_interval(interval: float, asked: float | None, name: str) -> None:
    wait = min(DAY, max(interval, asked or 0))
    at = next_visit(START, interval, asked, name)
    assert START + wait <= at <= START + 1.1 * wait + 1e-3
    assert next_visit(START, interval, asked, name) == at


@pytest.mark.parametrize(
    ("now", "start", "end"),
    [
        ("2027-01-15 08:00", "2027-01-01", "2027-02-01"),
        ("2026-12-31 23:59:59", "2026-12-01", "2027-01-01"),
        ("2028-02-29", "2028-02-01", "2028-03-01"),
        ("2027-03-01", "2027-03-01", "2027-04-01"),
    ],
)
def test_months_are_those_of_utc(now: str, start: str, end: str) -> None:
    assert (month_start(_at(now)), month_end(_at(now))) == (_at(start), _at(end))
