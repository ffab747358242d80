"""What a terminal tells of itself when it is asked: taken out of what is typed, so that no key is lost or made up.

Textual reads the terminal in a thread of its own and knows nothing of these answers: it would take them for keys.
"""

import asyncio
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.message import Message

QUESTION = "\x1b[16t\x1b[c"
"""How large a cell is (xterm, "XTWINOPS"), and what the terminal is: that, all of them answer (DEC, "DA1")."""
PATIENCE = 1.0
"""Seconds that an answer is waited for; it comes in milliseconds, or over a slow line in tenths of a second."""

_CELL = re.compile(r"\x1b\[6;(\d{1,4});(\d{1,4})t")
_KIND = re.compile(r"\x1b\[\?([\d;]*)c")
_BEGUN = re.compile(r"\x1b\[(?:\?[\d;]*|6;[\d;]*)$")
_SIXEL = "4"
"""Among what a terminal says it is: one that shows sixels."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the terminal said."""

    sixel: bool = False
    cell: tuple[int, int] | None = None
    """Pixels: width, height."""


class Hearing:
    """Listens for the answers of the terminal, of which there is one to a process."""

    def __init__(self) -> None:
        self._tell: Callable[[Answer], None] | None = None
        self._asked = False
        self._begun = ""
        self._cell: tuple[int, int] | None = None

    async def ask(self, write: Callable[[str], None]) -> Answer:
        """Ask, and wait for the answer; nothing is known of a terminal that gives none."""
        loop = asyncio.get_running_loop()
        heard: asyncio.Future[Answer] = loop.create_future()

        def tell(answer: Answer) -> None:
            loop.call_soon_threadsafe(_settle, heard, answer)

        self._tell, self._asked = tell, True
        write(QUESTION)
        try:
            return await asyncio.wait_for(heard, PATIENCE)
        except TimeoutError:
            return Answer(cell=self._cell)
        finally:
            self._tell = None

    def take(self, data: str) -> str:
        """What is left of some input when the answers are taken out. Called in the thread that reads."""
        if not self._asked or not (data or self._begun):
            return data
        data, self._begun = self._begun + data, ""
        if cell := _CELL.search(data):
            self._cell = int(cell[2]), int(cell[1])
            data = _CELL.sub("", data)
        if kind := _KIND.search(data):
            if self._tell is not None:
                self._tell(Answer(_SIXEL in kind[1].split(";")[1:], self._cell))
            data = _KIND.sub("", data)
        if begun := _BEGUN.search(data):
            self._begun, data = begun[0], data[: begun.start()]
        return data


def _settle(heard: asyncio.Future[Answer], answer: Answer) -> None:
    if not heard.done():
        heard.set_result(answer)


hearing = Hearing()
"""That of this process."""


class AnswerParser(XTermParser):
    """Textual's reader of input, without the answers."""

    def feed(self, data: str) -> Iterable[Message]:
        """Messages for what is left; nothing left is not the end of the input, which empty data mean."""
        left = hearing.take(data)
        return super().feed(left) if left or not data else ()


def install() -> None:
    """Have Textual's driver read through it. There is no public place for that; the version is bound."""
    linux_driver.XTermParser = AnswerParser  # type: ignore[attr-defined]
