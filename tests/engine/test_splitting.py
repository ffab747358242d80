"""Taking stories apart, putting them together, taking that back."""

from pathlib import Path

import pytest

from cointicker.engine.actions import SplitStory, Undo
from cointicker.engine.engine import Engine
from cointicker.engine.splitting import split_or_join
from cointicker.engine.state import Snapshot
from engine.conftest import FEEDS, Start
from engine.outside import Outside, brings, entry, until
from fake_clock import START

ONE, TWO = FEEDS
TITLE = "Ripple secures $500M at a $40B valuation"
AGAIN = "Ripple raises $500 million at $40 billion valuation"


@pytest.fixture
def told(outside: Outside) -> None:
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0001", TITLE, ONE, at=START - 60))
    outside.feeds.answers[TWO.url] = brings(entry("bbbb0001", AGAIN, TWO, at=START - 30))


def _groups(engine: Engine) -> list[list[str]]:
    return [[each.headline_id for each in story.headlines] for story in engine.snapshot.stories]


async def _until(engine: Engine, groups: list[list[str]]) -> None:
    await until(engine, lambda _: _groups(engine) == groups)


def _turn(engine: Engine, lead: str) -> SplitStory:
    """What the key does with the story of a headline."""
    (ids,) = (ids for ids in _groups(engine) if lead in ids)
    action = split_or_join(ids, engine.snapshot.splits)
    assert action is not None
    return action


def _says(snapshot: Snapshot, words: str) -> bool:
    return bool(snapshot.notices) and words in snapshot.notices[-1].text


TOGETHER, APART = [["aaaa0001", "bbbb0001"]], [["bbbb0001"], ["aaaa0001"]]


@pytest.mark.usefixtures("told")
async def test_a_story_is_taken_apart_and_put_together_from_any_of_its_headlines(engine: Engine) -> None:
    await engine.news.refresh()
    assert _groups(engine) == TOGETHER
    engine.do(_turn(engine, "aaaa0001"))
    await _until(engine, APART)
    await until(engine, lambda now: _says(now, "taken apart"))
    engine.do(_turn(engine, "bbbb0001"))
    await _until(engine, TOGETHER)
    await until(engine, lambda now: _says(now, "together"))


@pytest.mark.usefixtures("told")
async def test_both_can_be_undone(engine: Engine) -> None:
    await engine.news.refresh()
    engine.do(_turn(engine, "aaaa0001"))
    await _until(engine, APART)
    engine.do(_turn(engine, "bbbb0001"))
    await _until(engine, TOGETHER)
    engine.do(Undo())
    await _until(engine, APART)
    engine.do(Undo())
    await _until(engine, TOGETHER)


@pytest.mark.usefixtures("told")
async def test_it_is_so_after_a_restart_and_in_all_panes(start: Start, file: Path) -> None:
    first, second = start(place=file), start(place=file)
    await first.news.refresh()
    await second.load()
    assert _groups(second) == TOGETHER
    first.do(_turn(first, "aaaa0001"))
    await _until(first, APART)
    await second.news.splits.follow()
    assert _groups(second) == APART
    third = start(place=file)
    await third.load()
    assert _groups(third) == APART


def test_a_single_headline_cannot_be_taken_apart_and_what_was_is_put_together_whole() -> None:
    assert split_or_join(["one"], {}) is None
    assert split_or_join(["one", "two"], {}) == SplitStory("one", ("one", "two"), apart=True)
    apart = {"one": "one", "two": "one", "three": "three"}
    assert split_or_join(["two"], apart) == SplitStory("one", ("one", "two"), apart=False)


async def test_what_is_so_already_changes_nothing(engine: Engine) -> None:
    engine.do(SplitStory("one", ("one", "two"), apart=False))
    await engine.close()
    assert not engine.snapshot.notices
    assert engine.history.pop() is None
