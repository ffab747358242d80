"""The alert desk: judges what a person wants to be told of, and tells."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from cointicker.domain.alerts import OF_A_COIN, Alert, Firing, Kind, Quiet, Watch, follow
from cointicker.engine.abroad import Abroad
from cointicker.engine.alert_readings import LATE, Readings
from cointicker.engine.alert_words import command_values, word_firing
from cointicker.engine.board import Board
from cointicker.engine.notifying import Notifier, Outcome
from cointicker.engine.ports import Store
from cointicker.engine.state import Snapshot
from cointicker.text.numbers import format_duration

MOST_FIRINGS = 200
"""Of the log, on the screen."""
_AWAY = 300.0
"""Seconds, or three refreshes where that is more, after which something came true while nobody was looking."""
_ABROAD_EVERY = 600.0
"""Seconds between two fetches of prices in another currency."""
_LOOK_EVERY = 60.0
"""Seconds between two looks where nothing new comes in, for what was snoozed."""


class AlertDesk:
    """Judges every alert when something new is known; what fires is told by the one pane that stored it."""

    def __init__(
        self, store: Store, board: Board, readings: Readings, abroad: Abroad, notifier: Notifier | None
    ) -> None:
        """Without a ``notifier`` nothing is told outside the terminal."""
        self._store = store
        self._board = board
        self._readings = readings
        self._abroad = abroad
        self._notifier = notifier
        self._seen: tuple[object, ...] = ()
        self._news = asyncio.Event()
        self._told: set[str] = set()
        self._shown: set[tuple[str, float, str]] | None = None
        """Firings that this pane has told of."""
        board.subscribe(self._notice)

    async def load(self) -> None:
        """Show the alerts with what is remembered of them, and the log."""
        watches = await self._store.alerts.watches()
        firings = await self._store.alerts.firings(MOST_FIRINGS)
        alerts = tuple(_with_memory(each, watches) for each in self._board.snapshot.settings.alerts)
        if self._shown is not None:
            for firing in firings:
                if _name(firing) not in self._shown:  # another pane acts on it
                    self._board.tell(firing.text, grave=True)
        self._shown = set(map(_name, firings))
        self._board.publish(alerts=alerts, firings=firings)

    def coins(self) -> tuple[str, ...]:
        """Ids of the coins that must be known in the currency of the screen."""
        snapshot = self._board.snapshot
        return tuple(
            dict.fromkeys(
                each.coin_id
                for each in snapshot.settings.alerts
                if each.kind in OF_A_COIN and each.currency == snapshot.currency
            )
        )

    async def keep(self) -> None:
        """Judge for ever."""
        while True:
            await self.judge()
            await self._fetch_abroad()
            try:
                async with asyncio.timeout(_LOOK_EVERY):
                    await self._news.wait()
            except TimeoutError:
                continue

    async def _fetch_abroad(self) -> None:
        """Ask for the prices of alerts in other currencies than that of the screen, and judge them."""
        snapshot, now = self._board.snapshot, self._board.clock()
        abroad: dict[str, dict[str, None]] = {}
        for each in snapshot.alerts:
            if each.kind in OF_A_COIN and each.currency != snapshot.currency and each.is_awake(now):
                abroad.setdefault(each.currency, {})[each.coin_id] = None
        for currency, coins in abroad.items():
            if await self._abroad.fetch("alerts", tuple(coins), currency, max(_ABROAD_EVERY, snapshot.refresh)):
                self._news.set()

    def _notice(self, snapshot: Snapshot) -> None:
        seen = (snapshot.quotes, snapshot.mining, snapshot.stories, snapshot.settings.alerts)
        if len(seen) != len(self._seen) or any(new is not old for new, old in zip(seen, self._seen, strict=True)):
            self._seen = seen
            self._news.set()

    async def judge(self) -> None:
        """Judge all alerts on what came in since the last time; tell what fired, where this pane stored it first."""
        self._news.clear()
        now, alerts = self._board.clock(), self._board.snapshot.settings.alerts
        if self._board.snapshot.offline or not alerts:
            await self.load()
            return
        watches = await self._store.alerts.watches()
        waking = [
            each
            for each in (_with_memory(alert, watches) for alert in alerts)
            if each.is_awake(now) or not each.enabled
        ]
        outcomes = [
            outcome
            for alert in waking
            if (outcome := await self._judge(alert, watches.get(alert.alert_id, Watch(alert.alert_id)))) is not None
        ]
        ours = await self._store.alerts.keep(outcomes) if outcomes else ()
        self._shown = (self._shown or set()) | set(map(_name, ours))
        await self.load()
        await self._tell(ours)

    async def _judge(self, alert: Alert, before: Watch) -> Outcome | None:
        readings = await self._readings.of(alert, before)
        if readings is None:
            return None
        after, firings = follow(alert, before, readings)
        if not alert.enabled:  # what comes true meanwhile is nothing to be told of later
            after, firings = replace(before, at=after.at, value=after.value, met=False), ()
        if alert.kind is Kind.KEYWORD and before.at is None:
            after = replace(after, at=self._board.clock() + LATE)  # of those that are here already, none is new
        if after == before:
            return None
        titles = {reading.headline_id: reading.title for reading in readings}
        worded = (self._word(alert, firing, titles.get(firing.headline_id, "")) for firing in firings)
        return Outcome(before, after, tuple(worded))

    def _word(self, alert: Alert, firing: Firing, title: str) -> Firing:
        now, snapshot = self._board.clock(), self._board.snapshot
        away = alert.kind in OF_A_COIN and now - firing.at > max(_AWAY, 3 * snapshot.refresh)
        hours = alert.quiet or Quiet.parse(snapshot.settings.notify.quiet)
        local = datetime.fromtimestamp(now).astimezone()
        quiet = hours is not None and hours.covers(local.hour * 60 + local.minute)
        firing = replace(firing, noticed_at=now, away=away, quiet=quiet)
        return replace(firing, text=word_firing(alert, firing, self._call(alert.coin_id), title))

    def _call(self, coin_id: str) -> str:
        """What the person calls a coin."""
        snapshot = self._board.snapshot
        quote = snapshot.quotes.get(coin_id)
        return snapshot.settings.aliases.get(coin_id) or (quote.symbol if quote is not None else coin_id)

    async def _tell(self, firings: Sequence[Firing]) -> None:
        """Tell the last firing of each alert, all ways at once."""
        last = {firing.alert_id: firing for firing in firings}.values()
        for firing in last:
            self._board.tell(firing.text, grave=True, rings=not firing.quiet)
        await asyncio.gather(*(self._tell_outside(firing) for firing in last if not firing.quiet))

    async def _tell_outside(self, firing: Firing) -> None:
        notify = self._board.snapshot.settings.notify
        if self._notifier is None:
            return
        ways = [self._notifier.show(firing.text)] if notify.desktop else []
        if notify.command:
            values = command_values(firing, self._call(firing.coin_id))
            ways.append(self._notifier.run(notify.command, values))
        self._complain(await asyncio.gather(*ways))

    def _complain(self, troubles: Iterable[str]) -> None:
        """Say what went wrong, each thing once."""
        for trouble in troubles:
            if trouble and trouble not in self._told:
                self._told.add(trouble)
                self._board.tell(trouble, grave=True)

    async def snooze(self, alert_id: str, seconds: float, *, quietly: bool = False) -> None:
        """Let an alert rest for so long; what it has fired before is forgotten, so that it can fire again.

        ``quietly``: the caller says so itself.
        """
        now = self._board.clock()
        if seconds <= 0:
            await self._remember(alert_id, at=now, value=None, snoozed_until=None)
        else:
            await self._remember(alert_id, at=now + seconds, snoozed_until=now + seconds)
            if not quietly:
                self._board.tell(f"the alert rests for {format_duration(seconds)}")
        await self.load()
        self._news.set()

    async def forget(self, alert_id: str) -> None:
        """An alert is made anew: what one like it has seen before does not count."""
        await self._remember(alert_id, at=None, value=None, snoozed_until=None)

    async def _remember(self, alert_id: str, **changes: Any) -> None:
        before = (await self._store.alerts.watches()).get(alert_id)
        if before is not None or changes.get("snoozed_until"):
            before = before or Watch(alert_id)
            after = replace(before, met=False, fired_at=None, **changes)
            await self._store.alerts.keep([Outcome(before, after)])


def _with_memory(alert: Alert, watches: dict[str, Watch]) -> Alert:
    watch = watches.get(alert.alert_id)
    return alert if watch is None else replace(alert, snoozed_until=watch.snoozed_until, fired_at=watch.fired_at)


def _name(firing: Firing) -> tuple[str, float, str]:
    return firing.alert_id, firing.at, firing.headline_id
