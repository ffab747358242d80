"""The head of a coin's screen: its name, what it costs and how far it moved."""

from textual.reactive import reactive
from textual.strip import Strip

from cointicker.domain.market import Quote
from cointicker.engine.state import Snapshot
from cointicker.text.cells import cell_width, fit
from cointicker.text.numbers import CURRENCY_SIGNS, UNKNOWN, direction, format_change
from cointicker.ui.quotes import look_of
from cointicker.ui.widgets.lines import Lines, Piece, Row

HEAD_ROWS = 2
_GAP = "   "


class CoinHead(Lines):
    """Name and price, and below them the changes."""

    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The state to show."""
    coin: reactive[str] = reactive("", init=False)
    """CoinGecko id."""

    def watch_snapshot(self, old: Snapshot, new: Snapshot) -> None:
        """Show the new price."""
        if self.coin:
            self.refresh_changed()

    def watch_coin(self) -> None:
        """Show another coin."""
        self.refresh()

    def draw_blank(self, y: int, width: int) -> Strip:
        """A row."""
        quote = self.snapshot.quotes.get(self.coin)
        row = self.new_row(width).put(" ", self.inks("text"))
        if y == 0:
            self._draw_name(row, quote)
        elif y == 1 and quote is not None:
            self._draw_changes(row, quote)
        return row.strip()

    def _draw_name(self, row: Row, quote: Quote | None) -> None:
        look = look_of(self.coin, self.snapshot, self.clock())
        faded = self.inks("label") if look.age else None
        sign = CURRENCY_SIGNS.get(self.snapshot.currency, "")
        known = look.price != UNKNOWN
        price: list[Piece] = [
            (f"{sign}{look.price}" if known else UNKNOWN, faded or self.inks("text", attributes="bold")),
            ("" if sign or not known else f" {self.snapshot.currency.upper()}", self.inks("label")),
            (f"  {look.change}" if known else "", faded or self.inks.direction(look.way)),
            (f"  {look.age} old" if look.age else "", self.inks("label")),
        ]
        room = row.left - sum(cell_width(text) for text, _ in price) - 4
        name = quote.name if quote is not None else look.symbol
        name = fit(name, max(room, 8))
        row.put(name, self.inks("accent", attributes="bold"))
        for text, ink in ((look.symbol, "secondary"), (self._rank(quote), "label")):
            if text and text != name and row.used + cell_width(text) + 2 <= room + 1:
                row.put(f"  {text}", self.inks(ink))
        row.right(price, 1)

    def _rank(self, quote: Quote | None) -> str:
        return f"#{quote.rank}" if quote is not None and quote.rank is not None else ""

    def _draw_changes(self, row: Row, quote: Quote) -> None:
        """The changes that are known; those that do not fit are left out whole, the shorter spans last."""
        known = [
            (name, change)
            for name, change in (
                ("1h", quote.change_1h),
                ("24h", quote.change_24h),
                ("7d", quote.change_7d),
                ("30d", quote.change_30d),
                ("1y", quote.change_1y),
            )
            if change is not None
        ]
        for name, change in known:
            words = self.settings.regroup(format_change(change))
            if len(name) + 1 + len(words) > row.left - 1:
                break
            row.put(f"{name} ", self.inks("label")).put(words, self.inks.direction(direction(change)))
            row.put(_GAP, self.inks("text"))
