"""``cointicker export``: what may be said of all that is stored."""

from dataclasses import dataclass
from pathlib import Path

from cointicker.cli.grammar import Form, LineError, Option, Word, split_commas
from cointicker.cli.options import Command

SUBJECTS = ("quotes", "headlines", "holdings", "positions", "alerts")


@dataclass(frozen=True, slots=True)
class Export(Command):
    """``cointicker export``."""

    what: str
    """One of ``SUBJECTS``."""
    since: str | None = None
    """A day, a time, or how long ago, as typed."""
    until: str | None = None
    coin: tuple[str, ...] = ()
    """Ids or symbols as typed; empty: all."""
    csv: bool = False
    jsonl: bool = False
    output: Path | None = None
    force: bool = False
    """The file may be there already."""

    @property
    def opens_holdings(self) -> bool:
        """Where it is about them."""
        return self.what in {"holdings", "positions"}


def _make(*, what: str, csv: bool, jsonl: bool, **given: object) -> Command:
    if what not in SUBJECTS:
        from cointicker.config.problems import nearest  # noqa: PLC0415 - needed only once something is wrong

        near = nearest(what, SUBJECTS)
        hint = f"; did you mean {near}?" if near else ""
        raise LineError(f"{what!r} is nothing to export{hint} (there are: {', '.join(SUBJECTS)})")
    if csv and jsonl:
        raise LineError("--csv and --jsonl are two forms; take one")
    return Export(what, csv=csv, jsonl=jsonl, **given)  # type: ignore[arg-type]  # as the options declare them


_TIME = "a day such as 2026-01-31, a time in UTC, or how long ago, such as 7d"

FORMS = {
    "export": Form(
        "all that is stored, as rows",
        _make,
        (
            Word(
                "WHAT",
                "what",
                "quotes: every stored price; headlines, with marks; holdings: what was bought and sold; positions: "
                "what each coin came to; alerts: what has fired",
                values=SUBJECTS,
            ),
        ),
        (
            Option("--since", f"from then on: {_TIME}", "D"),
            Option("--until", "up to then", "D"),
            Option(
                "--coin",
                "only of this coin; may be given again",
                "COIN",
                lambda text: split_commas((text,)),
                many=True,
                values="coin",
            ),
            Option("--csv", "comma-separated values, safe to open with a spreadsheet (the default)"),
            Option("--jsonl", "a JSON object on each line"),
            Option("--output", "write to FILE, whole or not at all", "FILE", Path, values="file"),
            Option("--force", "FILE may be there already"),
        ),
        (
            "cointicker export quotes --coin btc --since 30d > btc.csv",
            "cointicker export headlines --jsonl --output headlines.jsonl",
        ),
    )
}
