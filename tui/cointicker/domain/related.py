"""Which stories are worth reading after another."""

from collections.abc import Sequence

from cointicker.domain.news import Story
from cointicker.domain.telling import take_apart, weigh_common
from cointicker.domain.told import SAME_STORY_WITHIN

_PER_COIN = 0.3
_BITCOIN = 0.1
"""What the coin counts that half of all titles name."""
_LEAST = 0.25


def related_stories(story: Story, stories: Sequence[Story], most: int = 3) -> tuple[Story, ...]:
    """The stories of the 48 hours around a story that share its coins and the words of its title, best first."""
    own, own_coins = take_apart(story.lead.title, story.lead.coins), set(story.lead.coins)
    scored: list[tuple[float, float, Story]] = []
    for other in stories:
        distance = abs(other.lead.at - story.lead.at)
        if other.lead.headline_id == story.lead.headline_id or distance > SAME_STORY_WITHIN:
            continue
        score = weigh_common(own, take_apart(other.lead.title, other.lead.coins))
        score += sum(_BITCOIN if coin == "bitcoin" else _PER_COIN for coin in own_coins.intersection(other.lead.coins))
        if score >= _LEAST:
            scored.append((score, -distance, other))
    scored.sort(key=lambda each: each[:2], reverse=True)
    return tuple(other for _, _, other in scored[:most])
