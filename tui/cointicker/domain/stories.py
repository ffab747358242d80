"""Which headlines tell the same story."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import count
from types import MappingProxyType

from cointicker.domain.news import Headline, Story
from cointicker.domain.telling import contradict, likeness, take_apart
from cointicker.domain.told import NOWHERE, Kept, Order, Told, ToldIndex, is_near, order_of

POPULAR_WITHIN = 24 * 3600.0
"""Seconds since the last telling of a story that may be popular; tellings of twice as long ago count still."""
_SAME_TO_LEAD = 0.6
"""Of the likeness that makes two the same, as much as a further headline must have with the lead of its story."""
_NOTHING: Mapping[str, Kept] = MappingProxyType({})


def _hurry() -> None:
    """No pause between two headlines."""


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
        self._stories: dict[str, Story] = {}
        self._taken: dict[str, Told] = {}
        """By id, in the order in which they were taken."""
        self._numbers = count()
        self._groups: list[list[Told]] = []
        self._names: list[str] = []
        """Of each group the id of the headline that it began with."""
        self._index = ToldIndex()
        self._not_kept: dict[str, None] = {}

    def __len__(self) -> int:
        """Headlines that were taken."""
        return len(self._taken)

    def group(
        self,
        headlines: Sequence[Headline],
        apart: frozenset[str] = frozenset(),
        breath: Callable[[], None] = _hurry,
        *,
        kept: Mapping[str, Kept] = _NOTHING,
    ) -> tuple[Story, ...]:
        """The same as ``group_stories``, whatever was grouped before; ``breath`` is called between two headlines.

        But what is left of a story some of whose headlines are told no more stays together. ``kept`` is what
        ``take_places`` told once: what is as it was then is not compared again.
        """
        known = {headline.headline_id: headline for headline in headlines}
        for told in [told for headline_id, told in self._taken.items() if headline_id not in known]:
            self._let_go(told)
        new = self._take_back(known, apart)
        if not self._taken:
            new = new[self._recall(new, apart, kept, breath) :]
        for headline in new:
            self._take(headline, alone=headline.headline_id in apart)
            breath()
        return self._tell()

    def take_places(self, least: int = 1) -> dict[str, Kept]:
        """Where the headlines are that were taken since the last call, unless there are fewer than ``least``."""
        if len(self._not_kept) < least:
            return {}
        told = [self._taken[headline_id] for headline_id in self._not_kept]
        self._not_kept = {}
        return {each.headline.headline_id: Kept(self._names[each.group], each.digest()) for each in told}

    def _tell(self) -> tuple[Story, ...]:
        stories = [
            Story(group[0].headline, tuple([told.headline for told in group[1:]])) for group in self._groups if group
        ]
        # One that has not changed stays the same object, so that who shows it has nothing to do.
        before = (self._stories.get(story.lead.headline_id) for story in stories)
        stories = [old if old == new else new for old, new in zip(before, stories, strict=True)]
        self._stories = {story.lead.headline_id: story for story in stories}
        return tuple(sorted(stories, key=lambda story: story.lead.at, reverse=True))

    def _let_go(self, told: Told) -> None:
        self._groups[told.group].remove(told)
        del self._taken[told.headline.headline_id]
        self._not_kept.pop(told.headline.headline_id, None)
        if not told.alone:
            self._index.remove(told)

    def _take_back(self, known: Mapping[str, Headline], apart: frozenset[str]) -> list[Headline]:
        """Be as before the first headline was taken that has changed or comes behind a new one; those to take now."""
        new = [headline for headline_id, headline in known.items() if headline_id not in self._taken]
        orders: list[Order] = [order_of(headline) for headline in new]
        for headline_id, told in self._taken.items():
            if told.has_changed(known[headline_id], alone=headline_id in apart):
                orders.append(told.order)
        if orders:
            first = min(orders)
            while self._taken and (told := next(reversed(self._taken.values()))).order >= first:
                self._let_go(told)
                new.append(known[told.headline.headline_id])
        return sorted(new, key=order_of)

    def _recall(
        self, headlines: Sequence[Headline], apart: frozenset[str], kept: Mapping[str, Kept], breath: Callable[[], None]
    ) -> int:
        """Put headlines where they were, up to the first that was elsewhere or other then; how many these are."""
        groups: dict[str, int] = {}
        for number, headline in enumerate(headlines):
            place = kept.get(headline.headline_id)
            told = Told(headline, next(self._numbers), alone=headline.headline_id in apart)
            if place is None or place.digest != told.digest():
                return number
            group = groups.get(place.story_id, NOWHERE)
            if group == NOWHERE:
                groups[place.story_id] = group = self._begin(place.story_id)
            self._join(told, group)
            if not told.alone:
                self._index.add_closed(told)
            breath()
        return len(headlines)

    def _take(self, headline: Headline, *, alone: bool) -> None:
        """Put a headline into the group that tells its story, or into one of its own."""
        told = Told(headline, next(self._numbers), alone=alone)
        group: int | None = None
        if not alone:
            told.open()
            group = self._group_at(told)
            group = self._most_alike(told) if group is None else group
        self._join(told, self._begin(headline.headline_id) if group is None else group)
        self._not_kept[headline.headline_id] = None
        if not alone:
            self._index.add(told)

    def _begin(self, name: str) -> int:
        self._groups.append([])
        self._names.append(name)
        return len(self._groups) - 1

    def _join(self, told: Told, group: int) -> None:
        told.group = group
        self._groups[group].append(told)
        self._taken[told.headline.headline_id] = told

    def _group_at(self, told: Told) -> int | None:
        """The group of the same page."""
        for other in self._index.at_address(told):
            if _is_one_page(told.headline, other.headline):
                group = self._groups[other.group]
                if is_near(group[0].headline, told.headline):
                    return other.group
        return None

    def _most_alike(self, told: Told) -> int | None:
        """The group with the headline that is the most alike, of those that the headline may join."""
        found: dict[int, float] = {}
        for other in self._index.candidates(told):
            alike = _likeness(told.headline, other.headline)
            if alike >= 1 and alike > found.get(other.group, 0.0):
                found[other.group] = alike
        for group in sorted(found, key=lambda each: (-found[each], each)):
            if _may_join(told.headline, [each.headline for each in self._groups[group]]):
                return group
        return None


def _is_one_page(one: Headline, other: Headline) -> bool:
    """Whether two of the same address are of one page: a feed may give one address to all that it tells."""
    return one.feed_url != other.feed_url or _likeness(one, other) >= _SAME_TO_LEAD


def _may_join(headline: Headline, told: Sequence[Headline]) -> bool:
    """Whether all of a story allow one more: another source, nothing that contradicts any, alike to the lead."""
    if not is_near(told[0], headline) or any(each.feed_url == headline.feed_url for each in told):
        return False
    alike = [_likeness(headline, each) for each in told]
    if alike[0] < _SAME_TO_LEAD or any(map(partial(_contradict, headline), told)):
        return False
    return alike[0] >= 1 or 2 * sum(each >= 1 for each in alike) >= len(alike)
