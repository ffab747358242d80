"""The commands that make a watchlist a person's own: its coins, their order, its columns, the lists themselves."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.screen import Screen

from cointicker.domain.market import Watchlist
from cointicker.domain.rules import parse_rule
from cointicker.engine.actions import (
    DeleteList,
    KeepCurrency,
    MoveCoin,
    NewList,
    RemoveCoin,
    RenameList,
    SendCoin,
    SetAlias,
    SetSort,
    UseWatchlist,
)
from cointicker.engine.commands import BY_NAME, key_sign
from cointicker.engine.state import Notice, Snapshot
from cointicker.text.safe import clean
from cointicker.ui.quotes import symbol_of
from cointicker.ui.screens.choosers import OWN_ORDER, CurrencyPicker, SortPicker
from cointicker.ui.screens.columns import ColumnsScreen
from cointicker.ui.screens.commanded import Commanded
from cointicker.ui.screens.form import Field, Form
from cointicker.ui.screens.search import SearchScreen
from cointicker.ui.screens.sheet import Sheet, SheetRow
from cointicker.ui.sorting import next_sort, sort_of, turn_sort
from cointicker.ui.widgets.reordering import Refused
from cointicker.ui.widgets.watchlist import CoinMenuWanted, CoinMoved, ListMenuWanted, SortChosen

if TYPE_CHECKING:
    from cointicker.engine.engine import Engine
    from cointicker.ui.widgets.lines import Kit
    from cointicker.ui.widgets.status import StatusLine
    from cointicker.ui.widgets.watchlist import WatchlistTable

_RULES = "top 50 · gainers · losers · trending · category:ID, such as category:meme-token"
_OF_A_COIN = ("open", "alert_me", "alias", "send_coin", "item_up", "item_down", "remove_coin")
"""What can be done with a coin, for its menu."""


class EditingCommands(Commanded, Screen[None]):
    """What a person does with watchlists."""

    if TYPE_CHECKING:
        engine: Engine
        kit: Kit
        watchlist: WatchlistTable
        status: StatusLine

        def place_panes(self) -> None: ...

    recent_currencies: tuple[str, ...] = ()
    """Those that were in use in this run, the last first."""
    whole = False
    """The watchlist has the whole pane while nothing is read."""

    def _tell(self, text: str) -> None:
        self.status.tell(Notice(0, text))

    def _sheet(self, title: str, rows: Sequence[SheetRow], then: Sequence[Callable[[], None] | None]) -> None:
        """Rows to choose from, and what each does."""

        def chosen(index: int | None) -> None:
            work = then[index] if index is not None else None
            if work is not None:
                work()

        self.app.push_screen(Sheet(self.kit, self.keymap, title, rows), chosen)

    # Coins

    def command_add_coin(self) -> None:
        """Search coins and add them."""
        state = self.engine.snapshot
        own = [each.name for each in (state.watchlist, *state.watchlists) if not each.rule]
        if own:
            self.app.push_screen(SearchScreen(self.engine, self.kit, own[0]))
        else:
            self._tell("every list fills itself by a rule: make one of your own first")

    def command_remove_coin(self) -> None:
        """Take the current coin out of the list."""
        if self.watchlist.coin is not None:
            self.engine.do(RemoveCoin(self.watchlist.coin))

    def on_coin_moved(self, event: CoinMoved) -> None:
        """Keep the new order."""
        self.engine.do(MoveCoin(event.coin_id, event.to_index))

    def on_refused(self, event: Refused) -> None:
        """Say why nothing moves."""
        self._tell(event.why)

    def command_alias(self) -> None:
        """Give the current coin a name of one's own."""
        coin, state = self.watchlist.coin, self.engine.snapshot
        if coin is None:
            return
        quote = state.quotes.get(coin)
        field = Field("alias", "call it", state.settings.aliases.get(coin, ""), quote.symbol if quote else coin)
        note = "At most 12 cells; empty: its symbol again. Enter saves · Esc leaves it"
        form = Form(self.kit, f"Your own name for {quote.name if quote else coin}", [field], lambda _: "", note)

        def named(typed: Mapping[str, str] | None) -> None:
            if typed is not None:
                self.engine.do(SetAlias(coin, clean(typed["alias"])))

        self.app.push_screen(form, named)

    def command_send_coin(self) -> None:
        """Send the current coin to another list."""
        coin, state = self.watchlist.coin, self.engine.snapshot
        others = [each for each in state.watchlists if not each.rule and each != state.watchlist]
        if coin is None:
            return
        if not others:
            self._tell("there is no other list of your own")
            return
        rows = [SheetRow(each.name, _list_words(each), chosen=True) for each in others]
        then = [partial(self.engine.do, SendCoin(coin, each.name)) for each in others]
        self._sheet(f"Send {symbol_of(coin, state)} to", rows, then)

    def on_coin_menu_wanted(self, event: CoinMenuWanted) -> None:
        """What can be done with a coin."""
        state = self.engine.snapshot
        rows, then = [], []
        for name in _OF_A_COIN:
            keys = self.keymap.keys.get(name)
            rows.append(SheetRow(BY_NAME[name].help, key_sign(keys[0]) if keys else "", chosen=True))
            then.append(partial(self._give_on_coin, name))
        self._sheet(symbol_of(event.coin_id, state), rows, then)

    def _give_on_coin(self, name: str) -> None:
        self.set_focus(self.watchlist, scroll_visible=False)
        handler = getattr(self.watchlist, f"command_{name}", None)
        if handler is not None:
            handler()
        else:
            self.give(name)

    # Lists

    def command_lists(self) -> None:
        """All lists, and what can be done with them."""
        state = self.engine.snapshot
        current, coin = state.watchlist, self.watchlist.coin
        rows = [
            SheetRow(each.name, _list_words(each), "accent" if index == state.active else "text", chosen=True)
            for index, each in enumerate(state.watchlists)
        ]
        then: list[Callable[[], None] | None] = [
            partial(self.engine.do, UseWatchlist(index)) for index in range(len(state.watchlists))
        ]
        more: list[tuple[str, Callable[[], None]]] = [
            ("A new list", self._new_list),
            ("A new list by a rule: the largest, gainers, losers, trending, a category", self._new_rule),
            (f"Rename {current.name}", partial(self._rename_list, current.name)),
            (f"Delete {current.name}", partial(self._delete_list, current)),
        ]
        if coin is not None and not current.rule:
            more.append((f"Send {symbol_of(coin, state)} to another list", self.command_send_coin))
        rows += [SheetRow(""), *(SheetRow(words, ink="secondary", chosen=True) for words, _ in more)]
        self._sheet("Watchlists", rows, [*then, None, *(work for _, work in more)])

    def on_list_menu_wanted(self, _: ListMenuWanted) -> None:
        """What can be done with lists."""
        self.command_lists()

    def _new_list(self) -> None:
        self._ask_name("A new list", "", lambda name: self.engine.do(NewList(name)))

    def _rename_list(self, old: str) -> None:
        self._ask_name(f"Rename {old}", old, lambda name: self.engine.do(RenameList(old, name)))

    def _ask_name(self, title: str, value: str, then: Callable[[str], None]) -> None:
        def check(typed: Mapping[str, str]) -> str:
            return "" if clean(typed["name"]) else "a list needs a name"

        def named(typed: Mapping[str, str] | None) -> None:
            if typed is not None:
                then(clean(typed["name"]))

        self.app.push_screen(Form(self.kit, title, [Field("name", "name", value, "Mine")], check), named)

    def _new_rule(self) -> None:
        def check(typed: Mapping[str, str]) -> str:
            return "" if parse_rule(typed["rule"]) is not None else f"a rule is one of: {_RULES}"

        def made(typed: Mapping[str, str] | None) -> None:
            if typed is not None:
                rule = str(parse_rule(typed["rule"]))
                self.engine.do(NewList(clean(typed["name"]) or rule.capitalize(), rule))

        fields = [Field("rule", "rule", "", "top 50"), Field("name", "name", "", "as the rule")]
        self.app.push_screen(Form(self.kit, "A list that fills itself", fields, check, _RULES), made)

    def _delete_list(self, watchlist: Watchlist) -> None:
        self.engine.do(DeleteList(watchlist.name))

    # Columns, sort, currency

    def command_whole_list(self) -> None:
        """Give the watchlist the whole pane, or take it back."""
        self.whole = not self.whole
        self.place_panes()

    def leave_whole(self) -> bool:
        """Put the other panes beside the watchlist again; ``False``: they are there."""
        if not self.whole or self.query_one("#news").display:
            return False
        self.command_whole_list()
        return True

    def command_columns(self) -> None:
        """Choose the columns."""
        self.app.push_screen(ColumnsScreen(self.engine, self.kit, self.keymap))

    def command_sort(self) -> None:
        """Choose the column to sort by."""
        self.app.push_screen(SortPicker(self.kit, self.engine.snapshot), self._sort_by)

    def on_sort_chosen(self, event: SortChosen) -> None:
        """A click on the head of a column."""
        self._sort_by(event.column)

    def _sort_by(self, column: str | None) -> None:
        if column is not None:
            state = self.engine.snapshot
            self._keep_sort(state, ("", False) if column == OWN_ORDER else next_sort(sort_of(state), column))

    def _keep_sort(self, state: Snapshot, sort: tuple[str, bool]) -> None:
        self.engine.do(SetSort(state.watchlist.name, *sort))

    def command_sort_next(self) -> None:
        """Sort by the next column."""
        state = self.engine.snapshot
        self._keep_sort(state, turn_sort(sort_of(state), state.settings.ui.columns, 1))

    def command_sort_previous(self) -> None:
        """Sort by the column before."""
        state = self.engine.snapshot
        self._keep_sort(state, turn_sort(sort_of(state), state.settings.ui.columns, -1))

    def command_currency(self) -> None:
        """Choose the currency."""
        current = self.engine.snapshot.currency

        def chosen(code: str | None) -> None:
            if code is not None and code != current:
                self.recent_currencies = tuple(dict.fromkeys((code, current, *self.recent_currencies)))
                self.engine.do(KeepCurrency(code))

        self.app.push_screen(CurrencyPicker(self.kit, current, self.recent_currencies), chosen)


def _list_words(watchlist: Watchlist) -> str:
    """What a list holds."""
    count = f"{len(watchlist.coins)} coin{'' if len(watchlist.coins) == 1 else 's'}"
    return f"{watchlist.rule} · {count}" if watchlist.rule else count
