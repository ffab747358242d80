"""What alerts remember, what fired, and which of several panes acts on it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.alerts import Firing, Kind, Watch
from cointicker.domain.words import SafeText
from cointicker.engine.notifying import Outcome
from cointicker.engine.ports import Topic
from cointicker.store.alerts import KEEP
from cointicker.store.sqlite import SqliteStore
from fake_clock import START, Clock
from store.store_values import codes, maybe, texts, times

Open = Callable[..., SqliteStore]
FRESH = Watch("a1")


def _firing(at: float = START, alert_id: str = "a1", headline_id: str = "") -> Firing:
    return Firing(
        alert_id, Kind.ABOVE, "bitcoin", at, at + 5, 101.0, 100.0, "usd", SafeText("BTC is above"),
        headline_id=headline_id,
    )  # fmt: skip


def _outcome(before: Watch, *firings: Firing) -> Outcome:
    return Outcome(before, replace(before, at=START, value=101.0, met=True), firings)


async def test_what_an_alert_has_seen_is_there_for_the_next_run(open_store: Open) -> None:
    first = open_store()
    assert await first.alerts.keep([_outcome(FRESH, _firing())]) == (_firing(),)
    await first.close()
    second = open_store()
    assert await second.alerts.watches() == {"a1": Watch("a1", START, 101.0, met=True, turn=1)}
    assert await second.alerts.firings(9) == (_firing(),)


async def test_of_several_panes_that_saw_the_same_one_acts(open_store: Open) -> None:
    panes = [open_store() for _ in range(4)]
    outcomes = [_outcome(FRESH, _firing(START + place)) for place in range(4)]
    acting = await asyncio.gather(*(pane.alerts.keep([outcome]) for pane, outcome in zip(panes, outcomes, strict=True)))
    assert sorted(map(len, acting)) == [0, 0, 0, 1]
    assert len(await panes[0].alerts.firings(9)) == 1


async def test_who_judged_an_older_state_changes_nothing(store: SqliteStore) -> None:
    await store.alerts.keep([_outcome(FRESH)])
    seen = (await store.alerts.watches())["a1"]
    await store.alerts.keep([_outcome(seen)])
    assert await store.alerts.keep([_outcome(seen, _firing())]) == ()
    assert (await store.alerts.watches())["a1"].turn == 2


async def test_a_headline_is_told_of_once_by_each_alert(store: SqliteStore) -> None:
    first = await store.alerts.keep([_outcome(FRESH, _firing(headline_id="h1"), _firing(headline_id="h2"))])
    assert len(first) == 2
    seen = (await store.alerts.watches())["a1"]
    assert await store.alerts.keep([_outcome(seen, _firing(headline_id="h1"))]) == ()


async def test_the_log_gives_the_newest_last_and_no_more_than_asked(store: SqliteStore) -> None:
    await store.alerts.keep([_outcome(FRESH, *(_firing(START + hour) for hour in (3, 1, 2)))])
    assert [firing.at - START for firing in await store.alerts.firings(2)] == [2, 3]


async def test_other_panes_hear_of_what_fired(open_store: Open) -> None:
    ours, theirs = open_store(), open_store()
    await theirs.changed()
    await ours.alerts.keep([_outcome(FRESH, _firing())])
    assert await theirs.changed() == {Topic.WATCHES, Topic.FIRINGS}
    assert await ours.changed() == frozenset()


async def test_what_is_long_past_is_forgotten(store: SqliteStore, clock: Clock) -> None:
    await store.alerts.keep([_outcome(FRESH, _firing(START)), _outcome(Watch("b2"), _firing(START + 60, "b2"))])
    clock.now = START + KEEP + 10
    await store.prune(0, 1000)
    assert [firing.alert_id for firing in await store.alerts.firings(9)] == ["b2"]
    assert await store.alerts.watches() == {}


firings = st.builds(
    Firing, alert_id=codes, kind=st.sampled_from(Kind), coin_id=codes, at=times, noticed_at=times, value=maybe,
    level=st.floats(allow_nan=False, allow_infinity=False), currency=st.just("usd"), text=texts, note=texts,
    headline_id=st.just("") | codes, away=st.booleans(), quiet=st.booleans(),
)  # fmt: skip
watches = st.builds(
    Watch, alert_id=codes, at=st.none() | times, value=maybe, met=st.booleans(), fired_at=st.none() | times,
    snoozed_until=st.none() | times,
)  # fmt: skip


@given(watches, firings)
async def test_all_that_is_stored_comes_back_as_it_was(watch: Watch, firing: Firing) -> None:
    store = SqliteStore(None, Clock())
    await store.alerts.keep([Outcome(Watch(watch.alert_id), watch, (firing,))])
    assert await store.alerts.watches() == {watch.alert_id: replace(watch, turn=1)}
    assert await store.alerts.firings(1) == (firing,)
    await store.close()
