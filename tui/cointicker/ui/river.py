"""Which stories are in the list, and which still wait: never a story comes, goes or moves under the reader's eyes."""

import time
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain, takewhile

from cointicker.domain.categories import ALL, POPULAR
from cointicker.domain.news import Story
from cointicker.domain.queries import Query, Subject, haystack, matcher
from cointicker.domain.stories import POPULAR_WITHIN, popular
from cointicker.domain.words import EMPTY, SafeText
from cointicker.engine.finding import Hit
from cointicker.ui.filters import Filter

__all__ = ("Entry", "Filter", "River")

_POPULAR_SINCE = 4 * POPULAR_WITHIN
"""Seconds since a story was first told from which on it is not looked at: it cannot be popular any more."""
_A_FEW = 250
Test = Callable[["Entry"], bool]


class Entry:
    """A story with what filters look at; its words are worked out when they are first asked for."""

    __slots__ = ("_subject", "story")

    def __init__(self, story: Story) -> None:
        self.story = story
        self._subject: Subject | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """Of its headlines."""
        return tuple([each.headline_id for each in self.story.headlines])

    @property
    def categories(self) -> tuple[str, ...]:
        """Those of all its headlines."""
        if not self.story.others:
            return self.story.lead.categories
        return tuple(dict.fromkeys(name for each in self.story.headlines for name in each.categories))

    @property
    def coins(self) -> tuple[str, ...]:
        """Those that any of its headlines names."""
        if not self.story.others:
            return self.story.lead.coins
        return tuple(dict.fromkeys(coin for each in self.story.headlines for coin in each.coins))

    def is_any_of(self, headline_ids: Container[str]) -> bool:
        """Whether one of its headlines is among some."""
        story = self.story
        if story.lead.headline_id in headline_ids:
            return True
        return bool(story.others) and any(each.headline_id in headline_ids for each in story.others)

    @property
    def subject(self) -> Subject:
        """The words of all headlines of the story, and the marks of the first."""
        if self._subject is None:
            lead, headlines = self.story.lead, self.story.headlines
            texts = (text for each in headlines for text in (each.title, each.deck, *each.tags))
            self._subject = Subject(
                haystack(texts),
                haystack(each.source for each in headlines),
                haystack(each.author for each in headlines),
                self.coins,
                frozenset(self.categories),
                lead.at,
                self.story.read,
                lead.starred,
            )
        return self._subject


