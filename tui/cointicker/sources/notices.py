"""Tells of an alert outside the terminal: the desktop's notification, and a person's own command.

Programs are run by their arguments, never through a shell; what came from outside is only ever an argument that
begins with a word of ours, or a value in the environment.
"""

import asyncio
import os
import shutil
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from cointicker.text.safe import clean

TIME_LIMIT = 10.0
"""Seconds that a program may take."""
_TITLE = "cointicker"
_SCRIPT = (
    "on run arguments",
    f'display notification (item 1 of arguments) with title "{_TITLE}"',
    "end run",
)


class Notices:
    """``engine.notifying.Notifier`` with the programs of this machine."""

    def __init__(self, time_limit: float = TIME_LIMIT) -> None:
        self._time_limit = time_limit

    async def show(self, text: str) -> str:
        """A notification of the desktop; why it could not be, in words, or empty text."""
        command = desktop_command(text)
        if command is None:
            return "no notification of the desktop: there is no notify-send, terminal-notifier or osascript"
        return await self._run(command, {})

    async def run(self, command: Sequence[str], values: Mapping[str, str]) -> str:
        """Run a person's command with values in its environment; what went wrong, in words, or empty text."""
        return await self._run(command, values)

    async def _run(self, command: Sequence[str], values: Mapping[str, str]) -> str:
        name = clean(Path(command[0]).name, 60)
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
                env={**os.environ, **values},
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            return f"{name} cannot be started: {getattr(error, 'strerror', None) or 'its arguments are wrong'}"
        try:
            async with asyncio.timeout(self._time_limit):
                status = await process.wait()
        except TimeoutError:
            return f"{name} took longer than {self._time_limit:g} seconds and was ended"
        finally:
            await _end(process)
        return f"{name} ended with status {status}" if status else ""


def desktop_command(text: str) -> list[str] | None:
    """What shows a notification on this machine, or ``None``.

    The text is the title of ``notify-send``: there, unlike in the body, no markup is read.
    """
    if program := shutil.which("notify-send"):
        return [program, f"--app-name={_TITLE}", "--", text]
    if program := shutil.which("terminal-notifier"):
        return [program, "-title", _TITLE, "-message", text]
    if program := shutil.which("osascript"):
        return [program, *(part for line in _SCRIPT for part in ("-e", line)), text]
    return None


async def _end(process: asyncio.subprocess.Process) -> None:
    """End a process that still runs, and all that it has started."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
