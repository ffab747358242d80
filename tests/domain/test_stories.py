"""Which headlines tell the same story."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cointicker.domain import told
from cointicker.domain.canonical import canonical_url
from cointicker.domain.news import Headline, Story
from cointicker.domain.stories import POPULAR_WITHIN, StoryBook, group_stories, popular, tell_same
from cointicker.domain.telling import Telling, take_apart
from cointicker.domain.told import SAME_STORY_WITHIN, Told, ToldIndex
from cointicker.domain.words import SafeText
from fake_clock import START


def _headline(number: int, title: str, *, feed: str = "", at: float | None = None, url: str = "") -> Headline:
    source = feed or f"source{number}"
    return Headline(
        f"id{number:04d}", f"https://{source}.example/feed", SafeText(source), SafeText(title), url, START,
        START - number if at is None else at,
    )  # fmt: skip


def _groups(*headlines: Headline) -> list[list[str]]:
    return [[each.headline_id for each in story.headlines] for story in group_stories(headlines)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.news.example/a/", "http://news.example/a"),
        ("https://news.example/a?utm_source=rss&utm_medium=x", "https://news.example/a"),
        ("https://news.example/a?id=7&fbclid=1#top", "https://news.example/a?id=7"),
        ("https://news.example/a?b=2&a=1", "https://news.example/a?a=1&b=2"),
        ("https://amp.news.example/a", "https://news.example/a/amp"),
        ("https://m.news.example/a.amp", "https://news.example/amp/a"),
    ],
)
def test_decorated_addresses_are_one_address(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/a", "https://news.example/b"),
        ("https://news.example/a?id=7", "https://news.example/a?id=8"),
        ("https://news.example/a", "https://other.example/a"),
        ("https://news.example/amplify", "https://news.example/lify"),
    ],
)
def test_different_pages_stay_different(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_an_address_that_is_none_stays_as_it_is() -> None:
    assert canonical_url("http://[broken") == "http://[broken"


SAME = [
    ("Ripple secures $500M at a $40B valuation", "Ripple secures $500 million at $40 billion valuation"),
    (
        "North America loses Bitcoin mining dominance amid AI demand",
        "North America is losing its Bitcoin mining dominance amid AI demand",
    ),
    ("JPMorgan: miners’ revenue per exahash fell again", "JPMorgan: Miners' Revenue Per Exahash Fell Again."),
    ("Bitcoin falls below $88,000", "Bitcoin falls below $88000"),
]
APART = [
    ("Bitcoin falls below $88,000 as miners sell", "Bitcoin falls below $90,000 as miners sell"),
    ("Bitcoin drops 3% to $88,000 on fears of tariffs", "Bitcoin drops 5% to $88,000 on fears of tariffs"),
    ("Ripple wins in court", "Ripple loses in court"),
    ("Ethereum price analysis for the week", "Solana price analysis for this week"),
    ("Bitcoin", "Bitcoin"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_nearly_the_same_title_of_two_sources_is_one_story(one: str, other: str) -> None:
    assert _groups(_headline(1, one), _headline(2, other)) == [["id0002", "id0001"]]


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_figures_or_other_words_are_other_stories(one: str, other: str) -> None:
    assert _groups(_headline(1, one), _headline(2, other)) == [["id0001"], ["id0002"]]


def test_titles_that_name_different_coins_are_different_stories() -> None:
    one = _headline(1, "Why the price of Flow may double before the end of this year")
    other = _headline(2, "Why the price of Gala may double before the end of this year")
    assert len(_groups(replace(one, coins=("flow",)), replace(other, coins=("gala",)))) == 2
    assert len(_groups(one, replace(one, headline_id="again", feed_url="https://third.example"))) == 1


def test_the_same_page_is_one_story_whatever_its_titles() -> None:
    one = _headline(1, "Miners in trouble", url="https://news.example/a?utm_source=rss")
    other = _headline(2, "Why hashprice fell again", url="https://amp.news.example/a")
    assert _groups(one, other) == [["id0002", "id0001"]]


def test_a_feed_that_gives_one_address_to_all_it_tells_tells_many_stories() -> None:
    titles = ("Miners in trouble", "Why hashprice fell again", "Miners in trouble, again")
    told = [
        _headline(9 - number, title, feed="one", url=f"https://news.example/log#{number}")
        for number, title in enumerate(titles)
    ]
    assert _groups(*told) == [["id0008"], ["id0009", "id0007"]]


def test_a_front_page_is_no_story() -> None:
    one = _headline(1, "Miners in trouble", url="https://news.example/")
    other = _headline(2, "Why hashprice fell again", url="https://news.example")
    assert len(_groups(one, other)) == 2


def test_one_source_tells_the_same_title_twice_only_as_two_stories() -> None:
    title = "Bitcoin price analysis of the morning"
    assert len(_groups(_headline(1, title, feed="one"), _headline(2, title, feed="one"))) == 2


def test_what_lies_two_days_apart_is_no_longer_one_story() -> None:
    title = "Bitcoin price analysis of the morning"
    early = _headline(1, title, at=START - SAME_STORY_WITHIN - 1, url="https://news.example/daily")
    late = _headline(2, title, at=START, url="https://news.example/daily")
    assert len(_groups(early, late)) == 2


def test_stories_are_ordered_by_their_earliest_headline_newest_first() -> None:
    title = "Ripple secures $500M at a $40B valuation"
    first, last = _headline(1, title, at=START - 900), _headline(2, title, at=START)
    between = _headline(3, "Fed holds rates steady as inflation cools", at=START - 500)
    assert _groups(last, between, first) == [["id0003"], ["id0001", "id0002"]]


def _told(*ages: float, sources: str = "abcdefgh") -> Story:
    """A story told so many seconds ago by one source after the other."""
    told = [
        _headline(int(age), "Fed cuts rates", feed=feed, at=START - age)
        for age, feed in zip(ages, sources, strict=False)
    ]
    return Story(told[0], tuple(told[1:]))


def test_popular_is_what_most_sources_carry_and_then_what_is_new() -> None:
    one, two, three, newer_two = _told(50), _told(900, 800), _told(9000, 8000, 7000), _told(600, 500)
    assert popular((one, two, three, newer_two), START) == (three, newer_two, two)
    assert popular((one, two, three, newer_two), START, limit=1) == (three,)


def test_what_nobody_told_today_is_not_popular_and_what_is_two_days_old_does_not_count() -> None:
    forgotten = _told(POPULAR_WITHIN * 1.5, POPULAR_WITHIN + 1)
    running = _told(POPULAR_WITHIN * 1.5, 10)
    old_start = _told(POPULAR_WITHIN * 2 + 1, 10)
    assert popular((forgotten, running, old_start), START) == (running,)


def test_two_headlines_of_one_source_do_not_make_a_story_popular() -> None:
    assert popular((_told(900, 800, sources="aa"),), START) == ()


VOCABULARY = "bitcoin miners sell fed rates ripple court 5% $90,000 etf flows hashrate"
words = st.sampled_from(VOCABULARY.split())
titles = st.lists(words, min_size=1, max_size=8).map(" ".join)


@given(titles, titles, st.lists(titles, max_size=9))
def test_what_else_was_told_does_not_change_whether_two_tell_the_same(one: str, other: str, more: list[str]) -> None:
    first, second = _headline(1, one, at=START - 10), _headline(2, other, at=START)
    before = [_headline(number, title, at=START - 2 * SAME_STORY_WITHIN) for number, title in enumerate(more, 3)]
    (story,) = (each for each in group_stories([first, second, *before]) if each.lead == first)
    assert bool(story.others) is tell_same(first, second) is tell_same(second, first)


drawn_headlines = st.lists(st.tuples(titles, st.integers(0, 3), st.integers(0, 200_000)), max_size=25)


def _drawn(drawn: list[tuple[str, int, int]]) -> list[Headline]:
    return [
        _headline(number, title, feed=f"feed{feed}", at=START - ago - number / 100)
        for number, (title, feed, ago) in enumerate(drawn)
    ]


@settings(deadline=None)
@given(drawn_headlines)
def test_nothing_is_dropped_or_told_twice_and_the_order_of_headlines_does_not_matter(
    drawn: list[tuple[str, int, int]],
) -> None:
    headlines = _drawn(drawn)
    stories = group_stories(headlines)
    told = [each.headline_id for story in stories for each in story.headlines]
    assert sorted(told) == sorted(each.headline_id for each in headlines)
    assert group_stories(headlines[::-1]) == stories
    for story in stories:
        assert story.lead.at == min(each.at for each in story.headlines)
        assert len({each.feed_url for each in story.headlines}) == len(story.headlines)


@given(drawn_headlines, st.lists(st.integers(0, 24), max_size=4), st.integers(0, 24))
def test_a_book_that_is_carried_on_says_the_same_as_a_new_one(
    drawn: list[tuple[str, int, int]], starts: list[int], alone: int
) -> None:
    headlines, book = _drawn(drawn), StoryBook()
    apart = frozenset(each.headline_id for each in headlines[alone : alone + 3])
    for start in sorted(starts, reverse=True):  # more of them each time, in whatever order they were told
        part = headlines[start:][::-1]
        assert book.group(part) == group_stories(part)
        assert book.group(part, apart) == group_stories(part, apart)


@given(drawn_headlines, st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=4))
def test_whatever_comes_and_goes_a_book_tells_what_there_is(
    drawn: list[tuple[str, int, int]], windows: list[tuple[int, int]]
) -> None:
    headlines, book = _drawn(drawn), StoryBook()
    for start, end in windows:
        part = headlines[min(start, end) : max(start, end)]
        there = [each.headline_id for story in book.group(part) for each in story.headlines]
        assert sorted(there) == sorted(each.headline_id for each in part)


@given(drawn_headlines, st.integers(0, 24), st.integers(0, 24))
def test_what_was_told_where_headlines_belong_need_not_be_compared_again(
    drawn: list[tuple[str, int, int]], changed: int, alone: int
) -> None:
    headlines, book = _drawn(drawn), StoryBook()
    apart = frozenset(each.headline_id for each in headlines[alone : alone + 2])
    book.group(headlines, apart)
    kept = book.take_places()
    assert book.take_places() == {}
    for now_apart in (apart, frozenset[str]()):
        assert StoryBook().group(headlines, now_apart, kept=kept) == group_stories(headlines, now_apart)
    for headline in headlines[changed : changed + 1]:
        others = [replace(each, title=SafeText("Tax")) if each is headline else each for each in headlines]
        assert StoryBook().group(others, apart, kept=kept) == group_stories(others, apart)


def _compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles that are taken apart from now on."""
    titles: list[str] = []

    def note(title: str, coins: tuple[str, ...] = ()) -> Telling:
        titles.append(title)
        return take_apart(title, coins)

    monkeypatch.setattr(told, "take_apart", note)
    return titles


