"""Holdings and alerts on the screen: forms in, rows out, amounts hidden on demand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.engine.actions import KeepSetting
from cointicker.sources.demo_personal import DEMO_ALERTS
from cointicker.text.cells import cell_width
from cointicker.ui.money import fit_amount, fit_money
from cointicker.ui.screens.alerts import AlertsScreen
from cointicker.ui.screens.form import Form
from cointicker.ui.screens.holdings import HoldingsScreen
from cointicker.ui.screens.sheet import Sheet
from ui.stage import Stage, demo, demo_settings


async def _type(stage: Stage, **values: str) -> None:
    form = stage.app.screen
    assert isinstance(form, Form)
    for name, value in values.items():
        entry = form.query_one(f"#field-{name}")
        entry.value = value  # type: ignore[attr-defined]
    await stage.pilot.pause()


async def test_a_purchase_that_is_typed_in_is_a_row_with_its_worth_and_can_be_undone() -> None:
    async with demo() as stage:
        await stage.press("H")
        assert isinstance(stage.app.screen, HoldingsScreen)
        before = stage.engine.snapshot.portfolio
        assert before is not None
        await stage.press("a")
        await _type(stage, coin="doge", amount="1,000", price="0.1", day="2026-01-02")
        await stage.press("enter")
        await stage.until(lambda: stage.engine.snapshot.portfolio != before)
        portfolio = stage.engine.snapshot.portfolio
        assert portfolio is not None
        position = portfolio.position("dogecoin")
        assert position is not None
        assert position.amount == Decimal(1000)
        assert position.cost == Decimal(100)
        assert any("DOGE" in row and "1,000" in row for row in stage.rows())
        await stage.press("ctrl+z")
        await stage.until(lambda: "DOGE" not in stage.text())


async def test_what_cannot_be_a_lot_is_said_and_nothing_is_lost() -> None:
    async with demo() as stage:
        await stage.press("H", "a")
        await _type(stage, coin="nosuchcoin", amount="x")
        await stage.press("enter")
        assert isinstance(stage.app.screen, Form)
        assert "amount is not a number: x" in stage.text()
        await _type(stage, amount="1")
        await stage.press("enter")
        assert "no coin nosuchcoin is known here" in stage.text()
        assert stage.app.screen.values["coin"] == "nosuchcoin"
        await stage.press("escape", "escape")
        assert len(stage.app.screen_stack) == 1


async def test_enter_opens_the_lots_of_a_coin_and_closes_them() -> None:
    async with demo() as stage:
        await stage.press("H")
        rows = len([row for row in stage.rows() if row.strip()])
        await stage.press("enter")
        assert any("bought" in row for row in stage.rows())
        await stage.press("enter")
        assert len([row for row in stage.rows() if row.strip()]) == rows


async def test_a_key_hides_all_amounts_and_shows_them_again() -> None:
    async with demo() as stage:
        await stage.press("H")
        assert "$" in stage.text()
        await stage.press("v")
        await stage.until(lambda: "•••" in stage.text())
        assert "$" not in stage.text()
        assert any(str(notice.text).startswith("amounts are hidden") for notice in stage.engine.snapshot.notices)
        stage.engine.do(KeepSetting(("ui", "private"), value=False))
        await stage.until(lambda: "•••" not in stage.text())


@given(st.decimals(-(10**15), 10**15, places=8), st.sampled_from(["usd", "eur", "sats", "btc", "idr"]), st.booleans())
def test_no_amount_of_money_or_coins_is_wider_than_its_cell(amount: Decimal, currency: str, signed: bool) -> None:
    assert cell_width(fit_money(amount, currency, 14, signed=signed)) <= 14
    assert cell_width(fit_amount(amount, 14)) <= 14


@pytest.mark.parametrize("size", [(80, 24), (96, 24), (120, 36)], ids=lambda size: f"{size[0]} wide")
async def test_no_sum_is_cut_off_in_a_currency_of_many_digits(size: tuple[int, int]) -> None:
    async with demo(size, settings=demo_settings(currency="sats")) as stage:
        await stage.press("H")
        await stage.until(lambda: bool(stage.engine.snapshot.portfolio and stage.engine.snapshot.portfolio.value))
        table = [row for row in stage.rows() if "coin  " in row or "▌" in row or "BTC" in row]
        assert table
        assert not [row for row in table if "…" in row]


async def test_an_alert_made_on_a_coin_has_its_price_filled_in_and_is_listed() -> None:
    async with demo() as stage:
        stage.main.watchlist.focus()
        await stage.press("b")
        assert isinstance(stage.app.screen, Sheet)
        await stage.press("enter")
        form = stage.app.screen
        assert isinstance(form, Form)
        assert form.values["coin"] == "bitcoin"
        assert float(form.values["level"]) > 0
        count = len(stage.engine.snapshot.alerts)
        await _type(stage, level="999999")
        await stage.press("enter")
        await stage.until(lambda: len(stage.engine.snapshot.alerts) == count + 1)
        await stage.press("exclamation_mark")
        assert isinstance(stage.app.screen, AlertsScreen)
        assert any("BTC above 999,999" in row for row in stage.rows())
        await stage.press("end", "d")
        await stage.until(lambda: len(stage.engine.snapshot.alerts) == count)
        await stage.press("ctrl+z")
        await stage.until(lambda: len(stage.engine.snapshot.alerts) == count + 1)


async def test_a_resting_alert_says_so_and_wakes_again() -> None:
    async with demo(settings=demo_settings(alerts=DEMO_ALERTS)) as stage:
        await stage.press("exclamation_mark")
        await stage.press("space")
        await stage.until(lambda: not stage.engine.snapshot.alerts[0].enabled)
        assert "rests" in stage.text()
        await stage.press("space")
        await stage.until(lambda: stage.engine.snapshot.alerts[0].enabled)
