"""What fired, in a sentence, and as values for a person's own command."""

from cointicker.config.entries import spell_seconds
from cointicker.domain.alerts import ALL_TIME, Alert, Firing, Kind
from cointicker.domain.words import SafeText
from cointicker.text.numbers import (
    format_basis_points,
    format_change,
    format_duration,
    format_moment,
    format_price,
    iso_time,
)
from cointicker.text.safe import clean

VARIABLE = "COINTICKER_ALERT_"
"""How the names of the variables begin that a person's command gets."""


def word_firing(alert: Alert, firing: Firing, name: str, title: str = "") -> SafeText:
    """``BTC is above 100,000.00 USD: 100,210.00``; ``name`` is what the coin is called, ``title`` a headline's."""
    sentence = f"{alert.keyword}: {title}" if alert.kind is Kind.KEYWORD else _word(alert, firing, name)
    if firing.away:
        sentence += f", while you were away, at {format_moment(firing.at)}"
    return clean(f"{sentence} · {alert.note}" if alert.note else sentence)


def _word(alert: Alert, firing: Firing, name: str) -> str:
    was = "was" if firing.away else "is"
    value, level, code = format_price(firing.value), format_price(alert.level), alert.currency.upper()
    match alert.kind:
        case Kind.ABOVE | Kind.BELOW if value == level:
            return f"{name} {was} at {level} {code}"
        case Kind.ABOVE | Kind.BELOW:
            return f"{name} {was} {alert.kind.value} {level} {code}: {value}"
        case Kind.CROSSES:
            return f"{name} crossed {level} {code}: {value}"
        case Kind.MOVE:
            return f"{name} moved {format_change(firing.value)} within {spell_seconds(alert.within)}"
        case Kind.DEPEG:
            return f"{name} {was} {format_basis_points(firing.value)} off its peg"
        case Kind.NEW_HIGH:
            span = "all-time" if alert.within == ALL_TIME else spell_seconds(alert.within)
            return f"{name} {was} at a new {span} high: {value} {code}"
        case Kind.HASHPRICE_ABOVE | Kind.HASHPRICE_BELOW:
            side = "above" if alert.kind is Kind.HASHPRICE_ABOVE else "below"
            return f"hashprice {was} {side} {level} USD/PH/day: {value}"
    return f"difficulty changed by {format_change(firing.value)}"


def word_alert(alert: Alert, name: str) -> SafeText:
    """What an alert waits for: ``BTC above 100,000.00 USD``; ``name`` is what the coin is called."""
    level, code = format_price(alert.level), alert.currency.upper()
    match alert.kind:
        case Kind.ABOVE | Kind.BELOW | Kind.CROSSES:
            sentence = f"{name} {alert.kind.value} {level} {code}"
        case Kind.MOVE:
            sentence = f"{name} moves {alert.level:g}% within {spell_seconds(alert.within)}"
        case Kind.DEPEG:
            sentence = f"{name} {alert.level:g}bp off its peg"
        case Kind.NEW_HIGH:
            span = "all-time" if alert.within == ALL_TIME else spell_seconds(alert.within)
            sentence = f"{name} at a new {span} high"
        case Kind.HASHPRICE_ABOVE:
            sentence = f"hashprice above {level} USD/PH/day"
        case Kind.HASHPRICE_BELOW:
            sentence = f"hashprice below {level} USD/PH/day"
        case Kind.DIFFICULTY:
            sentence = f"difficulty changes by {alert.level:g}% or more" if alert.level else "difficulty changes"
        case Kind.KEYWORD:
            sentence = f"{alert.keyword} in a headline" + (f" on {name}" if alert.coin_id else "")
    return clean(sentence)


def word_state(alert: Alert, now: float) -> str:
    """How an alert stands at a time, Unix seconds."""
    if not alert.enabled:
        return "rests"
    if alert.is_done:
        return "has fired"
    if alert.snoozed_until is not None and alert.snoozed_until > now:
        return f"rests for {format_duration(alert.snoozed_until - now)}"
    return "repeats" if alert.repeat else "watches"


def command_values(firing: Firing, name: str) -> dict[str, str]:
    """The environment of a person's command; what is not known is empty."""
    values = {
        "ID": firing.alert_id,
        "KIND": firing.kind.value,
        "TEXT": firing.text,
        "COIN": firing.coin_id,
        "SYMBOL": name if firing.coin_id else "",
        "CURRENCY": firing.currency,
        "LEVEL": repr(firing.level),
        "VALUE": "" if firing.value is None else repr(firing.value),
        "AT": iso_time(firing.at) or "",
        "NOTE": firing.note,
        "AWAY": "1" if firing.away else "",
    }
    return {f"{VARIABLE}{key}": value for key, value in values.items()}
