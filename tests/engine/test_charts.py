"""The chart desk: from the store first, and no more calls than allowed."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from cointicker.config.settings import MarketSettings, Secret, Settings
from cointicker.domain.charts import Candle, Chart, ChartPoint, Span
from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.market import Quote
from cointicker.domain.words import SafeText
from cointicker.engine.engine import Engine
from cointicker.engine.state import OFFLINE
from cointicker.engine.tiers import key_of
from engine.conftest import Start
from engine.outside import NO_NETWORK, FlawedSourceError, Outside
from fake_clock import START, Clock

HOUR = 3600.0
DAY = 24 * HOUR
POINTS = (ChartPoint(START - DAY, 90.0, 5.0), ChartPoint(START - HOUR, 95.0, 6.0))
CANDLE = Candle(START - HOUR, 1.0, 2.0, 0.5, 1.5)


@pytest.fixture(autouse=True)
def drawn(outside: Outside) -> None:
    outside.market.points = POINTS
    outside.market.bars = (CANDLE,)


def told(outcome: Chart | Failed | None) -> Chart:
    assert isinstance(outcome, Chart), outcome
    return outcome


@pytest.mark.parametrize(
    ("span", "good_for"),
    [(Span.DAY, 300), (Span.WEEK, HOUR), (Span.MONTH, HOUR), (Span.QUARTER, 12 * HOUR), (Span.MAX, 12 * HOUR)],
)
async def test_a_chart_is_asked_for_once_and_again_when_it_is_old(
    engine: Engine, outside: Outside, clock: Clock, span: Span, good_for: float
) -> None:
    assert told(await engine.chart("bitcoin", span)).points == POINTS
    clock.pass_by(good_for - 1)
    assert told(await engine.chart("bitcoin", span)).fetched_at == START
    assert outside.market.questions == [("chart", "bitcoin", "usd", span.value)]
    clock.pass_by(1)
    assert told(await engine.chart("bitcoin", span)).fetched_at == clock.now
    assert len(outside.market.questions) == 2


async def test_what_is_stored_is_drawn_without_a_call_by_another_pane(
    start: Start, outside: Outside, file: Path, clock: Clock
) -> None:
    told(await start(place=file).chart("bitcoin", Span.YEAR))
    clock.pass_by(20 * DAY)
    outside.market.trouble = NO_NETWORK
    other = start(place=file)
    assert told(await other.stored_chart("bitcoin", Span.YEAR)).points == POINTS
    assert await other.stored_chart("bitcoin", Span.MONTH) is None
    assert await other.chart("bitcoin", Span.YEAR) == NO_NETWORK
    assert len(outside.market.questions) == 2


async def test_candles_are_asked_for_only_when_they_are_wanted_and_stay(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    assert told(await engine.chart("bitcoin", Span.DAY)).candles == ()
    assert told(await engine.chart("bitcoin", Span.DAY, candles=True)).candles == (CANDLE,)
    assert told(await engine.chart("bitcoin", Span.DAY, candles=True)).candles_at == START
    assert [asked[0] for asked in outside.market.questions] == ["chart", "candles"]
    clock.pass_by(301)
    renewed = told(await engine.chart("bitcoin", Span.DAY))
    assert (renewed.fetched_at, renewed.candles, renewed.candles_at) == (clock.now, (CANDLE,), START)


async def test_prices_that_came_while_running_fill_the_day_and_continue_longer_spans(
    engine: Engine, clock: Clock
) -> None:
    told(await engine.chart("bitcoin", Span.DAY))
    told(await engine.chart("bitcoin", Span.WEEK))
    clock.now = START - 2 * HOUR
    await engine.market.refresh()
    clock.now = START + 60
    await engine.market.refresh()
    day = told(await engine.chart("bitcoin", Span.DAY))
    assert [point.at for point in day.points] == [START - DAY, START - 2 * HOUR, START - HOUR, START + 60]
    assert day.points[1] == ChartPoint(START - 2 * HOUR, 100.0)
    week = told(await engine.stored_chart("bitcoin", Span.WEEK))
    assert [point.at for point in week.points] == [START - DAY, START - HOUR, START + 60]


async def test_the_week_of_a_quote_stands_in_until_the_chart_has_come(start: Start) -> None:
    engine, store = start.with_store()
    sparkline = tuple(100.0 + hour for hour in range(168))
    quote = Quote("bitcoin", SafeText("BTC"), SafeText("Bitcoin"), "usd", 270.0, START, START, sparkline=sparkline)
    await store.save_quotes([quote, replace(quote, coin_id="other", sparkline=())])
    await engine.load()
    week = told(await engine.stored_chart("bitcoin", Span.WEEK))
    assert len(week.points) == 169
    assert (week.points[-1], week.fetched_at) == (ChartPoint(START, 270.0), START)
    assert await engine.stored_chart("bitcoin", Span.DAY) is None  # a minute of prices is no day
    assert await engine.stored_chart("other", Span.WEEK) is None


async def test_stored_prices_alone_draw_a_day_when_they_reach_far_enough(engine: Engine, clock: Clock) -> None:
    for hours in (13, 6, 1):
        clock.now = START - hours * HOUR
        await engine.market.refresh()
    clock.now = START
    day = told(await engine.stored_chart("bitcoin", Span.DAY))
    assert [point.at for point in day.points] == [START - hours * HOUR for hours in (13, 6, 1)]
    assert day.fetched_at == START - HOUR


async def test_a_coin_without_prices_is_said(engine: Engine, outside: Outside) -> None:
    outside.market.points = ()
    outcome = await engine.chart("dust", Span.DAY)
    assert isinstance(outcome, Failed)
    assert outcome.cause is Cause.MISSING
    assert await engine.stored_chart("dust", Span.DAY) is None


async def test_offline_what_is_not_stored_is_said(start: Start, outside: Outside, file: Path) -> None:
    told(await start(place=file).chart("bitcoin", Span.DAY))
    engine = start(place=file, offline=True)
    assert told(await engine.chart("bitcoin", Span.DAY)).points == POINTS
    outcome = await engine.chart("bitcoin", Span.WEEK)
    assert isinstance(outcome, Failed)
    assert OFFLINE in outcome.why
    assert len(outside.market.questions) == 1


async def test_two_that_want_the_same_chart_make_one_call(engine: Engine, outside: Outside) -> None:
    both = await asyncio.gather(engine.chart("bitcoin", Span.DAY), engine.chart("bitcoin", Span.DAY))
    assert both[0] == both[1]
    assert len(outside.market.questions) == 1


async def test_a_chart_is_in_the_currency_that_was_in_use_when_it_was_asked_for(start: Start, outside: Outside) -> None:
    engine = start(Settings(currency="eur"))
    assert told(await engine.chart("bitcoin", Span.DAY)).currency == "eur"
    assert outside.market.questions == [("chart", "bitcoin", "eur", "24h")]


async def test_no_call_is_made_while_the_source_wants_none_and_all_panes_keep_to_it(
    start: Start, outside: Outside, file: Path, clock: Clock
) -> None:
    engine = start(place=file)
    outside.market.trouble = Failed("slow down", START + 120, Cause.LIMITED)
    assert await engine.chart("bitcoin", Span.DAY) == outside.market.trouble
    outside.market.trouble = None
    for each in (engine, start(place=file)):
        outcome = await each.chart("ethereum", Span.DAY)
        assert isinstance(outcome, Failed)
        assert (outcome.cause, outcome.retry_at) == (Cause.LIMITED, START + 120)
        assert "asked us to wait until 08:02" in outcome.why
    assert len(outside.market.questions) == 1
    clock.pass_by(120)
    told(await engine.chart("ethereum", Span.DAY))


async def test_a_wait_that_the_quotes_were_told_holds_for_charts_too(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    outside.market.trouble = Failed("slow down", START + 90, Cause.LIMITED)
    await engine.market.refresh()
    outside.market.trouble = None
    outcome = await engine.chart("bitcoin", Span.DAY)
    assert isinstance(outcome, Failed)
    assert outcome.retry_at == START + 90
    assert outside.market.questions == []


async def test_nothing_is_asked_when_the_calls_of_the_month_are_used_up(start: Start, outside: Outside) -> None:
    market = MarketSettings(demo_api_key=Secret("CG-key"), monthly_calls=2)
    engine, store = start.with_store(Settings(market=market))
    await store.ledger.count("market", key_of(market).mark)
    told(await engine.chart("bitcoin", Span.DAY))
    await store.ledger.count("market", key_of(market).mark)
    outcome = await engine.chart("ethereum", Span.DAY)
    assert isinstance(outcome, Failed)
    assert "this month" in outcome.why
    assert len(outside.market.questions) == 1


async def test_a_person_waits_a_minute_after_many_calls(start: Start, outside: Outside, clock: Clock) -> None:
    engine, store = start.with_store()
    for _ in range(7):
        await store.ledger.count("market")
    outcome = await engine.chart("bitcoin", Span.DAY)
    assert isinstance(outcome, Failed)
    assert outcome.retry_at == START + 60
    clock.pass_by(61)
    told(await engine.chart("bitcoin", Span.DAY))
    assert len(outside.market.questions) == 1


async def test_an_error_that_nobody_foresaw_ends_as_words(engine: Engine, outside: Outside) -> None:
    outside.market.trouble = FlawedSourceError("what nobody foresaw")
    outcome = await engine.chart("bitcoin", Span.DAY)
    assert isinstance(outcome, Failed)
    assert "internal error" in outcome.why


async def test_a_chart_from_a_clock_far_ahead_is_asked_for_anew(engine: Engine, outside: Outside, clock: Clock) -> None:
    clock.now = START + 400 * DAY
    await engine.chart("bitcoin", Span.DAY)
    clock.now = START
    assert told(await engine.chart("bitcoin", Span.DAY)).fetched_at == START
    assert len(outside.market.questions) == 2
