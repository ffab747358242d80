"""What many headlines at once cost those who only wait for their turn."""

import gc
from itertools import count

from cointicker.domain.stories import StoryBook, group_stories
from cointicker.engine.breathing import Breath
from cointicker.engine.handle import SourceHandle
from engine.conftest import FEEDS
from engine.outside import Outside, entry


def test_long_work_pauses_every_few_milliseconds_and_not_more_often() -> None:
    milliseconds = count()
    pauses: list[float] = []
    breath = Breath(lambda: next(milliseconds) / 1000, pauses.append)
    for _ in range(30):
        breath()
    assert 5 < len(pauses) < 20
    assert 0 < sum(pauses) < 0.1 * next(milliseconds) / 1000


def test_stories_are_told_with_a_breath_between_two_headlines() -> None:
    headlines = [entry(f"aaaa{number:04}", f"Miner {number} sells", FEEDS[0]) for number in range(5)]
    breaths: list[None] = []
    assert StoryBook().group(headlines, breath=lambda: breaths.append(None)) == group_stories(headlines)
    assert len(breaths) == len(headlines)


async def test_what_was_imported_for_the_sources_is_looked_through_for_cycles_no_more(outside: Outside) -> None:
    gc.unfreeze()
    await SourceHandle(outside.make).get()
    frozen = gc.get_freeze_count()
    assert frozen > 1000
    await SourceHandle(outside.make).get()
    assert gc.get_freeze_count() <= frozen
