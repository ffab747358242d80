"""What several processes share: leases, the ledger of calls, deadlines, and who changed what."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cointicker.domain.mining import Mining
from cointicker.engine.budget import Day, day_number
from cointicker.engine.leasing import LASTS
from cointicker.engine.ledger import Limit
from cointicker.engine.ports import Deadline, Topic
from cointicker.store.sqlite import SqliteStore
from fake_clock import START, Clock
from store.store_values import headline, health, quote

DAY = 86_400.0
Open = Callable[..., SqliteStore]


async def test_one_at_a_time_has_a_lease(open_store: Open) -> None:
    ours, theirs = open_store(), open_store()
    assert await ours.leases.take("market", LASTS)
    assert await ours.leases.take("market", LASTS) is None
    assert await theirs.leases.take("market", LASTS) is None
    assert await theirs.leases.take("news", LASTS)


async def test_a_lease_that_was_given_back_is_free_and_only_its_ticket_can_give_it(open_store: Open) -> None:
    ours, theirs = open_store(), open_store()
    ticket = await ours.leases.take("market", LASTS)
    assert ticket
    await theirs.leases.give_back("market", "another ticket")
    assert await theirs.leases.take("market", LASTS) is None
    await ours.leases.give_back("market", ticket)
    assert await theirs.leases.take("market", LASTS)


async def test_a_lease_that_is_not_renewed_passes_on_and_is_lost_for_good(open_store: Open, clock: Clock) -> None:
    ours, theirs = open_store(), open_store()
    first = await ours.leases.take("market", LASTS)
    assert first
    clock.pass_by(LASTS - 1)
    assert await theirs.leases.take("market", LASTS) is None
    assert await ours.leases.renew("market", first, LASTS)
    clock.pass_by(LASTS)
    second = await theirs.leases.take("market", LASTS)
    assert second
    assert await ours.leases.renew("market", first, LASTS) is False
    await theirs.leases.give_back("market", second)
    assert await ours.leases.renew("market", first, LASTS) is False


async def test_a_lease_whose_time_was_over_but_that_nobody_took_is_still_ours(open_store: Open, clock: Clock) -> None:
    ours, theirs = open_store(), open_store()
    ticket = await ours.leases.take("market", LASTS)
    assert ticket
    clock.pass_by(600)
    assert await ours.leases.renew("market", ticket, LASTS)
    assert await theirs.leases.take("market", LASTS) is None


@pytest.mark.parametrize("ahead", [LASTS, 3600, 400 * DAY])
async def test_a_clock_that_is_set_back_holds_no_lease(open_store: Open, clock: Clock, ahead: float) -> None:
    ours, theirs = open_store(), open_store()
    clock.pass_by(ahead)
    assert await ours.leases.take("market", LASTS)
    clock.now = START
    assert await theirs.leases.take("market", LASTS)


async def test_the_ledger_counts_the_calls_of_all_by_service_and_time(open_store: Open, clock: Clock) -> None:
    ours, theirs = open_store(), open_store()
    await ours.ledger.count("market")
    clock.pass_by(100)
    await theirs.ledger.count("market")
    await theirs.ledger.count("other")
    assert await ours.ledger.since("market", START) == 2
    assert await theirs.ledger.since("market", START + 1) == 1
    assert await ours.ledger.since("never", 0) == 0


async def test_the_ledger_keeps_times_for_hours_and_counts_for_months(store: SqliteStore, clock: Clock) -> None:
    first = day_number(START)
    await store.ledger.count("market", "mark")
    clock.pass_by(3600)
    await store.prune(0, 10)
    assert await store.ledger.since("market", 0) == 1
    clock.pass_by(31 * DAY)
    await store.prune(0, 10)
    assert await store.ledger.since("market", 0) == 0
    assert await store.ledger.days("market", "mark", 0) == (Day(first, calls=1),)
    clock.pass_by(60 * DAY)
    await store.prune(0, 10)
    assert await store.ledger.days("market", "mark", 0) == ()


async def test_days_are_counted_by_key_and_add_up_over_processes(open_store: Open, clock: Clock) -> None:
    ours, theirs = open_store(), open_store()
    today = day_number(START)
    for store, key in ((ours, "mine"), (theirs, "mine"), (theirs, "other"), (theirs, "")):
        await store.ledger.count("market", key)
    await theirs.ledger.note_fetch("market", "mine", 1, 60.0)
    clock.pass_by(DAY)
    await ours.ledger.count("market", "mine")
    await ours.ledger.note_fetch("market", "mine", 1, 30.0)
    assert await theirs.ledger.days("market", "mine", today) == (
        Day(today, calls=2, quotes=1, watched=60.0),
        Day(today + 1, calls=1, quotes=1, watched=30.0),
    )
    assert await theirs.ledger.days("market", "mine", today + 1) == (Day(today + 1, 1, 1, 30.0),)
    assert await ours.ledger.days("market", "other", today) == (Day(today, calls=1),)
    assert await ours.ledger.days("elsewhere", "mine", today) == ()


async def test_calls_of_a_clock_that_was_ahead_count_in_no_minute(open_store: Open, clock: Clock) -> None:
    store = open_store()
    clock.pass_by(3600)
    await store.ledger.count("market")
    clock.now = START
    assert await store.ledger.since("market", START - 60) == 0


async def test_what_a_minute_bears_is_known_to_all_until_its_time_is_over(open_store: Open, clock: Clock) -> None:
    ours, theirs = open_store(), open_store()
    await ours.ledger.save_limit("market", "mine", Limit(30, START + 100))
    assert await theirs.ledger.limit("market", "mine") == Limit(30, START + 100)
    assert await theirs.ledger.limit("market", "other") is None
    clock.pass_by(100)
    assert await theirs.ledger.limit("market", "mine") is None
    await ours.ledger.save_limit("market", "mine", Limit(30, clock.now + 400 * DAY))
    assert await theirs.ledger.limit("market", "mine") is None


async def test_a_deadline_further_ahead_than_a_day_is_over_and_no_fetch_lies_in_the_future(
    store: SqliteStore, clock: Clock
) -> None:
    far = Deadline(START + 300 * DAY, START + 400 * DAY, "asked to wait", 2, asked=True)
    await store.save_deadline("market:usd", far)
    assert await store.deadline("market:usd") == Deadline(START, START, "asked to wait", 2, asked=True)
    await store.save_deadline("market:usd", replace(far, next_at=START + DAY))
    assert (await store.deadline("market:usd")).next_at == START + DAY


async def test_others_hear_of_each_change_once_and_we_never_of_our_own(open_store: Open) -> None:
    ours, theirs = open_store(), open_store()
    assert await theirs.changed() == frozenset()
    await ours.save_quotes([quote()])
    await ours.save_feed(health(), [headline()], {"a1b2c3d4": "<p>"})
    assert await ours.changed() == frozenset()
    assert await theirs.changed() == {Topic.QUOTES, Topic.HEADLINES, Topic.FEEDS}
    assert await theirs.changed() == frozenset()
    await theirs.mark(["a1b2c3d4"], read=True)
    assert await ours.changed() == {Topic.HEADLINES}
    await theirs.save_mining(Mining(fetched_at=START))
    await theirs.save_deadline("mining", Deadline(START, START + 60))
    assert await ours.changed() == {Topic.MINING, Topic.DEADLINES}


async def test_a_change_by_others_is_heard_though_we_wrote_after_it(open_store: Open) -> None:
    ours, theirs = open_store(), open_store()
    await ours.changed()
    await theirs.save_quotes([quote("ether")])
    await ours.save_quotes([quote("bitcoin")])
    assert await ours.changed() == {Topic.QUOTES}


async def test_leases_calls_and_what_stays_the_same_are_no_change(open_store: Open) -> None:
    ours, theirs = open_store(), open_store()
    await ours.save_feed(health(), [headline()], {"a1b2c3d4": "<p>"})
    await theirs.changed()
    ticket = await ours.leases.take("market", LASTS)
    assert ticket
    assert await ours.leases.renew("market", ticket, LASTS)
    await ours.leases.give_back("market", ticket)
    await ours.ledger.count("market")
    await ours.mark(["a1b2c3d4"], read=False)
    assert await theirs.changed() == frozenset()
    await ours.save_feed(health(), [headline()], {"a1b2c3d4": "<p>"})
    assert await theirs.changed() == {Topic.FEEDS}


async def test_pruning_what_is_old_is_a_change_of_the_headlines_alone(open_store: Open) -> None:
    ours, theirs = open_store(), open_store()
    await ours.save_feed(health(), [headline()], {})
    await theirs.changed()
    await ours.prune(START, 10)
    assert await theirs.changed() == {Topic.HEADLINES}


async def test_a_change_is_heard_after_a_time_in_which_nobody_wrote(open_store: Open, path: Path) -> None:
    ours, theirs = open_store(), open_store()
    await ours.save_quotes([quote("bitcoin")])
    await theirs.changed()
    log = path.with_name(f"{path.name}-wal")
    for hours in (3, 2):
        os.utime(log, (START - hours * 3600, START - hours * 3600))
        assert await theirs.changed() == frozenset()
        assert await theirs.changed() == frozenset()
        await ours.save_quotes([quote(f"coin-{hours}")])
        assert await theirs.changed() == {Topic.QUOTES}
