"""A person's configuration and themes while the program runs: read again when they change, and changed key by key.

Everything here blocks and raises nothing; one call at a time.
"""

import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from cointicker.config.differences import Data, Difference, EditError, take_back
from cointicker.config.documents import read_document
from cointicker.config.edits import SettingsEdit
from cointicker.config.files import Held, Refused, Saved, change_file, identity, put_back, sentence
from cointicker.config.keys import Together
from cointicker.config.problems import Problem, nearest, shown
from cointicker.config.reading import Reading, read_data, read_settings
from cointicker.config.settings import Secret, Settings
from cointicker.config.showing import show
from cointicker.config.splicing import Edit, rewrite
from cointicker.config.themes import Theme, load_themes

_GONE_FOR = 0.2
"""Seconds after which a file that is not there counts as taken away: some editors write it anew."""
_NO_THEMES: Mapping[str, Theme] = MappingProxyType({})

_T = TypeVar("_T")

Stamp = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A change that is in force."""

    before: Settings
    settings: Settings
    """What the configuration came to without it, and comes to with it."""
    held: str = ""
    """Why it holds for this run only, in a sentence; empty where it is on disk."""
    differences: tuple[Difference, ...] = ()
    """None where nothing had to be changed."""
    saved: Saved | None = None
    edit: Edit | None = None


class Configuration:
    """One file, or with ``path`` ``None`` settings that are in memory only, and the folders of the themes."""

    def __init__(
        self,
        path: Path | None,
        settings: Settings,
        themes: Mapping[str, Theme] = _NO_THEMES,
        *,
        environ: Mapping[str, str],
        commands: Collection[str],
        together: Together,
        theme_folders: Sequence[Path] = (),
    ) -> None:
        """``settings`` and ``themes`` are what the files came to when they were read a moment ago; see ``reading``.

        ``theme_folders``: the shipped one, then the person's own.
        """
        self.path = path
        self.themes = themes
        """As they were read last."""
        self._environ = environ
        self._commands = commands
        self._together = together
        self._folders = tuple(theme_folders)
        self._held: list[Edit] = []
        self._stamp: Stamp | None = None
        self._text = show(_without_secrets(settings))
        """Of the document that was good last."""
        self._was_there = False
        self.settings = settings
        """What the document comes to, with what is held."""

    def look(self) -> bool:
        """Whether a file is not as it was when it was read last."""
        return self._stamp != self._stamp_now()

    def _stamp_now(self) -> Stamp:
        files = [self.path] if self.path is not None else []
        for folder in self._folders[-1:]:  # the shipped ones do not change
            with suppress(OSError):
                files += sorted(folder.glob("*.toml"))
        return tuple((file, _identity(file)) for file in files)

    def reread(self) -> tuple[Problem, ...]:
        """Take over what is on disk; what is wrong with it. Where it cannot be read, what was good last stays."""
        self._stamp = self._stamp_now()
        themes = load_themes(self._folders) if self._folders else None
        if themes is not None:
            self.themes = themes.themes
        problems = themes.problems if themes is not None else ()
        if self.path is None:
            self.settings = self._with_held()
            return problems
        found = read_document(self.path)
        if found is None and self._was_there:
            time.sleep(_GONE_FOR)
            found = read_document(self.path)
        if isinstance(found, Problem):
            return (found, *problems)
        self._was_there = found is not None
        self._text = found.text if found is not None else ""
        self.settings, wrong = self._check(read_settings(self.path, self._environ, self._commands, self._together))
        if self._held:
            self.settings = self._with_held()
        return (*wrong, *problems)

    def _check(self, reading: Reading) -> tuple[Settings, tuple[Problem, ...]]:
        """The settings with a theme that there is."""
        settings, problems = reading.settings, reading.problems
        if self.themes and settings.theme not in self.themes:
            why, near = f"is not one that is here: {shown(settings.theme)}", nearest(settings.theme, self.themes)
            problems = (*problems, Problem(reading.path, None, "theme", why, near))
            settings = replace(settings, theme=self.settings.theme)
        return settings, problems

    def _read(self, data: Data) -> tuple[Settings, tuple[Problem, ...]]:
        return self._check(read_data(data, self._environ, self._commands, self._together))

    def _guarded(self, edit: SettingsEdit) -> Edit:
        """The edit, refused where what it makes is not valid."""

        def guarded(data: Data) -> None:
            settings, problems = self._read(data)
            edit(data, settings)
            before = Counter(problem.why for problem in problems)
            for problem in self._read(data)[1]:
                before[problem.why] -= 1
                if before[problem.why] < 0 and problem.severity == "error":
                    hint = f"; did you mean {problem.nearest}?" if problem.nearest else ""
                    raise EditError(f"{problem.key} {problem.why}{hint}")

        return guarded

    def change(self, edit: SettingsEdit) -> Done | Refused:
        """Make a change on disk, or for this run where the disk does not take it."""
        return self._make(self._guarded(edit))

    def _make(self, edit: Edit) -> Done | Refused:
        if self._stamp is None:
            self.reread()
        if self.path is None:
            return self._change_memory(edit, "")
        self._write_held(self.path)
        before = self.settings
        done = change_file(self.path, edit)
        match done:
            case Saved():
                self.reread()
                return Done(before, self.settings, "", done.differences, done, edit)
            case Held():
                return self._change_memory(edit, sentence(self.path, done))
        return done

    def _write_held(self, path: Path) -> None:
        """Write what could not be written before."""
        while self._held and not isinstance(change_file(path, self._held[0]), Held):
            del self._held[0]

    def _change_memory(self, edit: Edit, why: str) -> Done | Refused:
        before = self.settings
        try:
            text = self._held_text()
            after, differences = rewrite(text, edit)
        except EditError as error:
            return Refused(str(error))
        if self.path is None:
            self._text = after
        elif differences:
            self._held.append(edit)
        self.settings = self._with_held()
        why = why if differences else ""
        return Done(before, self.settings, why, differences, Saved(text, after, differences), edit)

    def _held_text(self) -> str:
        """The document that was good last with what is held."""
        text = self._text
        for edit in self._held:
            with suppress(EditError):
                text, _ = rewrite(text, edit)
        return text

    def _with_held(self) -> Settings:
        return self._settings_of(self._held_text())

    def _settings_of(self, text: str) -> Settings:
        settings: list[Settings] = []
        rewrite(text, lambda data: settings.append(self._read(data)[0]))
        return settings[0]

    def take_back(self, done: Done) -> Done | Refused:
        """Undo a change. A file that nobody has written since has the very text that it had before."""
        before = self.settings
        if done.edit in self._held:
            self._held.remove(done.edit)
            self.settings = self._with_held()
        elif self.path is None and done.saved is not None and self._text == done.saved.after:
            self._text = done.saved.before
            self.settings = self._with_held()
        elif self.path is not None and not done.held and done.saved is not None and put_back(self.path, done.saved):
            self.reread()
        else:
            return self._make(lambda data: take_back(data, done.differences))
        return Done(before, self.settings)


def carry_over(in_force: _T, before: _T, now: _T) -> _T:
    """What is in force after a document that came to ``before`` comes to ``now``: only what differs in it counts.

    So what the command line or the demo put in place of a setting stays until the person changes that very setting.
    """
    changes = {}
    for each in fields(in_force):  # type: ignore[arg-type]  # both are settings or a section of them
        own, old, new = (getattr(settings, each.name) for settings in (in_force, before, now))
        if is_dataclass(own):
            changes[each.name] = carry_over(own, old, new)
        elif old != new:
            changes[each.name] = new
    return replace(in_force, **changes)  # type: ignore[type-var]


def _without_secrets(settings: Settings) -> Settings:
    feeds = tuple(replace(feed, headers={}) for feed in settings.news.feeds)
    return replace(
        settings,
        market=replace(settings.market, demo_api_key=Secret(), pro_api_key=Secret()),
        news=replace(settings.news, feeds=feeds),
    )


def _identity(file: Path) -> tuple[int, ...]:
    """Of a link and of what it leads to."""
    with suppress(OSError):
        return (*identity(file.lstat()), *identity(file.stat()))
    return ()
