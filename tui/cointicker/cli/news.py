"""``cointicker news``: the newest headlines, one row for each story."""

import asyncio
from collections.abc import Sequence
from functools import cache
from typing import Any

from cointicker.cli.choosing import choice_named, choose_stories, query_of
from cointicker.cli.coins import unknown_coin
from cointicker.cli.csv_rows import csv_text
from cointicker.cli.fetching import bring_up_to_date, describe, status_of
from cointicker.cli.forms.reports import News
from cointicker.cli.output import Out, Paint, shown_name
from cointicker.cli.tables import Column, table_lines
from cointicker.domain.freshness import Failed, Freshness, Waiting, fetched_at, reason_of, state_name
from cointicker.domain.mentions import known_coins
from cointicker.domain.news import Story
from cointicker.engine.engine import Engine
from cointicker.engine.state import Snapshot
from cointicker.text.cells import fit
from cointicker.text.numbers import format_age, format_change, format_clock, iso_time

FEED_SECONDS = 30.0
"""How long to wait for feeds; those that are slower are shown at another time."""
_SOURCE_CELLS = 16
_SHORTEST_ID = 6
"""Letters of an id that is printed; more where they would not be unique."""
_MOST_COINS = 3
_COLUMNS = (
    *("id", "published", "title", "url", "source", "sources", "author", "categories", "coins", "read", "starred"),
)
"""Of the CSV form."""


async def show_news(engine: Engine, command: News, out: Out) -> int:
    """Print the stories that were asked for; the exit status."""
    choice = choice_named(command.category, engine.settings.searches)
    await engine.load()
    query = query_of(engine, command.search)
    state = await _fetch(engine, command)
    coin = None if command.coin is None else await _coin(engine, command.coin)
    if isinstance(coin, Failed):
        state = coin
    now = engine.board.clock()
    if reason := describe(state, now):
        out.say(reason)
    snapshot = engine.snapshot
    stories: list[Story] = []
    if not isinstance(coin, Failed):
        told = await choose_stories(engine, command, choice, query, out)
        named = [story for story in told if coin is None or any(coin in each.coins for each in story.headlines)]
        stories = named[: command.limit]
    if command.json:
        out.json(_document(snapshot, stories, state))
    elif command.csv:
        out.write(csv_text(_COLUMNS, _rows(snapshot, stories)))
    else:
        _print(snapshot, stories, state, out, now)
    return status_of(state)


async def _fetch(engine: Engine, command: News) -> Freshness:
    if not engine.settings.news.feeds:
        return Failed("no feed is configured")
    desk, interval = engine.news, engine.settings.news.refresh
    try:
        async with asyncio.timeout(FEED_SECONDS):
            state = await bring_up_to_date(engine, desk, lambda: desk.refresh(force=command.refresh), interval)
    except TimeoutError:
        await engine.load()
        state = engine.snapshot.news.freshness
    if not engine.snapshot.offline:
        await engine.market.refresh()  # what the coins did since; without it the headlines are still worth showing
        await engine.market.show_moves(engine.snapshot.stories)
    return Failed(f"no feed answered within {FEED_SECONDS:.0f} s") if isinstance(state, Waiting) else state


async def _coin(engine: Engine, name: str) -> str | Failed:
    """The id of the coin that a person names."""
    found, unknown = await engine.market.resolve([name])
    if name in found:
        return found[name]
    if isinstance(unknown, Failed):
        return Failed(
            f"{shown_name(name)} is not known here, and {engine.snapshot.market_source} cannot tell: {unknown.why}"
        )
    return Failed(unknown_coin(name, engine.snapshot))


def _moves(story: Story, snapshot: Snapshot) -> dict[str, float | None]:
    """Coin → percent since publication, ``None`` where it is not known."""
    lead = story.lead
    return {coin: snapshot.moves.get((lead.headline_id, coin)) for coin in lead.coins}


