"""Where the platform keeps files of each kind. Light enough for what answers at once; ``paths`` has the whole list."""

import os
import sys

_APP = "cointicker"
CONFIG_NAME = "config.toml"
DATABASE_NAME = "cointicker.db"
_NOWHERE = "/nonexistent"
"""Stands in for a home directory that cannot be found: nothing can be read or written there, and no ``~`` appears."""
_IN_HOME = {"CONFIG": "~/.config", "DATA": "~/.local/share", "STATE": "~/.local/state"}
"""After the XDG Base Directory Specification."""


def folder(kind: str) -> str:
    """Our folder of one kind, ``CONFIG``, ``DATA`` or ``STATE``: by the XDG variables, else by the platform's rule."""
    named = os.environ.get(f"XDG_{kind}_HOME", "")
    if os.path.isabs(named):  # noqa: PTH117 - pathlib is slow to import; a relative one is ignored, says XDG
        return f"{named}/{_APP}"
    known = os.path.expanduser(_IN_HOME[kind]) if _follows_xdg() else _platform_folder(kind)  # noqa: PTH111
    return f"{known if os.path.isabs(known) else _NOWHERE}/{_APP}"  # noqa: PTH117


def runtime_folder() -> str | None:
    """Our folder for what lasts no longer than the login, private to the user by the rule; ``None`` without one."""
    named = os.environ.get("XDG_RUNTIME_DIR", "")
    return f"{named}/{_APP}" if os.path.isabs(named) else None  # noqa: PTH117


def _follows_xdg() -> bool:
    return sys.platform == "linux" and "ANDROID_ROOT" not in os.environ


def _platform_folder(kind: str) -> str:
    """What the platform sets aside for all programs."""
    import platformdirs  # noqa: PLC0415 - needed on few platforms, and slow

    match kind:
        case "CONFIG":
            return platformdirs.user_config_dir()
        case "DATA":
            return platformdirs.user_data_dir()
    return platformdirs.user_state_dir()
