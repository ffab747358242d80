"""Feeds of all kinds, as one plain list."""

from datetime import UTC, datetime

import pytest

from cointicker.domain.freshness import Cause
from cointicker.sources.parsing import Result, UnreadableError
from cointicker.sources.parsing.entries import CONTENT_LIMIT, DECK_LIMIT
from cointicker.sources.parsing.feeds import MAX_BYTES, parse_feed
from cointicker.sources.parsing.repairs import MAX_ITEMS
from sources.feed_samples import ATOM, CHALLENGE, COINDESK_LIKE, JSON_FEED, RDF, item, rss

HERE = "https://feeds.example/all.xml"


def only(body: bytes | str) -> Result:
    """The one item of a feed."""
    (found,) = parse_feed(body.encode() if isinstance(body, str) else body, url=HERE)["items"]
    return dict(found)


def why(body: bytes | str) -> str:
    """The reason why a document is no feed."""
    with pytest.raises(UnreadableError) as caught:
        parse_feed(body.encode() if isinstance(body, str) else body, url=HERE)
    return str(caught.value)


def moment(*parts: int) -> float:
    return datetime(*parts, tzinfo=UTC).timestamp()  # type: ignore[misc,arg-type]


def test_a_deck_survives_the_empty_elements_beside_it() -> None:
    assert only(COINDESK_LIKE) == {
        "key": "5c6a6f5e-0000-4000-8000-000000000001",
        "url": "https://hash.example/markets/difficulty-rises",
        "title": "Difficulty rises for the third time in a row",
        "deck": "Miners add machines faster than blocks pay for them.",
        "author": "Ann Other, Ben Example",
        "tags": ["Markets", "Bitcoin"],
        "published": moment(2026, 9, 25, 14, 41, 53),
        "updated": None,
        "foreign_html": "",
    }


def test_a_feed_says_its_name_and_how_often_to_come() -> None:
    feed = parse_feed(COINDESK_LIKE.encode())
    assert (feed["title"], feed["pace"]) == ("Hash & Block", 300.0)


@pytest.mark.parametrize("ttl", ["", "0", "-5", "soon", "99999999", "NaN", "Infinity"])
def test_a_senseless_ttl_is_none(ttl: str) -> None:
    body = rss(item(1)).replace(b"<ttl>5</ttl>", f"<ttl>{ttl}</ttl>".encode())
    assert parse_feed(body)["pace"] is None


def test_atom_is_read_with_its_full_text_and_relative_links() -> None:
    assert only(ATOM) == {
        "key": "tag:notes.example,2026:fees",
        "url": "https://notes.example/2026/09/30/fees/",
        "title": "Fees fall & blocks fill",
        "deck": "What a block costs.",
        "author": "Cara Sample",
        "tags": ["Fees"],
        "published": moment(2026, 9, 30, 8, 18, 34),
        "updated": moment(2026, 9, 30, 12),
        "foreign_html": '<p>What a block costs, at <a href="/fees">length</a>.</p>',
    }


def test_rdf_is_read() -> None:
    found = only(RDF)
    assert (found["title"], found["url"]) == ("An old format lives on", "https://old.example/a")
    assert found["published"] == moment(2026, 9, 30, 10, 18, 34)


def test_json_feed_is_read() -> None:
    found = only(JSON_FEED)
    assert (found["key"], found["url"]) == ("7", "https://plain.example/a.html")
    assert (found["title"], found["deck"], found["author"]) == ("One & only", "Of numbers", "Dee Nobody")
    assert found["tags"] == ["x", "y"]
    assert found["foreign_html"] == "<p>First.</p><p>Second &lt; third.</p>"


@pytest.mark.parametrize(
    "text",
    ["{}", "[]", "{", '{"version": "https://jsonfeed.org/version/1", "items": 3}', '{"items": []}', "[" * 50_000],
)
def test_json_that_is_no_feed_is_named_so(text: str) -> None:
    assert why(text) == "sent something that is no feed"


@pytest.mark.parametrize("value", ["null", "3", "[]", "{}", '"x"', "[null, 3, {}, [[]]]", "1e999"])
def test_json_feed_fields_may_be_of_any_type(value: str) -> None:
    names = ("id", "url", "content_html", "content_text", "summary", "date_published", "authors", "author", "tags")
    fields = "".join(f', "{name}": {value}' for name in names)
    items = f'[3, {{"title": "It"{fields}}}]'
    text = f'{{"version": "https://jsonfeed.org/version/1", "title": {value}, "items": {items}}}'
    assert only(text)["title"] == "It"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "sent an empty feed"),
        (" \n\t ", "sent an empty feed"),
        ("\ufeff", "sent an empty feed"),
        (b"\0\0\0\0", "sent an empty feed"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "sent something that is no feed"),
        (b"\x1f\x8b\x08\0" + bytes(range(256)), "sent something that is no feed"),
        ("just words", "sent something that is no feed"),
        ("<opml><body/></opml>", "sent something that is no feed"),
        ("<rss version='2.0'><channel><title>Quiet</title></channel></rss>", "sent a feed without entries"),
        ("<rss version='2.0'><channel><item></item></channel></rss>", "sent a feed without entries"),
        ("<html><body>Hello</body></html>", "sent a web page instead of a feed"),
        (CHALLENGE, "blocks programs (Cloudflare)"),
    ],
)
def test_what_is_no_feed_is_said_in_words(body: bytes | str, reason: str) -> None:
    assert why(body) == reason


