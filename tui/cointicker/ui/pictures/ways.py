"""Which way of showing pictures a terminal understands best."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from cointicker.domain.pictures import Way
from cointicker.ui.pictures.asking import Answer, hearing

_PLACEHOLDERS = ("xterm-kitty", "xterm-ghostty", "kitty", "ghostty")
"""What terminals call themselves that know kitty's placeholders; others know its protocol, and not these."""
_ENOUGH_COLOURS = ("truecolor", "256")
_TMUX = "#{client_termname};#{client_termfeatures};#{allow-passthrough}"
_TMUX_SECONDS = 1.0
_PASSES = frozenset({"1", "2", "on", "all"})
"""What tmux says of ``allow-passthrough``, by version."""
_USUAL_SIXEL_CELL = (10, 20)
"""Pixels of a cell of the VT340, which terminals without a pixel of their own keep to."""

Ask = Callable[[Callable[[str], None]], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known without asking."""

    environ: Mapping[str, str]
    colours: str
    """As rich calls them: ``truecolor``, ``256``, ``standard``; empty: none."""
    write: Callable[[str], None] | None = None
    """Writes to the terminal; ``None``: there is none to write to."""
    ask: Ask = field(default=hearing.ask, compare=False)

    @property
    def inside_tmux(self) -> bool:
        """Whether tmux stands between."""
        return bool(self.environ.get("TMUX"))

    @property
    def true_colours(self) -> bool:
        """Whether a colour comes out as it was named, bit by bit."""
        return self.colours == "truecolor" and not self.environ.get("NO_COLOR")


async def find_way(choice: str, around: Surroundings, known: Answer) -> tuple[Way | None, Answer]:
    """The best way, or the one of ``[ui] images_by``; and what is known of the terminal by then."""
    if around.colours not in _ENOUGH_COLOURS:
        return None, known
    if around.write is None or choice == "blocks":
        return Way.BLOCKS, known
    if choice == "kitty":
        return (Way.KITTY if around.true_colours else Way.BLOCKS), known
    if choice == "auto" and around.true_colours and await _knows_placeholders(around):
        return Way.KITTY, known
    answer = await around.ask(around.write)
    known = replace(known, sixel=answer.sixel, cell=known.cell or answer.cell)
    if choice == "sixel":
        return Way.SIXEL, replace(known, cell=known.cell or _USUAL_SIXEL_CELL)
    return (Way.SIXEL if known.sixel and known.cell is not None else Way.BLOCKS), known


async def _knows_placeholders(around: Surroundings) -> bool:
    environ = around.environ
    if around.inside_tmux:
        return _passes_placeholders(await _ask_tmux(environ))
    if environ.get("STY"):  # GNU screen hands nothing on
        return False
    names = environ.get("TERM", ""), environ.get("TERM_PROGRAM", "")
    return any(name in _PLACEHOLDERS for name in names) or "KITTY_WINDOW_ID" in environ


def _passes_placeholders(told: str) -> bool:
    """Whether what tmux tells of the terminal around it and of itself lets kitty's pictures through."""
    name, _, rest = told.strip().partition(";")
    features, _, passes = rest.rpartition(";")
    return name in _PLACEHOLDERS and "RGB" in features.split(",") and passes in _PASSES


async def _ask_tmux(environ: Mapping[str, str]) -> str:
    """What tmux tells; empty where it does not."""
    pane = environ.get("TMUX_PANE", "")
    words = ("tmux", "display-message", "-p", *(("-t", pane) if pane else ()), _TMUX)
    with suppress(OSError, TimeoutError):
        process = await asyncio.create_subprocess_exec(
            *words,
            env=dict(environ),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            output, _ = await asyncio.wait_for(process.communicate(), _TMUX_SECONDS)
        finally:
            if process.returncode is None:
                process.kill()
        return output.decode("utf-8", "replace")
    return ""
