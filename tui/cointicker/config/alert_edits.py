"""The changes of alerts that a person makes in the program, as edits of the configuration."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from cointicker.config.alerts import alert_table, read_alert
from cointicker.config.differences import Data, EditError
from cointicker.config.documents import Document, Report
from cointicker.config.edits import SettingsEdit
from cointicker.config.settings import Settings
from cointicker.domain.alerts import Alert

_ALERTS = "alerts"


def add_alert(alert: Alert) -> SettingsEdit:
    """Put an alert behind the others."""

    def edit(data: Data, settings: Settings) -> None:
        if any(each.alert_id == alert.alert_id for each in settings.alerts):
            raise EditError("there is such an alert already")
        _tables(data).append(alert_table(alert))

    return edit


def remove_alert(alert_id: str) -> SettingsEdit:
    """Take an alert out."""

    def edit(data: Data, settings: Settings) -> None:
        tables = _tables(data)
        del tables[_place_of(alert_id, tables, settings)]
        if not tables:
            del data[_ALERTS]

    return edit


def enable_alert(alert_id: str, *, enabled: bool) -> SettingsEdit:
    """Let an alert rest, or watch again."""

    def edit(data: Data, settings: Settings) -> None:
        tables = _tables(data)
        table = tables[_place_of(alert_id, tables, settings)]
        if enabled:
            table.pop("enabled", None)
        else:
            table["enabled"] = False

    return edit


def _tables(data: Data) -> list[dict[str, Any]]:
    tables = data.setdefault(_ALERTS, [])
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise EditError(f"{_ALERTS} are not tables, each begun by [[{_ALERTS}]]")
    return tables


def _place_of(alert_id: str, tables: list[dict[str, Any]], settings: Settings) -> int:
    silent = Report(Document(Path(), "", {}, open_to_others=False))
    for place, table in enumerate(tables):
        alert = read_alert(table, (_ALERTS, place), silent)
        if alert is not None:
            own = replace(alert, currency=alert.currency or settings.currency)
            if own.alert_id == alert_id:
                return place
    raise EditError("this alert was changed in the file meanwhile")
