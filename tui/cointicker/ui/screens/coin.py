"""The coin's screen: chart and facts over the headlines of the coin that they are filtered by."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Container
from textual.geometry import Size

from cointicker.domain.charts import Chart, Span
from cointicker.domain.freshness import Failed
from cointicker.engine.state import Snapshot
from cointicker.text.numbers import format_price
from cointicker.ui.arrangement import LOW
from cointicker.ui.coin_arrangement import CoinRooms, share_rooms
from cointicker.ui.quotes import symbol_of
from cointicker.ui.screens.coin_links import CoinLinkCommands
from cointicker.ui.screens.sheet import Sheet, SheetRow
from cointicker.ui.widgets.chart import (
    ChartView,
    CompareChosen,
    FormChosen,
    NothingMarked,
    SpanChosen,
)
from cointicker.ui.widgets.chart_readout import Shown
from cointicker.ui.widgets.coin_facts import CoinFacts
from cointicker.ui.widgets.coin_head import CoinHead
from cointicker.ui.widgets.headlines import FilterChanged
from cointicker.ui.widgets.lines import Kit
from cointicker.ui.widgets.price_bar import CoinChosen
from cointicker.ui.words import failed_words

if TYPE_CHECKING:
    from cointicker.ui.widgets.watchlist import WatchlistTable

_CHART_AGES = {Span.DAY: 300.0, Span.WEEK: 1800.0, Span.MONTH: 3600.0}
"""Seconds after which a chart that stays open is asked for again; the engine knows what it costs."""
_LONG_AGE = 6 * 3600.0


class CoinPanel(Container):
    """Head, chart and facts of one coin."""

    DEFAULT_CSS = "CoinPanel { height: auto; layout: vertical; display: none; }"

    def __init__(self, kit: Kit, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.head = CoinHead(kit, id="coin-head")
        self.chart = ChartView(kit, id="chart")
        self.facts = CoinFacts(kit, id="coin-facts")

    @property
    def parts(self) -> tuple[CoinHead, ChartView, CoinFacts]:
        """From top to bottom."""
        return self.head, self.chart, self.facts

    def take_rooms(self, rooms: CoinRooms, width: int) -> None:
        """Give each part its rows."""
        self.head.styles.height = rooms.head
        self.chart.styles.height = rooms.chart
        self.chart.display = rooms.chart > 0
        self.facts.display = rooms.facts > 0
        self.facts.take_rows(rooms.facts, width)


class CoinCommands(CoinLinkCommands):
    """What a person does with one coin: look at its chart, compare it, leave it."""

    if TYPE_CHECKING:
        coin: CoinPanel
        watchlist: WatchlistTable
        snapshot: Snapshot

    _asked_at = float("-inf")
    _retry_at: float | None = None
    """When a chart that was refused may be asked for again, Unix seconds."""
    _from_watchlist = False
    """The coin was picked in the watchlist, which has the focus again afterwards."""

    @property
    def chart(self) -> ChartView:
        """The chart."""
        return self.coin.chart

    @property
    def coin_id(self) -> str:
        """The coin whose screen is open; empty: none."""
        return self.headlines.river.filter.coin

    @property
    def coin_open(self) -> bool:
        """Whether the coin stands in the news pane, rather than the headlines alone or an article."""
        return bool(self.coin_id) and not self.article.display and self.app.size.height > LOW

    def place_coin(self, pane: Size) -> None:
        """Show or hide the parts in a news pane of so many cells."""
        self.coin.display = self.coin_open
        if self.coin.display:
            rooms = share_rooms(pane.width, pane.height)
            self.coin.take_rooms(rooms, pane.width)
            self.headlines.take_form(rows_each=rooms.rows_each, head=1)

    # Coming and going

    def on_coin_chosen(self, event: CoinChosen) -> None:
        """Open a coin, or close it when it is open already."""
        wanted = self.headlines.river.filter
        again = wanted.coin == event.coin_id
        self.leave_for(event.coin_id)
        if not again:
            self._from_watchlist = self.focused is self.watchlist
        if self._close_article() and again:
            self.set_focus(self.chart, scroll_visible=False)
            return
        self.headlines.set_filter(wanted.put(coin="" if again else event.coin_id))

    def on_filter_changed(self, event: FilterChanged) -> None:
        """The screen is open while the headlines are those of a coin."""
        coin = event.filter.coin
        self.forget_left(coin)
        self.watchlist.only = coin
        if coin == self.chart.shown.coin_id:
            return
        self.coin.head.coin = self.coin.facts.coin = coin
        self.show_links(coin)
        shown = self.chart.shown
        other = shown.other_id if shown.other_id != coin else ""
        had_focus = self.focused is self.chart
        self.chart.show(replace(shown, coin_id=coin, chart=None, why="", other_id=other, other=None))
        if not coin and not self.article.display:
            self.zen = False
        self.place_panes()
        if self.coin_open:
            self.set_focus(self.chart, scroll_visible=False)
            self._fetch_chart()
        elif had_focus:
            self.set_focus(self.watchlist if self._from_watchlist else self.headlines, scroll_visible=False)

    def command_back(self) -> None:
        """First off the chart's crosshair."""
        if self.focused is self.chart and self.chart.cross is not None:
            self.chart.put_cross(None)
        else:
            super().command_back()

    def command_quit(self) -> None:
        """Out of the coin; from the list of all headlines, quit."""
        if self.coin_open and not self.article.display:
            self.command_back()
        else:
            super().command_quit()

    def command_zen(self) -> None:
        """Give the coin the whole pane, or take it back."""
        if self.coin_open:
            self.zen = not self.zen
            self.place_panes()
        else:
            super().command_zen()

    def command_next_coin(self) -> None:
        """The next coin of the list."""
        self._turn_coin(1)

    def command_previous_coin(self) -> None:
        """The coin before."""
        self._turn_coin(-1)

    def _turn_coin(self, step: int) -> None:
        coins = self.snapshot.watchlist.coins
        if not coins:
            return
        place = coins.index(self.coin_id) + step if self.coin_id in coins else 0
        index = place % len(coins)
        self.watchlist.move_to(index)
        self.headlines.set_filter(self.headlines.river.filter.put(coin=coins[index]))

    # The chart

    def follow(self, old: Snapshot, new: Snapshot) -> None:
        """Prices in another currency need another chart."""
        super().follow(old, new)
        if old.currency != new.currency and self.coin_id:
            self.chart.show(replace(self.chart.shown, chart=None, other=None, why=""))
            self._fetch_chart()

    def refresh_chart(self) -> None:
        """Ask again for a chart that has been open for long."""
        shown = self.chart.shown
        age = self.kit.clock() - self._asked_at
        refused = self._retry_at is not None and self.kit.clock() >= self._retry_at
        if self.coin_open and (refused or age > _CHART_AGES.get(shown.span, _LONG_AGE)):
            self._fetch_chart()

    def _fetch_chart(self) -> None:
        self._asked_at = self.kit.clock()
        self._retry_at = None
        shown = self.chart.shown
        self.run_worker(self._bring_all(shown), group="chart", exclusive=True, exit_on_error=False)

    async def _bring_all(self, shown: Shown) -> None:
        await self._bring(shown.coin_id, shown.span, self._take)
        if shown.other_id:
            await self._bring(shown.other_id, shown.span, self._take_other)
        self.refresh_links()

    async def _bring(self, coin_id: str, span: Span, take: Callable[[str, Span, Chart | Failed], None]) -> None:
        """Show what is stored at once, then what is new."""
        stored = await self.engine.stored_chart(coin_id, span)
        if stored is not None:
            take(coin_id, span, stored)
        candles = self.chart.shown.as_candles
        take(coin_id, span, await self.engine.chart(coin_id, span, candles=candles))

    def _take(self, coin_id: str, span: Span, answer: Chart | Failed) -> None:
        """An answer that nobody waits for any more is dropped."""
        shown = self.chart.shown
        if (shown.coin_id, shown.span) != (coin_id, span):
            return
        if isinstance(answer, Failed):
            self._retry_at = answer.retry_at
            self.chart.show(replace(shown, why=failed_words(answer)))
        elif answer.currency == self.snapshot.currency:
            self.chart.show(replace(shown, chart=answer, why=""))

    def _take_other(self, coin_id: str, span: Span, answer: Chart | Failed) -> None:
        shown = self.chart.shown
        if (shown.other_id, shown.span) != (coin_id, span):
            return
        if isinstance(answer, Failed):
            self._retry_at = answer.retry_at
            self._say(f"no chart of {symbol_of(coin_id, self.snapshot)}: {failed_words(answer)}")
        elif answer.currency == self.snapshot.currency:
            self.chart.show(replace(shown, other=answer))

    def _use_span(self, span: Span) -> None:
        if self.coin_open and span is not self.chart.shown.span:
            self.chart.show(replace(self.chart.shown, span=span, chart=None, other=None, why=""))
            self._fetch_chart()

    def on_span_chosen(self, event: SpanChosen) -> None:
        """A click on a span."""
        self._use_span(event.span)

    def command_span_24h(self) -> None:
        """A day."""
        self._use_span(Span.DAY)

    def command_span_7d(self) -> None:
        """A week."""
        self._use_span(Span.WEEK)

    def command_span_30d(self) -> None:
        """A month."""
        self._use_span(Span.MONTH)

    def command_span_90d(self) -> None:
        """A quarter."""
        self._use_span(Span.QUARTER)

    def command_span_1y(self) -> None:
        """A year."""
        self._use_span(Span.YEAR)

    def command_span_max(self) -> None:
        """All there is."""
        self._use_span(Span.MAX)

    def command_candles(self) -> None:
        """Line or candles."""
        shown = self.chart.shown
        if shown.other_id:
            self._say("two coins are compared as lines; x takes the second away")
        elif self.coin_open:
            self.chart.show(replace(shown, as_candles=not shown.as_candles))
            self._fetch_chart()

    def on_form_chosen(self, event: FormChosen) -> None:
        """A click on the form."""
        self.command_candles()

    def command_compare(self) -> None:
        """Lay another coin over the chart, or take it away."""
        shown = self.chart.shown
        if shown.other_id:
            self.chart.show(replace(shown, other_id="", other=None))
            return
        coins = [coin for coin in self._comparable if coin != shown.coin_id]
        rows = [self._coin_row(coin) for coin in coins]

        def chosen(index: int | None) -> None:
            if index is not None:
                self.chart.show(replace(self.chart.shown, other_id=coins[index], other=None))
                self._fetch_chart()

        self.app.push_screen(Sheet(self.kit, self.keymap, "Compare with", rows), chosen)

    @property
    def _comparable(self) -> list[str]:
        """The coins of all lists, those of the one in use first."""
        lists = (self.snapshot.watchlist, *self.snapshot.watchlists)
        return list(dict.fromkeys(coin for watchlist in lists for coin in watchlist.coins))

    def _coin_row(self, coin_id: str) -> SheetRow:
        quote = self.snapshot.quotes.get(coin_id)
        price = self.snapshot.settings.ui.regroup(format_price(quote.price)) if quote is not None else ""
        name = quote.name if quote is not None else coin_id
        return SheetRow(name, price, label=symbol_of(coin_id, self.snapshot), chosen=True)

    def on_compare_chosen(self, event: CompareChosen) -> None:
        """A click on the second coin."""
        self.command_compare()

    def on_nothing_marked(self, event: NothingMarked) -> None:
        """Enter on the chart opens the current headline where none is marked."""
        self.headlines.command_open()
