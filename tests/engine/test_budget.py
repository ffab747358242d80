"""How a month's calls are shared out."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cointicker.engine.budget import (
    DAY,
    HOUR,
    LONGEST,
    Day,
    Habits,
    Plan,
    budget_of,
    calls_left,
    day_number,
    habits_of,
    month_end,
    month_start,
    plan,
)

APRIL = datetime(2027, 4, 1, tzinfo=UTC).timestamp()
"""The first of thirty days."""
TODAY = day_number(APRIL)
FOUR_HOURS = Habits(30 * 4 * HOUR, 180)


def _same_days(count: int, hours: float, calls: int = 0, quotes: int = 0) -> list[Day]:
    return [Day(TODAY + number, calls, quotes, hours * HOUR) for number in range(count)]


def test_a_free_key_bears_a_minute_for_four_hours_a_day_and_a_quarter_of_an_hour_else() -> None:
    planned = plan(60, 10_000, 1, FOUR_HOURS, APRIL)
    assert planned.watched == 60
    assert planned.unwatched <= LONGEST
    assert 320 < planned.calls_of(4 * HOUR, DAY) + 180 / 30 < 334


def test_who_looks_longer_gets_wider_intervals_while_the_rest_stays() -> None:
    planned = plan(60, 10_000, 1, Habits(30 * 8 * HOUR, 180), APRIL)
    assert 100 < planned.watched < 120
    assert planned.unwatched == LONGEST


def test_who_looks_less_gets_shorter_intervals_while_nobody_looks() -> None:
    assert plan(60, 10_000, 1, Habits(30 * HOUR, 180), APRIL).unwatched < 600


def test_with_next_to_nothing_left_all_is_equally_seldom() -> None:
    planned = plan(60, 100, 1, FOUR_HOURS, APRIL)
    assert planned.watched == planned.unwatched == pytest.approx(30 * DAY / 50)


@pytest.mark.parametrize("left", [0, 1])
def test_with_nothing_left_the_next_fetch_is_in_the_next_month(left: int) -> None:
    assert plan(60, left, 2, FOUR_HOURS, APRIL + DAY).watched == 29 * DAY


def test_without_a_budget_there_is_only_the_floor() -> None:
    planned = plan(60, None, 1, FOUR_HOURS, APRIL)
    assert (planned.watched, planned.unwatched) == (60, 60)


@given(
    st.floats(5, 3600), st.integers(0, 10**6), st.integers(1, 4),
    st.builds(Habits, st.floats(0, 31 * DAY), st.floats(0, 10**5)), st.floats(1.7e9, 2.2e9),
)  # fmt: skip
def test_a_plan_that_comes_true_never_runs_dry(
    floor: float, left: int, calls_each: int, habits: Habits, now: float
) -> None:
    planned = plan(floor, left, calls_each, habits, now)
    assert planned.watched >= floor
    assert planned.unwatched >= floor
    rest = month_end(now) - now
    seen = min(habits.watched, rest)
    calls = (seen / planned.watched + (rest - seen) / planned.unwatched) * calls_each
    assert calls <= max(left, calls_each) * 1.02


@example([Day(TODAY, watched=6 * HOUR)], 1.0)
@given(
    st.lists(st.builds(Day, st.integers(TODAY - 9, TODAY + 2), st.integers(0, 5000), st.integers(0, 5000),
                       st.floats(0, DAY)), unique_by=lambda day: day.number),
    st.floats(0, DAY - 1),
)  # fmt: skip
def test_nobody_looks_longer_than_there_is_time(days: list[Day], gone: float) -> None:
    now = APRIL + gone
    habits = habits_of(days, now)
    assert 0 <= habits.watched <= month_end(now) - now + 1e-6
    assert habits.others >= 0


def test_habits_are_learnt_within_a_week() -> None:
    assert habits_of((), APRIL).watched == pytest.approx(30 * 4 * HOUR)
    for hours in (0, 1, 9, 24):
        week = _same_days(7, hours=hours)
        assert habits_of(week, APRIL + 7 * DAY).watched / (23 * HOUR) == pytest.approx(hours, abs=0.5)


def test_a_day_as_any_other_changes_nothing_but_what_is_left_of_it() -> None:
    days = [*_same_days(5, hours=4), Day(TODAY + 5, watched=3 * HOUR)]
    noon = APRIL + 5.5 * DAY
    assert habits_of(days, noon).watched == pytest.approx((1 + 24 * 4) * HOUR)


def test_who_looks_much_longer_than_usual_is_taken_to_go_on() -> None:
    noon = APRIL + 5.5 * DAY
    usual, today = _same_days(5, hours=4), Day(TODAY + 5, watched=12 * HOUR)
    assert habits_of([*usual, today], noon).watched > habits_of(usual, noon).watched + 12 * HOUR


def test_other_calls_are_learnt_too() -> None:
    busy = habits_of(_same_days(7, hours=4, calls=400, quotes=300), APRIL + 7 * DAY)
    assert busy.others > 80 * 23
    assert plan(60, 8_000, 1, busy, APRIL + 7 * DAY).watched > 60


def test_a_week_off_does_not_count_before_the_program_was_known() -> None:
    first = habits_of([Day(TODAY - 1, watched=4 * HOUR)], APRIL)
    assert first.watched == pytest.approx(30 * 4 * HOUR)


NOTHING_ELSE = Habits(30 * 4 * HOUR, 0)
EACH_MINUTE = Plan(60, LONGEST)


def test_the_month_stands_by_its_own_days_alone() -> None:
    days = [Day(TODAY - 1, calls=900), Day(TODAY, calls=300), Day(TODAY + 1, calls=100), Day(TODAY + 35, calls=7)]
    budget = budget_of(10_000, days, EACH_MINUTE, FOUR_HOURS, APRIL + DAY)
    assert (budget.used, budget.today, budget.left) == (400, 100, 9_600)
    assert budget.resets_at == month_end(APRIL)


def _until(planned: Plan, *days: Day, now: float = APRIL + DAY) -> float | None:
    return budget_of(10_000, days, planned, NOTHING_ELSE, now).lasts_until


def test_a_month_of_days_like_the_last_tells_how_long_the_calls_last() -> None:
    assert _until(EACH_MINUTE, Day(TODAY, 320, 320, 4 * HOUR)) is None
    assert _until(EACH_MINUTE, Day(TODAY, 840, 840, DAY)) == pytest.approx(APRIL + DAY + 9_160 / 1440 * DAY)


def test_an_interval_that_was_widened_since_counts_as_it_is_now() -> None:
    assert _until(Plan(280, LONGEST), Day(TODAY, 840, 840, DAY)) is None


def test_calls_for_other_things_count_as_they_were() -> None:
    assert _until(EACH_MINUTE, Day(TODAY, 1_320, 320, 4 * HOUR)) == pytest.approx(APRIL + DAY + 8_680 / 1320 * DAY)


def test_the_last_24_hours_are_the_last_day() -> None:
    noon = APRIL + 1.5 * DAY
    gone = (Day(TODAY, 1_000, 320, 4 * HOUR), Day(TODAY + 1, 400, 160, 2 * HOUR))
    rest = 10_000 - 1_400
    assert _until(EACH_MINUTE, *gone, now=noon) == pytest.approx(noon + rest / (320 + 340 + 240) * DAY)


def test_before_there_was_a_day_the_plan_tells_it() -> None:
    assert _until(EACH_MINUTE, now=APRIL) is None
    assert budget_of(10_000, (), EACH_MINUTE, Habits(30 * 4 * HOUR, 6_000), APRIL).lasts_until == pytest.approx(
        APRIL + 10_000 / 520 * DAY
    )


def test_at_the_end_of_a_month_the_next_one_begins_with_all_calls() -> None:
    days = _same_days(30, hours=4, calls=333)
    assert calls_left(10_000, days, month_end(APRIL) - 1) == 10
    assert calls_left(10_000, days, month_end(APRIL)) == 10_000
    assert month_start(month_end(APRIL)) == month_end(APRIL)


def test_two_long_days_in_a_row_are_the_rule_and_one_is_not() -> None:
    usual = _same_days(5, hours=4)
    one = [*usual, Day(TODAY + 5, watched=20 * HOUR)]
    two = [*one, Day(TODAY + 6, watched=20 * HOUR)]
    late = 23 * HOUR
    assert habits_of(one, APRIL + 5 * DAY + late).watched / 24 < 12 * HOUR
    assert habits_of(two, APRIL + 6 * DAY + late).watched / 23 == pytest.approx(20 * HOUR, rel=0.05)
