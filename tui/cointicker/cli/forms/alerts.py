"""``cointicker alerts``: what may be said of what is watched for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from cointicker.cli.grammar import CSV, JSON, MANY, Family, Form, Option, Word, whole_number
from cointicker.cli.options import Command

OF_NO_COIN = ("hashprice_above", "hashprice_below", "difficulty", "keyword")
CONDITIONS = ("above", "below", "crosses", "move", "depeg", "new_high", *OF_NO_COIN)
"""What an alert may wait for, as the configuration calls it; the last ones stand without a coin."""


@dataclass(frozen=True, slots=True)
class Alerts(Command):
    """``cointicker alerts``."""

    action: str
    """``list``, ``add``, ``remove``, ``rest``, ``wake``, ``snooze`` or ``log``."""
    words: tuple[str, ...] = ()
    """The condition of a new one, else the numbers or ids of those that are meant."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Of a new alert: what was said of it, by the names that its table in the configuration has."""
    duration: str | None = None
    """Of ``snooze``."""
    limit: int = 0
    json: bool = False
    csv: bool = False


def _add(*, words: tuple[str, ...], json: bool, **settings: Any) -> Command:
    given = {name: value for name, value in settings.items() if value not in {None, False}}
    return Alerts("add", words, given, json=json)


_WHICH = Word("N-or-ID", "words", "a number or an id that `alerts list` shows", 1, MANY, commas=True, values="alert")


def _one_of(action: str, what: str) -> Form:
    return Form(what, partial(Alerts, action), (_WHICH,), (JSON,))


def _snooze(*, which: str, duration: str | None, json: bool) -> Command:
    return Alerts("snooze", (which,), duration=duration, json=json)


FORMS = {
    "alerts": Family(
        "what you want to be told of",
        {
            "list": Form("the alerts, and how each stands", partial(Alerts, "list"), (), (JSON, CSV)),
            "add": Form(
                "watch for something",
                _add,
                (
                    Word(
                        "CONDITION",
                        "words",
                        "COIN and above, below, crosses PRICE, move PERCENT, depeg POINTS or new_high [7d|ath]; or "
                        "hashprice_above or hashprice_below USD, difficulty PERCENT, keyword WORD…",
                        1,
                        MANY,
                        values="condition",
                    ),
                ),
                (
                    Option("--within", "the time in which a coin must move, such as 1h", "TIME"),
                    Option("--currency", "the currency of the price", "CODE", values="currency"),
                    Option("--coin", "of a keyword: only in headlines that name this coin", "COIN", values="coin"),
                    Option("--repeat", "each time that it comes true, not only once"),
                    Option("--cooldown", "quiet for so long after it fired (1h)", "TIME"),
                    Option("--quiet", "hours without noise, such as 23:00-07:00", "HOURS"),
                    Option("--note", "words of your own", "TEXT"),
                    JSON,
                ),
                (
                    "cointicker alerts add btc above 100000 --repeat",
                    "cointicker alerts add eth move 5 --within 1h",
                    "cointicker alerts add usdt depeg 50",
                    "cointicker alerts add keyword halving",
                ),
            ),
            "remove": _one_of("remove", "watch for it no more"),
            "rest": _one_of("rest", "let it rest until it is woken"),
            "wake": _one_of("wake", "watch again"),
            "snooze": Form(
                "let it rest for a while (1h)",
                _snooze,
                (
                    Word("N-or-ID", "which", _WHICH.help, values="alert"),
                    Word("DURATION", "duration", "such as 30m, 8h, 2d", 0, values=("30m", "1h", "8h", "1d")),
                ),
                (JSON,),
            ),
            "log": Form(
                "what has fired, the newest last",
                partial(Alerts, "log"),
                (),
                (Option("--limit", "at most N (50)", "N", whole_number(), 50), JSON, CSV),
            ),
        },
        ("cointicker alerts add btc above 100000 --repeat", "cointicker alerts snooze 1 8h"),
    )
}
