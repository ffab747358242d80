"""A coin's screen: its chart, what the keys and the mouse do on it, its facts and headlines."""

import re
from dataclasses import replace

import pytest

from cointicker.domain.charts import Chart, ChartPoint, Span
from cointicker.domain.freshness import Cause, Failed
from cointicker.engine.commands import COMMANDS, Place
from cointicker.sources.demo_market import DAY, EPOCH, HOUR
from fake_clock import START
from ui.played import play
from ui.stage import Stage, demo

SIZES = [(120, 36), (80, 24), (45, 30)]


async def open_coin(stage: Stage, row: int = 0) -> None:
    """Open the coin of a row of the watchlist, and wait for its chart."""
    await stage.press("tab", *("j",) * row, "enter")
    await chart_is_there(stage)


async def chart_is_there(stage: Stage) -> None:
    await stage.until(lambda: stage.main.chart.shown.chart is not None)


def spans_row(stage: Stage) -> str:
    return next(row for row in stage.rows() if "24h  7d  30d  90d  1y  max" in row)


def readout(stage: Stage) -> str:
    rows = stage.rows()
    return rows[rows.index(spans_row(stage)) + 1]


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
async def test_a_coin_shows_its_name_price_chart_facts_and_headlines(size: tuple[int, int]) -> None:
    async with demo(size) as stage:
        await open_coin(stage)
        text = stage.text()
        for wanted in ("Bitcoin", "#1", "$88,349.00", "24h ▼", "90d", "┴", "ATH", "supply", "BTC only ✕"):
            assert wanted in text
        assert any("bitcoin" in entry.coins for entry in stage.headlines.river.shown)
        assert all(len(row) <= size[0] for row in stage.rows())


async def test_a_price_that_is_not_known_is_a_dash_without_a_currency() -> None:
    async with demo() as stage:
        await open_coin(stage)
        stage.engine.board.publish(quotes={})
        await stage.shown()
        head = stage.rows()[3]
        assert (head.count("—"), "$" in head, "USD" in head) == (1, False, False)


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
async def test_escape_leads_back_to_where_one_came_from(size: tuple[int, int]) -> None:
    async with demo(size) as stage:
        before = stage.text()
        await open_coin(stage)
        assert stage.focus == "chart"
        await stage.press("escape")
        assert stage.focus == "watchlist"
        await stage.press("tab")
        assert stage.text() == before


async def test_a_click_in_the_bar_opens_a_coin_and_another_click_closes_it() -> None:
    async with demo() as stage:
        await stage.click("ETH 2,933.23")
        await chart_is_there(stage)
        assert stage.main.coin_id == "ethereum"
        assert stage.focus == "chart"
        await stage.click("ETH 2,933.23")
        assert not stage.main.coin_open
        assert stage.focus == "headlines"


@pytest.mark.parametrize(("key", "span"), zip("123456", Span, strict=True))
async def test_digits_choose_how_far_the_chart_reaches_back(key: str, span: Span) -> None:
    async with demo() as stage:
        await open_coin(stage)
        await stage.press("3" if span is not Span.MONTH else "1")
        await stage.press(key)
        await chart_is_there(stage)
        shown = stage.main.chart.shown
        assert shown.span is span
        assert shown.chart is not None
        assert shown.chart.span is span
        plot = stage.main.chart.plot
        assert plot is not None
        assert span is Span.MAX or plot.window.end - plot.window.start <= span.seconds
        assert plot.window.end == EPOCH


async def test_a_click_on_a_span_chooses_it_and_it_stays_for_the_next_coin() -> None:
    async with demo() as stage:
        await open_coin(stage)
        await stage.click("90d")
        await chart_is_there(stage)
        await stage.press("n")
        await chart_is_there(stage)
        assert stage.main.coin_id == "ethereum"
        assert stage.main.chart.shown.span is Span.QUARTER
        assert stage.watchlist.current == 1
        await stage.press("p", "p")
        assert stage.main.coin_id == stage.main.snapshot.watchlist.coins[-1]


async def test_the_crosshair_reads_off_time_and_price() -> None:
    async with demo() as stage:
        await open_coin(stage)
        assert "high" in readout(stage)
        await stage.press("left")
        assert "14 Jan 2026" in readout(stage)
        assert "88,349.00" in readout(stage)
        chart = stage.main.chart
        plot = chart.plot
        assert plot is not None
        await stage.press("shift+left", "h")
        assert chart.cross == plot.window.columns - 12
        near = plot.near(chart.cross, HOUR * 8)
        assert near is not None
        assert f"{near.price:,.2f}" in readout(stage)
        await stage.press(*("shift+left",) * 20)
        assert chart.cross == 0
        await stage.press("l", "shift+right")
        assert chart.cross == 11
        await stage.press("escape")
        assert chart.cross is None
        assert stage.main.coin_open


