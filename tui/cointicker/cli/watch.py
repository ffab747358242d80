"""``cointicker watch``: the watchlists, and what is changed in them."""

from collections.abc import Iterator
from typing import Any

from cointicker.cli.coins import choose
from cointicker.cli.csv_rows import csv_text
from cointicker.cli.deeds import Deeds
from cointicker.cli.finding import find_coins
from cointicker.cli.forms.watch import Watch
from cointicker.cli.output import DONE, Out, UsageError, no_such, shown_name
from cointicker.config.settings import COLUMNS
from cointicker.domain.market import Watchlist
from cointicker.domain.rules import parse_rule
from cointicker.engine.actions import (
    AddCoins,
    Change,
    DeleteList,
    KeepSetting,
    MoveCoin,
    NewList,
    RemoveCoin,
    RenameList,
    SendCoin,
    SetAlias,
    SetColumns,
    SetSort,
)
from cointicker.engine.engine import Engine
from cointicker.engine.naming import symbol_of
from cointicker.engine.state import Snapshot

OWN_ORDER = "own"
"""The word for a list that is not sorted."""
_COLUMNS = ("list", "n", "id", "symbol", "name", "alias")


async def watch(engine: Engine, command: Watch, out: Out) -> int:
    """Print the lists, or change them and say what was done; the exit status."""
    if command.action == "find":
        return await find_coins(engine, command, out)
    if engine.snapshot.demo and command.action != "list":
        raise UsageError("--demo writes nothing")
    await engine.rankings.load()
    await engine.market.load()
    if command.action == "list":
        return _show(engine.snapshot, command, out)
    deeds = Deeds(out, json=command.json)
    match command.action:
        case "add":
            await _add(engine, command.words, out, deeds)
        case "remove":
            await _remove(engine, command.words, out, deeds)
        case "move" | "send" | "alias":
            await _change_coin(engine, command, out, deeds)
        case _:
            deeds.tell(await engine.configuration.change(_list_change(command, engine.snapshot)))
    return deeds.end()


def _list_change(command: Watch, snapshot: Snapshot) -> Change:
    match command.action:
        case "sort":
            return _sort(command, snapshot)
        case "columns":
            return SetColumns(command.words) if command.words else KeepSetting(("ui", "columns"), None)
    name, *more = command.words
    match command.action:
        case "new":
            return NewList(name, _rule(" ".join(more)))
        case "rename":
            return RenameList(name, more[0])
    return DeleteList(name)


def _sort(command: Watch, snapshot: Snapshot) -> SetSort:
    column = command.words[0].lower()
    falling = command.descending or column.startswith("-")
    column = column.removeprefix("-")
    if column == OWN_ORDER:
        return SetSort(snapshot.watchlist.name, "")
    if column not in COLUMNS:
        raise UsageError(no_such("column", column, (*COLUMNS, OWN_ORDER)))
    return SetSort(snapshot.watchlist.name, column, falling)


async def _change_coin(engine: Engine, command: Watch, out: Out, deeds: Deeds) -> None:
    name, *more = command.words
    index = _place(more[0]) if command.action == "move" else 0
    to_list = _list_name(engine.snapshot, more[0]) if command.action == "send" else ""
    coin = await _one(engine, name, out)
    if coin is None:
        deeds.fail_quietly()
        return
    change: Change = SetAlias(coin, " ".join(more))
    if command.action != "alias":
        change = MoveCoin(coin, index) if command.action == "move" else SendCoin(coin, to_list)
    deeds.tell(await engine.configuration.change(change), coins=[coin])


async def _add(engine: Engine, names: tuple[str, ...], out: Out, deeds: Deeds) -> None:
    coins = (await choose(engine, names, out, list_given=False)).named
    if coins:
        told = await engine.configuration.change(AddCoins(coins))
        deeds.tell(told, f" ({', '.join(coins)})", coins=list(coins))
    if len(coins) < len({name.strip().lower() for name in names}):
        deeds.fail_quietly()


async def _remove(engine: Engine, names: tuple[str, ...], out: Out, deeds: Deeds) -> None:
    for name in names:
        coin = await _one(engine, name, out)
        if coin is None:
            deeds.fail_quietly()
        else:
            deeds.tell(await engine.configuration.change(RemoveCoin(coin)), coins=[coin])


async def _one(engine: Engine, name: str, out: Out) -> str | None:
    """The coin of a name: one of the list in use by its id, alias or symbol, else any; ``None`` where nobody knows."""
    snapshot, wanted = engine.snapshot, name.strip().lower()
    coins = snapshot.watchlist.coins
    if wanted in coins:
        return wanted
    called = [coin for coin in coins if symbol_of(coin, snapshot).lower() == wanted]
    if called:
        return called[0]
    found = (await choose(engine, (name,), out, list_given=False)).named
    return found[0] if found else None


def _rule(text: str) -> str:
    if text and parse_rule(text) is None:
        raise UsageError(f"{shown_name(text)} is no rule; there are: top 50, gainers, losers, trending, category:ID")
    return text


def _place(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) <= 10_000:
        raise UsageError(f"{shown_name(text)} is not a place: a whole number from 1")
    return int(text) - 1


def _list_name(snapshot: Snapshot, name: str) -> str:
    names = tuple(each.name for each in snapshot.watchlists)
    if name not in names:
        raise UsageError(no_such("watchlist", name, names))
    return name


def _show(snapshot: Snapshot, command: Watch, out: Out) -> int:
    if command.json:
        out.json(_document(snapshot))
        return DONE
    if command.csv:
        out.write(csv_text(_COLUMNS, _rows(snapshot)))
        return DONE
    for place, watchlist in enumerate(snapshot.watchlists):
        mark = "*" if place == snapshot.active else " "
        rule = f" ({watchlist.rule})" if watchlist.rule else ""
        symbols = " ".join(symbol_of(coin, snapshot) for coin in watchlist.coins)
        out.print(f"{mark} {out.paint.strong(watchlist.name)}{rule}  {symbols or out.paint.dim(_empty(watchlist))}")
    return DONE


def _empty(watchlist: Watchlist) -> str:
    return "no coins known yet" if watchlist.rule else "no coins"


def _document(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "lists": [
            {
                "name": watchlist.name,
                "in_use": place == snapshot.active,
                "rule": watchlist.rule or None,
                "sort": snapshot.settings.sort.get(watchlist.name),
                "coins": [_coin(coin, snapshot) for coin in watchlist.coins],
            }
            for place, watchlist in enumerate(snapshot.watchlists)
        ]
    }


def _rows(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    """One row for each place in a list."""
    for watchlist in snapshot.watchlists:
        for place, coin in enumerate(watchlist.coins, 1):
            yield {"list": watchlist.name, "n": place, **_coin(coin, snapshot)}


def _coin(coin: str, snapshot: Snapshot) -> dict[str, Any]:
    quote = snapshot.quotes.get(coin)
    return {
        "id": coin,
        "symbol": quote.symbol if quote is not None else None,
        "name": quote.name if quote is not None else None,
        "alias": snapshot.settings.aliases.get(coin),
    }
