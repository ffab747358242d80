"""Moves since a headline that is older than the stored history: one call a coin, within what is allowed."""

import asyncio
from pathlib import Path

import pytest

from cointicker.domain.charts import ChartPoint, Span
from cointicker.domain.freshness import Cause, Failed
from cointicker.engine.actions import UseCurrency
from cointicker.engine.engine import Engine
from engine.conftest import FEEDS, Start
from engine.outside import NO_NETWORK, Outside, brings, entry, until
from fake_clock import START, Clock

ONE, TWO = FEEDS
HOUR = 3600.0


def _charts(outside: Outside) -> list[tuple[str, ...]]:
    return [question[1:] for question in outside.market.questions if question[0] == "chart"]


@pytest.fixture
def told(outside: Outside) -> None:
    """A headline of an hour ago, when nobody looked; the source knows the price of then."""
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0001", "Bitcoin rises", ONE, at=START - HOUR))
    outside.market.points = (ChartPoint(START - HOUR - 300, 80.0), ChartPoint(START - 60, 99.0))


async def _read(engine: Engine) -> None:
    await engine.market.refresh()
    await engine.news.refresh()


@pytest.mark.usefixtures("told")
async def test_the_price_of_then_is_asked_for_once_and_tells_the_move(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    await _read(engine)
    assert engine.snapshot.moves == {}
    assert engine.past.due_at() <= clock()
    await engine.past.refresh()
    assert engine.snapshot.moves == {("aaaa0001", "bitcoin"): pytest.approx(25.0)}
    assert engine.past.due_at() == float("inf")
    clock.pass_by(HOUR)
    await engine.past.refresh()
    assert _charts(outside) == [("bitcoin", "usd", "24h")]


async def test_a_price_that_was_stored_only_after_a_headline_is_not_that_of_then(
    engine: Engine, outside: Outside
) -> None:
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0001", "Bitcoin rises", ONE, at=START - 900))
    outside.market.points = (ChartPoint(START - 910, 50.0),)
    await _read(engine)
    assert engine.snapshot.moves == {}
    await engine.past.refresh()
    assert engine.snapshot.moves == {("aaaa0001", "bitcoin"): pytest.approx(100.0)}


@pytest.mark.usefixtures("told")
async def test_all_panes_have_it_then(start: Start, outside: Outside, file: Path, clock: Clock) -> None:
    first, second = start(place=file), start(place=file)
    await _read(first)
    await second.load()
    await first.past.refresh()
    clock.pass_by(301)
    await second.market.show_moves(second.snapshot.stories)
    assert second.snapshot.moves == {("aaaa0001", "bitcoin"): pytest.approx(25.0)}
    await second.past.refresh()
    assert len(_charts(outside)) == 1


async def test_a_gap_that_the_source_cannot_fill_stays_unknown_and_is_not_asked_for_again(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0001", "Bitcoin rises", ONE, at=START - HOUR))
    outside.market.points = (ChartPoint(START - 3 * HOUR, 80.0), ChartPoint(START - 60, 100.0))
    await _read(engine)
    await engine.past.refresh()
    assert engine.snapshot.moves == {}
    clock.pass_by(600)
    await engine.past.refresh()
    assert len(_charts(outside)) == 1


@pytest.mark.parametrize(
    "answer", [(), Failed("no such coin", cause=Cause.MISSING)], ids=["no prices", "an unknown coin"]
)
@pytest.mark.usefixtures("told")
async def test_a_coin_without_a_past_keeps_nobody_waiting(
    engine: Engine, outside: Outside, clock: Clock, answer: tuple[ChartPoint, ...] | Failed
) -> None:
    outside.feeds.answers[TWO.url] = brings(entry("bbbb0001", "Ethereum falls", TWO, at=START - 2 * HOUR))
    await _read(engine)
    outside.market.trouble, outside.market.points = (answer, ()) if isinstance(answer, Failed) else (None, answer)
    await engine.past.refresh()
    outside.market.trouble = None
    clock.pass_by(60)
    await engine.past.refresh()
    assert _charts(outside) == [("bitcoin", "usd", "24h"), ("ethereum", "usd", "24h")]


@pytest.mark.usefixtures("told")
async def test_a_failure_is_tried_again_but_not_at_once(engine: Engine, outside: Outside, clock: Clock) -> None:
    await _read(engine)
    outside.market.trouble = NO_NETWORK
    await engine.past.refresh()
    await engine.past.refresh()
    assert len(_charts(outside)) == 1
    outside.market.trouble = None
    clock.pass_by(600)
    await engine.past.refresh()
    assert engine.snapshot.moves == {("aaaa0001", "bitcoin"): pytest.approx(25.0)}


@pytest.mark.usefixtures("told")
async def test_offline_nothing_is_asked(start: Start, outside: Outside, file: Path) -> None:
    first = start(place=file)
    await _read(first)
    second = start(place=file, offline=True)
    await second.load()
    await second.past.refresh()
    assert _charts(outside) == []
    assert second.snapshot.moves == {}


async def test_the_newest_headline_comes_first_and_old_ones_not_at_all(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    outside.feeds.answers[ONE.url] = brings(
        entry("aaaa0001", "Bitcoin rises", ONE, at=START - 5 * HOUR),
        entry("aaaa0002", "Ethereum falls", ONE, at=START - HOUR),
        entry("aaaa0003", "Kaspa forks", ONE, at=START - 49 * HOUR),
    )
    outside.market.prices["kaspa"] = 1.0
    outside.market.points = (ChartPoint(START - 5 * HOUR, 50.0),)
    await _read(engine)
    for _ in range(4):
        await engine.past.refresh()
        clock.pass_by(60)
    assert _charts(outside) == [("ethereum", "usd", "24h"), ("bitcoin", "usd", "24h")]


async def test_what_is_older_than_a_day_is_asked_for_by_the_hour(engine: Engine, outside: Outside) -> None:
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0001", "Bitcoin rises", ONE, at=START - 30 * HOUR))
    outside.market.points = (ChartPoint(START - 30 * HOUR - 1500, 50.0),)
    await _read(engine)
    await engine.past.refresh()
    assert _charts(outside) == [("bitcoin", "usd", "7d")]
    assert engine.snapshot.moves == {("aaaa0001", "bitcoin"): pytest.approx(100.0)}


@pytest.mark.usefixtures("told")
async def test_an_answer_in_a_currency_that_is_no_longer_shown_moves_nothing(
    engine: Engine, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _read(engine)
    arrived, go = asyncio.Event(), asyncio.Event()
    chart = outside.market.chart

    async def slow(coin_id: str, currency: str, span: Span) -> tuple[ChartPoint, ...] | Failed:
        arrived.set()
        await go.wait()
        return await chart(coin_id, currency, span)

    monkeypatch.setattr(outside.market, "chart", slow)
    asked = asyncio.ensure_future(engine.past.refresh())
    await arrived.wait()
    engine.do(UseCurrency("eur"))
    await until(engine, lambda now: now.currency == "eur" and now.market.next_at is not None)
    await engine.market.refresh()
    go.set()
    await asked
    assert engine.snapshot.quotes["bitcoin"].currency == "eur"
    assert engine.snapshot.moves == {}
    engine.do(UseCurrency("usd"))
    await until(engine, lambda now: now.moves == {("aaaa0001", "bitcoin"): pytest.approx(25.0)})


@pytest.mark.usefixtures("told")
async def test_a_chart_that_is_stored_already_needs_no_call(engine: Engine, outside: Outside, clock: Clock) -> None:
    await _read(engine)
    await engine.charts.chart("bitcoin", Span.DAY)
    clock.pass_by(60)
    await engine.past.refresh()
    assert len(_charts(outside)) == 1
    assert engine.snapshot.moves == {("aaaa0001", "bitcoin"): pytest.approx(25.0)}


@pytest.mark.usefixtures("told")
async def test_what_is_on_the_screen_is_asked_for_before_what_may_be_wanted(
    start: Start, outside: Outside, file: Path, clock: Clock
) -> None:
    first = start(place=file)
    await _read(first)
    clock.pass_by(3600)
    second = start(place=file)
    await second.load()
    running = asyncio.ensure_future(second.run())
    await until(second, lambda now: ("aaaa0001", "bitcoin") in now.moves)
    running.cancel()
    assert outside.market.questions[0][0] == "chart"


@pytest.mark.usefixtures("told")
async def test_a_chart_that_cannot_be_of_the_same_price_tells_no_move(engine: Engine, outside: Outside) -> None:
    outside.market.points = (ChartPoint(START - HOUR - 300, 60.0), ChartPoint(START - 60, 62.0))
    await _read(engine)
    await engine.past.refresh()
    assert engine.snapshot.moves == {}
    assert await engine.charts.stored("bitcoin", Span.DAY) is None
    assert engine.past.due_at() == float("inf")