async def test_a_click_puts_the_crosshair_and_dragging_moves_it() -> None:
    async with demo() as stage:
        await open_coin(stage)
        chart = stage.main.chart
        region = chart.region
        await stage.click_at(region.x + 21, region.y + 6)
        assert chart.cross == 20
        await stage.pilot.mouse_down(offset=(region.x + 21, region.y + 6))
        await stage.pilot.hover(offset=(region.x + 31, region.y + 7))
        await stage.pilot.mouse_up(offset=(region.x + 31, region.y + 7))
        assert chart.cross is not None
        await stage.click_at(region.right - 1, region.y + 6)
        assert chart.cross < chart.region.width


async def test_headlines_are_marked_where_they_fell_and_enter_opens_the_marked_one() -> None:
    async with demo() as stage:
        await open_coin(stage)
        chart = stage.main.chart
        plot = chart.plot
        assert plot is not None
        assert plot.marks
        await stage.press(",")
        first = max(plot.marks)
        assert chart.cross == first
        await stage.press(",")
        assert chart.cross == sorted(plot.marks)[-2]
        await stage.press(".")
        assert chart.cross == first
        story = chart._stories[plot.marks[first][0]]
        assert story.lead.title[:20] in readout(stage)
        await stage.press("enter")
        await stage.text_is_there()
        assert stage.article.reading is not None
        assert stage.article.reading.story.lead.headline_id == story.lead.headline_id
        await stage.press("escape")
        assert stage.main.coin_open
        assert stage.main.coin.display


async def test_a_click_on_a_mark_opens_its_headline() -> None:
    async with demo() as stage:
        await open_coin(stage)
        chart = stage.main.chart
        plot = chart.plot
        assert plot is not None
        column = max(plot.marks)
        await stage.click_at(chart.region.x + 1 + column, chart.region.y + chart.head + plot.axis)
        await stage.text_is_there()
        assert stage.article.reading is not None
        assert abs(stage.article.reading.story.lead.at - plot.window.time(column)) <= plot.window.column_seconds


async def test_enter_without_a_mark_opens_the_current_headline() -> None:
    async with demo() as stage:
        await open_coin(stage)
        await stage.press("j", "enter")
        await stage.text_is_there()
        assert stage.article.reading is not None
        assert stage.article.reading.story.lead.title == stage.titles[1]


async def test_v_turns_the_line_into_candles_and_back() -> None:
    async with demo() as stage:
        await open_coin(stage)
        await stage.press("v")
        await stage.until(lambda: stage.main.chart.plot is not None and bool(stage.main.chart.plot.candles))
        assert "candles" in spans_row(stage)
        assert "┃" in stage.text()
        await stage.press("left", "left")
        assert "O " in readout(stage)
        assert "C " in readout(stage)
        await stage.click("candles")
        assert "┃" not in stage.text()


async def test_another_coin_is_laid_over_in_percent_and_taken_away() -> None:
    async with demo() as stage:
        await open_coin(stage)
        await stage.press("x")
        assert "Compare with" in stage.text()
        await stage.press("enter")
        await stage.until(lambda: stage.main.chart.shown.other is not None)
        plot = stage.main.chart.plot
        assert plot is not None
        assert plot.percent
        assert plot.points[0].price == plot.other[0].price == 0
        assert "with ETH ✕" in spans_row(stage)
        assert re.search(r"BTC [▲▼]\S+%   ETH [▲▼]\S+%", readout(stage))
        await stage.press("v")
        assert plot.percent
        await stage.click("with ETH")
        assert stage.main.chart.plot is not None
        assert not stage.main.chart.plot.percent


async def test_z_gives_the_coin_the_whole_pane() -> None:
    async with demo() as stage:
        await open_coin(stage)
        narrow = stage.main.chart.size
        await stage.press("z")
        assert stage.main.chart.size.width == 120
        assert stage.main.chart.size.height > narrow.height
        assert "Majors" not in stage.text()
        await stage.press("z")
        assert stage.main.chart.size == narrow
        await stage.press("z", "escape")
        assert "Majors" in stage.text()


