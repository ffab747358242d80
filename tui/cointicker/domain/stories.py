"""Which headlines tell the same story."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from urllib.parse import parse_qsl, urlencode, urlsplit

from cointicker.domain.news import Headline, Story
from cointicker.domain.telling import (
    HEAVIEST_WORD,
    LEAST_ALIKE,
    LEAST_ALIKE_WITHOUT_FIGURE,
    LIGHT_WORD,
    Telling,
    contradict,
    likeness,
    take_apart,
)

SAME_STORY_WITHIN = 48 * 3600.0
"""Seconds between two headlines that may still be one story."""
POPULAR_WITHIN = 24 * 3600.0
"""Seconds since the last telling of a story that may be popular; tellings of twice as long ago count still."""

_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|referrer|source|cmpid|ocid|guccounter|amp)$")
_SEEN_TOGETHER = 300.0
"""Seconds in which headlines come in together: of those the earliest leads its story, later ones only join."""
_DAY = 86_400.0
_SAME_TO_LEAD = 0.6
"""Of the likeness that makes two the same, as much as a further headline must have with the lead of its story."""
_LEAST_SHARED = 0.3
"""Share of the lesser weight of two headlines that must lie in common words for them to be compared at all."""
_ROUNDING = 1e-9
_NOWHERE = -1
_Order = tuple[float, float, str]
_CACHED = 4096
"""Addresses that are kept worked out: twice the headlines on the screen."""


def _hurry() -> None:
    """No pause between two headlines."""


@lru_cache(_CACHED)
def canonical_url(url: str) -> str:
    """An address without what does not name the page: scheme, ``www.``/``m.``/``amp.``, tracking, AMP, fragment."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    except ValueError:
        return url
    path = re.sub(r"(?:^/amp(?=/)|/amp/?$|\.amp$)", "", parts.path).rstrip("/")
    if not parts.query:
        return f"{host}{path}"
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.match(pair[0].lower())))
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def tell_same(one: Headline, other: Headline) -> bool:
    """Whether two headlines, by their titles and summaries, tell the same story."""
    return _likeness(one, other) >= 1


def _likeness(one: Headline, other: Headline) -> float:
    return likeness(take_apart(one.title, one.coins), take_apart(other.title, other.coins), (one.deck, other.deck))


def _contradict(one: Headline, other: Headline) -> bool:
    return contradict(take_apart(one.title, one.coins), take_apart(other.title, other.coins), (one.deck, other.deck))


def group_stories(headlines: Sequence[Headline], apart: frozenset[str] = frozenset()) -> tuple[Story, ...]:
    """One story for each set of headlines that tell the same; newest story first. Nothing is dropped.

    ``apart``: ids of headlines that stand alone because a person said so.
    """
    return StoryBook().group(headlines, apart)


def popular(stories: Sequence[Story], now: float, limit: int = 30) -> tuple[Story, ...]:
    """The stories of the last day that two sources or more carry: those of most sources first, then the newest.

    ``now``: Unix seconds. Sources that told a story more than two days ago do not count.
    """
    counted: list[tuple[int, float, Story]] = []
    for story in stories:
        told = [each for each in story.headlines if now - each.at <= 2 * POPULAR_WITHIN]
        sources = len({each.source for each in told})
        if sources > 1 and now - told[-1].at <= POPULAR_WITHIN:
            counted.append((sources, story.lead.at, story))
    counted.sort(key=lambda each: each[:2], reverse=True)
    return tuple(story for _, _, story in counted[:limit])


