"""What a person changes is in the snapshot and on disk at once, in every other engine soon, and can be taken back."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cointicker.config.following import Configuration
from cointicker.config.paths import shipped_themes
from cointicker.config.reading import read_settings
from cointicker.config.settings import Settings
from cointicker.domain.news import Feed
from cointicker.engine import engine as engine_module
from cointicker.engine.actions import (
    Action,
    AddCoins,
    DeleteList,
    KeepCurrency,
    KeepSetting,
    KeepTheme,
    MarkRead,
    MoveCoin,
    NewList,
    RemoveCoin,
    RenameList,
    SendCoin,
    SetAlias,
    SetColumns,
    SetSort,
    Undo,
    UseCurrency,
    UseWatchlist,
)
from cointicker.engine.commands import BY_NAME, share_a_place
from cointicker.engine.engine import Engine
from cointicker.engine.naming import symbol_of
from cointicker.engine.state import Snapshot
from cointicker.store.sqlite import SqliteStore
from engine.conftest import FEEDS, Start
from engine.outside import Outside, brings, entry, until
from fake_clock import START, Clock

TEXT = """\
# mine
[watchlists]
Majors = ["bitcoin", "ethereum"] # two
Mine = ["kaspa"]

[[news.feeds]]
url = "https://one.example/feed"
name = "One"
"""

Begin = Callable[..., Engine]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "_FOLLOW_EVERY", 0.01)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "config" / "config.toml"
    place.parent.mkdir()
    place.write_text(TEXT)
    return place


@pytest.fixture
def begin(path: Path, start: Start, outside: Outside, clock: Clock) -> Begin:
    """Makes engines that share one configuration, each with a store of its own."""

    def begin(settings: Settings | None = None, *, offline: bool = False) -> Engine:
        found = read_settings(path, {}, BY_NAME, share_a_place).settings
        configuration = Configuration(
            path,
            found,
            environ={},
            commands=BY_NAME,
            together=share_a_place,
            theme_folders=(shipped_themes(), path.parent / "themes"),
        )
        store = SqliteStore(None, clock)
        engine = Engine(
            settings or found, store, outside.make, clock=clock, offline=offline, configuration=configuration
        )
        start.engines.append(engine)
        return engine

    return begin


def _text(path: Path) -> str:
    return path.read_text()


def _write(path: Path, text: str) -> None:
    path.write_text(text)


def _last(snapshot: Snapshot) -> str:
    return snapshot.notices[-1].text if snapshot.notices else ""


async def _told(engine: Engine, action: Action) -> str:
    """What the person is told of an action."""
    last = engine.snapshot.notices[-1].number if engine.snapshot.notices else 0
    engine.do(action)
    return _last(await until(engine, lambda now: bool(now.notices) and now.notices[-1].number > last))


def _coins(snapshot: Snapshot, name: str = "Majors") -> tuple[str, ...]:
    return next(each.coins for each in snapshot.watchlists if each.name == name)


STEPS: tuple[tuple[Action, str], ...] = (
    (AddCoins(("solana", "tron")), "SOL, TRX added to Majors"),
    (RemoveCoin("bitcoin"), "BTC removed from Majors"),
    (MoveCoin("tron", 0), "TRX moved to place 1"),
    (SendCoin("solana", "Mine"), "SOL moved to Mine"),
    (SetAlias("tron", "T"), "tron is shown as T"),
    (SetColumns(("coin", "price", "7d")), "columns: coin price 7d"),
    (SetSort("Majors", "24h", descending=True), "Majors is sorted by 24h, highest first"),
    (RenameList("Majors", "Big"), "Majors is now called Big"),
    (KeepTheme("ember"), "theme ember"),
    (KeepCurrency("eur"), "prices in EUR"),
    (KeepSetting(("ui", "bar"), "still"), "ui.bar is still"),
    (NewList("Rising", "gainers"), "new list Rising: gainers"),
    (DeleteList("Mine"), "list Mine deleted"),
)


async def test_thirteen_changes_are_told_and_taken_back_in_reverse_order_to_the_byte(begin: Begin, path: Path) -> None:
    engine = begin(offline=True)
    before = engine.snapshot
    texts = [_text(path)]
    for action, words in STEPS:
        assert await _told(engine, action) == f"{words} · Ctrl+Z takes it back"
        texts.append(_text(path))
    assert len(set(texts)) == len(STEPS) + 1
    for _, words in reversed(STEPS):
        assert _text(path) == texts.pop()
        assert await _told(engine, Undo()) == f"undone: {words}"
    assert _text(path) == texts.pop() == TEXT
    assert engine.snapshot.settings == before.settings
    assert engine.snapshot.watchlists == before.watchlists
    assert await _told(engine, Undo()) == "nothing to undo"


async def test_marks_and_changes_share_one_history(begin: Begin, outside: Outside) -> None:
    outside.feeds.answers[FEEDS[0].url] = brings(entry("aaaa0001", "Bitcoin rises", FEEDS[0], at=START - 60))
    engine = begin()
    await engine.news.refresh()
    engine.do(MarkRead(("aaaa0001",), read=True))
    await until(engine, lambda now: now.stories[0].lead.read)
    await _told(engine, RemoveCoin("bitcoin"))
    await _told(engine, Undo())
    assert _coins(engine.snapshot) == ("bitcoin", "ethereum")
    assert engine.snapshot.stories[0].lead.read
    engine.do(Undo())
    await until(engine, lambda now: not now.stories[0].lead.read)


async def test_undo_that_is_asked_for_before_the_change_is_done_waits_for_it(begin: Begin, path: Path) -> None:
    engine = begin(offline=True)
    engine.do(RemoveCoin("bitcoin"))
    engine.do(RemoveCoin("ethereum"))
    engine.do(Undo())
    engine.do(Undo())
    await until(engine, lambda now: _last(now) == "undone: BTC removed from Majors")
    assert _text(path) == TEXT


async def test_what_is_refused_or_changes_nothing_leaves_nothing_to_undo(begin: Begin, path: Path) -> None:
    engine = begin(offline=True)
    assert await _told(engine, RemoveCoin("kaspa")) == "kaspa is not in Majors"
    assert await _told(engine, AddCoins(("bitcoin",))) == "BTC is in Majors already"
    assert await _told(engine, NewList("Majors")) == "there is a list Majors already"
    assert await _told(engine, Undo()) == "nothing to undo"
    assert _text(path) == TEXT


async def test_another_engine_shows_a_change_by_itself(begin: Begin) -> None:
    one, other = begin(offline=True), begin(offline=True)
    running = asyncio.create_task(other.run())
    one.do(AddCoins(("solana",), "Mine"))
    one.do(SetAlias("kaspa", "K"))
    one.do(KeepTheme("fjord"))
    snapshot = await until(other, lambda now: now.settings.theme == "fjord")
    assert _coins(snapshot, "Mine") == ("kaspa", "solana")
    assert symbol_of("kaspa", snapshot) == "K"
    await other.close()
    await running


async def test_both_engines_change_the_same_list_and_both_changes_stay(begin: Begin, path: Path) -> None:
    one, other = begin(offline=True), begin(offline=True)
    one.do(AddCoins(("solana",)))
    other.do(AddCoins(("tron",)))
    one.do(RemoveCoin("bitcoin"))
    await until(one, lambda now: "BTC removed" in _last(now))
    await until(other, lambda now: "TRX added" in _last(now))
    kept = read_settings(path, {}, BY_NAME, share_a_place).settings.watchlists[0].coins
    assert sorted(kept) == ["ethereum", "solana", "tron"]


async def test_what_a_person_writes_in_the_file_is_in_force_at_once(begin: Begin, path: Path, outside: Outside) -> None:
    outside.feeds.answers[FEEDS[0].url] = brings(
        entry("aaaa0001", "Bitcoin rises", FEEDS[0], at=START - 60),
        entry("aaaa0002", "Sponsored: buy now", FEEDS[0], at=START - 90),
    )
    engine = begin()
    await engine.load()
    running = asyncio.create_task(engine.run())
    await until(engine, lambda now: len(now.stories) == 2 and bool(now.quotes))
    _write(
        path,
        'currency = "eur"\n' + TEXT.replace('"ethereum"', '"ethereum", "solana"') + '\n[news]\nmute = ["sponsored"]\n'
        "[market]\nrefresh = 120\n",
    )
    outside.market.prices["solana"] = 3.0
    snapshot = await until(
        engine, lambda now: now.currency == "eur" and "solana" in now.quotes and len(now.stories) == 1
    )
    assert _coins(snapshot) == ("bitcoin", "ethereum", "solana")
    assert snapshot.muted == 1
    assert snapshot.refresh == 120
    assert snapshot.quotes["solana"].currency == "eur"
    await engine.close()
    await running


async def test_another_feed_needs_other_sources_and_is_visited(begin: Begin, path: Path, outside: Outside) -> None:
    new = Feed("https://new.example/feed", "New")
    outside.feeds.answers[new.url] = brings(entry("bbbb0001", "News from elsewhere", new, at=START - 60))
    engine = begin()
    running = asyncio.create_task(engine.run())
    await until(engine, lambda now: bool(now.feeds) and not now.news.busy)
    assert outside.made == 1
    _write(path, TEXT.replace("one.example", "new.example").replace('"One"', '"New"'))
    snapshot = await until(engine, lambda now: bool(now.stories and now.feeds))
    assert [story.lead.source for story in snapshot.stories] == ["New"]
    assert [health.url for health in snapshot.feeds] == [new.url]
    assert outside.made == 2
    await engine.close()
    await running


async def test_a_broken_file_is_told_once_with_its_line_and_changes_nothing(begin: Begin, path: Path) -> None:
    engine = begin(offline=True)
    running = asyncio.create_task(engine.run())
    _write(path, TEXT + "\n[broken\n")
    snapshot = await until(engine, lambda now: bool(now.notices))
    number = TEXT.count("\n") + 2
    assert f"config.toml:{number}:" in _last(snapshot)
    assert _coins(snapshot) == ("bitcoin", "ethereum")
    _write(path, TEXT.replace('"ethereum"', '"solana"'))
    snapshot = await until(engine, lambda now: _coins(now) == ("bitcoin", "solana") and not now.problems)
    assert [notice for notice in snapshot.notices if "config.toml" in notice.text] == [snapshot.notices[0]]
    await engine.close()
    await running


async def test_a_change_of_a_broken_file_holds_for_this_run_and_says_why(begin: Begin, path: Path) -> None:
    engine = begin(offline=True)
    await engine.configuration.look()
    broken = TEXT + "\n[broken\n"
    _write(path, broken)
    said = await _told(engine, RemoveCoin("bitcoin"))
    assert said.startswith("BTC removed from Majors, for this run: ")
    assert "config.toml is not valid TOML" in said
    assert engine.snapshot.notices[-1].grave
    assert _coins(engine.snapshot) == ("ethereum",)
    assert _text(path) == broken
    await _told(engine, Undo())
    assert _coins(engine.snapshot) == ("bitcoin", "ethereum")


async def test_the_command_line_holds_until_the_person_chooses_otherwise(begin: Begin, path: Path) -> None:
    found = read_settings(path, {}, BY_NAME, share_a_place).settings
    engine = begin(replace(found, currency="chf", theme="fjord"), offline=True)
    await _told(engine, RemoveCoin("bitcoin"))
    assert (engine.snapshot.settings.currency, engine.snapshot.settings.theme) == ("chf", "fjord")
    await _told(engine, KeepCurrency("usd"))  # what the file says, or does not say, already
    await until(engine, lambda now: now.currency == "usd")
    assert (engine.snapshot.settings.currency, engine.snapshot.settings.theme) == ("usd", "fjord")


async def test_a_currency_for_this_run_gives_way_to_one_that_is_kept(begin: Begin) -> None:
    engine = begin(offline=True)
    engine.do(UseCurrency("gbp"))
    await until(engine, lambda now: now.currency == "gbp")
    await _told(engine, AddCoins(("tron",)))
    assert engine.snapshot.currency == "gbp"
    await _told(engine, KeepCurrency("usd"))
    await until(engine, lambda now: now.currency == "usd")


async def test_the_list_in_use_stays_in_use_whatever_happens_around_it(begin: Begin, path: Path) -> None:
    engine = begin(offline=True)
    engine.do(UseWatchlist(1))
    await _told(engine, AddCoins(("solana",)))
    assert engine.snapshot.watchlist.coins == ("kaspa", "solana")
    await _told(engine, DeleteList("Majors"))
    assert (engine.snapshot.active, engine.snapshot.watchlist.name) == (0, "Mine")
    await _told(engine, Undo())
    assert (engine.snapshot.active, engine.snapshot.watchlist.name) == (1, "Mine")
    await _told(engine, RenameList("Mine", "Ours"))
    assert engine.snapshot.watchlist.name == "Ours"
    await _told(engine, NewList("Fresh"))
    assert engine.snapshot.watchlist.name == "Fresh"


async def test_an_engine_without_a_file_keeps_changes_in_memory(start: Start) -> None:
    engine = start(offline=True)
    assert await _told(engine, AddCoins(("solana",))) == "SOL added to Majors · Ctrl+Z takes it back"
    assert _coins(engine.snapshot) == ("bitcoin", "ethereum", "solana")
    await _told(engine, Undo())
    assert _coins(engine.snapshot) == ("bitcoin", "ethereum")
