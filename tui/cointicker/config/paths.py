"""Where files live: what a person wrote, what is stored, and the themes that come with the program."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cointicker.config.places import CONFIG_NAME, DATABASE_NAME, folder, runtime_folder


@dataclass(frozen=True, slots=True)
class Paths:
    """Every place that the program reads or writes, absolute. None of them need exist."""

    config_file: Path
    """``config.toml``, written by a person."""
    config_dir: Path
    holdings_file: Path
    """``holdings.toml`` beside it: what the person holds, for this user alone."""
    themes_dir: Path
    """The person's own themes, beside the configuration."""
    data_dir: Path
    database: Path
    state_dir: Path
    log_file: Path
    frame_file: Path
    """The last frame that was on the screen, shown again before the program is up."""
    runtime_dir: Path | None
    """What lasts no longer than the login; ``None`` where the system has no place for that."""

    @classmethod
    def find(cls, config: Path | None = None, data_dir: Path | None = None) -> Self:
        """The places for this user, by the XDG variables or else by the platform's own rule.

        ``config`` is another configuration file; the themes are then looked for beside it. ``data_dir`` takes
        everything that the program writes of its own accord: data and state.
        """
        file = _absolute(config) if config else Path(folder("CONFIG")) / CONFIG_NAME
        data = _absolute(data_dir) if data_dir else Path(folder("DATA"))
        state = data if data_dir else Path(folder("STATE"))
        return cls(
            config_file=file,
            config_dir=file.parent,
            holdings_file=file.parent / "holdings.toml",
            themes_dir=file.parent / "themes",
            data_dir=data,
            database=data / DATABASE_NAME,
            state_dir=state,
            log_file=state / "cointicker.log",
            frame_file=state / "frame",
            runtime_dir=None if (place := runtime_folder()) is None else Path(place),
        )


def shipped_themes() -> Path:
    """The folder of the themes that come with the program: inside an installed package, or beside ``tui/``."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "themes"
    return installed if installed.is_dir() else package.parents[1] / "themes"


def make_private(folder: Path) -> None:
    """Create a folder, and those above it that are missing, for this user alone; raises ``OSError``.

    A folder that exists keeps its mode.
    """
    if folder.is_dir():
        return
    make_private(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def _absolute(path: Path) -> Path:
    try:
        return path.expanduser().absolute()
    except RuntimeError:  # "~" of somebody who has no home
        return path.absolute()
