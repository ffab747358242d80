"""Puts the store behind ``cointicker line``, as ``wiring`` does for all that may take its time."""

from cointicker.cli.line.answer import answer
from cointicker.cli.line.request import Request, read_words
from cointicker.store.reading import Reading, note_wish

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cointicker.cli.options import Options


def answer_words(words: "Sequence[str]") -> int | None:
    """The exit status of a plain ``cointicker line``; ``None`` for any other command line."""
    request = read_words(words)
    return None if request is None or request.fetch else answer(request, Reading, note_wish)


def answer_options(options: "Options") -> int | None:
    """The same for a command line that was read the long way."""
    from cointicker.cli.forms.line import Line  # noqa: PLC0415 - takes longer than the short way in all

    command = options.command
    if not isinstance(command, Line) or command.fetch or options.demo:
        return None
    request = Request()
    request.format, request.width, request.color = command.format, command.width, command.color
    request.follow, request.json = command.follow, command.json
    request.config = None if options.config is None else str(options.config)
    request.data_dir = None if options.data_dir is None else str(options.data_dir)
    request.theme, request.currency, request.list = options.theme, options.currency, options.watchlist
    request.offline = options.offline
    return answer(request, Reading, note_wish)
