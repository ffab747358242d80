"""``cointicker watch``: the watchlists, and what is changed in them."""

from typing import Any

from cointicker.cli.coins import choose
from cointicker.cli.forms.watch import Watch
from cointicker.cli.output import COULD_NOT, DONE, USAGE, Out, UsageError, no_such, shown_name
from cointicker.domain.market import Watchlist
from cointicker.domain.rules import parse_rule
from cointicker.engine.actions import (
    AddCoins,
    Change,
    DeleteList,
    MoveCoin,
    NewList,
    RemoveCoin,
    RenameList,
    SendCoin,
    SetAlias,
)
from cointicker.engine.engine import Engine
from cointicker.engine.naming import symbol_of
from cointicker.engine.state import Snapshot


async def watch(engine: Engine, command: Watch, out: Out) -> int:
    """Print the lists, or change them and say what was done; the exit status."""
    if engine.snapshot.demo and command.action != "list":
        raise UsageError("--demo writes nothing")
    await engine.rankings.load()
    await engine.market.load()
    match command.action:
        case "list":
            return _show(engine.snapshot, command, out)
        case "add":
            return await _add(engine, command.words, out)
        case "remove":
            return await _remove(engine, command.words, out)
        case "move" | "send" | "alias":
            return await _change_coin(engine, command, out)
    return await _make(engine, _list_change(command), out)


def _list_change(command: Watch) -> Change:
    name, *more = command.words
    match command.action:
        case "new":
            return NewList(name, _rule(" ".join(more)))
        case "rename":
            return RenameList(name, more[0])
    return DeleteList(name)


async def _change_coin(engine: Engine, command: Watch, out: Out) -> int:
    name, *more = command.words
    index = _place(more[0]) if command.action == "move" else 0
    to_list = _list_name(engine.snapshot, more[0]) if command.action == "send" else ""
    coin = await _one(engine, name, out)
    if coin is None:
        return COULD_NOT
    match command.action:
        case "move":
            return await _make(engine, MoveCoin(coin, index), out)
        case "send":
            return await _make(engine, SendCoin(coin, to_list), out)
    return await _make(engine, SetAlias(coin, " ".join(more)), out)


async def _make(engine: Engine, change: Change, out: Out, called: str = "") -> int:
    """Carry a change out. ``called``: the ids of the coins, where the person may have said symbols."""
    told = await engine.configuration.change(change)
    if told.done is None:
        out.say(told.words)
        return USAGE
    if told.held:
        out.say(f"not done: {told.held}")
        return COULD_NOT
    out.print(told.words + called)
    return DONE


async def _add(engine: Engine, names: tuple[str, ...], out: Out) -> int:
    coins = (await choose(engine, names, out, list_given=False)).named
    if not coins:
        return COULD_NOT
    status = await _make(engine, AddCoins(coins), out, f" ({', '.join(coins)})")
    found_all = len(coins) >= len({name.strip().lower() for name in names})
    return status if found_all or status != DONE else COULD_NOT


async def _remove(engine: Engine, names: tuple[str, ...], out: Out) -> int:
    status = DONE
    for name in names:
        coin = await _one(engine, name, out)
        ended = COULD_NOT if coin is None else await _make(engine, RemoveCoin(coin), out)
        status = status or ended
    return status


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


def _coin(coin: str, snapshot: Snapshot) -> dict[str, Any]:
    quote = snapshot.quotes.get(coin)
    return {
        "id": coin,
        "symbol": quote.symbol if quote is not None else None,
        "name": quote.name if quote is not None else None,
        "alias": snapshot.settings.aliases.get(coin),
    }
