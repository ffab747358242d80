"""Carries out a one-shot command: from options to an exit status."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from cointicker.cli.alerts import alerts
from cointicker.cli.chart import show_chart
from cointicker.cli.config import run_config
from cointicker.cli.doctor import Check, examine
from cointicker.cli.exporting import export
from cointicker.cli.feeds import feeds
from cointicker.cli.forms.alerts import Alerts
from cointicker.cli.forms.export import Export
from cointicker.cli.forms.feeds import Feeds
from cointicker.cli.forms.files import Config, Themes
from cointicker.cli.forms.holdings import Holdings
from cointicker.cli.forms.line import Line
from cointicker.cli.forms.reports import Chart, Doctor, Mark, Mining, News, Prices, Read
from cointicker.cli.forms.watch import Watch
from cointicker.cli.holdings import holdings
from cointicker.cli.line.through_engine import through_engine
from cointicker.cli.marking import mark
from cointicker.cli.mining import show_mining
from cointicker.cli.news import show_news
from cointicker.cli.options import Command, Options
from cointicker.cli.output import COULD_NOT, USAGE, Out, OutputError, UsageError, open_out
from cointicker.cli.prices import show_prices
from cointicker.cli.read import read_article
from cointicker.cli.setup import Setup, prepare
from cointicker.cli.themes import run_themes
from cointicker.cli.watch import watch
from cointicker.config.themes import DEFAULT_THEME
from cointicker.engine.engine import Engine

_SIGNALLED = 128
"""Added to a signal's number, it is the exit status that shells know."""

_HINT_AFTER = 0.5
"""Seconds that nothing is said about waiting."""
_WAITING: Mapping[type[Command], str] = {
    News: "visiting feeds …",
    Read: "fetching the article …",
    Doctor: "looking around …",
}


@dataclass(frozen=True, slots=True)
class Outside:
    """What the commands are given of the outer rings."""

    open_engine: Callable[[Setup, Options], Engine]
    look: Callable[[Setup, Options], Awaitable[Sequence[Check]]]
    """What ``doctor`` looks at beyond what an engine knows."""


def run_command(options: Options, outside: Outside, environ: Mapping[str, str]) -> int:
    """The exit status of a command, which has then written all that it had to."""
    out = open_out(environ)
    try:
        status = _dispatch(options, outside, out, environ)
        out.flush()
    except UsageError as error:
        out.say(str(error))
        return USAGE
    except OutputError as error:
        out.say(str(error))
        return COULD_NOT
    return status


def _dispatch(options: Options, outside: Outside, out: Out, environ: Mapping[str, str]) -> int:
    if isinstance(options.command, Config):
        return run_config(options.command, options, out, environ)
    setup = prepare(options, environ)
    if setup.settings.theme != DEFAULT_THEME:
        out.paint = out.paint.dressed(setup.theme.up, setup.theme.down)
    for problem in setup.errors:
        out.say(str(problem))
    if isinstance(options.command, Themes):
        return run_themes(options.command, options, setup, out, environ)
    if options.demo:
        out.say("DEMO: all of this is invented")
    return asyncio.run(_ask_engine(options, setup, outside, out))


async def _ask_engine(options: Options, setup: Setup, outside: Outside, out: Out) -> int:
    ended_by = _end_on_signals()
    engine = outside.open_engine(setup, options)
    hinting = asyncio.create_task(_hint(out, options))
    try:
        await engine.examine_store()
        status = await _perform(engine, options, setup, outside, out)
        await engine.examine_store()
    except asyncio.CancelledError:
        if not ended_by:  # Ctrl+C, which asyncio turns into KeyboardInterrupt
            raise
        status = _SIGNALLED + ended_by[0]
    finally:
        hinting.cancel()
        out.take_hint_back()
        await engine.close()
    for notice in engine.snapshot.notices:
        out.say(notice.text)
    return status


async def _hint(out: Out, options: Options) -> None:
    """Tell a person who watches, after a while, that something is waited for."""
    if not options.offline:
        await asyncio.sleep(_HINT_AFTER)
        out.hint(_WAITING.get(type(options.command), "fetching …"))


def _end_on_signals() -> list[int]:
    """Let a signal cancel the command, so that it gives back what it holds; the list gets the signal's number."""
    received: list[int] = []
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def end(number: int) -> None:
        received.append(number)
        if task is not None:
            task.cancel()

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:  # nohup ignores SIGHUP, and so do we then
            loop.add_signal_handler(number, end, number)
    return received


async def _perform(engine: Engine, options: Options, setup: Setup, outside: Outside, out: Out) -> int:
    match options.command:
        case Doctor() as command:
            return await examine(engine, setup, await outside.look(setup, options), command, out)
        case Prices() as command:
            return await show_prices(engine, command, out, list_given=options.watchlist is not None)
        case Line() as command:
            return await through_engine(engine, command, setup, out)
        case Export() as command:
            return await export(engine, command, out)
        case Watch() | Feeds() | Alerts() | Holdings() | Mark():
            return await _keep(engine, options.command, out)
    return await _show(engine, options.command, out)


async def _show(engine: Engine, command: Command, out: Out) -> int:
    """What is known."""
    match command:
        case News():
            return await show_news(engine, command, out)
        case Read():
            return await read_article(engine, command, out)
        case Chart():
            return await show_chart(engine, command, out)
        case Mining():
            return await show_mining(engine, command, out)
    raise UsageError("this is no command")


async def _keep(engine: Engine, command: Watch | Feeds | Alerts | Holdings | Mark, out: Out) -> int:
    """What is a person's own."""
    match command:
        case Watch():
            return await watch(engine, command, out)
        case Feeds():
            return await feeds(engine, command, out)
        case Alerts():
            return await alerts(engine, command, out)
        case Holdings():
            return await holdings(engine, command, out)
        case Mark():
            return await mark(engine, command, out)