def _month() -> list[Headline]:
    """One a day, each told by two."""
    names = "Kraken Ripple Circle Tether Foundry AntPool Bitmain Grayscale Coinbase Binance".split()  # noqa: SIM905
    return [
        replace(
            _headline(2 * day + twin, f"{name} files for IPO in New York after record quarter"),
            first_seen=START + 86_400 * day,
            published=START + 86_400 * day,
        )
        for day, name in enumerate(names)
        for twin in (0, 1)
    ]


def test_after_a_restart_only_what_is_near_a_new_headline_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    *headlines, new = _month()
    first = StoryBook()
    first.group(headlines)
    titles = _compared(monkeypatch)
    again = StoryBook()
    kept = first.take_places()
    assert [len(story.headlines) for story in again.group(headlines, kept=kept)] == [1, *[2] * 9]
    assert titles == []
    assert [len(story.headlines) for story in again.group([*headlines, new])] == [2] * 10
    assert len(titles) == 6


def test_a_summary_that_is_edited_moves_no_headline(monkeypatch: pytest.MonkeyPatch) -> None:
    headlines, book = _month(), StoryBook()
    book.group(headlines)
    titles = _compared(monkeypatch)
    edited = [replace(each, deck=SafeText("Read 41 times")) for each in headlines]
    stories = book.group(edited)
    assert {story.lead.deck for story in stories} == {"Read 41 times"}
    assert [len(story.headlines) for story in stories] == [2] * 10
    assert titles == []


