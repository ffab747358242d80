"""What is known of a coin: the day's range, records, supply, cap and where to read more."""

from dataclasses import dataclass
from datetime import datetime

from textual.reactive import reactive
from textual.strip import Strip

from cointicker.domain.market import Quote
from cointicker.engine.state import Snapshot
from cointicker.text.cells import cell_width, pad
from cointicker.text.numbers import (
    CURRENCY_SIGNS,
    UNKNOWN,
    direction,
    format_change,
    format_large,
    format_price,
)
from cointicker.ui.inks import Inks
from cointicker.ui.widgets.lines import Kit, Lines, Piece, Row

PAGE = "https://www.coingecko.com/en/coins/"
"""A coin's page is this and its id."""
_LABEL = 8
_COLUMN = 36
"""Least cells of a column of facts."""
FACTS = 8
_MOST_ROWS = 6


def columns_for(width: int) -> int:
    """Columns of facts side by side."""
    return max(1, min(3, width // _COLUMN))


def facts_rows(width: int) -> int:
    """Rows that all facts take; in one column the last ones are left out."""
    return min(_MOST_ROWS, -(-FACTS // columns_for(width)))


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what stands beside it; pieces that do not fit are left out whole, the last ones first."""

    label: str
    pieces: tuple[Piece, ...]


class CoinFacts(Lines):
    """Facts in as many columns as the width allows."""

    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The state to show."""
    coin: reactive[str] = reactive("", init=False)
    """CoinGecko id."""

    def __init__(self, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(kit, id=id)
        self._air = 0

    def take_rows(self, rows: int, width: int) -> None:
        """Take so many rows; those beyond what the facts need stay empty, the first ones before them."""
        self.styles.height = rows
        self._air = max(0, rows - facts_rows(width)) // 2
        self.refresh()

    def watch_snapshot(self, old: Snapshot, new: Snapshot) -> None:
        """Show what is new."""
        if self.coin:
            self.refresh_changed()

    def watch_coin(self) -> None:
        """Show another coin."""
        self.refresh()

    def draw_blank(self, y: int, width: int) -> Strip:
        """A row of facts."""
        row = self.new_row(width)
        quote = self.snapshot.quotes.get(self.coin)
        if quote is None:
            return row.strip()
        facts = facts_of(quote, self.inks)
        across = columns_for(width)
        rows = facts_rows(width)
        share = width // across
        for column in range(across):
            line = y - self._air
            index = column * rows + line
            if 0 <= line < rows and index < min(len(facts), (column + 1) * rows):
                row.to(column * share).put(" ", self.inks("text"))
                _put_fact(row, facts[index], share - 2, self.inks)
        return row.strip()


def _put_fact(row: Row, fact: Fact, width: int, inks: Inks) -> None:
    row.put(pad(fact.label, _LABEL), inks("label"))
    room = width - _LABEL
    for text, style in fact.pieces:
        room -= cell_width(text)
        if room < 0:
            return
        row.put(text, style)


def facts_of(quote: Quote, inks: Inks) -> tuple[Fact, ...]:
    """Everything that the quote says beyond its price."""
    sign = CURRENCY_SIGNS.get(quote.currency, "")
    text, secondary = inks("text"), inks("secondary")

    def money(amount: float | None) -> Piece:
        return (f"{sign}{format_large(amount)}" if amount is not None else UNKNOWN, text)

    turnover = quote.volume_24h / quote.market_cap if quote.volume_24h and quote.market_cap else None
    return (
        Fact("24h", _range(quote, inks)),
        Fact("ATH", _record(quote.ath, quote.ath_change, quote.ath_at, inks)),
        Fact("ATL", _record(quote.atl, quote.atl_change, quote.atl_at, inks)),
        Fact("cap", (money(quote.market_cap),)),
        Fact("volume", (money(quote.volume_24h), (f"  {turnover:.1%} of cap" if turnover else "", secondary))),
        Fact("supply", _supply(quote, inks)),
        Fact("diluted", (money(quote.fully_diluted),)),
        Fact("page", (("coingecko.com", secondary), (f"/en/coins/{quote.coin_id}", secondary))),
    )


def _range(quote: Quote, inks: Inks) -> tuple[Piece, ...]:
    """Lowest and highest price of the day with the present one between them."""
    low, high = quote.low_24h, quote.high_24h
    if low is None or high is None:
        return ((UNKNOWN, inks("text")),)
    price = quote.price if quote.price is not None else low
    cells = 6
    place = round(max(0.0, min(1.0, (price - low) / (high - low))) * (cells - 1)) if high > low else cells // 2
    return (
        (format_price(low), inks("text")),
        (" " + "─" * place, inks("rule")),
        ("●", inks("accent")),
        ("─" * (cells - 1 - place) + " ", inks("rule")),
        (format_price(high), inks("text")),
    )


def _record(price: float | None, change: float | None, at: float | None, inks: Inks) -> tuple[Piece, ...]:
    if price is None:
        return ((UNKNOWN, inks("text")),)
    digits = 1 if change is not None and abs(change) < 1000 else 0
    pieces: list[Piece] = [(format_price(price), inks("text"))]
    if change is not None:
        pieces.append((f" {format_change(change, digits)}", inks.direction(direction(change))))
    if at is not None:
        pieces.append((datetime.fromtimestamp(at).astimezone().strftime(" %b %Y"), inks("label")))
    return tuple(pieces)


def _supply(quote: Quote, inks: Inks) -> tuple[Piece, ...]:
    pieces: list[Piece] = [(format_large(quote.circulating_supply), inks("text"))]
    most = quote.max_supply or quote.total_supply
    if most is not None:
        word = "of" if quote.max_supply else "issued of"
        pieces.append((f" {word} {format_large(most)}", inks("secondary")))
        if quote.circulating_supply is not None:
            pieces.append((f"  {quote.circulating_supply / most:.0%}", inks("label")))
    return tuple(pieces)
