"""Which headlines tell the same story."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from urllib.parse import parse_qsl, urlencode, urlsplit

from cointicker.domain.news import Headline, Story

SAME_STORY_WITHIN = 48 * 3600.0
"""Seconds between two headlines that may still be one story."""

POPULAR_WITHIN = 24 * 3600.0
"""Seconds since the last telling of a story that may be popular; tellings of twice as long ago count still."""

_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|referrer|source|cmpid|ocid|guccounter|amp)$")
_STOP_WORDS = (
    "a an and are as at be by for from has have in into is it its new of on or over says than that the their this to "
    "up was what when why will with after amid how could may"
)
_STOP = frozenset(_STOP_WORDS.split())
_SIMILAR = 0.6
"""Share of the words of two titles, of all words in either, from which they tell the same story."""
_SIMILAR_SHORT = 0.7
"""The same where both have fewer than ``_LONG`` words together: one word more or less weighs more in those."""
_LONG = 8
_MIN_WORDS = 4
"""Shorter titles tell the same story only where all their words agree."""
_CACHED = 4096
"""Addresses and titles that are kept worked out: twice the headlines on the screen."""
_WORD = re.compile(r"[\w$€£%.]+")
_POSSESSIVE = re.compile(r"['’]s?\b")
_SCALE = re.compile(r"(?<=\d)\s*(?:(m)illion|(m)n|(b)illion|(b)n|(t)rillion|(t)n)\b")


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


@lru_cache(_CACHED)
def title_words(title: str) -> frozenset[str]:
    """The words of a title that carry its meaning, lower case; ``$500 million`` is one figure, ``$500m``."""
    text = _SCALE.sub(lambda found: found[found.lastindex or 0], _POSSESSIVE.sub("", title.lower().replace(",", "")))
    words = (word.strip(".") for word in _WORD.findall(text))
    return frozenset(word for word in words if word and word not in _STOP)


def similar(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two titles, as ``title_words``, tell the same story; figures of one must be among the other's."""
    if min(len(one), len(other)) < _MIN_WORDS:
        return one == other and len(one) > 1
    shared = len(one & other)
    together = len(one) + len(other) - shared
    if shared < together * (_SIMILAR if together >= _LONG else _SIMILAR_SHORT):
        return False
    figures, others = _figures(one), _figures(other)
    return not figures or not others or figures <= others or others <= figures


def _figures(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if any(map(str.isdigit, word)))


def group_stories(headlines: Sequence[Headline]) -> tuple[Story, ...]:
    """One story for each set of headlines that tell the same; newest story first. Nothing is dropped."""
    told = sorted(headlines, key=lambda each: each.at)
    titles = [title_words(headline.title) for headline in told]
    groups = _Groups(Counter(word for words in titles for word in words))
    for headline, words in zip(told, titles, strict=True):
        groups.add(headline, words)
    stories = [Story(group[0], tuple(group[1:])) for group in groups.members]
    return tuple(sorted(stories, key=lambda story: story.lead.at, reverse=True))


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


class _Groups:
    """Headlines that tell the same story, put together one by one, the oldest first.

    Two titles that share so many words share two of the rarest few of each, so only pairs of those are looked up.
    """

    def __init__(self, frequency: Mapping[str, int]) -> None:
        self.members: list[list[Headline]] = []
        self._words: list[frozenset[str]] = []
        self._frequency = frequency
        self._by_address: dict[str, int] = {}
        self._by_pair: dict[tuple[str, str], list[int]] = {}

    def add(self, headline: Headline, words: frozenset[str]) -> None:
        """Put a headline into the group that tells its story, or into one of its own."""
        address = canonical_url(headline.url) if headline.url else ""
        if "/" not in address and "?" not in address:
            address = ""  # a front page, which is no story's own
        pairs = self._rare_pairs(words)
        index = self._by_address.get(address) if address else None
        if index is None or not self._is_recent(index, headline):
            index = self._find_similar(headline, words, pairs)
        if index is None:
            index = len(self.members)
            self.members.append([])
            self._words.append(words)
            for pair in pairs:
                self._by_pair.setdefault(pair, []).append(index)
        self.members[index].append(headline)
        if address:
            self._by_address[address] = index

    def _rare_pairs(self, words: frozenset[str]) -> list[tuple[str, str]]:
        """Pairs out of as many of the rarest words as a similar title cannot lack all but one of."""
        shared = len(words) if len(words) < _MIN_WORDS else math.ceil(len(words) * _SIMILAR - 1e-9)
        ordered = sorted(words, key=lambda word: (self._frequency[word], word))
        return list(combinations(ordered[: len(words) - shared + 2], 2))

    def _is_recent(self, index: int, headline: Headline) -> bool:
        return headline.at - self.members[index][0].at <= SAME_STORY_WITHIN

    def _find_similar(self, headline: Headline, words: frozenset[str], pairs: Sequence[tuple[str, str]]) -> int | None:
        """The group whose first title is the most similar one, if another source tells it."""
        candidates: set[int] = set()
        for pair in pairs:
            for index in reversed(self._by_pair.get(pair, ())):
                if not self._is_recent(index, headline):
                    break
                candidates.add(index)
        best, most = None, 0
        for index in sorted(candidates):
            shared = len(words & self._words[index])
            if shared > most and self._may_join(index, headline, words):
                best, most = index, shared
        return best

    def _may_join(self, index: int, headline: Headline, words: frozenset[str]) -> bool:
        told = self.members[index]
        if headline.coins and told[0].coins and not set(headline.coins) & set(told[0].coins):
            return False
        return similar(words, self._words[index]) and all(each.feed_url != headline.feed_url for each in told)
