"""Finds and sets marks among thousands of stories in about a millisecond."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from cointicker.domain.news import Headline, Story


def places_of(stories: Sequence[Story], headline_ids: AbstractSet[str]) -> list[int]:
    """Where the stories stand that have any of these headlines."""
    if not headline_ids:
        return []
    return [
        place
        for place, story in enumerate(stories)
        if story.lead.headline_id in headline_ids
        or (story.others and any(each.headline_id in headline_ids for each in story.others))
    ]


def marked(
    stories: Sequence[Story], headline_ids: AbstractSet[str], *, read: bool | None, starred: bool | None
) -> tuple[Story, ...]:
    """The stories with these headlines marked; a mark that is ``None`` stays as it is."""

    def mark(headline: Headline) -> Headline:
        if headline.headline_id not in headline_ids:
            return headline
        return replace(
            headline,
            read=headline.read if read is None else read,
            starred=headline.starred if starred is None else starred,
        )

    told = list(stories)
    for place in places_of(stories, headline_ids):
        told[place] = Story(mark(told[place].lead), tuple(map(mark, told[place].others)))
    return tuple(told)
