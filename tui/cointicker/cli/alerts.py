"""``cointicker alerts``: what is watched for, what is changed in it, and what has fired."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cointicker.cli.coins import choose
from cointicker.cli.csv_rows import csv_text
from cointicker.cli.deeds import Deeds
from cointicker.cli.forms.alerts import CONDITIONS, OF_NO_COIN, Alerts
from cointicker.cli.output import COULD_NOT, DONE, Out, UsageError, shown_name
from cointicker.cli.tables import Column, table_lines
from cointicker.cli.typed_tables import read_table
from cointicker.config.alerts import ALL_TIME_WORD, read_alert
from cointicker.config.entries import parse_seconds, spell_seconds
from cointicker.config.problems import nearest
from cointicker.domain.alerts import ALL_TIME, OF_A_COIN, Alert, Firing, Kind
from cointicker.engine.actions import AddAlert, EnableAlert, RemoveAlert
from cointicker.engine.alert_words import word_alert, word_state
from cointicker.engine.engine import Engine
from cointicker.engine.naming import symbol_of
from cointicker.engine.state import Snapshot
from cointicker.engine.typed import TypingError, read_number
from cointicker.text.numbers import format_moment, iso_time

SNOOZE_SECONDS = 3600.0
_LONGEST = 366 * 86_400.0
_SHORTEST_ID = 4
"""Letters of an id that name an alert."""
_LIST_COLUMNS = (
    *("n", "id", "kind", "coin", "level", "currency", "within", "keyword", "state", "repeat", "cooldown"),
    *("quiet", "note", "snoozed_until", "fired_at"),
)
LOG_COLUMNS = (
    *("at", "noticed_at", "kind", "coin", "value", "level", "currency", "text", "note", "alert_id", "headline_id"),
    *("away", "quiet"),
)


async def alerts(engine: Engine, command: Alerts, out: Out) -> int:
    """Print the alerts or their log, or change them and say what was done; the exit status."""
    if engine.snapshot.demo and command.action not in {"list", "log"}:
        raise UsageError("--demo writes nothing")
    await engine.market.load()
    await engine.personal.alerts.load()
    match command.action:
        case "list":
            return _list(engine.snapshot, command, out, engine.board.clock())
        case "log":
            return _log(engine.snapshot.firings[-command.limit :], command, out)
        case "add":
            return await _add(engine, command, out)
    return await _change(engine, command, out)


# What there is


def _list(snapshot: Snapshot, command: Alerts, out: Out, now: float) -> int:
    rows = [_row(place, alert, now) for place, alert in enumerate(snapshot.alerts, 1)]
    if command.json:
        out.json({"demo": snapshot.demo, "alerts": rows})
    elif command.csv:
        out.write(csv_text(_LIST_COLUMNS, rows))
    elif rows:
        _print_list(snapshot, out, now)
    else:
        out.print("nothing is watched for; `cointicker alerts add btc above 100000` would")
    return DONE


def _row(place: int, alert: Alert, now: float) -> dict[str, Any]:
    return {
        "n": place,
        "id": alert.alert_id,
        "kind": alert.kind.value,
        "coin": alert.coin_id or None,
        "level": None if alert.kind in {Kind.KEYWORD, Kind.NEW_HIGH} else alert.level,
        "currency": alert.currency if alert.kind in OF_A_COIN else None,
        "within": _within(alert),
        "keyword": alert.keyword or None,
        "state": word_state(alert, now),
        "enabled": alert.enabled,
        "repeat": alert.repeat,
        "cooldown": alert.cooldown,
        "quiet": None if alert.quiet is None else str(alert.quiet),
        "note": alert.note or None,
        "snoozed_until": iso_time(alert.snoozed_until),
        "fired_at": iso_time(alert.fired_at),
    }


def _within(alert: Alert) -> float | str | None:
    """Seconds that it looks back, where it does."""
    if alert.kind is Kind.NEW_HIGH:
        return ALL_TIME_WORD if alert.within == ALL_TIME else alert.within
    return alert.within if alert.kind is Kind.MOVE else None


def _print_list(snapshot: Snapshot, out: Out, now: float) -> None:
    shown = snapshot.alerts
    columns = [
        Column("", [str(place) for place in range(1, len(shown) + 1)], right=True),
        Column("", [each.alert_id for each in shown], rank=2, paint=lambda _row, text: out.paint.dim(text)),
        Column("", [word_alert(each, symbol_of(each.coin_id, snapshot)) for each in shown]),
        Column("", [word_state(each, now) for each in shown]),
        Column("", [each.note for each in shown], rank=1, paint=lambda _row, text: out.paint.dim(text)),
    ]
    for line in table_lines(columns, out.width, out.paint):
        out.print(line)


def firing_row(firing: Firing) -> dict[str, Any]:
    """One that fired, by ``LOG_COLUMNS``."""
    return {
        "at": iso_time(firing.at),
        "noticed_at": iso_time(firing.noticed_at),
        "kind": firing.kind.value,
        "coin": firing.coin_id or None,
        "value": firing.value,
        "level": firing.level,
        "currency": firing.currency if firing.kind in OF_A_COIN else None,
        "text": firing.text,
        "note": firing.note or None,
        "alert_id": firing.alert_id,
        "headline_id": firing.headline_id or None,
        "away": firing.away,
        "quiet": firing.quiet,
    }


def _log(firings: Sequence[Firing], command: Alerts, out: Out) -> int:
    if command.json:
        out.json({"firings": [firing_row(each) for each in firings]})
    elif command.csv:
        out.write(csv_text(LOG_COLUMNS, map(firing_row, firings)))
    elif firings:
        for each in firings:
            out.print(f"{out.paint.dim(format_moment(each.at))}  {each.text}")
    else:
        out.print("nothing has fired")
    return DONE


# A new one


async def _add(engine: Engine, command: Alerts, out: Out) -> int:
    deeds = Deeds(out, json=command.json)
    table = _table(command)
    if "coin" in table:
        coin = await _coin(engine, table["coin"], out)
        if coin is None:
            return COULD_NOT
        table["coin"] = coin
    alert = read_table(table, lambda report: read_alert(table, (), report))
    alert = replace(alert, currency=alert.currency or engine.snapshot.currency)
    await engine.personal.alerts.forget(alert.alert_id)
    deeds.tell(await engine.configuration.change(AddAlert(alert)), id=alert.alert_id)
    return deeds.end()


def _table(command: Alerts) -> dict[str, Any]:
    """What was typed, as the table of the configuration that says the same."""
    first, *rest = command.words
    table = dict(command.settings)
    name = first.lower().replace("-", "_")
    if name == "hashprice" and rest:
        name, rest = f"hashprice_{rest[0].lower()}", rest[1:]
    if name not in OF_NO_COIN:
        if not rest:
            raise UsageError(f"{shown_name(first)} is no condition: COIN and one of {', '.join(CONDITIONS)}")
        table["coin"] = first
        name, *rest = rest[0].lower().replace("-", "_"), *rest[1:]
    if name not in CONDITIONS:
        near = nearest(name, CONDITIONS)
        hint = f"; did you mean {near}?" if near else ""
        raise UsageError(f"{shown_name(name)} is no condition{hint} (there are: {', '.join(CONDITIONS)})")
    table[name], rest = _level(Kind(name), rest)
    if name == "move" and rest[:1] == ["within"]:
        rest = rest[1:]
    if name == "move" and rest:
        table["within"], rest = rest[0], rest[1:]
    if rest:
        raise UsageError(f"{shown_name(rest[0])} is one word too many")
    return table


def _level(kind: Kind, words: list[str]) -> tuple[object, list[str]]:
    """What a condition waits for, and the words behind it."""
    if kind is Kind.KEYWORD:
        return " ".join(words), []
    if kind is Kind.NEW_HIGH:
        return (words[0].lower(), words[1:]) if words else (ALL_TIME_WORD, [])
    if not words:
        raise UsageError(f"{kind.value} needs a number")
    try:
        return float(read_number(words[0].rstrip("%"), kind.value)), words[1:]
    except TypingError as error:
        raise UsageError(str(error)) from None


async def _coin(engine: Engine, name: str, out: Out) -> str | None:
    found = (await choose(engine, (name,), out, list_given=False)).named
    return found[0] if found else None


# Those that there are


async def _change(engine: Engine, command: Alerts, out: Out) -> int:
    deeds = Deeds(out, json=command.json)
    seconds = _seconds(command.duration) if command.action == "snooze" else 0.0
    for alert in [find_alert(name, engine.snapshot) for name in command.words]:
        await _change_one(engine, command.action, alert, seconds, deeds)
    return deeds.end()


async def _change_one(engine: Engine, action: str, alert: Alert, seconds: float, deeds: Deeds) -> None:
    words = word_alert(alert, symbol_of(alert.coin_id, engine.snapshot))
    desk = engine.personal.alerts
    match action:
        case "remove":
            deeds.tell(await engine.configuration.change(RemoveAlert(alert.alert_id)), id=alert.alert_id)
        case "rest":
            deeds.tell(await engine.configuration.change(EnableAlert(alert.alert_id, False)), id=alert.alert_id)  # noqa: FBT003
        case "snooze":
            await desk.snooze(alert.alert_id, seconds, quietly=True)
            deeds.done(f"alert {words} rests for {spell_seconds(seconds)}", id=alert.alert_id)
        case "wake" if not alert.enabled:
            deeds.tell(await engine.configuration.change(EnableAlert(alert.alert_id, True)), id=alert.alert_id)  # noqa: FBT003
        case "wake":
            await desk.snooze(alert.alert_id, 0)
            deeds.done(f"alert {words} watches again", id=alert.alert_id)


def find_alert(name: str, snapshot: Snapshot) -> Alert:
    """The alert of a number or of the beginning of an id. Raises ``UsageError``."""
    shown = snapshot.alerts
    if name.isascii() and name.isdecimal() and len(name) <= _SHORTEST_ID and 0 < int(name) <= len(shown):
        return shown[int(name) - 1]
    found = [each for each in shown if each.alert_id.startswith(name.lower()) and len(name) >= _SHORTEST_ID]
    if len(found) == 1:
        return found[0]
    there = f"there are {len(shown)}" if shown else "there are none"
    raise UsageError(f"there is no alert {shown_name(name)}; {there}, and `cointicker alerts list` shows them")


def _seconds(text: str | None) -> float:
    seconds = SNOOZE_SECONDS if text is None else parse_seconds(text)
    if seconds is None or not 0 < seconds <= _LONGEST:
        raise UsageError(f"a time is written 30m, 8h or 2d, not {shown_name(text or '')}")
    return seconds
