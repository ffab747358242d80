"""How a month's calls are spent: ``PYTHONPATH=tests python tests/bench/month.py``.

Three panes are open around the clock for thirty days, with the 10,000 calls of a free key; a person looks at one of
them for so many hours a day. A line for each fifth day: the calls of the day, the longest wait between two fetches
while somebody looked and while nobody did, and what the program said of its budget at the end of it.
"""

import time
from datetime import UTC, datetime

from simulated_month import FOUR_HOURS, Hours, Month, live, run_inline

SCENES: dict[str, Hours] = {
    "nobody looks": (),
    "4 hours a day": FOUR_HOURS,
    "8 hours a day": ((7, 11), (13, 17)),
    "24 hours a day": ((0, 24),),
}


def show(name: str, month: Month, took: float) -> None:
    """Print a table."""
    print(f"{name}: {month.calls:,} calls, {month.fetches:,} of them for quotes; {month.left:,} left  ({took:.0f} s)")
    print("   day   calls  looking   else  told")
    for number in (1, 2, 5, 10, 15, 20, 25, 30):
        day, told = month.days[number - 1], month.told[number - 1]
        words = told if not told.isdecimal() else f"lasts to the {datetime.fromtimestamp(int(told), UTC).day}."
        print(f"    {number:2}   {day.calls:5}   {day.fast:4.0f} s  {day.slow:4.0f} s  {words}")


if __name__ == "__main__":
    for name, hours in SCENES.items():
        started = time.perf_counter()
        month = run_inline(lambda hours=hours: live(hours))  # type: ignore[misc]
        show(name, month, time.perf_counter() - started)
