"""A coin that an article names, with its price as it is now: in the head of the article and in its text."""

from dataclasses import dataclass

from rich.style import Style

from cointicker.domain.market import move
from cointicker.domain.reading import Mentioned
from cointicker.engine.state import Snapshot
from cointicker.text.cells import cell_width
from cointicker.text.numbers import UNKNOWN, direction, format_change
from cointicker.ui.inks import Inks
from cointicker.ui.quotes import look_of

Piece = tuple[str, Style]


@dataclass(frozen=True, slots=True)
class ChipMaker:
    """Makes chips for one article; a chip is made anew for every state."""

    inks: Inks
    snapshot: Snapshot
    now: float
    """Unix seconds."""
    headline_id: str
    mentioned: Mentioned

    def since(self, coin_id: str) -> float | None:
        """Percent since the article was published; ``None`` where that is not known."""
        told = self.snapshot.moves.get((self.headline_id, coin_id))
        if told is not None:
            return told
        quote = self.snapshot.quotes.get(coin_id)
        if quote is None or quote.currency != self.mentioned.currency:
            return None
        return move(self.mentioned.prices.get(coin_id), quote.price)

    def is_priced(self, coin_id: str) -> bool:
        """Whether there is a price to show."""
        quote = self.snapshot.quotes.get(coin_id)
        return quote is not None and quote.price is not None

    def in_head(self, coin_id: str) -> list[Piece]:
        """``BTC 88,349.00 ▲0.30% since``."""
        look, change = look_of(coin_id, self.snapshot, self.now), self.since(coin_id)
        pieces = [(look.symbol, self.inks("text", attributes="bold"))]
        pieces.append((f" {look.price}", self.inks("label" if look.age or look.price == UNKNOWN else "text")))
        if look.age:
            pieces.append((f" {look.age}", self.inks("label")))
        if change is None:
            return pieces
        return [*pieces, (f" {self._told(change)} since", self.inks.direction(direction(change)))]

    def in_text(self, coin_id: str, *, short: bool) -> list[Piece]:
        """The same on a ground of its own, without the symbol where that is the word; ``short``: the move alone."""
        if not self.is_priced(coin_id):
            return []
        look, change = look_of(coin_id, self.snapshot, self.now), self.since(coin_id)
        parts: list[Piece] = []
        if look.symbol.upper() != self.mentioned.named.get(coin_id, "").lstrip("$").upper():
            parts.append((look.symbol, self.inks("label", "bar")))
        if not short or change is None:
            parts.append((look.price, self.inks("label" if look.age else "secondary", "bar")))
        if change is not None:
            parts.append((self._told(change), self.inks.direction(direction(change), "bar")))
        blank: Piece = (" ", self.inks("text", "bar"))
        return [piece for part in parts for piece in (blank, part)] + [blank]

    def _told(self, change: float) -> str:
        return self.snapshot.settings.ui.regroup(format_change(change))


def cells_of(pieces: list[Piece]) -> int:
    """Cells that pieces take."""
    return sum(cell_width(text) for text, _ in pieces)
