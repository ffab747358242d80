"""A database that stands in for one that cannot be written: shared by all panes, and emptied into it in the end."""

# ruff: noqa: ASYNC240 - a test has the loop to itself

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from cointicker.engine.budget import day_number
from cointicker.engine.leasing import LASTS
from cointicker.engine.ports import Topic
from cointicker.store.database import RETRY_AFTER
from cointicker.store.sqlite import SqliteStore
from fake_clock import START, Clock
from store.store_values import headline, health, quote

Join = Callable[[], SqliteStore]


@pytest.fixture
def runtime_dir(tmp_path: Path) -> Path:
    return tmp_path / "runtime"


@pytest.fixture
async def join(path: Path, clock: Clock, runtime_dir: Path) -> AsyncIterator[Join]:
    """Opens stores that may share a folder of the login."""
    opened: list[SqliteStore] = []

    def open_one() -> SqliteStore:
        opened.append(SqliteStore(path, clock, runtime_dir=runtime_dir))
        return opened[-1]

    yield open_one
    for store in opened:
        await store.close()


@pytest.fixture
async def hidden(path: Path, join: Join, tmp_path: Path) -> Path:
    """A folder with data, that something else stands in the place of."""
    store = join()
    await store.save_quotes([quote()])
    await store.save_feed(health(), [headline()], {})
    await store.ledger.count("market")
    await store.close()
    hidden = tmp_path / "elsewhere"
    path.parent.rename(hidden)
    path.parent.write_text("in the way")
    return hidden


def _bring_back(path: Path, hidden: Path) -> None:
    path.parent.unlink()
    hidden.rename(path.parent)


async def _calls(store: SqliteStore) -> int:
    return sum(day.calls for day in await store.ledger.days("market", "", day_number(START)))


async def test_panes_without_a_file_ask_as_one_and_see_what_the_others_do(hidden: Path, join: Join) -> None:
    ours, theirs = join(), join()
    assert await theirs.changed() == frozenset()
    await ours.save_quotes([quote("ether")])
    assert await theirs.changed() == {Topic.QUOTES}
    assert set(await theirs.quotes("usd")) == {"ether"}
    assert await ours.leases.take("market:usd", LASTS) is not None
    assert await theirs.leases.take("market:usd", LASTS) is None
    for store in (ours, theirs, ours):
        await store.ledger.count("market")
    assert (await _calls(ours), await _calls(theirs)) == (3, 3)
    assert "Nothing is being kept" in ours.trouble
    assert "Nothing is being kept" in theirs.trouble
    assert "for itself" not in theirs.trouble


async def test_what_panes_gathered_goes_into_the_file_once_and_all_of_them_go_back(
    hidden: Path, join: Join, path: Path, clock: Clock
) -> None:
    ours, theirs = join(), join()
    clock.pass_by(10)
    await ours.save_feed(health(), [headline("ours0001")], {})
    await theirs.save_feed(health(), [headline("theirs01")], {})
    for store in (ours, theirs):
        await store.ledger.count("market")
    _bring_back(path, hidden)
    clock.pass_by(RETRY_AFTER)
    assert await _calls(ours) == 3
    assert await theirs.changed() == frozenset(Topic)
    assert (ours.trouble, theirs.trouble) == ("", "")
    await theirs.mark(["ours0001"], starred=True)
    found = {each.headline_id: each.starred for each in await ours.headlines(10)}
    assert found == {headline().headline_id: False, "ours0001": True, "theirs01": False}
    assert await _calls(theirs) == 3
    assert await theirs.ledger.since("market", START - 60) == 3


async def test_a_pane_that_waits_to_write_while_another_goes_back_writes_into_the_file(
    hidden: Path, join: Join, path: Path, clock: Clock
) -> None:
    ours, theirs = join(), join()
    await ours.save_quotes([quote("ether")])
    await theirs.quotes("usd")
    _bring_back(path, hidden)
    clock.pass_by(RETRY_AFTER)
    await ours.headlines(1)
    await theirs.save_quotes([quote("solana")])
    assert set(await ours.quotes("usd")) == {"bitcoin", "ether", "solana"}


async def test_the_last_one_who_goes_leaves_nothing(hidden: Path, join: Join, runtime_dir: Path) -> None:
    for coin in ("ether", "solana"):
        store = join()
        await store.save_quotes([quote(coin)])
        assert set(await store.quotes("usd")) == {coin}
        await store.close()
        assert not list(runtime_dir.glob("*.db*"))


async def test_where_nothing_can_be_shared_each_goes_on_from_memory(
    hidden: Path, join: Join, runtime_dir: Path
) -> None:
    runtime_dir.write_text("in the way too")
    ours, theirs = join(), join()
    await ours.save_quotes([quote("ether")])
    assert set(await ours.quotes("usd")) == {"ether"}
    assert await theirs.quotes("usd") == {}
    assert "each pane fetches for itself" in theirs.trouble


async def test_a_stand_in_that_is_spoilt_leaves_its_place_to_memory(
    hidden: Path, join: Join, runtime_dir: Path
) -> None:
    store = join()
    await store.save_quotes([quote("ether")])
    (file,) = runtime_dir.glob("*.db")
    file.with_name(f"{file.name}-wal").write_bytes(b"")
    file.write_bytes(b"spoilt" * 1000)
    await store.headlines(10)
    await store.save_quotes([quote("solana")])
    assert "solana" in await store.quotes("usd")