def test_a_feed_that_is_too_large_is_not_parsed() -> None:
    with pytest.raises(UnreadableError) as caught:
        parse_feed(b"<rss>" + b" " * MAX_BYTES)
    assert caught.value.cause is Cause.TOO_LARGE


def test_a_wall_is_a_cause_of_its_own() -> None:
    with pytest.raises(UnreadableError) as caught:
        parse_feed(CHALLENGE.encode())
    assert caught.value.cause is Cause.BLOCKED


def test_only_the_newest_entries_are_kept_in_the_order_of_the_feed() -> None:
    dates = [f"<pubDate>2026-09-{1 + number % 30:02}T{number // 30:02}:00:00Z</pubDate>" for number in range(600)]
    found = parse_feed(rss(*(item(number, date) for number, date in enumerate(dates))))["items"]
    newest = sorted(range(600), key=lambda number: (number % 30, number // 30), reverse=True)[:MAX_ITEMS]
    assert [entry["title"] for entry in found] == [f"Story {number}" for number in sorted(newest)]


def test_without_dates_the_first_entries_are_kept() -> None:
    found = parse_feed(rss(*(item(number) for number in range(400))))["items"]
    assert [entry["title"] for entry in found] == [f"Story {number}" for number in range(MAX_ITEMS)]


def test_identity_is_the_guid_else_the_link_else_the_words() -> None:
    keys = [
        entry["key"] for entry in parse_feed(rss(item(1, "<guid>g</guid>"), item(2), "<title>Bare</title>"))["items"]
    ]
    assert keys[:2] == ["g", "https://hash.example/2"]
    assert len(keys[2]) == 32


def test_one_guid_for_all_does_not_make_one_entry_of_them() -> None:
    found = parse_feed(rss(item(1, "<guid>same</guid>"), item(2, "<guid>same</guid>"), item(2, "<guid>same</guid>")))[
        "items"
    ]
    assert [entry["title"] for entry in found] == ["Story 1", "Story 2"]
    assert len({entry["key"] for entry in found}) == 2


def test_what_counts_visitors_does_not_make_another_entry() -> None:
    links = ["https://h.example/a?utm_source=rss&amp;id=3", "https://h.example/a?id=3&amp;utm_medium=feed&amp;fbclid=x"]
    keys = [only(rss(f"<title>T</title><link>{link}</link>"))["key"] for link in links]
    assert keys == ["https://h.example/a?id=3"] * 2


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("S&amp;P 500 &amp; AT&amp;T", "S&P 500 & AT&T"),
        ("S&P 500 & AT&T; Q&A", "S&P 500 & AT&T; Q&A"),
        ("Fed&nbsp;waits &mdash; again", "Fed waits — again"),
        ("<![CDATA[<b>Bold</b> &amp; brave]]>", "Bold & brave"),
        ("a &lt; b &gt; c", "a < b > c"),
        ("&#128640; up", "🚀 up"),
        ("&#xD83D;&#xDE80; up", "🚀 up"),
        ("&#150; dash", "– dash"),
        ("&bogus; stays", "&bogus; stays"),
    ],
)
def test_titles_come_out_as_they_were_meant(raw: str, shown: str) -> None:
    assert only(rss(f"<title>{raw}</title>"))["title"] == shown


def test_a_deck_is_plain_text_without_pictures_and_without_what_blogs_append() -> None:
    deck = (
        "<![CDATA[<figure><img src='x.png'><figcaption>A rig</figcaption></figure>"
        "<p>First&nbsp;words.</p><p>More <i>words</i>.</p>"
        "<script>alert(1)</script><p>The post <a href='x'>Story</a> appeared first on <a href='y'>Hash</a>.</p>]]>"
    )
    assert only(rss(item(1, f"<description>{deck}</description>")))["deck"] == "First words. More words."


def test_a_deck_that_repeats_the_title_is_none() -> None:
    assert only(rss(item(1, "<description>Story 1</description>")))["deck"] == ""


def test_a_missing_title_is_made_of_the_deck_or_the_host() -> None:
    assert only(rss("<description>Only words here.</description>"))["title"] == "Only words here."
    assert only(rss("<link>https://www.hash.example/x</link>"))["title"] == "hash.example"


def test_a_long_text_in_the_description_is_the_entry_s_own_text() -> None:
    text = "<p>" + "Words of a whole article. " * 100 + "</p>"
    found = only(rss(item(1, f"<description><![CDATA[{text}]]></description>")))
    assert found["foreign_html"] == text
    assert len(found["deck"]) <= DECK_LIMIT


def test_a_text_beyond_all_measure_is_left_to_the_page() -> None:
    body = "<p>word</p>" * (CONTENT_LIMIT // 10)
    found = only(rss(item(1, f"<content:encoded><![CDATA[{body}]]></content:encoded>")))
    assert found["foreign_html"] == ""
    assert found["deck"].startswith("word word")


def test_an_update_before_the_publication_is_none() -> None:
    dates = "<pubDate>Wed, 30 Sep 2026 10:00:00 GMT</pubDate><a:updated xmlns:a='http://www.w3.org/2005/Atom'>%s</a:updated>"
    assert only(rss(item(1, dates % "2026-09-30T09:00:00Z")))["updated"] is None
    assert only(rss(item(1, dates % "2026-09-30T11:00:00Z")))["updated"] == moment(2026, 9, 30, 11)


def test_a_feed_that_breaks_off_gives_what_arrived() -> None:
    body = rss(*(item(number) for number in range(20)))
    found = parse_feed(body[: len(body) * 2 // 3])["items"]
    assert 10 <= len(found) <= 14
