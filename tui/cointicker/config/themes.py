"""Palettes: TOML files in one format for the shipped ones and a person's own.

A theme may be as short as a name and one colour: what it does not name comes from its ``base``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from cointicker.config.documents import Document, Report, read_document
from cointicker.config.paths import shipped_themes
from cointicker.config.problems import Problem, nearest, shown
from cointicker.text.safe import clean

DEFAULT_THEME = "midnight"
"""Also what a dark theme without a ``base`` is built on; a light one is built on ``LIGHT_BASE``."""
LIGHT_BASE = "daylight"

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SHORT_COLOUR = re.compile(r"#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_KEYS = ("name", "dark", "base", "colors")
_NAME_LIMIT = 40


def _colour(fallback: str, help: str) -> Any:  # noqa: A002
    """Declare a colour; ``fallback`` shows only where not even the shipped themes can be found."""
    return field(default=fallback, metadata={"help": help})


@dataclass(frozen=True, slots=True)
class Theme:
    """A palette. Colours are ``#rrggbb`` in lower case."""

    name: str
    dark: bool = True
    """Light text on a dark background."""
    background: str = _colour("#000000", "behind everything")
    bar: str = _colour("#1c1c1c", "behind the price bar and the status line")
    rule: str = _colour("#444444", "the line between panes")
    selection: str = _colour("#303030", "behind the selected row")
    text: str = _colour("#eeeeee", "headlines, numbers, articles")
    secondary: str = _colour("#bcbcbc", "what has been read, bylines, summaries")
    label: str = _colour("#949494", "words that only name what stands beside them")
    accent: str = _colour("#d7af5f", "what is current: tabs, the selected row's edge, keys")
    up: str = _colour("#5faf87", "a price that rose")
    down: str = _colour("#d7875f", "a price that fell")
    unread: str = _colour("#5fafd7", "the mark of an unread headline")
    chart: str = _colour("#5f87af", "bars and areas of charts")


COLOURS: Mapping[str, str] = {each.name: each.metadata["help"] for each in fields(Theme) if each.metadata}
"""Every colour of a theme and what it is for."""

_GROUNDS = ("background", "bar", "selection")
_CONTRASTS = {"text": 4.5, "secondary": 4.5, "label": 3.0, "accent": 3.0, "up": 3.0, "down": 3.0, "unread": 3.0}
"""Least ratio to every ground, after WCAG 2.2: 4.5 for running text, 3 for marks and what can be done without."""


@dataclass(frozen=True, slots=True)
class Themes:
    """All themes that could be loaded, by name."""

    themes: Mapping[str, Theme]
    """The shipped ones first, in the order of their names, then the person's own. ``DEFAULT_THEME`` is always there."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Draft:
    """A theme file as it was read, before its base is known."""

    name: str
    dark: bool | None
    base: str
    colours: Mapping[str, str]
    report: Report


def load_themes(folders: Sequence[Path]) -> Themes:
    """All ``*.toml`` of the folders; of two themes of one name the one in the later folder counts. Raises nothing.

    A wrong key or colour is left out and said; the theme has its base's colour there.
    """
    known: dict[str, Theme] = {}
    problems: list[Problem] = []
    for folder in folders:
        drafts: dict[str, _Draft] = {}
        for path in _files(folder):
            draft = _read(path)
            if isinstance(draft, Problem):
                problems.append(draft)
            elif draft.name in drafts:
                draft.report.say(("name",), f"is that of another theme here: {draft.name}")
                problems += draft.report.problems
            else:
                drafts[draft.name] = draft
        known = _Bases(drafts, known).finish_all()
        problems += (problem for draft in drafts.values() for problem in draft.report.problems)
    if DEFAULT_THEME not in known:
        problems.append(Problem(None, None, f"theme {DEFAULT_THEME}", "is not there: the installation is not whole"))
        known[DEFAULT_THEME] = Theme(DEFAULT_THEME)
    return Themes(known, tuple(problems))


def check_theme(path: Path, folders: Sequence[Path] = ()) -> tuple[Problem, ...]:
    """What is wrong with one theme file, and as notes which of its colours are hard to read.

    ``folders`` hold the themes that it may be based on; those beside it and the shipped ones always count.
    """
    draft = _read(path)
    if isinstance(draft, Problem):
        return (draft,)
    bases = load_themes([shipped_themes(), *folders, path.parent]).themes
    others = {name: theme for name, theme in bases.items() if name != draft.name}
    if draft.base == draft.name:
        others |= load_themes([shipped_themes()]).themes
    for colour, why in hard_to_read(_Bases({draft.name: draft}, others).finish_all()[draft.name]):
        draft.report.say(("colors", colour), why, severity="note")
    return draft.report.problems


def contrast(one: str, other: str) -> float:
    """How far two colours are apart in brightness, from 1 to 21, after WCAG 2.2."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def hard_to_read(theme: Theme) -> tuple[tuple[str, str], ...]:
    """Each colour that stands out too little from a ground that it is shown on, and what is the matter."""
    found = []
    for colour, least in _CONTRASTS.items():
        for ground in _GROUNDS:
            ratio = contrast(getattr(theme, colour), getattr(theme, ground))
            if ratio < least:
                found.append((colour, f"has a contrast of {ratio:.1f} on {ground}, less than {least}"))
    return tuple(found)


