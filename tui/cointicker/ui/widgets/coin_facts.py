"""What is known of a coin: the day's range, records, supply, cap and where to read more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from textual import events
from textual.reactive import reactive
from textual.strip import Strip

from cointicker.domain.links import CoinLink, LinkKind
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
from cointicker.text.safe import shown_host
from cointicker.ui.inks import Inks
from cointicker.ui.widgets.article_messages import LinkChosen
from cointicker.ui.widgets.lines import Kit, Lines, Piece, Row

_PAGE = "https://www.coingecko.com/en/coins/"
_LABEL = 8
_COLUMN = 36
"""Least cells of a column of facts."""
FACTS = 8
_MOST_ROWS = 6


def page_of(coin_id: str) -> str:
    """The address of a coin's page at CoinGecko."""
    return f"{_PAGE}{coin_id}"


def columns_for(width: int) -> int:
    """Columns of facts side by side."""
    return max(1, min(3, width // _COLUMN))


def facts_rows(width: int) -> int:
    """Rows that all facts take; in one column the last ones are left out."""
    return min(_MOST_ROWS, -(-FACTS // columns_for(width)))


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what stands beside it. Pieces that do not fit are left out whole; unless they are links, the last
    ones first."""

    label: str
    pieces: tuple[Piece, ...]
    addresses: tuple[str, ...] = ()
    """Where a click on each piece leads; empty: nowhere."""


class CoinFacts(Lines):
    """Facts in as many columns as the width allows."""

    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The state to show."""
    coin: reactive[str] = reactive("", init=False)
    """CoinGecko id."""
    links: reactive[tuple[CoinLink, ...]] = reactive((), init=False)
    """The coin's own."""

    def __init__(self, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(kit, id=id)
        self._air = 0
        self._spots: dict[int, list[tuple[int, int, str]]] = {}
        """Row → where links begin and end in it, and where they lead."""

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

    def watch_links(self) -> None:
        """Show the links."""
        self.refresh_changed()

    def on_click(self, event: events.Click) -> None:
        """A click on a link follows it."""
        for start, end, url in self._spots.get(event.y, ()):
            if start <= event.x < end:
                self.post_message(LinkChosen(url))

    def draw_blank(self, y: int, width: int) -> Strip:
        """A row of facts."""
        row = self.new_row(width)
        self._spots[y] = []
        quote = self.snapshot.quotes.get(self.coin)
        if quote is None:
            return row.strip()
        facts = (*facts_of(quote, self.inks, self.settings.regroup), links_of(self.coin, self.links, self.inks))
        across = columns_for(width)
        rows = facts_rows(width)
        share = width // across
        for column in range(across):
            line = y - self._air
            index = column * rows + line
            if 0 <= line < rows and index < min(len(facts), (column + 1) * rows):
                row.to(column * share).put(" ", self.inks("text"))
                self._spots[y] += _put_fact(row, facts[index], share - 2, self.inks)
        return row.strip()


def _put_fact(row: Row, fact: Fact, width: int, inks: Inks) -> list[tuple[int, int, str]]:
    """Where the links in it begin and end, and where they lead."""
    spots: list[tuple[int, int, str]] = []
    row.put(pad(fact.label, _LABEL), inks("label"))
    room = width - _LABEL
    for place, (text, style) in enumerate(fact.pieces):
        address = fact.addresses[place] if fact.addresses else ""
        taken = cell_width(text.rstrip())
        if taken > room and not address:
            break
        if taken <= room:
            spots += [(row.used, row.used + taken, address)] if address else []
            room -= cell_width(text)
            row.put(text, style)
    return spots


def facts_of(quote: Quote, inks: Inks, regroup: Callable[[str], str] = str) -> tuple[Fact, ...]:
    """Everything that the quote says beyond its price; ``regroup`` sets the thousands of a number apart."""
    sign = CURRENCY_SIGNS.get(quote.currency, "")
    text, secondary = inks("text"), inks("secondary")

    def money(amount: float | None) -> Piece:
        return (f"{sign}{format_large(amount)}" if amount is not None else UNKNOWN, text)

    turnover = quote.volume_24h / quote.market_cap if quote.volume_24h and quote.market_cap else None
    facts = (
        Fact("24h", _range(quote, inks)),
        Fact("ATH", _record(quote.ath, quote.ath_change, quote.ath_at, inks)),
        Fact("ATL", _record(quote.atl, quote.atl_change, quote.atl_at, inks)),
        Fact("cap", (money(quote.market_cap),)),
        Fact("volume", (money(quote.volume_24h), (f"  {turnover:.1%} of cap" if turnover else "", secondary))),
        Fact("supply", _supply(quote, inks)),
        Fact("diluted", (money(quote.fully_diluted),)),
    )
    return tuple(Fact(fact.label, tuple((regroup(words), ink) for words, ink in fact.pieces)) for fact in facts)


def links_of(coin_id: str, links: Sequence[CoinLink], inks: Inks) -> Fact:
    """One host for each kind of link, last the one where the coin's page is."""
    first = {link.kind: link.url for link in reversed(links)}
    hosts: dict[str, str] = {}
    for url in (*(first[kind] for kind in LinkKind if kind in first), page_of(coin_id)):
        hosts.setdefault(shown_host(url), url)
    return Fact("links", tuple((f"{host}  ", inks("secondary")) for host in hosts), tuple(hosts.values()))


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
