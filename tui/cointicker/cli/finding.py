"""``cointicker watch find``: coins by a few letters, as the search of the screen finds them."""

from collections.abc import Sequence
from typing import Any

from cointicker.cli.csv_rows import csv_text
from cointicker.cli.forms.watch import Watch
from cointicker.cli.output import COULD_NOT, DONE, STALE, Out
from cointicker.cli.tables import Column, table_lines
from cointicker.domain.directory import Listing
from cointicker.domain.freshness import Failed
from cointicker.engine.engine import Engine
from cointicker.text.numbers import UNKNOWN, format_price

_COLUMNS = ("id", "symbol", "name", "rank", "price")


async def find_coins(engine: Engine, command: Watch, out: Out) -> int:
    """Print the coins that a text may mean, the likeliest first; the exit status."""
    await engine.market.load()
    text = " ".join(command.words)
    stored = await engine.search_coins(text, command.limit)
    answer: Sequence[Listing] | Failed = () if engine.snapshot.offline else await engine.search_remote(text)
    why = engine.snapshot.why_offline if engine.snapshot.offline else ""
    if isinstance(answer, Failed):
        why, answer = answer.why, ()
    by_id = {each.coin_id: each for each in (*stored, *answer)}
    order = dict.fromkeys(each.coin_id for each in (*answer, *stored))
    found = [by_id[coin] for coin in order][: command.limit]
    if why and not engine.snapshot.offline:
        out.say(f"{engine.snapshot.market_source} cannot be asked: {why}")
    _write(found, why, command, out)
    if not found:
        out.say(f"no coin is called {text}")
        return COULD_NOT
    return STALE if why and not engine.snapshot.offline else DONE


def _row(listing: Listing) -> dict[str, Any]:
    return {
        "id": listing.coin_id,
        "symbol": listing.symbol,
        "name": listing.name,
        "rank": listing.rank,
        "price": listing.price,
    }


def _write(found: Sequence[Listing], why: str, command: Watch, out: Out) -> None:
    rows = [_row(each) for each in found]
    if command.json:
        out.json({"reason": why or None, "coins": rows})
    elif command.csv:
        out.write(csv_text(_COLUMNS, rows))
    elif rows:
        columns = [
            Column("#", [str(each.rank or UNKNOWN) for each in found], right=True, rank=2),
            Column("coin", [each.symbol for each in found], paint=lambda _row, text: out.paint.strong(text)),
            Column("name", [each.name for each in found], flexible=True),
            Column("id", [each.coin_id for each in found]),
            Column("price", [format_price(each.price) for each in found], right=True, rank=1),
        ]
        for line in table_lines(columns, out.width, out.paint):
            out.print(line)
