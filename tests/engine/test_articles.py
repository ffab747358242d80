"""Opening articles: what is shown, from where, and why where it is not the page."""

from dataclasses import replace
from pathlib import Path

import pytest

from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.news import Article, Content, Headline
from cointicker.engine.engine import Engine
from cointicker.store.sqlite import SqliteStore
from cointicker.text.blocks import plain_text
from engine.conftest import FEEDS, SETTINGS, Start
from engine.outside import FlawedSourceError, Outside, brings, entry, page
from fake_clock import Clock

ONE = FEEDS[0]
URL = "https://news.example/aaaa0001"
WALL = Failed("the site asks for a subscription", cause=Cause.BLOCKED)
SHORT = "<p>What the feed says"
LONG = "<p>" + "The whole text of the feed. " * 60


def _headline(**changes: object) -> Headline:
    plain = entry("aaaa0001", "Bitcoin miners sell", ONE, deck="Miners sold more than they mined.")
    return replace(plain, **changes)  # type: ignore[arg-type]


async def _stored(engine: Engine, outside: Outside, own: str = "", **changes: object) -> Headline:
    """A headline as the desk keeps it, with the feed's own text."""
    outside.feeds.answers[ONE.url] = brings(_headline(**changes), contents={"aaaa0001": own} if own else {})
    await engine.news.refresh()
    return engine.snapshot.stories[0].lead


def _text(article: Article) -> str:
    return plain_text(article.blocks)


async def test_the_page_is_fetched_where_the_feed_gives_a_summary(engine: Engine, outside: Outside) -> None:
    headline = await _stored(engine, outside, SHORT)
    outside.articles.pages[URL] = page("The page itself")
    article = await engine.open(headline)
    assert (article.content, _text(article), article.reason) == (Content.PAGE, "The page itself", "")
    assert (article.title, article.source, article.words) == ("Bitcoin miners sell", "One", 3)
    assert outside.articles.fetched == [URL]


async def test_a_feed_that_gives_the_whole_text_is_read_without_fetching(engine: Engine, outside: Outside) -> None:
    headline = await _stored(engine, outside, LONG)
    article = await engine.open(headline)
    assert article.content is Content.FEED
    assert _text(article).startswith("The whole text of the feed.")
    assert outside.articles.fetched == []


async def test_a_person_can_choose_between_the_feed_and_the_page(engine: Engine, outside: Outside) -> None:
    headline = await _stored(engine, outside, LONG)
    outside.articles.pages[URL] = page("The page itself")
    assert (await engine.open(headline, prefer=Content.PAGE)).content is Content.PAGE
    assert (await engine.open(headline, prefer=Content.FEED)).content is Content.FEED
    assert (await engine.open(headline)).content is Content.FEED


async def test_a_page_that_cannot_be_had_gives_way_to_the_feeds_text_and_says_why(
    engine: Engine, outside: Outside
) -> None:
    headline = await _stored(engine, outside, SHORT)
    outside.articles.pages[URL] = WALL
    article = await engine.open(headline)
    assert (article.content, _text(article), article.reason) == (Content.FEED, "What the feed says", WALL.why)


@pytest.mark.parametrize("own", ["", "nothing that can be read"])
async def test_with_neither_page_nor_feed_text_the_deck_is_shown_with_the_reason(
    engine: Engine, outside: Outside, own: str
) -> None:
    headline = await _stored(engine, outside, own)
    outside.articles.pages[URL] = WALL
    article = await engine.open(headline)
    assert (article.content, _text(article), article.reason) == (
        Content.DECK, "Miners sold more than they mined.", WALL.why,
    )  # fmt: skip


async def test_a_page_without_words_counts_as_one_that_cannot_be_had(engine: Engine, outside: Outside) -> None:
    headline = await _stored(engine, outside)
    outside.articles.pages[URL] = replace(page("x"), blocks=())
    article = await engine.open(headline)
    assert (article.content, article.reason) == (Content.DECK, "the page has no text that can be read")


async def test_a_headline_without_a_link_shows_what_the_feed_gave(engine: Engine, outside: Outside) -> None:
    headline = await _stored(engine, outside, SHORT, url="")
    article = await engine.open(headline)
    assert (article.content, article.reason) == (Content.FEED, "the feed gives no link that can be opened")
    assert outside.articles.fetched == []


