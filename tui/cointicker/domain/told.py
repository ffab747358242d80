"""Headlines that were told, and how those are found that may tell the same story."""

import zlib
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from cointicker import __version__
from cointicker.domain.canonical import canonical_url
from cointicker.domain.news import Headline
from cointicker.domain.telling import (
    HEAVIEST_WORD,
    LEAST_ALIKE,
    LEAST_ALIKE_WITHOUT_FIGURE,
    LIGHT_WORD,
    Telling,
    take_apart,
)

SAME_STORY_WITHIN = 48 * 3600.0
"""Seconds between two headlines that may still be one story."""
NOWHERE = -1
"""The group of a headline that is in none yet."""
_SEEN_TOGETHER = 300.0
"""Seconds in which headlines come in together: of those the earliest leads its story, later ones only join."""
_DAY = 86_400.0
_DAYS_AROUND = 2
_LEAST_SHARED = 0.3
"""Share of the lesser weight of two headlines that must lie in common words for them to be compared at all."""
_ROUNDING = 1e-9
_MOST_COMPARED = 60
"""Headlines that one is compared with, those with the most words in common: titles may be of the same few words."""

Order = tuple[float, float, str]
"""Headlines are taken in this order."""


class Kept(NamedTuple):
    """Where a headline was put once, so that it need not be compared again."""

    story_id: str
    """Id of the headline that its story began with."""
    digest: int
    """Of what decides where it belongs; see ``Told.digest``."""


class Told:
    """A headline with what it is found by, which is worked out when it is opened."""

    __slots__ = (
        "address", "alone", "at", "day", "deck_need", "figures", "group", "headline", "keys", "light", "need", "number",
        "order", "strong", "total", "weight",
    )  # fmt: skip

    def __init__(self, headline: Headline, number: int, *, alone: bool) -> None:
        """``number`` counts those that were taken; ``alone``: it joins no story and none joins it."""
        self.headline = headline
        self.number = number
        self.alone = alone
        self.group = NOWHERE
        self.order = order_of(headline)
        self.at = headline.at
        self.day = int(self.at // _DAY)
        self.keys: tuple[tuple[str, int], ...] = ()
        self.address = ""

    def open(self) -> None:
        """Work out what it is found by."""
        telling = take_apart(self.headline.title, self.headline.coins)
        self.strong = _strong_words(telling)
        self.weight = sum(self.strong.values())
        self.light = sum([weight for weight in telling.weights.values() if weight <= LIGHT_WORD])
        self.total = telling.total
        self.figures = {figure.key for figure in telling.figures if figure.is_telling}
        # What strong words in common must weigh, this and the need of the other headline, where no such figure is.
        self.need = (LEAST_ALIKE_WITHOUT_FIGURE * self.total - self.light) / 2 - _ROUNDING
        self.deck_need = _LEAST_SHARED * self.weight if self.headline.deck else float("inf")
        self.keys = tuple([(word, self.day) for word in self.strong])
        address = canonical_url(self.headline.url) if self.headline.url else ""
        self.address = address if "/" in address or "?" in address else ""  # a front page is no story's own

    def may_be_like(self, other: "Told") -> bool:
        """Whether two are worth a closer look."""
        common = self.strong.keys() & other.strong.keys()
        shared = sum([self.strong[word] + other.strong[word] for word in common])
        if self.headline.deck and other.headline.deck:
            return shared >= 2 * _LEAST_SHARED * min(self.weight, other.weight)
        most = shared + 2 * min(self.light, other.light)
        return most >= LEAST_ALIKE * (self.total + other.total) - _ROUNDING

    def has_changed(self, headline: Headline, *, alone: bool) -> bool:
        """Whether it may belong elsewhere, as the headline is now; marks are followed."""
        if headline is not self.headline:
            if _identity(headline) != _identity(self.headline):
                return True
            self.headline = headline
        return self.alone is not alone

    def digest(self) -> int:
        """The same as long as it belongs to the same story, for this version of the program."""
        words = repr((__version__, self.alone, *map(str, _identity(self.headline))))
        return zlib.crc32(words.encode(errors="replace"))


class ToldIndex:
    """Finds headlines by words and addresses. Those of days that nobody asks for stay closed."""

    def __init__(self) -> None:
        self._told: dict[int, Told] = {}
        self._by_word: dict[tuple[str, int], list[int]] = {}
        self._by_address: dict[tuple[str, int], list[Told]] = {}
        self._closed: dict[int, list[Told]] = {}

    def add(self, told: Told) -> None:
        """Take in one that is open."""
        self._told[told.number] = told
        for key in told.keys:
            self._by_word.setdefault(key, []).append(told.number)
        if told.address:
            self._by_address.setdefault((told.address, told.day), []).append(told)

    def add_closed(self, told: Told) -> None:
        """Take in one that is opened when something is to be found on its day."""
        self._closed.setdefault(told.day, []).append(told)

    def remove(self, told: Told) -> None:
        """Find one no more."""
        if self._told.pop(told.number, None) is None:
            if told in self._closed.get(told.day, ()):
                self._closed[told.day].remove(told)
            return
        for key in told.keys:
            self._by_word[key].remove(told.number)
        if told.address:
            self._by_address[told.address, told.day].remove(told)

    def at_address(self, told: Told) -> Iterator[Told]:
        """Those of the same page, the last taken first."""
        if told.address:
            same = [other for day in self._days(told) for other in self._by_address.get((told.address, day), ())]
            yield from sorted(same, key=lambda other: other.number, reverse=True)

    def candidates(self, told: Told) -> Iterator[Told]:
        """Headlines of about the same time that share enough of what tells something to be looked at."""
        shared: Counter[int] = Counter()
        with_figure: set[int] = set()
        days = self._days(told)
        for word in told.strong:
            for day in days:
                if numbers := self._by_word.get((word, day)):
                    shared.update(numbers)
                    if word in told.figures:
                        with_figure.update(numbers)
        compared = 0
        for number, words in shared.most_common():
            if compared == _MOST_COMPARED:
                return
            other, most = self._told[number], words * HEAVIEST_WORD
            if (
                (
                    most >= told.need + other.need
                    or number in with_figure
                    or most >= min(told.deck_need, other.deck_need)
                )
                and is_near(told.headline, other.headline)
                and told.may_be_like(other)
            ):
                compared += 1
                yield other

    def _days(self, told: Told) -> range:
        days = range(told.day - _DAYS_AROUND, told.day + _DAYS_AROUND + 1)
        for day in days:
            for closed in self._closed.pop(day, ()):
                closed.open()
                self.add(closed)
        return days


def order_of(headline: Headline) -> Order:
    """By when it was first seen, in steps; of those seen together, by when it was told."""
    return headline.first_seen // _SEEN_TOGETHER, headline.at, headline.headline_id


def is_near(one: Headline, other: Headline) -> bool:
    """Whether two were told at about the same time."""
    return abs(one.at - other.at) <= SAME_STORY_WITHIN


def _strong_words(telling: Telling) -> dict[str, float]:
    """The words that two titles of one story have some of in common; all where there are few."""
    strong = {word: weight for word, weight in telling.weights.items() if weight > LIGHT_WORD}
    return strong if len(strong) > 1 else dict(telling.weights)


def _identity(headline: Headline) -> tuple[object, ...]:
    """What decides where a headline belongs; feeds that edit summaries all the time take no story apart."""
    return headline.title, headline.url, headline.coins, headline.at, headline.first_seen
