"""``cointicker mining``: the state of Bitcoin mining."""

from typing import Any

from cointicker.cli.csv_rows import csv_text
from cointicker.cli.fetching import bring_up_to_date, describe, status_of
from cointicker.cli.forms.reports import Mining as Command
from cointicker.cli.output import Out
from cointicker.cli.tables import Column, table_lines
from cointicker.domain.freshness import Freshness, fetched_at, reason_of, state_name
from cointicker.domain.mining import Mining, Pool, retarget_progress
from cointicker.engine.engine import Engine
from cointicker.text.cells import pad
from cointicker.text.numbers import (
    UNKNOWN,
    format_age,
    format_change,
    format_clock,
    format_difficulty,
    format_duration,
    format_hashrate,
    format_rate,
    iso_time,
)
from cointicker.text.sparks import bar

_LABEL_CELLS = 12
_PROGRESS_CELLS = 20
_POOL_CELLS = 30
_MOST_POOLS = 10


async def show_mining(engine: Engine, command: Command, out: Out) -> int:
    """Print the state of mining; the exit status."""
    await engine.load()
    if not engine.snapshot.offline:
        await engine.market.refresh()  # the hashprice wants today's price
    desk = engine.mining
    state = await bring_up_to_date(
        engine, desk, lambda: desk.refresh(force=command.refresh), engine.settings.mining.refresh
    )
    now = engine.board.clock()
    if reason := describe(state, now):
        out.say(reason)
    mining = engine.snapshot.mining
    if command.json:
        out.json(_document(mining or Mining(fetched_at=0.0), state, demo=engine.snapshot.demo))
    elif command.csv:
        pools = mining.pools if mining is not None else ()
        out.write(csv_text(("name", "share"), ({"name": pool.name, "share": pool.share} for pool in pools)))
    elif mining is not None:
        _print(mining, out, now)
    return status_of(state)


def _document(mining: Mining, state: Freshness, *, demo: bool) -> dict[str, Any]:
    fees = mining.fees
    return {
        "state": state_name(state),
        "reason": reason_of(state),
        "as_of": iso_time(fetched_at(state)),
        "demo": demo,
        "hashrate": mining.hashrate,
        "hashrate_change_30d": mining.hashrate_change_30d,
        "difficulty": mining.difficulty,
        "next_change": mining.next_change,
        "retarget_at": iso_time(mining.retarget_at),
        "remaining_blocks": mining.remaining_blocks,
        "hashprice": mining.hashprice,
        "fees": fees and {"fastest": fees.fastest, "half_hour": fees.half_hour, "hour": fees.hour},
        "height": mining.height,
        "block_at": iso_time(mining.block_at),
        "block_pool": mining.block_pool,
        "pools": [{"name": pool.name, "share": pool.share} for pool in mining.pools],
    }


def _print(mining: Mining, out: Out, now: float) -> None:
    paint = out.paint

    def row(label: str, *parts: str) -> None:
        out.print(f"{paint.dim(pad(label, _LABEL_CELLS))}{'  '.join(part for part in parts if part)}")

    change = mining.hashrate_change_30d
    known = change is not None
    row(
        "hashrate",
        format_hashrate(mining.hashrate),
        f"{paint.move(change, format_change(change, 1))} {paint.dim('30d')}" if known else "",
    )
    row("hashprice", UNKNOWN if mining.hashprice is None else f"${mining.hashprice:,.2f} /PH/day")
    row("difficulty", format_difficulty(mining.difficulty))
    _print_retarget(mining, out, now)
    fees = mining.fees
    rates = UNKNOWN if fees is None else " · ".join(map(format_rate, (fees.fastest, fees.half_hour, fees.hour)))
    row("fees", f"{rates} sat/vB" if fees else rates, paint.dim("next block · half an hour · an hour") if fees else "")
    _print_block(mining, out, now)
    if mining.pools:
        out.print()
        for line in _pool_lines(mining.pools[:_MOST_POOLS], out):
            out.print(line)
    age = format_age(now - mining.fetched_at)
    out.print()
    out.print(paint.dim(f"as of {format_clock(mining.fetched_at)} ({age} ago)"))


def _print_retarget(mining: Mining, out: Out, now: float) -> None:
    paint = out.paint
    parts = [paint.move(mining.next_change, format_change(mining.next_change))]
    if mining.retarget_at is not None and mining.retarget_at > now:
        parts.append(f"in {format_duration(mining.retarget_at - now)}")
    done = retarget_progress(mining.remaining_blocks)
    if done is not None:
        line = bar(done, _PROGRESS_CELLS, "━")
        parts.append(line + paint.dim("─" * (_PROGRESS_CELLS - len(line))))
        parts.append(paint.dim(f"{mining.remaining_blocks:,} blocks left"))
    out.print(f"{paint.dim(pad('retarget', _LABEL_CELLS))}{'  '.join(parts)}")


def _print_block(mining: Mining, out: Out, now: float) -> None:
    height = UNKNOWN if mining.height is None else f"{mining.height:,}"
    parts = [height]
    if mining.block_at is not None:
        parts.append(
            f"{format_age(now - mining.block_at)} ago" + (f" · {mining.block_pool}" if mining.block_pool else "")
        )
    out.print(f"{out.paint.dim(pad('block', _LABEL_CELLS))}{'  '.join(parts)}")


def _pool_lines(pools: tuple[Pool, ...], out: Out) -> list[str]:
    largest = max(pool.share for pool in pools) or 1.0
    columns = [
        Column("", [pool.name for pool in pools]),
        Column("", [f"{pool.share:.1f}%" for pool in pools], right=True),
        Column(
            "",
            [bar(pool.share / largest, _POOL_CELLS) for pool in pools],
            rank=1,
            paint=lambda _, text: out.paint.dim(text),
        ),
    ]
    return table_lines(columns, out.width, out.paint)
