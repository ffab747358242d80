"""Where the files are that a line is made from; the same as ``config.paths`` finds."""

import os
from zlib import crc32

from cointicker.cli.line.request import Request
from cointicker.config.places import CONFIG_NAME, DATABASE_NAME, folder


class Places:
    """Absolute paths, for one request."""

    __slots__ = ("config_file", "database", "glance_file", "lock_file")

    def __init__(self, request: Request) -> None:
        self.config_file = _absolute(request.config) if request.config else f"{folder('CONFIG')}/{CONFIG_NAME}"
        data = _absolute(request.data_dir) if request.data_dir else folder("DATA")
        state = data if request.data_dir else folder("STATE")
        self.database = f"{data}/{DATABASE_NAME}"
        # Lines that ask for different things keep their settings apart.
        asked = "\0".join((self.config_file, *request.words))
        self.glance_file = f"{state}/line-{crc32(asked.encode(errors='surrogateescape')):08x}"
        self.lock_file = f"{state}/line.lock"


def _absolute(path: str) -> str:
    return os.path.abspath(os.path.expanduser(path))  # noqa: PTH100, PTH111 - pathlib is slow to import
