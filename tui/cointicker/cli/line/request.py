"""What ``cointicker line`` was asked for, and the short way to it from the words of a command line.

The long way (``cli.arguments``) takes four times as long, and is taken where the short one does not understand a word:
it is the one that explains and refuses.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "line"
KINDS = ("tmux", "ansi", "pango", "polybar", "none")
"""What colours may be written for."""
WIDEST = 10_000
OPTIONS = (
    ("--format", "F", "text with fields such as {BTC.price}, {coins}, {headline}"),
    ("--width", "N", "at most N cells: coins are left out whole, a headline is cut"),
    ("--color", "KIND", f"colours and escapes for {', '.join(KINDS[:-1])}, or none"),
    ("--follow", "", "print a line at each change"),
    ("--json", "", "for waybar: text, tooltip and class as JSON"),
    ("--fetch", "", "print nothing: fetch what the line needs, where it is due"),
)
"""Name, value and help of each; those that all commands have are declared in ``cli.arguments``."""
GLOBAL_VALUES = ("--config", "--data-dir", "--theme", "--currency", "--list")
GLOBAL_FLAGS = ("--offline", "--no-holdings")


class RequestError(Exception):
    """What is wrong with a request, in a sentence."""


class Request:
    """One line, as it is wanted."""

    __slots__ = (
        "color", "config", "currency", "data_dir", "fetch", "follow", "format", "json", "list", "offline", "theme",
        "width",
    )  # fmt: skip

    def __init__(self) -> None:
        self.format: str | None = None
        self.width: int | None = None
        """Cells at most."""
        self.color: str | None = None
        """One of ``KINDS``; ``None``: as the output is."""
        self.follow = False
        self.json = False
        self.fetch = False
        self.config: str | None = None
        self.data_dir: str | None = None
        self.theme: str | None = None
        self.currency: str | None = None
        self.list: str | None = None
        self.offline = False

    @property
    def words(self) -> list[str]:
        """The global options as a command line has them."""
        given = {"config": self.config, "data-dir": self.data_dir, "theme": self.theme}
        given |= {"currency": self.currency, "list": self.list}
        return [f"--{name}={value}" for name, value in given.items() if value is not None]


def read_words(words: "Sequence[str]") -> Request | None:
    """The request in a command line; ``None`` where it is another command, or not plain to see."""
    if NAME not in words:
        return None
    found = Request()
    with_value = {*GLOBAL_VALUES, *(name for name, value, _ in OPTIONS if value)}
    flags = {*GLOBAL_FLAGS, *(name for name, value, _ in OPTIONS if not value)}
    named = False
    rest = iter(words)
    for word in rest:
        name, has_value, text = word.partition("=")
        if word == NAME and not named:
            named = True
        elif word in flags:
            _set(found, word, value=True)
        elif name in with_value:
            value = text if has_value else next(rest, "-")
            if not has_value and value.startswith("-"):
                return None
            if not _take(found, name, value):
                return None
        else:
            return None
    return found if named else None


def _take(found: Request, name: str, value: str) -> bool:
    """Set an option; ``False`` for a value that is to be refused."""
    if name == "--width":
        if not value.isascii() or not value.isdecimal() or len(value) > 5 or not 0 < int(value) <= WIDEST:
            return False
        found.width = int(value)
        return True
    if (name == "--color" and value not in KINDS) or (name in {"--config", "--data-dir"} and not value):
        return False
    _set(found, name, value=value.strip().lower() if name == "--currency" else value)
    return True


def _set(found: Request, name: str, *, value: object) -> None:
    field = name.lstrip("-").replace("-", "_")
    if field in Request.__slots__:
        setattr(found, field, value)
