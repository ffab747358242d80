"""OPML of other programs, and of those who mean harm."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.freshness import Cause, Failed
from cointicker.sources.feeds import Feeds
from cointicker.sources.http import Fetcher
from cointicker.sources.parsing import MAX_OUTLINE, UnreadableError
from cointicker.sources.parsing.links import named_feeds
from cointicker.sources.parsing.outlines import MOST_FEEDS, parse_outline
from cointicker.sources.parsing.paces import read_pace, read_quiet
from cointicker.sources.worker import Worker

NESTED = """\ufeff<?xml version="1.0" encoding="{encoding}"?>
<!-- from elsewhere -->
<opml version="1.0"><head><title>mine</title></head><body>
<outline text="Krypto &amp; mehr"><outline title="Mining">
<outline type="rss" text="Härte" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/>
</outline>
<outline text="A folder of nothing"/>
<OUTLINE/>
<outline text="again" xmlurl="https://a.example/feed" category="/Boss/NFT,tag"/>
</outline>
<outline text="bad" xmlUrl="javascript:alert(1)"/><outline text="file" xmlUrl="file:///etc/passwd"/>
<outline xmlUrl="https://b.example/rss"/>
<outline text="[red]Title&#27;[/]" xmlUrl="https://c.example/rss"/>
</body></opml>"""
ENTITY = '<!ENTITY a "aaaaaaaaaa">'


def _why(body: bytes | str) -> str:
    with pytest.raises(UnreadableError) as caught:
        parse_outline(body if isinstance(body, bytes) else body.encode())
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16", "windows-1252"])
def test_nested_outlines_are_categories_and_each_address_comes_once(encoding: str) -> None:
    text = NESTED.format(encoding=encoding)
    body = text.removeprefix("\ufeff").encode(encoding)
    assert [(feed["url"], feed["title"], feed["categories"]) for feed in parse_outline(body)["feeds"]] == [
        ("https://a.example/feed", "Härte", ["Krypto & mehr", "Mining", "NFT", "tag"]),
        ("https://b.example/rss", "", []),
        ("https://c.example/rss", "[red]Title", []),  # what follows a sign that XML has not is lost
    ]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "is no OPML file"),
        ("just words", "is no OPML file"),
        ("<rss version='2.0'/>", "is no OPML file"),
        ("<opml><body/></opml>", "holds no feed"),
        ("<opml><body><outline text='x'/></body></opml>", "holds no feed"),
        (f"<!DOCTYPE opml [{ENTITY}]><opml/>", "defines entities, as bombs do"),
        (f"<!-- {'x' * 9000} --><!DOCTYPE opml [{ENTITY}]><opml><body/></opml>", "defines entities, as bombs do"),
        ('<!DOCTYPE opml SYSTEM "file:///etc/passwd" [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml/>',
         "defines entities, as bombs do"),
    ],
)  # fmt: skip
def test_what_is_no_list_of_feeds_is_said_in_words(body: str, why: str) -> None:
    assert _why(body) == why


def test_a_broken_file_gives_what_can_be_read_of_it() -> None:
    whole = NESTED.format(encoding="utf-8").replace("&amp;", "&")
    assert (
        parse_outline(whole[: whole.index('<outline text="bad')].encode())["feeds"][0]["url"]
        == "https://a.example/feed"
    )


def test_a_list_without_end_or_one_that_is_too_large_is_not_read() -> None:
    many = "".join(f'<outline xmlUrl="https://x.example/{number}"/>' for number in range(MOST_FEEDS + 1))
    assert "feeds; 1,000 are the most" in _why(f"<opml><body>{many}</body></opml>".encode())
    assert "is larger than" in _why(b"<opml>" + b" " * MAX_OUTLINE)


def test_outlines_nested_without_end_do_no_harm() -> None:
    deep = "<outline text='x'>" * 50_000
    with suppress(UnreadableError):  # the parser stops at a depth of its own
        parse_outline(f"<opml><body>{deep}<outline xmlUrl='https://x.example/'/></body></opml>".encode())


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: f"<opml><body>{text}</body></opml>".encode()))
def test_anything_at_all_is_a_list_or_a_reason(body: bytes) -> None:
    try:
        found = parse_outline(body)
    except UnreadableError:
        return
    assert all(feed["url"].startswith(("http://", "https://")) for feed in found["feeds"])


async def test_lists_are_read_in_the_process_for_foreign_documents() -> None:
    feeds = Feeds(Fetcher(user_agent="cointicker/test (a test)"), Worker())
    try:
        (feed, *_) = await feeds.read_outline(NESTED.format(encoding="utf-8").encode())  # type: ignore[misc]
        assert (feed.url, feed.name) == ("https://a.example/feed", "Härte")
        refused = await feeds.read_outline(b" " * (MAX_OUTLINE + 1))
        assert isinstance(refused, Failed)
        assert refused.cause is Cause.TOO_LARGE
    finally:
        await feeds.close()


@pytest.mark.parametrize(
    ("ttl", "period", "frequency", "seconds"),
    [
        (None, None, None, None),
        ("5", None, None, 300.0),
        (None, "hourly", "2", 1800.0),
        ("10", " Daily\n", "4", 21_600.0),
        ("10", "daily", "x", 86_400.0),
        ("5", "yearly", "1", 300.0),
        ("soon", 5, [], None),
    ],
)
def test_how_often_a_feed_asks_to_be_visited(
    ttl: object, period: object, frequency: object, seconds: float | None
) -> None:
    assert read_pace(ttl, period, frequency) == seconds


def test_hours_and_days_that_a_feed_wants_to_be_left_alone_in() -> None:
    head = "<rss><channel><skipHours><hour>0</hour><hour>24</hour><hour> 5 </hour></skipHours>"
    assert read_quiet(head) == [hour for hour in range(168) if hour % 24 in {0, 5}]
    assert read_quiet("<skipDays><day>Sunday</day><day>Funday</day></skipDays>") == list(range(144, 168))
    assert read_quiet("<channel><item><hour>3</hour></item>") == []
    every = "".join(f"<hour>{hour}</hour>" for hour in range(24))
    assert read_quiet(f"<skipHours>{every}</skipHours>") == []


LINKS = (
    '<link rel="alternate" type="application/rss+xml" title="Site RSS" href="/feed">'
    '<link rel="alternate" type="application/atom+xml" title="Site Atom" href="/atom">'
    '<link rel="alternate" type="application/rss+xml" title="Site Comments Feed" href="/comments/feed/">'
)


@pytest.mark.parametrize(
    ("page", "urls"),
    [
        (LINKS, ["https://x.example/feed"]),
        ("<LINK HREF='/feed' TYPE=application/rss+xml REL=Alternate>", ["https://x.example/feed"]),
        ('<base href="https://y.example/deep/"><link rel=alternate type=application/feed+json href=f.json>',
         ["https://y.example/deep/f.json"]),
        ('<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">',
         ["https://x.example/comments/feed/"]),
        ('<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">', []),
        ('<link rel="stylesheet" type="application/rss+xml" href="/x">', []),
        ('<link rel="alternate" type="text/html" href="/de">', []),
        ('<link rel="alternate" type="application/rss+xml" href="https://x.example/">', []),
    ],
)  # fmt: skip
def test_the_feeds_that_a_page_names(page: str, urls: list[str]) -> None:
    assert [feed["url"] for feed in named_feeds(page, "https://x.example/")] == urls
