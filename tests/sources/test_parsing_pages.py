"""Articles in web pages."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.extraction import measure
from cointicker.domain.freshness import Cause
from cointicker.domain.news import Block, Code, Heading, Image, ListItem, Paragraph, Quotation
from cointicker.sources.parsing import Result, UnreadableError
from cointicker.sources.parsing.pages import parse_page
from cointicker.text.blocks import plain_text, span_text, unpack_block
from cointicker.text.safe import clean
from sources.feed_samples import CHALLENGE
from sources.page_samples import ARTICLE, PARAGRAPHS, PAYWALL, SHELL

HERE = "https://hash.example/markets/hashrate"


def page(head: str = "", body: str = "") -> Result:
    """An article's page with such a head, and with something before its text."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return parse_page(
        f"<html><head>{head}</head><body><article>{body}{text}</article></body></html>".encode(), url=HERE
    )


def blocks_of(result: Result) -> list[Block]:
    return [unpack_block(data) for data in result["blocks"]]


def why(text: str) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        parse_page(text.encode(), url=HERE)
    return caught.value


def test_an_article_is_found_with_its_structure_and_without_what_stands_around_it() -> None:
    found = parse_page(ARTICLE.encode(), url=HERE)
    kinds = [type(block) for block in blocks_of(found)]
    assert kinds == [Image, Paragraph, Paragraph, Heading, Paragraph, Quotation, ListItem, ListItem, Paragraph]
    text = plain_text(blocks_of(found))
    assert all(paragraph in text for paragraph in PARAGRAPHS)
    assert "> We will see who is still here in the winter." in text
    assert "- Texas grew by a tenth, as far as anybody can tell." in text
    for around in ("Home", "Most read", "Another story", "Copyright", "Hashrate climbs again"):
        assert around not in text


def test_pictures_stand_where_they_stood() -> None:
    figure = "<figure><div><img src='/{0}.png' alt='x'></div><figcaption>Picture number {0}</figcaption></figure>"
    first, second, third, fourth = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    inside = first + figure.format(1) + figure.format(2) + second + third + figure.format(3) + fourth
    aside = f"<aside><p>Another story that is told somewhere else</p>{figure.format(4)}</aside>"
    found = parse_page(
        f"<html><body><article>{inside}</article>{figure.format(5)}{aside}</body></html>".encode(), url=HERE
    )
    shown = [block.caption[-1] if isinstance(block, Image) else "" for block in blocks_of(found)]
    assert shown == ["", "1", "2", "", "", "3", ""]
    assert blocks_of(found)[1] == Image(clean("Picture number 1"), "https://hash.example/1.png")


def test_lists_keep_their_numbers_and_code_its_lines() -> None:
    inside = "<ol><li>First of all things</li><li>Second of all things</li></ol><pre>mined = 3\n  and <b>more</b></pre>"
    blocks = blocks_of(page("", inside))
    assert [block.number for block in blocks if isinstance(block, ListItem)] == [1, 2]
    assert [block.lines for block in blocks if isinstance(block, Code)] == [("mined = 3", "  and more")]


def test_text_that_stands_in_no_paragraph_is_parted_at_empty_lines_and_not_at_its_links() -> None:
    first, second, third, fourth = PARAGRAPHS
    loose = f'{first} See <a href="/dam">the dam</a> - it is <b>new</b>.<br> <br/>{second}<br>{third}<br><br>'
    inside = f"<div class='entry-content'>{loose}<h2>Pools</h2>{fourth}</div>"
    blocks = blocks_of(parse_page(f"<html><body>{inside}</body></html>".encode(), url=HERE))
    words = [span_text(block.spans) for block in blocks if isinstance(block, Paragraph | Heading)]
    assert words == [f"{first} See the dam - it is new.", f"{second} {third}", "Pools", fourth]


