"""``cointicker holdings``: what is held and what it is worth, and purchases and sales written down."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from cointicker.cli.coins import choose
from cointicker.cli.csv_rows import csv_text
from cointicker.cli.deeds import Deeds
from cointicker.cli.fetching import bring_up_to_date, describe, status_of
from cointicker.cli.forms.holdings import Holdings
from cointicker.cli.output import COULD_NOT, DONE, Out, UsageError, shown_name
from cointicker.cli.tables import Column, table_lines
from cointicker.cli.typed_tables import read_table
from cointicker.config.holdings import lot_table, read_lot
from cointicker.domain.freshness import Failed, Fresh, Freshness, fetched_at, reason_of, state_name
from cointicker.domain.portfolio import Lot, Portfolio, Position
from cointicker.engine.actions import AddLot, EditLot, LotChange, RemoveLot
from cointicker.engine.engine import Engine
from cointicker.engine.naming import symbol_of
from cointicker.engine.state import Snapshot
from cointicker.engine.typed import TypingError, read_number
from cointicker.text.numbers import UNKNOWN, format_age, format_change, format_clock, format_price, iso_time

LOT_COLUMNS = ("n", "id", "coin", "side", "amount", "price", "currency", "date", "fee", "note")
POSITION_COLUMNS = (
    *("coin", "amount", "price", "value", "cost", "average", "unrealised", "unrealised_percent", "realised"),
    *("day_change", "share", "currency"),
)
_NUMBERS = ("amount", "price", "fee")
_SHORTEST_ID = 4


async def holdings(engine: Engine, command: Holdings, out: Out) -> int:
    """Print lots or what they are worth, or change them and say what was done; the exit status."""
    if engine.snapshot.demo and command.action not in {"list", "value"}:
        raise UsageError("--demo writes nothing")
    await engine.market.load()
    await engine.personal.holdings.load()
    portfolio = engine.snapshot.portfolio
    if portfolio is None:
        raise UsageError("--no-holdings does not open the file of what you hold")
    match command.action:
        case "list":
            return _list(engine.snapshot, portfolio, command, out)
        case "value":
            return await _value(engine, command, out)
        case "add" | "sell":
            return await _add(engine, command, out)
        case "edit":
            return await _edit(engine, find_lot(command.words[0], portfolio), command, out)
    deeds = Deeds(out, json=command.json)
    for lot in [find_lot(name, portfolio) for name in command.words]:
        await _make(engine, RemoveLot(lot.lot_id), deeds)
    return deeds.end()


# Lots


def lot_row(place: int, lot: Lot) -> dict[str, Any]:
    """A lot by ``LOT_COLUMNS``; ``place`` is where it stands among them, from 1."""
    return {
        "n": place,
        "id": lot.lot_id,
        "coin": lot.coin_id,
        "side": "sell" if lot.amount < 0 else "buy",
        "amount": _plain(abs(lot.amount)),
        "price": _plain(lot.price),
        "currency": lot.currency,
        "date": None if lot.day is None else lot.day.isoformat(),
        "fee": _plain(lot.fee),
        "note": lot.note or None,
    }


def _plain(number: Decimal | None) -> float | int | None:
    """A number as JSON has it."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _list(snapshot: Snapshot, portfolio: Portfolio, command: Holdings, out: Out) -> int:
    rows = [lot_row(place, lot) for place, lot in enumerate(portfolio.lots, 1)]
    if command.json:
        out.json({"demo": snapshot.demo, "problems": list(portfolio.problems), "lots": rows})
    elif command.csv:
        out.write(csv_text(LOT_COLUMNS, rows))
    elif rows:
        _print_lots(snapshot, portfolio.lots, out)
    else:
        out.print("nothing is written down; `cointicker holdings add btc 0.5` would")
    return DONE


