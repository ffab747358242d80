"""The commands about files of a person's own: palettes and settings."""

from dataclasses import dataclass
from functools import partial

from cointicker.cli.grammar import Family, Form, Word
from cointicker.cli.options import Command


@dataclass(frozen=True, slots=True)
class Themes(Command):
    """``cointicker themes``."""

    action: str
    """``list``, ``show`` or ``check``."""
    subject: str | None = None
    """A theme's name, or a file."""


@dataclass(frozen=True, slots=True)
class Config(Command):
    """``cointicker config``."""

    action: str
    """``path``, ``show``, ``check`` or ``init``."""


FORMS = {
    "themes": Family(
        "palettes",
        {
            "list": Form("all palettes", partial(Themes, "list")),
            "show": Form(
                "the colours of NAME",
                partial(Themes, "show"),
                (Word("NAME", "subject", "a theme's name", values="theme"),),
            ),
            "check": Form(
                "look for mistakes in FILE",
                partial(Themes, "check"),
                (Word("FILE", "subject", "a file to check", values="file"),),
            ),
        },
    ),
    "config": Family(
        "settings",
        {
            "path": Form("where the file is looked for", partial(Config, "path")),
            "show": Form("all settings as they are now, keys hidden", partial(Config, "show")),
            "check": Form("look for mistakes", partial(Config, "check")),
            "init": Form("write a commented file to start from; never overwrites", partial(Config, "init")),
        },
    ),
}
