"""Opens a vetted address in a browser, by an argument list and never by a shell."""

import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping

from cointicker.text.safe import vet_url


def browser_command(environ: Mapping[str, str], platform: str = sys.platform) -> list[str]:
    """The program that opens an address, as an argument list without the address; empty where there is none.

    ``$BROWSER`` wins (its first choice, without ``%s``). Without a display there is no browser to open.
    """
    own = environ.get("BROWSER", "").split(":", 1)[0]
    if own:
        try:
            words = [word for word in shlex.split(own) if word != "%s"]
        except ValueError:
            words = []
        if words and shutil.which(words[0], path=environ.get("PATH")):
            return words
    if platform == "darwin":
        return ["open"]
    candidates = ["wslview"] if environ.get("WSL_DISTRO_NAME") else []
    if environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        candidates.append("xdg-open")
    return next(([name] for name in candidates if shutil.which(name, path=environ.get("PATH"))), [])


def open_address(url: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Start the browser with an address; ``False`` where there is none or the address is none to open."""
    vetted = vet_url(url)
    command = browser_command(environ)
    if not vetted or not command:
        return False
    nowhere = subprocess.DEVNULL
    try:
        browser = subprocess.Popen(  # noqa: S603 - an argument list; the address is http or https and re-spelt
            [*command, vetted], stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
        )
    except OSError:
        return False
    threading.Thread(target=browser.wait, daemon=True).start()  # or it would stay behind as a zombie
    return True
