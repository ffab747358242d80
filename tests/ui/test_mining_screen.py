"""The page about mining, and the line about the whole market."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.market import GlobalMarket
from cointicker.domain.mining import DayRate, Fees, FoundBlock, Mining, Pool
from cointicker.domain.words import SafeText
from cointicker.sources.demo_market import EPOCH
from cointicker.sources.demo_mining import DemoMining
from cointicker.text.cells import cell_width
from cointicker.ui.inks import Inks
from cointicker.ui.mining_page import PageRow, page_rows
from cointicker.ui.screens.mining import MiningScreen
from cointicker.ui.screens.sheet import Sheet
from ui.stage import Stage, demo, themes

FULL_STATE = replace(DemoMining(7).state(EPOCH), hashprice=38.7)
INKS = Inks(themes()["midnight"])


def words(rows: list[PageRow]) -> list[str]:
    return ["".join(text for text, _ in row) for row in rows]


def page(mining: Mining, width: int = 116, height: int = 34) -> list[str]:
    return words(page_rows(mining, INKS, width, height, EPOCH))


unknown = st.none()
states = st.builds(
    Mining,
    fetched_at=st.just(EPOCH),
    hashrate=unknown | st.floats(1e9, 1e23),
    hashrate_change_30d=unknown | st.floats(-90, 1e6),
    difficulty=unknown | st.floats(1, 1e18),
    next_change=unknown | st.floats(-75, 300),
    retarget_at=unknown | st.floats(EPOCH, EPOCH + 1e7),
    remaining_blocks=unknown | st.integers(0, 2016),
    hashprice=unknown | st.floats(1e-6, 1e6),
    fees=unknown | st.builds(Fees, st.floats(0.1, 1e4), st.floats(0.1, 1e4), st.floats(0.1, 1e4)),
    height=unknown | st.integers(1, 10**7),
    block_at=unknown | st.floats(EPOCH - 1e6, EPOCH),
    block_pool=unknown | st.just(SafeText("A pool with a name that goes on and on")),
    pools=st.lists(st.builds(Pool, st.just(SafeText("Pool")), st.floats(0.1, 100)), max_size=20).map(tuple),
    hashrates=st.lists(st.builds(DayRate, st.floats(EPOCH - 3e7, EPOCH), st.floats(1e15, 1e22)), max_size=5).map(
        lambda days: tuple(sorted(days, key=lambda day: day.at))
    ),
    blocks=st.lists(st.builds(FoundBlock, st.integers(1, 10**7)), max_size=3).map(tuple),
)


@pytest.mark.parametrize("width", [41, 76, 116])
def test_the_formula_of_hashprice_has_all_its_numbers_at_every_width(width: int) -> None:
    rows = page(FULL_STATE, width)
    (first,) = (index for index, row in enumerate(rows) if row.strip().startswith("="))
    assert [bool(re.match(rf" *{sign} +\S*\d", row)) for sign, row in zip("=××÷", rows[first:], strict=False)] == [
        True
    ] * 4


@given(states, st.integers(20, 140), st.integers(3, 60))
def test_no_row_is_wider_than_the_page_whatever_is_known(mining: Mining, width: int, height: int) -> None:
    assert all(cell_width(row) <= width for row in page(mining, width, height))


def test_the_factors_of_hashprice_make_hashprice() -> None:
    text = "\n".join(page(FULL_STATE))
    subsidy, fees = map(float, re.findall(r"\(([\d.]+) \+ ([\d.]+)\) BTC a block, subsidy \+ fees", text)[0])
    bitcoin = float(re.findall(r"\$([\d,]+) a bitcoin", text)[0].replace(",", ""))
    power = float(re.findall(r"([\d,]+) PH/s of all", text)[0].replace(",", ""))
    assert (subsidy + fees) * 144 * bitcoin / power == pytest.approx(38.7, rel=1e-3)
    assert "$38.70 per PH/s and day" in text


def test_pools_of_a_week_and_a_day_stand_beside_each_other() -> None:
    week = (Pool(SafeText("Foundry"), 31.0), Pool(SafeText("Gone"), 4.0))
    rows = page(replace(FULL_STATE, pools=week, pools_day=(Pool(SafeText("Foundry"), 28.5),)), 80)
    assert re.search(r"Foundry +█+ +31\.0% +28\.5%", "\n".join(rows))
    assert re.search(r"Gone +█+ +4\.0% +—", "\n".join(rows))


def test_the_latest_blocks_say_who_found_them_and_what_they_earned() -> None:
    newest = FULL_STATE.blocks[0]
    row = next(row for row in page(FULL_STATE) if row.startswith(f"{newest.height:,}"))
    assert f"{newest.fees:.3f} BTC fees" in row
    assert str(newest.pool) in row
    assert f"{newest.transactions:,} tx" in row


def test_a_low_page_scrolls_and_a_high_one_shows_all_blocks() -> None:
    def shown(height: int) -> int:
        return sum("BTC fees" in row for row in page(FULL_STATE, height=height))

    assert shown(5) == 8
    assert shown(60) == 15


async def mining_page(stage: Stage) -> MiningScreen:
    await stage.until(lambda: isinstance(stage.app.screen, MiningScreen))
    screen = stage.app.screen
    assert isinstance(screen, MiningScreen)
    return screen


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (45, 30)], ids="{0[0]}x{0[1]}".format)
async def test_the_page_opens_scrolls_and_closes(size: tuple[int, int]) -> None:
    async with demo(size) as stage:
        before = stage.text()
        await stage.press("M")
        await mining_page(stage)
        text = stage.text()
        assert "Bitcoin mining DEMO" in text
        assert "Hashprice" in text
        await stage.press("G")
        assert "Unknown" in stage.text() or "BTC fees" in stage.text()
        await stage.press("g")
        assert stage.text() == text
        await stage.press("escape")
        assert stage.text() == before


async def test_a_click_on_the_strip_opens_the_page_and_its_title_closes_it() -> None:
    async with demo() as stage:
        await stage.click("hashprice")
        await mining_page(stage)
        await stage.click_at(5, 0)
        await stage.until(lambda: stage.app.screen is stage.main)


async def test_the_help_of_the_page_says_how_hashprice_is_made_and_its_units() -> None:
    async with demo() as stage:
        await stage.press("M")
        await mining_page(stage)
        await stage.press("question_mark")
        assert isinstance(stage.app.screen, Sheet)
        assert all(word in stage.text() for word in ("PH/s", "÷ hashrate", "dollars", "subsidy"))
        await stage.press("escape", "M")
        await stage.until(lambda: stage.app.screen is stage.main)


async def test_the_page_follows_what_is_new() -> None:
    async with demo() as stage:
        await stage.press("M")
        await mining_page(stage)
        stage.clock.pass_by(3600)
        await stage.engine.mining.refresh()
        mining = stage.engine.snapshot.mining
        assert mining is not None
        await stage.until(lambda: f"{mining.height:,}" in stage.text())


async def test_the_whole_market_has_a_line_where_there_is_room() -> None:
    async with demo() as stage:
        whole = stage.main.snapshot.global_market
        assert whole is not None
        row = stage.rows()[1]
        assert f"BTC {whole.bitcoin_share:.1f}%" in row
        assert "volume $" in row
        await stage.pilot.resize_terminal(80, 24)
        assert "all coins" not in stage.text()


async def test_what_is_not_known_of_the_whole_market_is_not_said() -> None:
    async with demo() as stage:
        stage.engine.board.publish(global_market=GlobalMarket(fetched_at=EPOCH, bitcoin_share=58.2))
        await stage.shown()
        assert stage.rows()[1].split() == ["BTC", "58.2%"]
