"""``cointicker doctor``: what works here and what does not."""

import os
import platform
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from cointicker import __version__
from cointicker.cli.forms.reports import Doctor
from cointicker.cli.output import COULD_NOT, DONE, Out
from cointicker.cli.setup import Setup
from cointicker.cli.tables import Column, table_lines
from cointicker.config.problems import short_path
from cointicker.engine.engine import Engine
from cointicker.engine.feed_words import reason_of
from cointicker.text.numbers import iso_time

_YEAR_2025 = 1_735_689_600.0
"""No clock that is right shows an earlier time than this program's own beginnings."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    detail: str


async def examine(engine: Engine, setup: Setup, looked: Sequence[Check], command: Doctor, out: Out) -> int:
    """Print how everything stands; the exit status. ``looked``: what was found in the outer rings."""
    await engine.load()
    checks = [
        _python(),
        _config(setup),
        _themes(setup),
        *looked,
        _feeds(engine),
        _terminal(out),
        _clock(engine.board.clock()),
    ]
    if command.json:
        out.json({"checks": [{"name": each.name, "ok": each.ok, "detail": each.detail} for each in checks]})
    else:
        _print(checks, out)
    return DONE if all(check.ok for check in checks) else COULD_NOT


def _print(checks: Sequence[Check], out: Out) -> None:
    columns = [
        Column(
            "",
            ["✓" if check.ok else "✗" for check in checks],
            paint=lambda row, text: out.paint.good(text, ok=checks[row].ok),
        ),
        Column("", [check.name for check in checks], paint=lambda _row, text: out.paint.strong(text)),
        Column("", [check.detail for check in checks]),
    ]
    for line in table_lines(columns, out.width, out.paint):
        out.print(line)


def _python() -> Check:
    version = platform.python_version()
    ok = sys.version_info >= (3, 11)
    return Check("program", ok, f"cointicker {__version__} on Python {version}, {platform.system()}")


def _config(setup: Setup) -> Check:
    place = short_path(setup.paths.config_file)
    errors = [problem for problem in setup.reading.problems if problem.severity == "error"]
    if errors:
        return Check("config", ok=False, detail="; ".join(str(problem) for problem in errors))
    return Check("config", ok=True, detail=place if setup.reading.exists else f"{place} is not there: defaults hold")


def _themes(setup: Setup) -> Check:
    errors = [problem for problem in setup.problems if problem not in setup.reading.problems]
    if errors:
        return Check("theme", ok=False, detail="; ".join(str(problem) for problem in errors))
    return Check("theme", ok=True, detail=f"{setup.settings.theme}, one of {len(setup.themes.themes)}")


def _feeds(engine: Engine) -> Check:
    """From the visits that are stored: asking a dozen sites again would tell no more."""
    snapshot = engine.snapshot
    if not snapshot.feeds:
        return Check("feeds", ok=True, detail=f"none of {snapshot.feeds_total} visited yet")
    failing = [f"{health.name}: {reason_of(health)}" for health in snapshot.feeds if health.why]
    tally = f"{snapshot.feeds_ok} of {snapshot.feeds_total} worked at the last visit"
    return Check("feeds", ok=snapshot.feeds_ok > 0, detail="; ".join([tally, *failing]))


def _terminal(out: Out) -> Check:
    environ = out.environ
    term = environ.get("TERM", "")
    if not out.terminal:
        return Check("terminal", ok=True, detail="the output goes elsewhere")
    size = os.get_terminal_size(out.stdout.fileno())
    colours = "truecolour" if environ.get("COLORTERM") in {"truecolor", "24bit"} else "256" if "256" in term else "16"
    parts = [f"{size.columns}x{size.lines}", f"TERM={term or 'not set'}", f"colours: {colours}"]
    if environ.get("TMUX"):
        parts.append("in tmux")
    if environ.get("NO_COLOR"):
        parts.append("NO_COLOR is set")
    return Check("terminal", ok=term not in {"", "dumb"}, detail=", ".join(parts))


def _clock(now: float) -> Check:
    zone = time.strftime("%Z", time.localtime(now))
    return Check("clock", ok=now > _YEAR_2025, detail=f"{iso_time(now)}, zone {zone or 'unknown'}")
