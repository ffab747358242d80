"""Whether a feed's articles open in full or as the feed gives them, kept for that feed alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from cointicker.config.following import Configuration
from cointicker.config.reading import read_settings
from cointicker.domain.news import Content, Headline
from cointicker.engine.actions import KeepFeedText, Undo
from cointicker.engine.commands import BY_NAME, share_a_place
from cointicker.engine.engine import Engine
from cointicker.store.sqlite import SqliteStore
from engine.conftest import FEEDS, SETTINGS, Start
from engine.outside import Outside, brings, entry, page, until
from fake_clock import Clock

ONE = FEEDS[0]
LONG = "<p>" + "The whole text of the feed. " * 60
TEXT = f"""\
# mine
[[news.feeds]]
url = "{ONE.url}" # the first
name = "One"
"""


async def _stored(engine: Engine, outside: Outside) -> Headline:
    outside.feeds.answers[ONE.url] = brings(entry("aaaa0001", "Bitcoin miners sell", ONE), contents={"aaaa0001": LONG})
    outside.articles.pages["https://news.example/aaaa0001"] = page("The page itself")
    await engine.news.refresh()
    return engine.snapshot.stories[0].lead


@pytest.mark.parametrize(
    ("kept", "all_feeds", "content"),
    [
        (None, True, Content.FEED),
        (True, True, Content.PAGE),
        (True, False, Content.PAGE),
        (False, True, Content.FEED),
    ],
)
async def test_the_choice_of_a_feed_goes_before_that_of_all(
    start: Start, outside: Outside, kept: bool | None, all_feeds: bool, content: Content
) -> None:
    news = replace(SETTINGS.news, feeds=(replace(ONE, full_articles=kept),), full_articles=all_feeds)
    engine = start(replace(SETTINGS, news=news))
    headline = await _stored(engine, outside)
    assert (await engine.open(headline)).content is content
    assert (await engine.open(headline, prefer=Content.FEED)).content is Content.FEED


async def test_a_choice_is_written_beside_its_feed_and_taken_back(
    tmp_path: Path, outside: Outside, clock: Clock
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(TEXT)
    settings = read_settings(file, {}, BY_NAME).settings
    configuration = Configuration(file, settings, environ={}, commands=BY_NAME, together=share_a_place)
    engine = Engine(settings, SqliteStore(None, clock), outside.make, clock=clock, configuration=configuration)
    await engine.load()
    engine.do(KeepFeedText(ONE.url, full=True))
    await until(engine, lambda snapshot: any("One opens in full" in each.text for each in snapshot.notices))
    assert file.read_text() == TEXT + "full_articles = true\n"
    assert engine.settings.news.feeds[0].full_articles is True
    engine.do(Undo())
    await until(engine, lambda snapshot: any(each.text.startswith("undone: One") for each in snapshot.notices))
    assert file.read_text() == TEXT
    await engine.close()
