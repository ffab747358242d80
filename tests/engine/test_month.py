"""A free key lasts the month: the real desks over a real store, under a clock that jumps from due time to due time."""

import pytest

from simulated_month import FOUR_HOURS, Hours, live, run_inline

BUDGET = 10_000


def test_three_panes_around_the_clock_cost_no_more_than_a_free_key_has() -> None:
    month = run_inline(lambda: live(FOUR_HOURS))
    assert month.left == BUDGET - month.calls >= 0
    assert max(day.fast for day in month.days) == pytest.approx(60)
    assert max(day.slow for day in month.days) == pytest.approx(900)
    assert month.calls > month.fetches >= 9_600
    assert set(month.told[-5:]) == {"lasts"}


@pytest.mark.parametrize("hours", [((7, 11), (13, 17)), ((0, 24),)], ids=["8 hours", "24 hours"])
def test_who_looks_longer_gets_wider_intervals_instead_of_none_at_the_end(hours: Hours) -> None:
    month = run_inline(lambda: live(hours, days=5))
    spent = sum(day.calls for day in month.days[:4])
    third, fifth = month.days[2], month.days[4]
    assert 60 < third.fast < 300
    assert fifth.fast == pytest.approx(third.fast, rel=0.1)
    assert fifth.slow <= 900
    assert fifth.calls <= (BUDGET - spent) / 26 * 1.05
