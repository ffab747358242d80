"""The only module that names concrete sources and the store: it puts them into an engine.

What is heavy is imported by the function that needs it, the sources by one that the engine calls in a thread.
"""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from cointicker.cli.doctor import Check
from cointicker.cli.options import App, Options
from cointicker.cli.output import USAGE, UsageError, open_out
from cointicker.cli.run import Outside, run_command
from cointicker.cli.setup import Setup, find_paths, follow, prepare
from cointicker.config.following import Configuration
from cointicker.config.holdings import LotBook
from cointicker.config.logs import log_to
from cointicker.config.paths import Paths
from cointicker.config.problems import short_path
from cointicker.config.settings import NotifySettings, Settings
from cointicker.domain.freshness import Failed
from cointicker.engine.commands import BY_NAME, share_a_place
from cointicker.engine.engine import Engine
from cointicker.engine.ledger import MARKET, LedgerStore, Limit
from cointicker.engine.notifying import Notifier
from cointicker.engine.ports import Sources
from cointicker.engine.tiers import key_of
from cointicker.text.numbers import format_price


def run(options: Options) -> int:
    """Carry out a command line; the exit status."""
    _start_log(find_paths(options), options)
    if isinstance(options.command, App):
        return run_app(options)
    return run_command(options, Outside(open_engine, look_outside), os.environ)


def run_app(options: Options) -> int:
    """Show the screen until the person leaves it; the exit status."""
    from cointicker.ui import first_frame  # noqa: PLC0415 - only for the screen

    paths = find_paths(options)
    key = first_frame.frame_key(paths.config_file, options.looks)
    try:
        return _run_screen(options, lambda frame: first_frame.save_frame(paths.frame_file, key, frame, time.time()))
    except UsageError as error:
        first_frame.leave()  # or the words would go with the screen that they are written on
        open_out(os.environ).say(str(error))
        return USAGE
    finally:
        first_frame.leave()


def _run_screen(options: Options, keep_frame: Callable[[str], None]) -> int:
    setup = prepare(options, os.environ, broken_too=True)
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise UsageError("the screen needs a terminal; `cointicker prices` and `cointicker news` do not")
    from cointicker.ui.app import run as run_screen  # noqa: PLC0415 - Textual, only for the screen

    return run_screen(
        lambda: open_engine(setup, options),
        settings=setup.settings,
        themes=setup.themes.themes,
        theme=setup.settings.theme,
        problems=[str(problem) for problem in setup.problems],
        keep_frame=None if options.demo else keep_frame,
    )


def open_engine(setup: Setup, options: Options) -> Engine:
    """An engine over what is stored; it makes the sources when it first fetches."""
    from cointicker.sources.network import local_address  # noqa: PLC0415 - sockets
    from cointicker.store.sqlite import SqliteStore  # noqa: PLC0415 - SQLite, not needed for --help

    settings = world_settings(setup.settings, demo=options.demo)
    _start_log(setup.paths, options, *settings.secrets)
    database = None if options.demo else setup.paths.database
    store = SqliteStore(database, time.time, runtime_dir=setup.paths.runtime_dir)

    def make_sources() -> Sources:
        _start_log(setup.paths, options, *engine.settings.secrets)  # by now the keys may be others
        if options.demo:
            return demo_sources()
        return real_sources(engine.settings, store.ledger)

    engine = Engine(
        settings,
        store,
        make_sources,
        offline=options.offline and not options.demo,
        demo=options.demo,
        watchlist=options.watchlist,
        configuration=follow_files(setup, demo=options.demo),
        lots=open_lots(setup.paths, options),
        notifier=make_notifier(options),
        address=None if options.demo or not isinstance(options.command, App) else local_address,
    )
    return engine


def open_lots(paths: Paths, options: Options) -> LotBook | None:
    """What the person holds, for what shows it; the demo's person has lots of their own, in memory."""
    if options.no_holdings or not options.command.opens_holdings:
        return None
    if options.demo:
        from cointicker.sources.demo_personal import DEMO_HOLDINGS  # noqa: PLC0415 - only for the demo

        return LotBook(None, DEMO_HOLDINGS)
    return LotBook(paths.holdings_file)


def make_notifier(options: Options) -> Notifier | None:
    """What tells of alerts outside the terminal; nothing does so of an invented world."""
    if options.demo or not isinstance(options.command, App):
        return None
    from cointicker.sources.notices import Notices  # noqa: PLC0415 - only for the screen

    return Notices()


def follow_files(setup: Setup, *, demo: bool) -> Configuration:
    """The configuration that changes are written into and that is followed; of the demo a copy in memory."""
    if not demo:
        return follow(setup, os.environ)
    settings = setup.reading.settings
    world = world_settings(settings, demo=True)
    news = replace(settings.news, feeds=world.news.feeds)
    settings = replace(settings, alerts=world.alerts, watchlists=world.watchlists, news=news)
    return Configuration(
        None, settings, setup.themes.themes, environ=os.environ, commands=BY_NAME, together=share_a_place
    )


def _start_log(paths: Paths, options: Options, *secrets: str) -> None:
    log_to(None if options.demo else paths.log_file, secrets)


