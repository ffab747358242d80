"""The search of the headlines: what is loaded at once, then all that is stored; searches that are kept."""

from dataclasses import replace

import pytest
from textual.events import Paste

from cointicker.domain.news import Headline
from cointicker.domain.words import SafeText
from cointicker.engine.actions import KeepSearch
from ui.played import COUNT, ONE, TWO, Play, entry, page, play, title


async def _read(stage: Play, number: int) -> None:
    """Have the page of a story stored."""
    url = entry(number).url
    stage.outside.articles.pages[url] = page(number)
    story = next(each for each in stage.engine.snapshot.stories if each.lead.title == title(number))
    await stage.engine.open(story.lead)


async def _search(stage: Play, text: str) -> None:
    await stage.press("/", *("space" if sign == " " else sign for sign in text))
    await stage.until(lambda: stage.headlines.found is not None)


async def test_what_only_the_article_says_is_found_with_the_words_around_it() -> None:
    async with play() as stage:
        await _read(stage, 5)
        await _search(stage, "paragraph 17")
        assert stage.titles == [title(5)]
        row = next(row for row in stage.rows() if "Paragraph 17" in row)
        assert "…" in row
        assert "1 found" in stage.rows()[-1]
        await stage.press("enter", "enter")
        await stage.text_is_there()
        assert stage.article.reading is not None
        assert stage.article.reading.story.lead.title == title(5)


async def test_in_one_row_it_is_marked_as_a_hit_in_the_article() -> None:
    async with play((80, 24)) as stage:
        await _read(stage, 5)
        await _search(stage, '"paragraph 17"')
        assert any(title(5) in row and "in the article" in row for row in stage.rows())


async def test_stories_that_are_stored_but_not_loaded_are_found_and_can_be_marked() -> None:
    async with play() as stage:
        stage.engine.news._shown = ()
        await stage.engine.news.load_headlines(6)
        await stage.shown()
        assert title(20) not in stage.titles
        await _search(stage, "weather report")
        assert stage.titles == [title(number) for number in range(4, COUNT + 1, 4)]
        await stage.press("enter", "G", "s")
        await stage.until(lambda: any("★" in row and title(COUNT) in row for row in stage.rows()))
        await stage.press("ctrl+z")
        await stage.until(lambda: not any("★" in row for row in stage.rows()))


async def test_mistakes_are_told_while_one_types_and_the_rest_counts() -> None:
    async with play() as stage:
        await _search(stage, "sorce:x ripple")
        assert "sorce: is not a key; did you mean source:?" in stage.rows()[-1]
        assert len(stage.titles) == COUNT // 4


async def test_a_mistake_that_was_not_finished_is_told_with_enter() -> None:
    async with play() as stage:
        await _search(stage, "bitcoin newer:3x")
        assert "newer: wants" not in stage.rows()[-1]
        await stage.press("enter")
        await stage.until(lambda: "newer: wants an age such as" in stage.rows()[-1])
        assert len(stage.titles) == COUNT // 4


async def test_after_a_search_undo_still_counts_each_headline_once() -> None:
    async with play() as stage:
        await _search(stage, "bitcoin")
        await stage.press("escape", "s")
        await stage.until(lambda: stage.main.snapshot.stories[0].lead.starred)
        await stage.press("ctrl+z")
        await stage.until(lambda: "1 headline is without a star again" in stage.rows()[-1])


async def test_what_is_pasted_is_one_line_without_control_characters() -> None:
    async with play() as stage:
        await stage.press("/", *"x ")
        stage.main.search.post_message(Paste("\n bit\x1b[31mcoin\r\nrep\u202eort\n"))
        await stage.pilot.pause()
        assert stage.main.search.value == "x bitcoin report"
        await stage.press("home", "shift+right", "shift+right")
        stage.main.search.post_message(Paste("A"))
        await stage.pilot.pause()
        assert stage.main.search.value == "Abitcoin report"


