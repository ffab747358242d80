"""``cointicker prices``: what coins cost."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from cointicker.cli.fetching import bring_up_to_date, describe, judge_stored, status_of
from cointicker.cli.options import Prices
from cointicker.cli.output import Out, Paint
from cointicker.cli.tables import Column, table_lines
from cointicker.config.problems import nearest
from cointicker.domain.freshness import Failed, Fresh, Freshness, Stale, fetched_at, old_age, reason_of, state_name
from cointicker.domain.market import Quote, peg_distance
from cointicker.domain.mentions import known_coins
from cointicker.engine.engine import Engine
from cointicker.engine.state import OFFLINE, Snapshot
from cointicker.text.cells import fit
from cointicker.text.numbers import (
    UNKNOWN,
    format_age,
    format_basis_points,
    format_change,
    format_clock,
    format_large,
    format_price,
    iso_time,
)
from cointicker.text.sparks import sparkline

_NAME_CELLS = 20
_SPARK_CELLS = 14
_COLUMNS = (
    *("id", "symbol", "name", "price", "change_1h", "change_24h", "change_7d"),
    *("market_cap", "volume_24h", "rank", "updated_at", "state"),
)
"""Of the CSV form; ``currency`` follows."""
_TRIES = 2
"""Another process may have fetched, but not our coins; then they are asked for once more."""


async def show_prices(engine: Engine, command: Prices, out: Out, *, list_given: bool) -> int:
    """Print quotes of the coins that are named, or of the watchlist in use; the exit status."""
    await engine.load()
    coins, found_none = await _wanted(engine, command, out, list_given=list_given)
    state = Failed("no such coin") if found_none else await _fetch(engine, coins, force=command.refresh)
    snapshot, now = engine.snapshot, engine.board.clock()
    quotes = [snapshot.quotes[coin] for coin in coins if coin in snapshot.quotes]
    state = _judge(state, coins, quotes, snapshot)
    if quotes:
        for coin in coins:
            if coin not in snapshot.quotes:
                out.say(_no_price(coin, snapshot))
    if not found_none and (reason := describe(state, now)):
        out.say(reason)
    if command.json:
        out.json(_document(snapshot, quotes, state, now))
    elif command.csv:
        out.write(_csv(_quote_rows(snapshot, quotes, state, now), snapshot.currency))
    else:
        _print(snapshot, quotes, state, out, now)
    return status_of(state)


def _judge(state: Freshness, coins: Sequence[str], quotes: Sequence[Quote], snapshot: Snapshot) -> Freshness:
    """How the quotes that are shown stand; ``state`` speaks of the watched coins."""
    if isinstance(state, Failed) and quotes:
        return Stale(min(quote.fetched_at for quote in quotes), state.why, state.retry_at)
    if coins and not quotes and not isinstance(state, Failed):
        return Failed(_no_price(", ".join(coins), snapshot))
    return state


def _no_price(coin: str, snapshot: Snapshot) -> str:
    if snapshot.offline:
        return f"no price of {coin} is stored, and {OFFLINE}"
    return f"{snapshot.market_source} has no price of {coin}"


async def _wanted(engine: Engine, command: Prices, out: Out, *, list_given: bool) -> tuple[tuple[str, ...], bool]:
    """Ids of the coins to show, and whether coins were named of which none is known."""
    listed = engine.snapshot.watchlist.coins if list_given or not command.coins else ()
    if not command.coins:
        return listed, False
    found, unknown = await engine.market.resolve(command.coins)
    snapshot = engine.snapshot
    if isinstance(unknown, Failed):
        missing = [name for name in command.coins if name not in found]
        out.say(f"{', '.join(missing)}: not known here, and {snapshot.market_source} cannot tell: {unknown.why}")
    else:
        for name in unknown:
            out.say(_unknown_coin(name, snapshot))
    for name, coin in found.items():
        if which := _which(name, coin, snapshot.quotes.values()):
            out.say(which)
    named = (found[name] for name in command.coins if name in found)
    return tuple(dict.fromkeys((*listed, *named))), not found and not listed


def _unknown_coin(name: str, snapshot: Snapshot) -> str:
    if snapshot.offline:
        return f"{name}: no stored coin has this id or symbol, and {OFFLINE}"
    words = [word for quote in snapshot.quotes.values() for word in (quote.coin_id, quote.symbol)]
    words += [word for coin in known_coins() for word in (coin.coin_id, coin.symbol)]
    near = nearest(name, words)
    return f"{name}: no coin has this id or symbol" + (f"; did you mean {near}?" if near else "")


def _which(name: str, coin: str, quotes: Iterable[Quote]) -> str:
    """Which of several coins that share a symbol was taken; empty where the name is clear."""
    wanted = name.strip().lower()
    if wanted == coin:
        return ""
    sharing = [quote for quote in quotes if quote.symbol.lower() == wanted]
    others = sum(quote.coin_id != coin for quote in sharing)
    if not others:
        return ""
    rank = next((quote.rank for quote in sharing if quote.coin_id == coin), None)
    ranked = f" (rank {rank})" if rank else ""
    more = "1 more coin is" if others == 1 else f"{others} more coins are"
    return f"{name} is {coin}{ranked}; {more} called {name}"


async def _fetch(engine: Engine, coins: Sequence[str], *, force: bool) -> Freshness:
    market = engine.market
    if engine.snapshot.offline:
        known = (engine.snapshot.quotes[coin].fetched_at for coin in coins if coin in engine.snapshot.quotes)
        return judge_stored(min(known, default=None), engine.snapshot.refresh, engine.board.clock())
    for _ in range(_TRIES):
        now = engine.board.clock()
        old = tuple(coin for coin in coins if _is_due(engine.snapshot, coin, now))
        part = engine.snapshot.market
        failing = not isinstance(part.freshness, Fresh) and part.next_at is not None and now < part.next_at
        extra = () if failing else old

        async def refresh(extra: tuple[str, ...] = extra) -> Freshness:
            return await market.refresh(force=force, coins=extra)

        state = await bring_up_to_date(engine, market, refresh, engine.snapshot.refresh)
        if not isinstance(state, Fresh) or not extra or any(coin in engine.snapshot.quotes for coin in extra):
            break
    return state


def _is_due(snapshot: Snapshot, coin: str, now: float) -> bool:
    quote = snapshot.quotes.get(coin)
    return quote is None or now - quote.fetched_at >= snapshot.refresh


def _quote_state(quote: Quote, state: Freshness, now: float, refresh: float) -> str:
    """``fresh``, ``stale`` or ``failed``, as JSON says it."""
    if quote.price is None:
        return "failed"
    old = old_age(quote.fetched_at, quote.updated_at, refresh, now) is not None
    return "stale" if old or not isinstance(state, Fresh) else "fresh"


def _quote_rows(snapshot: Snapshot, quotes: Sequence[Quote], state: Freshness, now: float) -> list[dict[str, Any]]:
    return [
        {
            "id": quote.coin_id,
            "symbol": quote.symbol,
            "name": quote.name,
            "price": quote.price,
            "change_1h": quote.change_1h,
            "change_24h": quote.change_24h,
            "change_7d": quote.change_7d,
            "market_cap": quote.market_cap,
            "volume_24h": quote.volume_24h,
            "rank": quote.rank,
            "updated_at": iso_time(quote.updated_at),
            "state": _quote_state(quote, state, now, snapshot.refresh),
        }
        for quote in quotes
    ]


def _document(snapshot: Snapshot, quotes: Sequence[Quote], state: Freshness, now: float) -> dict[str, Any]:
    return {
        "state": state_name(state),
        "reason": reason_of(state),
        "as_of": iso_time(fetched_at(state)),
        "currency": snapshot.currency,
        "source": snapshot.market_source,
        "demo": snapshot.demo,
        "quotes": _quote_rows(snapshot, quotes, state, now),
    }


def _csv(rows: Sequence[dict[str, Any]], currency: str) -> str:
    """RFC 4180: a header, CRLF, quotation marks where they are needed; unknown is empty."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*_COLUMNS, "currency"])
    writer.writerows([*(row[name] for name in _COLUMNS), currency] for row in rows)
    return text.getvalue()


