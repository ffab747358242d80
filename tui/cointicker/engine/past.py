"""The desk of the past: how prices went before anybody looked, so that headlines of then tell how far coins moved."""

from collections.abc import Sequence
from functools import partial

from cointicker.domain.charts import Chart, ChartPoint, Span
from cointicker.domain.confirm import sampled_at
from cointicker.domain.freshness import Cause, Failed
from cointicker.engine.allowance import Allowance
from cointicker.engine.board import Board
from cointicker.engine.errands import Errand, Keep
from cointicker.engine.handle import SourceHandle
from cointicker.engine.moves import Moves
from cointicker.engine.ports import Store

_EVERY = 60.0
"""Seconds between two calls, a floor that the budget widens. A call is one coin's, and is made once."""
_FINE = 23 * 3600.0
"""Seconds that the points reach back which are a few minutes apart; before that they are an hour apart."""
_COMPARED = 600.0
"""Seconds between a point and a quote that should be about the same."""
_FAR_OFF = 1.15
"""How many times one may be the other; servers that are like CoinGecko may mix what they have from elsewhere."""
_UNHEARD_OF = 6 * 3600.0
"""Seconds until a coin is asked for again of which the source told nothing."""


class PastDesk:
    """Fills gaps in the stored history of coins that new headlines name, one call a coin; all panes have it then."""

    def __init__(self, store: Store, sources: SourceHandle, board: Board, allowance: Allowance, moves: Moves) -> None:
        self._store = store
        self._sources = sources
        self._board = board
        self._allowance = allowance
        self._moves = moves
        self._errands: dict[str, Errand] = {}
        self._asked: dict[tuple[str, str, Span], float] = {}
        """Coin, currency, span → until when (Unix seconds) all that the source knows is known here."""

    def due_at(self) -> float:
        """When the next call is due, Unix seconds; never while nothing is missing."""
        if self._gap() is None:
            return float("inf")
        return self._errand(self._board.snapshot.currency).due_at(self._interval())

    async def refresh(self) -> None:
        """Make one call if one is due and something is missing."""
        gap, currency = self._gap(), self._board.snapshot.currency
        if gap is None or self._board.snapshot.demo or await self._is_stored(*gap, currency):
            return
        coin_id, span = gap

        async def fetch() -> Failed | Keep:
            answer = await (await self._sources.get()).market.chart(coin_id, currency, span)
            if isinstance(answer, Failed) and answer.cause is not Cause.MISSING:
                return answer
            points = () if isinstance(answer, Failed) or self._differs(coin_id, currency, answer) else answer
            return partial(self._keep, coin_id, currency, span, points)

        await self._errand(currency).run(self._interval(), fetch)

    def _differs(self, coin_id: str, currency: str, points: Sequence[ChartPoint]) -> bool:
        """Whether the newest points are so far from the quote that one of the two cannot be right."""
        quote = self._board.snapshot.quotes.get(coin_id)
        if quote is None or quote.price is None or quote.currency != currency or not points:
            return False
        last = max(points, key=lambda point: point.at)
        if abs(last.at - sampled_at(quote)) > _COMPARED or not last.price > 0:
            return False
        return not 1 / _FAR_OFF < quote.price / last.price < _FAR_OFF

    def _gap(self) -> tuple[str, Span] | None:
        """The coin, and how far back, of the newest headline that cannot tell a move."""
        now, currency = self._board.clock(), self._board.snapshot.currency
        for coin_id, at in self._moves.gaps:
            span = Span.DAY if now - at < _FINE else Span.WEEK
            if at > self._asked.get((coin_id, currency, span), 0.0):
                return coin_id, span
        return None

    async def _is_stored(self, coin_id: str, span: Span, currency: str) -> bool:
        """Whether a chart that was fetched for something else, or by another pane, fills the gap; it does so then."""
        chart = await self._store.chart(coin_id, currency, span)
        newest = max((at for coin, at in self._moves.gaps if coin == coin_id), default=float("inf"))
        if chart is None or chart.fetched_at < newest:
            return False
        await self._take(coin_id, currency, span, chart.points, chart.fetched_at)
        return True

    async def _keep(self, coin_id: str, currency: str, span: Span, points: Sequence[ChartPoint]) -> None:
        now = self._board.clock()
        if points:
            known = await self._store.chart(coin_id, currency, span)
            candles, candles_at = (known.candles, known.candles_at) if known is not None else ((), None)
            await self._store.save_chart(Chart(coin_id, currency, span, tuple(points), candles, now, candles_at))
        await self._take(coin_id, currency, span, points, now if points else now + _UNHEARD_OF)

    async def _take(self, coin_id: str, currency: str, span: Span, points: Sequence[ChartPoint], until: float) -> None:
        """Put points into the history, and show what they tell if the currency is still in use."""
        self._asked[coin_id, currency, span] = until
        await self._store.save_prices(coin_id, currency, [(point.at, point.price) for point in points])
        if self._board.snapshot.currency == currency:
            self._moves.look_again(coin_id)
            await self._moves.show(self._board.snapshot.stories)

    def _errand(self, currency: str) -> Errand:
        if currency not in self._errands:
            self._errands[currency] = Errand(f"past:{currency}", self._store, self._board, self._allowance)
        return self._errands[currency]

    def _interval(self) -> float:
        return self._allowance.pacing.extra_interval(_EVERY)
