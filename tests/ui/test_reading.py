"""Reading articles: opening, moving in them, from one to the next, and back to the place in the list."""

from dataclasses import replace

import pytest

from cointicker.domain.news import Content
from cointicker.domain.words import SafeText
from engine.outside import brings
from fake_clock import Clock
from ui.browser import Browser
from ui.played import COUNT, ONE, SHARED, TWO, address, entry, failing, outside, page, play, title
from ui.stage import Stage, demo


def _open_title(stage: Stage) -> str:
    assert stage.article.reading is not None
    return stage.article.reading.story.lead.title


async def test_an_article_says_where_its_text_is_fetched_until_it_is_there() -> None:
    async with play() as stage:
        stage.outside.market.held = True
        await stage.pilot.press("enter")
        assert stage.article.display
        assert not stage.headlines.display
        await stage.text_is_there()
        assert "Paragraph 0 of story 1." in stage.text()
        assert "What happened" in stage.text()
        assert "2 min read" in stage.text()


async def test_every_key_that_opens_and_every_key_that_goes_back() -> None:
    async with play() as stage:
        for opening, back in (("enter", "escape"), ("l", "h"), ("right", "left"), ("enter", "q")):
            await stage.press(opening)
            await stage.text_is_there()
            assert stage.focus == "article"
            await stage.press(back)
            assert stage.focus == "headlines"


async def test_back_from_an_article_the_list_is_where_it_was() -> None:
    async with play() as stage:
        await stage.hold("j", 18)
        top, rows = stage.headlines.top, stage.rows()
        await stage.open_current()
        await stage.press("space", "escape")
        assert stage.headlines.current == 18
        assert stage.headlines.top == top
        assert [row for row in stage.rows() if title(17) in row] == [row for row in rows if title(17) in row]


async def test_what_was_opened_is_read() -> None:
    async with play() as stage:
        await stage.open_current()
        await stage.until(lambda: stage.main.snapshot.stories[0].read)
        assert not stage.main.snapshot.stories[1].read
        await stage.press("escape")
        assert "●" not in next(row for row in stage.rows() if title(1) in row)
        assert "●" in next(row for row in stage.rows() if title(2) in row)


async def test_an_article_is_scrolled_by_lines_pages_and_to_its_ends() -> None:
    async with play() as stage:
        await stage.open_current()
        view = stage.article
        await stage.press("j", "j", "k", "down")
        assert view.top == 2
        await stage.press("pagedown")
        assert view.top == 2 + view.body - 2
        await stage.press("pageup", "up", "up", "up")
        assert view.top == 0
        await stage.press("G")
        assert view.top == view.lowest_top
        assert "100%" in stage.text()
        assert "Paragraph 59 of story 1." in stage.text()
        await stage.press("g")
        assert view.top == 0


async def test_an_article_opens_again_where_it_was_left() -> None:
    async with play() as stage:
        await stage.open_current()
        await stage.press("pagedown", "pagedown", "j")
        place = stage.article.top
        assert place > 0
        await stage.press("escape", "j")
        await stage.open_current()
        assert stage.article.top == 0
        await stage.press("escape", "k")
        await stage.open_current()
        assert stage.article.top == place


async def test_n_and_p_go_from_article_to_article_and_the_list_comes_along() -> None:
    async with play() as stage:
        await stage.open_current()
        await stage.press("n", "n", "p")
        assert _open_title(stage) == title(2)
        await stage.text_is_there()
        assert "of story 2." in stage.text()
        await stage.press("p", "p")
        assert _open_title(stage) == title(1)
        await stage.press("n", "escape")
        assert stage.headlines.current == 1


async def test_n_and_p_in_the_list_only_move() -> None:
    async with play() as stage:
        await stage.press("n", "n", "p")
        assert stage.headlines.current == 1
        assert stage.headlines.display


