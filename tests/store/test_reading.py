"""What one line reads is what the store keeps."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from cointicker.domain.glance import FEES, MINING_FACTS, Wants
from cointicker.domain.market import Quote, peg_distance
from cointicker.domain.mining import Fees, Mining
from cointicker.domain.words import SafeText
from cointicker.engine.allowance import quotes_lease
from cointicker.engine.mining import LEASE
from cointicker.engine.panes import LINE, Pane
from cointicker.engine.ports import Deadline, Ranking
from cointicker.store.reading import Reading, note_wish
from cointicker.store.sqlite import SqliteStore
from fake_clock import Clock
from store.store_values import FEED, headline, health, quote


@pytest.fixture
def reading(path: Path) -> Reading:
    return Reading(str(path))


async def test_coins_are_found_by_id_and_by_symbol_and_the_best_ranked_wins(
    store: SqliteStore, reading: Reading, clock: Clock
) -> None:
    await store.save_quotes(
        [replace(quote("bitdoge"), rank=900), quote("bitcoin-two"), replace(quote("bitcoin"), rank=1)]
    )
    await store.save_quotes([replace(quote("bitcoin"), currency="eur", price=90.0)])
    found = reading.read(Wants("usd", ("bitdoge", "bit", "nobody")), clock())
    assert {word: coin.coin_id for word, coin in found.coins.items()} == {
        "bitdoge": "bitdoge", "bit": "bitcoin", "bitcoin": "bitcoin",
    } | {"bitcoin-two": "bitcoin-two"}  # fmt: skip
    assert reading.read(Wants("eur", ("bit",)), clock()).coins["bit"].price == 90.0


async def test_the_coins_of_a_rule_are_those_that_were_found_last(
    store: SqliteStore, reading: Reading, clock: Clock
) -> None:
    await store.save_quotes([quote("kaspa"), quote("monero")])
    await store.save_ranking("gainers", "usd", Ranking(("monero", "kaspa"), clock()))
    found = reading.read(Wants("usd", rule="gainers"), clock())
    assert found.listed == ("monero", "kaspa")
    assert set(found.coins) >= {"monero", "kaspa"}


async def test_deadlines_are_those_of_the_desks(store: SqliteStore, reading: Reading, clock: Clock) -> None:
    await store.save_deadline(quotes_lease("usd"), Deadline(clock() - 30, clock() + 270))
    await store.save_deadline(LEASE, Deadline(clock() - 90, clock() + 10, "no network", 2))
    found = reading.read(Wants("usd", mining=True), clock())
    assert (found.prices_due.next_at, found.prices_due.interval) == (clock() + 270, 300.0)
    assert (found.mining_due.failing, found.mining_due.interval) == (True, 0.0)


async def test_the_newest_headline_is_heard_and_not_muted(store: SqliteStore, reading: Reading, clock: Clock) -> None:
    old = headline("old0", clock() - 900, title="Miners add hashrate", starred=True)
    muted = headline("muted", clock() - 60, title="A sponsored view")
    tagged = replace(headline("tagged", clock() - 50), tags=(SafeText("Sponsored"), SafeText("Ünique")))
    stranger = replace(headline("strange", clock() - 40), feed_url="https://other.example/")
    await store.save_feed(health(), [old, muted, tagged, stranger], {})
    wants = Wants("usd", headline=True, unread=True, feeds={FEED: ()}, mute=("sponsored",))
    found = reading.read(wants, clock())
    assert found.headline is not None
    assert (found.headline.title, found.headline.at, found.unread) == ("Miners add hashrate", clock() - 900, 1)
    by_feed = Wants("usd", headline=True, feeds={FEED: ("view", "ünique")})
    assert reading.read(by_feed, clock()).headline is not None
    everything = reading.read(Wants("usd", unread=True), clock())
    assert everything.unread == 4
    await store.mark(["old0", "muted"], read=True)
    assert reading.read(Wants("usd", unread=True), clock()).unread == 2


async def test_a_feed_that_was_never_visited_is_due(store: SqliteStore, reading: Reading, clock: Clock) -> None:
    await store.save_feed(health(next_at=clock() + 600), [], {})
    assert reading.read(Wants("usd", headline=True, feeds={FEED: ()}), clock()).news_due.next_at == clock() + 600
    both: dict[str, tuple[str, ...]] = {FEED: (), "https://new.example/": ()}
    assert reading.read(Wants("usd", headline=True, feeds=both), clock()).news_due.next_at == 0


async def test_mining_is_told_by_the_names_of_its_facts(store: SqliteStore, reading: Reading, clock: Clock) -> None:
    values = {name: float(number) for number, name in enumerate(MINING_FACTS, 1)}
    await store.save_mining(Mining(clock(), fees=Fees(3.0, 2.0, 1.0), **values))  # type: ignore[arg-type]
    found = reading.read(Wants("usd", mining=True), clock())
    assert found.mining == values | {f"fees.{name}": float(3 - place) for place, name in enumerate(FEES)}
    assert found.mining_at == clock()


async def test_a_stablecoin_of_another_currency_is_measured_by_prices_of_the_same_time(
    store: SqliteStore, reading: Reading, clock: Clock
) -> None:
    def tether(price: float, currency: str, at: float) -> Quote:
        return Quote("tether", SafeText("USDT"), SafeText("Tether"), currency, price, at, at)

    await store.save_quotes([tether(1.0, "usd", clock() - 60), tether(0.9, "eur", clock() - 70)])
    now = tether(0.9009, "eur", clock())
    await store.save_quotes([now])
    points = reading.read(Wants("eur", ("tether",)), clock()).coins["tether"].peg_points
    assert points == pytest.approx(peg_distance(now, {"tether": 0.9}))
    assert points == pytest.approx(10.0)
    assert reading.read(Wants("usd", ("tether",)), clock()).coins["tether"].peg_points == 0
    assert reading.read(Wants("eur", ("tether",)), clock() + 3 * 3600).coins["tether"].peg_points is None


async def test_a_wish_is_seen_by_the_panes_and_they_by_the_line(
    store: SqliteStore, reading: Reading, path: Path, clock: Clock
) -> None:
    await store.save_quotes([quote()])
    wants = Wants("eur", ("bitcoin",), owner=f"{LINE}:1")
    assert reading.read(wants, clock()).noted_at is None
    note_wish(str(path), wants, ("bitcoin", 'bad"id'), clock(), 90)
    (wish,) = await store.panes.present()
    assert (wish.is_line, wish.currency, wish.coins) == (True, "eur", ("bitcoin",))
    found = reading.read(wants, clock())
    assert (found.noted_at, found.apps) == (clock(), 0)
    await store.panes.beat(Pane("somebody", clock(), "usd", ()), 15)
    assert reading.read(wants, clock()).apps == 1
    assert reading.read(wants, clock() + 20).apps == 0


async def test_a_wish_does_not_wait_for_a_lock(store: SqliteStore, path: Path, clock: Clock) -> None:
    await store.save_quotes([quote()])
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        note_wish(str(path), Wants("usd", owner=f"{LINE}:1"), ("bitcoin",), clock(), 90)
        other.execute("ROLLBACK")
    assert await store.panes.present() == ()


async def test_changes_and_another_file_in_the_place_are_noticed(
    open_store: Callable[..., SqliteStore], reading: Reading, path: Path, clock: Clock
) -> None:
    assert reading.version() is None
    assert reading.read(Wants("usd"), clock()).trouble == "nothing is stored"
    first = open_store()
    await first.save_quotes([quote()])
    version = reading.version()
    assert reading.version() == version
    await first.save_quotes([quote(at=clock())])
    assert reading.version() != version
    await first.close()
    os.rename(path, path.with_suffix(".aside"))  # noqa: PTH104 - pathlib's is taken for one that blocks
    await open_store().save_quotes([quote("monero")])
    assert set(reading.read(Wants("usd", ("bitcoin", "monero")), clock()).coins) == {"monero"}
    reading.close()
