"""What is chosen out of a few dozen by a few letters: the currency, the column to sort by, a source of headlines."""

from collections import Counter
from collections.abc import Sequence

from cointicker.domain.market import CURRENCIES
from cointicker.domain.news import Story
from cointicker.domain.queries import fold
from cointicker.engine.state import Snapshot
from cointicker.text.currencies import CURRENCY_NAMES, currencies_called
from cointicker.ui.columns import BY_NAME
from cointicker.ui.screens.picker import Choice, Picker
from cointicker.ui.sorting import sort_of
from cointicker.ui.widgets.lines import Kit

OWN_ORDER = "own"
"""The key of one's own order among the columns."""


class CurrencyPicker(Picker):
    """Gives the code of a currency."""

    def __init__(self, kit: Kit, current: str, recent: Sequence[str]) -> None:
        """``recent``: those that were in use lately, the last first."""
        super().__init__(kit, "Prices in", "a code or a name, such as yen")
        self._current = current
        self._recent = tuple(code for code in dict.fromkeys(recent) if code != current)

    def choices(self, text: str) -> Sequence[Choice]:
        """The currencies that the words may mean, for no words those in use lately first."""
        codes = tuple(dict.fromkeys((*self._recent, self._current, *CURRENCIES)))
        return [
            Choice(
                code,
                CURRENCY_NAMES[code],
                code.upper(),
                ("in use" if code == self._current else "lately" if code in self._recent else "",),
                marked=code == self._current,
            )
            for code in currencies_called(text, codes)
        ]


class SortPicker(Picker):
    """Gives the name of a column, or ``OWN_ORDER``."""

    def __init__(self, kit: Kit, snapshot: Snapshot) -> None:
        super().__init__(kit, f"Sort {snapshot.watchlist.name} by", "a column; the same again turns it round")
        self._sort = sort_of(snapshot)
        self._shown = snapshot.settings.ui.columns

    def choices(self, text: str) -> Sequence[Choice]:
        """One's own order, the columns that are shown, the others."""
        wanted = text.strip().lower()
        names = dict.fromkeys((*(name for name in self._shown), *BY_NAME))
        sorted_by = self._sort.removeprefix("-")
        way = "highest first" if self._sort.startswith("-") else "lowest first"
        rows = [Choice(OWN_ORDER, "your own order", "", marked=not sorted_by)] if wanted in "your own order" else []
        for column in map(BY_NAME.__getitem__, names):
            if wanted in f"{column.name} {column.title} {column.words}".lower():
                details = (way if column.name == sorted_by else "" if column.name in self._shown else "not shown",)
                rows.append(Choice(column.name, column.words, column.title, details, marked=column.name == sorted_by))
        return rows


class SourcePicker(Picker):
    """Gives the name of a source."""

    def __init__(self, kit: Kit, stories: Sequence[Story]) -> None:
        super().__init__(kit, "Headlines of one source", "a part of its name")
        self._all: Counter[str] = Counter()
        self._unread: Counter[str] = Counter()
        for story in stories:
            self._all.update(story.sources)
            if not story.read:
                self._unread.update(story.sources)

    def choices(self, text: str) -> Sequence[Choice]:
        """The sources that have the words in their names, those with most unread stories first."""
        words = fold(text).split()
        names = sorted(self._all, key=lambda name: (-self._unread[name], -self._all[name], name))
        return [
            Choice(name, name, "", (f"{self._unread[name]} unread", f"{self._all[name]} in all"))
            for name in names
            if all(word in fold(name) for word in words)
        ]
