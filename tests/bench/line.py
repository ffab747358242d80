"""How long ``cointicker line`` takes: ``PYTHONPATH=tests python tests/bench/line.py [--runs 40] [--seconds 10]``.

It is run in turn with an empty Python, so that a machine whose speed drifts does so for both; told are the medians of
processor and wall milliseconds and the median of the pairs' ratios. Then what a follower costs while nothing changes.
Everything happens in a folder of its own.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cointicker
from cli.command_line import Stored

_ROOT = Path(cointicker.__file__).parents[1]
_NOTHING = (sys.executable, "-c", "pass")
_LINE = (sys.executable, "-c", "import cointicker.__main__ as door, sys; sys.exit(door.main())", "line", "--offline")
"""As the installed program starts: found like any other module."""
_FORMS = {
    "watchlist": (),
    "one coin": ("--format", "{BTC.price} {BTC.change_24h}"),
    "all kinds": ("--format", "{coins} {headline} {unread} {hashprice} {fees}", "--color", "tmux", "--width", "100"),
}


def main() -> None:
    """Print the figures."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--runs", type=int, default=40)
    reader.add_argument("--seconds", type=float, default=10.0, help="of watching a follower")
    wanted = reader.parse_args()
    with _home() as environ:
        print(f"{'':12}  cpu ms  wall ms  of an empty Python: cpu  wall  (medians of {wanted.runs} pairs)")
        for name, words in _FORMS.items():
            _run((*_LINE, *words), environ)  # compiles, and keeps the settings
            pairs = [(_run((*_LINE, *words), environ), _run(_NOTHING, environ)) for _ in range(wanted.runs)]
            cpu, wall = (statistics.median(line[kind] for line, _ in pairs) for kind in (0, 1))
            ratios = [statistics.median(line[kind] / nothing[kind] for line, nothing in pairs) for kind in (0, 1)]
            print(f"{name:12}  {cpu:6.1f}  {wall:7.1f}  {ratios[0]:22.2f}  {ratios[1]:4.2f}")
        ticks, switches, resident = _follow(wanted.seconds, environ)
        print(f"follower over {wanted.seconds:.0f} s: {ticks} clock ticks, {switches} wake-ups, {resident:.1f} MB")


@contextmanager
def _home() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory() as home:
        environ = {
            **os.environ, "HOME": home, "PYTHONPATH": str(_ROOT), "PYTHONPYCACHEPREFIX": f"{home}/compiled",
            "XDG_CONFIG_HOME": f"{home}/config", "XDG_DATA_HOME": f"{home}/data", "XDG_STATE_HOME": f"{home}/state",
        }  # fmt: skip
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        Stored(Path(home, "data", "cointicker", "cointicker.db")).prices(5)
        yield environ


def _run(command: tuple[str, ...], environ: dict[str, str]) -> tuple[float, float]:
    """Processor and wall milliseconds of a process."""
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return (used.ru_utime + used.ru_stime) * 1000, (time.perf_counter() - started) * 1000


def _follow(seconds: float, environ: dict[str, str]) -> tuple[int, int, float]:
    """Clock ticks, wake-ups and resident megabytes of a follower while nothing changes."""
    with subprocess.Popen((*_LINE, "--follow"), env=environ, stdout=subprocess.PIPE) as follower:
        assert follower.stdout is not None
        follower.stdout.readline()
        place = Path(f"/proc/{follower.pid}")
        before = _spent(place)
        time.sleep(seconds)
        after = _spent(place)
        resident = int((place / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
        follower.kill()
    return after[0] - before[0], after[1] - before[1], resident


def _spent(place: Path) -> tuple[int, int]:
    fields = (place / "stat").read_text().rpartition(")")[2].split()
    switches = next(line for line in (place / "status").read_text().splitlines() if line.startswith("voluntary"))
    return int(fields[11]) + int(fields[12]), int(switches.split()[1])


if __name__ == "__main__":
    main()
