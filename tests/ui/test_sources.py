"""The sheet of the sources: feeds are added, taken away and visited from it, and what is hidden can be looked at."""

from dataclasses import replace

from cointicker.config.settings import NewsSettings
from cointicker.domain.news import Feed, FeedHealth
from cointicker.domain.words import SafeText
from cointicker.engine.ports import FoundFeed
from cointicker.ui.feed_rows import HIDDEN, one_feed_rows
from cointicker.ui.screens.feeds import SourcesSheet
from cointicker.ui.sheets import status_rows
from engine.outside import brings
from fake_clock import START, Clock
from ui.played import ONE, TWO, outside, play, played_settings
from ui.samples import headline, snapshot
from ui.stage import Stage

SITE = "site.example"
THREE = "https://site.example/feed.xml"
FOUR = "https://site.example/podcast"


def _current(stage: Stage) -> str:
    sheet = stage.app.screen
    assert isinstance(sheet, SourcesSheet)
    return sheet.current_key


async def _type(stage: Stage, *texts: str) -> None:
    for place, text in enumerate(texts):
        if place:
            await stage.press("tab")
        await stage.press(*text)
    await stage.press("enter")


def _feeds(stage: Stage) -> list[str]:
    return [feed.url for feed in stage.main.snapshot.settings.news.feeds]


async def test_a_feed_is_taken_away_and_brought_back_and_the_rows_follow() -> None:
    async with play() as stage:
        await stage.press("e", "j")
        assert _current(stage) == TWO.url
        await stage.press("d")
        await stage.until(lambda: _feeds(stage) == [ONE.url])
        assert _current(stage) == ONE.url
        assert "Feeds 1/1" in stage.text()
        await stage.press("ctrl+z")
        await stage.until(lambda: _feeds(stage) == [ONE.url, TWO.url])
        assert "Two: ok" in stage.text()


async def test_what_the_head_of_the_sheet_names_can_be_clicked() -> None:
    async with play() as stage:
        await stage.press("e", "j")
        await stage.click("d remove", shift=3)
        await stage.until(lambda: _feeds(stage) == [ONE.url])
        await stage.click("a add a feed")
        await stage.until(lambda: "Enter looks for the feed" in stage.text())
        await stage.press("escape")
        await stage.click("Sources")
        await stage.until(lambda: stage.app.screen is stage.main)


async def test_a_feed_is_found_at_the_address_of_a_site_and_added() -> None:
    clock = Clock()
    world = outside(clock)
    world.feeds.sites[f"https://{SITE}"] = (FoundFeed(THREE, SafeText("Third"), 2),)
    async with play(world=world, clock=clock) as stage:
        await stage.press("e", "a")
        await _type(stage, SITE, "", "mining, nonsense")
        assert "nonsense is no category" in stage.text()
        await stage.press(*["backspace"] * len(", nonsense"), "enter")
        await stage.until(lambda: THREE in _feeds(stage))
        added = stage.main.snapshot.settings.news.feeds[-1]
        assert (added.name, added.categories) == ("Third", ("Mining",))


async def test_of_several_feeds_of_a_site_one_is_chosen() -> None:
    clock = Clock()
    world = outside(clock)
    world.feeds.sites[f"https://{SITE}"] = (FoundFeed(THREE, SafeText("Third")), FoundFeed(FOUR, SafeText("Talk")))
    async with play(world=world, clock=clock) as stage:
        stage.main.give("add_feed")
        await stage.pilot.pause()
        await _type(stage, SITE, "My own")
        await stage.until(lambda: "several feeds" in stage.text())
        await stage.press("j", "enter")
        await stage.until(lambda: FOUR in _feeds(stage))
        assert stage.main.snapshot.settings.news.feeds[-1].name == "My own"


async def test_a_site_without_a_feed_is_said_to_have_none() -> None:
    async with play() as stage:
        stage.main.give("add_feed")
        await stage.pilot.pause()
        await _type(stage, SITE)
        await stage.until(lambda: "no feed was added: no network" in stage.text())
        assert _feeds(stage) == [ONE.url, TWO.url]


async def test_the_current_feed_is_visited_now() -> None:
    clock = Clock()
    world = outside(clock)
    async with play(world=world, clock=clock) as stage:
        clock.pass_by(60)
        before = world.feeds.visits.count(TWO.url)
        await stage.press("e", "j", "r")
        await stage.until(lambda: world.feeds.visits.count(TWO.url) == before + 1)


async def test_what_mute_words_hide_can_be_looked_at_and_opened() -> None:
    clock = Clock()
    world = outside(clock)
    hidden = headline("hidden01", "A casino opens", feed_url=TWO.url, url="https://two.example/casino")
    world.feeds.answers[TWO.url] = brings(hidden)
    settings = played_settings(news=NewsSettings(feeds=(ONE, replace(TWO, mute=("casino",))), refresh=600))
    async with play(world=world, clock=clock, settings=settings) as stage:
        await stage.press("e")
        assert "1 hidden" in stage.text()
        await stage.press("j", "j")
        assert _current(stage) == HIDDEN
        assert "1 headline hidden by mute words" in stage.text()
        await stage.press("enter")
        assert "A casino opens" in stage.text()
        await stage.press("enter")
        await stage.until(lambda: stage.article.display)
        assert "A casino opens" in stage.text()


def test_a_feed_without_a_name_does_not_say_its_host_twice() -> None:
    state = snapshot(
        feeds_total=1, feeds=(FeedHealth("https://x.example/", "x.example", why="x.example is out of order (500)"),)
    )
    assert "x.example: is out of order (500)" in [row.text for row in status_rows(state, (), START)]


def test_one_feed_tells_all_that_is_known_of_it_and_no_secret() -> None:
    feed = Feed(
        ONE.url, "One", ("Mining",), refresh=1800.0, mute=("casino",), full_articles=False, headers={"X-Key": "abc"}
    )
    health = FeedHealth(
        *(ONE.url, "One", START - 60, START - 60, START + 540),
        items=3, pace=3600.0, address="https://new.example/feed", moved_to="https://newer.example/feed",
    )  # fmt: skip
    state = snapshot(feeds=(health,), feeds_total=1)
    news = replace(state.settings.news, feeds=(feed,))
    rows = one_feed_rows(replace(state, settings=replace(state.settings, news=news)), ONE.url, START)
    told = {row.label: row.text for row in rows}
    assert told["read at"] == "https://new.example/feed"
    assert told["moving"].startswith("redirects to https://newer.example/feed")
    assert (told["next"], told["own pace"], told["interval"], told["mute"]) == ("9m", "1h", "30m", "casino")
    assert (told["articles"], told["headers"]) == ("the feed's text", "X-Key: ***")