def _document(snapshot: Snapshot, stories: Sequence[Story], state: Freshness) -> dict[str, Any]:
    return {
        "state": state_name(state),
        "reason": reason_of(state),
        "as_of": iso_time(fetched_at(state)),
        "demo": snapshot.demo,
        "feeds": {"ok": snapshot.feeds_ok, "failed": sum(bool(health.why) for health in snapshot.feeds)},
        "headlines": _rows(snapshot, stories),
    }


def _rows(snapshot: Snapshot, stories: Sequence[Story]) -> list[dict[str, Any]]:
    return [
        {
            "id": story.lead.headline_id,
            "title": story.lead.title,
            "url": story.lead.url or None,
            "source": story.lead.source,
            "author": story.lead.author or None,
            "published": iso_time(story.lead.published),
            "updated": iso_time(story.lead.updated),
            "categories": list(story.lead.categories),
            "coins": list(story.lead.coins),
            "moves": _moves(story, snapshot),
            "sources": list(story.sources),
            "read": story.read,
            "starred": story.lead.starred,
        }
        for story in stories
    ]


def _print(snapshot: Snapshot, stories: Sequence[Story], state: Freshness, out: Out, now: float) -> None:
    if stories:
        for line in table_lines(_columns(snapshot, stories, out.paint, now), out.width, out.paint):
            out.print(line)
    at = fetched_at(state)
    if at is None:
        return
    muted = f" · {snapshot.muted} muted" if snapshot.muted else ""
    count = "" if stories else "no such headline · "
    out.print(
        out.paint.dim(
            f"{count}as of {format_clock(at)} ({format_age(now - at)} ago) · "
            f"feeds {snapshot.feeds_ok}/{snapshot.feeds_total}{muted}"
        )
    )


def _columns(snapshot: Snapshot, stories: Sequence[Story], paint: Paint, now: float) -> list[Column]:
    size = _id_size(snapshot.stories)
    leads = [story.lead for story in stories]
    return [
        Column("", ["●" if not lead.read else " " for lead in leads], paint=lambda _row, text: paint.mark(text)),
        Column("", [format_age(now - lead.at) for lead in leads], right=True, paint=lambda _row, text: paint.dim(text)),
        Column("", [lead.headline_id[:size] for lead in leads], paint=lambda _row, text: paint.dim(text)),
        Column("", [_source(story) for story in stories], rank=2),
        Column(
            "",
            [lead.title for lead in leads],
            flexible=True,
            paint=lambda row, text: text if leads[row].read else paint.strong(text),
        ),
        _coins(snapshot, stories, paint),
    ]


def _source(story: Story) -> str:
    others = len(story.sources) - 1
    return fit(story.lead.source, _SOURCE_CELLS) + (f" ×{others + 1}" if others else "")


def _coins(snapshot: Snapshot, stories: Sequence[Story], paint: Paint) -> Column:
    """The coins of a story, each with its move; in one colour, that of the first."""
    firsts: list[float | None] = []
    cells: list[str] = []
    for story in stories:
        moves = list(_moves(story, snapshot).items())[:_MOST_COINS]
        firsts.append(moves[0][1] if moves else None)
        cells.append("  ".join(_moved(snapshot, coin, percent) for coin, percent in moves))
    return Column("", cells, rank=1, paint=lambda row, text: paint.move(firsts[row], text))


def _moved(snapshot: Snapshot, coin: str, percent: float | None) -> str:
    quote = snapshot.quotes.get(coin)
    symbol = quote.symbol if quote is not None else _symbols().get(coin, coin)
    return symbol if percent is None else f"{symbol} {format_change(percent, 1)}"


@cache
def _symbols() -> dict[str, str]:
    """Coin → symbol, of the coins that headlines name most."""
    return {coin.coin_id: coin.symbol for coin in known_coins()}


def _id_size(stories: Sequence[Story]) -> int:
    """How many letters tell all ids apart."""
    ids = [headline.headline_id for story in stories for headline in story.headlines]
    longest = max(map(len, ids), default=_SHORTEST_ID)
    for size in range(_SHORTEST_ID, longest):
        if len({each[:size] for each in ids}) == len(set(ids)):
            return size
    return longest
