"""The main screen: arranges the panes, hands the state down to them and carries commands to who understands them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Size
from textual.reactive import reactive

from cointicker.engine.actions import LookBack, Refresh, ShowGlobal, Undo, UseWatchlist
from cointicker.engine.commands import Place
from cointicker.engine.looking_away import unread
from cointicker.engine.state import Notice, Snapshot
from cointicker.ui.arrangement import Arrangement, Axis, arrange, whole_table, with_last_row, zen
from cointicker.ui.keymap import Keymap
from cointicker.ui.screens.alerts import AlertMaker, AlertsScreen
from cointicker.ui.screens.coin import CoinCommands, CoinPanel
from cointicker.ui.screens.editing import EditingCommands
from cointicker.ui.screens.feeds import FeedMaker
from cointicker.ui.screens.holdings import HoldingsScreen
from cointicker.ui.screens.mining import MiningScreen
from cointicker.ui.screens.picturing import PicturingCommands
from cointicker.ui.screens.sheet import Sheet
from cointicker.ui.sheets import help_rows
from cointicker.ui.widgets.article import ArticleView
from cointicker.ui.widgets.global_strip import GlobalStrip
from cointicker.ui.widgets.headlines import Headlines
from cointicker.ui.widgets.lines import Kit, Lines
from cointicker.ui.widgets.mining import MiningStrip, wanted_rows
from cointicker.ui.widgets.price_bar import PriceBar
from cointicker.ui.widgets.rule import Rule
from cointicker.ui.widgets.search_box import SearchBox, SearchNote
from cointicker.ui.widgets.status import CommandChosen, StatusLine
from cointicker.ui.widgets.watchlist import WatchlistChosen, WatchlistTable, WidthWanted

if TYPE_CHECKING:
    from cointicker.engine.engine import Engine

TICK_SECONDS = 5.0
"""Ages on the screen are never further behind than this."""


class MainScreen(CoinCommands, EditingCommands, AlertMaker, FeedMaker, PicturingCommands):
    """Bar, watchlist, mining, headlines, coin or article, status line."""

    AUTO_FOCUS = "#headlines"

    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The state to show, bound to the app's."""

    def __init__(self, engine: "Engine", kit: Kit, keymap: Keymap) -> None:
        super().__init__()
        self.engine = engine
        self.kit = kit
        self.keymap = keymap
        self.set_reactive(MainScreen.snapshot, engine.snapshot)
        self.bar = PriceBar(kit, id="bar")
        self.strip = GlobalStrip(kit, id="strip")
        self.watchlist = WatchlistTable(kit, id="watchlist")
        self.mining = MiningStrip(kit, id="mining")
        self.coin = CoinPanel(kit, id="coin")
        self.headlines = Headlines(kit, id="headlines")
        self.article = ArticleView(kit, id="article")
        self.status = StatusLine(kit, keymap, id="status")
        self.search = SearchBox(id="search")
        self.note = SearchNote(kit, id="note")
        self.zen = False
        self._arranged: tuple[object, ...] | None = None

    def compose(self) -> ComposeResult:
        """Every pane, whether the size allows it or not; ``place_panes`` decides."""
        yield self.bar.data_bind(MainScreen.snapshot)
        yield self.strip.data_bind(MainScreen.snapshot)
        with Container(id="body"):
            with Container(id="market"):
                yield self.watchlist.data_bind(MainScreen.snapshot)
                yield self.mining.data_bind(MainScreen.snapshot)
            yield Rule(self.kit, id="rule")
            with Container(id="news"):
                with self.coin:
                    for part in self.coin.parts:
                        yield part.data_bind(MainScreen.snapshot)
                yield self.headlines.data_bind(MainScreen.snapshot)
                yield self.article.data_bind(MainScreen.snapshot)
        with Container(id="searching"):
            yield self.search
            yield self.note
        yield self.status.data_bind(MainScreen.snapshot)

    def on_mount(self) -> None:
        """Arrange for the first time, and let ages grow."""
        self.place_panes()
        self.set_interval(TICK_SECONDS, self.tick)
        self.status.heard = self.hear
        self.follow_searches(self.snapshot)

    def tick(self) -> None:
        """Let every pane that shows an age look at the clock."""
        for lines in self.query(Lines):
            lines.tick()
        self.refresh_chart()
        self.refresh_links()
        self.refresh_searches()

    def on_resize(self) -> None:
        """Arrange for the new size."""
        self.place_panes()

    def watch_snapshot(self, old: Snapshot, new: Snapshot) -> None:
        """Other coins or pools need another arrangement."""
        self.follow(old, new)
        self.place_panes()

    # Arranging

    def place_panes(self) -> None:
        """Show the panes that the size allows, as large as they may be."""
        width, height = self.app.size
        coins = len(self.snapshot.watchlist.coins)
        reading = self.article.display or self.coin_open
        mining_rows, table_width = wanted_rows(self.snapshot.mining), self.watchlist.wanted_width
        wanted = arrange(
            width, height, coins, mining_rows=mining_rows, table_width=table_width, reading=reading,
            bar_rows=self.bar.rows_wanted(width), telling=self.status.notice is not None,
        )  # fmt: skip
        if self.zen and reading and height > 1:
            wanted = zen(wanted)
        if self.whole and not reading:
            wanted = whole_table(wanted)
        if unread(self.snapshot) is not None:
            wanted = with_last_row(wanted, height)
        if height == 1 and self.search.display:
            wanted = replace(wanted, bar=0, news=False)
        if (wanted, self.coin_open, self.search.display) == self._arranged:
            return
        self._arranged = wanted, self.coin_open, self.search.display
        self._place(wanted)
        beside = wanted.watchlist + 1 if wanted.axis is Axis.BESIDE else 0
        self.place_coin(Size(width - beside, height - wanted.rows_around))

    def _place(self, wanted: Arrangement) -> None:
        searching = self.search.display
        self.bar.display = self.article.under_bar = wanted.bar > 0
        self.bar.styles.height = wanted.bar
        self.bar.speak(None if wanted.status else self.tell_in_bar)
        if self.strip.display != wanted.strip:
            self.strip.display = wanted.strip
            self.engine.do(ShowGlobal(wanted.strip))
        self.status.display = wanted.status and not searching
        body, market = self.query_one("#body"), self.query_one("#market")
        body.set_class(wanted.axis is Axis.STACKED, "-stacked")
        body.set_class(wanted.gap, "-gap")
        body.display = wanted.news or wanted.watchlist > 0
        both = wanted.axis in {Axis.BESIDE, Axis.STACKED}
        market.display = both or wanted.axis is Axis.TABLE
        self.query_one("#rule").display = both
        self.query_one("#news").display = wanted.axis is not Axis.TABLE
        market.styles.width = wanted.watchlist if wanted.axis is Axis.BESIDE else "100%"
        market.styles.height = wanted.watchlist if wanted.axis is Axis.STACKED else "100%"
        self.watchlist.styles.height = wanted.table or "1fr"
        self.mining.display = wanted.mining > 0
        self.mining.styles.height = wanted.mining
        self.watchlist.take_form(across=wanted.across, compact=wanted.compact)
        self.headlines.take_form(rows_each=wanted.rows_each, head=wanted.head)
        if wanted.axis is Axis.TABLE:
            self.set_focus(self.watchlist, scroll_visible=False)
        elif body.display and (self.focused is None or (not both and self.focused is self.watchlist)):
            self.set_focus(self.pane, scroll_visible=False)  # a pane that was hidden has lost it

    def tell_in_bar(self) -> Notice | None:
        """What the bar tells where there is no status line."""
        return self.status.notice

    def hear(self) -> None:
        """There is another notice, or none any more."""
        self.place_panes()
        self.bar.refresh()

    @property
    def pane(self) -> Headlines | ArticleView:
        """What stands in the news pane."""
        return self.article if self.article.display else self.headlines

    @property
    def place(self) -> Place:
        """Where the focus is."""
        # A key that is typed before anything could have the focus is meant for what will have it.
        return (self.focused if isinstance(self.focused, Lines) else self.pane).place

    @property
    def panes(self) -> list[Lines]:
        """What can have the focus now, in the order of Tab."""
        panes: list[Lines] = [self.watchlist] if self.query_one("#market").display else []
        if not self.query_one("#news").display:
            return panes
        return [*panes, *([self.chart] if self.coin_open and self.chart.display else []), self.pane]

    # Commands

    def on_key(self, event: events.Key) -> None:
        """A key gives the command that it means where the focus is."""
        if self.focused is self.search:
            self.search.catch_up(event)
            return
        if self.focused is self.article and self.app.screen is self:
            if self.article.take_key(event.key, event.character):
                event.stop()
                event.prevent_default()
                return
            if self.article.finder.active and self.keymap.command(Place.FOUND, event.key, alone=True):
                self.give_key(event, Place.FOUND)
                return
        self.give_key(event, self.place)

    def responders(self) -> Sequence[object | None]:
        """What has the focus, the news pane, this screen, the app; last the watchlist, for what only it understands."""
        return (self.focused, self.pane, self, self.app, self.watchlist)

    def on_command_chosen(self, event: CommandChosen) -> None:
        """A click on the status line."""
        if self.app.screen is self:  # else the first of two clicks has opened something
            self.give("find" if event.name == "search" and self.article.display else event.name)

    def on_width_wanted(self, _: WidthWanted) -> None:
        """Other columns need another arrangement."""
        self.place_panes()

    def on_watchlist_chosen(self, event: WatchlistChosen) -> None:
        """A click on a list's name."""
        self.engine.do(UseWatchlist(event.index))

    def command_next_watchlist(self) -> None:
        """Next watchlist."""
        self.engine.do(UseWatchlist(self.snapshot.active + 1))

    def command_back(self) -> None:
        """Out of the watchlist where it has the whole pane, else as elsewhere."""
        if not self.leave_whole():
            super().command_back()

    def command_quit(self) -> None:
        """The same; from the main screen, quit."""
        if not self.leave_whole():
            super().command_quit()

    def command_refresh(self) -> None:
        """Fetch now."""
        self.engine.do(Refresh())
        self.headlines.ask_anew()

    def command_undo(self) -> None:
        """Take the last mark back."""
        self.engine.do(Undo())
        self.search_again()

    def command_next_pane(self) -> None:
        """Give the focus to the next pane."""
        self._turn_focus(1)

    def command_previous_pane(self) -> None:
        """Give the focus to the pane before."""
        self._turn_focus(-1)

    def _turn_focus(self, step: int) -> None:
        panes = self.panes
        place = panes.index(self.focused) if self.focused in panes else 0
        self.set_focus(panes[(place + step) % len(panes)], scroll_visible=False)

    def command_looked_away(self) -> None:
        """Once more what happened while the person looked away."""
        self.engine.do(LookBack())

    def command_holdings(self) -> None:
        """What is owned and how it does."""
        screen = HoldingsScreen(self.engine, self.kit, self.keymap)
        self.app.push_screen(screen.data_bind(MainScreen.snapshot))

    def command_alerts(self) -> None:
        """What is watched for and what has fired."""
        screen = AlertsScreen(self.engine, self.kit, self.keymap)
        self.app.push_screen(screen.data_bind(MainScreen.snapshot))

    def command_alert_me(self) -> None:
        """An alert for the current coin."""
        self.ask_alert(self.coin_id if self.focused is self.chart else self.watchlist.coin or "")

    def command_mining(self) -> None:
        """All about mining."""
        self.app.push_screen(MiningScreen(self.engine, self.kit, self.keymap))

    def command_help(self) -> None:
        """Help for what has the focus."""
        self.app.push_screen(Sheet(self.kit, self.keymap, "Help", help_rows(self.place, self.keymap.keys)))