async def test_keys_of_the_language_narrow_the_list() -> None:
    async with play() as stage:
        await _search(stage, "coin:btc -01 newer:10m ")
        assert stage.titles == [title(5), title(9)]
        await stage.press("escape")
        await _search(stage, "source:two ")
        assert len(stage.titles) == 1


async def test_nothing_found_says_what_was_searched_and_the_ways_out() -> None:
    async with play() as stage:
        await _search(stage, "zugzwang")
        assert f"Searched: title, summary, tags and article of {COUNT + 2} stored" in stage.text()
        assert "Esc clears it." in stage.text()


async def test_escape_leads_back_to_where_one_was() -> None:
    async with play() as stage:
        await stage.hold("j", 15)
        before = stage.rows()[3:-1]
        await _search(stage, "bitcoin")
        await stage.press("down", "j", "escape")
        assert stage.titles[stage.headlines.current] == title(16)
        assert stage.rows()[3:-1] == before


async def test_filters_come_off_one_by_one_the_newest_first_and_are_all_named_meanwhile() -> None:
    async with play() as stage:
        await stage.press("U", "F")
        await stage.press(*"one", "enter")
        await stage.press("/", *"bitcoin", "enter")
        row = stage.rows()[3]
        assert row.index("/bitcoin* ✕") < row.index("One only ✕") < row.index("unread only ✕")
        for left in (("source", "unread"), ("unread",), ()):
            await stage.press("escape")
            assert set(stage.headlines.river.filter.order) == set(left)
        assert len(stage.titles) == COUNT + 1


async def test_a_click_takes_off_the_filter_it_is_on() -> None:
    async with play() as stage:
        await stage.press("U", "asterisk")
        assert "No headline passes this filter." in stage.text()
        await stage.click("starred only ✕")
        assert stage.headlines.river.filter.order == ("unread",)


async def test_the_sources_are_offered_with_their_counts() -> None:
    async with play() as stage:
        await stage.press("m", "F")
        assert "24 unread" in stage.text()
        assert "25 in all" in stage.text()
        await stage.press(*"two", "enter")
        assert stage.headlines.river.filter.source == TWO.name
        await stage.press("F")
        assert stage.headlines.river.filter.source == ""


async def test_with_unread_only_what_was_just_read_stays_until_the_list_is_asked_anew() -> None:
    async with play() as stage:
        await stage.press("U", "j", "m")
        await stage.until(lambda: stage.main.snapshot.stories[1].read)
        assert stage.titles[:3] == [title(1), title(2), title(3)]
        await stage.press("r")
        assert stage.titles[:2] == [title(1), title(3)]
        await stage.press("ctrl+z")
        await stage.until(lambda: not stage.main.snapshot.stories[1].read)
        assert title(2) not in stage.titles
        assert "1 new ↑" in stage.text()
        await stage.press("U", "U")
        assert stage.titles[1] == title(2)


async def test_a_search_is_kept_among_the_categories_and_deleted_and_taken_back() -> None:
    async with play() as stage:
        await stage.press("/", *"bitcoin", "ctrl+s")
        await stage.press(*"Mine", "enter")
        await stage.until(lambda: "Mine" in stage.headlines.river.saved)
        assert stage.engine.settings.searches == {"Mine": "bitcoin*"}
        await stage.press("escape")
        await stage.until(lambda: f"Mine {COUNT // 4}" in stage.rows()[3])
        await stage.press("]", "]")
        assert stage.headlines.river.filter.category == "Mine"
        assert stage.titles == [title(number) for number in range(1, COUNT + 1, 4)]
        await stage.press("D")
        await stage.until(lambda: not stage.headlines.river.saved)
        assert stage.headlines.river.filter.category == "All"
        await stage.press("ctrl+z")
        await stage.until(lambda: "Mine" in stage.headlines.river.saved)


