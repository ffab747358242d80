"""Scales, dots, candles and the axis of time: pictures that need no screen."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.charts import Candle, ChartPoint, Span
from cointicker.text.braille import Dots
from cointicker.ui.charting.picture import Picture, draw_candles, draw_volumes, fill_below, line_dots
from cointicker.ui.charting.plot import LEAST_HEIGHT, LEAST_WIDTH, Wanted, make_plot
from cointicker.ui.charting.scales import Scale, round_step, tick_labels
from cointicker.ui.charting.series import GAPS, Window, in_percent, joined, made_of, nearest, runs, volumes, with_live
from cointicker.ui.charting.times import time_ticks

HOUR = 3600.0
DAY = 24 * HOUR
NOW = 1_800_000_000.0

prices = st.floats(1e-9, 1e12)
moments = st.floats(NOW - 40 * DAY, NOW)
series = st.lists(
    st.tuples(moments, prices, st.none() | prices), min_size=1, max_size=40, unique_by=lambda each: each[0]
)


def points_of(rows: Sequence[tuple[float, float, float | None]]) -> tuple[ChartPoint, ...]:
    return tuple(ChartPoint(*row) for row in sorted(rows, key=lambda row: row[0]))


def hourly(*prices: float, end: float = NOW) -> tuple[ChartPoint, ...]:
    """A price every hour, the last one at ``end``."""
    first = end - (len(prices) - 1) * HOUR
    return tuple(ChartPoint(first + index * HOUR, price) for index, price in enumerate(prices))


def drawn(dots: Dots) -> list[list[int]]:
    """Rows of the dots in each column, from the top."""
    return [[y for y in range(dots.down) if dots.has(x, y)] for x in range(dots.across)]


def line_of(points: Sequence[ChartPoint], columns: int = 30, height: int = 8, gap: float = 3 * HOUR) -> Dots:
    window = Window(points[0].at, points[-1].at, columns)
    scale = Scale.around([point.price for point in points], height * 4)
    return line_dots(points, window, scale, height, gap)


@given(series, st.integers(0, 90), st.integers(0, 40), st.sampled_from(Span), st.booleans())
def test_whatever_came_the_picture_has_the_size_that_was_asked_for(
    rows: list[tuple[float, float, float | None]], width: int, height: int, span: Span, as_candles: bool
) -> None:
    points = points_of(rows)
    marks = tuple(point.at for point in points[:3])
    plot = make_plot(Wanted(span, NOW, points, as_candles=as_candles, marks=marks), width, height)
    if plot is None:
        return
    assert width >= LEAST_WIDTH
    assert height >= LEAST_HEIGHT
    assert plot.picture.height == height == len(plot.picture.signs)
    assert {len(row) for row in plot.picture.signs} == {plot.picture.width}
    assert all(plot.picture.width + 1 + len(label) <= width for label in plot.labels.values())
    assert all(0 <= row < plot.axis for row in plot.labels)
    assert all(0 <= column < plot.picture.width for column in plot.marks)
    assert all(len(sign) == 1 for row in plot.picture.signs for sign in row)


@given(st.lists(prices, min_size=2, max_size=200))
def test_a_price_that_only_rises_draws_a_line_that_only_rises(some: list[float]) -> None:
    columns = drawn(line_of(hourly(*sorted(some))))
    tops = [rows[0] for rows in columns if rows]
    floors = [rows[-1] for rows in columns if rows]
    assert tops == sorted(tops, reverse=True)
    assert floors == sorted(floors, reverse=True)


@given(st.lists(prices, min_size=2, max_size=200))
def test_a_line_without_a_gap_has_a_dot_in_every_column(some: list[float]) -> None:
    assert all(drawn(line_of(hourly(*some))))


@given(st.lists(prices, min_size=1, max_size=30), st.lists(prices, min_size=1, max_size=30), st.integers(40, 500))
def test_a_gap_stays_empty(before: list[float], after: list[float], hours: int) -> None:
    early = hourly(*before, end=NOW - hours * HOUR - (len(after) - 1) * HOUR)
    late = hourly(*after)
    dots = line_of((*early, *late), gap=30 * HOUR)
    window = Window(early[0].at, late[-1].at, dots.width)
    first, last = window.place(early[-1].at, 2), window.place(late[0].at, 2)
    columns = drawn(dots)
    assert columns[first]
    assert columns[last]
    assert not any(columns[first + 1 : last])
    assert not any(drawn(fill_below(dots))[first + 1 : last])


def test_the_time_decides_where_a_point_is_and_not_its_number() -> None:
    window = Window(NOW - 10 * HOUR, NOW, 11)
    assert [window.place(NOW - hours * HOUR) for hours in (10, 9, 8, 1, 0)] == [0, 1, 2, 9, 10]
    assert [window.time(window.place(NOW - hours * HOUR)) for hours in (10, 5, 0)] == [NOW - 36000, NOW - 18000, NOW]


def test_what_lies_under_the_line_is_filled_to_the_floor() -> None:
    filled = drawn(fill_below(line_of(hourly(2, 1), columns=2, height=1)))
    assert filled == [[2, 3], [3], [], []]  # the line is two dots strong


@given(st.integers(-5, 30), st.integers(-5, 30), st.integers(-5, 30), st.integers(-5, 30))
def test_dots_outside_are_dropped(x: int, y: int, to_x: int, to_y: int) -> None:
    dots = Dots(5, 4)
    dots.line(x, y, to_x, to_y)
    inside = [(a, b) for a, b in ((x, y), (to_x, to_y)) if 0 <= a < 10 and 0 <= b < 16]
    assert all(dots.has(*place) for place in inside)
    assert not dots.has(10, 0)


def test_a_cell_is_the_braille_character_of_its_dots() -> None:
    dots = Dots(2, 1)
    dots.set(0, 0)
    dots.set(1, 3)
    assert (dots.sign(0, 0), dots.sign(1, 0)) == ("⢁", " ")


# Scales


@given(st.lists(prices | st.floats(-99, 1e6), min_size=1, max_size=50), st.integers(2, 100), st.integers(0, 4))
def test_every_value_has_a_place_and_a_higher_one_is_never_lower(some: list[float], size: int, margin: int) -> None:
    scale = Scale.around(some, size, margin=margin)
    places = [scale.place(value) for value in sorted(some)]
    assert all(0 <= place < size for place in places)
    assert places == sorted(places, reverse=True)


@given(st.lists(prices, min_size=2, max_size=50), st.integers(2, 12))
def test_ticks_are_few_round_and_within(some: list[float], most: int) -> None:
    scale = Scale.around(some, 40)
    ticks = scale.ticks(most)
    assert len(ticks) <= most + 1
    reach = scale.high - scale.low
    assert all(scale.low - reach * 1e-6 <= tick <= scale.high + reach * 1e-6 for tick in ticks)
    labels = tick_labels(ticks)
    assert len(set(labels)) == len(labels)
    assert not any("e" in label for label in labels)


@pytest.mark.parametrize(
    ("ticks", "labels"),
    [
        ([50_000.0, 52_500.0], ["50,000", "52,500"]),
        ([0.5, 1.0, 1.5], ["0.5", "1.0", "1.5"]),
        ([0.25, 0.5], ["0.25", "0.50"]),
        ([4.0e-6, 4.5e-6], ["0.0000040", "0.0000045"]),
        ([1.0e12, 1.5e12], ["1.0T", "1.5T"]),
        ([-5.0, 0.0, 5.0], ["-5", "0", "5"]),
        ([], []),
    ],
)
def test_ticks_have_as_many_decimals_as_they_need(ticks: list[float], labels: list[str]) -> None:
    assert tick_labels(ticks) == labels


@given(st.floats(1e-12, 1e15), st.integers(1, 20))
def test_a_step_is_round_and_does_not_occur_too_often(reach: float, most: int) -> None:
    step = round_step(reach, most)
    assert reach / step <= most * (1 + 1e-6)
    digits = f"{step:.6e}".split("e", maxsplit=1)[0].rstrip("0").rstrip(".")
    assert digits in {"1", "2", "2.5", "5"}


# Time


@given(st.floats(1.3e9, 2e9), st.floats(60, 20 * 365 * DAY), st.integers(10, 200))
def test_labels_of_time_are_in_order_and_apart(start: float, reach: float, width: int) -> None:
    ticks = time_ticks(start, start + reach, width, UTC)
    assert all(start <= tick.at <= start + reach for tick in ticks)
    cells = [(tick.at - start) / reach * width for tick in ticks]
    assert all(after - before >= len(tick.label) for (before, after), tick in zip(pairwise(cells), ticks, strict=False))


def labels(start: datetime, hours: float, width: int) -> list[str]:
    return [tick.label for tick in time_ticks(start.timestamp(), start.timestamp() + hours * HOUR, width, start.tzinfo)]


def test_a_day_is_told_in_hours_a_month_in_days_a_year_in_months() -> None:
    start = datetime(2026, 1, 14, 21, 30, tzinfo=UTC)
    assert labels(start, 24, 54) == ["15 Jan", "04:00", "08:00", "12:00", "16:00", "20:00"]
    assert labels(start, 30 * 24, 60)[:2] == ["19 Jan", "24 Jan"]
    assert labels(start, 365 * 24, 50) == ["Mar", "May", "Jul", "Sep", "Nov", "2027"]
    assert labels(start, 9 * 365 * 24, 40) == ["2028", "2030", "2032", "2034"]


def test_midnight_is_midnight_where_the_person_is_and_on_the_day_the_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 3, 28, 12, tzinfo=berlin)
    assert labels(start, 48, 72)[:4] == ["12:00", "18:00", "29 Mar", "06:00"]
    india = timezone(timedelta(hours=5, minutes=30))
    start = datetime(2026, 3, 28, tzinfo=india)
    ticks = time_ticks(start.timestamp(), start.timestamp() + 2 * DAY, 16, india)
    assert {tick.at % DAY for tick in ticks} == {18.5 * HOUR}


# Candles, volume, percent


def candle(at: float, *values: float) -> Candle:
    return Candle(at, *values)


def test_candles_show_body_and_wick_in_halves_of_a_cell() -> None:
    picture = Picture(2, 3)
    scale = Scale(0, 5, 6)
    draw_candles(picture, {0: candle(NOW, 1, 5, 0, 4), 1: candle(NOW, 2, 3, 1, 2)}, scale)
    assert ["".join(row) for row in picture.signs] == ["╽ ", "┃╽", "╿╵"]
    assert [row[0] for row in picture.inks] == ["up"] * 3


def test_candles_that_fall_on_one_column_become_one() -> None:
    window = Window(NOW - 4 * HOUR, NOW, 2)
    four = [candle(NOW - (3 - n) * HOUR, 10 + n, 20 + n, 5 - n, 11 + n) for n in range(4)]
    assert joined(four, window, 1) == {0: candle(four[1].at, 10, 21, 4, 12), 1: candle(four[3].at, 12, 23, 2, 14)}


@given(st.lists(prices, min_size=1, max_size=100))
def test_candles_made_of_prices_hold_all_of_them(some: list[float]) -> None:
    points = hourly(*some)
    made = made_of(points, Window(points[0].at - 1, NOW, 40), 2)
    assert max(each.high for each in made) == max(some)
    assert min(each.low for each in made) == min(some)
    assert (made[0].open, made[-1].close) == (some[0], some[-1])


def test_a_candle_opens_where_the_one_before_closed() -> None:
    points = hourly(*range(1, 50))
    made = made_of(points, Window(points[0].at, NOW, 20), 2)
    assert len(made) == 10
    assert all(before.close == after.open for before, after in pairwise(made))


def test_volume_is_drawn_from_the_floor_and_a_gap_has_none() -> None:
    picture = Picture(4, 2)
    draw_volumes(picture, [16.0, 8.0, None, 0.01], 0, 2, "chart")
    assert ["".join(row) for row in picture.signs] == ["█   ", "██ ▁"]


def test_a_column_without_a_point_of_its_own_has_the_volume_of_its_neighbour() -> None:
    points = (ChartPoint(NOW - 10 * HOUR, 1, 5.0), ChartPoint(NOW, 1, 7.0), ChartPoint(NOW - 1, 1, None))
    shown = volumes(sorted(points, key=lambda point: point.at), Window(NOW - 10 * HOUR, NOW, 11), 4 * HOUR)
    assert shown == [5.0, 5.0, 5.0, None, None, None, None, None, 7.0, 7.0, 7.0]


def test_two_coins_are_compared_from_where_both_are_known() -> None:
    own, other = hourly(50, 100, 110), hourly(10, 5)
    plot = make_plot(Wanted(Span.DAY, NOW, own, other=other), 60, 12)
    assert plot is not None
    assert plot.percent
    assert [round(point.price) for point in plot.points] == [-50, 0, 10]
    assert [round(point.price) for point in plot.other] == [0, -50]
    assert [point.price for point in in_percent(own, 50)] == [0, 100, pytest.approx(120)]


def test_the_newest_price_is_the_end_of_the_line() -> None:
    points = hourly(1, 2)
    assert with_live(points, 3, NOW + 5)[-1] == ChartPoint(NOW + 5, 3)
    assert with_live(points, 3, NOW) == points
    assert with_live(points, None, NOW + 5) == points


def test_the_nearest_point_is_none_in_the_middle_of_a_gap() -> None:
    points = (*hourly(1, 2, end=NOW - 10 * HOUR), *hourly(3))
    assert nearest(points, NOW - 9 * HOUR, 4 * HOUR) == points[1]
    assert nearest(points, NOW - 5 * HOUR, 4 * HOUR) is None
    assert nearest((), NOW, HOUR) is None
    assert [len(run) for run in runs(points, 4 * HOUR)] == [2, 1]


def test_high_low_and_the_newest_price_are_written_beside_the_line() -> None:
    plot = make_plot(Wanted(Span.DAY, NOW, hourly(100, 130, 90, 120)), 60, 16)
    assert plot is not None
    text = "\n".join("".join(row) for row in plot.picture.signs)
    assert "130.00" in text
    assert "90.00" in text
    assert plot.labels[plot.tag] == "120.00"


def test_marks_stand_on_the_axis_at_their_time() -> None:
    at = NOW - 12 * HOUR
    plot = make_plot(Wanted(Span.DAY, NOW, hourly(*range(1, 25)), marks=(at, at + 1, NOW - 3 * DAY)), 60, 12)
    assert plot is not None
    (column,) = plot.marks
    assert plot.marks[column] == [0, 1]
    assert plot.picture.signs[plot.axis][column] == "●"
    assert abs(plot.window.time(column) - at) <= HOUR / 2


def test_what_is_older_than_the_span_is_not_drawn() -> None:
    plot = make_plot(Wanted(Span.DAY, NOW, hourly(*range(1, 100))), 60, 12)
    assert plot is not None
    assert plot.points[0].at >= NOW - DAY
    assert all(gap > 2 * HOUR for gap in GAPS.values())


def test_nothing_is_drawn_of_nothing() -> None:
    assert make_plot(Wanted(Span.DAY, NOW, ()), 60, 12) is None
    assert make_plot(Wanted(Span.DAY, NOW, hourly(1, 2, end=NOW - 9 * DAY)), 60, 12) is None
