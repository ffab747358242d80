"""A coin as a row of the watchlist."""

from dataclasses import dataclass

from cointicker.text.cells import cell_width, fit, pad
from cointicker.ui.columns import FIRM, Column, Layout
from cointicker.ui.entries import Entry
from cointicker.ui.flashes import Flash
from cointicker.ui.inks import Inks
from cointicker.ui.widgets.lines import Row


@dataclass(frozen=True, slots=True)
class CoinRow:
    """What a row is drawn from."""

    entry: Entry
    layout: Layout
    inks: Inks
    ground: str
    flash: Flash | None = None
    """Its price has just changed."""

    def put_into(self, row: Row) -> None:
        """Put the cells into a row, and what there is to be said of the coin in place of the last of them."""
        end = row.used + row.left
        spoken = self._remark_from(end)
        for column, start, cells in self.layout.places:
            if start >= spoken:
                break
            self._put(row.to(start), column, cells)
        if spoken < end:
            remark = next((each for each in self.entry.remarks if cell_width(each) <= end - spoken), "")
            row.to(spoken).put(remark, self.inks("label", self.ground))

    def _remark_from(self, end: int) -> int:
        """The cell from which on what is said of a coin takes the place of its numbers.

        Of one that is gone: behind the price. Of an old quote: where the last column stands, if no price stands there.
        """
        if self.entry.gone:
            return 2 + max(start + cells for column, start, cells in self.layout.places if column.name in FIRM)
        column, start, _ = self.layout.places[-1]
        return start if self.entry.remarks and column.name not in FIRM else end

    def _put(self, row: Row, column: Column, cells: int) -> None:
        entry, faded = self.entry, self.entry.faded
        if column.picture is not None:
            for text, ink in column.picture(entry, cells):
                row.put(text, self.inks("label" if faded else ink, self.ground))
        elif column.name == "coin":
            apart = "alias" in self.layout.widths
            symbol = entry.quote.symbol if apart and entry.quote is not None else entry.look.symbol
            style = self.inks("label", self.ground) if faded else self.inks("text", self.ground, "bold")
            row.put(pad(fit(symbol, cells), cells), style)
        elif column.name == "price":
            self._put_price(row, cells)
        elif column.say is not None:
            text, ink = column.say(entry)
            text = pad(text if column.right else fit(text, cells), cells, right=column.right)
            row.put(text, self.inks("label" if faded else ink, self.ground))

    def _put_price(self, row: Row, cells: int) -> None:
        """The digits that have changed stand out."""
        price, plain = self.entry.look.price, self.inks("label" if self.entry.faded else "text", self.ground)
        row.put(" " * (cells - len(price)), plain)
        if self.flash is None or self.entry.faded:
            row.put(price, plain)
            return
        row.put(price[: self.flash.kept], plain)
        row.put(price[self.flash.kept :], self.inks.direction(self.flash.way, self.ground))
