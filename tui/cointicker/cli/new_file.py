"""A file that is there with all that belongs in it, or not at all."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Self

from cointicker.cli.output import OutputError, UsageError
from cointicker.config.problems import short_path


class NewFile:
    """A text file for this user alone, to be used in a ``with`` statement; one that fails leaves nothing behind."""

    def __init__(self, path: Path, *, force: bool) -> None:
        """``force``: a file that is there already is replaced. Entering raises ``UsageError`` or ``OutputError``."""
        self._path = path.expanduser()
        self._force = force

    def __enter__(self) -> Self:
        if self._path.exists() and not self._force:
            raise self._taken()
        try:
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}.")
        except OSError as error:
            raise self._failed(error) from error
        self._temporary = Path(name)
        self._file = os.fdopen(handle, "w", encoding="utf-8", newline="")
        return self

    def write(self, text: str) -> None:
        """More of it. Raises ``OutputError``."""
        try:
            self._file.write(text)
        except OSError as error:
            raise self._failed(error) from error

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            if kind is None:
                self._put()
        except OSError as error:
            if kind is None:
                raise self._failed(error) from error
        finally:
            with suppress(OSError):
                self._file.close()
            self._temporary.unlink(missing_ok=True)

    def _put(self) -> None:
        if self._force:
            self._temporary.replace(self._path)
            return
        try:
            os.link(self._temporary, self._path)  # in one step, and never over another file
        except FileExistsError:
            raise self._taken() from None

    def _taken(self) -> UsageError:
        return UsageError(f"{short_path(self._path)} is there already; --force writes over it")

    def _failed(self, error: OSError) -> OutputError:
        return OutputError(f"{short_path(self._path)} cannot be written: {error.strerror}")
