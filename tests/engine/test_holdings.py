"""Holdings in the running program: followed, valued, written down, taken back."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cointicker.config.holdings import LotBook
from cointicker.domain.freshness import Failed
from cointicker.domain.portfolio import Lot, Portfolio
from cointicker.engine import engine as engine_module
from cointicker.engine import holdings, keeping
from cointicker.engine.actions import AddLot, EditLot, RemoveLot, Undo, UseCurrency
from cointicker.engine.engine import Engine
from engine.conftest import Start
from engine.outside import Outside, until
from fake_clock import Clock

MINE = '[[lots]]\ncoin = "bitcoin"\namount = 2\nprice = 40\n'
KASPA = Lot("kaspa", Decimal(5), Decimal(1))


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holdings, "_LOOK_EVERY", 0.01)
    monkeypatch.setattr(engine_module, "_FOLLOW_EVERY", 0.01)
    monkeypatch.setattr(keeping, "_SHORTEST_SLEEP", 0.01)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "holdings.toml"
    path.write_text(MINE)
    path.chmod(0o600)
    return path


def _write(path: Path, text: str, mode: int = 0o600) -> None:
    path.write_text(text)
    path.chmod(mode)


def _read(path: Path) -> str:
    return path.read_text()


@pytest.fixture
def owner(start: Start, path: Path) -> Engine:
    """An engine of somebody who holds something."""
    return start.with_store(lots=LotBook(path))[0]


def _portfolio(engine: Engine) -> Portfolio:
    portfolio = engine.snapshot.portfolio
    assert portfolio is not None
    return portfolio


async def _settle(engine: Engine, condition: Callable[[Portfolio], bool]) -> Portfolio:
    snapshot = await until(engine, lambda now: now.portfolio is not None and condition(now.portfolio))
    assert snapshot.portfolio is not None
    return snapshot.portfolio


async def test_what_is_held_is_shown_before_any_price_and_valued_with_it(owner: Engine) -> None:
    await owner.load()
    assert _portfolio(owner).unpriced == ("bitcoin",)
    assert _portfolio(owner).value is None
    running = asyncio.create_task(owner.run())
    portfolio = await _settle(owner, lambda portfolio: portfolio.value is not None)
    assert (portfolio.value, portfolio.unrealised) == (Decimal(200), Decimal(120))
    await owner.close()
    await running


async def test_coins_that_are_held_are_asked_for_though_nobody_watches_them(start: Start, outside: Outside) -> None:
    engine, _ = start.with_store(lots=LotBook(None, '[[lots]]\ncoin = "dai"\namount = 1\n'))
    await engine.load()
    await engine.market.refresh()
    assert "dai" in outside.market.asked[0][0]


async def test_a_change_of_the_file_shows_by_itself_and_a_broken_one_leaves_what_was_known(
    owner: Engine, path: Path
) -> None:
    running = asyncio.create_task(owner.run())
    await _settle(owner, lambda portfolio: len(portfolio.lots) == 1)
    _write(path, MINE + MINE.replace("bitcoin", "ethereum"))
    await _settle(owner, lambda portfolio: len(portfolio.lots) == 2)
    _write(path, "[[lots]\n")
    broken = await _settle(owner, lambda portfolio: bool(portfolio.problems))
    assert len(broken.lots) == 2
    assert "holdings.toml:1" in broken.problems[0]
    assert owner.snapshot.notices[-1].text == broken.problems[0]
    _write(path, MINE)
    await _settle(owner, lambda portfolio: not portfolio.problems and len(portfolio.lots) == 1)
    await owner.close()
    await running


async def test_lots_are_written_changed_struck_out_and_taken_back(owner: Engine, path: Path) -> None:
    await owner.load()
    before = _read(path)
    owner.do(AddLot(KASPA))
    portfolio = await _settle(owner, lambda portfolio: len(portfolio.lots) == 2)
    added = portfolio.lots[1]
    assert replace(added, lot_id="") == KASPA
    owner.do(EditLot(added.lot_id, replace(KASPA, amount=Decimal(7))))
    portfolio = await _settle(owner, lambda portfolio: portfolio.lots[-1].amount == 7)
    owner.do(RemoveLot(portfolio.lots[0].lot_id))
    await _settle(owner, lambda portfolio: [lot.coin_id for lot in portfolio.lots] == ["kaspa"])
    for lots in (2, 2, 1):
        owner.do(Undo())
        await _settle(owner, lambda portfolio, lots=lots: len(portfolio.lots) == lots)  # type: ignore[misc]
        await _rest(owner)
    assert _read(path) == before


async def _rest(engine: Engine) -> None:
    """Let what was asked for come to its end."""
    while engine._chores:
        await asyncio.gather(*engine._chores)


async def test_what_cannot_be_written_is_said_and_nothing_is_to_be_undone(owner: Engine, path: Path) -> None:
    await owner.load()
    _write(path, MINE, 0o400)
    owner.do(AddLot(KASPA))
    snapshot = await until(owner, lambda now: bool(now.notices))
    assert "holdings.toml is read-only" in snapshot.notices[-1].text
    owner.do(Undo())
    assert owner.snapshot.notices[-1].text == "nothing to undo"


async def test_selling_more_than_was_held_is_said_with_its_line(start: Start, path: Path) -> None:
    _write(path, f'{MINE}\n[[lots]]\ncoin = "bitcoin"\namount = -3\n')
    engine, _ = start.with_store(lots=LotBook(path))
    await engine.load()
    (problem,) = _portfolio(engine).problems
    assert problem.endswith("holdings.toml:6: lots sell more bitcoin than was held then")


async def test_without_a_book_nothing_is_read_and_nothing_written(start: Start) -> None:
    engine = start()
    await engine.load()
    assert engine.snapshot.portfolio is None
    engine.do(AddLot(KASPA))
    snapshot = await until(engine, lambda now: bool(now.notices))
    assert "not read in this run" in snapshot.notices[-1].text


async def test_what_was_paid_in_another_currency_is_turned_into_this_one_at_todays_rate(
    start: Start, outside: Outside, path: Path
) -> None:
    _write(path, f'{MINE}currency = "eur"\n')
    engine, _ = start.with_store(lots=LotBook(path))
    await engine.load()
    assert _portfolio(engine).uncosted == ("bitcoin",)
    running = asyncio.create_task(engine.run())
    await _settle(engine, lambda portfolio: portfolio.value == 200)
    # The outside has one price for all currencies, so that a euro is worth a dollar.
    portfolio = await _settle(engine, lambda portfolio: portfolio.cost is not None)
    assert (portfolio.cost, portfolio.converted) == (Decimal(80), ("eur",))
    assert (("bitcoin",), "eur") in outside.market.asked
    await engine.close()
    await running


async def test_a_rate_that_cannot_be_had_leaves_the_cost_unknown(start: Start, outside: Outside, path: Path) -> None:
    _write(path, f'{MINE}currency = "eur"\n')
    outside.market.trouble = Failed("no network")
    engine, _ = start.with_store(lots=LotBook(path))
    running = asyncio.create_task(engine.run())
    portfolio = await _settle(engine, lambda portfolio: bool(portfolio.lots))
    assert portfolio.cost is None
    await engine.close()
    await running


async def test_turning_to_another_currency_values_in_it(owner: Engine, outside: Outside, clock: Clock) -> None:
    await owner.load()
    await owner.market.refresh()
    owner.do(UseCurrency("eur"))
    running = asyncio.create_task(owner.run())
    portfolio = await _settle(owner, lambda portfolio: portfolio.currency == "eur" and portfolio.value is not None)
    assert portfolio.value == 200
    await owner.close()
    await running