async def test_every_size_can_be_turned_to_while_a_coin_is_open() -> None:
    async with demo() as stage:
        await open_coin(stage)
        await stage.press("left")
        for size in ((80, 24), (45, 30), (30, 10), (100, 4), (100, 1), (20, 5), (120, 36)):
            await stage.pilot.resize_terminal(*size)
            await stage.pilot.pause()
            assert all(len(row) <= size[0] for row in stage.rows())
        assert "24h  7d  30d" in stage.text()


async def test_a_new_price_moves_the_end_of_the_line() -> None:
    async with demo() as stage:
        await open_coin(stage)
        stage.clock.pass_by(60)
        await stage.fetch()
        plot = stage.main.chart.plot
        quote = stage.main.snapshot.quotes["bitcoin"]
        assert plot is not None
        assert plot.points[-1].price == quote.price
        assert f"${quote.price:,.2f}" in stage.text()


async def test_a_chart_that_cannot_be_had_says_why() -> None:
    async with demo() as stage:
        await open_coin(stage)
        chart = stage.main.chart
        stage.main._take("bitcoin", Span.WEEK, Failed("CoinGecko wants fewer calls", EPOCH + 60))
        await stage.pilot.pause()
        assert "CoinGecko wants fewer calls" in readout(stage)
        chart.show(replace(chart.shown, chart=None, why="CoinGecko wants fewer calls"))
        await stage.pilot.pause()
        assert "No chart: CoinGecko wants fewer calls." in stage.text()


async def test_a_chart_that_was_refused_is_asked_for_again_when_its_time_comes() -> None:
    async with play() as stage:
        stage.outside.market.points = (ChartPoint(START - DAY, 80_000.0), ChartPoint(START - HOUR, 88_000.0))
        stage.outside.market.trouble = Failed("CoinGecko wants fewer calls", START + 60, Cause.LIMITED)
        await stage.press("tab", "enter")
        await stage.until(lambda: "wants fewer calls; trying again at 08:01" in stage.text())
        stage.outside.market.trouble = None
        stage.clock.pass_by(59)
        stage.main.tick()
        await stage.pilot.pause()
        assert stage.main.chart.shown.why
        stage.clock.pass_by(1)
        stage.main.tick()
        await stage.until(lambda: stage.main.chart.shown.chart is not None)
        assert not stage.main.chart.shown.why


async def test_an_answer_that_came_too_late_is_dropped() -> None:
    async with demo() as stage:
        await open_coin(stage)
        shown = stage.main.chart.shown
        point = ChartPoint(EPOCH - DAY, 1.0)
        late = Chart("ethereum", "usd", Span.WEEK, (point,), (), EPOCH)
        stage.main._take("ethereum", Span.WEEK, late)
        stage.main._take("bitcoin", Span.YEAR, late)
        stage.main._take_other("ethereum", Span.WEEK, late)
        stage.main._take("bitcoin", Span.WEEK, replace(late, currency="eur"))
        assert stage.main.chart.shown == shown


async def test_the_page_of_the_coin_can_be_copied() -> None:
    async with demo() as stage:
        await open_coin(stage, row=2)
        await stage.press("y")
        assert stage.app.clipboard == "https://www.coingecko.com/en/coins/tether"


async def test_a_chart_that_stays_open_is_asked_for_again() -> None:
    async with demo() as stage:
        await open_coin(stage)
        first = stage.main.chart.shown.chart
        assert first is not None
        stage.clock.pass_by(2 * HOUR)
        stage.main.tick()
        await stage.until(lambda: stage.main.chart.shown.chart is not first)
        again = stage.main.chart.shown.chart
        assert again is not None
        await stage.until(lambda: (stage.main.chart.shown.chart or again).fetched_at == EPOCH + 2 * HOUR)


async def test_every_command_of_the_chart_is_understood_on_it() -> None:
    async with demo() as stage:
        await open_coin(stage)
        wanted = {Place.CHART, Place.ANYWHERE}
        missing = [
            command.name
            for command in COMMANDS
            if wanted & set(command.places)
            and not any(hasattr(each, f"command_{command.name}") for each in stage.main.responders())
        ]
        assert missing == []


def test_no_key_means_two_things_on_a_chart_and_escape_always_leads_back() -> None:
    keys = [key for command in COMMANDS if Place.CHART in command.places for key in command.keys]
    assert len(keys) == len(set(keys))
    assert "escape" not in keys
    assert "q" not in keys
