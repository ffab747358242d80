"""The commands about files of a person's own: palettes and settings."""

from dataclasses import dataclass
from functools import partial

from cointicker.cli.grammar import JSON, MANY, Family, Form, Word
from cointicker.cli.options import Command


@dataclass(frozen=True, slots=True)
class Themes(Command):
    """``cointicker themes``."""

    action: str
    """``list``, ``show``, ``check`` or ``use``."""
    subject: str | None = None
    """A theme's name, or a file."""
    json: bool = False


@dataclass(frozen=True, slots=True)
class Config(Command):
    """``cointicker config``."""

    action: str
    """``path``, ``show``, ``check``, ``init``, ``get``, ``set`` or ``unset``."""
    key: str = ""
    """The name of a setting, such as ``market.refresh``."""
    value: tuple[str, ...] = ()
    """Of ``set``, as typed."""
    json: bool = False


_THEME = Word("NAME", "subject", "a theme's name", values="theme")
_KEY = Word("KEY", "key", "a setting, such as market.refresh or keys.refresh", values="setting")

FORMS = {
    "themes": Family(
        "palettes",
        {
            "list": Form("all palettes", partial(Themes, "list"), (), (JSON,)),
            "show": Form("the colours of NAME", partial(Themes, "show"), (_THEME,), (JSON,)),
            "check": Form(
                "look for mistakes in FILE",
                partial(Themes, "check"),
                (Word("FILE", "subject", "a file to check", values="file"),),
                (JSON,),
            ),
            "use": Form("use NAME from now on", partial(Themes, "use"), (_THEME,), (JSON,)),
        },
        ("cointicker themes show fjord > mine.toml", "cointicker themes use fjord"),
    ),
    "config": Family(
        "settings",
        {
            "path": Form("where the file is looked for", partial(Config, "path"), (), (JSON,)),
            "show": Form("all settings as they are now, keys hidden", partial(Config, "show"), (), (JSON,)),
            "check": Form("look for mistakes", partial(Config, "check"), (), (JSON,)),
            "init": Form(
                "write a commented file to start from; never overwrites", partial(Config, "init"), (), (JSON,)
            ),
            "get": Form("one setting as it is now", partial(Config, "get"), (_KEY,), (JSON,)),
            "set": Form(
                "write one down, if it is right",
                partial(Config, "set"),
                (
                    _KEY,
                    Word("VALUE", "value", "several words, or commas, for a list", 1, MANY, values="value"),
                ),
                (JSON,),
                (
                    "cointicker config set currency eur",
                    "cointicker config set ui.columns rank,coin,price,24h",
                    "cointicker config set notify.command -- mail-me --now",
                ),
            ),
            "unset": Form("take one out, so that its default holds", partial(Config, "unset"), (_KEY,), (JSON,)),
        },
        ("cointicker config get theme", "cointicker config set market.refresh 120"),
    ),
}
