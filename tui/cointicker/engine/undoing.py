"""What can be taken back, the newest first."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from cointicker.domain.news import Headline, Story
from cointicker.engine.actions import MarkRead, Star
from cointicker.engine.marking import places_of

Step = Callable[[], Awaitable[None]]
"""Takes one thing back."""

_STEPS = 50


class History:
    """The steps back of everything that a person did: marks, watchlists, settings, whatever comes."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._lock = asyncio.Lock()

    def remember(self, step: Step) -> None:
        """Put a step on top."""
        self._steps = [*self._steps[-_STEPS + 1 :], step]

    def forget(self, step: Step) -> None:
        """Nothing came of what this step would take back."""
        if step in self._steps:
            self._steps.remove(step)

    def pop(self) -> Step | None:
        """The newest step, which is then gone; ``None`` where there is none left. Steps run one after the other."""
        if not self._steps:
            return None
        step = self._steps.pop()

        async def in_turn() -> None:
            async with self._lock:
                await step()

        return in_turn


def inverse(action: MarkRead | Star, stories: Sequence[Story]) -> MarkRead | Star | None:
    """The marks that take marks back; ``None`` where nothing would change, or nobody asked for them."""
    wanted = frozenset(action.headline_ids)

    def those(differs: Callable[[Headline], bool]) -> tuple[str, ...]:
        headlines = (headline for place in places_of(stories, wanted) for headline in stories[place].headlines)
        found = (each.headline_id for each in headlines if each.headline_id in wanted and differs(each))
        return tuple(dict.fromkeys(found))

    if isinstance(action, Star):
        changed = those(lambda headline: headline.starred != action.starred)
        return Star(changed, not action.starred) if changed else None
    changed = () if action.quietly else those(lambda headline: headline.read != action.read)
    return MarkRead(changed, not action.read) if changed else None


def word_marks(back: MarkRead | Star, stories: Sequence[Story]) -> str:
    """What taking marks back did, in words; stories are counted, not their headlines."""
    count = len(places_of(stories, frozenset(back.headline_ids)))
    what = "1 headline is" if count == 1 else f"{count} headlines are"
    if isinstance(back, Star):
        return f"{what} {'starred again' if back.starred else 'without a star again'}"
    return f"{what} {'read' if back.read else 'unread'} again"
