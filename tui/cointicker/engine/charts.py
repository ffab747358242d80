"""The chart desk: how prices went, from what is stored, else by one call."""

import asyncio
from dataclasses import replace

from cointicker.domain.charts import Chart, Span, from_sparkline, ordered_points, with_history
from cointicker.domain.freshness import Cause, Failed
from cointicker.engine.allowance import Allowance
from cointicker.engine.board import Board
from cointicker.engine.handle import SourceHandle
from cointicker.engine.leasing import in_turn
from cointicker.engine.ports import Store

_HOUR = 3600.0
_GOOD_FOR = {Span.DAY: 300.0, Span.WEEK: _HOUR, Span.MONTH: _HOUR}
"""Seconds that a chart is shown without asking again."""
_LONG_GOOD_FOR = 12 * _HOUR
"""The same for longer spans, whose points are hours or days apart."""

_Key = tuple[str, str, Span]
"""Coin id, currency, span."""
_ELSEWHERE = Failed("Another pane is fetching this chart and is not done yet")


class ChartDesk:
    """Draws from the store first. Points and candles are asked for only when they are wanted and too old."""

    def __init__(self, store: Store, sources: SourceHandle, board: Board, allowance: Allowance) -> None:
        self._store = store
        self._sources = sources
        self._board = board
        self._allowance = allowance
        self._locks: dict[_Key, asyncio.Lock] = {}

    async def stored(self, coin_id: str, span: Span) -> Chart | None:
        """What can be drawn without asking, however old, in the currency in use."""
        currency = self._board.snapshot.currency
        chart = await self._store.chart(coin_id, currency, span)
        if chart is not None:
            return await self._continued(chart)
        return await self._gathered(coin_id, currency, span)

    async def chart(self, coin_id: str, span: Span, *, candles: bool = False) -> Chart | Failed:
        """The chart as new as its span asks for, in the currency in use; ``candles``: with them.

        ``Failed`` where it had to be asked for and could not be; what ``stored`` gives may be drawn meanwhile.
        """
        key = (coin_id, self._board.snapshot.currency, span)
        async with self._locks.setdefault(key, asyncio.Lock()):
            known = await self._store.chart(*key)
            if self._board.snapshot.offline or (known is not None and self._is_new(known, candles=candles)):
                chart = await self._renewed(key, candles=candles)
            else:
                async with in_turn(self._store.leases, f"chart:{coin_id}:{key[1]}:{span.value}") as held:
                    chart = _ELSEWHERE if held is None else await self._renewed(key, candles=candles)
        return await self._continued(chart) if isinstance(chart, Chart) else chart

    def _is_new(self, chart: Chart, *, candles: bool) -> bool:
        times = (chart.fetched_at, chart.candles_at) if candles else (chart.fetched_at,)
        return not any(self._is_old(at, chart.span) for at in times)

    async def _renewed(self, key: _Key, *, candles: bool) -> Chart | Failed:
        """The stored chart, with what is missing of it or too old asked for."""
        known = await self._store.chart(*key)  # another pane may have fetched it while we waited
        chart: Chart | Failed | None = known
        if known is None or self._is_old(known.fetched_at, known.span):
            chart = await self._fetch_points(known, *key)
        if candles and isinstance(chart, Chart) and self._is_old(chart.candles_at, chart.span):
            chart = await self._fetch_candles(chart)
        return chart or _nothing(key[2])

    def _is_old(self, fetched_at: float | None, span: Span) -> bool:
        """A time to come is that of a clock that was wrong."""
        return fetched_at is None or not 0 <= self._board.clock() - fetched_at < _GOOD_FOR.get(span, _LONG_GOOD_FOR)

    async def _fetch_points(self, known: Chart | None, coin_id: str, currency: str, span: Span) -> Chart | Failed:
        if refused := await self._allowance.refusal():
            snapshot = self._board.snapshot
            return Failed(f"this chart is not stored, and {snapshot.why_offline}") if snapshot.offline else refused
        answer = await (await self._sources.get()).market.chart(coin_id, currency, span)
        await self._allowance.note(answer)
        if isinstance(answer, Failed):
            return answer
        if not answer:
            return _nothing(span)
        before = known or Chart(coin_id, currency, span, (), (), 0.0)
        chart = replace(before, points=answer, fetched_at=self._board.clock())
        await self._store.save_chart(chart)
        return chart

    async def _fetch_candles(self, chart: Chart) -> Chart | Failed:
        if refused := await self._allowance.refusal():
            return refused
        answer = await (await self._sources.get()).market.candles(chart.coin_id, chart.currency, chart.span)
        await self._allowance.note(answer)
        if isinstance(answer, Failed):
            return answer
        chart = replace(chart, candles=answer, candles_at=self._board.clock())
        await self._store.save_chart(chart)
        return chart

    async def _continued(self, chart: Chart) -> Chart:
        """The chart with the prices that came since; over a day also with those between its points."""
        last = chart.points[-1].at if chart.points else 0.0
        since = self._board.clock() - chart.span.seconds if chart.span is Span.DAY else last
        found = await self._store.histories((chart.coin_id,), chart.currency, since)
        history = found.get(chart.coin_id)
        return chart if history is None else with_history(chart, history, since)

    async def _gathered(self, coin_id: str, currency: str, span: Span) -> Chart | None:
        """A chart out of the prices that came while the program ran, and of the week that a quote carries.

        ``None`` where they reach over less than half of the span.
        """
        now = self._board.clock()
        quote = self._board.snapshot.quotes.get(coin_id)
        points = from_sparkline(quote) if quote is not None and span is Span.WEEK and quote.currency == currency else ()
        chart = await self._continued(Chart(coin_id, currency, span, points, (), 0.0))
        kept = ordered_points(point for point in chart.points if point.at >= now - span.seconds)
        if len(kept) < 2 or kept[0].at > now - span.seconds / 2:
            return None
        return replace(chart, points=kept, fetched_at=min(now, kept[-1].at))


def _nothing(span: Span) -> Failed:
    return Failed(f"There are no prices of this coin over {span.value}", cause=Cause.MISSING)