class StoryBook:
    """Stories that are kept between one load of headlines and the next, so that only what is new is worked out.

    A story never falls apart because of what comes in later, and keeps its lead: headlines are taken in the order in
    which they were first seen, and each is compared with those that were there before.
    """

    def __init__(self) -> None:
        self._told: dict[str, Story] = {}
        self._taken: dict[str, _Entry] = {}
        """By id, in the order in which they were taken."""
        self._groups: list[list[_Entry]] = []
        self._entries: list[_Entry] = []
        self._by_address: dict[str, int] = {}
        self._by_word: dict[tuple[str, int], list[int]] = {}

    def group(
        self, headlines: Sequence[Headline], apart: frozenset[str] = frozenset(), breath: Callable[[], None] = _hurry
    ) -> tuple[Story, ...]:
        """The same as ``group_stories``, whatever was grouped before; ``breath`` is called between two headlines.

        But what is left of a story some of whose headlines are told no more stays together.
        """
        known = {headline.headline_id: headline for headline in headlines}
        for entry in [entry for headline_id, entry in self._taken.items() if headline_id not in known]:
            self._let_go(entry)
        first = min((entry.order for entry in self._taken.values() if entry.has_changed(known, apart)), default=None)
        new = sorted((each for each in known.values() if each.headline_id not in self._taken), key=_order)
        if new and (first is None or _order(new[0]) < first):
            first = _order(new[0])
        if first is not None and self._take_back(first):
            new = sorted((each for each in known.values() if each.headline_id not in self._taken), key=_order)
        for headline in new:
            self._take(headline, alone=headline.headline_id in apart)
            breath()
        return self._tell()

    def _tell(self) -> tuple[Story, ...]:
        told = [
            Story(entries[0].headline, tuple([entry.headline for entry in entries[1:]]))
            for entries in self._groups
            if entries
        ]
        # One that has not changed stays the same object, so that who shows it has nothing to do.
        kept = (self._told.get(story.lead.headline_id) for story in told)
        told = [old if old == new else new for old, new in zip(kept, told, strict=True)]
        self._told = {story.lead.headline_id: story for story in told}
        return tuple(sorted(told, key=lambda story: story.lead.at, reverse=True))

    def _let_go(self, entry: "_Entry") -> None:
        self._groups[entry.group].remove(entry)
        del self._taken[entry.headline.headline_id]
        for key in entry.keys:
            self._by_word[key].remove(entry.number)

    def _take_back(self, order: _Order) -> bool:
        """Be as before the first headline of this order or a later one was taken; whether there was one."""
        later = False
        while self._taken and (entry := next(reversed(self._taken.values()))).order >= order:
            later = True
            self._let_go(entry)
            if entry.address and not entry.alone:
                self._by_address[entry.address] = entry.address_before
        return later

    def _take(self, headline: Headline, *, alone: bool) -> None:
        """Put a headline into the group that tells its story, or into one of its own."""
        entry = _Entry(headline, len(self._entries), alone=alone)
        self._entries.append(entry)
        group = None if alone else self._group_at(entry.address, headline)
        if group is None and not alone:
            group = self._most_alike(entry)
        if group is None:
            group = len(self._groups)
            self._groups.append([])
        entry.group = group
        self._groups[group].append(entry)
        self._taken[headline.headline_id] = entry
        if alone:
            return
        if entry.address:
            entry.address_before = self._by_address.get(entry.address, _NOWHERE)
            self._by_address[entry.address] = group
        for key in entry.keys:
            self._by_word.setdefault(key, []).append(entry.number)

    def _group_at(self, address: str, headline: Headline) -> int | None:
        group = self._by_address.get(address, _NOWHERE) if address else _NOWHERE
        if group == _NOWHERE or not self._groups[group]:
            return None
        return group if _is_near(self._groups[group][0].headline, headline) else None

    def _most_alike(self, entry: "_Entry") -> int | None:
        """The group with the headline that is the most alike, of those that the headline may join."""
        found: dict[int, float] = {}
        for other in self._candidates(entry):
            alike = _likeness(entry.headline, other.headline)
            if alike >= 1 and alike > found.get(other.group, 0.0):
                found[other.group] = alike
        for group in sorted(found, key=lambda each: (-found[each], each)):
            if self._may_join(entry.headline, [each.headline for each in self._groups[group]]):
                return group
        return None

    def _candidates(self, entry: "_Entry") -> Iterator["_Entry"]:
        """Headlines of about the same time that share enough of what tells something to be looked at."""
        shared: Counter[int] = Counter()
        with_figure: set[int] = set()
        for word in entry.strong:
            for day in range(entry.day - 2, entry.day + 3):
                if numbers := self._by_word.get((word, day)):
                    shared.update(numbers)
                    if word in entry.figures:
                        with_figure.update(numbers)
        entries, need = self._entries, entry.need
        deck_need = entry.deck_need if entry.headline.deck else float("inf")
        for number, words in shared.items():
            other, most = entries[number], words * HEAVIEST_WORD
            if (
                (most >= need + other.need or number in with_figure or most >= min(deck_need, other.deck_need))
                and abs(other.at - entry.at) <= SAME_STORY_WITHIN
                and entry.may_be_like(other)
            ):
                yield other

    def _may_join(self, headline: Headline, told: Sequence[Headline]) -> bool:
        """Whether all of a story allow one more: another source, nothing that contradicts any, alike to the lead."""
        if not _is_near(told[0], headline) or any(each.feed_url == headline.feed_url for each in told):
            return False
        alike = [_likeness(headline, each) for each in told]
        if alike[0] < _SAME_TO_LEAD or any(map(partial(_contradict, headline), told)):
            return False
        return alike[0] >= 1 or 2 * sum(each >= 1 for each in alike) >= len(alike)


