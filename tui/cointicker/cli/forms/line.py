"""``cointicker line``: what may be said of one line for a status bar."""

from dataclasses import dataclass

from cointicker.cli.grammar import Form, LineError, Option, whole_number
from cointicker.cli.line.request import KINDS, OPTIONS, WIDEST
from cointicker.cli.options import Command


@dataclass(frozen=True, slots=True)
class Line(Command):
    """``cointicker line``."""

    format: str | None = None
    width: int | None = None
    """Cells at most."""
    color: str | None = None
    """One of ``KINDS``."""
    follow: bool = False
    json: bool = False
    fetch: bool = False


def _kind(text: str) -> str:
    if text not in KINDS:
        raise LineError(f"{text!r} is none of {', '.join(KINDS)}")
    return text


def _option(name: str, metavar: str, help: str) -> Option:  # noqa: A002
    read = {"--width": whole_number(high=WIDEST), "--color": _kind}.get(name, str)
    return Option(name, help, metavar, read, values=KINDS if name == "--color" else ())


FORMS = {
    "line": Form(
        "one line for a status bar, at once and from what is stored",
        Line,
        (),
        tuple(_option(*each) for each in OPTIONS),
        (
            "cointicker line --color tmux --width 60",
            "cointicker line --format '{BTC.price} {BTC.change_24h}  {headline}'",
            "cointicker line --follow --json",
        ),
    )
}
