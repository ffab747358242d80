"""The search desk: headlines and articles of all that is stored, by the language of ``domain.queries``."""

from collections.abc import Mapping

from cointicker.domain.market import CoinName
from cointicker.domain.queries import FindCoins, Query, find_coins, parse_query
from cointicker.engine.board import Board
from cointicker.engine.finding import Found, SearchStore
from cointicker.engine.state import Snapshot

MOST_FOUND = 200
"""Headlines that one search gives."""


class SearchDesk:
    """Reads what a person typed, and looks for it among all that is stored."""

    def __init__(self, store: SearchStore, board: Board) -> None:
        self._store = store
        self._board = board
        self._coins: FindCoins | None = None
        self._coins_of: Mapping[str, object] = {}

    def parse(self, text: str, *, typing: bool = False) -> Query:
        """Read a query; ``typing``: it still grows at its end."""
        snapshot = self._board.snapshot
        if self._coins is None or self._coins_of is not snapshot.quotes:
            self._coins, self._coins_of = find_coins(_names(snapshot)), snapshot.quotes
        return parse_query(text, self._board.clock(), self._coins, typing=typing)

    async def find(self, query: Query, limit: int = MOST_FOUND) -> Found:
        """The newest stored headlines of which a query is true, without those that are muted."""
        return await self._store.find(query, limit) if query else Found()

    async def catch_up(self) -> None:
        """Make ready what was stored and cannot be found quickly yet."""
        await self._store.catch_up()


def _names(snapshot: Snapshot) -> list[CoinName]:
    quotes = snapshot.quotes.values()
    return [CoinName(quote.coin_id, quote.symbol, quote.name, quote.rank) for quote in quotes]
