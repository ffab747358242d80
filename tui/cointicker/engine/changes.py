"""What each change of the configuration edits, and the words for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from cointicker.config import alert_edits, edits, feed_edits, searches
from cointicker.config.edits import SettingsEdit
from cointicker.config.feeds import DEFAULT_FEEDS
from cointicker.config.problems import spell
from cointicker.config.settings import Setting
from cointicker.engine.actions import (
    AddAlert,
    AddCoins,
    AddFeeds,
    Change,
    DeleteList,
    DeleteSearch,
    EnableAlert,
    KeepCurrency,
    KeepFeedText,
    KeepSearch,
    KeepSetting,
    KeepTheme,
    MoveCoin,
    NewList,
    RemoveAlert,
    RemoveCoin,
    RemoveFeed,
    RenameList,
    SendCoin,
    SetAlias,
    SetColumns,
    SetSort,
)
from cointicker.engine.alert_words import word_alert
from cointicker.engine.naming import symbol_of
from cointicker.engine.state import Snapshot
from cointicker.text.safe import shown_host

_CALLED = 4
"""Coins of a change that are called by name; more are counted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A change, ready to be made."""

    edit: SettingsEdit
    words: str
    """What it did."""
    otherwise: str = ""
    """What to say where nothing had to be changed; empty: the same."""
    path: tuple[str, ...] = ()
    """The setting that the person chose, so that it holds whatever the command line said; none for a list."""


def plan(action: Change, snapshot: Snapshot) -> Plan:
    """What an action comes to; "the list in use" is that of the snapshot."""
    used = snapshot.watchlist.name
    match action:
        case AddCoins() | RemoveCoin() | MoveCoin() | SendCoin():
            return _plan_coin(action, snapshot, used)
        case NewList(name, rule):
            return Plan(edits.new_list(name, rule), f"new list {name}: {rule}" if rule else f"new list {name}")
        case RenameList(old, new):
            return Plan(edits.rename_list(old, new), f"{old} is now called {new}", f"{old} is called so already")
        case DeleteList(name):
            return Plan(edits.delete_list(name), f"list {name} deleted")
        case SetAlias(coin, alias):
            words = f"{coin} is shown as {alias}" if alias else f"{coin} is shown by its symbol"
            return Plan(edits.set_value(("aliases", coin), alias or None), words)
        case SetSort(name, column, descending):
            way = f"{name} is sorted by {column}{', highest first' if descending else ''}"
            edit = edits.set_value(("sort", name), f"{'-' * descending}{column}" if column else None)
            return Plan(edit, way if column else f"{name} is in your own order")
        case KeepSearch() | DeleteSearch():
            return _plan_search(action)
        case AddAlert() | RemoveAlert() | EnableAlert():
            return _plan_alert(action, snapshot)
        case AddFeeds() | RemoveFeed() | KeepFeedText():
            return _plan_feed(action, snapshot)
    return _plan_setting(action)


def _plan_search(action: KeepSearch | DeleteSearch) -> Plan:
    name = action.name
    if isinstance(action, DeleteSearch):
        return Plan(searches.delete_search(name), f"search {name} deleted")
    kept = f"{name} stands among the categories"
    return Plan(searches.keep_search(name, action.query), kept, f"{name} is kept already")


def _plan_alert(action: AddAlert | RemoveAlert | EnableAlert, snapshot: Snapshot) -> Plan:
    def words(alert_id: str) -> str:
        alert = next((each for each in snapshot.settings.alerts if each.alert_id == alert_id), None)
        return "alert" if alert is None else f"alert {word_alert(alert, symbol_of(alert.coin_id, snapshot=snapshot))}"

    match action:
        case AddAlert(alert):
            what = word_alert(alert, symbol_of(alert.coin_id, snapshot=snapshot))
            return Plan(alert_edits.add_alert(alert), f"watching for {what}")
        case RemoveAlert(alert_id):
            return Plan(alert_edits.remove_alert(alert_id), f"{words(alert_id)} removed")
        case EnableAlert(alert_id, enabled):
            state = "watches again" if enabled else "rests"
            return Plan(alert_edits.enable_alert(alert_id, enabled=enabled), f"{words(alert_id)} {state}")


def _plan_feed(action: AddFeeds | RemoveFeed | KeepFeedText, snapshot: Snapshot) -> Plan:
    feeds = snapshot.settings.news.feeds
    names = {feed.url: feed.name or shown_host(feed.url) for feed in feeds}
    names |= {health.url: health.name for health in snapshot.feeds if health.name}
    match action:
        case AddFeeds(new):
            added = [feed.name or shown_host(feed.url) for feed in new if feed.url not in names]
            kept = f"; the {len(feeds)} feeds that come with the program stay" if feeds == DEFAULT_FEEDS else ""
            already = "this feed is read already" if len(new) == 1 else "all of these feeds are read already"
            words = f"{_enumerate(added, 'feeds')} added to the feeds{kept}"
            return Plan(feed_edits.add_feeds(new), words, already)
        case RemoveFeed(url):
            return Plan(feed_edits.remove_feed(url), f"{names.get(url, url)} is read no more")
        case KeepFeedText(url, full):
            words = f"{names.get(url, url)} opens {'in full' if full else 'as the feed gives it'}"
            return Plan(feed_edits.set_full_articles(url, full=full), words, f"{words} already")


def _plan_coin(action: AddCoins | RemoveCoin | MoveCoin | SendCoin, snapshot: Snapshot, used: str) -> Plan:
    call = partial(symbol_of, snapshot=snapshot)
    match action:
        case AddCoins(ids, name):
            held = next((each.coins for each in snapshot.watchlists if each.name == (name or used)), ())
            called = _enumerate([call(each) for each in dict.fromkeys(ids) if each not in held])
            coins = [call(each) for each in dict.fromkeys(ids)]
            already = f"{_enumerate(coins)} {'is' if len(coins) == 1 else 'are'} in {name or used} already"
            return Plan(edits.add_coins(name or used, ids), f"{called} added to {name or used}", already)
        case RemoveCoin(coin, name):
            return Plan(edits.remove_coin(name or used, coin), f"{call(coin)} removed from {name or used}")
        case MoveCoin(coin, index, name):
            words = f"{call(coin)} moved to place {index + 1}"
            return Plan(edits.move_coin(name or used, coin, index), words, f"{call(coin)} is there already")
        case SendCoin(coin, to, source):
            return Plan(edits.send_coin(coin, source or used, to), f"{call(coin)} moved to {to}")


_SAID: Mapping[tuple[tuple[str, ...], Setting], str] = {
    (("ui", "private"), True): "amounts are hidden",
    (("ui", "private"), False): "amounts are shown",
    (("ui", "columns"), None): "columns as they were at first",
}
"""What is said of a setting that has a key, in place of its name in the file."""


def _plan_setting(action: SetColumns | KeepCurrency | KeepTheme | KeepSetting) -> Plan:
    match action:
        case SetColumns(names):
            path, value, words = ("ui", "columns"), names, f"columns: {' '.join(names)}"
            return Plan(edits.set_value(path, value), words, path=path)
        case KeepCurrency(code):
            return Plan(edits.set_value(("currency",), code), f"prices in {code.upper()}", path=("currency",))
        case KeepTheme(name):
            return Plan(edits.set_value(("theme",), name), f"theme {name}", path=("theme",))
        case KeepSetting(path, value):
            words = _SAID.get((path, value), f"{spell(path)} is {_shown(value)}")
            return Plan(edits.set_value(path, value), words, path=path)


def _shown(value: object) -> str:
    if value is None:
        return "as it is by default"
    if isinstance(value, bool):
        return "on" if value else "off"
    return " ".join(value) if isinstance(value, tuple | list) else str(value)


def _enumerate(names: Sequence[str], kind: str = "coins") -> str:
    return ", ".join(names) if len(names) <= _CALLED else f"{len(names)} {kind}"
