"""Alerts in the running program: judged on what comes in, told once by one pane, remembered over restarts."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from cointicker.config.settings import NotifySettings, Settings
from cointicker.domain.alerts import Alert, Kind, Quiet
from cointicker.domain.words import SafeText
from cointicker.engine import engine as engine_module
from cointicker.engine.actions import AddAlert, EnableAlert, RemoveAlert, SnoozeAlert, Undo
from cointicker.engine.engine import Engine
from cointicker.engine.state import Notice
from cointicker.store.sqlite import SqliteStore
from engine.conftest import FEEDS, SETTINGS, Start
from engine.outside import Outside, brings, entry, until
from fake_clock import START, Clock

ABOVE = Alert(Kind.ABOVE, "bitcoin", 105.0)
CROSSES = Alert(Kind.CROSSES, "bitcoin", 105.0, repeat=True, cooldown=0)
MINUTE, HOUR = 60.0, 3600.0


class Notifier:
    """Notes what it is asked to tell."""

    def __init__(self, trouble: str = "") -> None:
        self.shown: list[str] = []
        self.ran: list[tuple[tuple[str, ...], Mapping[str, str]]] = []
        self._trouble = trouble

    async def show(self, text: str) -> str:
        self.shown.append(text)
        return self._trouble

    async def run(self, command: Sequence[str], values: Mapping[str, str]) -> str:
        self.ran.append((tuple(command), values))
        return self._trouble


def _settings(*alerts: Alert, **notify: object) -> Settings:
    return replace(SETTINGS, alerts=alerts, notify=NotifySettings(**notify))  # type: ignore[arg-type]


@pytest.fixture
def notifier() -> Notifier:
    return Notifier()


async def _price(engine: Engine, outside: Outside, price: float | None) -> list[Notice]:
    """Let the price of a bitcoin be fetched and judged; the notices that came of it."""
    before = engine.snapshot.notices[-1].number if engine.snapshot.notices else 0
    outside.market.prices["bitcoin"] = price
    await engine.market.refresh(force=True)
    await engine.personal.alerts.judge()
    return [notice for notice in engine.snapshot.notices if notice.number > before]


async def test_a_price_over_the_level_is_told_once(start: Start, outside: Outside, clock: Clock) -> None:
    engine = start(_settings(ABOVE))
    told = []
    for price in (100.0, 106.0, 107.0, 99.0, 108.0):
        told.append([notice.text for notice in await _price(engine, outside, price)])
        clock.pass_by(MINUTE)
    assert told == [[], ["BIT is above 105.00 USD: 106.00"], [], [], []]
    (firing,) = engine.snapshot.firings
    assert (firing.at, firing.value, firing.away, firing.quiet) == (START + MINUTE, 106.0, False, False)
    (alert,) = engine.snapshot.alerts
    assert alert.is_done


async def test_a_price_at_the_level_is_said_once_in_the_sentence(start: Start, outside: Outside) -> None:
    told = await _price(start(_settings(ABOVE)), outside, 105.0)
    assert [notice.text for notice in told] == ["BIT is at 105.00 USD"]


async def test_a_price_that_is_not_confirmed_does_not_fire(start: Start, outside: Outside, clock: Clock) -> None:
    engine = start(_settings(ABOVE))
    await _price(engine, outside, 100.0)
    clock.pass_by(MINUTE)
    assert await _price(engine, outside, 870e9) == []
    assert engine.snapshot.unconfirmed == {"bitcoin": 870e9}
    clock.pass_by(MINUTE)
    assert [notice.text for notice in await _price(engine, outside, 871e9)] == [
        "BIT is above 105.00 USD: 871,000,000,000"
    ]


async def test_a_restart_does_not_tell_it_again(start: Start, outside: Outside, clock: Clock, file: Path) -> None:
    repeats = replace(ABOVE, repeat=True, cooldown=0)
    first = start(_settings(repeats), place=file)
    assert len(await _price(first, outside, 106.0)) == 1
    await first.close()
    clock.pass_by(HOUR)
    second = start(_settings(repeats), place=file)
    await second.load()
    assert await _price(second, outside, 107.0) == []
    assert len(second.snapshot.firings) == 1


async def test_of_several_panes_one_rings_and_all_say_it(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    notifiers = [Notifier() for _ in range(3)]
    settings = _settings(ABOVE, desktop=True)
    panes = [start.with_store(settings, place=file, notifier=each)[0] for each in notifiers]
    for pane in panes:
        await pane.load()
    outside.market.prices["bitcoin"] = 106.0
    await panes[0].market.refresh()
    for pane in panes[1:]:
        await pane.market.load()
    await asyncio.gather(*(pane.personal.alerts.judge() for pane in panes))
    for pane in panes:
        await pane.personal.alerts.load()
    assert sum(len(each.shown) for each in notifiers) == 1
    told = [[(notice.text, notice.rings) for notice in pane.snapshot.notices] for pane in panes]
    assert sorted(told) == [[("BIT is above 105.00 USD: 106.00", rings)] for rings in (False, False, True)]


async def test_what_was_crossed_while_nobody_looked_is_found_in_stored_prices_with_its_time(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    engine = start(_settings(CROSSES), place=file)
    await _price(engine, outside, 100.0)
    await engine.close()
    watcher = start(_settings(), place=file)  # another pane, without the alert, stores prices meanwhile
    for _ in range(2):
        clock.pass_by(HOUR)
        await _price(watcher, outside, 110.0)
    clock.pass_by(HOUR)
    await _price(watcher, outside, 101.0)
    clock.pass_by(HOUR)
    later = start(_settings(CROSSES), place=file)
    await later.load()
    notices = await _price(later, outside, 101.0)
    assert [firing.at for firing in later.snapshot.firings] == [START + HOUR, START + 3 * HOUR]
    assert all(firing.away and firing.noticed_at == clock() for firing in later.snapshot.firings)
    (notice,) = notices  # of one alert the last is told, the log has all
    assert notice.text == "BIT crossed 105.00 USD: 101.00, while you were away, at 15 Jan 2027 11:00"


async def test_a_sparkline_tells_of_the_hours_in_which_no_program_ran(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    engine, store = start.with_store(_settings(ABOVE), place=file)
    await _price(engine, outside, 100.0)
    clock.pass_by(30 * HOUR)
    spike = [100.0] * 150 + [106.0] * 3 + [100.0] * 16
    quote = replace(engine.snapshot.quotes["bitcoin"], fetched_at=clock(), updated_at=clock(), sparkline=tuple(spike))
    await store.save_quotes([quote])
    await engine.market.load()
    await engine.personal.alerts.judge()
    (firing,) = engine.snapshot.firings
    assert firing.away
    assert abs(firing.at - (clock() - 18 * HOUR)) < HOUR


async def test_an_old_price_alone_is_no_reason_to_fire(start: Start, outside: Outside, clock: Clock) -> None:
    engine = start(_settings(ABOVE))
    outside.market.sampled_at = START - 2 * HOUR
    assert await _price(engine, outside, 106.0) == []


async def test_quiet_hours_note_it_and_make_no_noise(
    start: Start, outside: Outside, notifier: Notifier, clock: Clock
) -> None:
    settings = _settings(ABOVE, desktop=True, command=("tell",), quiet="07:00-09:00")  # it is 08:00
    engine, _ = start.with_store(settings, notifier=notifier)
    (notice,) = await _price(engine, outside, 106.0)
    assert (notice.rings, notifier.shown, notifier.ran) == (False, [], [])
    assert engine.snapshot.firings[0].quiet


async def test_an_alert_may_have_quiet_hours_of_its_own(start: Start, outside: Outside, notifier: Notifier) -> None:
    engine, _ = start.with_store(
        _settings(replace(ABOVE, quiet=Quiet(0, 60)), desktop=True, quiet="07:00-09:00"), notifier=notifier
    )
    (notice,) = await _price(engine, outside, 106.0)
    assert notice.rings
    assert notifier.shown == [notice.text]


async def test_a_command_gets_what_happened_in_its_environment(
    start: Start, outside: Outside, notifier: Notifier
) -> None:
    alert = replace(ABOVE, note=SafeText("sell some"))
    engine, _ = start.with_store(_settings(alert, command=("tell", "--now")), notifier=notifier)
    await _price(engine, outside, 106.0)
    assert notifier.shown == []
    ((command, values),) = notifier.ran
    assert command == ("tell", "--now")
    assert values == {
        "COINTICKER_ALERT_ID": alert.alert_id,
        "COINTICKER_ALERT_KIND": "above",
        "COINTICKER_ALERT_TEXT": "BIT is above 105.00 USD: 106.00 · sell some",
        "COINTICKER_ALERT_COIN": "bitcoin",
        "COINTICKER_ALERT_SYMBOL": "BIT",
        "COINTICKER_ALERT_CURRENCY": "usd",
        "COINTICKER_ALERT_LEVEL": "105.0",
        "COINTICKER_ALERT_VALUE": "106.0",
        "COINTICKER_ALERT_AT": "2027-01-15T08:00:00Z",
        "COINTICKER_ALERT_NOTE": "sell some",
        "COINTICKER_ALERT_AWAY": "",
    }


async def test_what_goes_wrong_outside_is_said_once(start: Start, outside: Outside, clock: Clock) -> None:
    engine, _ = start.with_store(_settings(CROSSES, desktop=True), notifier=Notifier("no bell here"))
    said: list[str] = []
    for price in (100.0, 106.0, 100.0):
        said += [notice.text for notice in await _price(engine, outside, price)]
        clock.pass_by(MINUTE)
    assert said.count("no bell here") == 1


async def test_one_that_is_snoozed_rests_and_may_then_fire_again(start: Start, outside: Outside, clock: Clock) -> None:
    engine = start(_settings(ABOVE))
    assert len(await _price(engine, outside, 106.0)) == 1
    await engine.personal.alerts.snooze(ABOVE.alert_id, HOUR)
    assert engine.snapshot.alerts[0].snoozed_until == clock() + HOUR
    clock.pass_by(HOUR - MINUTE)
    assert await _price(engine, outside, 107.0) == []
    clock.pass_by(2 * MINUTE)
    (notice,) = await _price(engine, outside, 108.0)
    assert notice.text == "BIT is above 105.00 USD: 108.00"


async def test_waking_one_that_has_fired_lets_it_fire_again(start: Start, outside: Outside, clock: Clock) -> None:
    engine = start(_settings(ABOVE))
    await _price(engine, outside, 106.0)
    await engine.personal.alerts.snooze(ABOVE.alert_id, 0)
    assert not engine.snapshot.alerts[0].is_done
    clock.pass_by(MINUTE)
    assert len(await _price(engine, outside, 107.0)) == 1


async def test_a_headline_with_the_word_is_told_once_and_only_if_it_came_new(
    start: Start, outside: Outside, clock: Clock
) -> None:
    engine = start(_settings(Alert(Kind.KEYWORD, keyword="halving", repeat=True, cooldown=0)))
    old = entry("aaaa0001", "The halving of last week", FEEDS[0], at=START - 60)
    outside.feeds.answers[FEEDS[0].url] = brings(old)
    await engine.news.refresh()
    await engine.personal.alerts.judge()
    clock.pass_by(HOUR)
    new = replace(entry("aaaa0002", "Next halving", FEEDS[0], at=clock() - 60), first_seen=clock())
    stale = replace(entry("aaaa0003", "A halving of 2020", FEEDS[0], at=START - 9e7), first_seen=clock())
    other = replace(entry("aaaa0004", "Nothing else", FEEDS[0], at=clock() - 60), first_seen=clock())
    outside.feeds.answers[FEEDS[0].url] = brings(old, new, stale, other)
    for _ in range(2):
        await engine.news.refresh(force=True)
        await engine.personal.alerts.judge()
        clock.pass_by(MINUTE)
    assert [notice.text for notice in engine.snapshot.notices] == ["halving: Next halving"]
    assert [firing.headline_id for firing in engine.snapshot.firings] == ["aaaa0002"]


async def test_hashprice_is_judged_as_it_goes_with_the_price(start: Start, outside: Outside, clock: Clock) -> None:
    engine = start(_settings(Alert(Kind.HASHPRICE_BELOW, level=0.05)))
    await engine.mining.refresh()
    await engine.personal.alerts.judge()
    assert not engine.snapshot.notices
    clock.pass_by(MINUTE)
    await engine.market.refresh()
    engine.mining.reprice()  # a bitcoin for 100 dollars
    await engine.personal.alerts.judge()
    (notice,) = engine.snapshot.notices
    assert notice.text.startswith("hashprice is below 0.0500000 USD/PH/day: ")


async def test_an_alert_in_another_currency_is_judged_on_prices_in_it_only(
    start: Start, outside: Outside, clock: Clock
) -> None:
    engine, store = start.with_store(_settings(replace(ABOVE, currency="eur")))
    assert await _price(engine, outside, 106.0) == []
    await store.save_quotes([replace(engine.snapshot.quotes["bitcoin"], currency="eur")])
    await engine.personal.alerts.judge()
    (notice,) = engine.snapshot.notices
    assert notice.text == "BIT is above 105.00 EUR: 106.00"


async def test_prices_in_the_currency_of_an_alert_are_asked_for(start: Start, outside: Outside) -> None:
    engine = start(_settings(replace(ABOVE, currency="eur")))
    outside.market.prices["bitcoin"] = 106.0
    await engine.load()
    running = asyncio.create_task(engine.run())
    snapshot = await until(engine, lambda now: bool(now.firings))
    assert snapshot.firings[0].text == "BIT is above 105.00 EUR: 106.00"
    assert outside.market.asked.count((("bitcoin",), "eur")) == 1
    await engine.close()
    await running


async def test_coins_of_alerts_are_asked_for(start: Start, outside: Outside) -> None:
    engine = start(_settings(replace(ABOVE, coin_id="dai")))
    await engine.market.refresh()
    assert "dai" in outside.market.asked[0][0]


async def test_offline_nothing_is_judged(start: Start, outside: Outside, file: Path) -> None:
    first = start(_settings(), place=file)
    await _price(first, outside, 106.0)
    offline = start(_settings(ABOVE), place=file, offline=True)
    await offline.load()
    await offline.personal.alerts.judge()
    assert offline.snapshot.notices == ()
    assert offline.snapshot.alerts == (ABOVE,)


async def test_alerts_are_made_put_to_rest_removed_and_taken_back(
    start: Start, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_FOLLOW_EVERY", 0.01)
    engine = start(_settings())
    running = asyncio.create_task(engine.run())
    engine.do(AddAlert(replace(ABOVE, level=1e6)))
    snapshot = await until(engine, lambda now: bool(now.alerts))
    (alert,) = snapshot.alerts
    assert alert == replace(ABOVE, level=1e6)
    engine.do(EnableAlert(alert.alert_id, enabled=False))
    await until(engine, lambda now: not now.alerts[0].enabled)
    engine.do(RemoveAlert(alert.alert_id))
    await until(engine, lambda now: not now.alerts)
    engine.do(Undo())
    await until(engine, lambda now: bool(now.alerts))
    assert not engine.snapshot.alerts[0].enabled
    await engine.close()
    await running


async def test_what_comes_true_while_one_rests_is_not_told_later(start: Start, outside: Outside, clock: Clock) -> None:
    engine = start(_settings(replace(CROSSES, enabled=False)))
    for price in (100.0, 106.0, 107.0):
        assert await _price(engine, outside, price) == []
        clock.pass_by(MINUTE)
    engine.board.publish(settings=_settings(CROSSES))
    assert await _price(engine, outside, 108.0) == []
    clock.pass_by(MINUTE)
    assert len(await _price(engine, outside, 100.0)) == 1


async def test_snoozing_by_key_is_said(start: Start) -> None:
    engine = start(_settings(ABOVE))
    await engine.load()
    engine.do(SnoozeAlert(ABOVE.alert_id, 2 * HOUR))
    snapshot = await until(engine, lambda now: bool(now.notices) and now.alerts[0].snoozed_until is not None)
    assert snapshot.notices[-1].text == "the alert rests for 2h 0m"


async def test_one_that_is_made_anew_does_not_remember_that_it_has_fired(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    engine = start(_settings(ABOVE), place=file)
    await _price(engine, outside, 106.0)
    await engine.close()
    clock.pass_by(MINUTE)
    again = start(_settings(), place=file)
    await again.load()
    again.do(AddAlert(ABOVE))
    await until(again, lambda now: bool(now.settings.alerts))
    await _price(again, outside, 107.0)
    store = SqliteStore(file, clock)
    assert len(await store.alerts.firings(9)) == 2
    await store.close()
