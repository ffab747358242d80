"""How much hurry there is, and what a key bears."""

from dataclasses import replace

import pytest

from cointicker.config.settings import MarketSettings, Secret
from cointicker.engine.budget import LONGEST, Plan
from cointicker.engine.pace import Level, pace_of
from cointicker.engine.panes import LINE, Pane
from cointicker.engine.presence import level_of
from cointicker.engine.tiers import PRO_HOST, Key, Tier, key_of, minute_pace
from fake_clock import START

UNBOUND = Plan(60, 60)


def _pane(focused: bool | None, idle: float | None, owner: str = "one") -> Pane:
    return Pane(owner, START, "usd", ("bitcoin",), focused, None if idle is None else START - idle)


@pytest.mark.parametrize(
    ("focused", "idle", "level"),
    [
        (True, 0, Level.WATCHED),
        (True, 890, Level.WATCHED),
        (True, 900, Level.SEEN),
        (True, 7200, Level.ASLEEP),
        (None, 299, Level.WATCHED),
        (None, 300, Level.SEEN),
        (None, 7200, Level.ASLEEP),
        (None, None, Level.ASLEEP),
        (False, 0, Level.AWAY),
        (False, 7200, Level.ASLEEP),
        (True, -400, Level.WATCHED),
    ],
)
def test_a_pane_is_as_lively_as_its_focus_and_last_key(focused: bool | None, idle: float | None, level: Level) -> None:
    assert level_of([_pane(focused, idle)], START) is level


def test_the_liveliest_pane_counts_and_a_command_is_somebody_who_waits() -> None:
    assert level_of([_pane(focused=False, idle=9000), _pane(focused=True, idle=5), _pane(False, 1)], START) is (
        Level.WATCHED
    )
    assert level_of((), START) is Level.WATCHED


def test_a_status_line_alone_is_nobody_who_looks() -> None:
    assert level_of([_pane(None, None, LINE + ":1")], START) is Level.AWAY


def test_without_a_budget_prices_are_still_fetched_more_rarely_while_nobody_looks() -> None:
    waits = [pace_of(level, UNBOUND, 60).seconds for level in Level]
    assert waits[0] == 60
    assert waits == sorted(waits)
    assert len(set(waits)) == len(Level)
    assert waits[-1] == LONGEST


@pytest.mark.parametrize("level", Level)
def test_what_the_person_set_is_the_floor_of_all(level: Level) -> None:
    assert pace_of(level, Plan(1000, 1000), 1000, alerts=120).seconds == 1000


def test_an_alert_keeps_its_own_pace_as_far_as_the_budget_bears_it() -> None:
    hurried = pace_of(Level.ASLEEP, UNBOUND, 60, alerts=120)
    assert (hurried.seconds, hurried.alerts) == (120, True)
    poor = pace_of(Level.ASLEEP, Plan(60, 600), 60, alerts=120)
    assert (poor.seconds, poor.stretched) == (600, True)


def test_nobody_who_looks_away_is_served_better_than_who_looks() -> None:
    for level in Level:
        assert pace_of(level, Plan(1200, 900), 60).seconds >= 1200


DEMO_AND_PRO = MarketSettings(demo_api_key=Secret("CG-demo"), pro_api_key=Secret("CG-pro"))


@pytest.mark.parametrize(
    ("market", "tier", "text"),
    [
        (MarketSettings(), Tier.KEYLESS, ""),
        (MarketSettings(pro_api_key=Secret("CG-pro")), Tier.PRO, "CG-pro"),
        (DEMO_AND_PRO, Tier.DEMO, "CG-demo"),
        (replace(DEMO_AND_PRO, base_url=f"https://{PRO_HOST}/api/v3/"), Tier.PRO, "CG-pro"),
        (replace(DEMO_AND_PRO, base_url="http://127.0.0.1:8000/"), Tier.PRO, "CG-pro"),
        (replace(DEMO_AND_PRO, pro_api_key=Secret(" ")), Tier.DEMO, "CG-demo"),
    ],
)
def test_the_key_that_fits_the_host_is_used(market: MarketSettings, tier: Tier, text: str) -> None:
    key = key_of(market)
    assert (key.tier, key.text) == (tier, text)


def test_the_mark_of_a_key_is_its_own_and_tells_nothing_of_it() -> None:
    marks = {Key(Tier.DEMO, f"CG-{number}").mark for number in range(50)}
    assert len(marks) == 50
    assert not any("CG-" in mark for mark in marks)
    assert Key().mark == ""


def test_what_a_server_says_of_a_minute_wins_and_something_is_left_for_others() -> None:
    assert minute_pace(Tier.DEMO, 100).person > minute_pace(Tier.DEMO).person
    for tier in Tier:
        for told in (1, 2, 3, 30, 100, 500):
            pace = minute_pace(tier, told)
            assert 1 <= pace.quiet <= pace.person < max(told, 2)
        assert minute_pace(tier, 0) == minute_pace(tier)
