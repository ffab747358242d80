"""Documents that were made to break a reader: nothing breaks, nothing unsafe comes through, nothing takes long."""

import contextlib
import time
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cointicker.domain.news import Block, Code, Image, Table
from cointicker.sources.parsing import Result, UnreadableError
from cointicker.sources.parsing.contents import parse_content
from cointicker.sources.parsing.feeds import parse_feed
from cointicker.sources.parsing.pages import parse_page
from cointicker.sources.parsing.repairs import MAX_AUTHOR, MAX_CATEGORIES
from cointicker.sources.parsing.walls import blocked_by, no_text
from cointicker.text.blocks import unpack_block
from cointicker.text.safe import vet_url
from sources.feed_samples import RSS, item, rss

SECONDS = 2.0
"""Of CPU time for one document; the worker would be killed at five of the clock."""

NASTY = [
    "\x1b[2J\x1b[31mred",
    "\x1b]0;owned\x07",
    "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1bP1$r\x1b\\",
    "\x9b2J",
    "\x9d0;owned\x9c",
    "a\x00b\x08c\x7f",
    "\u202eevil\u202c",
    "\u2066x\u2069",
    "z\u200bw\u200dj",
    "\ufeffbom",
    "line\nbreak\rreturn\u2028",
    "[/]",
    "[@click=app.quit]x[/]",
    "[link=https://e]",
    ":rocket:",
    "\ud800",
    "\U000e0041\U000e0042",
    "e" + "\u0301" * 50,
    "\u115f\u3164",
    "\x85next",
]
LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "ssh://-oProxy",
    "--help",
    "https://user:pass@bank.example/",
    "https://bank.example\\@evil.example/",
    "http://[::1",
    "https://",
    "mailto:a@b",
    "https://e.example/a b",
    "ftp://e.example/",
    "vbscript:x",
    "//\x00",
]


