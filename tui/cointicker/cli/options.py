"""What a command line asked for, as values; those of each command stand with its form in ``cli.forms``."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Command:
    """What is to be done."""

    @property
    def opens_holdings(self) -> bool:
        """Whether it is about what the person holds; for no other command that file is opened."""
        return False

    @property
    def at_the_door(self) -> bool:
        """Whether it is carried out before anything of weight is imported."""
        return False


@dataclass(frozen=True, slots=True)
class App(Command):
    """The screen."""

    @property
    def opens_holdings(self) -> bool:
        """The screen shows them."""
        return True


@dataclass(frozen=True, slots=True)
class Options:
    """A whole command line."""

    command: Command = field(default_factory=App)
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