def _print_lots(snapshot: Snapshot, lots: Sequence[Lot], out: Out) -> None:
    columns = [
        Column("", [str(place) for place in range(1, len(lots) + 1)], right=True),
        Column("", [lot.lot_id for lot in lots], rank=4, paint=lambda _row, text: out.paint.dim(text)),
        Column(
            "coin", [symbol_of(lot.coin_id, snapshot) for lot in lots], paint=lambda _row, text: out.paint.strong(text)
        ),
        Column("amount", [f"{lot.amount:f}" for lot in lots], right=True),
        Column("price", [UNKNOWN if lot.price is None else format_price(float(lot.price)) for lot in lots], right=True),
        Column("", [lot.currency.upper() for lot in lots]),
        Column("date", ["" if lot.day is None else lot.day.isoformat() for lot in lots], rank=1),
        Column("fee", [f"{lot.fee:f}" if lot.fee else "" for lot in lots], right=True, rank=2),
        Column("note", [lot.note for lot in lots], rank=3, paint=lambda _row, text: out.paint.dim(text)),
    ]
    for line in table_lines(columns, out.width, out.paint):
        out.print(line)


async def _add(engine: Engine, command: Holdings, out: Out) -> int:
    deeds = Deeds(out, json=command.json)
    table = await _table(engine, command.settings, out)
    if table is None:
        return COULD_NOT
    if command.action == "sell":
        table["side"] = "sell"
    await _make(engine, AddLot(_lot(table, engine)), deeds)
    return deeds.end()


async def _edit(engine: Engine, lot: Lot, command: Holdings, out: Out) -> int:
    if not command.settings:
        raise UsageError("nothing to change: --amount, --price, --currency, --date, --fee, --note or --coin says what")
    deeds = Deeds(out, json=command.json)
    changes = await _table(engine, command.settings, out)
    if changes is None:
        return COULD_NOT
    table = {name: value for name, value in {**lot_table(lot), **changes}.items() if value != ""}
    await _make(engine, EditLot(lot.lot_id, _lot(table, engine)), deeds)
    return deeds.end()


async def _table(engine: Engine, said: Mapping[str, str], out: Out) -> dict[str, object] | None:
    """What was typed of a lot, as its table in the file has it; ``None`` where nobody knows the coin."""
    table: dict[str, object] = dict(said)
    for name in _NUMBERS:
        if said.get(name):
            table[name] = _number(said[name], name)
    if "coin" in said:
        found = (await choose(engine, (said["coin"],), out, list_given=False)).named
        if not found:
            return None
        table["coin"] = found[0]
    return table


def _number(text: str, name: str) -> str:
    """A number in the spelling of the file."""
    try:
        return f"{read_number(text, name):f}"
    except TypingError as error:
        raise UsageError(str(error)) from None


def _lot(table: dict[str, object], engine: Engine) -> Lot:
    """A table as a lot. Raises ``UsageError``."""
    return read_table(table, lambda report: read_lot(table, (), report, engine.snapshot.currency))


async def _make(engine: Engine, change: LotChange, deeds: Deeds) -> None:
    made = await engine.personal.holdings.make(change)
    if made.saved is None:
        deeds.failed(made.words)
    else:
        deeds.done(made.words)


def find_lot(name: str, portfolio: Portfolio) -> Lot:
    """The lot of a number or of the beginning of an id. Raises ``UsageError``."""
    lots = portfolio.lots
    if name.isascii() and name.isdecimal() and len(name) <= _SHORTEST_ID and 0 < int(name) <= len(lots):
        return lots[int(name) - 1]
    found = [lot for lot in lots if lot.lot_id == name.lower()] or [
        lot for lot in lots if lot.lot_id.startswith(name.lower()) and len(name) >= _SHORTEST_ID
    ]
    if len(found) == 1:
        return found[0]
    there = f"there are {len(lots)}" if lots else "there are none"
    raise UsageError(f"there is no lot {shown_name(name)}; {there}, and `cointicker holdings list` shows them")


# What they are worth