def test_what_comes_in_or_is_told_no_more_has_nothing_else_compared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    headlines, book = _month(), StoryBook()
    book.group(headlines)
    titles = _compared(monkeypatch)
    stories = book.group(headlines[1:])
    assert [len(story.headlines) for story in stories] == [*[2] * 9, 1]
    assert titles == []
    late = replace(
        headlines[-1], headline_id="late", feed_url="https://late.example", published=START + 9 * 86_400 - 60
    )
    assert [len(story.headlines) for story in book.group([*headlines[1:], late])] == [3, *[2] * 8, 1]
    assert len(titles) == 3


def _seen(number: int, title: str, seen: float, published: float) -> Headline:
    return replace(_headline(number, title), first_seen=seen, published=published)


def test_a_story_keeps_its_lead_when_an_older_headline_is_seen_later() -> None:
    title = "Ripple secures $500M at a $40B valuation"
    first = _seen(1, title, START, START - 600)
    late = _seen(2, title, START + 3600, START - 1200)
    assert _groups(first, late) == [["id0001", "id0002"]]
    together = _seen(2, title, START + 20, START - 1200)
    assert _groups(first, together) == [["id0002", "id0001"]]


def test_what_a_book_kept_follows_a_title_that_was_changed() -> None:
    title = "Ripple secures $500M at a $40B valuation"
    one, other = _headline(1, title), _headline(2, title)
    book = StoryBook()
    assert len(book.group([one, other])) == 1
    assert len(book.group([one, replace(other, title=SafeText("Fed holds rates steady"))])) == 2
    (story,) = book.group([replace(one, read=True), other])
    assert [each.read for each in story.headlines] == [False, True]


