"""A free key lasts the month: by the plan alone for whole months, and with the real desks for days of them.

The desks run over a real store under a clock that jumps from due time to due time, the plan does so by itself; that
both come to the same in the same days is proven here, and ``bench/month.py`` goes through whole months with the desks.
"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cointicker.engine.budget import DAY, HOUR, LONGEST, day_number
from planned_month import Life, Spending, spend
from simulated_month import APRIL, FOUR_HOURS, SETTINGS, Hours, live, run_inline

BUDGET = 10_000
MAY = APRIL + 30 * DAY
EIGHT_HOURS: Hours = ((7, 11), (13, 17))
ALWAYS: Hours = ((0, 24),)


def usual(hours: Hours) -> Life:
    """A person all of whose days are the same."""
    return lambda _: hours


def fast(spent: Spending) -> list[float]:
    """The longest wait of each day while somebody looked, seconds."""
    return [day.fast for day in spent.days.values()]


def fate(spent: Spending) -> list[bool]:
    """Whether it was told at the end of each day that the calls last."""
    return [budget.lasts_until is None for budget in spent.budgets]


def _month(year: int, month: int) -> float:
    return datetime(year, month, 1, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("begin", "end", "oldest"),
    [(_month(2027, 2), APRIL - 31 * DAY, 60), (APRIL, MAY, 60), (MAY, MAY + 31 * DAY, 64)],
    ids=["28 days", "30 days", "31 days"],
)
def test_three_panes_around_the_clock_cost_no_more_than_a_free_key_has(begin: float, end: float, oldest: int) -> None:
    spent = spend(usual(FOUR_HOURS), begin, end)
    assert sum(spent.calls) <= BUDGET
    assert 60 <= max(fast(spent)) <= oldest
    assert max(day.slow for day in spent.days.values()) <= LONGEST
    assert all(fate(spent))


@pytest.mark.parametrize(
    ("hours", "evenly"), [(EIGHT_HOURS, (30 * 8 * HOUR) / (BUDGET - 180 - 30 * 16 * 4)), (ALWAYS, 30 * DAY / 9_820)],
    ids=["8 hours", "24 hours"],
)  # fmt: skip
def test_who_looks_longer_has_the_same_wider_interval_all_month(hours: Hours, evenly: float) -> None:
    spent = spend(usual(hours), APRIL, MAY)
    assert BUDGET - 5 <= sum(spent.calls) <= BUDGET
    assert max(fast(spent)[2:]) <= evenly * 1.06
    assert max(spent.calls[2:]) - min(spent.calls[2:]) <= 12
    assert all(fate(spent))


@pytest.mark.parametrize("begun", [10.0, 19.0 + 10 / 24], ids=["after ten days", "installed on the twentieth"])
def test_who_begins_to_look_all_day_is_understood_within_two_days(begun: float) -> None:
    turn = APRIL + begun * DAY
    begin = APRIL if begun == 10 else turn
    spent = spend(lambda now: ALWAYS if now >= turn else FOUR_HOURS, begin, MAY)
    assert BUDGET - 5 <= sum(spent.calls) <= BUDGET
    rest = [spent.days[number] for number in range(day_number(turn) + 3, day_number(MAY))]
    assert max(day.fast for day in rest) <= min(day.fast for day in rest) * 1.05
    told = fate(spent)[-len(rest) :]
    assert all(told)


def test_who_looks_no_longer_so_much_gets_shorter_intervals_again() -> None:
    turn = APRIL + 10 * DAY
    spent = spend(lambda now: FOUR_HOURS if now >= turn else ALWAYS, APRIL, MAY)
    assert sum(spent.calls) <= BUDGET
    assert fast(spent)[9] > 250
    assert max(fast(spent)[20:]) == 60


def test_a_day_that_is_more_than_the_month_bears_is_told_while_it_lasts() -> None:
    turn = APRIL + 4 * DAY
    spent = spend(lambda now: ALWAYS if now >= turn else FOUR_HOURS, APRIL, turn + 3 * DAY)
    assert fate(spent)[3:] == [True, False, True, True]


def test_what_goes_to_other_things_is_made_good_by_wider_intervals() -> None:
    spent = spend(usual(FOUR_HOURS), APRIL, APRIL + 20 * DAY, others=120)
    assert sum(spent.calls) <= BUDGET * 20 / 30 * 1.03
    assert max(day.slow for day in spent.days.values()) <= LONGEST
    assert 70 < max(fast(spent)[4:]) <= min(fast(spent)[4:]) * 1.1


def test_the_desks_spend_what_is_planned() -> None:
    month = run_inline(lambda: live(FOUR_HOURS, days=2))
    planned = spend(usual(FOUR_HOURS), APRIL, APRIL + 2 * DAY)
    for real, day in zip(month.days, planned.days.values(), strict=False):
        assert real.fast == 60
        assert real.slow == pytest.approx(day.slow)
        assert real.calls == pytest.approx(day.calls, abs=10)
    assert month.left == BUDGET - month.calls


def test_the_desks_widen_the_interval_as_is_planned() -> None:
    month = run_inline(lambda: live(ALWAYS, days=1))
    planned = spend(usual(ALWAYS), APRIL, APRIL + DAY)
    assert 200 < month.days[0].fast < 300
    assert month.days[0].calls == pytest.approx(planned.calls[0], rel=0.05)
    assert month.told == ["lasts"]


def test_the_last_day_ends_with_no_call_too_many_and_the_next_begins_with_all() -> None:
    left = 150
    market = replace(SETTINGS.market, monthly_calls=left)
    month = run_inline(lambda: live(FOUR_HOURS, days=2, begin=MAY - DAY, settings=replace(SETTINGS, market=market)))
    assert left - 5 <= month.days[0].calls <= left
    assert month.left == left - month.days[1].calls > 0


@pytest.mark.parametrize("hours", [FOUR_HOURS, ALWAYS], ids=["4 hours", "24 hours"])
def test_prices_of_then_are_asked_for_with_what_quotes_leave_over(hours: Hours) -> None:
    month = run_inline(lambda: live(hours, days=1, headlines=20))
    without = run_inline(lambda: live(hours, days=1))
    more = month.days[0].calls - without.days[0].calls
    assert 0 < more <= 30
    assert month.days[0].fast <= without.days[0].fast * 1.05
    assert month.told == ["lasts"]
