"""The two forms of ``cointicker line`` that need an engine: ``--fetch``, and the line of the demo's world."""

import asyncio
import os

from cointicker.cli.forms.line import Line
from cointicker.cli.line.dialects import choose_dialect
from cointicker.cli.line.making import Maker
from cointicker.cli.line.output import to_json
from cointicker.cli.line.request import Request, RequestError
from cointicker.cli.output import DONE, Out, UsageError
from cointicker.cli.setup import Setup
from cointicker.config.glance import glance_at
from cointicker.domain.freshness import fetched_at
from cointicker.domain.glance import FEES, MINING_FACTS, Coin, Due, Known, News, Wants
from cointicker.domain.market import Quote, peg_distance
from cointicker.engine.engine import Engine
from cointicker.engine.naming import name_at_hand
from cointicker.engine.state import Snapshot

_SECONDS = 90.0
"""After which fetching is given up; what came by then is kept."""


async def through_engine(engine: Engine, command: Line, setup: Setup, out: Out) -> int:
    """Fetch what the line needs, and print it unless that was all that was asked; the exit status."""
    maker = _maker(command, engine, setup, out)
    await engine.load()
    await _fetch(engine, maker)
    if command.fetch:
        return DONE
    now = engine.board.clock()
    made = maker.make(_known(engine.snapshot), now)
    out.print(to_json(maker, made) if command.json else made.text)
    return made.status


def _maker(command: Line, engine: Engine, setup: Setup, out: Out) -> Maker:
    request = Request()
    request.format, request.width, request.json = command.format, command.width, command.json
    theme, watchlist = setup.theme, engine.snapshot.watchlist.name
    glance = glance_at(engine.snapshot.settings, theme, watchlist, ())
    glance.currency = engine.snapshot.currency
    kind = command.color or ("pango" if command.json else None)
    try:
        dialect = choose_dialect(kind, glance, os.environ, terminal=out.terminal)
        return Maker(request, glance, dialect, made_up=engine.snapshot.demo)
    except RequestError as error:
        raise UsageError(str(error)) from error


async def _fetch(engine: Engine, maker: Maker) -> None:
    """Ask for what is due, side by side; what fails leaves a deadline in the store."""
    wants = maker.wants
    try:
        async with asyncio.timeout(_SECONDS), asyncio.TaskGroup() as group:
            if wants.coins or wants.rule:
                group.create_task(_fetch_prices(engine, wants))
            if wants.headline:
                group.create_task(engine.news.refresh())
            if wants.mining:
                group.create_task(engine.mining.refresh())
    except TimeoutError:
        return


async def _fetch_prices(engine: Engine, wants: Wants) -> None:
    if wants.rule:
        await engine.rankings.find_coins()
    await engine.market.look_up(wants.coins)
    named = tuple(dict.fromkeys(name_at_hand(wants.coins, engine.snapshot.quotes).ids.values()))
    snapshot, now = engine.snapshot, engine.board.clock()
    if now >= engine.market.due_at():
        await engine.market.refresh(coins=named)
        return
    oldest = now - 3 * snapshot.refresh
    lacking = [coin for coin in named if coin not in snapshot.quotes or snapshot.quotes[coin].fetched_at < oldest]
    if lacking:
        await engine.market.refresh(coins=lacking)


def _known(snapshot: Snapshot) -> Known:
    """The state of an engine, as the store would have told it."""
    known = Known()
    quotes = sorted(snapshot.quotes.values(), key=lambda quote: quote.rank or 10**9, reverse=True)
    for quote in quotes:
        coin = _coin(quote)
        coin.peg_points = peg_distance(quote, snapshot.pegs)
        known.coins[quote.symbol.lower()] = known.coins[quote.coin_id] = coin
    known.listed = snapshot.watchlist.coins
    known.prices_due = Due(None, snapshot.market.next_at or 0.0)
    if snapshot.stories:
        lead = snapshot.stories[0].lead
        known.headline = News(lead.title, lead.source, lead.at)
    known.unread = sum(not each.read for story in snapshot.stories for each in story.headlines)
    known.news_at = fetched_at(snapshot.news.freshness)
    if snapshot.mining is not None:
        known.mining = {name: getattr(snapshot.mining, name) for name in MINING_FACTS}
        fees = snapshot.mining.fees
        known.mining |= {f"fees.{name}": getattr(fees, name) for name in FEES} if fees is not None else {}
        known.mining_at = snapshot.mining.fetched_at
    return known


def _coin(quote: Quote) -> Coin:
    return Coin(
        coin_id=quote.coin_id,
        symbol=quote.symbol,
        name=quote.name,
        price=quote.price,
        fetched_at=quote.fetched_at,
        updated_at=quote.updated_at,
        change_1h=quote.change_1h,
        change_24h=quote.change_24h,
        change_7d=quote.change_7d,
        market_cap=quote.market_cap,
        volume_24h=quote.volume_24h,
        rank=quote.rank,
    )