def test_an_article_says_what_it_is() -> None:
    found = parse_page(ARTICLE.encode(), url=HERE)
    assert (found["title"], found["site"]) == ("Hashrate climbs again", "Hash & Block")
    assert found["author"] == "Ann Other, Ben Example"
    assert found["published"] == datetime(2026, 9, 30, 8, 18, 34, tzinfo=UTC).timestamp()
    assert [(number, url) for number, _, url in found["links"]] == [(1, "https://hash.example/power")]


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Fees fall | Hash</title>", "", "Fees fall"),
        ("<title>Fees fall</title>", "<h1>Fees <em>fall</em> again</h1>", "Fees fall again"),
        ('<meta name="twitter:title" content="Fees &amp;amp; blocks">', "<h1>Other</h1>", "Fees & blocks"),
        ('<meta property="og:title" content="Fees fall - Hash">', "<h1>Fees fall</h1>", "Fees fall"),
        ('<meta property="og:title" content="Fees fall - again">', "<h1>Other</h1>", "Fees fall - again"),
        ("", "", ""),
    ],
)
def test_titles(head: str, body: str, title: str) -> None:
    assert page(head, body)["title"] == title


@pytest.mark.parametrize(
    ("head", "author"),
    [
        ('<meta name="author" content="By Ann Other">', "Ann Other"),
        ('<meta property="article:author" content="https://social.example/ann">', ""),
        ('<script type="application/ld+json">{"@type": ["NewsArticle"], "author": "Ann"}</script>', "Ann"),
        (
            '<script type="application/ld+json">[{"@type": "Article", "author": {"name": ["Ann", "Ben"]}}]</script>',
            "Ann, Ben",
        ),
        ('<script type="application/ld+json">{"@type": "Article", "author": 7}</script>', ""),
        ('<script type="application/ld+json">{"@type": "Article", broken</script>', ""),
        (f'<script type="application/ld+json">{"[" * 50_000}</script>', ""),
    ],
)
def test_authors(head: str, author: str) -> None:
    assert page(head)["author"] == author


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2026-09-30T10:18:34Z">',
        '<meta itemprop="datePublished" content="Wed, 30 Sep 2026 10:18:34 GMT">',
        '<meta name="date" content="never"><meta name="pubdate" content="2026-09-30 10:18:34">',
    ],
)
def test_dates(head: str) -> None:
    assert page(head)["published"] == datetime(2026, 9, 30, 10, 18, 34, tzinfo=UTC).timestamp()


def test_a_page_that_a_script_fills_is_read_where_its_data_hold_the_text() -> None:
    body = json.dumps({"@type": "NewsArticle", "headline": "Hidden", "articleBody": "\n\n".join(PARAGRAPHS)})
    shell = SHELL.replace("</head>", f'<script type="application/ld+json">{body}</script></head>')
    found = parse_page(shell.encode(), url=HERE)
    assert plain_text(blocks_of(found)) == "\n\n".join(PARAGRAPHS)
    assert found["title"] == "Hidden"


@pytest.mark.parametrize(
    ("text", "cause", "reason"),
    [
        ("", Cause.BROKEN, "sent an empty page"),
        ("<p>Hello</p>", Cause.BROKEN, "sent a page without an article in it"),
        (CHALLENGE, Cause.BLOCKED, "blocks programs (Cloudflare)"),
        (SHELL, Cause.BLOCKED, "shows this page only in a browser that runs JavaScript"),
        (PAYWALL, Cause.REFUSED, "shows this article to subscribers only"),
    ],
)
def test_a_page_without_an_article_says_why(text: str, cause: Cause, reason: str) -> None:
    error = why(text)
    assert (str(error), error.cause) == (reason, cause)


@pytest.mark.parametrize(
    "mark", ["/cdn-cgi/challenge-platform/scripts/jsd/main.js", "https://js.captcha-delivery.com/x.js"]
)
def test_a_wall_s_script_on_a_real_article_does_not_make_it_a_wall(mark: str) -> None:
    assert page(
        f'<script src="{mark}"></script>', "<p>Just a moment... he said.</p>" + "<p>And so on and on.</p>" * 80
    )["words"]


def test_the_quality_of_extraction_holds(corpus: Path) -> None:
    score = measure(corpus)
    assert score.pages > 0
    assert score.f1 >= 0.960