async def test_space_reads_on_page_by_page_and_then_the_next_unread_article() -> None:
    async with play() as stage:
        await stage.press("j", "m", "k")
        await stage.until(lambda: stage.main.snapshot.stories[1].read)
        await stage.open_current()
        pages = 0
        while _open_title(stage) == title(1):
            await stage.press("space")
            pages += 1
        assert pages > 2
        assert _open_title(stage) == title(3)
        assert stage.article.top == 0


async def test_the_list_is_where_it_was_after_the_next_article_was_read_too() -> None:
    async with play() as stage:
        await stage.open_current()
        await stage.press("n", "n", "escape")
        assert stage.headlines.current == 2
        assert stage.headlines.top == 0


async def test_space_goes_on_to_no_other_article_before_the_text_is_there() -> None:
    async with play() as stage:
        await stage.press("enter")
        reading = stage.article.reading
        assert reading is not None
        stage.article.show(replace(reading, article=None))
        await stage.press("space")
        assert _open_title(stage) == title(1)
        assert stage.headlines.current == 0


async def test_space_at_the_end_of_the_last_unread_article_says_so() -> None:
    async with play() as stage:
        await stage.press("G")
        await stage.open_current()
        await stage.press("G", "space")
        assert "no unread headline below this one" in stage.rows()[-1]


async def test_zen_gives_the_article_the_pane_and_takes_it_back() -> None:
    async with play() as stage:
        await stage.open_current()
        before = stage.rows()
        await stage.press("z")
        assert stage.article.size == stage.app.size
        await stage.press("z")
        assert stage.rows() == before
        await stage.press("z", "escape")
        assert stage.main.bar.display
        assert stage.main.status.display


async def test_zen_without_an_article_is_nothing() -> None:
    async with play() as stage:
        before = stage.text()
        await stage.press("z")
        assert stage.text() == before


async def test_the_text_grows_wider_and_narrower_within_bounds_and_keeps_its_place() -> None:
    async with play((160, 30)) as stage:
        await stage.open_current()
        wide = stage.article.measure
        await stage.press("+", "=", "-")
        assert stage.article.measure == wide + 4
        await stage.hold("minus", 40)
        assert stage.article.measure == 40
        await stage.hold("plus", 40)
        assert stage.article.measure == 120


async def test_f_changes_between_the_page_and_the_text_of_the_feed() -> None:
    async with play() as stage:
        first = entry(1)
        await stage.engine._store.save_feed(
            stage.engine.snapshot.feeds[0], (first,), {first.headline_id: "<p>From the feed itself"}
        )
        await stage.open_current()
        assert "of story 1." in stage.text()
        await stage.press("f")
        await stage.until(lambda: "From the feed itself" in stage.text())
        assert stage.article.reading is not None
        assert stage.article.reading.article is not None
        assert stage.article.reading.article.content is Content.FEED
        await stage.press("f")
        await stage.until(lambda: "of story 1." in stage.text())


async def test_f_leaves_the_article_where_the_feed_has_no_text_and_says_so() -> None:
    async with play() as stage:
        await stage.open_current()
        await stage.press("pagedown", "f")
        await stage.until(lambda: "the feed gives no more than this" in stage.rows()[-1])
        assert stage.article.top > 0
        assert "of story 1." in stage.text()
        assert "Fetching" not in stage.text()


async def test_an_article_without_a_word_says_why_and_does_not_call_that_a_summary() -> None:
    async with play() as stage:
        stage.outside.articles.pages[address(1)] = failing("one.example asks for a login")
        await stage.press("enter")
        await stage.text_is_there()
        assert "There is nothing to read here: one.example asks for a login." in stage.text()


async def test_a_page_that_cannot_be_had_leaves_its_summary_and_the_reason() -> None:
    clock = Clock()
    world = outside(clock)
    world.feeds.answers[ONE.url] = brings(entry(1, deck=SafeText("All of it in short.")))
    world.articles.pages[address(1)] = failing("one.example asks for a login")
    async with play(world=world, clock=clock) as stage:
        await stage.press("enter")
        await stage.text_is_there()
        assert "All of it in short." in stage.text()
        assert "This is the summary: one.example asks for a login." in stage.text()
        assert "o opens the" in stage.text()


