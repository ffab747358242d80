"""``cointicker export``: all that is stored, as rows, page by page."""

import json
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Protocol

from cointicker.cli.alerts import LOG_COLUMNS, firing_row
from cointicker.cli.coins import choose
from cointicker.cli.csv_rows import csv_text
from cointicker.cli.forms.export import Export
from cointicker.cli.holdings import LOT_COLUMNS, POSITION_COLUMNS, lot_row, position_row
from cointicker.cli.new_file import NewFile
from cointicker.cli.output import COULD_NOT, DONE, Out, UsageError, shown_name
from cointicker.config.entries import parse_seconds
from cointicker.config.problems import short_path
from cointicker.domain.news import Headline
from cointicker.domain.portfolio import Lot
from cointicker.engine.archive import StoredPrice, Wanted
from cointicker.engine.engine import Engine
from cointicker.text.numbers import iso_time

_PRICE_COLUMNS = ("coin", "currency", "at", "price")
_HEADLINE_COLUMNS = (
    *("id", "published", "first_seen", "updated", "title", "url", "source", "feed", "author", "deck"),
    *("categories", "coins", "tags", "read", "starred"),
)
Row = dict[str, Any]
Pages = AsyncIterator[Iterable[Row]]


class _Sink(Protocol):
    """Takes text."""

    def write(self, text: str) -> None: ...


async def export(engine: Engine, command: Export, out: Out) -> int:
    """Write the rows to stdout or to a file; the exit status."""
    now = engine.board.clock()
    wanted = Wanted(_moment(command.since, now, float("-inf")), _moment(command.until, now, float("inf")))
    await engine.market.load()
    if command.coin:
        coins = (await choose(engine, command.coin, out, list_given=False)).named
        if not coins:
            return COULD_NOT
        wanted = Wanted(wanted.since, wanted.until, coins)
    columns, pages = await _rows(engine, command, wanted)
    if command.output is None or str(command.output) == "-":
        await _write(columns, pages, command, out, lambda: out.closed)
        return DONE
    with NewFile(command.output, force=command.force) as file:
        count = await _write(columns, pages, command, file, lambda: False)
    out.say(f"{count} row{'' if count == 1 else 's'} in {short_path(command.output)}")
    return DONE


async def _rows(engine: Engine, command: Export, wanted: Wanted) -> tuple[Sequence[str], Pages]:
    match command.what:
        case "quotes":
            return _PRICE_COLUMNS, _each(engine.archive.prices(wanted), _price_row)
        case "headlines":
            return _HEADLINE_COLUMNS, _each(engine.archive.headlines(wanted), _headline_row)
        case "alerts":
            return LOG_COLUMNS, _each(engine.archive.firings(wanted), firing_row)
    await engine.personal.holdings.load()
    portfolio = engine.snapshot.portfolio
    if portfolio is None:
        raise UsageError("--no-holdings does not open the file of what you hold")
    if command.what == "positions":
        positions = [each for each in portfolio.positions if not wanted.coins or each.coin_id in wanted.coins]
        return POSITION_COLUMNS, _one([position_row(each, portfolio.currency) for each in positions])
    lots = enumerate(portfolio.lots, 1)
    return LOT_COLUMNS, _one([lot_row(place, lot) for place, lot in lots if _is_wanted(lot, wanted)])


def _is_wanted(lot: Lot, wanted: Wanted) -> bool:
    """A lot without a date is older than all that have one."""
    at = float("-inf")
    if lot.day is not None:
        at = datetime(lot.day.year, lot.day.month, lot.day.day, tzinfo=UTC).timestamp()
    return (not wanted.coins or lot.coin_id in wanted.coins) and wanted.since <= at < wanted.until


async def _each(pages: AsyncIterator[Sequence[Any]], row: Callable[[Any], Row]) -> Pages:
    async for page in pages:
        yield map(row, page)


async def _one(rows: Sequence[Row]) -> Pages:
    yield rows


def _price_row(price: StoredPrice) -> Row:
    return {"coin": price.coin_id, "currency": price.currency, "at": iso_time(price.at), "price": price.price}


def _headline_row(headline: Headline) -> Row:
    return {
        "id": headline.headline_id,
        "published": iso_time(headline.published),
        "first_seen": iso_time(headline.first_seen),
        "updated": iso_time(headline.updated),
        "title": headline.title,
        "url": headline.url or None,
        "source": headline.source,
        "feed": headline.feed_url,
        "author": headline.author or None,
        "deck": headline.deck or None,
        "categories": list(headline.categories),
        "coins": list(headline.coins),
        "tags": list(headline.tags),
        "read": headline.read,
        "starred": headline.starred,
    }


async def _write(
    columns: Sequence[str], pages: Pages, command: Export, sink: _Sink, is_done: Callable[[], bool]
) -> int:
    """How many rows were written."""
    count = 0
    if not command.jsonl:
        sink.write(csv_text(columns, ()))
    async for page in pages:
        rows = list(page)
        count += len(rows)
        if command.jsonl:
            sink.write("".join(json.dumps(row, allow_nan=False) + "\n" for row in rows))
        else:
            sink.write(csv_text(columns, rows, header=False))
        if is_done():
            break
    return count


def _moment(text: str | None, now: float, otherwise: float) -> float:
    """Unix seconds of a day, a time or how long ago. Raises ``UsageError``."""
    if text is None:
        return otherwise
    seconds = parse_seconds(text) if text and text[-1].isalpha() else None
    if seconds is not None:
        return now - seconds
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp()
    raise UsageError(f"a time is written 2026-01-31, 2026-01-31T18:00Z or 7d, not {shown_name(text)}")