async def test_where_full_articles_are_not_wanted_the_feeds_text_comes_first(start: Start, outside: Outside) -> None:
    engine = start(replace(SETTINGS, news=replace(SETTINGS.news, full_articles=False)))
    headline = await _stored(engine, outside, SHORT)
    assert (await engine.open(headline)).content is Content.FEED
    assert outside.articles.fetched == []


async def test_a_choice_of_the_feeds_text_where_it_has_none_shows_the_deck(engine: Engine, outside: Outside) -> None:
    headline = await _stored(engine, outside)
    article = await engine.open(headline, prefer=Content.FEED)
    assert (article.content, article.reason) == (Content.DECK, "the feed gives no more than this")


async def test_a_page_is_kept_for_six_hours_and_then_fetched_anew(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    headline = await _stored(engine, outside)
    outside.articles.pages[URL] = page("The page itself")
    await engine.open(headline)
    clock.pass_by(6 * 3600)
    await engine.open(headline)
    assert len(outside.articles.fetched) == 1
    clock.pass_by(1)
    outside.articles.pages[URL] = page("The page, corrected")
    assert _text(await engine.open(headline)) == "The page, corrected"


async def test_an_old_copy_stands_in_for_a_page_that_cannot_be_had(
    engine: Engine, outside: Outside, clock: Clock
) -> None:
    headline = await _stored(engine, outside, SHORT)
    outside.articles.pages[URL] = page("The page itself")
    await engine.open(headline)
    clock.pass_by(7 * 3600)
    outside.articles.pages[URL] = WALL
    article = await engine.open(headline)
    assert (article.content, _text(article), article.reason) == (Content.PAGE, "The page itself", WALL.why)


async def test_a_page_that_failed_is_asked_for_at_the_next_opening(engine: Engine, outside: Outside) -> None:
    headline = await _stored(engine, outside)
    outside.articles.pages[URL] = WALL
    await engine.open(headline)
    outside.articles.pages[URL] = page("The page itself")
    assert (await engine.open(headline)).content is Content.PAGE


async def test_offline_what_was_read_before_can_be_read_again(start: Start, outside: Outside, file: Path) -> None:
    online = start(place=file)
    headline = await _stored(online, outside, LONG)
    await online.open(headline)
    made = outside.made
    offline = start(place=file, offline=True)
    article = await offline.open(headline)
    assert article.content is Content.FEED
    assert outside.made == made


async def test_offline_what_was_never_read_is_a_deck_and_says_so(start: Start, outside: Outside) -> None:
    article = await start(offline=True).open(_headline())
    assert (article.content, article.reason) == (Content.DECK, "--offline fetches nothing")
    assert outside.made == 0


async def test_an_error_that_nobody_foresaw_still_shows_the_deck(
    engine: Engine, outside: Outside, caplog: pytest.LogCaptureFixture
) -> None:
    headline = await _stored(engine, outside)
    outside.articles.pages[URL] = FlawedSourceError("what nobody foresaw")
    article = await engine.open(headline)
    assert (article.content, article.reason) == (Content.DECK, "an internal error; the log has the details")
    assert "what nobody foresaw" in caplog.text
    assert engine.snapshot.notices[-1].grave


async def test_an_address_that_was_typed_is_fetched_as_such_and_kept(
    start: Start, outside: Outside, clock: Clock, file: Path
) -> None:
    url = "https://blog.example/post"
    outside.articles.pages[url] = replace(page("A post"), title="On mining", site="A blog")
    engine = start(place=file)
    article = await engine.reader.open_url(url)
    assert isinstance(article, Article)
    assert (article.title, article.source, _text(article)) == ("On mining", "A blog", "A post")
    assert outside.articles.fetched == [f"typed {url}"]
    outside.articles.pages[url] = WALL
    assert await engine.reader.open_url(url) == article
    store = SqliteStore(file, clock)
    assert await store.article(url) == article
    await store.close()


async def test_an_address_that_was_typed_and_cannot_be_had_fails_with_the_reason(
    start: Start, engine: Engine, outside: Outside
) -> None:
    outside.articles.pages["https://blog.example/"] = WALL
    assert await engine.reader.open_url("https://blog.example/") == WALL
    outside.made = 0
    answer = await start(offline=True).reader.open_url("https://blog.example/")
    assert isinstance(answer, Failed)
    assert "--offline fetches nothing" in answer.why
    assert outside.made == 0