async def test_the_answer_for_an_article_that_was_left_is_not_shown_in_another() -> None:
    async with play() as stage:
        await stage.pilot.press("enter", "n", "n")
        await stage.text_is_there()
        assert "of story 3." in stage.text()
        assert "of story 1." not in stage.text()


async def test_the_links_of_an_article_are_listed_and_one_is_opened(browser: Browser) -> None:
    async with play() as stage:
        await stage.open_current()
        await stage.press("u")
        assert "the second" in stage.text()
        assert "second.example" in stage.text()
        await stage.press("j", "enter")
        assert await browser.started() == ["https://second.example/"]
        assert stage.app.screen is stage.main


async def test_an_article_without_links_says_so() -> None:
    async with play() as stage:
        stage.outside.articles.pages[address(1)] = failing("no")
        await stage.press("enter")
        await stage.text_is_there()
        await stage.press("u")
        assert "this article has no links" in stage.rows()[-1]
        assert stage.app.screen is stage.main


async def test_who_else_tells_a_story_is_listed_and_can_be_opened() -> None:
    async with play() as stage:
        await stage.press("G")
        assert "One ×2" in stage.text()
        in_the_list = stage.text().count(SHARED)
        await stage.press("x")
        assert "This story is told by" in stage.text()
        assert stage.text().count(SHARED) == in_the_list + 2
        await stage.press("j", "enter")
        await stage.text_is_there()
        assert stage.article.reading is not None
        assert stage.article.reading.article is not None
        assert stage.article.reading.article.url == f"{TWO.url}/shared"
        await stage.press("y")
        assert stage.app.clipboard == f"{TWO.url}/shared"
        await stage.press("Y")
        assert stage.app.clipboard == f"[{SHARED}]({TWO.url}/shared)"
        await stage.press("f")
        await stage.until(lambda: stage.article.reading is not None and stage.article.reading.article is not None)
        assert stage.article.reading.article.url == f"{TWO.url}/shared"


async def test_related_stories_stand_below_the_text_and_a_number_opens_one() -> None:
    async with play() as stage:
        stage.outside.articles.pages[address(2)] = page(2, 2)
        await stage.press("j")
        await stage.open_current()
        assert "Related" in stage.text()
        await stage.press("3", "enter")
        assert _open_title(stage) != title(2)
        assert _open_title(stage).startswith("Ethereum")
        await stage.press("9", "enter")
        assert _open_title(stage).startswith("Ethereum")
        assert "there is no 9 in this article" in stage.rows()[-1]


async def test_an_open_article_stays_while_headlines_come() -> None:
    async with play() as stage:
        await stage.open_current()
        await stage.press("pagedown")
        rows = stage.rows()
        await stage.news(entry(101, title="Breaking: whales sing", published=stage.clock()))
        assert [row[48:] for row in stage.rows()[3:-3]] == [row[48:] for row in rows[3:-3]]
        await stage.press("escape")
        assert stage.titles[stage.headlines.current] == title(1)


async def test_the_foot_names_the_neighbours_and_the_progress() -> None:
    async with play() as stage:
        await stage.press("j")
        await stage.open_current()
        foot = stage.rows()[-3]
        assert "p Bitcoin report 01" in foot
        assert "Ripple report 03 n" in foot
        assert "%" in foot


async def test_the_last_article_has_none_after_it() -> None:
    async with play() as stage:
        await stage.press("G")
        await stage.open_current()
        assert stage.headlines.current == COUNT
        assert " n ›" not in stage.rows()[-3]


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (45, 30), (24, 8)])
async def test_the_demo_is_marked_once_beside_an_article_and_above_it(size: tuple[int, int]) -> None:
    async with demo(size) as stage:
        await stage.open_current()
        assert stage.text().count("DEMO") == 1
        await stage.press("z")
        assert stage.text().count("DEMO") == 1
