"""Which stories are in the list, and which still wait: never a story comes or goes under the reader's eyes."""

from collections.abc import Sequence
from dataclasses import dataclass

from cointicker.domain.categories import ALL, CATEGORIES
from cointicker.domain.news import Story


@dataclass(frozen=True, slots=True)
class Filter:
    """What a person wants to see."""

    category: str = ALL
    coin: str = ""
    """CoinGecko id; empty: any."""
    words: tuple[str, ...] = ()
    """All of them must occur, lower case."""

    @property
    def narrow(self) -> bool:
        """Whether it is narrower than a category."""
        return bool(self.coin or self.words)


@dataclass(frozen=True, slots=True)
class Entry:
    """A story with what a filter looks at."""

    story: Story
    categories: frozenset[str]
    coins: tuple[str, ...]
    haystack: str
    ids: tuple[str, ...]

    @classmethod
    def of(cls, story: Story) -> "Entry":
        """Gather it from all headlines of the story."""
        headlines = story.headlines
        words = " ".join(f"{each.title} {each.deck} {each.source} {' '.join(each.tags)}" for each in headlines)
        return cls(
            story,
            frozenset(category for each in headlines for category in each.categories),
            tuple(dict.fromkeys(coin for each in headlines for coin in each.coins)),
            words.lower(),
            tuple(each.headline_id for each in headlines),
        )

    def passes(self, wanted: Filter) -> bool:
        """Whether a person wants to see it."""
        if wanted.category != ALL and wanted.category not in self.categories:
            return False
        if wanted.coin and wanted.coin not in self.coins:
            return False
        return all(word in self.haystack for word in wanted.words)


class River:
    """The stories of a snapshot as a list that changes only when it may."""

    def __init__(self) -> None:
        self.filter = Filter()
        self._entries: list[Entry] = []
        self._by_story: dict[int, Entry] = {}
        self._known: set[str] = set()
        self.shown: list[Entry] = []
        """What the list shows, newest first."""
        self.waiting = 0
        """Stories that pass the filter and came since."""
        self.unread: dict[str, int] = {}
        """Category → stories that are unread."""

    def take(self, stories: Sequence[Story], *, reveal: bool) -> None:
        """Take over the stories of a new snapshot; new ones are shown at once only with ``reveal``."""
        entries = [self._by_story.get(id(story)) or Entry.of(story) for story in stories]
        self._by_story = {id(entry.story): entry for entry in entries}
        self._entries = entries
        self.unread = dict.fromkeys(CATEGORIES, 0)
        for entry in entries:
            if not entry.story.read:
                for category in (ALL, *entry.categories):
                    self.unread[category] = self.unread.get(category, 0) + 1
        if reveal or not self._known:
            self.reveal()
        else:
            self._show()

    def reveal(self) -> None:
        """Show what waits."""
        self._known = {headline_id for entry in self._entries for headline_id in entry.ids}
        self._show()

    def set_filter(self, wanted: Filter) -> None:
        """Show what passes another filter; what waited is shown with it."""
        self.filter = wanted
        self.reveal()

    def _show(self) -> None:
        passing = [entry for entry in self._entries if entry.passes(self.filter)]
        self.shown = [entry for entry in passing if any(each in self._known for each in entry.ids)]
        self.waiting = len(passing) - len(self.shown)

    def index_of(self, headline_id: str) -> int | None:
        """Where the story of a headline stands in the list."""
        return next((index for index, entry in enumerate(self.shown) if headline_id in entry.ids), None)
