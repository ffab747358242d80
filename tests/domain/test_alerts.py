"""When an alert fires, and when it does not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.alerts import (
    ALL_TIME,
    Alert,
    Firing,
    Kind,
    Quiet,
    Reading,
    Watch,
    all_prices,
    follow,
    has_word,
    judge,
    price_readings,
)
from cointicker.domain.market import PriceHistory, Quote
from cointicker.domain.words import SafeText
from fake_clock import START

HOUR = 3600.0
ABOVE = Alert(Kind.ABOVE, "bitcoin", 100.0)


def _readings(*values: float | None, step: float = 60.0) -> list[Reading]:
    return [Reading(START + place * step, value) for place, value in enumerate(values)]


def _fired(alert: Alert, *values: float | None, step: float = 60.0) -> list[int]:
    """The places of the readings on which it fired."""
    _, firings = follow(alert, Watch(alert.alert_id), _readings(*values, step=step))
    return [round((firing.at - START) / step) for firing in firings]


def test_above_fires_at_the_level_and_below_likewise() -> None:
    assert _fired(ABOVE, 99.9, 100.0) == [1]
    assert _fired(replace(ABOVE, kind=Kind.BELOW), 100.1, 100.0) == [1]


def test_what_stays_above_fires_once_and_what_comes_back_fires_again_only_where_asked() -> None:
    values = (99, 101, 102, 103, 99, 101, 99)
    assert _fired(ABOVE, *values) == [1]
    assert _fired(replace(ABOVE, repeat=True, cooldown=0), *values) == [1, 5]


def test_what_is_met_already_when_it_is_made_fires_at_once_but_crossing_needs_two_readings() -> None:
    assert _fired(ABOVE, 101.0) == [0]
    assert _fired(replace(ABOVE, kind=Kind.CROSSES), 101.0, 102.0) == []


def test_crossing_fires_both_ways() -> None:
    crosses = replace(ABOVE, kind=Kind.CROSSES, repeat=True, cooldown=0)
    assert _fired(crosses, 99, 101, 102, 98, 97, 100) == [1, 3, 5]


def test_a_cooldown_swallows_what_comes_within() -> None:
    values = (99, 101, 99, 101, 99, 101)
    assert _fired(replace(ABOVE, repeat=True, cooldown=180), *values) == [1, 5]


def test_a_clock_set_back_does_not_make_a_cooldown_endless() -> None:
    alert = replace(ABOVE, repeat=True)
    before = Watch(alert.alert_id, START + 9e6, 99.0, fired_at=START + 9e6)
    assert judge(alert, before, Reading(START, 101.0)) is not None


def test_a_price_that_is_not_known_changes_nothing() -> None:
    assert _fired(replace(ABOVE, repeat=True, cooldown=0), 101, None, 101) == [0]
    assert judge(ABOVE, Watch(ABOVE.alert_id), Reading(START)) is None


def test_a_move_is_measured_from_the_lowest_and_the_highest_within_the_time() -> None:
    move = Alert(Kind.MOVE, "bitcoin", 10.0, within=HOUR)
    samples = [(START, 100.0), (START + 1800, 96.0), (START + 3000, 104.0), (START + 5000, 106.0)]
    _, firings = follow(move, Watch(move.alert_id, START), price_readings(move, samples, START))
    assert [firing.at for firing in firings] == [START + 5000]
    assert firings[0].value == pytest.approx(106 / 96 * 100 - 100)
    late = [*samples[:3], (START + 5500, 105.9)]
    assert follow(move, Watch(move.alert_id, START), price_readings(move, late, START))[1] == ()


def test_a_fall_is_a_move_with_its_sign() -> None:
    move = Alert(Kind.MOVE, "bitcoin", 10.0)
    (reading,) = price_readings(move, [(START - 600, 100.0), (START, 80.0)], START - 600)
    firing = judge(move, Watch(move.alert_id), reading)
    assert firing is not None
    assert firing.value == pytest.approx(-20.0)


def test_a_new_high_needs_prices_of_most_of_its_time() -> None:
    high = Alert(Kind.NEW_HIGH, "bitcoin", within=10 * HOUR)
    short = [(START + hour * HOUR, 100.0 + hour) for hour in range(5)]
    assert follow(high, Watch(high.alert_id, START), price_readings(high, short, START))[1] == ()
    long = [(START + hour * HOUR, 100.0) for hour in range(10)]
    for last, fires in ((100.0, False), (100.1, True)):
        readings = price_readings(high, [*long, (START + 10 * HOUR, last)], long[-1][0])
        assert bool(follow(high, Watch(high.alert_id, START), readings)[1]) is fires


def test_an_all_time_high_is_one_above_that_of_before() -> None:
    high = Alert(Kind.NEW_HIGH, "bitcoin", within=ALL_TIME, repeat=True, cooldown=0)
    assert _fired(high, 100, 100, 101, 101, 102) == [2, 4]


def test_a_depeg_counts_in_both_directions() -> None:
    depeg = Alert(Kind.DEPEG, "tether", 50.0)
    assert _fired(depeg, 49, -50) == [1]


def test_a_difficulty_fires_on_each_change_that_is_large_enough() -> None:
    alert = Alert(Kind.DIFFICULTY, level=3.0, repeat=True, cooldown=0)
    assert _fired(alert, 100, 100, 102, 106, 106, 100) == [3, 5]
    assert _fired(replace(alert, level=0.0), 100, 100, 101, 101) == [2]


def test_hashprice_has_a_level_on_either_side() -> None:
    assert _fired(Alert(Kind.HASHPRICE_ABOVE, level=50.0), 49, 51) == [1]
    assert _fired(Alert(Kind.HASHPRICE_BELOW, level=50.0), 51, 49) == [1]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("The Halving is near", True),
        ("halving", True),
        ("Unhalving", False),
        ("halvings", False),
        ("Spot  ETF\tinflows: halving!", True),
        ("", False),
    ],
)
def test_a_word_is_found_whole_and_in_any_capitals(title: str, *, found: bool) -> None:
    assert has_word(title, "halving") is found


def test_words_are_no_patterns_and_a_phrase_may_be_spaced_anyhow() -> None:
    assert has_word("What does C++ have to do with it", "c++")
    assert has_word("A spot  ETF", "Spot ETF")
    assert not has_word("abc", "a.c")
    assert not has_word("anything", " ")


def test_a_headline_fires_with_its_identity() -> None:
    alert = Alert(Kind.KEYWORD, keyword="halving")
    firing = judge(alert, Watch(alert.alert_id, START), Reading(START, headline_id="a1", title=SafeText("Halving!")))
    assert firing is not None
    assert (firing.headline_id, firing.value) == ("a1", None)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("23:00-07:00", (23 * 60, 0, 419), (420, 1379)),
        ("9:30 - 17:00", (570, 1019), (569, 1020)),
        ("08:00-08:00", (), (480,)),
    ],
)
def test_quiet_hours_may_reach_over_midnight(text: str, inside: tuple[int, ...], outside: tuple[int, ...]) -> None:
    quiet = Quiet.parse(text)
    assert quiet is not None
    assert all(map(quiet.covers, inside))
    assert not any(map(quiet.covers, outside))
    assert Quiet.parse(str(quiet)) == quiet


@pytest.mark.parametrize("text", ["", "23:00", "24:00-01:00", "1:60-2:00", "23-7", "22:00-24:01"])
def test_other_texts_are_no_hours(text: str) -> None:
    assert Quiet.parse(text) is None


def test_the_name_of_an_alert_follows_what_it_waits_for_and_nothing_else() -> None:
    same = replace(ABOVE, repeat=True, note=SafeText("x"), enabled=False, quiet=Quiet(0, 5), within=7.0)
    assert same.alert_id == ABOVE.alert_id
    others = [
        replace(ABOVE, level=101.0), replace(ABOVE, coin_id="ethereum"), replace(ABOVE, currency="eur"),
        replace(ABOVE, kind=Kind.BELOW), Alert(Kind.MOVE, "bitcoin", 100.0),
        Alert(Kind.MOVE, "bitcoin", 100.0, within=7.0),
    ]  # fmt: skip
    assert len({each.alert_id for each in [ABOVE, *others]}) == 1 + len(others)


def test_one_that_rests_or_has_fired_once_is_not_awake() -> None:
    assert ABOVE.is_awake(START)
    assert not replace(ABOVE, enabled=False).is_awake(START)
    assert not replace(ABOVE, fired_at=START - 9).is_awake(START)
    assert replace(ABOVE, fired_at=START - 9, repeat=True).is_awake(START)
    assert not replace(ABOVE, snoozed_until=START + 1).is_awake(START)
    assert replace(ABOVE, snoozed_until=START).is_awake(START)


def _quote(points: tuple[float, ...], currency: str = "usd") -> Quote:
    return Quote("bitcoin", SafeText("BTC"), SafeText("Bitcoin"), currency, 100.0, START, START, sparkline=points)


def test_a_sparkline_fills_the_hours_in_which_nothing_was_stored() -> None:
    history = PriceHistory((START - 50 * HOUR, START - 2 * HOUR, START), (1.0, 2.0, 3.0))
    points = all_prices(history, _quote(tuple(100.0 + place for place in range(169))))
    assert points == sorted(points)
    assert {price for _, price in points} >= {1.0, 2.0, 3.0}
    between = [at for at, price in points if START - 50 * HOUR < at < START - 2 * HOUR and price >= 100]
    assert len(between) in {46, 47}
    assert all(abs(at - stored) >= HOUR for at, price in points if price >= 100 for stored in history.times)


def test_an_error_in_a_sparkline_counts_for_nothing() -> None:
    values = [100.0] * 169
    values[100], values[0] = 870e9, 0.001
    assert {price for _, price in all_prices(None, _quote(tuple(values)))} == {100.0}


def test_a_sparkline_in_another_currency_counts_for_nothing() -> None:
    assert all_prices(None, _quote((100.0,) * 169, "eur")) == []


prices = st.lists(st.floats(1, 1000), min_size=1, max_size=60)


@given(prices, st.floats(1, 1000), st.sampled_from([Kind.ABOVE, Kind.BELOW]))
def test_one_that_repeats_fires_as_often_as_the_price_comes_over_the_level(
    values: list[float], level: float, kind: Kind
) -> None:
    alert = Alert(kind, "bitcoin", level, repeat=True, cooldown=0)
    met = [value >= level if kind is Kind.ABOVE else value <= level for value in values]
    rises = [place for place, now in enumerate(met) if now and not (place and met[place - 1])]
    assert _fired(alert, *values) == rises


@given(prices, st.integers(0, 60), st.floats(1, 1000))
def test_it_does_not_matter_where_a_run_ends_and_the_next_goes_on(values: list[float], cut: int, level: float) -> None:
    alert = Alert(Kind.CROSSES, "bitcoin", level, repeat=True, cooldown=120)
    readings = _readings(*values)
    whole, firings = follow(alert, Watch(alert.alert_id), readings)
    watch, first = follow(alert, Watch(alert.alert_id), readings[:cut])
    rest, second = follow(alert, watch, readings[cut:])
    assert (rest, (*first, *second)) == (whole, firings)


@given(st.lists(st.tuples(st.floats(1, 600), st.floats(1, 1000)), min_size=2, max_size=60), st.floats(60, 3000))
def test_a_window_holds_what_a_search_would_find(steps: list[tuple[float, float]], within: float) -> None:
    samples, at = list[tuple[float, float]](), START
    for step, price in steps:
        at += step
        samples.append((at, price))
    alert = Alert(Kind.MOVE, "bitcoin", 5.0, within=within)
    for reading in price_readings(alert, samples, START):
        window = [price for at, price in samples if reading.at - within <= at < reading.at]
        assert (reading.low, reading.high) == (min(window, default=None), max(window, default=None))


def test_a_firing_tells_what_and_when() -> None:
    firing = judge(ABOVE, Watch(ABOVE.alert_id, START - 60, 99.0), Reading(START, 101.0))
    assert firing == Firing(ABOVE.alert_id, Kind.ABOVE, "bitcoin", START, START, 101.0, 100.0, "usd")