async def test_a_click_deletes_the_kept_search_that_is_shown_and_no_other() -> None:
    async with play() as stage:
        for name in ("One", "Two"):
            stage.engine.do(KeepSearch(name, "bitcoin"))
            await stage.until(lambda name=name: name in stage.headlines.river.saved)  # type: ignore[misc]
        assert "✕" not in stage.rows()[3]
        await stage.press("]", "]")
        await stage.shown()
        left = stage.headlines.region.x
        cross = stage.rows()[3].index(" ✕   Two") + 1
        assert stage.rows()[3][:cross].rstrip("0123456789 ").endswith("One")
        await stage.pilot.click(stage.headlines, offset=(cross - left, 0))
        await stage.until(lambda: list(stage.headlines.river.saved) == ["Two"])
        assert stage.headlines.river.filter.category == "All"
        await stage.press("ctrl+z")
        await stage.until(lambda: len(stage.headlines.river.saved) == 2)


@pytest.mark.parametrize("name", ["Mining", "popular", "x" * 30])
async def test_a_name_that_would_be_mistaken_is_refused(name: str) -> None:
    async with play() as stage:
        stage.engine.do(KeepSearch(name, "bitcoin"))
        await stage.until(lambda: bool(stage.engine.snapshot.notices))
        assert stage.engine.settings.searches == {}


async def test_marking_above_and_undo_say_what_they_did() -> None:
    async with play() as stage:
        await stage.hold("j", 5)
        await stage.press("R")
        await stage.until(lambda: all(each.read for each in stage.main.snapshot.stories[:5]))
        assert not stage.main.snapshot.stories[5].read
        assert "5 above marked as read, Ctrl+Z takes it back" in stage.rows()[-1]
        await stage.press("ctrl+z")
        await stage.until(lambda: "5 headlines are unread again" in stage.rows()[-1])
        await stage.press("s")
        await stage.until(lambda: stage.main.snapshot.stories[5].lead.starred)
        await stage.press("ctrl+z")
        await stage.until(lambda: "1 headline is without a star again" in stage.rows()[-1])


async def test_popular_is_what_several_sources_tell() -> None:
    async with play() as stage:
        await stage.press("]")
        assert stage.headlines.river.filter.category == "Popular"
        assert len(stage.titles) == 1
        assert "×2" in stage.text()


def _long(number: int) -> Headline:
    words = SafeText(f"{number:02d} {'A title that is longer than the room that there is for it ' * 3}")
    return replace(entry(number, title=words, coins=("bitcoin",)), source=SafeText("A source with a long name"))


@pytest.mark.parametrize("width", [45, 59, 60, 72, 80, 99, 100, 120])
async def test_a_title_is_not_cut_below_45_cells_while_anything_else_takes_room(width: int) -> None:
    async with play((width, 30)) as stage:
        await stage.news(*map(_long, range(30, 33)))
        await stage.press("G")
        rows = [row.split("│")[-1] for row in stage.rows() if "A title that is" in row]
        assert rows
        for row in rows:
            room = len(row) - row.index(" A title that is") + 2
            shown = len(row[row.index(" A title that is") - 2 :].split("…")[0])
            assert shown >= min(44, room - 3)


async def test_in_80_by_24_there_are_14_headlines_under_the_bar() -> None:
    async with play((80, 24)) as stage:
        assert "BIT" in stage.rows()[0]
        assert sum("report" in row for row in stage.rows()) >= 14


async def test_the_feed_that_leads_a_story_goes_and_the_row_stays() -> None:
    async with play() as stage:
        await stage.press("/", *"glaciers", "enter")
        assert "×2" in stage.text()
        stories = stage.engine.snapshot.stories
        (shared,) = (each for each in stories if each.others)
        rest = tuple(each for each in stories if each is not shared)
        left = type(shared)(shared.others[0])
        stage.engine.board.publish(stories=(*rest, left) if shared.lead.feed_url == ONE.url else (left, *rest))
        await stage.shown()
        assert stage.titles == [shared.lead.title]
        assert stage.headlines.river.waiting == 0
