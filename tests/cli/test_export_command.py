"""``cointicker export``: all rows, page by page, into forms that other programs read."""

import asyncio
import csv
import io
import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cli.command_line import quote
from cli.inside import run_inside
from cointicker.domain.news import FeedHealth, Headline
from cointicker.domain.words import SafeText
from cointicker.engine.archive import Wanted
from cointicker.store.archive import SqliteArchive
from cointicker.store.sqlite import SqliteStore

_DAY = 86_400.0
_START = 1_767_225_600.0
"""2026-01-01, 00:00 UTC."""
_HOSTILE = ("=1+2", "+1", "-1", "@sum", '"quoted", and a comma', "plain")


def _export(*words: str) -> Any:
    return run_inside("--offline", "export", *words)


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def history(database: Path) -> None:
    """Prices of two coins on three days."""

    async def save() -> None:
        store = SqliteStore(database, lambda: _START + 2 * _DAY)
        for day in range(3):
            at = _START + day * _DAY
            quotes = [quote("bitcoin", price=100.0 + day), quote("ethereum", price=0.0000123)]
            await store.save_quotes([replace(each, fetched_at=at, updated_at=at) for each in quotes])
        await store.close()

    asyncio.run(save())


@pytest.fixture
def headlines(database: Path) -> None:
    """Headlines whose titles a spreadsheet would run."""

    async def save() -> None:
        store = SqliteStore(database, time.time)
        url = "https://feed.example/rss"
        found = [
            Headline(
                f"id{number:06}", url, SafeText("Feed"), SafeText(title), "", _START + number, _START + number,
                coins=("bitcoin",) if number % 2 else ("bitcoin-cash",),
            )
            for number, title in enumerate(_HOSTILE)
        ]  # fmt: skip
        await store.save_feed(FeedHealth(url, SafeText("Feed"), next_at=0.0), found, {})
        await store.mark(["id000001"], starred=True)
        await store.close()

    asyncio.run(save())


def test_every_stored_price_is_a_row(history: None) -> None:
    rows = _rows(_export("quotes").out)
    assert len(rows) == 6
    assert rows[0] == {"coin": "bitcoin", "currency": "usd", "at": "2026-01-01T00:00:00Z", "price": "100.0"}
    assert float(rows[-1]["price"]) == 0.0000123


@pytest.mark.parametrize(
    ("words", "prices"),
    [
        (("--coin", "bitcoin"), [100, 101, 102]),
        (("--coin", "bitcoin", "--since", "2026-01-02"), [101, 102]),
        (("--coin=bitcoin", "--until=2026-01-02"), [100]),
        (("--coin", "bitcoin", "--since", "2026-01-02T01:00:00+01:00", "--until", "2026-01-03T00:00Z"), [101]),
        (("--coin", "bitcoin", "--since", "1d"), []),
        (("--coin", "bitcoin,ethereum", "--since", "2026-01-03"), [102, 0.0000123]),
    ],
)
def test_rows_are_those_of_the_coins_and_times_that_are_wanted(
    history: None, words: tuple[str, ...], prices: list[float]
) -> None:
    lines = _export("quotes", "--jsonl", *words).out.splitlines()
    assert [json.loads(line)["price"] for line in lines] == prices


def test_a_title_that_a_spreadsheet_would_run_gets_an_apostrophe_and_json_has_it_as_it_is(headlines: None) -> None:
    rows = _rows(_export("headlines").out)
    assert [row["title"] for row in rows] == ["'=1+2", "'+1", "'-1", "'@sum", '"quoted", and a comma', "plain"]
    assert [row["starred"] for row in rows] == ["false", "true", "false", "false", "false", "false"]
    lines = _export("headlines", "--jsonl").out.splitlines()
    assert [json.loads(line)["title"] for line in lines] == list(_HOSTILE)


def test_headlines_of_a_coin_are_not_those_of_one_whose_name_begins_so(headlines: None) -> None:
    assert len(_rows(_export("headlines", "--coin", "bitcoin").out)) == 3


async def test_pages_lose_no_row_and_repeat_none(database: Path, headlines: None) -> None:
    store = SqliteStore(database, time.time)
    try:
        for size in (1, 2, 4, 100):
            archive = SqliteArchive(store._database, size)
            pages = [page async for page in archive.headlines(Wanted())]
            assert [each.title for page in pages for each in page] == list(_HOSTILE)
            assert all(len(page) <= size for page in pages)
    finally:
        await store.close()


def test_a_file_is_written_whole_and_never_over_another_unasked(history: None, tmp_path: Path) -> None:
    file = tmp_path / "prices.csv"
    ended = _export("quotes", "--output", str(file))
    assert (ended.status, ended.out) == (0, "")
    assert "6 rows" in ended.err
    assert file.read_bytes() == _export("quotes").out.encode()
    assert file.stat().st_mode & 0o777 == 0o600
    again = _export("quotes", "--jsonl", "--output", str(file))
    assert again.status == 2
    assert "--force" in again.err
    assert file.read_bytes().startswith(b"coin,")
    assert _export("quotes", "--jsonl", "--force", "--output", str(file)).status == 0
    assert file.read_bytes().startswith(b"{")
    assert [each.name for each in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("quote",), 2, "did you mean quotes?"),
        (("quotes", "--since", "yesterday"), 2, "a time is written"),
        (("quotes", "--csv", "--jsonl"), 2, "take one"),
        (("quotes", "--coin", "nosuchcoin"), 1, "'nosuchcoin'"),
        (("quotes", "--output", "/nonexistent/x.csv"), 1, "cannot be written"),
        (("holdings", "--no-holdings"), 2, "--no-holdings"),
    ],
)
def test_what_cannot_be_done_is_said(words: tuple[str, ...], status: int, said: str) -> None:
    ended = _export(*words)
    assert (ended.status, ended.out) == (status, "")
    assert said in ended.err


def test_lots_and_positions_are_rows_too(config_file: Path, add_settings: Callable[[str], None]) -> None:
    run_inside(
        "holdings", "add", "btc", "0.5", "--price", "30000", "--date", "2026-01-02", "--note", "=note", "--offline"
    )
    (lot,) = _rows(_export("holdings").out)
    assert (lot["coin"], lot["side"], lot["amount"], lot["note"]) == ("bitcoin", "buy", "0.5", "'=note")
    (position,) = _rows(_export("positions").out)
    assert (position["amount"], position["cost"]) == ("0.5", "15000")
    assert _rows(_export("holdings", "--since", "2026-01-03").out) == []
    assert _rows(_export("alerts").out) == []
