"""What happened while the person looked away: how far prices went, what is new, and what alerts told of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cointicker.domain.alerts import Firing
from cointicker.engine.absence import Absence
from cointicker.engine.board import Board
from cointicker.engine.state import Snapshot

WORTH_TELLING = 60.0
"""Seconds that a person must have looked away."""
_SMALLEST_MOVE = 0.005
"""Percent, either way; less rounds to nothing."""


@dataclass(frozen=True, slots=True)
class LookedAway:
    """What happened since a person looked away."""

    seconds: float
    """How long they did."""
    moves: tuple[tuple[str, float], ...] = ()
    """Coin id and percent, the furthest first; those of the watchlist in use that moved at all."""
    headlines: int = 0
    """Stories that nobody had told before."""
    firings: tuple[Firing, ...] = ()
    """Of alerts, the last first."""

    def __bool__(self) -> bool:
        """Whether anything happened."""
        return bool(self.moves or self.headlines or self.firings)


def happened(absence: Absence, snapshot: Snapshot) -> LookedAway:
    """What happened, by what is known now: prices that come in after the person is back count too."""
    moves = []
    for coin in snapshot.watchlist.coins:
        quote, before = snapshot.quotes.get(coin), absence.prices.get(coin)
        if quote is None or quote.price is None or not before or snapshot.currency != absence.currency:
            continue
        percent = (quote.price / before - 1) * 100
        if abs(percent) >= _SMALLEST_MOVE:
            moves.append((coin, percent))
    moves.sort(key=lambda move: -abs(move[1]))
    new = sum(min(each.first_seen for each in story.headlines) > absence.left_at for story in snapshot.stories)
    fired = (firing for firing in reversed(snapshot.firings) if firing.noticed_at > absence.left_at)
    return LookedAway(absence.back_at - absence.left_at, tuple(moves), new, tuple(fired))


def unread(snapshot: Snapshot) -> LookedAway | None:
    """What there is to tell, until the person has read it."""
    absence = snapshot.absence
    return happened(absence, snapshot) or None if absence is not None and absence.shown else None


class Lookout:
    """Remembers how things were when the person looked away; tells it when they are back, until it was read."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._left: Absence | None = None

    def leave(self) -> None:
        """The person looks away."""
        snapshot, now = self._board.snapshot, self._board.clock()
        if self._left is None:
            self._left = Absence(now, now, snapshot.currency, _prices(snapshot))

    def come_back(self) -> None:
        """The person looks again."""
        left, self._left, now = self._left, None, self._board.clock()
        if left is not None and now - left.left_at >= WORTH_TELLING:
            self._board.publish(absence=replace(left, back_at=now))

    def dismiss(self) -> None:
        """The person has read it."""
        self._show(shown=False)

    def recall(self) -> None:
        """Show it again."""
        absence = self._board.snapshot.absence
        if absence is None or not happened(absence, self._board.snapshot):
            self._board.tell("nothing has happened while you looked away")
        self._show(shown=True)

    def _show(self, *, shown: bool) -> None:
        absence = self._board.snapshot.absence
        if absence is not None and absence.shown is not shown:
            self._board.publish(absence=replace(absence, shown=shown))


def _prices(snapshot: Snapshot) -> Mapping[str, float]:
    return {coin: quote.price for coin, quote in snapshot.quotes.items() if quote.price is not None}
