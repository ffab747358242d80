"""``[[alerts]]``: tables with one condition each, as alerts and back."""

from collections.abc import Callable

from cointicker.config.documents import Report
from cointicker.config.entries import Entry, spell_seconds
from cointicker.config.problems import Key, nearest, shown
from cointicker.domain.alerts import (
    ALL_TIME,
    DEFAULT_COOLDOWN,
    DEFAULT_WITHIN,
    OF_A_COIN,
    OF_A_PRICE,
    OF_MINING,
    Alert,
    Kind,
)
from cointicker.domain.market import PRICE_CEILING
from cointicker.domain.pegs import PEGS

ALL_TIME_WORD = "ath"
"""What ``new_high`` says for the highest price of all times."""
_DAY = 86_400.0
_KINDS = {kind.value: kind for kind in Kind}
_OPTIONS = ("coin", "currency", "within", "repeat", "cooldown", "quiet", "enabled", "note")
_KEYWORD_LIMIT = 60
_LEVELS: dict[Kind, tuple[float, float]] = {
    **dict.fromkeys(OF_A_PRICE, (1e-18, PRICE_CEILING)),
    Kind.MOVE: (0.01, 10_000),
    Kind.DEPEG: (1, 10_000),
    Kind.HASHPRICE_ABOVE: (1e-6, 1e9),
    Kind.HASHPRICE_BELOW: (1e-6, 1e9),
    Kind.DIFFICULTY: (0, 1000),
}
"""The least and the most that a level may be."""


def check_alerts(raw: object, key: Key, report: Report) -> tuple[Alert, ...] | None:
    """All that are right. One without a currency has an empty one: that of the prices."""
    if not isinstance(raw, list) or not all(isinstance(each, dict) for each in raw):
        report.say(key, 'must be tables, each begun by [[alerts]], such as coin = "bitcoin" and above = 100000')
        return None
    kept: dict[str, Alert] = {}
    for place, table in enumerate(raw):
        alert = read_alert(table, (*key, place), report)
        if alert is None:
            continue
        if alert.alert_id in kept:
            report.say((*key, place), "waits for the same as an earlier alert")
        else:
            kept[alert.alert_id] = alert
    return tuple(kept.values())


def read_alert(table: dict[str, object], key: Key, report: Report) -> Alert | None:
    """One table as an alert; ``None`` where it cannot be told what it waits for."""
    entry = Entry(table, key, report)
    entry.refuse_strangers((*_OPTIONS, *_KINDS), "an alert")
    named = [name for name in table if name in _KINDS]
    if len(named) != 1:
        one_of = ", ".join(_KINDS)
        entry.say("", f"must have one of {one_of}" if not named else f"has both {named[0]} and {named[1]}: one of them")
        return None
    kind = _KINDS[named[0]]
    coin, currency = _coin(entry, kind), entry.currency()
    if coin is None or currency is None:
        return None
    condition = _condition(entry, kind)
    if condition is None or (kind is Kind.DEPEG and (currency := _peg(entry, coin, currency)) is None):
        return None
    level, within, keyword = condition
    return Alert(
        kind,
        coin,
        level,
        currency or "",
        within,
        keyword,
        repeat=entry.flag("repeat", default=False),
        cooldown=entry.seconds("cooldown", DEFAULT_COOLDOWN, 0, 30 * _DAY),
        quiet=entry.hours("quiet"),
        enabled=entry.flag("enabled", default=True),
        note=entry.text("note"),
    )


def _coin(entry: Entry, kind: Kind) -> str | None:
    """The coin, or empty text where none is needed; ``None`` where it is wrong."""
    if "coin" in entry and kind not in OF_MINING:
        return entry.coin()
    if kind in OF_A_COIN:
        entry.say("", 'is an alert without a coin, such as coin = "bitcoin"')
        return None
    return ""


def _condition(entry: Entry, kind: Kind) -> tuple[float, float, str] | None:
    """Level, seconds to look back over, and keyword."""
    match kind:
        case Kind.KEYWORD:
            keyword = entry.text("keyword", _KEYWORD_LIMIT)
            if not keyword:
                entry.say("keyword", "must be a word or some words")
                return None
            return 0.0, DEFAULT_WITHIN, keyword
        case Kind.NEW_HIGH:
            return 0.0, _high_of(entry), ""
    level = entry.number(kind.value, *_LEVELS[kind])
    if level is None:
        return None
    return level, entry.seconds("within", DEFAULT_WITHIN, 60, 7 * _DAY), ""


def _high_of(entry: Entry) -> float:
    if entry.raw("new_high") in {True, ALL_TIME_WORD}:
        return ALL_TIME
    return entry.seconds("new_high", ALL_TIME, 3600, 366 * _DAY)


def _peg(entry: Entry, coin: str, currency: str) -> str | None:
    """The currency of a stablecoin's peg."""
    if coin not in PEGS:
        entry.say("coin", f"is no stablecoin whose peg is known: {shown(coin)}", nearest(coin, PEGS))
        return None
    peg = PEGS[coin][0]
    if currency not in {"", peg}:
        entry.say("currency", f"must be that of the peg, {peg}, or be left out")
    return peg


def alert_table(alert: Alert) -> dict[str, object]:
    """What to write down of an alert, its currency too: a level must not change its meaning with that of the prices."""
    table: dict[str, object] = {"coin": alert.coin_id} if alert.coin_id else {}
    table[alert.kind.value] = _spell_condition(alert)
    if alert.kind is Kind.MOVE:
        table["within"] = spell_seconds(alert.within)
    if alert.kind in OF_A_COIN and alert.kind is not Kind.DEPEG and alert.currency:
        table["currency"] = alert.currency
    spellings: tuple[tuple[str, bool, Callable[[], object]], ...] = (
        ("repeat", alert.repeat, lambda: True),
        ("cooldown", alert.cooldown != DEFAULT_COOLDOWN, lambda: spell_seconds(alert.cooldown)),
        ("quiet", alert.quiet is not None, lambda: str(alert.quiet)),
        ("enabled", not alert.enabled, lambda: False),
        ("note", bool(alert.note), lambda: str(alert.note)),
    )
    table.update({name: spell() for name, wanted, spell in spellings if wanted})
    return table


def _spell_condition(alert: Alert) -> object:
    match alert.kind:
        case Kind.KEYWORD:
            return str(alert.keyword)
        case Kind.NEW_HIGH:
            return ALL_TIME_WORD if alert.within == ALL_TIME else spell_seconds(alert.within)
    return int(alert.level) if alert.level.is_integer() else alert.level
