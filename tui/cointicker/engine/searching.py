"""The search desk: headlines and articles of all that is stored, by the language of ``domain.queries``."""

from collections.abc import Mapping
from dataclasses import replace

from cointicker.domain.market import CoinName
from cointicker.domain.news import Story
from cointicker.domain.queries import FindCoins, Query, find_coins, parse_query
from cointicker.engine.board import Board
from cointicker.engine.finding import Found, Hit, SearchStore
from cointicker.engine.marking import places_of
from cointicker.engine.news import NewsDesk
from cointicker.engine.state import Snapshot

MOST_FOUND = 200
"""Headlines that one search gives."""


class SearchDesk:
    """Reads what a person typed, and looks for it among all that is stored."""

    def __init__(self, store: SearchStore, board: Board, news: NewsDesk) -> None:
        self._store = store
        self._board = board
        self._news = news
        self._last: tuple[Hit, ...] = ()
        self._coins: FindCoins | None = None
        self._coins_of: Mapping[str, object] = {}

    def parse(self, text: str, *, typing: bool = False) -> Query:
        """Read a query; ``typing``: it still grows at its end."""
        snapshot = self._board.snapshot
        if self._coins is None or self._coins_of is not snapshot.quotes:
            self._coins, self._coins_of = find_coins(_names(snapshot)), snapshot.quotes
        return parse_query(text, self._board.clock(), self._coins, typing=typing)

    async def find(self, query: Query, limit: int = MOST_FOUND) -> Found:
        """The newest stored headlines of which a query is true, without what is muted or of feeds that are no more."""
        found = await self._store.find(query, limit) if query else Found()
        configured = {feed.url for feed in self._board.snapshot.settings.news.feeds}
        word_for = self._news.muting.word_for
        self._last = tuple(
            hit
            for hit in found.hits
            if hit.headline.starred or (hit.headline.feed_url in configured and not word_for(hit.headline))
        )
        return replace(found, hits=self._last)

    @property
    def stories(self) -> tuple[Story, ...]:
        """All that a person may see: the stories of the snapshot, and what was found last beside them."""
        stories = self._board.snapshot.stories
        found = {hit.headline.headline_id: hit.headline for hit in self._last}
        for place in places_of(stories, found.keys()):
            for headline in stories[place].headlines:
                found.pop(headline.headline_id, None)
        return (*stories, *map(Story, found.values()))

    async def catch_up(self) -> None:
        """Make ready what was stored and cannot be found quickly yet."""
        await self._store.catch_up()


def _names(snapshot: Snapshot) -> list[CoinName]:
    quotes = snapshot.quotes.values()
    return [CoinName(quote.coin_id, quote.symbol, quote.name, quote.rank) for quote in quotes]
