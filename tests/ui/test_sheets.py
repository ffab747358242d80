"""What the sheets say, and how they behave on the screen."""

import pytest
from textual import events

from cointicker.domain.freshness import Failed, Fresh, Stale
from cointicker.domain.news import FeedHealth
from cointicker.engine.state import Notice, Part
from cointicker.ui.sheets import source_rows, status_rows
from fake_clock import START, Clock
from ui.played import ONE, TWO, failing, outside, play
from ui.samples import headline, quote, snapshot, story
from ui.stage import Stage


def test_every_source_says_how_it_stands_and_when_it_is_asked_next() -> None:
    state = snapshot(
        [quote()],
        market=Part(Stale(START - 300, "the server answered 503"), next_at=START + 30),
        market_source="CoinGecko",
        mining_part=Part(Failed("no network")),
        feeds_total=3,
        feeds=(
            FeedHealth(ONE.url, "One", ok_at=START - 60, next_at=START + 540, items=25, newest_at=START - 900),
            FeedHealth(TWO.url, "Two", ok_at=START - 7200, why="the server answered 500", next_at=START + 60),
            FeedHealth("https://www.three.example/rss", "", why="no such host"),
        ),
    )  # fmt: skip
    rows = {row.text: row for row in status_rows(state, (), START)}
    assert rows["CoinGecko: from 5m ago: the server answered 503"].detail == "next 30s"
    assert rows["Mining: no network"].ink == "down"
    assert "Feeds 1/3" in rows
    assert rows["One: ok 1m ago, 25 items, newest 15m old"].detail == "next 9m"
    assert rows["Two: the server answered 500, last ok 2h ago"].ink == "accent"
    assert rows["three.example: no such host"].ink == "down"
    assert "Data provided by CoinGecko, coingecko.com" in rows


def test_what_is_wrong_with_the_configuration_and_what_was_said_lately_stand_below() -> None:
    state = snapshot([quote()], notices=tuple(Notice(number, f"notice {number}", number == 9) for number in range(12)))
    texts = [row.text for row in status_rows(state, ("config.toml:3: what is this",), START)]
    assert texts[texts.index("Configuration") + 1] == "config.toml:3: what is this"
    assert texts[texts.index("Said lately") + 1 :] == [f"notice {number}" for number in range(4, 12)]


def test_a_feed_that_was_never_visited_says_so() -> None:
    state = snapshot(feeds=(FeedHealth(ONE.url, "One"),), mining_part=Part(Fresh(START)))
    assert "One: not visited yet" in [row.text for row in status_rows(state, (), START)]


def test_the_sources_of_a_story_come_in_the_order_in_which_they_told_it() -> None:
    told = story("lead", "Same", others=[headline("later", "Same, too", published=START - 60)])
    rows = source_rows(told, START)
    assert [(row.text, row.detail, row.chosen) for row in rows] == [
        ("Same", "One  10m", True),
        ("Same, too", "One  1m", True),
    ]


async def _open_links(stage: Stage) -> None:
    await stage.open_current()
    await stage.press("u")


async def test_the_sheet_of_sources_tells_of_every_feed() -> None:
    clock = Clock()
    world = outside(clock)
    world.feeds.answers[TWO.url] = failing("the server answered 503")
    async with play(world=world, clock=clock) as stage:
        await stage.press("e")
        assert "One: ok 0s ago, 25 items" in stage.text()
        assert "Two: the server answered 503" in stage.text()


@pytest.mark.parametrize("key", ["escape", "q", "h", "left"])
async def test_every_key_that_goes_back_closes_a_sheet_and_nothing_else(key: str) -> None:
    async with play() as stage:
        await _open_links(stage)
        await stage.press(key)
        assert stage.app.screen is stage.main
        assert stage.article.display


async def test_moving_on_a_sheet_goes_from_choice_to_choice_and_stops_at_the_ends() -> None:
    async with play() as stage:
        await _open_links(stage)
        assert _current(stage) == "the first source"
        await stage.press("j", "j", "j")
        assert _current(stage) == "the second"
        await stage.press("k", "up")
        assert _current(stage) == "the first source"


def _current(stage: Stage) -> str:
    return next(row.split("▌")[1] for row in stage.rows() if "▌" in row).split("  ")[1].strip()


async def test_a_sheet_without_choices_scrolls_and_enter_chooses_nothing() -> None:
    async with play((80, 16)) as stage:
        await stage.press("?", "j", "j", "enter")
        assert "Move down" not in stage.text()
        await stage.press("g")
        assert stage.app.screen is not stage.main
        await stage.press("pagedown", "pageup", "k")
        assert "Move down" in stage.text()


async def test_the_keys_of_the_main_screen_do_nothing_under_a_sheet() -> None:
    async with play() as stage:
        await stage.press("?", "s", "m", "tab", "slash", "A")
        await stage.press("escape")
        assert stage.focus == "headlines"
        assert not any(each.read or each.lead.starred for each in stage.main.snapshot.stories)


@pytest.mark.parametrize("size", [(120, 36), (60, 20), (40, 12), (24, 6), (12, 3)])
async def test_a_sheet_fits_its_terminal_and_follows_when_that_changes(size: tuple[int, int]) -> None:
    async with play(size) as stage:
        await stage.press("?")
        rows = stage.app.focused
        assert rows is not None
        assert rows.region.right <= size[0]
        assert rows.region.bottom <= size[1]
        await stage.pilot.resize_terminal(50, 15)
        await stage.pilot.pause()
        assert rows.region.right <= 50
        assert rows.region.bottom <= 15


async def test_text_that_is_too_long_for_a_sheet_goes_on_in_the_next_line() -> None:
    problem = "config.toml:3: " + " ".join(f"word{number:02d}" for number in range(30))
    async with play((60, 40), problems=(problem,)) as stage:
        await stage.press("e")
        shown = stage.text()
        assert all(f"word{number:02d}" in shown for number in range(30))


async def _type_at_once(stage: Stage, *keys: str) -> None:
    """Keys that are there before the first has had its effect, as from a paste or over a slow line."""
    for key in keys:
        stage.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await stage.pilot.pause()


@pytest.mark.parametrize("closing", ["escape", "q"])
async def test_keys_right_after_the_one_that_closes_a_sheet_are_for_what_lies_under_it(closing: str) -> None:
    async with play() as stage:
        await stage.press("x")
        await _type_at_once(stage, closing, "j", "j")
        await stage.until(lambda: stage.app.screen is stage.main and stage.headlines.current == 2)


async def test_keys_right_after_the_one_that_opens_a_sheet_are_for_the_sheet() -> None:
    async with play() as stage:
        await stage.open_current()
        await _type_at_once(stage, "u", "j", "escape", "n")
        await stage.until(lambda: stage.app.screen is stage.main and stage.headlines.current == 1)
        assert stage.article.display