class River:
    """The stories of a snapshot as a list that changes only when it may."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """``clock`` gives Unix seconds."""
        self._clock = clock
        self.filter = Filter()
        self.saved: Mapping[str, Query] = {}
        """Searches that stand among the categories, by name."""
        self.hits: dict[str, SafeText] = {}
        """Id of a headline that was found in all that is stored → the words around, where only its article has them."""
        self._entries: dict[int, Entry] = {}
        self._found: list[Entry] = []
        """Stories that are stored and found, but not among those of the snapshot."""
        self.shown: list[Entry] = []
        """What the list shows, newest first, the popular ones by their sources."""
        self._waiting: dict[int, Entry] = {}
        self._counts: Counter[str] = Counter()

    @property
    def waiting(self) -> int:
        """Stories that pass the filter and are not in the list yet."""
        return len(self._waiting)

    @property
    def unread(self) -> Mapping[str, int]:
        """Category → stories that are unread."""
        return self._counts

    @property
    def entries(self) -> Iterable[Entry]:
        """All stories of the snapshot, newest first."""
        return self._entries.values()

    def take(self, stories: Sequence[Story], *, reveal: bool) -> None:
        """Take over the stories of a new snapshot; new ones are shown at once only with ``reveal``."""
        before = self._entries
        self._entries = {id(story): before.get(id(story)) or Entry(story) for story in stories}
        gone = [before[key] for key in before.keys() - self._entries.keys()]
        come = [entry for key, entry in self._entries.items() if key not in before]
        self._count(gone, -1)
        self._count(come, 1)
        if reveal or not self.shown:
            self.reveal()
        else:
            self._exchange(gone, come)

    def _count(self, entries: Iterable[Entry], step: int) -> None:
        unread = [entry for entry in entries if not entry.story.read]
        counts = Counter(chain.from_iterable([entry.categories for entry in unread]))
        counts[ALL] = len(unread)
        for category, count in counts.items():
            self._counts[category] += step * count

    def _exchange(self, gone: Sequence[Entry], come: Sequence[Entry]) -> None:
        """Show stories that have changed in their old places; let those go that are gone, and others wait."""
        for entry in gone:
            self._waiting.pop(id(entry.story), None)
        by_id = {headline_id: entry for entry in come for headline_id in entry.ids} if gone else {}
        shown: dict[int, Entry] = {}
        known: set[str] = set()
        for entry in self.shown:
            now: Entry | None = entry
            if id(entry.story) not in self._entries:
                now = next((by_id[each] for each in entry.ids if each in by_id), None)
                known.update(entry.ids)
                if now is None and self.hits and any(each is entry for each in self._found):
                    now = entry
            if now is not None:
                shown[id(now.story)] = now
        self.shown = list(shown.values())
        passes = self._test()
        for entry in come:
            if id(entry.story) in shown:
                continue
            if known and entry.is_any_of(known):
                self._insert(entry)  # it was part of a story that was taken apart
            elif passes(entry):
                self._add(entry)

    def _add(self, entry: Entry) -> None:
        """Let a story wait, unless it comes below all that is shown, where it moves nothing."""
        if self.filter.category != POPULAR and self.shown and entry.story.lead.at < self.shown[-1].story.lead.at:
            self.shown.append(entry)
        else:
            self._waiting[id(entry.story)] = entry

    def _insert(self, entry: Entry) -> None:
        """Show a story where its time says."""
        at = entry.story.lead.at
        index = next((index for index, each in enumerate(self.shown) if each.story.lead.at < at), len(self.shown))
        self.shown.insert(index, entry)

    def reveal(self) -> None:
        """Show what waits, and all in its right place."""
        self._waiting = {}
        passes = self._test()
        self.shown = [entry for entry in self._candidates() if passes(entry)]
        if self._found:
            self.shown += [entry for entry in self._found if passes(entry)]
            self.shown.sort(key=lambda entry: -entry.story.lead.at)

    def _candidates(self) -> Iterable[Entry]:
        return self.popular() if self.filter.category == POPULAR else self._entries.values()

    def popular(self) -> list[Entry]:
        """What most sources carry, that of most sources first."""
        now = self._clock()
        newest_first = (entry.story for entry in self._entries.values())
        recent = list(takewhile(lambda story: now - story.lead.at < _POPULAR_SINCE, newest_first))
        return [self._entries[id(story)] for story in popular(recent, now)]

    def set_filter(self, wanted: Filter) -> None:
        """Show what passes another filter; what waited is shown with it."""
        if wanted.query != self.filter.query:
            self.hits, self._found = {}, []
        self.filter = wanted
        self.reveal()

    def add_hits(self, hits: Sequence[Hit]) -> None:
        """Show also what was found in all that is stored."""
        self.hits = {hit.headline.headline_id: hit.extract for hit in hits}
        loaded = {each for entry in self._entries.values() if entry.is_any_of(self.hits) for each in entry.ids}
        self._found = [Entry(Story(hit.headline)) for hit in hits if hit.headline.headline_id not in loaded]
        self.reveal()

    def _test(self) -> Test:
        """Whether a story passes the filter."""
        wanted = self.filter
        tests: list[Test] = []
        if wanted.unread:
            tests.append(lambda entry: not entry.story.lead.read)
        if wanted.starred:
            tests.append(lambda entry: any(each.starred for each in entry.story.headlines))
        if wanted.coin:
            tests.append(lambda entry: wanted.coin in entry.coins)
        if wanted.source:
            tests.append(lambda entry: wanted.source in entry.story.sources)
        if wanted.category in self.saved:
            tests.append(_says(self.saved[wanted.category]))
        elif wanted.category not in {ALL, POPULAR}:
            tests.append(lambda entry: wanted.category in entry.categories)
        if wanted.query:
            says, hits = _says(wanted.query), self.hits
            tests.append((lambda entry: says(entry) or entry.is_any_of(hits)) if hits else says)
        if len(tests) == 1:
            return tests[0]
        return lambda entry: all(test(entry) for test in tests)

    def extract_of(self, entry: Entry) -> SafeText:
        """What the article of a story says around the words that were looked for, where only that has them."""
        return next((text for each in entry.ids if (text := self.hits.get(each, EMPTY))), EMPTY) if self.hits else EMPTY

    def parts(self) -> Iterator[list[Entry]]:
        """All stories, a few at a time, so that others can work meanwhile."""
        entries = list(self._entries.values())
        for first in range(0, len(entries), _A_FEW):
            yield entries[first : first + _A_FEW]

    def count_saved(self, entries: Iterable[Entry]) -> Mapping[str, int]:
        """How many of some stories are unread, for each search that was kept."""
        unread = [entry for entry in entries if not entry.story.read]
        return {name: sum(map(_says(query), unread)) for name, query in self.saved.items()}

    def take_counts(self, saved: Mapping[str, int]) -> None:
        """Take over what was counted, with what is unread of what is popular."""
        self._counts.update({name: saved.get(name, 0) - self._counts[name] for name in self.saved})
        self._counts[POPULAR] = sum(not entry.story.read for entry in self.popular())

    def index_of(self, headline_id: str) -> int | None:
        """Where the story of a headline stands in the list."""
        wanted = (headline_id,)
        return next((index for index, entry in enumerate(self.shown) if entry.is_any_of(wanted)), None)


def _says(query: Query) -> Test:
    passes = matcher(query)
    return lambda entry: passes(entry.subject)
