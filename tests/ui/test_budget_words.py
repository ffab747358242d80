"""What the status line and the sheet of sources say of the month's calls and of the pace."""

from dataclasses import replace
from typing import Any

import pytest

from cointicker.config.settings import MarketSettings, Secret
from cointicker.domain.freshness import Cause, Failed
from cointicker.engine.budget import LONGEST, Budget, month_end
from cointicker.engine.pace import Level, Pace
from cointicker.engine.state import Snapshot
from cointicker.engine.tiers import key_of
from cointicker.ui.budget_words import budget_rows, calls_words, pace_words
from fake_clock import START
from ui.played import Play, play, played_settings
from ui.samples import snapshot

BUDGET = Budget(10_000, 588, 41, 9_412, 331.0, month_end(START))
DAY = 86_400.0


def _state(budget: Budget | None, **changes: Any) -> Snapshot:
    return snapshot(budget=budget, **changes)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "15th"), (6, "21st"), (7, "22nd"), (8, "23rd"), (9, "24th"), (-2, "13th")],
)
def test_calls_that_do_not_last_say_to_which_day(days: int, words: str) -> None:
    (told,) = calls_words(_state(replace(BUDGET, lasts_until=START + days * DAY)))
    assert told == f"9,412 calls left · lasts to the {words}"


def test_calls_that_last_say_so_where_there_is_room() -> None:
    assert calls_words(_state(BUDGET)) == ("9,412 calls left · lasts", "9,412 calls left")
    assert calls_words(_state(None)) == ()


def test_who_looks_longer_is_told_at_which_interval_they_last() -> None:
    wide = Pace(Level.WATCHED, 272.4, stretched=True)
    assert calls_words(_state(BUDGET, pace=wide)) == (
        "9,412 calls left · lasts at 4m 32s each",
        "9,412 calls left · lasts",
        "9,412 calls left",
    )
    assert "lasts" in calls_words(_state(BUDGET, pace=replace(wide, level=Level.AWAY)))[0]
    assert "each" not in calls_words(_state(BUDGET, pace=replace(wide, level=Level.AWAY)))[0]


def test_at_length_it_says_what_was_used_and_when_the_count_begins_anew() -> None:
    _, used, forecast = budget_rows(_state(BUDGET))
    assert used == "588 of 10,000 calls used this month, 41 of them today"
    assert forecast == "9,412 left, about 331 a day: lasts until the count begins anew on 1 Feb"
    assert "lasts to the 20th" in budget_rows(_state(replace(BUDGET, lasts_until=START + 5 * DAY)))[-1]
    used_up, none = budget_rows(_state(replace(BUDGET, left=0)))
    assert used_up == used
    assert "None are left" in none
    assert "no key" in budget_rows(_state(None))[-1]
    assert budget_rows(_state(BUDGET, offline=True)) == []


@pytest.mark.parametrize(
    ("pace", "words"),
    [
        (Pace(), "Prices every 1m, while somebody looks"),
        (Pace(Level.AWAY, LONGEST, stretched=True), "no pane has the focus; the month's calls bear it no more often"),
        (Pace(Level.ASLEEP, 120, alerts=True), "every 2m: nobody was here for hours, but an alert waits for a price"),
        (Pace(Level.WATCHED, 108.2, stretched=True), "every 108s instead of 1m, so that the month's calls last"),
        (Pace(Level.WATCHED, 239.7, stretched=True), "every 4m instead of 1m"),
        (Pace(Level.WATCHED, 311.0, stretched=True), "every 5m 11s instead of 1m"),
    ],
)
def test_the_pace_says_why_it_is_what_it_is(pace: Pace, words: str) -> None:
    assert words in pace_words(pace)


def with_key(calls: int = 10_000) -> MarketSettings:
    """A free key with so many calls."""
    return MarketSettings(demo_api_key=Secret("CG-key"), monthly_calls=calls)


def _status(stage: Play) -> str:
    return stage.rows()[-1]


async def test_the_status_line_says_how_many_calls_are_left_and_how_long_they_last() -> None:
    async with play((160, 36), settings=played_settings(market=with_key())) as stage:
        assert "next 1m · 10,000 calls left · lasts · feeds 2/2 · Data provided by CoinGecko" in _status(stage)


async def test_what_is_left_and_what_comes_next_is_worth_more_than_keys() -> None:
    async with play((80, 24), settings=played_settings(market=with_key())) as stage:
        assert "next 1m · 10,000 calls left · lasts" in _status(stage)
        assert "? help" in _status(stage)
    async with play((60, 24)) as stage:
        assert "next 1m" in _status(stage)
        assert "? help" in _status(stage)
    async with play((45, 30)) as stage:
        await _half_a_minute(stage)
        assert "● 30s  next 30s  Source: CoinGecko" in _status(stage)
        assert "? help" in _status(stage)
    async with play((30, 20)) as stage:
        await _half_a_minute(stage)
        assert "● 30s  Source: CoinGecko" in _status(stage)


async def _half_a_minute(stage: Play) -> None:
    stage.clock.pass_by(30)
    stage.engine.market.show_pace()
    await stage.until(lambda: "30s" in _status(stage))


async def test_how_long_the_calls_last_comes_before_feeds_that_all_answer() -> None:
    async with play((100, 36), settings=played_settings(market=with_key())) as stage:
        assert "calls left · lasts" in _status(stage)
        stage.engine.board.publish(feeds_total=3)
        await stage.until(lambda: "feeds 2/3" in _status(stage))
        assert "calls left" in _status(stage)


@pytest.mark.parametrize("width", range(30, 161, 10))
async def test_at_every_width_it_says_where_the_data_come_from_and_as_much_as_fits(width: int) -> None:
    async with play((width, 24), settings=played_settings(market=with_key())) as stage:
        status = _status(stage)
        assert "CoinGecko" in status
        assert ("calls left" in status) <= ("ago" in status)
        assert "…" not in status


async def test_when_the_calls_are_used_up_the_status_line_says_until_when() -> None:
    market = with_key(3)
    async with play((160, 36), settings=played_settings(market=market)) as stage:
        for _ in range(3):
            await stage.engine._store.ledger.count("market", key_of(market).mark)
        await stage.reprice()
        await stage.engine.market.load()
        await stage.shown()
        status = _status(stage)
        assert "calls of this month are used up · trying again in 16d" in status
        assert "0 calls left until 1 Feb" in status


@pytest.mark.parametrize("width", [45, 58, 80, 120])
async def test_when_calls_are_refused_it_says_when_it_tries_again_at_every_width(width: int) -> None:
    async with play((width, 24), settings=played_settings(market=with_key())) as stage:
        stage.outside.market.trouble = Failed("CoinGecko wants fewer calls", START + 61 + 60, Cause.LIMITED)
        await stage.reprice()
        assert "CoinGecko wants" in _status(stage)
        assert "again in 1m" in _status(stage)


async def test_the_sheet_says_why_prices_come_more_rarely() -> None:
    async with play(settings=played_settings(market=with_key())) as stage:
        stage.engine.board.publish(pace=Pace(Level.AWAY, LONGEST, stretched=True), refresh=LONGEST)
        await stage.press("e")
        await stage.until(lambda: "no pane has the focus" in stage.text())
