"""``cointicker prices``: what coins cost."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cointicker.cli.coins import choose
from cointicker.cli.csv_rows import csv_text
from cointicker.cli.fetching import bring_up_to_date, describe, judge_stored, status_of
from cointicker.cli.forms.reports import Prices
from cointicker.cli.output import Out, Paint
from cointicker.cli.tables import Column, table_lines
from cointicker.domain.ages import old_age
from cointicker.domain.freshness import Failed, Fresh, Freshness, Stale, fetched_at, reason_of, state_name
from cointicker.domain.market import Quote, peg_distance
from cointicker.engine.engine import Engine
from cointicker.engine.state import Snapshot
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


async def show_prices(engine: Engine, command: Prices, out: Out, *, list_given: bool) -> int:
    """Print quotes of the coins that are named, or of the watchlist in use; the exit status."""
    await engine.load()
    chosen = await choose(engine, command.coins, out, list_given=list_given)
    coins = chosen.coins
    found_none = bool(command.coins) and not coins
    state = Failed("no such coin") if found_none else await _fetch(engine, chosen.named, force=command.refresh)
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
        rows = _quote_rows(snapshot, quotes, state, now)
        out.write(csv_text((*_COLUMNS, "currency"), ({**row, "currency": snapshot.currency} for row in rows)))
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
        return f"no price of {coin} is stored, and {snapshot.why_offline}"
    return f"{snapshot.market_source} has no price of {coin}"


async def _fetch(engine: Engine, named: Sequence[str], *, force: bool) -> Freshness:
    market = engine.market
    if (snapshot := engine.snapshot).offline:
        coins = named or snapshot.watchlist.coins
        known = (snapshot.quotes[coin].fetched_at for coin in coins if coin in snapshot.quotes)
        return judge_stored(min(known, default=None), snapshot.refresh, engine.board.clock(), snapshot.why_offline)

    async def refresh() -> Freshness:
        return await market.refresh(force=force, coins=_beside(engine, named))

    return await bring_up_to_date(engine, market, refresh, engine.snapshot.refresh)


def _beside(engine: Engine, named: Sequence[str]) -> tuple[str, ...]:
    """The named coins that the next fetch of the watched ones would not bring in time."""
    snapshot, now = engine.snapshot, engine.board.clock()
    due = now >= engine.market.due_at()
    if not due and isinstance(snapshot.market.freshness, Stale | Failed):
        return ()  # the last fetch failed, and the next try is still to come
    watched = frozenset(engine.market.watched())

    def is_missing(coin: str) -> bool:
        quote = snapshot.quotes.get(coin)
        if coin in watched:
            return quote is None and not due
        return quote is None or now - quote.fetched_at >= snapshot.refresh

    return tuple(filter(is_missing, named))


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


def _columns(snapshot: Snapshot, quotes: Sequence[Quote], out: Out, now: float) -> list[Column]:
    paint = out.paint
    ages = [old_age(quote.fetched_at, quote.updated_at, snapshot.refresh, now) for quote in quotes]

    def change(title: str, values: Sequence[float | None], texts: Sequence[str], rank: int) -> Column:
        return Column(title, texts, right=True, rank=rank, paint=lambda row, text: paint.move(values[row], text))

    def moves(title: str, values: Sequence[float | None], rank: int) -> Column:
        return change(title, values, [format_change(value) for value in values], rank)

    days = [_day(quote, snapshot.pegs) for quote in quotes]
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


def _day(quote: Quote, pegs: Mapping[str, float]) -> tuple[float | None, str]:
    """The change of the day, or for a stablecoin how far it is from its peg."""
    points = peg_distance(quote, pegs)
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
