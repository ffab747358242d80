"""Puts text into the clipboard of the terminal that a person sits at, also over ssh and inside tmux."""

import os
import shutil
import subprocess
import threading
from collections.abc import Mapping
from typing import Any

from textual.app import App

MOST_BYTES = 74_994
"""What terminals take: OSC 52 in 100,000 bytes, three quarters of them after base64."""
_PATIENCE = 5.0
"""Seconds that tmux may take."""


def copy_text(app: App[Any], text: str, environ: Mapping[str, str] = os.environ) -> str:
    """Put a text into the clipboard; why it could not be, in words, or empty text.

    OSC 52 goes to the terminal, which may be far away. tmux takes that from no program unless ``set-clipboard`` is
    ``on``, so inside tmux the text is handed to it as a buffer too, which it passes on to the terminal.
    """
    size = len(text.encode())
    if size > MOST_BYTES:
        return f"too long for the clipboard of a terminal: {size:,} bytes of at most {MOST_BYTES:,}"
    app.copy_to_clipboard(text)
    if environ.get("TMUX") and (tmux := shutil.which("tmux", path=environ.get("PATH"))):
        threading.Thread(target=_load_buffer, args=(tmux, text), daemon=True).start()
    return ""


def _load_buffer(tmux: str, text: str) -> None:
    """``-w`` passes the buffer on to the terminal; tmux before 3.2 has only the buffer."""
    for arguments in (("load-buffer", "-w", "-"), ("load-buffer", "-")):
        try:
            done = subprocess.run(  # noqa: S603 - tmux itself, with arguments of ours
                [tmux, *arguments], input=text.encode(), capture_output=True, timeout=_PATIENCE, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return
        if done.returncode == 0:
            return
