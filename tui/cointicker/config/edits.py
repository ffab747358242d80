"""The changes that a person makes in the program, as edits of the configuration: each is merged with what is there.

``settings`` are what the document comes to; lists that it does not hold, because the defaults stand, are written whole.
"""

from collections.abc import Callable, Sequence
from typing import Any

from cointicker.config.differences import Data, EditError, put_in_place
from cointicker.config.problems import spell
from cointicker.config.settings import Setting, Settings
from cointicker.domain.market import Watchlist
from cointicker.text.cells import cell_width
from cointicker.text.safe import clean

SettingsEdit = Callable[[Data, Settings], None]
"""Changes a document that comes to these settings. May raise ``EditError``."""

LIST_NAME_CELLS = 24
"""The widest name of a list."""


def add_coins(name: str, ids: Sequence[str]) -> SettingsEdit:
    """Put coins at the end of a list; those that are there already stay where they are."""

    def edit(data: Data, settings: Settings) -> None:
        coins = _own_coins(data, settings, name)
        coins += [each for each in dict.fromkeys(map(str, ids)) if each not in coins]

    return edit


def remove_coin(name: str, coin_id: str) -> SettingsEdit:
    """Take a coin out of a list."""

    def edit(data: Data, settings: Settings) -> None:
        coins = _own_coins(data, settings, name)
        if coin_id not in coins:
            raise EditError(f"{coin_id} is not in {name}")
        coins[:] = [each for each in coins if each != coin_id]

    return edit


def move_coin(name: str, coin_id: str, to_index: int) -> SettingsEdit:
    """Give a coin the place ``to_index`` (from 0) of its list; what stands there and is no coin stays."""

    def edit(data: Data, settings: Settings) -> None:
        coins = _own_coins(data, settings, name)
        if coin_id not in coins:
            raise EditError(f"{coin_id} is not in {name}")
        coins.remove(coin_id)
        known = [each for each in _list(settings, name).coins if each != coin_id]
        following = known[to_index] if 0 <= to_index < len(known) else None
        coins.insert(len(coins) if following is None else coins.index(following), str(coin_id))

    return edit


def new_list(name: str, rule: str = "") -> SettingsEdit:
    """Make a list behind the others: by ``rule``, or empty."""

    def edit(data: Data, settings: Settings) -> None:
        lists = _lists(data, settings)
        lists[str(_new_name(settings, name))] = str(rule) or []

    return edit


def rename_list(old: str, new: str) -> SettingsEdit:
    """Call a list otherwise, and its sort with it."""

    def edit(data: Data, settings: Settings) -> None:
        lists = _lists(data, settings)
        _swap_key(lists, _key(lists, old), _new_name(settings, new, besides=old))
        if old in settings.sort:
            _swap_key(data["sort"], _key(data["sort"], old), new)

    return edit


def delete_list(name: str) -> SettingsEdit:
    """Forget a list and its sort. The last one stays: without any the default would come back."""

    def edit(data: Data, settings: Settings) -> None:
        lists = _lists(data, settings)
        key = _key(lists, name)
        if len(settings.watchlists) < 2:
            raise EditError(f"{name} is the only list")
        del lists[key]
        if name in settings.sort:
            del data["sort"][_key(data["sort"], name)]

    return edit


def send_coin(coin_id: str, from_list: str, to_list: str) -> SettingsEdit:
    """Move a coin from one list to the end of another."""

    def edit(data: Data, settings: Settings) -> None:
        if from_list == to_list:
            raise EditError(f"{coin_id} is in {to_list} already")
        add_coins(to_list, [coin_id])(data, settings)
        remove_coin(from_list, coin_id)(data, settings)

    return edit


def set_value(path: tuple[str, ...], value: Setting) -> SettingsEdit:
    """Set anything; ``None`` takes it out, so that its default holds."""
    plain: Any = value if value is None or isinstance(value, bool | int | float) else _plain(value)

    def edit(data: Data, _: Settings) -> None:
        table = data
        for place, name in enumerate(path[:-1], 1):
            table = table.setdefault(name, {}) if plain is not None else table.get(name, {})
            if not isinstance(table, dict):
                raise EditError(f"{spell(path[:place])} is not a section in the file")
        if plain is not None:
            table[path[-1]] = plain
        elif path[-1] in table:
            del table[path[-1]]

    return edit


def _plain(value: str | Sequence[str]) -> str | list[str]:
    """The same in the types of TOML, which a safe text is none of."""
    return str(value) if isinstance(value, str) else [str(each) for each in value]


def _list(settings: Settings, name: str) -> Watchlist:
    found = next((each for each in settings.watchlists if each.name == name), None)
    if found is None:
        raise EditError(f"there is no list {name}")
    return found


def _lists(data: Data, settings: Settings) -> dict[str, Any]:
    """``[watchlists]`` of the document, with the lists that are in force in it."""
    lists = data.setdefault("watchlists", {})
    if not isinstance(lists, dict):
        raise EditError("watchlists is not a section in the file")
    held = {clean(key) for key in lists}
    if held.isdisjoint(each.name for each in settings.watchlists):
        lists.update({each.name: each.rule or list(each.coins) for each in settings.watchlists})
    return lists


def _own_coins(data: Data, settings: Settings, name: str) -> list[Any]:
    """The entries of a list in the document, to be changed in place."""
    if _list(settings, name).rule:
        raise EditError(f"{name} is a list by rule: it fills itself")
    lists = _lists(data, settings)
    coins: list[Any] = lists[_key(lists, name)]
    return coins


def _key(table: dict[str, Any], name: str) -> str:
    """The name as the document spells it."""
    found = next((key for key in table if clean(key) == name), None)
    if found is None:
        raise EditError(f"there is no list {name}")
    return found


def _new_name(settings: Settings, name: str, besides: str = "") -> str:
    if not name or name != clean(name) or cell_width(name) > LIST_NAME_CELLS:
        raise EditError(f"the name of a list is a text of at most {LIST_NAME_CELLS} cells")
    if any(each.name == name for each in settings.watchlists if each.name != besides):
        raise EditError(f"there is a list {name} already")
    return name


def _swap_key(table: dict[str, Any], old: str, new: str) -> None:
    """Give a key of a table another name; its place stays."""
    if old == new:
        return
    order = tuple(new if key == old else key for key in table)
    table[new] = table.pop(old)
    put_in_place(table, new, order)
