"""Articles, over real sockets and with the real reading process."""

from collections.abc import AsyncIterator

import pytest

from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.news import Feed, Heading, Link, Paragraph, Quotation
from cointicker.engine.ports import FeedAnswer, Page
from cointicker.sources.articles import Articles
from cointicker.sources.feeds import Feeds
from cointicker.sources.http import Fetcher
from cointicker.sources.worker import Worker
from cointicker.text.blocks import plain_text, span_text
from sources.feed_samples import CHALLENGE
from sources.page_samples import ARTICLE, PARAGRAPHS
from sources.raw_server import RawServer, answer
from upstream.server import Upstream
from upstream.world import World


@pytest.fixture
async def articles() -> AsyncIterator[Articles]:
    fetcher, worker = Fetcher(user_agent="cointicker/test (a test)"), Worker()
    yield Articles(fetcher, worker)
    await worker.close()
    await fetcher.close()


def got(outcome: Page | Failed) -> Page:
    assert isinstance(outcome, Page), outcome
    return outcome


async def typed(articles: Articles, body: bytes, status: str = "200 OK", **headers: str) -> Page | Failed:
    async with RawServer(answer(body, status, **headers)) as server:
        return await articles.page(server.url + "story", typed=True)


async def test_a_page_becomes_an_article(articles: Articles) -> None:
    async with RawServer(answer(ARTICLE.encode(), content_type="text/html")) as server:
        page = got(await articles.page(server.url + "markets/story", typed=True))
    assert all(paragraph in plain_text(page.blocks) for paragraph in PARAGRAPHS)
    assert (page.title, page.author, page.site) == ("Hashrate climbs again", "Ann Other, Ben Example", "Hash & Block")
    assert page.links == (Link(1, page.links[0].text, server.url + "power"),)
    assert page.links[0].text == "More on power"
    assert page.words > 80


async def test_links_are_resolved_by_where_a_redirect_ended(articles: Articles) -> None:
    async with RawServer({"/new/place": answer(ARTICLE.replace('"/power"', '"power"').encode())}) as server:
        server.answers["/old"] = answer(b"", "302 Found", location="/new/place")
        page = got(await articles.page(server.url + "old", typed=True))
    assert page.links[0].url == server.url + "new/power"


async def test_the_charset_of_the_header_counts(articles: Articles) -> None:
    text = "".join(
        f"<p>Хешрейт сети вырос четвертую неделю подряд, и сложность последует за ним. {number}</p>"
        for number in range(9)
    )
    body = f"<html><body><article>{text}</article></body></html>".encode("cp1251")
    page = got(await typed(articles, body, content_type="text/html; charset=windows-1251"))
    assert "Хешрейт сети вырос" in plain_text(page.blocks)


async def test_a_link_does_not_lead_into_the_private_network(articles: Articles) -> None:
    async with RawServer(answer(ARTICLE.encode())) as server:
        outcome = await articles.page(server.url)
    assert isinstance(outcome, Failed)
    assert outcome.cause is Cause.FORBIDDEN
    assert server.asked == []


@pytest.mark.parametrize(
    ("body", "content_type", "why"),
    [
        (b"%PDF-1.7 ...", "application/pdf", "sent a PDF document, which opens in a browser only"),
        (b"%PDF-1.7 ...", "text/html", "sent a PDF document, which opens in a browser only"),
        (b"\x89PNG\r\n\x1a\n", "image/png", "sent a picture, which opens in a browser only"),
        (b"....", "video/mp4", "sent a video, which opens in a browser only"),
        (b'{"a": 1}', "application/json", "sent data for programs, which opens in a browser only"),
        (b"MZ....", "application/octet-stream", "sent something that is no web page"),
        (b"", "text/html", "sent an empty page"),
        (b" \n", "", "sent an empty page"),
        (b"<html><body><p>Hi</p></body></html>", "text/html", "sent a page without an article in it"),
        (CHALLENGE.encode(), "text/html", "blocks programs (Cloudflare)"),
    ],
)
async def test_what_is_no_article_is_said_in_words(
    articles: Articles, body: bytes, content_type: str, why: str
) -> None:
    outcome = await typed(articles, body, content_type=content_type)
    assert isinstance(outcome, Failed)
    assert outcome.why == f"127.0.0.1 {why}"


@pytest.mark.parametrize(
    ("status", "cause", "why"),
    [
        ("404 Not Found", Cause.MISSING, "has no page at this address"),
        ("403 Forbidden", Cause.BLOCKED, "refuses to give this page to programs"),
        ("429 Too Many Requests", Cause.LIMITED, "asks for fewer visits"),
        ("502 Bad Gateway", Cause.SERVER, "is out of order (502)"),
    ],
)
async def test_a_refusal_is_said_in_words(articles: Articles, status: str, cause: Cause, why: str) -> None:
    assert await typed(articles, b"<h1>no</h1>", status) == Failed(f"127.0.0.1 {why}", None, cause)


async def test_the_text_of_a_feed_becomes_an_article(articles: Articles) -> None:
    page = got(await articles.read("<p>Short, but <a href='/all'>all</a>.</p>", "https://hash.example/1"))
    assert [type(block) for block in page.blocks] == [Paragraph]
    assert plain_text(page.blocks) == "Short, but all."
    assert (page.links[0].number, page.links[0].url, page.words) == (1, "https://hash.example/all", 3)


@pytest.mark.parametrize(("url", "who"), [("https://www.hash.example/1", "hash.example"), ("", "This feed")])
async def test_a_feed_without_a_text_says_so(articles: Articles, url: str, who: str) -> None:
    outcome = await articles.read("<p> </p><script>1</script>", url)
    assert isinstance(outcome, Failed)
    assert outcome.why == f"{who} sent an article without text"


async def test_a_text_is_the_same_in_a_feed_and_on_its_page() -> None:
    async with Upstream(World()) as upstream:
        fetcher, worker = Fetcher(user_agent="cointicker/test (a test)", typed=[upstream.url]), Worker()
        feeds, articles = Feeds(fetcher, worker), Articles(fetcher, worker)
        brought = await feeds.fetch(Feed(next(url for url in upstream.feed_urls if "satsville" in url)), None)
        assert isinstance(brought, FeedAnswer)
        for headline in brought.headlines[:3]:
            own = got(await articles.read(brought.contents[headline.headline_id], headline.url))
            page = got(await articles.page(headline.url))
            told = [block for block in own.blocks if isinstance(block, Heading | Paragraph | Quotation)]
            assert told
            assert [span_text(block.spans) for block in told if block not in page.blocks] == []
            assert (page.title, page.published) == (headline.title, headline.published)
        await feeds.close()
