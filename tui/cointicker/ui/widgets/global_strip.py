"""All coins together in one line: cap, dominance and volume."""

from textual.reactive import reactive
from textual.strip import Strip

from cointicker.domain.market import GlobalMarket
from cointicker.engine.state import Snapshot
from cointicker.text.cells import cell_width
from cointicker.text.numbers import CURRENCY_SIGNS, direction, format_change, format_large
from cointicker.ui.widgets.lines import Lines, Piece

_GAP = "    "


class GlobalStrip(Lines):
    """One row; what does not fit is left out whole."""

    DEFAULT_CSS = "GlobalStrip { height: 1; }"

    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The state to show."""

    def watch_snapshot(self, old: Snapshot, new: Snapshot) -> None:
        """Show what is new."""
        if new.global_market != old.global_market:
            self.refresh_changed()

    def draw_blank(self, y: int, width: int) -> Strip:
        """The row."""
        row = self.new_row(width).put(" ", self.inks("text"))
        whole = self.snapshot.global_market
        for fact in self._facts(whole) if whole is not None else []:
            gap = _GAP if row.used > 1 else ""
            if sum(cell_width(text) for text, _ in fact) + len(gap) > row.left - 1:
                break
            row.put(gap, self.inks("text")).put_all(fact)
        return row.strip()

    def _facts(self, whole: GlobalMarket) -> list[list[Piece]]:
        """The most important first; what is not known is not said."""
        label, text = self.inks("label"), self.inks("secondary")
        sign = CURRENCY_SIGNS.get(self.snapshot.currency, "")
        facts: list[list[Piece]] = []
        if whole.market_cap is not None:
            fact = [("all coins ", label), (f"{sign}{self.settings.regroup(format_large(whole.market_cap))}", text)]
            if whole.cap_change_24h is not None:
                way = self.inks.direction(direction(whole.cap_change_24h))
                fact.append((f" {self.settings.regroup(format_change(whole.cap_change_24h))}", way))
            facts.append(fact)
        shares = (("BTC", whole.bitcoin_share), ("ETH", whole.ethereum_share))
        facts += [
            [(f"{name} ", label), (self.settings.regroup(f"{share:.1f}%"), text)]
            for name, share in shares
            if share is not None
        ]
        if whole.volume is not None:
            facts.append([("volume ", label), (f"{sign}{self.settings.regroup(format_large(whole.volume))}", text)])
        if whole.coins is not None:
            facts.append([("coins ", label), (self.settings.regroup(f"{whole.coins:,}"), text)])
        return facts