async def _value(engine: Engine, command: Holdings, out: Out) -> int:
    state = await _fetch(engine, force=command.refresh)
    now, portfolio = engine.board.clock(), engine.snapshot.portfolio or Portfolio(engine.snapshot.currency)
    if reason := describe(state, now):
        out.say(reason)
    for problem in portfolio.problems:
        out.say(problem)
    rows = [position_row(each, portfolio.currency) for each in portfolio.positions]
    if command.json:
        out.json(_document(engine.snapshot, portfolio, rows, state))
    elif command.csv:
        out.write(csv_text(POSITION_COLUMNS, rows))
    elif rows:
        _print_value(engine.snapshot, portfolio, state, out, now)
    else:
        out.print("nothing is held")
    return status_of(state)


async def _fetch(engine: Engine, *, force: bool) -> Freshness:
    desk = engine.personal.holdings
    if not desk.coins():
        return Fresh(engine.board.clock())
    market = engine.market
    state = await bring_up_to_date(engine, market, lambda: market.refresh(force=force), engine.snapshot.refresh)
    if not engine.snapshot.offline:
        await desk.fetch_rates()
    await desk.load()
    return state


def position_row(position: Position, currency: str) -> dict[str, Any]:
    """A position by ``POSITION_COLUMNS``."""
    return {
        "coin": position.coin_id,
        "amount": _plain(position.amount),
        "price": _plain(position.price),
        "value": _plain(position.value),
        "cost": _plain(position.cost),
        "average": _plain(position.average),
        "unrealised": _plain(position.unrealised),
        "unrealised_percent": position.gain_percent,
        "realised": _plain(position.realised),
        "day_change": _plain(position.day_change),
        "share": position.share,
        "currency": currency,
    }


def _document(
    snapshot: Snapshot, portfolio: Portfolio, rows: Sequence[dict[str, Any]], state: Freshness
) -> dict[str, Any]:
    return {
        "state": state_name(state),
        "reason": reason_of(state),
        "as_of": iso_time(fetched_at(state)),
        "demo": snapshot.demo,
        "currency": portfolio.currency,
        "value": _plain(portfolio.value),
        "cost": _plain(portfolio.cost),
        "unrealised": _plain(portfolio.unrealised),
        "realised": _plain(portfolio.realised),
        "day_change": _plain(portfolio.day_change),
        "unpriced": list(portfolio.unpriced),
        "uncosted": list(portfolio.uncosted),
        "converted": list(portfolio.converted),
        "problems": list(portfolio.problems),
        "positions": list(rows),
    }


def _money(amount: Decimal | None) -> str:
    return UNKNOWN if amount is None else f"{amount:,.2f}"


def _print_value(snapshot: Snapshot, portfolio: Portfolio, state: Freshness, out: Out, now: float) -> None:
    shown = portfolio.positions
    gains = [each.gain_percent for each in shown]
    columns = [
        Column(
            "coin",
            [symbol_of(each.coin_id, snapshot) for each in shown],
            paint=lambda _row, text: out.paint.strong(text),
        ),
        Column("amount", [f"{each.amount:f}" for each in shown], right=True),
        Column(f"value {portfolio.currency.upper()}", [_money(each.value) for each in shown], right=True),
        Column("cost", [_money(each.cost) for each in shown], right=True, rank=2),
        Column("gain", [_money(each.unrealised) for each in shown], right=True, rank=1),
        Column(
            "",
            [format_change(each) for each in gains],
            right=True,
            paint=lambda row, text: out.paint.move(gains[row], text),
        ),
        Column("realised", [_money(each.realised) for each in shown], right=True, rank=3),
        Column(
            "share", [UNKNOWN if each.share is None else f"{each.share:.1f}%" for each in shown], right=True, rank=4
        ),
    ]
    for line in table_lines(columns, out.width, out.paint):
        out.print(line)
    day = portfolio.day_change_percent
    total = f"{_money(portfolio.value)} {portfolio.currency.upper()}"
    moved = f"  24h {out.paint.move(day, format_change(day))}" if day is not None else ""
    out.print()
    out.print(f"{out.paint.strong(total)}{moved}")
    at = fetched_at(state)
    if at is not None and not isinstance(state, Failed):
        out.print(out.paint.dim(f"as of {format_clock(at)} ({format_age(now - at)} ago)"))
