"""``cointicker line --follow``: a line at each change, for bars that read one after the other."""

import select
import sys
import time

from cointicker.cli.line.answer import Source
from cointicker.cli.line.output import say, write_line
from cointicker.cli.line.request import RequestError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cointicker.cli.line.answer import NoteWish

_LOOK_EVERY = 1.0
"""Seconds between two looks at whether the store has changed."""
_MAKE_EVERY = 5.0
"""Seconds after which a line is made anew in any case: ages have grown, settings may be others."""


def follow(source: Source, note_wish: "NoteWish") -> int:
    """Print lines until nobody reads any more; the exit status. Raises ``OSError`` where they cannot be written."""
    door = _Door()
    told = ""
    made_at, version = -_MAKE_EVERY, None
    while True:
        now, current = time.time(), source.reader.version()
        if current != version or not 0 <= now - made_at < _MAKE_EVERY:
            made_at, version = now, current
            line = _line(source, note_wish, now) or told
            if line != told:
                write_line(line)
                told = line
        if door.is_shut_within(_LOOK_EVERY):
            return 0


def _line(source: Source, note_wish: "NoteWish", now: float) -> str:
    """The line as of a time (Unix seconds); empty where the settings have become such that there is none."""
    try:
        made, known = source.make(now)
    except RequestError as error:
        say(str(error))
        return ""
    line = source.write(made)
    source.see_to_it(made, known, now, note_wish)
    return line


class _Door:
    """Standard output, and whether anybody is behind it."""

    def __init__(self) -> None:
        self._poll = select.poll()
        try:
            self._poll.register(sys.stdout.fileno(), 0)  # errors and a hang-up are told unasked
        except (OSError, ValueError, AttributeError):
            return

    def is_shut_within(self, seconds: float) -> bool:
        """Wait for so long, or until nobody reads any more; whether that is so."""
        return bool(self._poll.poll(seconds * 1000))