def _columns(snapshot: Snapshot, quotes: Sequence[Quote], out: Out, now: float) -> list[Column]:
    paint = out.paint
    ages = [old_age(quote.fetched_at, quote.updated_at, snapshot.refresh, now) for quote in quotes]

    def change(title: str, values: Sequence[float | None], texts: Sequence[str], rank: int) -> Column:
        return Column(title, texts, right=True, rank=rank, paint=lambda row, text: paint.move(values[row], text))

    def moves(title: str, values: Sequence[float | None], rank: int) -> Column:
        return change(title, values, [format_change(value) for value in values], rank)

    days = [_day(quote) for quote in quotes]
    columns = [
        Column("#", [str(quote.rank or UNKNOWN) for quote in quotes], right=True, rank=5, paint=_dimmed(paint)),
        Column("coin", [quote.symbol for quote in quotes], paint=lambda _row, text: paint.strong(text)),
        Column("name", [fit(quote.name, _NAME_CELLS) for quote in quotes], rank=7),
        Column(f"price {snapshot.currency.upper()}", [format_price(quote.price) for quote in quotes], right=True),
        moves("1h", [quote.change_1h for quote in quotes], 6),
        change("24h", [value for value, _ in days], [text for _, text in days], 1),
        moves("7d", [quote.change_7d for quote in quotes], 2),
        Column("7 days", [sparkline(quote.sparkline, _SPARK_CELLS) for quote in quotes], rank=4, paint=_dimmed(paint)),
        Column("cap", [format_large(quote.market_cap) for quote in quotes], right=True, rank=8),
        Column("volume", [format_large(quote.volume_24h) for quote in quotes], right=True, rank=9),
    ]
    if any(ages):
        shown = [f"{format_age(age)} old" if age else "" for age in ages]
        columns.append(Column("", shown, rank=3, paint=lambda _row, text: paint.warn(text)))
    return columns


def _dimmed(paint: Paint) -> Callable[[int, str], str]:
    return lambda _row, text: paint.dim(text)


def _day(quote: Quote) -> tuple[float | None, str]:
    """The change of the day, or for a stablecoin how far it is from its peg."""
    points = peg_distance(quote)
    return (
        (None, format_basis_points(points))
        if points is not None
        else (quote.change_24h, format_change(quote.change_24h))
    )


def _print(snapshot: Snapshot, quotes: Sequence[Quote], state: Freshness, out: Out, now: float) -> None:
    if not quotes:
        return
    for line in table_lines(_columns(snapshot, quotes, out, now), out.width, out.paint):
        out.print(line)
    at = fetched_at(state)
    if at is not None:
        age = format_age(now - at)
        credit = "invented by the demo" if snapshot.demo else f"Data provided by {snapshot.market_source}"
        out.print(out.paint.dim(f"as of {format_clock(at)} ({age} ago) · {credit}"))
