"""``cointicker feeds``: what may be said of the feeds that headlines are read from."""

from dataclasses import dataclass
from functools import partial

from cointicker.cli.grammar import CSV, JSON, MANY, Family, Form, Option, Word
from cointicker.cli.options import Command


@dataclass(frozen=True, slots=True)
class Feeds(Command):
    """``cointicker feeds``."""

    action: str
    """``list``, ``add``, ``remove``, ``check``, ``import`` or ``export``."""
    words: tuple[str, ...] = ()
    """Addresses, names or a file, as typed."""
    name: str = ""
    """Of ``add``: what to call the feed."""
    categories: tuple[str, ...] = ()
    """Of ``add``."""
    json: bool = False
    csv: bool = False


def _add(url: str, name: str | None, category: tuple[str, ...], *, json: bool) -> Command:
    return Feeds("add", (url,), name or "", category, json=json)


def _file(action: str, file: str | None, *, json: bool = False) -> Command:
    return Feeds(action, () if file is None else (file,), json=json)


_WHICH = Word("URL-or-NAME", "words", "as `cointicker feeds list` shows them", 1, MANY, values="feed")

FORMS = {
    "feeds": Family(
        "the feeds that headlines are read from",
        {
            "list": Form("all feeds, and how each stands", partial(Feeds, "list"), (), (JSON, CSV)),
            "add": Form(
                "read a feed; of a site's address its feed is found. With --offline unseen",
                _add,
                (Word("URL", "url", "of a feed or of a site, with or without https://"),),
                (
                    Option("--name", "what to call it; else by its own title", "NAME"),
                    Option(
                        "--category",
                        "what all its headlines belong to; may be given again",
                        "C",
                        many=True,
                        values="category",
                    ),
                    JSON,
                ),
                ("cointicker feeds add bitcoinops.org --category Bitcoin",),
            ),
            "remove": Form("read a feed no more; what was starred stays", partial(Feeds, "remove"), (_WHICH,), (JSON,)),
            "check": Form(
                "visit feeds now, within what they allow; none: all",
                partial(Feeds, "check"),
                (Word("URL-or-NAME", "words", _WHICH.help, 0, MANY, values="feed"),),
                (JSON, CSV),
            ),
            "import": Form(
                "read the feeds of an OPML file too",
                partial(_file, "import"),
                (Word("FILE.opml", "file", "another program's list; - for the standard input", values="file"),),
                (JSON,),
            ),
            "export": Form(
                "write all feeds as OPML, with their categories",
                partial(_file, "export"),
                (
                    Word(
                        "FILE.opml", "file", "none: the standard output; a file that is there is kept", 0, values="file"
                    ),
                ),
            ),
        },
        ("cointicker feeds add bitcoinops.org", "cointicker feeds check", "cointicker feeds import newsboat.opml"),
    )
}
