"""Runs commands in this very process: the whole program but for its start, which takes longer than all the rest."""

import contextlib
import io
from unittest.mock import patch

from cli.command_line import Ended
from cointicker import wiring  # noqa: F401 - the real streams are in place while it is imported
from cointicker.__main__ import carry_out


def run_inside(*words: str) -> Ended:
    """Run a command to its end."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with (
        patch("sys.argv", ["cointicker", *words]),
        patch("sys.excepthook"),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            status = carry_out()
        except SystemExit as ended:
            status = int(ended.code or 0)
    return Ended(status, _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