def texts(value: Any) -> Iterator[str]:
    """All texts in a result, but for foreign ones."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if not name.startswith("foreign"):
                yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def assert_safe(result: Result) -> None:
    for text in texts({name: part for name, part in result.items() if name != "key"}):
        unsafe = {sign for sign in text if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn"}}
        assert not unsafe, (text, unsafe)


def blocks_of(result: Result) -> list[Block]:
    return [unpack_block(data) for data in result["blocks"]]


def as_reference(text: str) -> str:
    return "".join(f"&#{ord(sign)};" for sign in text)


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize(
    "write", [str, as_reference, lambda text: f"<![CDATA[{text}]]>"], ids=["raw", "references", "cdata"]
)
def test_nothing_that_a_terminal_obeys_comes_out_of_a_feed(nasty: str, write: Any) -> None:
    text = f"Before {write(nasty)} after"
    fields = f"<title>{text}</title><description>{text}</description><author>{text}</author><category>{text}</category>"
    body = RSS.format(items=f"<item>{fields}<guid>{text}</guid></item>").encode("utf-8", "surrogatepass")
    found = parse_feed(body)
    assert_safe(found)
    assert found["items"][0]["title"].startswith("Before")
    assert found["items"][0]["title"].endswith("after")


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_that_a_terminal_obeys_comes_out_of_html(nasty: str) -> None:
    for text in (nasty, as_reference(nasty)):
        html = (
            f"<h2>{text}</h2><p>Before <b>{text}</b> <a href='https://e.example/?q={text}'>{text}</a> after</p>"
            f"<pre>{text}</pre>"
            f"<ul><li>{text}</li></ul><table><tr><td>{text}</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
            f"<figure><img src='/x.png' alt='{text}'><figcaption>{text}</figcaption></figure>"
        )
        found = parse_content(html.encode("utf-8", "surrogatepass"), url="https://e.example/")
        assert_safe(found)
        head = f"<head><title>{text}</title><meta name=author content='{text}'></head>"
        page = f"<html>{head}<body><article><p>{'Words of an article. ' * 20}</p>{html * 5}</article>"
        assert_safe(parse_page(page.encode("utf-8", "surrogatepass"), url="https://e.example/"))


@pytest.mark.parametrize(
    "write", [str, as_reference, lambda text: f"<![CDATA[{text}]]>"], ids=["raw", "references", "cdata"]
)
def test_an_escape_sequence_goes_whole(write: Any) -> None:
    hostile = "Fees \x1b]0;owned\x07fall \x1b[31magain\x1b[0m"
    found = parse_feed(rss(f"<title>{write(hostile)}</title><description>{write(hostile)} today</description>"))
    assert [found["items"][0][name] for name in ("title", "deck")] == ["Fees fall again", "Fees fall again today"]


def test_markup_of_the_screen_library_stays_what_it_was() -> None:
    title = "Coin hits [ATH] [/] [@click=app.quit]x[/] :rocket: [1]"
    assert parse_feed(rss(f"<title>{title}</title>"))["items"][0]["title"] == title


@pytest.mark.parametrize("link", LINKS)
def test_a_link_that_must_not_be_opened_is_none(link: str) -> None:
    escaped = link.replace("&", "&amp;").replace("<", "&lt;")
    feed = parse_feed(rss(f"<title>T</title><link>{escaped}</link>"), url="https://e.example/feed")
    assert (
        feed["items"][0]["url"].startswith(("https://hash.example/", "https://e.example/"))
        or not feed["items"][0]["url"]
    )
    html = f'<p><a href="{link}">words</a></p><img alt="A long caption" src="{link}">'
    found = parse_content(html.encode())
    assert found["links"] == []
    assert [block.url for block in blocks_of(found) if isinstance(block, Image)] == [""]


def test_entities_are_refused_before_they_are_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{depth} "{f"&l{depth - 1};" * 10}">' for depth in range(1, 10))
    bombs = [
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{laughs}]>',
        f'<!DOCTYPE rss [<!ENTITY a "{"x" * 50_000}">]>',
        '<!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!entity % remote SYSTEM "http://127.0.0.1/x.dtd"> %remote;]>',
    ]
    for bomb in bombs:
        with pytest.raises(UnreadableError, match="entities"):
            parse_feed((bomb + "<rss><channel><item><title>&l9;</title></item></channel></rss>").encode())


def test_entities_that_hide_behind_a_long_head_expand_to_nothing() -> None:
    hidden = " " * 10_000 + '<!ENTITY a "boom">'
    body = f"<!DOCTYPE rss [{hidden}]><rss><channel><item><title>x &a; y</title></item></channel></rss>"
    try:
        titles = [entry["title"] for entry in parse_feed(body.encode())["items"]]
    except UnreadableError:
        return
    assert "boom" not in "".join(titles)


SLOW_FEEDS = {
    "categories": item(1, "".join(f"<category>c{number}</category>" for number in range(20_000))),
    "upper-case categories": item(1, "".join(f"<CATEGORY>c{number}</CATEGORY>" for number in range(20_000))),
    "an author": item(1, f"<author>{'a' * 64_000}</author>"),
    "an author in pieces": item(1, f"<author><![CDATA[{'a.' * 32_000}]]></author>"),
    "many authors": item(1, "".join(f"<author>{'a' * 299}</author>" for _ in range(2_000))),
    "nested elements": item(1, "<a>" * 20_000 + "</a>" * 20_000),
    "nested markup": item(1, f"<description><![CDATA[{'<div>' * 20_000}]]></description>"),
    "a long title": f"<title>{'word ' * 200_000}</title>",
    "comment starts": item(1, f"<description><![CDATA[{'<!--' * 50_000}]]></description>"),
    "open tags": item(1, f"<description><![CDATA[{'<' * 500_000}]]></description>"),
    "ampersands": item(1, f"<description>{'&' * 300_000}</description>"),
    "references": item(1, f"<description>{'&#8364;' * 100_000}</description>"),
    "cdata starts": item(1, f"<description>{'<![CDATA[' * 50_000}]]></description>"),
    "scripts": item(1, f"<description><![CDATA[{'<script>' * 50_000}]]></description>"),
    "empty texts": item(1, "<content:encoded> " * 20_000),
    "items without end": "<item>" * 50_000,
    "dates": "".join(
        f"</item><item>{item(number, '<pubDate>{}</pubDate>'.format('9' * 60))}" for number in range(5_000)
    ),
}


SLOW_WALLS = [
    "<script ",
    "<script>",
    "<!--",
    "<!---->",
    "<style></script>",
    "<",
    "<a ",
    "subscribe ",
    "just a moment... ",
]


@pytest.mark.parametrize("piece", SLOW_WALLS)
def test_no_wall_takes_long(piece: str) -> None:
    page = "just a moment... " + piece * (200_000 // len(piece))
    start = time.process_time()
    blocked_by({}, page)
    assert str(no_text(page))
    assert time.process_time() - start < SECONDS / 10  # it is looked for outside the worker, too
    result(parse_feed, (piece * (4_000 // len(piece))).encode())
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize("name", SLOW_FEEDS)
def test_no_feed_takes_long(name: str) -> None:
    start = time.process_time()
    with contextlib.suppress(UnreadableError):
        assert_safe(parse_feed(rss(SLOW_FEEDS[name])))
    assert time.process_time() - start < SECONDS


def test_floods_of_names_are_cut() -> None:
    found = parse_feed(rss(SLOW_FEEDS["categories"]))["items"][0]
    assert len(found["tags"]) == MAX_CATEGORIES
    assert len(parse_feed(rss(SLOW_FEEDS["an author"]))["items"][0]["author"]) <= MAX_AUTHOR


SLOW_PAGES = {
    "nested": "<div>" * 5_000 + "<p>words</p>" + "</div>" * 5_000,
    "nested inline": "<b><i>" * 5_000 + "words",
    "nested lists": "<ul><li>words" * 5_000,
    "nested tables": "<table><tr><td>words" * 2_000,
    "nested quotes": "<blockquote>words" * 5_000,
    "links": "<p>" + "<a href='/x'>word</a> " * 10_000,
    "many links": "<p>" + "".join(f"<a href='/{number}'>word</a> " for number in range(10_000)),
    "line breaks": "words<br>" * 20_000,
    "paragraphs": "<p>words</p>" * 20_000,
    "a wide table": "<table>" + ("<tr>" + "<td>1</td>" * 300 + "</tr>") * 100 + "</table>",
    "code": f"<pre>{'line of code' * 5}\n</pre>" * 3_000,
    "one long word": "w" * 1_000_000,
}


@pytest.mark.parametrize("name", SLOW_PAGES)
def test_no_html_takes_long_or_gives_too_much(name: str) -> None:
    start = time.process_time()
    try:
        found = parse_content(SLOW_PAGES[name].encode(), url="https://e.example/")
    except UnreadableError:
        return
    assert time.process_time() - start < SECONDS
    assert_safe(found)
    assert len(found["blocks"]) <= 400
    assert len(found["links"]) <= 300
    assert sum(map(len, texts(found["blocks"]))) < 90_000
    for block in blocks_of(found):
        assert not isinstance(block, Table) or (len(block.rows) <= 60 and len(block.rows[0]) <= 8)
        assert not isinstance(block, Code) or len(block.lines) <= 200


HTML_PIECES = """\
<p>|</p>|<b>|</b>|<i>|<a href='/x'>|<a href='javascript:x'>|</a>|<ul>|<ol start=3>|<li>|</li>|</ul>
|</ol>|<table>|<tr>|<td>|<th>|</tr>|</table>|<blockquote>|</blockquote>|<pre>|</pre>|<code>|</code>|<h1>|</h1>|<h4>|<br>
|<br/>|<img>|<figure>|<figcaption>|</figure>|<div>|</div>|<script>|</script>|<!--|-->|<![CDATA[|]]>|&amp;|&lt;|&#27;|&#x202e;|&nbsp|&
|<img alt='A caption of words' src='/a.png'>"""
FEED_PIECES = """\
<item>|</item>|<title>|</title>|<link>|</link>|<guid>|</guid>|<description>|</description>
|<content:encoded>|</content:encoded>|<content:encoded/>|<dc:description/>|<category>|</category>|<author>|</author>|<pubDate>
|</pubDate>|<entry>|</entry>|<summary>|</summary>|<updated>|</updated>|<?xml ?>|<!DOCTYPE|<rss>|</channel>
|2026-09-30T10:18:34Z|https://e.example/1|Wed, 30 Sep 2026 10:18:34 GMT"""

