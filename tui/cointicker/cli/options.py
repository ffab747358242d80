"""What a command line asked for, as values."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class App:
    """The screen."""


@dataclass(frozen=True, slots=True)
class Prices:
    coins: tuple[str, ...] = ()
    """Ids or symbols as typed; empty: those of the watchlist."""
    json: bool = False
    csv: bool = False
    refresh: bool = False


@dataclass(frozen=True, slots=True)
class News:
    category: str | None = None
    coin: str | None = None
    search: str | None = None
    unread: bool = False
    limit: int = 30
    """Stories at most."""
    json: bool = False
    refresh: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    key: str
    """An address, or the beginning of a headline's id."""
    width: int | None = None
    """Cells."""
    json: bool = False


@dataclass(frozen=True, slots=True)
class Mining:
    json: bool = False
    refresh: bool = False


@dataclass(frozen=True, slots=True)
class Doctor:
    json: bool = False


@dataclass(frozen=True, slots=True)
class Themes:
    action: str
    """``list``, ``show`` or ``check``."""
    subject: str | None = None
    """A theme's name, or a file."""


@dataclass(frozen=True, slots=True)
class Config:
    action: str
    """``path``, ``show``, ``check`` or ``init``."""


@dataclass(frozen=True, slots=True)
class Watch:
    action: str
    """``list``, ``add``, ``remove``, ``move``, ``new``, ``rename``, ``delete``, ``send`` or ``alias``."""
    words: tuple[str, ...] = ()
    """What follows it, as typed."""
    json: bool = False


Command = App | Prices | News | Read | Mining | Doctor | Themes | Config | Watch


@dataclass(frozen=True, slots=True)
class Options:
    """A whole command line."""

    command: Command = App()
    config: Path | None = None
    data_dir: Path | None = None
    theme: str | None = None
    currency: str | None = None
    watchlist: str | None = None
    """The value of ``--list``."""
    offline: bool = False
    demo: bool = False
    no_holdings: bool = False
    """Never open the file of the lots."""

    @property
    def looks(self) -> tuple[object, ...]:
        """What of them changes the look of the screen."""
        return self.theme, self.currency, self.watchlist, self.offline, self.no_holdings
