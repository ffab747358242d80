"""The server as a program: ``PYTHONPATH=tests python -m upstream --port 8765 --print-config > config.toml``."""

import argparse
import asyncio
import signal
from pathlib import Path

from cointicker.sources.demo_outlets import DEMO_FEEDS
from upstream.server import Upstream
from upstream.world import World


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="upstream", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--corpus", type=Path, help="a folder of recorded answers to serve")
    parser.add_argument("--shift-dates", action="store_true", help="move recorded times to the present")
    parser.add_argument(
        "--cache", type=int, default=0, metavar="SECONDS", help="market answers stay the same for so long"
    )
    parser.add_argument("--calls", type=int, metavar="N", help="market calls in a minute before 429")
    parser.add_argument("--demo-key", default="", help="the only key that is known")
    parser.add_argument("--fail", action="append", default=[], metavar="GLOB=FAULT", help="play a fault on these paths")
    parser.add_argument("--print-config", action="store_true", help="print a config.toml for cointicker and end")
    return parser


def _world(options: argparse.Namespace) -> World:
    if options.corpus is None:
        return World(options.seed)
    return World.from_corpus(options.corpus, times="now" if options.shift_dates else "recorded", seed=options.seed)


def config(upstream: Upstream) -> str:
    """A ``config.toml`` that points cointicker at the server."""
    known = dict(zip(upstream.feed_urls, DEMO_FEEDS, strict=False)) if upstream.world.recorded is None else {}
    lines = [
        "[market]",
        f'base_url = "{upstream.market_url}"',
        "",
        "[mining]",
        f'base_url = "{upstream.mining_url}"',
        "",
    ]
    for url in (*upstream.feed_urls, upstream.specials_url):
        lines += ["[[news.feeds]]", f'url = "{url}"']
        if feed := known.get(url):
            names = ", ".join(f'"{category}"' for category in feed.categories)
            lines += [f'name = "{feed.name}"', f"categories = [{names}]"]
        lines.append("")
    return "\n".join(lines)


async def _run(upstream: Upstream) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with upstream:
        print(f"{upstream.url} plays the outside world; switch faults at {upstream.url}/__control/", flush=True)
        await stop.wait()


def main() -> int:
    """Print the configuration, or serve until a signal."""
    parser = _parser()
    options = parser.parse_args()
    upstream = Upstream(
        _world(options),
        host=options.host,
        port=options.port,
        cache_seconds=options.cache,
        demo_key=options.demo_key,
        calls_a_minute=options.calls,
    )
    for rule in options.fail:
        glob, _, fault = rule.rpartition("=")
        try:
            upstream.fail(glob, fault)
        except ValueError as error:
            parser.error(str(error))
    if options.print_config:
        print(config(upstream))
        return 0
    asyncio.run(_run(upstream))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
