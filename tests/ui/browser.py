"""A real program in the place of a browser, which notes its arguments."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

_PROGRAM = """#!{python}
import os, sys
with open({draft!r} + str(os.getpid()), "w") as file:
    file.write("\\0".join(sys.argv[1:]))
os.rename({draft!r} + str(os.getpid()), {done!r} + str(os.getpid()))
"""


class Browser:
    """Notes with which arguments it was started."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self.program = folder / "browser"
        self.program.write_text(
            _PROGRAM.format(python=sys.executable, draft=str(folder / "draft-"), done=str(folder / "start-"))
        )
        self.program.chmod(0o700)
        monkeypatch.setenv("BROWSER", str(self.program))
        monkeypatch.setenv("PATH", os.defpath)

    @property
    def starts(self) -> list[list[str]]:
        """The arguments of every start."""
        return [path.read_text().split("\0") for path in self._folder.glob("start-*")]

    async def started(self) -> list[str]:
        """The arguments of the one start, once it has happened."""
        async with asyncio.timeout(10):
            while not self.starts:
                await asyncio.to_thread(os.sched_yield)
        (arguments,) = self.starts
        return arguments