class _Entry:
    """A headline with what it is found by."""

    __slots__ = (
        "address", "address_before", "alone", "at", "day", "deck_need", "figures", "group", "headline", "keys", "light",
        "need", "number", "order", "strong", "total", "weight",
    )  # fmt: skip

    def __init__(self, headline: Headline, number: int, *, alone: bool) -> None:
        self.headline = headline
        self.number = number
        self.alone = alone
        self.group = _NOWHERE
        self.order = _order(headline)
        self.at = headline.at
        self.day = int(self.at // _DAY)
        telling = take_apart(headline.title, headline.coins)
        self.strong = _strong_words(telling)
        self.weight = sum(self.strong.values())
        self.light = sum([weight for weight in telling.weights.values() if weight <= LIGHT_WORD])
        self.total = telling.total
        self.figures = {figure.key for figure in telling.figures if figure.is_telling}
        # What strong words in common must weigh, this and the need of the other headline, where no such figure is.
        self.need = (LEAST_ALIKE_WITHOUT_FIGURE * self.total - self.light) / 2 - _ROUNDING
        self.deck_need = _LEAST_SHARED * self.weight
        self.keys = () if alone else tuple([(word, self.day) for word in self.strong])
        address = canonical_url(headline.url) if headline.url else ""
        self.address = address if "/" in address or "?" in address else ""  # a front page is no story's own
        self.address_before = _NOWHERE

    def may_be_like(self, other: "_Entry") -> bool:
        """Whether two are worth a closer look."""
        common = self.strong.keys() & other.strong.keys()
        shared = sum([self.strong[word] + other.strong[word] for word in common])
        if self.headline.deck and other.headline.deck:
            return shared >= 2 * _LEAST_SHARED * min(self.weight, other.weight)
        most = shared + 2 * min(self.light, other.light)
        return most >= LEAST_ALIKE * (self.total + other.total) - _ROUNDING

    def has_changed(self, known: Mapping[str, Headline], apart: frozenset[str]) -> bool:
        """Whether it may belong elsewhere now; marks are followed."""
        headline = known[self.headline.headline_id]
        if headline is not self.headline:
            if _identity(headline) != _identity(self.headline):
                return True
            self.headline = headline
        return self.alone is not (headline.headline_id in apart)


def _strong_words(telling: Telling) -> dict[str, float]:
    """The words that two titles of one story have some of in common; all where there are few."""
    strong = {word: weight for word, weight in telling.weights.items() if weight > LIGHT_WORD}
    return strong if len(strong) > 1 else dict(telling.weights)


def _order(headline: Headline) -> _Order:
    return headline.first_seen // _SEEN_TOGETHER, headline.at, headline.headline_id


def _identity(headline: Headline) -> tuple[object, ...]:
    """What decides where a headline belongs."""
    return headline.title, headline.deck, headline.url, headline.coins, headline.at, headline.first_seen


def _is_near(one: Headline, other: Headline) -> bool:
    return abs(one.at - other.at) <= SAME_STORY_WITHIN
