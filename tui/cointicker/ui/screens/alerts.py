"""The alerts: what is watched for, and what has fired."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.strip import Strip

from cointicker.domain.alerts import OF_A_COIN, Alert, Firing, Kind
from cointicker.engine.actions import AddAlert, EnableAlert, RemoveAlert, SnoozeAlert
from cointicker.engine.alert_words import word_alert
from cointicker.engine.commands import Place
from cointicker.engine.state import Snapshot
from cointicker.engine.typed import TypingError, read_alert
from cointicker.text.numbers import format_age
from cointicker.ui.alert_form import KIND_WORDS, alert_fields, alert_state
from cointicker.ui.keymap import Keymap
from cointicker.ui.quotes import symbol_of
from cointicker.ui.screens.commanded import Commanded
from cointicker.ui.screens.form import Form
from cointicker.ui.screens.sheet import Sheet, SheetRow
from cointicker.ui.screens.table_screen import SnapshotTable, TableScreen
from cointicker.ui.typeset import wrap
from cointicker.ui.widgets.lines import Kit, Row

if TYPE_CHECKING:
    from cointicker.engine.engine import Engine

SNOOZE_SECONDS = 3600.0
_EMPTY = ("Nothing is watched for yet.", "a makes an alert; b on a coin makes one with its price filled in.")


def kind_rows() -> list[SheetRow]:
    """The kinds of alerts to choose from."""
    return [SheetRow(words, chosen=True) for words in KIND_WORDS.values()]


class AlertMaker(Commanded, Screen[None]):
    """A screen from which alerts are made: first the kind, then a form with the price filled in."""

    if TYPE_CHECKING:
        engine: Engine
        kit: Kit

    def ask_alert(self, coin: str) -> None:
        """Ask for what is to be watched for, beginning with a coin."""
        title = "Tell me when …"
        self.app.push_screen(Sheet(self.kit, self.keymap, title, kind_rows()), partial(self._ask_values, coin))

    def _ask_values(self, coin: str, index: int | None) -> None:
        if index is None:
            return
        kind = tuple(KIND_WORDS)[index]
        state = self.engine.snapshot

        def check(typed: Mapping[str, str]) -> str:
            try:
                read_alert(kind, typed, state)
            except TypingError as error:
                return str(error)
            return ""

        title = f"When {KIND_WORDS[kind]}"
        fields = alert_fields(kind, coin if kind in OF_A_COIN else "", state)
        self.app.push_screen(Form(self.kit, title, fields, check), partial(self._keep_alert, kind))

    def _keep_alert(self, kind: Kind, typed: Mapping[str, str] | None) -> None:
        if typed is not None:
            self.engine.do(AddAlert(read_alert(kind, typed, self.engine.snapshot)))


class AlertsTable(SnapshotTable):
    """One alert a row, below them the log of what fired."""

    place = Place.ALERTS
    whole_head = (0, 1, 2)
    low_head = (1,)

    def __init__(self, kit: Kit, snapshot: Snapshot) -> None:
        super().__init__(kit, snapshot)
        self.set_count(len(snapshot.alerts))

    def show(self, snapshot: Snapshot) -> None:
        """Show another state."""
        self.snapshot = snapshot
        self.set_count(len(snapshot.alerts))
        self.refresh_changed()

    @property
    def alert(self) -> Alert | None:
        """The current alert."""
        return self.snapshot.alerts[self.current] if self.current < len(self.snapshot.alerts) else None

    def draw_head(self, y: int, width: int) -> Strip:
        """The title."""
        row = self.new_row(width).put("  ", self.inks("text"))
        if y == 1:
            row.put("Alerts", self.inks("accent", attributes="bold"))
        return row.strip()

    def rows_for(self, count: int) -> int:
        """Rows of the alerts and of the log below them."""
        firings = len(self.snapshot.firings)
        return count + (firings + 2 if firings and count else 0)

    def draw(self, row: int, width: int) -> Strip:
        """An alert, or a row of the log: the newest first."""
        if row >= self.count:
            return self._draw_log(row - self.count, width)
        alert = self.snapshot.alerts[row]
        current = row == self.current
        ground = "selection" if current else "background"
        state, ink = alert_state(alert, self.clock())
        awake = alert.is_awake(self.clock())
        line = self.new_row(width, ground).put("▌ " if current else "  ", self.inks("accent", ground))
        line.put("● " if awake else "○ ", self.inks(ink, ground))
        name = symbol_of(alert.coin_id, self.snapshot) if alert.coin_id else ""
        line.put(word_alert(alert, name), self.inks("text" if awake else "secondary", ground))
        if alert.note:
            line.put(f"   {alert.note}", self.inks("label", ground))
        return line.right([(state, self.inks(ink, ground))], 2).strip()

    def draw_blank(self, y: int, width: int) -> Strip:
        """How to begin, and what alerts that are gone have told."""
        if self.count:
            return self.blank(width)
        lines = [line for words in _EMPTY for line in wrap(words, width - 4)]
        if y < len(lines):
            return self.new_row(width).put(f"  {lines[y]}", self.inks("secondary")).strip()
        return self._draw_log(y - len(lines), width)

    def _draw_log(self, place: int, width: int) -> Strip:
        row = self.new_row(width).put("  ", self.inks("text"))
        firings = self.snapshot.firings[::-1]
        if place == 1 and firings:
            row.put("Fired", self.inks("accent", attributes="bold"))
        elif 2 <= place < 2 + len(firings):
            self._draw_firing(row, firings[place - 2])
        return row.strip()

    def _draw_firing(self, row: Row, firing: Firing) -> None:
        age = format_age(self.clock() - firing.at)
        row.put(f"{age:>4} ago  ", self.inks("label")).put(firing.text, self.inks("text"))


class AlertsScreen(AlertMaker, TableScreen[AlertsTable]):
    """All of it, in place of the main screen."""

    def __init__(self, engine: "Engine", kit: Kit, keymap: Keymap) -> None:
        super().__init__(engine, kit, keymap, AlertsTable(kit, engine.snapshot))

    def command_alerts(self) -> None:
        """The key that led here leads back."""
        self.command_back()

    def command_open(self) -> None:
        """Another alert like this one."""
        self.ask_alert(self.table.alert.coin_id if self.table.alert is not None else "")

    def command_add_alert(self) -> None:
        """A new alert."""
        self.ask_alert("")

    def command_remove_alert(self) -> None:
        """Take the alert away."""
        if self.table.alert is not None:
            self.engine.do(RemoveAlert(self.table.alert.alert_id))

    def command_rest_alert(self) -> None:
        """Let the alert rest, or watch again."""
        alert = self.table.alert
        if alert is None:
            return
        if alert.enabled and not alert.is_awake(self.kit.clock()):
            self.engine.do(SnoozeAlert(alert.alert_id, 0))
        else:
            self.engine.do(EnableAlert(alert.alert_id, not alert.enabled))

    def command_snooze_alert(self) -> None:
        """Let the alert rest for an hour."""
        if self.table.alert is not None:
            self.engine.do(SnoozeAlert(self.table.alert.alert_id, SNOOZE_SECONDS))
