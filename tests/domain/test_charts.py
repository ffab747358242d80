"""What of a chart can be drawn, and how stored prices continue it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.charts import (
    Candle,
    Chart,
    ChartPoint,
    Span,
    from_sparkline,
    ordered_candles,
    ordered_points,
    with_history,
)
from cointicker.domain.market import PRICE_CEILING, PriceHistory, Quote, sparkline_price
from cointicker.domain.words import SafeText

WEEK = 7 * 86_400.0
anything = st.floats() | st.integers(-(10**20), 10**20)


@given(st.lists(st.tuples(anything, anything), max_size=30))
def test_points_are_in_order_of_time_one_a_moment_and_all_can_be_drawn(raw: list[tuple[float, float]]) -> None:
    points = ordered_points(ChartPoint(at, price) for at, price in raw)
    times = [point.at for point in points]
    assert times == sorted(set(times))
    assert all(0 < point.at < float("inf") and 0 < point.price < PRICE_CEILING for point in points)


def test_of_two_points_of_one_moment_the_first_stays() -> None:
    assert ordered_points([ChartPoint(5, 2), ChartPoint(3, 1), ChartPoint(5, 9)]) == (
        ChartPoint(3, 1),
        ChartPoint(5, 2),
    )


@given(st.lists(st.builds(Candle, anything, anything, anything, anything, anything), max_size=20))
def test_no_candle_has_a_wick_inside_its_body(raw: list[Candle]) -> None:
    for candle in ordered_candles(raw):
        assert candle.low <= min(candle.open, candle.close) <= max(candle.open, candle.close) <= candle.high


def chart(*points: ChartPoint) -> Chart:
    return Chart("bitcoin", "usd", Span.DAY, points, (), 100.0)


def test_stored_prices_fill_and_continue_a_chart_and_the_source_wins_where_both_know_a_moment() -> None:
    drawn = with_history(
        chart(ChartPoint(10, 1.0, 5.0), ChartPoint(20, 2.0, 5.0)),
        PriceHistory((5, 10, 15, 25), (9.0, 9.0, 1.5, 2.5)),
        since=10,
    )
    assert drawn.points == (
        ChartPoint(10, 1.0, 5.0),
        ChartPoint(15, 1.5),
        ChartPoint(20, 2.0, 5.0),
        ChartPoint(25, 2.5),
    )
    assert drawn.fetched_at == 100.0


def test_a_sparkline_becomes_a_week_that_ends_with_the_price() -> None:
    prices = tuple(100.0 + hour for hour in range(168))
    quote = Quote("bitcoin", SafeText("BTC"), SafeText("Bitcoin"), "usd", 300.0, 2 * WEEK, sparkline=prices)
    points = from_sparkline(quote)
    assert [point.price for point in points] == [*prices, 300.0]
    assert (points[0].at, points[-1].at) == (WEEK, 2 * WEEK)
    assert {round(later.at - point.at) for point, later in pairwise(points)} == {3600}
    middle = sparkline_price(quote, points[84].at)
    assert middle is not None
    assert abs(middle - points[84].price) <= 1  # the two ways of reading it agree to an hour


def test_a_quote_without_a_sparkline_has_no_week() -> None:
    assert from_sparkline(Quote("bitcoin", SafeText("BTC"), SafeText("Bitcoin"), "usd", 300.0, 2 * WEEK)) == ()


def test_spans_grow() -> None:
    lengths = [span.seconds for span in Span]
    assert lengths == sorted(set(lengths))
