"""Which headlines tell the same story."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from cointicker.domain.news import Headline, Story

SAME_STORY_WITHIN = 48 * 3600.0
"""Seconds between two headlines that may still be one story."""

_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|referrer|source|cmpid|ocid|guccounter|amp)$")
_STOP_WORDS = (
    "a an and are as at be by for from has have in into is it its new of on or over says than that the their this to "
    "up was what when why will with after amid how could may"
)
_STOP = frozenset(_STOP_WORDS.split())
_SIMILAR = 0.6
"""Share of the words of two titles, of all words in either, from which they tell the same story."""
_MIN_WORDS = 4


def canonical_url(url: str) -> str:
    """An address without what does not name the page: scheme, ``www.``/``m.``/``amp.``, tracking, AMP, fragment."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    except ValueError:
        return url
    path = re.sub(r"(?:^/amp(?=/)|/amp/?$|\.amp$)", "", parts.path).rstrip("/")
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.match(pair[0].lower())))
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def title_words(title: str) -> frozenset[str]:
    """The words of a title that carry its meaning, lower case."""
    return frozenset(word for word in re.findall(r"[\w$%.]+", title.lower().replace(",", "")) if word not in _STOP)


def similar(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two titles, as ``title_words``, tell the same story. Figures in both must agree."""
    if min(len(one), len(other)) < _MIN_WORDS:
        return one == other and len(one) > 1
    figures_one = {word for word in one if any(sign.isdigit() for sign in word)}
    figures_other = {word for word in other if any(sign.isdigit() for sign in word)}
    if figures_one and figures_other and not figures_one & figures_other:
        return False
    return len(one & other) / len(one | other) >= _SIMILAR


def group_stories(headlines: Sequence[Headline]) -> tuple[Story, ...]:
    """One story for each set of headlines that tell the same; newest story first. Nothing is dropped."""
    groups: list[list[Headline]] = []
    words: list[frozenset[str]] = []
    by_url: dict[str, int] = {}
    by_word: dict[str, list[int]] = {}
    for headline in sorted(headlines, key=lambda each: each.at):
        own = title_words(headline.title)
        address = canonical_url(headline.url) if headline.url else ""
        index = by_url.get(address) if address else None
        if index is not None and headline.at - groups[index][0].at > SAME_STORY_WITHIN:
            index = None
        if index is None:
            index = _find_similar(headline, own, groups, words, by_word)
        if index is None:
            index = len(groups)
            groups.append([])
            words.append(own)
            for word in own:
                by_word.setdefault(word, []).append(index)
        groups[index].append(headline)
        if address:
            by_url[address] = index
    stories = [Story(group[0], tuple(group[1:])) for group in groups]
    return tuple(sorted(stories, key=lambda story: story.lead.at, reverse=True))


def _find_similar(
    headline: Headline,
    own: frozenset[str],
    groups: list[list[Headline]],
    words: list[frozenset[str]],
    by_word: dict[str, list[int]],
) -> int | None:
    shared: dict[int, int] = {}
    for word in own:
        for index in reversed(by_word.get(word, ())):
            if headline.at - groups[index][0].at > SAME_STORY_WITHIN:
                break
            shared[index] = shared.get(index, 0) + 1
    for index in sorted(shared, key=lambda each: -shared[each]):
        group = groups[index]
        if shared[index] * 2 < len(own):
            break
        if all(each.feed_url != headline.feed_url for each in group) and similar(own, words[index]):
            return index
    return None
