"""What a person is told when they look again."""

from dataclasses import replace

import pytest

from cointicker.domain.alerts import Alert, Kind
from cointicker.engine.absence import Absence
from cointicker.engine.actions import Attend, LookBack, Touch, UseCurrency
from cointicker.engine.engine import Engine
from cointicker.engine.looking_away import WORTH_TELLING, LookedAway, happened
from engine.conftest import FEEDS, SETTINGS, Start
from engine.outside import Outside, brings, entry, until
from fake_clock import START, Clock

ONE = FEEDS[0]


def _told(engine: Engine) -> LookedAway:
    absence = engine.snapshot.absence
    assert absence is not None
    return happened(absence, engine.snapshot)


async def _away(engine: Engine, clock: Clock, seconds: float = 600) -> None:
    """Look away, and again after so many seconds, in which what is due is fetched."""
    engine.do(Attend(on=False))
    clock.pass_by(seconds)
    await engine.market.refresh(force=True)
    await engine.news.refresh()
    engine.do(Attend(on=True))


async def test_each_coin_tells_how_far_it_moved_the_furthest_first(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    await engine.market.refresh()
    outside.market.prices |= {"bitcoin": 102.0, "ethereum": 9.5}
    await _away(engine, clock)
    told = _told(engine)
    assert [coin for coin, _ in told.moves] == ["ethereum", "bitcoin"]
    assert dict(told.moves) == {"ethereum": pytest.approx(-5), "bitcoin": pytest.approx(2)}
    assert told.seconds == 600


async def test_prices_that_come_in_after_the_person_is_back_count_too(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    await engine.market.refresh()
    await _away(engine, clock)
    assert not _told(engine)
    outside.market.prices["bitcoin"] = 103.0
    clock.pass_by(60)
    await engine.market.refresh()
    assert dict(_told(engine).moves) == {"bitcoin": pytest.approx(3)}
    assert _told(engine).seconds == 600


async def test_headlines_count_when_no_source_had_told_them_before(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    old = entry("aaaa0001", "Bitcoin miners sell", ONE)
    outside.feeds.answers[ONE.url] = brings(old)
    await engine.news.refresh()
    clock.pass_by(10)
    later = replace(entry("aaaa0002", "Ripple wins in court", ONE), first_seen=clock.now + 5)
    outside.feeds.answers[ONE.url] = brings(old, later)
    await _away(engine, clock, 3600)
    assert len(engine.snapshot.stories) == 2
    assert _told(engine).headlines == 1


async def test_alerts_that_fired_meanwhile_are_told_the_last_first(
    start: Start, outside: Outside, clock: Clock
) -> None:
    alerts = (Alert(Kind.ABOVE, "bitcoin", 101.0, "usd"), Alert(Kind.BELOW, "ethereum", 9.0, "usd"))
    engine = start(replace(SETTINGS, alerts=alerts))
    await engine.load()
    await engine.market.refresh()
    await engine.personal.alerts.judge()
    engine.do(Attend(on=False))
    for prices in ({"bitcoin": 110.0}, {"ethereum": 8.0}):
        clock.pass_by(100)
        outside.market.prices |= prices
        await engine.market.refresh(force=True)
        await engine.personal.alerts.judge()
    engine.do(Attend(on=True))
    assert [firing.coin_id for firing in _told(engine).firings] == ["ethereum", "bitcoin"]


@pytest.mark.parametrize(("seconds", "tells"), [(WORTH_TELLING - 1, False), (WORTH_TELLING, True)])
async def test_a_glance_elsewhere_is_nothing_to_tell(
    engine: Engine, clock: Clock, *, seconds: float, tells: bool
) -> None:
    await engine.market.refresh()
    await _away(engine, clock, seconds)
    assert (engine.snapshot.absence is not None) is tells


async def test_a_key_puts_it_away_a_move_of_the_mouse_does_not_and_it_can_be_seen_again(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    def shown() -> bool:
        return engine.snapshot.absence is not None and engine.snapshot.absence.shown

    await engine.market.refresh()
    outside.market.prices["bitcoin"] = 102.0
    await _away(engine, clock)
    engine.do(Touch(reads=False))
    assert shown()
    engine.do(Touch(reads=True))
    assert not shown()
    engine.do(LookBack())
    assert shown()
    assert engine.snapshot.notices == ()


async def test_a_key_tells_that_somebody_is_back_where_the_terminal_does_not(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    await engine.market.refresh()
    engine.do(Attend(on=False))
    clock.pass_by(600)
    outside.market.prices["bitcoin"] = 102.0
    await engine.market.refresh(force=True)
    engine.do(Touch(reads=False))
    assert engine.snapshot.absence is None
    engine.do(Touch(reads=True))
    assert engine.panes.focused is True
    assert _told(engine).moves
    assert engine.snapshot.absence is not None
    assert engine.snapshot.absence.shown


async def test_who_has_not_looked_away_is_told_so(engine: Engine) -> None:
    engine.do(LookBack())
    assert "nothing has happened" in engine.snapshot.notices[-1].text


async def test_losing_the_focus_twice_counts_from_the_first_time(engine: Engine, clock: Clock) -> None:
    await engine.market.refresh()
    engine.do(Attend(on=False))
    clock.pass_by(100)
    await _away(engine, clock, 100)
    assert _told(engine).seconds == 200


async def test_prices_in_another_currency_are_not_compared(engine: Engine, clock: Clock) -> None:
    await engine.market.refresh()
    engine.do(Attend(on=False))
    engine.do(UseCurrency("eur"))
    await until(engine, lambda now: now.currency == "eur")
    clock.pass_by(100)
    await engine.market.refresh(force=True)
    engine.do(Attend(on=True))
    assert _told(engine).moves == ()


async def test_a_coin_without_a_price_then_or_now_moved_nowhere(engine: Engine, outside: Outside) -> None:
    outside.market.prices["ethereum"] = None
    await engine.market.refresh()
    absence = Absence(START - 100, START, "usd", {"bitcoin": 0.0, "ethereum": 9.0})
    assert happened(absence, engine.snapshot).moves == ()
