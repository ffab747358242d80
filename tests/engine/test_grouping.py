"""Where headlines belong, kept over runs: many are not compared again, and a few are not looked up."""

from pathlib import Path

import pytest

from cointicker.domain import told
from cointicker.domain.telling import Telling, take_apart
from cointicker.engine.engine import Engine
from engine.conftest import FEEDS, Start
from engine.outside import Outside, brings, entry
from fake_clock import START, Clock

ONE, TWO = FEEDS
MANY = 300
WORDS = "Kraken Ripple Circle Tether Foundry AntPool Bitmain Grayscale Coinbase Binance".split()  # noqa: SIM905


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles that are taken apart."""
    titles: list[str] = []

    def note(title: str, coins: tuple[str, ...] = ()) -> Telling:
        titles.append(title)
        return take_apart(title, coins)

    monkeypatch.setattr(told, "take_apart", note)
    return titles


def _told(engine: Engine) -> list[list[str]]:
    return [[headline.headline_id for headline in story.headlines] for story in engine.snapshot.stories]


async def test_after_a_restart_stories_are_the_same_without_being_compared_again(
    start: Start, outside: Outside, file: Path, clock: Clock, compared: list[str]
) -> None:
    titles = [f"{WORDS[number % 10]} opens office {number} in district {number // 10}" for number in range(MANY)]
    for feed, mark in ((ONE, "a"), (TWO, "b")):
        outside.feeds.answers[feed.url] = brings(
            *(
                entry(f"{mark}{number:07}", title, feed, at=START - 86_400 * 20 + number * 3600)
                for number, title in enumerate(titles)
            )
        )
    first = start(place=file)
    await first.news.refresh()
    assert {len(story) for story in _told(first)} == {2}
    await first.close()
    compared.clear()
    second = start(place=file)
    await second.load()
    assert _told(second) == _told(first)
    assert compared == []
    outside.feeds.answers[ONE.url] = brings(entry("c0000001", titles[-1], FEEDS[0], at=clock() - 86_400 * 7.6))
    clock.pass_by(86_400)
    await second.news.refresh()
    assert 0 < len(compared) < MANY
