"""The holdings: what is owned, what it has cost and what it is worth, lot by lot."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.strip import Strip

from cointicker.domain.portfolio import Lot, OpenLot, Portfolio, Position, Sale
from cointicker.engine.actions import AddLot, EditLot, KeepSetting, LotChange, RemoveLot
from cointicker.engine.commands import Place
from cointicker.engine.state import Snapshot
from cointicker.engine.typed import TypingError, read_lot
from cointicker.text.cells import cell_width, fit, pad
from cointicker.text.numbers import UNKNOWN, direction, format_change, format_price
from cointicker.text.sparks import bar
from cointicker.ui.keymap import Keymap
from cointicker.ui.money import HIDDEN, fit_amount, fit_money, format_money, way_of
from cointicker.ui.quotes import symbol_of
from cointicker.ui.screens.form import Field, Form
from cointicker.ui.screens.table_screen import SnapshotTable, TableScreen
from cointicker.ui.typeset import wrap
from cointicker.ui.widgets.lines import Kit, Piece

if TYPE_CHECKING:
    from cointicker.engine.engine import Engine

_AMOUNT = 15
_MONEY = 15
"""Cells of a column; the first of them stays free."""
_EMPTY = (
    "Nothing is written down yet.",
    "a writes a purchase down; sales are amounts below 0.",
    "They are kept in holdings.toml beside the configuration, readable by you alone, and never leave this machine.",
)


@dataclass(frozen=True, slots=True)
class Item:
    """A row: a coin, or one of its lots while it is open."""

    position: Position
    part: OpenLot | Sale | None = None

    @property
    def lot(self) -> Lot | None:
        """The lot of the row, or the only one of its coin."""
        if self.part is not None:
            return self.part.lot
        parts = parts_of(self.position)
        return parts[0].lot if len(parts) == 1 else None


def parts_of(position: Position) -> tuple[OpenLot | Sale, ...]:
    """What is left of the purchases of a coin, then its sales."""
    return (*position.lots, *position.sales)


def _whole(sums: Sequence[Sequence[Piece]], room: int) -> list[Piece]:
    """The pieces of the first sums that have room whole: no number is cut."""
    kept: list[Piece] = []
    for pieces in sums:
        room -= sum(cell_width(text) for text, _ in pieces)
        if room < 0:
            break
        kept += pieces
    return kept


class HoldingsTable(SnapshotTable):
    """One coin a row, the lots below it while it is open."""

    place = Place.HOLDINGS
    whole_head = (0, 1, 2, 3, 4)
    low_head = (1, 4)

    def __init__(self, kit: Kit, snapshot: Snapshot) -> None:
        super().__init__(kit, snapshot)
        self.items: list[Item] = []
        self._opened: set[str] = set()
        self.show(snapshot)

    def show(self, snapshot: Snapshot) -> None:
        """Show another state."""
        self.snapshot = snapshot
        self.items = []
        for position in self.portfolio.positions:
            self.items.append(Item(position))
            if position.coin_id in self._opened:
                self.items += [Item(position, part) for part in parts_of(position)]
        self.set_count(len(self.items))
        self.refresh_changed()

    @property
    def portfolio(self) -> Portfolio:
        """What is held; nothing where nothing was read."""
        return self.snapshot.portfolio or Portfolio(self.snapshot.currency)

    @property
    def item(self) -> Item | None:
        """The current row."""
        return self.items[self.current] if self.current < len(self.items) else None

    @property
    def hidden(self) -> bool:
        """Whether amounts are hidden."""
        return self.snapshot.settings.ui.private

    # Drawing

    def draw_head(self, y: int, width: int) -> Strip:
        """The sums, then the names of the columns."""
        row = self.new_row(width).put("  ", self.inks("text"))
        if y == 1:
            row.put("Holdings", self.inks("accent", attributes="bold"))
            value = (f"   {self._money(self.portfolio.value)}", self.inks("text", attributes="bold"))
            row.put_all(_whole([[value], *self._day()], row.left))
        elif y == 2:
            row.put_all(_whole(self._gains(), row.left))
        elif y == 4:
            row.put_all([(text, self.inks("label")) for text, _ in self._cells(None, width - 2)])
        return row.strip()

    def _money(self, amount: Decimal | None, *, signed: bool = False) -> str:
        return self._regroup(format_money(amount, self.portfolio.currency, hidden=self.hidden, signed=signed))

    def _cell(self, amount: Decimal | None, *, signed: bool = False) -> str:
        currency = self.portfolio.currency
        return self._regroup(fit_money(amount, currency, _MONEY - 1, hidden=self.hidden, signed=signed))

    def _amount(self, amount: Decimal, cells: int = _AMOUNT - 1) -> str:
        return self._regroup(fit_amount(amount, cells, hidden=self.hidden))

    def _regroup(self, number: str) -> str:
        return self.snapshot.settings.ui.regroup(number)

    def _day(self) -> list[list[Piece]]:
        change = self.portfolio.day_change
        if change is None:
            return []
        percent = self._regroup(format_change(self.portfolio.day_change_percent))
        ink = self.inks.direction(way_of(change))
        amount = [] if self.hidden else [[(f"   {self._money(change, signed=True)}", ink)]]
        return [*amount, [(f"{'  ' if amount else '   '}{percent} today", ink)]]

    def _gains(self) -> list[list[Piece]]:
        portfolio, label = self.portfolio, self.inks("label")
        if not portfolio.positions:
            return []
        sums: list[list[Piece]] = [[("cost ", label), (self._money(portfolio.cost), self.inks("secondary"))]]
        for name, amount in (("unrealised", portfolio.unrealised), ("realised", portfolio.realised)):
            told = self._money(amount, signed=True)
            sums.append([(f"   {name} ", label), (told, self.inks.direction(way_of(amount)))])
        if portfolio.converted:
            codes = " ".join(code.upper() for code in portfolio.converted)
            sums.append([(f"   {codes} at today's rate", label)])
        return sums

    def _cells(self, item: Item | None, width: int) -> list[tuple[str, int]]:
        """The cells of a row, or the names of the columns, each with its direction: 0 for none."""
        columns = [
            ("coin", max(5, min(9, width - _MONEY)), False, True),
            ("amount", _AMOUNT, True, width >= 39),
            ("price", 14, True, width >= 78),
            ("value", _MONEY, True, True),
            ("share", 16, False, width >= 109),
            ("gain", _MONEY, True, width >= 54),
            ("", 10, True, width >= 64),
            ("today", _MONEY, True, width >= 93),
        ]
        values = ["coin", "amount", "price", "value", "  share", "gain", "", "today"] if item is None else None
        ways = [0] * len(columns)
        if item is not None:
            values, ways = self._values(item)
        assert values is not None  # noqa: S101 - both branches gave it
        return [
            (pad(fit(value, size), size, right=right), way)
            for (_, size, right, shown), value, way in zip(columns, values, ways, strict=True)
            if shown
        ]

    def _values(self, item: Item) -> tuple[list[str], list[int]]:
        position, part = item.position, item.part
        symbol = symbol_of(position.coin_id, self.snapshot)
        if isinstance(part, Sale):
            day = str(part.lot.day or "")
            sold = f"−{self._amount(part.amount, _AMOUNT - 2)}" if not self.hidden else HIDDEN
            values = [
                f"  {'sold'}",
                sold,
                self._regroup(_price(part.lot)),
                self._cell(part.proceeds),
                f"  {day}",
            ]
            return [*values, self._cell(part.gain, signed=True), "", ""], [0, 0, 0, 0, 0, way_of(part.gain), 0, 0]
        if part is not None:
            amount = self._amount(part.amount)
            day = str(part.lot.day or "")
            values = [
                "  bought",
                amount,
                self._regroup(_price(part.lot)),
                self._cell(part.value),
                f"  {day}",
            ]
            return [*values, self._cell(part.gain, signed=True), "", ""], [0, 0, 0, 0, 0, way_of(part.gain), 0, 0]
        gain, way = position.unrealised, way_of(position.unrealised)
        share = position.share or 0.0
        values = [
            symbol,
            self._amount(position.amount),
            self._regroup(format_price(None if position.price is None else float(position.price))),
            self._cell(position.value),
            f"  {pad(bar(share / 100, 8), 8)} {share:3.0f}%" if position.share is not None else "",
            self._cell(gain, signed=True),
            self._regroup(format_change(position.gain_percent, 1)),
            self._cell(position.day_change, signed=True),
        ]
        return values, [0, 0, 0, 0, 0, way, direction(position.gain_percent, 1), way_of(position.day_change)]

    def draw(self, row: int, width: int) -> Strip:
        """A coin or a lot."""
        item = self.items[row]
        ground = "selection" if row == self.current else "background"
        line = self.new_row(width, ground).put("▌ " if row == self.current else "  ", self.inks("accent", ground))
        for index, (text, way) in enumerate(self._cells(item, width - 2)):
            if way:
                line.put(text, self.inks.direction(way, ground))
            elif item.part is not None:
                line.put(text, self.inks("secondary", ground))
            elif text.lstrip().startswith("█"):
                line.put(text[:-5], self.inks("chart", ground)).put(text[-5:], self.inks("text", ground))
            else:
                line.put(text, self.inks("text", ground, "bold" if index == 0 else ""))
        return line.strip()

    def draw_blank(self, y: int, width: int) -> Strip:
        """What is wrong with the file, or how to begin."""
        row = self.new_row(width)
        words = list(self.portfolio.problems)
        if not self.items and self.snapshot.portfolio is None:
            words = ["Holdings are not read in this run."]
        elif not self.items:
            words += _EMPTY
        lines = [
            (line, index < len(self.portfolio.problems))
            for index, each in enumerate(words)
            for line in wrap(each, width - 4)
        ]
        place = y - self.rows - 1
        if 0 <= place < len(lines):
            text, wrong = lines[place]
            row.put(f"  {text}", self.inks("down" if wrong else "secondary"))
        return row.strip()

    # Keys and mouse

    def command_open(self) -> None:
        """Open the lots of a coin; change a lot."""
        if self.item is None:
            return
        if self.item.part is not None:
            self.post_edit(self.item.part.lot)
            return
        self._opened ^= {self.item.position.coin_id}
        self.show(self.snapshot)

    def post_edit(self, lot: Lot) -> None:
        """Ask the screen to change a lot."""
        if isinstance(self.screen, HoldingsScreen):
            self.screen.edit(lot)

    def on_click(self, event: events.Click) -> None:
        """A click on a row is Enter on it."""
        row = event.y - self.head + self.top
        if self.head <= event.y and row < self.count:
            self.move_to(row)
            self.command_open()


class HoldingsScreen(TableScreen[HoldingsTable]):
    """All of it, in place of the main screen."""

    def __init__(self, engine: "Engine", kit: Kit, keymap: Keymap) -> None:
        super().__init__(engine, kit, keymap, HoldingsTable(kit, engine.snapshot))

    def command_holdings(self) -> None:
        """The key that led here leads back."""
        self.command_back()

    def command_private(self) -> None:
        """Hide all amounts, or show them."""
        self.engine.do(KeepSetting(("ui", "private"), not self.snapshot.settings.ui.private))

    def command_remove_lot(self) -> None:
        """Strike the lot out."""
        lot = self.table.item.lot if self.table.item is not None else None
        if lot is not None:
            self.engine.do(RemoveLot(lot.lot_id))
        elif self.table.item is not None:
            self.table.command_open()

    def command_add_lot(self) -> None:
        """Write a purchase or a sale down."""
        item = self.table.item
        coin = item.position.coin_id if item is not None else ""
        self._form("A purchase or a sale", {"coin": coin}, AddLot)

    def edit(self, lot: Lot) -> None:
        """Change a lot."""
        values = {
            "coin": lot.coin_id,
            "amount": f"{lot.amount:f}",
            "price": "" if lot.price is None else f"{lot.price:f}",
            "day": str(lot.day or ""),
            "fee": f"{lot.fee:f}" if lot.fee else "",
            "note": lot.note,
        }
        self._form("The lot", values, partial(EditLot, lot.lot_id))

    def _form(self, title: str, values: Mapping[str, str], make: Callable[[Lot], LotChange]) -> None:
        code = self.snapshot.currency.upper()
        fields = [
            Field("coin", "coin", values.get("coin", ""), "bitcoin or BTC"),
            Field("amount", "amount", values.get("amount", ""), "0.25, or -0.1 for a sale"),
            Field("price", f"price {code}", values.get("price", ""), "of one coin; empty: not known"),
            Field("day", "day", values.get("day", ""), "2026-01-31"),
            Field("fee", f"fee {code}", values.get("fee", ""), "0"),
            Field("note", "note", values.get("note", "")),
        ]

        def check(typed: Mapping[str, str]) -> str:
            try:
                read_lot(typed, self.snapshot)
            except TypingError as error:
                return str(error)
            return ""

        self.app.push_screen(Form(self.kit, title, fields, check), partial(self._keep, make))

    def _keep(self, make: Callable[[Lot], LotChange], typed: Mapping[str, str] | None) -> None:
        if typed is not None:
            self.engine.do(make(read_lot(typed, self.snapshot)))


def _price(lot: Lot) -> str:
    return UNKNOWN if lot.price is None else format_price(float(lot.price))
