"""An older program beside a newer one: it shows what is stored, says why it asks for nothing, and asks for nothing."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cointicker.domain.charts import Span
from cointicker.domain.freshness import Failed, Fresh, Stale
from cointicker.engine import engine as engine_module
from cointicker.engine.actions import Refresh
from cointicker.engine.engine import Engine
from cointicker.engine.state import NEWER
from cointicker.store.schema import MIGRATIONS
from engine.conftest import Start
from engine.outside import Outside, until
from fake_clock import START


def _make_newer(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")


@pytest.fixture
async def older(start: Start, outside: Outside, file: Path) -> Engine:
    """An engine that finds data which are those of a newer version, and were fetched at ``START``."""
    before = start(place=file)
    await before.market.refresh()
    await before.mining.refresh()
    await before.close()
    outside.market.asked.clear()
    _make_newer(file)
    engine = start(place=file)
    await engine.load()
    return engine


async def test_it_shows_what_is_stored_and_says_why_it_asks_for_nothing(older: Engine, outside: Outside) -> None:
    assert older.snapshot.offline
    assert older.snapshot.quotes["bitcoin"].price == 100.0
    await older.market.load()
    await older.mining.load()
    assert older.snapshot.market.freshness == Stale(START, NEWER)
    assert older.snapshot.mining_part.freshness == Stale(START, NEWER)
    assert any("newer version" in notice.text for notice in older.snapshot.notices)


async def test_a_person_who_wants_more_is_told_why_not(older: Engine, outside: Outside) -> None:
    older.do(Refresh())
    assert older.snapshot.notices[-1].text == NEWER
    chart = await older.chart("bitcoin", Span.YEAR)
    assert isinstance(chart, Failed)
    assert NEWER in chart.why
    await older.market.refresh(force=True, coins=("kaspa",))
    await older.news.refresh(force=True)
    await older.mining.refresh(force=True)
    assert (outside.market.asked, outside.market.questions, outside.feeds.visits) == ([], [], [])
    assert outside.mine.asked == 1


async def test_a_running_one_stops_asking_when_the_newer_one_comes(
    start: Start, outside: Outside, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_FOLLOW_EVERY", 0.01)
    engine = start(place=file)
    running = asyncio.create_task(engine.run())
    await until(engine, lambda now: isinstance(now.market.freshness, Fresh))
    _make_newer(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as newer:
        newer.execute("UPDATE quotes SET price = 300.0 WHERE coin_id = 'bitcoin'")
    await until(engine, lambda now: now.offline)
    await until(engine, lambda now: now.quotes["bitcoin"].price == 300.0)
    asked = len(outside.market.asked)
    await engine.market.refresh(force=True)
    assert len(outside.market.asked) == asked
    await engine.close()
    await running


async def test_it_asks_again_when_data_of_its_own_version_are_in_their_place(
    older: Engine, outside: Outside, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_FOLLOW_EVERY", 0.01)
    running = asyncio.create_task(older.run())
    await until(older, lambda now: bool(now.notices))
    assert outside.market.asked == []
    for part in file.parent.iterdir():
        part.unlink()
    await until(older, lambda now: bool(outside.market.asked) and isinstance(now.market.freshness, Fresh))
    assert not older.snapshot.offline
    await older.close()
    await running
