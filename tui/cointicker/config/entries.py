"""One table of a list of tables, such as ``[[alerts]]``: its keys read one by one, what is wrong with them said."""

import math
import re
from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation

from cointicker.config.documents import Report
from cointicker.config.lists import check_coin
from cointicker.config.problems import Key, nearest, shown
from cointicker.domain.alerts import Quiet
from cointicker.domain.market import CURRENCIES
from cointicker.domain.words import EMPTY, SafeText
from cointicker.text.safe import clean

NOTE_LIMIT = 200
"""Characters of a note."""
_UNITS = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0, "w": 604_800.0}
_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,6})?) ?([smhdw]?)")
_DIGITS = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})")


def parse_seconds(text: str) -> float | None:
    """Seconds out of ``90s``, ``15m``, ``1h``, ``2d`` or ``1w``; ``None`` for anything else."""
    match = _DURATION.fullmatch(text.strip().lower())
    return float(match[1]) * _UNITS[match[2]] if match else None


def spell_seconds(seconds: float) -> str:
    """``15m``: seconds in the largest unit that they are a whole number of."""
    for unit in ("w", "d", "h", "m"):
        if seconds and seconds % _UNITS[unit] == 0:
            return f"{int(seconds / _UNITS[unit])}{unit}"
    return f"{seconds:g}s"


class Entry:
    """Gives the values of one table; each method tells the report where a value is none of its kind."""

    def __init__(self, table: Mapping[str, object], key: Key, report: Report) -> None:
        self._table = table
        self._key = key
        self._report = report

    def raw(self, name: str) -> object:
        """The value as it stands in the file."""
        return self._table[name]

    def __contains__(self, name: str) -> bool:
        return name in self._table

    def say(self, name: str, why: str, nearest: str = "") -> None:
        """Tell the report; an empty name means the table itself."""
        self._report.say((*self._key, name) if name else self._key, why, nearest)

    def refuse_strangers(self, known: Collection[str], what: str) -> None:
        """Name the keys that nothing is known of."""
        for name in self._table:
            if name not in known:
                self.say(name, f"is not a setting of {what}", nearest(name, known))

    def number(self, name: str, low: float, high: float) -> float | None:
        """A number within bounds, both included."""
        raw = self._table[name]
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
            self.say(name, f"must be a number, not {shown(raw)}")
        elif not low <= raw <= high:
            self.say(name, f"must be from {low:g} to {high:g}, not {shown(raw)}")
        else:
            return float(raw)
        return None

    def exact(self, name: str) -> Decimal | None:
        """A number, or a text that spells one where a person wants more digits than a number of TOML keeps."""
        raw = self._table[name]
        spelt = isinstance(raw, str) and _DIGITS.fullmatch(raw.strip()) is not None
        if not spelt and (isinstance(raw, bool) or not isinstance(raw, int | float)):
            self.say(name, f"must be a number, not {shown(raw)}")
            return None
        try:
            value = Decimal(raw.strip() if isinstance(raw, str) else repr(raw))
        except (InvalidOperation, ValueError):
            value = Decimal("NaN")
        if not value.is_finite() or abs(value) >= Decimal(10) ** 30 or (value and abs(value) < Decimal(10) ** -30):
            self.say(name, f"must be a number, not {shown(raw)}")
            return None
        return value

    def seconds(self, name: str, default: float, low: float, high: float) -> float:
        """A duration such as ``"1h"``, or a number of seconds."""
        if name not in self._table:
            return default
        raw = self._table[name]
        value = parse_seconds(raw) if isinstance(raw, str) else None
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            value = float(raw)
        if value is not None and low <= value <= high:
            return value
        bounds = f"from {spell_seconds(low)} to {spell_seconds(high)}"
        self.say(name, f'must be a time such as "90s", "15m", "1h", "2d", {bounds}, not {shown(raw)}')
        return default

    def flag(self, name: str, *, default: bool) -> bool:
        """``true`` or ``false``."""
        raw = self._table.get(name, default)
        if isinstance(raw, bool):
            return raw
        self.say(name, f"must be true or false, not {shown(raw)}")
        return default

    def text(self, name: str, limit: int = NOTE_LIMIT) -> SafeText:
        """A line of text, made safe; empty where it is absent."""
        raw = self._table.get(name, "")
        if not isinstance(raw, str):
            self.say(name, f"must be a text in quotes, not {shown(raw)}")
            return EMPTY
        return clean(raw, limit)

    def coin(self) -> str | None:
        """The id in ``coin``."""
        return check_coin(self._table["coin"], (*self._key, "coin"), self._report)

    def currency(self) -> str | None:
        """The code in ``currency``; empty where it is absent, ``None`` where it is wrong."""
        raw = self._table.get("currency", "")
        code = raw.strip().lower() if isinstance(raw, str) else ""
        if raw == "" or code in CURRENCIES:
            return code
        guess = nearest(code, CURRENCIES)
        self.say("currency", f"must be one of {len(CURRENCIES)} codes, such as usd, not {shown(raw)}", guess)
        return None

    def hours(self, name: str) -> Quiet | None:
        """Hours such as ``"23:00-07:00"``; ``None`` where absent or wrong."""
        if name not in self._table:
            return None
        raw = self._table[name]
        hours = Quiet.parse(raw) if isinstance(raw, str) else None
        if hours is None:
            self.say(name, f'must be hours such as "23:00-07:00", not {shown(raw)}')
        return hours
