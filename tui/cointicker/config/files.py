"""Changes files that a person wrote, and in them only what was meant to change.

A file that is not as it should be is left alone.

The edit is made in what is on disk at that moment, under a lock that all our processes take, and the whole file is put
in place at once: whoever reads it finds it as it was or as it is to be, whatever happens in between.
"""

import errno
import fcntl
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cointicker.config.differences import Difference, EditError
from cointicker.config.documents import SIZE_LIMIT
from cointicker.config.paths import make_private
from cointicker.config.problems import short_path
from cointicker.config.splicing import Edit, rewrite

_LOCK_SECONDS = 5.0
"""How long to wait for another process that is writing; it takes a few milliseconds."""
_LOOK_EVERY = 0.01
_TRIES = 5
"""How often to begin anew where something that takes no lock, such as an editor, writes meanwhile."""
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Saved:
    """The edit is on disk."""

    before: str
    """The text of the file."""
    after: str
    differences: tuple[Difference, ...]
    """None where the file said so already, and so was not written."""


@dataclass(frozen=True, slots=True)
class Held:
    """The file is as it was: it cannot be written, or must not be."""

    why: str
    """The rest of a sentence that begins with the file, such as ``is read-only``."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The file is as it was: the edit makes no sense for what it holds."""

    why: str
    """A sentence."""


def change_file(path: Path, edit: Edit) -> Saved | Held | Refused:
    """Make an edit in a TOML file; a file that is not there is made, for this user alone. Blocks; raises nothing.

    Where the path is a link, the file that it leads to is changed.
    """
    try:
        target = Path(os.path.realpath(path))
        if path.is_symlink() and not target.exists():
            return Held("is a link to a file that is not there")
        make_private(target.parent)
        with _lock(target.parent):
            for _ in range(_TRIES):
                done = _change(target, edit)
                if done is not None:
                    return done
    except EditError as error:
        return Refused(str(error))
    except TimeoutError:
        return Held("is being written by another cointicker that does not come to an end")
    except (OSError, ValueError) as error:
        return Held(_describe(error))
    return Held("is being written by another program all the time")


def put_back(path: Path, saved: Saved) -> bool:
    """Give a file the text that it had before an edit, unless it was changed since. Blocks; raises nothing."""
    try:
        target = Path(os.path.realpath(path))
        with _lock(target.parent):
            found = _read(target)
            if found is None or found[0] != saved.after:
                return False
            return _replace(target, saved.before, found[1])
    except (OSError, ValueError):
        return False


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Keep our other processes from writing in a folder. Raises ``TimeoutError``, or ``OSError`` without a folder.

    The folder itself is locked: no file is left behind, and whoever edits the same file locks the same thing, whatever
    folder its own data are in.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        give_up = time.monotonic() + _LOCK_SECONDS
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > give_up:
                    raise TimeoutError from None
                time.sleep(_LOOK_EVERY)
            except OSError:  # a file system without locks: better one pane's edit at a time than none
                break
        yield
    finally:
        os.close(handle)


def _change(target: Path, edit: Edit) -> Saved | Held | None:
    """``None``: the file was changed meanwhile; begin anew."""
    found = _read(target)
    text, status = found or ("", None)
    if status is not None and (why := _why_not(status)):
        return Held(why)
    try:
        after, differences = rewrite(text.removeprefix(_BOM), edit)
    except EditError:
        raise
    except (ValueError, RecursionError):
        return Held("is not valid TOML")
    after = _BOM * text.startswith(_BOM) + after
    if not differences:
        return Saved(text, text, ())
    if len(after.encode()) > SIZE_LIMIT:
        return Held(f"would be larger than {SIZE_LIMIT // 1024} KiB")
    return Saved(text, after, differences) if _replace(target, after, status) else None


def _why_not(status: os.stat_result) -> str:
    """Why a file must not be written, in words; empty where it may."""
    if stat.S_ISDIR(status.st_mode):
        return "is a directory"
    if not stat.S_ISREG(status.st_mode):
        return "is not a regular file"
    if status.st_uid != os.geteuid():
        return "belongs to another user"
    if not status.st_mode & stat.S_IWUSR:
        return "is read-only"
    return "is larger than a configuration is" if status.st_size > SIZE_LIMIT else ""


def _read(target: Path) -> tuple[str, os.stat_result] | None:
    """The text with its line ends as they are, and the file's status; ``None`` where there is no file."""
    try:
        handle = os.open(target, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    status = os.fstat(handle)
    if _why_not(status):
        os.close(handle)
        return "", status
    with os.fdopen(handle, "rb") as file:
        return file.read(SIZE_LIMIT + 1).decode("utf-8"), status


def _replace(target: Path, text: str, status: os.stat_result | None) -> bool:
    """Put a file in place at once; ``False`` where another is there by now. Raises ``OSError``, and then nothing is."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            if status is not None:
                os.fchmod(handle, stat.S_IMODE(status.st_mode))
                with suppress(OSError):
                    os.fchown(handle, -1, status.st_gid)
            file.flush()
            os.fsync(handle)
        if _identity_of(target) != (identity(status) if status else None):
            return False
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)
    _sync_folder(target.parent)
    return True


def identity(status: os.stat_result) -> tuple[int, int, int]:
    """What differs as soon as somebody has written a file."""
    return status.st_mtime_ns, status.st_size, status.st_ino


def _identity_of(path: Path) -> tuple[int, int, int] | None:
    try:
        return identity(path.stat())
    except FileNotFoundError:
        return None


def _sync_folder(folder: Path) -> None:
    """Make the new name last over a power cut, where the file system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _describe(error: OSError | ValueError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "is not UTF-8 text"
    code = error.errno if isinstance(error, OSError) else None
    match code:
        case errno.EROFS:
            return "is on a read-only file system"
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return "cannot be written: the disk is full"
        case errno.EACCES | errno.EPERM:
            return "cannot be written: permission denied"
    return f"cannot be written: {getattr(error, 'strerror', None) or error}"


def sentence(path: Path, held: Held) -> str:
    """Which file was not written, and why."""
    return f"{short_path(path)} {held.why}"
