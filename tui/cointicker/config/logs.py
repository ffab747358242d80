"""The log file: small, private, made only when there is something to write, and without keys."""

import logging
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from cointicker.config.paths import make_private
from cointicker.config.problems import short_path

SIZE_LIMIT = 1_000_000
"""Bytes of a log file, of which there are up to three."""
_OLD_FILES = 2
_LINE = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"

log = logging.getLogger("cointicker")


class _Formatter(logging.Formatter):
    """Masks keys in everything, tracebacks too."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__(_LINE)
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text


class _Handler(RotatingFileHandler):
    """Makes the folder with the file, and keeps quiet where neither can be made."""

    def _open(self) -> TextIOWrapper:
        make_private(Path(self.baseFilename).parent)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """A log that cannot be written is no reason to write over the screen."""


def log_to(path: Path | None, secrets: Iterable[str] = ()) -> None:
    """Send warnings and errors of this process to a file, or nowhere; what was set before is replaced."""
    handler: logging.Handler = logging.NullHandler()
    if path is not None:
        handler = _Handler(path, maxBytes=SIZE_LIMIT, backupCount=_OLD_FILES, encoding="utf-8", delay=True)
        handler.setFormatter(_Formatter(secrets))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)


def say_last_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """``sys.excepthook`` for an error that nobody foresaw: the log gets all of it, the person a sentence."""
    log.critical("the program ended", exc_info=(kind, error, trace))
    place = next((h.baseFilename for h in logging.getLogger().handlers if isinstance(h, _Handler)), "")
    where = f"; {short_path(Path(place))} has the details" if place else ""
    if sys.stderr is not None:
        print(f"cointicker: an internal error ({kind.__name__}){where}", file=sys.stderr)