html_pieces = st.text(max_size=12) | st.sampled_from([*NASTY, *LINKS, *HTML_PIECES.replace("\n", "").split("|")])
feed_pieces = html_pieces | st.sampled_from(FEED_PIECES.replace("\n", "").split("|"))


def result(parse: Callable[..., Result], body: bytes) -> Result | None:
    """What a parser makes of a document; ``None`` where it says in words why not."""
    try:
        return parse(body, url="https://e.example/feed")
    except UnreadableError as error:
        reason = str(error)
    assert reason
    return None


@settings(max_examples=50, deadline=None)
@given(st.lists(html_pieces, max_size=40))
def test_any_html_gives_safe_blocks_or_a_reason(pieces: list[str]) -> None:
    body = "".join(pieces).encode("utf-8", "surrogatepass")
    for found in filter(None, (result(parse_content, body), result(parse_page, body))):
        assert_safe(found)
        for block in blocks_of(found):
            assert not isinstance(block, Table) or len({len(row) for row in block.rows}) == 1
        assert all(vet_url(url) == url for _, _, url in found["links"])
        assert [number for number, _, _ in found["links"]] == list(range(1, len(found["links"]) + 1))


@settings(max_examples=50, deadline=None)
@given(st.lists(feed_pieces, max_size=40), st.booleans())
def test_any_feed_gives_safe_entries_or_a_reason(pieces: list[str], framed: bool) -> None:
    text = "".join(pieces)
    body = (RSS.replace("{items}", text) if framed else text).encode("utf-8", "surrogatepass")
    found = result(parse_feed, body) or {"items": []}
    assert_safe(found)
    for entry in found["items"]:
        assert entry["title"]
        assert entry["key"]
        assert not entry["url"] or vet_url(entry["url"]) == entry["url"]
    assert len({entry["key"] for entry in found["items"]}) == len(found["items"])


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_result_or_a_reason(body: bytes) -> None:
    for parse in (parse_feed, parse_page, parse_content):
        assert_safe(result(parse, body) or {})
