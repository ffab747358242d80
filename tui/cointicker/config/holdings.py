"""``holdings.toml``: the lots that a person has bought and sold, read, and changed table by table."""

import tomllib
import zlib
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from cointicker.config.differences import Data, EditError, take_back
from cointicker.config.documents import Document, Report, read_document
from cointicker.config.entries import Entry
from cointicker.config.files import Held, Refused, Saved, change_file, identity, put_back
from cointicker.config.problems import Key, Problem, nearest, short_path, shown
from cointicker.config.splicing import Edit, rewrite
from cointicker.domain.portfolio import ZERO, Lot

LOTS = "lots"
_KEYS = ("coin", "amount", "price", "currency", "date", "fee", "note", "side")
_SIDES = {"buy": 1, "sell": -1}
_EXACT_IN_A_FLOAT = 15
"""Decimal digits that a number of TOML keeps."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the file came to."""

    lots: tuple[Lot, ...] = ()
    """In the order of the file."""
    problems: tuple[Problem, ...] = ()
    broken: bool = False
    """The file is there but nothing of it could be read."""


class LotBook:
    """The file of the lots; with ``path`` ``None``, a text in memory. All methods block, none raises."""

    def __init__(self, path: Path | None, text: str = "") -> None:
        """``text`` is what a book in memory begins with, as TOML."""
        self.path = path
        self._text = text

    def stamp(self) -> tuple[object, ...]:
        """What differs as soon as somebody has written the lots."""
        if self.path is None:
            return (self._text,)
        try:
            return identity(self.path.stat())
        except OSError:
            return ()

    def read(self, currency: str) -> Holdings:
        """Read the lots; ``currency`` is that of lots that name none."""
        if self.path is None:
            found: Document | Problem | None = Document(
                Path(), self._text, tomllib.loads(self._text), open_to_others=False
            )
        else:
            found = read_document(self.path)
        if found is None:
            return Holdings()
        if isinstance(found, Problem):
            return Holdings(problems=(found,), broken=True)
        return _read(found, currency)

    def add(self, lot: Lot) -> Saved | Held | Refused:
        """Write a lot behind the others."""

        def edit(data: Data) -> None:
            _tables(data).append(lot_table(lot))

        return self._change(edit)

    def edit(self, lot_id: str, lot: Lot, currency: str) -> Saved | Held | Refused:
        """Write a lot anew where it stands."""

        def edit(data: Data) -> None:
            table = _tables(data)[_place_of(lot_id, data, currency)]
            new = lot_table(lot)
            if "currency" not in table and lot.currency == currency:
                del new["currency"]
            for name in [name for name in table if name in _KEYS and name not in new]:
                del table[name]
            table.update({name: value for name, value in new.items() if table.get(name) != value})

        return self._change(edit)

    def remove(self, lot_id: str, currency: str) -> Saved | Held | Refused:
        """Strike a lot out."""

        def edit(data: Data) -> None:
            tables = _tables(data)
            del tables[_place_of(lot_id, data, currency)]
            if not tables:
                del data[LOTS]

        return self._change(edit)

    def take_back(self, saved: Saved) -> bool:
        """Undo a change; what was changed otherwise since stays. ``False`` where the two cannot be told apart."""
        if self.path is not None and put_back(self.path, saved):
            return True
        if self.path is None and self._text == saved.after:
            self._text = saved.before
            return True
        return isinstance(self._change(lambda data: take_back(data, saved.differences)), Saved)

    def _change(self, edit: Edit) -> Saved | Held | Refused:
        if self.path is not None:
            done = change_file(self.path, edit)
            with suppress(OSError):
                if isinstance(done, Saved) and self.path.stat().st_mode & 0o077:
                    self.path.chmod(0o600)
            return done
        before = self._text
        try:
            self._text, differences = rewrite(before, edit)
        except EditError as error:
            return Refused(str(error))
        return Saved(before, self._text, differences)


def _read(document: Document, currency: str) -> Holdings:
    report = Report(document)
    if document.open_to_others:
        report.say((LOTS,), f"can be read by other users of this machine; run: chmod 600 {short_path(document.path)}")
    for name in document.data:
        if name != LOTS:
            report.say((name,), "is not a section of holdings", nearest(name, (LOTS,)))
    lots = tuple(lot for _, lot in _parse(document.data, currency, report))
    return Holdings(lots, report.problems)


def lot_table(lot: Lot) -> dict[str, object]:
    """What to write down of a lot, its currency too: what was paid must not change with that of the prices."""
    table: dict[str, object] = {"coin": lot.coin_id, "amount": _plain(lot.amount)}
    if lot.price is not None:
        table["price"] = _plain(lot.price)
    table["currency"] = lot.currency
    if lot.day is not None:
        table["date"] = lot.day
    if lot.fee:
        table["fee"] = _plain(lot.fee)
    if lot.note:
        table["note"] = str(lot.note)
    return table