def _luminance(colour: str) -> float:
    shares = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml" and not path.name.startswith("."))
    except OSError:
        return []


def _read(path: Path) -> _Draft | Problem:
    found = read_document(path)
    if found is None:
        return Problem(path, None, "", "is not there")
    if isinstance(found, Problem):
        return found
    report = Report(found)
    for key in found.data:
        if key not in _KEYS:
            report.say((key,), "is not a key of a theme", nearest(key, (*_KEYS, *COLOURS)))
    name = _word(found, "name", report) or clean(path.stem, _NAME_LIMIT)
    dark = found.data.get("dark")
    if dark is not None and not isinstance(dark, bool):
        report.say(("dark",), f"must be true or false, not {shown(dark)}")
        dark = None
    return _Draft(name, dark, _word(found, "base", report), _colours(found, report), report)


def _word(document: Document, key: str, report: Report) -> str:
    raw = document.data.get(key, "")
    word = clean(raw, _NAME_LIMIT)
    if key in document.data and not word:
        report.say((key,), f"must be a name in quotes, not {shown(raw)}")
    return word


def _colours(document: Document, report: Report) -> dict[str, str]:
    table = document.data.get("colors", {})
    if not isinstance(table, dict):
        report.say(("colors",), f"must be a section, begun by [colors], not {shown(table)}")
        return {}
    kept: dict[str, str] = {}
    for name, value in table.items():
        key = ("colors", name)
        if name not in COLOURS:
            report.say(key, "is not a colour of a theme", nearest(name, COLOURS))
        elif isinstance(value, str) and _COLOUR.fullmatch(value):
            kept[name] = value.lower()
        else:
            report.say(key, f"must be a colour such as #d6dbe5, not {shown(value)}", _meant_colour(value))
    return kept


def _meant_colour(value: object) -> str:
    """``#abc`` and ``aabbcc`` in full, which are the usual slips; else empty text."""
    if not isinstance(value, str) or not _SHORT_COLOUR.fullmatch(value):
        return ""
    digits = value.removeprefix("#").lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


class _Bases:
    """Puts the drafts of one folder on their bases, which are drafts too or known from the folders before."""

    def __init__(self, drafts: Mapping[str, _Draft], known: Mapping[str, Theme]) -> None:
        self._drafts = drafts
        self._known = known
        self._finished: dict[str, Theme] = {}

    def finish_all(self) -> dict[str, Theme]:
        """The known themes and those of the drafts."""
        for name in self._drafts:
            self._finish(name, ())
        return {**self._known, **self._finished}

    def _finish(self, name: str, above: tuple[str, ...]) -> Theme:
        """``above``: the drafts that wait for this one."""
        if name not in self._finished:
            draft = self._drafts[name]
            base = self._base(draft, (*above, name))
            dark = base.dark if draft.dark is None else draft.dark
            self._finished[name] = replace(base, name=name, dark=dark, **draft.colours)
        return self._finished[name]

    def _base(self, draft: _Draft, above: tuple[str, ...]) -> Theme:
        found = self._look_up(draft.base, above) if draft.base else None
        if found:
            return found
        if draft.base in above:
            draft.report.say(("base",), "leads back to the theme itself")
        elif draft.base:
            names = {*self._drafts, *self._known} - {draft.name}
            draft.report.say(("base",), f"is not a theme that is here: {shown(draft.base)}", nearest(draft.base, names))
        dark = _is_dark(draft)
        default = DEFAULT_THEME if dark else LIGHT_BASE
        return self._look_up(default, above) or Theme(default, dark=dark)

    def _look_up(self, name: str, above: tuple[str, ...]) -> Theme | None:
        if name in self._drafts and name not in above:
            return self._finish(name, above)
        return self._known.get(name)


def _is_dark(draft: _Draft) -> bool:
    if draft.dark is not None:
        return draft.dark
    return "background" not in draft.colours or _luminance(draft.colours["background"]) < 0.18
