"""The river: new stories wait, nothing is lost, filters narrow, marks change nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.categories import ALL, POPULAR
from cointicker.domain.news import Story
from cointicker.domain.queries import parse_query
from cointicker.domain.words import SafeText
from cointicker.ui.river import Filter, River
from fake_clock import START, Clock
from ui.played import COUNT, PRICES, Play, entry, play, title
from ui.samples import headline, story

ids = st.lists(st.integers(1, 30), unique=True, max_size=12)
filters = st.builds(
    lambda category, coin, words: Filter(category).put(coin=coin, query=parse_query(words, START)),
    st.sampled_from([ALL, "Mining", "Bitcoin"]),
    st.sampled_from(["", "bitcoin", "ethereum"]),
    st.sampled_from(["", "number", "number 7"]),
)


def _story(number: int) -> Story:
    return story(
        f"id{number:02d}",
        f"Number {number}",
        categories=("Mining",) if number % 2 else ("Bitcoin",),
        coins=("bitcoin",) if number % 3 else ("ethereum",),
        read=number % 5 == 0,
    )


def _shown(river: River) -> list[str]:
    return [entry.story.lead.headline_id for entry in river.shown]


@given(st.lists(st.tuples(ids, st.booleans()), min_size=1, max_size=6), filters)
def test_what_is_shown_and_what_waits_are_together_all_that_pass(
    takes: list[tuple[list[int], bool]], wanted: Filter
) -> None:
    river = River()
    river.set_filter(wanted)
    for numbers, reveal in takes:
        stories = [_story(number) for number in numbers]
        river.take(stories, reveal=reveal)
        passing = [f"id{number:02d}" for number in numbers if _passes(number, wanted)]
        assert len(river.shown) + river.waiting == len(passing)
        assert set(_shown(river)) <= set(passing)
    river.reveal()
    assert _shown(river) == passing
    assert river.waiting == 0


@given(ids, ids)
def test_without_leave_no_new_story_comes_under_the_eyes(first: list[int], second: list[int]) -> None:
    river = River()
    river.take([_story(number) for number in first], reveal=True)
    river.take([_story(number) for number in second], reveal=False)
    if first:
        assert _shown(river) == [f"id{number:02d}" for number in first if number in second]
        assert river.waiting == len(set(second) - set(first))


def test_what_comes_first_of_all_is_shown_at_once() -> None:
    river = River()
    river.take([_story(1)], reveal=False)
    assert _shown(river) == ["id01"]


@given(ids, filters)
def test_a_filter_shows_exactly_what_it_says(numbers: list[int], wanted: Filter) -> None:
    river = River()
    river.take([_story(number) for number in numbers], reveal=True)
    river.set_filter(wanted)
    for number in numbers:
        assert (f"id{number:02d}" in _shown(river)) is _passes(number, wanted)


def _passes(number: int, wanted: Filter) -> bool:
    mining, bitcoin = number % 2 == 1, number % 3 != 0
    return (
        (wanted.category == ALL or (wanted.category == "Mining") == mining)
        and (not wanted.coin or (wanted.coin == "bitcoin") == bitcoin)
        and ("7" not in wanted.query.text or number == 7)
    )


def test_a_story_passes_by_what_any_of_its_headlines_says() -> None:
    other = headline("other", "Hashrate falls", categories=("Mining",), coins=("kaspa",), deck="In Texas")
    river = River()
    river.take([story("lead", "Quiet day", others=[other])], reveal=True)
    for wanted in (
        Filter(category="Mining"),
        Filter(coin="kaspa"),
        Filter().put(query=parse_query("quiet texas", START)),
    ):
        river.set_filter(wanted)
        assert _shown(river) == ["lead"]
    assert river.index_of("other") == 0
    assert river.index_of("nobody") is None


def test_a_story_that_another_source_takes_up_stays_where_it_is() -> None:
    river = River()
    river.take([story("one"), story("two")], reveal=True)
    river.take([story("new", others=[headline("one")]), story("two")], reveal=False)
    assert _shown(river) == ["new", "two"]
    assert river.waiting == 0


def test_unread_stories_are_counted_by_category() -> None:
    river = River()
    river.take([_story(number) for number in range(1, 11)], reveal=True)
    assert (river.unread[ALL], river.unread["Mining"], river.unread["Bitcoin"]) == (8, 4, 4)


def test_a_story_whose_time_changes_stays_where_it_is_until_the_list_is_asked_anew() -> None:
    river = River()
    river.take([story("a", published=START - 10), story("b", published=START - 20)], reveal=True)
    earlier = story("x", published=START - 90, others=[headline("a")])
    river.take([story("b", published=START - 20), earlier], reveal=False)
    assert _shown(river) == ["x", "b"]
    river.reveal()
    assert _shown(river) == ["b", "x"]


def test_when_the_lead_of_a_story_goes_its_row_stays() -> None:
    river = River()
    river.take([story("one"), story("lead", others=[headline("other")]), story("two")], reveal=True)
    river.take([story("other"), story("one"), story("two")], reveal=False)
    assert _shown(river) == ["one", "other", "two"]
    assert river.waiting == 0


def test_two_stories_that_become_one_are_one_row_and_taken_apart_two_again() -> None:
    river = River()
    apart = [story("a", published=START - 10), story("b", published=START - 20), story("c", published=START - 30)]
    river.take(apart, reveal=True)
    river.take([story("b", others=[headline("a"), headline("c")])], reveal=False)
    assert _shown(river) == ["b"]
    river.take(apart, reveal=False)
    assert sorted(_shown(river)) == ["a", "b", "c"]
    assert river.waiting == 0


def test_what_is_older_than_all_comes_below_without_waiting() -> None:
    river = River()
    new = [story(f"new{number}", published=START - number) for number in range(3)]
    old = [story(f"old{number}", published=START - 100 - number) for number in range(3)]
    river.take(new, reveal=True)
    river.take([*new, *old], reveal=False)
    assert _shown(river) == ["new0", "new1", "new2", "old0", "old1", "old2"]


def test_the_order_of_what_is_popular_holds_until_it_is_asked_anew() -> None:
    def told(name: str, times: int) -> Story:
        others = [headline(f"{name}{each}", source=SafeText(f"S{each}"), published=START - 60) for each in range(times)]
        return story(name, others=others, published=START - 120)

    river = River(Clock())
    river.set_filter(Filter(POPULAR))
    river.take([told("a", 3), told("b", 2)], reveal=True)
    assert _shown(river) == ["a", "b"]
    river.take([told("a", 3), told("b", 5)], reveal=False)
    assert _shown(river) == ["a", "b"]
    river.reveal()
    assert _shown(river) == ["b", "a"]


def test_marks_change_the_counts_and_not_the_rows() -> None:
    river = River()
    stories = [_story(number) for number in range(1, 11)]
    river.take(stories, reveal=True)
    river.set_filter(Filter().put(unread=True))
    read = [replace(stories[0], lead=replace(stories[0].lead, read=True)), *stories[1:]]
    river.take(read, reveal=False)
    assert river.unread[ALL] == 7
    assert _shown(river)[0] == "id01"
    river.reveal()
    assert "id01" not in _shown(river)


async def test_new_stories_wait_while_somebody_reads_and_move_nothing() -> None:
    async with play() as stage:
        await stage.hold("j", 9)
        rows = stage.rows()
        await stage.news(*(entry(100 + each, title=f"Fresh {each}", published=stage.clock()) for each in range(3)))
        assert stage.titles[stage.headlines.current] == title(10)
        assert [title(10) in row for row in stage.rows()] == [title(10) in row for row in rows]
        assert "3 new ↑" in stage.text()
        assert "Fresh" not in stage.text()
        await stage.press("g")
        assert stage.titles[:3] == ["Fresh 0", "Fresh 1", "Fresh 2"]
        assert "new ↑" not in stage.text()


async def test_a_move_that_nobody_knows_is_a_dash_and_no_zero() -> None:
    async with play() as stage:
        await stage.news(entry(100, title="Ripple and Monero sell off", published=stage.clock() + 700))
        await stage.reprice(ripple=PRICES["ripple"] * 1.25)
        await stage.press("g")
        await stage.until(lambda: "RIP ▲25.00%  XMR — since" in stage.text())


async def test_at_the_top_and_left_alone_new_stories_come_by_themselves() -> None:
    async with play() as stage:
        stage.clock.pass_by(30)
        await stage.news(entry(100, title="Fresh", published=stage.clock()))
        assert stage.titles[0] == "Fresh"


async def test_at_the_top_they_wait_while_keys_were_pressed_a_moment_ago() -> None:
    async with play() as stage:
        await stage.news()
        await stage.press("j", "k")
        assert await _arrive(stage) == 1
        stage.clock.pass_by(21)
        stage.main.tick()
        await stage.pilot.pause()
        assert stage.titles[0] == "Fresh"


@pytest.mark.parametrize("key", ["m", "s"])
async def test_a_key_that_moves_nothing_shows_too_that_somebody_is_there(key: str) -> None:
    async with play() as stage:
        await stage.news()
        stage.clock.pass_by(60)
        await stage.press(key)
        assert await _arrive(stage) == 1


async def _arrive(stage: Play) -> int:
    """Bring a story without letting time pass; how many wait."""
    stories = (story("fresh", "Fresh"), *stage.engine.snapshot.stories)
    stage.engine.board.publish(stories=stories)
    await stage.shown()
    return stage.headlines.river.waiting


async def test_a_mark_moves_nothing() -> None:
    async with play() as stage:
        await stage.hold("j", 12)
        top = stage.headlines.top
        await stage.press("m")
        await stage.until(lambda: stage.main.snapshot.stories[12].read)
        assert (stage.headlines.current, stage.headlines.top) == (12, top)
        assert len(stage.titles) == COUNT + 1


async def test_a_story_that_is_gone_leaves_the_selection_beside_it() -> None:
    async with play() as stage:
        await stage.hold("j", 5)
        stories = stage.engine.snapshot.stories
        stage.engine.board.publish(stories=tuple(each for each in stories if each.lead.title != title(6)))
        await stage.shown()
        assert stage.titles[stage.headlines.current] == title(7)
        stage.engine.board.publish(stories=())
        await stage.shown()
        assert stage.headlines.count == 0
        await stage.press("j", "enter", "s", "o", "x", "space", "G", "g")
        assert stage.headlines.display