def test_a_story_does_not_drift_from_one_headline_to_the_next() -> None:
    chain = (
        "Kraken files for IPO in New York after record quarter",
        "Kraken files for IPO in New York, hires bankers",
        "Kraken hires bankers from Morgan Stanley in New York",
        "Bankers from Morgan Stanley in New York hires leave for hedge fund",
    )
    groups = _groups(*(_headline(9 - number, title) for number, title in enumerate(chain)))
    (first,) = (group for group in groups if group[0] == "id0009")
    assert "id0006" not in first


def test_titles_of_the_same_few_words_are_not_all_compared_with_each_other() -> None:
    words = ["bitcoin", "price", "falls", "rises", "market", "crypto", "today", "traders", "week"]
    index = ToldIndex()
    for number, title in enumerate(permutations(words, 5)):
        if number == 300:
            break
        told = Told(_headline(number, " ".join(title)), number, alone=False)
        told.open()
        index.add(told)
    wanted = Told(_headline(300, "Bitcoin price falls as crypto market rises"), 300, alone=False)
    wanted.open()
    assert 0 < len(list(index.candidates(wanted))) < 100


def test_headlines_that_a_person_took_apart_stand_alone() -> None:
    title = "Ripple secures $500M at a $40B valuation"
    told = [_headline(number, title, url="https://news.example/a") for number in range(1, 5)]
    stories = group_stories(told, frozenset({"id0001", "id0002"}))
    assert sorted(len(story.headlines) for story in stories) == [1, 1, 2]