def world_settings(settings: Settings, *, demo: bool) -> Settings:
    """The settings with the feeds, the pace and the silent alerts of the demo world, and a list of pegged coins."""
    if not demo:
        return settings
    from cointicker.sources.demo import DEMO_FEEDS  # noqa: PLC0415 - only for the demo
    from cointicker.sources.demo_market import TICK  # noqa: PLC0415
    from cointicker.sources.demo_personal import DEMO_ALERTS, DEMO_PEGGED  # noqa: PLC0415

    return replace(
        settings,
        market=replace(settings.market, refresh=TICK),
        news=replace(settings.news, feeds=DEMO_FEEDS, refresh=60.0),
        alerts=DEMO_ALERTS,
        watchlists=(*(each for each in settings.watchlists if each.name != DEMO_PEGGED.name), DEMO_PEGGED),
        notify=NotifySettings(bell=False, terminal="off"),
    )


def demo_sources() -> Sources:
    """The invented world."""
    from cointicker.sources import demo  # noqa: PLC0415 - only for the demo

    return demo.demo_sources(time.time)


def real_sources(settings: Settings, ledger: LedgerStore) -> Sources:
    """The network, as the settings name it; calls are entered into the ledger. Takes about a tenth of a second."""
    from cointicker.sources.articles import Articles  # noqa: PLC0415 - httpx and more
    from cointicker.sources.coingecko import CoinGecko  # noqa: PLC0415
    from cointicker.sources.feeds import Feeds  # noqa: PLC0415
    from cointicker.sources.http import Fetcher, user_agent  # noqa: PLC0415
    from cointicker.sources.mempool import Mempool  # noqa: PLC0415
    from cointicker.sources.pictures import Pictures  # noqa: PLC0415
    from cointicker.sources.worker import Worker  # noqa: PLC0415

    market, mark = settings.market, key_of(settings.market).mark
    typed = (market.base_url, settings.mining.base_url, *(feed.url for feed in settings.news.feeds))
    fetcher = Fetcher(user_agent=user_agent(settings.contact), typed=typed)
    worker = Worker()
    return Sources(
        market=CoinGecko(
            fetcher,
            market.base_url,
            demo_api_key=market.demo_api_key,
            pro_api_key=market.pro_api_key,
            on_call=partial(ledger.count, MARKET, mark),
            on_limit=partial(note_limit, ledger, mark),
            clock=time.time,
        ),
        feeds=Feeds(fetcher, worker, time.time),
        articles=Articles(fetcher, worker),
        mining=Mempool(fetcher, settings.mining.base_url, time.time),
        pictures=Pictures(fetcher, worker),
    )


async def note_limit(ledger: LedgerStore, mark: str, most: int) -> None:
    """Keep how many calls a minute a server says that it bears."""
    await ledger.save_limit(MARKET, mark, Limit(most, time.time() + Limit.LONGEST))


async def look_outside(setup: Setup, options: Options) -> tuple[Check, ...]:
    """What ``doctor`` finds at the database, the sources and the worker process, looked at side by side."""
    if options.demo:
        return (Check("network", ok=True, detail="the demo asks nobody and writes nothing"),)
    from cointicker.store.sqlite import SqliteStore  # noqa: PLC0415 - SQLite, not needed for --help

    store = SqliteStore(setup.paths.database, time.time)
    sources = await asyncio.to_thread(real_sources, setup.settings, store.ledger)
    try:
        await store.changed()
        checks = [_look_at_database(setup.paths.database, store.trouble), await _look_at_worker(sources)]
        if options.offline:
            return (*checks, Check("network", ok=True, detail="skipped: --offline"))
        market, mining = await asyncio.gather(_look_at_market(sources, setup.settings), _look_at_mining(sources))
        return (*checks, market, mining)
    finally:
        await sources.close()
        await store.close()


def _look_at_database(path: Path, trouble: str) -> Check:
    from cointicker.store.schema import MIGRATIONS  # noqa: PLC0415 - with SQLite, not needed for --help

    if trouble:
        return Check("database", ok=False, detail=trouble)
    status = path.stat()
    mode = status.st_mode & 0o777
    size = status.st_size / 1e6
    return Check(
        "database",
        ok=not mode & 0o077,
        detail=f"{short_path(path)}, mode {mode:04o}, schema {len(MIGRATIONS)}, {size:.1f} MB",
    )


async def _look_at_worker(sources: Sources) -> Check:
    page = await sources.articles.read("<p>one</p><p>two</p>", "https://example.org/")
    if isinstance(page, Failed):
        return Check("worker", ok=False, detail=page.why)
    return Check("worker", ok=len(page.blocks) == 2, detail="the process that reads foreign pages works")


async def _look_at_market(sources: Sources, settings: Settings) -> Check:
    started = time.monotonic()
    answer = await sources.market.quotes(("bitcoin",), settings.currency)
    if isinstance(answer, Failed):
        return Check(MARKET, ok=False, detail=answer.why)
    took = (time.monotonic() - started) * 1000
    key = "with a key" if settings.market.has_key else "without a key"
    price = format_price(answer[0].price if answer else None)
    return Check(
        MARKET,
        ok=bool(answer),
        detail=f"{sources.market.name} answers in {took:.0f} ms, {key}; bitcoin: {price} {settings.currency.upper()}",
    )


async def _look_at_mining(sources: Sources) -> Check:
    started = time.monotonic()
    answer = await sources.mining.fetch()
    if isinstance(answer, Failed):
        return Check("mining", ok=False, detail=answer.why)
    took = (time.monotonic() - started) * 1000
    return Check("mining", ok=True, detail=f"answers in {took:.0f} ms; block {answer.height or 'unknown'}")
