"""``cointicker line`` from the request to the exit status."""

import os
import sys
import time

from cointicker.cli.line.dialects import choose_dialect
from cointicker.cli.line.fetching import start_fetch, what_is_due
from cointicker.cli.line.making import Made, Maker
from cointicker.cli.line.output import say, to_json, write_line
from cointicker.cli.line.places import Places
from cointicker.cli.line.request import Request, RequestError
from cointicker.config.glance import Glance, keep_glance, read_glance, stamp_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Protocol

    from cointicker.domain.glance import Known, Wants

    class Reader(Protocol):
        """What is stored, as ``store.reading.Reading`` reads it."""

        def read(self, wants: Wants, now: float) -> Known:
            """What is known of it at a time, Unix seconds."""
            ...

        def version(self) -> int | None:
            """Another number after each change by another process."""
            ...

        def close(self) -> None:
            """Let go of the file."""
            ...

    NoteWish = Callable[[str, Wants, Iterable[str], float, float], None]


USAGE = 2
_NOTE_EVERY = 30.0
"""Seconds between two notes of the same wish, at the least."""


class Source:
    """Where one request's lines come from: its settings, read anew when a file changes, and the store."""

    def __init__(self, request: Request, reader: "Reader", places: Places) -> None:
        self.request = request
        self.reader = reader
        self.places = places
        self.glance = Glance()
        self._stamp = ""
        self._maker: Maker | None = None

    def maker(self) -> Maker:
        """What makes the lines. Raises ``RequestError``."""
        stamp = stamp_of(self.places.config_file, self.request.words)
        if self._maker is None or stamp != self._stamp:
            self._stamp = stamp
            kept = read_glance(self.places.glance_file, stamp)
            self.glance = self._work_out(stamp) if kept is None else kept
            for problem in self.glance.problems:
                say(problem)
            terminal = sys.stdout is not None and sys.stdout.isatty()
            kind = self.request.color or ("pango" if self.request.json else None)
            dialect = choose_dialect(kind, self.glance, os.environ, terminal=terminal)
            self._maker = Maker(self.request, self.glance, dialect)
        return self._maker

    def _work_out(self, stamp: str) -> Glance:
        """The settings from their files: takes several times as long as all the rest, and is kept."""
        from cointicker.cli.line.settings import read_settings  # noqa: PLC0415 - as it says

        glance = read_settings(self.request)
        keep_glance(self.places.glance_file, stamp, glance)
        return glance

    def make(self, now: float) -> tuple[Made, "Known"]:
        """The line as of a time, Unix seconds, and what it was made from. Raises as ``maker`` does."""
        maker = self.maker()
        known = self.reader.read(maker.wants, now)
        return maker.make(known, now), known

    def write(self, made: Made) -> str:
        """The line as it goes out."""
        return to_json(self.maker(), made) if self.request.json else made.text

    def see_to_it(self, made: Made, known: "Known", now: float, note_wish: "NoteWish") -> None:
        """Have fetched what is due: by a program with a screen that is told what is wanted, else by one of our own."""
        if self.request.offline:
            return
        maker, interval = self.maker(), max(self.glance.refresh, known.prices_due.interval)
        if (maker.wants.coins or maker.wants.rule) and now - (known.noted_at or 0.0) >= max(_NOTE_EVERY, interval):
            note_wish(self.places.database, maker.wants, made.facts.coin_ids, now, 3 * max(_NOTE_EVERY, interval))
        due = what_is_due(maker, made, known, self.glance, now)
        if due:
            start_fetch(self.places.lock_file, self.request, due, min(60.0, self.glance.refresh), now)


def answer(request: Request, open_reader: "Callable[[str], Reader]", note_wish: "NoteWish") -> int:
    """Print the line, or with ``--follow`` one at each change; the exit status."""
    places = Places(request)
    source = Source(request, open_reader(places.database), places)
    try:
        now = time.time()
        made, known = source.make(now)
    except RequestError as error:
        say(str(error))
        return USAGE
    try:
        if request.follow:
            from cointicker.cli.line.following import follow  # noqa: PLC0415 - only for who follows

            return follow(source, note_wish)
        write_line(source.write(made))
    except BrokenPipeError:
        return 0
    except OSError as error:
        say(f"cannot write the output: {error.strerror}")
        return 1
    if known.trouble and made.status:
        say(known.trouble)
    source.see_to_it(made, known, now, note_wish)
    source.reader.close()
    return made.status