def _plain(number: Decimal) -> int | float | str:
    """A number as TOML has it, or as text where it has more digits than TOML keeps."""
    if number == number.to_integral_value() and abs(number) < 10**_EXACT_IN_A_FLOAT:
        return int(number)
    if len(number.normalize().as_tuple().digits) <= _EXACT_IN_A_FLOAT:
        return float(number)
    return f"{number:f}"


def _tables(data: Data) -> list[dict[str, Any]]:
    tables = data.setdefault(LOTS, [])
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise EditError(f"{LOTS} are not tables, each begun by [[{LOTS}]]")
    return tables


def _place_of(lot_id: str, data: Data, currency: str) -> int:
    """Where in the list a lot stands; raises ``EditError`` where it no longer does."""
    silent = Report(Document(Path(), "", {}, open_to_others=False))
    for place, lot in _parse(data, currency, silent):
        if lot.lot_id == lot_id:
            return place
    raise EditError("this lot was changed in the file meanwhile")


def _parse(data: Data, currency: str, report: Report) -> list[tuple[int, Lot]]:
    """Each lot that is right, with its place in the list."""
    raw = data.get(LOTS, [])
    if not isinstance(raw, list) or not all(isinstance(each, dict) for each in raw):
        report.say((LOTS,), f'must be tables, each begun by [[{LOTS}]], such as coin = "bitcoin" and amount = 0.5')
        return []
    lots: list[tuple[int, Lot]] = []
    seen: Counter[str] = Counter()
    for place, table in enumerate(raw):
        key = (LOTS, place)
        lot = read_lot(table, key, report, currency)
        if lot is not None:
            name = _name(lot)
            seen[name] += 1
            lot_id = name if seen[name] == 1 else f"{name}-{seen[name]}"
            lots.append((place, replace(lot, lot_id=lot_id, line=report.line_of(key))))
    return lots


def read_lot(table: dict[str, object], key: Key, report: Report, currency: str) -> Lot | None:
    """One table as a lot. With a wrong price it counts as one whose price is not known; it is said."""
    entry = Entry(table, key, report)
    entry.refuse_strangers(_KEYS, "a lot")
    missing = [name for name in ("coin", "amount") if name not in table]
    if missing:
        entry.say("", f"is a lot without {' and '.join(missing)}")
        return None
    coin, amount, code = entry.coin(), _amount(entry), entry.currency()
    if coin is None or amount is None or code is None:
        return None
    return Lot(
        coin,
        amount,
        price=_at_least_0(entry, "price"),
        currency=code or currency,
        day=_day(entry),
        fee=_at_least_0(entry, "fee") or ZERO,
        note=entry.text("note"),
    )


def _amount(entry: Entry) -> Decimal | None:
    """Coins, below 0 for a sale."""
    amount = entry.exact("amount")
    if amount is not None and not amount:
        entry.say("amount", "must not be 0")
        return None
    if amount is None or "side" not in entry:
        return amount
    side = entry.raw("side")
    sign = _SIDES.get(side) if isinstance(side, str) else None
    if sign is None:
        guess = nearest(side, _SIDES) if isinstance(side, str) else ""
        entry.say("side", f"must be one of {', '.join(_SIDES)}, not {shown(side)}", guess)
        return None
    return abs(amount) * sign


def _at_least_0(entry: Entry, name: str) -> Decimal | None:
    if name not in entry:
        return None
    value = entry.exact(name)
    if value is not None and value < 0:
        entry.say(name, f"must not be below 0: {shown(entry.raw(name))}")
        return None
    return value


def _day(entry: Entry) -> date | None:
    if "date" not in entry:
        return None
    raw = entry.raw("date")
    try:
        day = datetime.fromisoformat(raw.strip()) if isinstance(raw, str) else raw
    except ValueError:
        day = raw
    if isinstance(day, datetime):
        return day.date()
    if isinstance(day, date):
        return day
    entry.say("date", f"must be a day such as 2024-05-31, not {shown(raw)}")
    return None


def _name(lot: Lot) -> str:
    """Eight characters, made from what the lot says."""
    price = "" if lot.price is None else f"{lot.price.normalize():f}"
    words = (lot.coin_id, f"{lot.amount.normalize():f}", price, lot.currency, str(lot.day), f"{lot.fee:f}", lot.note)
    return f"{zlib.crc32('|'.join(words).encode()):08x}"
