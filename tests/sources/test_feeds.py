"""Visits to feeds, over real sockets and with the real reading process."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.news import Feed, FeedHealth
from cointicker.engine.ports import FeedAnswer
from cointicker.sources.feeds import USUAL_PATHS, Feeds, headline_id
from cointicker.sources.http import Fetcher
from cointicker.sources.worker import Worker
from sources.feed_samples import ATOM, CHALLENGE, COINDESK_LIKE, WEB_PAGE, item, rss
from sources.raw_server import RawServer, answer

NOW = datetime(2026, 10, 1, tzinfo=UTC).timestamp()
WAY_OUT = "; a contact in the configuration, or headers of the feed, may open it"
VISITED = FeedHealth("", "", ok_at=NOW - 600, checked_at=NOW - 600)


@pytest.fixture
async def feeds() -> AsyncIterator[Feeds]:
    feeds = Feeds(Fetcher(user_agent="cointicker/test (a test)", clock=lambda: NOW), Worker(), lambda: NOW)
    yield feeds
    await feeds.close()


def got(outcome: FeedAnswer | Failed) -> FeedAnswer:
    assert isinstance(outcome, FeedAnswer), outcome
    return outcome


async def visit(feeds: Feeds, body: bytes | str, status: str = "200 OK", **headers: str) -> FeedAnswer | Failed:
    sent = body.encode() if isinstance(body, str) else body
    async with RawServer(answer(sent, status, **headers)) as server:
        return await feeds.fetch(Feed(server.url), None)


async def test_a_visit_brings_headlines(feeds: Feeds) -> None:
    async with RawServer(answer(COINDESK_LIKE.encode(), content_type="text/xml")) as server:
        brought = got(await feeds.fetch(Feed(server.url, "My Miner"), None))
    (headline,) = brought.headlines
    assert headline.title == "Difficulty rises for the third time in a row"
    assert headline.deck == "Miners add machines faster than blocks pay for them."
    assert (headline.author, headline.tags) == ("Ann Other, Ben Example", ("Markets", "Bitcoin"))
    assert (headline.source, headline.feed_url, headline.first_seen) == ("My Miner", server.url, NOW)
    assert headline.published == datetime(2026, 9, 25, 14, 41, 53, tzinfo=UTC).timestamp()
    assert (brought.name, brought.wait, brought.unchanged, dict(brought.contents)) == ("Hash & Block", 300.0, False, {})


async def test_without_a_name_of_our_own_the_feed_s_is_used(feeds: Feeds) -> None:
    brought = got(await visit(feeds, COINDESK_LIKE))
    assert brought.headlines[0].source == "Hash & Block"
    nameless = got(await visit(feeds, rss(item(1)).replace(b"<title>Hash &amp; Block</title>", b"")))
    assert nameless.headlines[0].source == "127.0.0.1"


async def test_full_texts_are_kept_by_headline(feeds: Feeds) -> None:
    brought = got(await visit(feeds, ATOM))
    assert brought.contents == {
        brought.headlines[0].headline_id: '<p>What a block costs, at <a href="/fees">length</a>.</p>'
    }


async def test_ids_are_short_and_stay_the_same_though_the_words_change(feeds: Feeds) -> None:
    body = rss(item(1, "<guid>g1</guid>"), item(2, "<guid>g2</guid>"))
    async with RawServer({"": answer(body)}) as server:
        first = got(await feeds.fetch(Feed(server.url), None))
        server.answers[""] = answer(body.replace(b"Story", b"Updated: story"))
        second = got(await feeds.fetch(Feed(server.url), VISITED))
    ids = [headline.headline_id for headline in first.headlines]
    assert [headline.headline_id for headline in second.headlines] == ids
    assert len(set(ids)) == 2
    assert all(re.fullmatch("[0-9a-f]{12}", identity) for identity in ids)
    assert headline_id("https://a.example/", "g1") != headline_id("https://b.example/", "g1")


async def test_dates_to_come_are_now(feeds: Feeds) -> None:
    dates = "<pubDate>Sat, 01 Jan 2099 00:00:00 GMT</pubDate>"
    (headline,) = got(await visit(feeds, rss(item(1, dates)))).headlines
    assert headline.published == headline.first_seen == NOW


async def test_validators_go_back_verbatim_and_304_means_unchanged(feeds: Feeds) -> None:
    validators = {"etag": 'W/"odd, value=="', "last_modified": "Thu, 01 Oct 2026 00:00:00 GMT"}
    async with RawServer({"": answer(rss(item(1)), **validators)}) as server:
        first = got(await feeds.fetch(Feed(server.url), None))
        assert (first.etag, first.last_modified) == tuple(validators.values())
        health = replace(VISITED, url=server.url, etag=first.etag, last_modified=first.last_modified)
        server.answers[""] = answer(b"", "304 Not Modified", cache_control="max-age=900")
        second = got(await feeds.fetch(Feed(server.url), health))
    assert "if-none-match" not in server.asked[0].headers
    assert server.asked[1].headers["if-none-match"] == validators["etag"]
    assert server.asked[1].headers["if-modified-since"] == validators["last_modified"]
    assert (second.unchanged, second.headlines, second.wait) == (True, (), 900.0)


async def test_validators_of_a_visit_that_never_worked_are_not_sent(feeds: Feeds) -> None:
    async with RawServer(answer(rss(item(1)))) as server:
        await feeds.fetch(Feed(server.url), FeedHealth(server.url, "", checked_at=NOW, etag='"a"'))
    assert "if-none-match" not in server.asked[0].headers


async def test_the_same_bytes_again_are_not_read_again(feeds: Feeds) -> None:
    async with RawServer(answer(rss(item(1)))) as server:
        assert not got(await feeds.fetch(Feed(server.url), None)).unchanged
        assert got(await feeds.fetch(Feed(server.url), VISITED)).unchanged
        assert not got(await feeds.fetch(Feed(server.url), None)).unchanged


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, 300.0),
        ({"cache_control": "public, MAX-AGE=1200"}, 1200.0),
        ({"cache_control": "max-age=1200", "age": "200"}, 1000.0),
        ({"cache_control": "s-maxage=9000, max-age=60"}, 300.0),
        ({"cache_control": "max-age=soon"}, 300.0),
        ({"date": "Thu, 01 Oct 2026 00:00:00 GMT", "expires": "Thu, 01 Oct 2026 00:30:00 GMT"}, 1800.0),
        ({"date": "Thu, 01 Oct 2026 00:00:00 GMT", "expires": "0"}, 300.0),
        ({"cache_control": "max-age=600", "expires": "Thu, 01 Oct 2099 00:30:00 GMT"}, 600.0),
    ],
)
async def test_how_long_to_wait_is_the_longest_that_anybody_asks_for(
    feeds: Feeds, headers: Mapping[str, str], wait: float
) -> None:
    assert got(await visit(feeds, rss(item(1)), "200 OK", **headers)).wait == wait


async def test_a_feed_that_asks_for_nothing_is_left_to_us(feeds: Feeds) -> None:
    assert got(await visit(feeds, rss(item(1)).replace(b"<ttl>5</ttl>", b""))).wait is None


async def test_only_a_permanent_move_is_passed_on(feeds: Feeds) -> None:
    for status, moves in (("301 Moved Permanently", True), ("302 Found", False)):
        async with RawServer({"/new": answer(rss(item(1)))}) as server:
            server.answers["/old"] = answer(b"", status, location=server.url + "new")
            feed = Feed(server.url + "old")
            brought = got(await feeds.fetch(feed, None))
        assert brought.moved_to == (server.url + "new" if moves else "")
        assert brought.headlines[0].feed_url == feed.url


@pytest.mark.parametrize(
    ("status", "cause", "why"),
    [
        ("401 Unauthorized", Cause.REFUSED, "asks for a login to this feed"),
        ("402 Payment Required", Cause.REFUSED, "gives this feed to paying readers only"),
        ("403 Forbidden", Cause.BLOCKED, f"refuses to give this feed to programs{WAY_OUT}"),
        ("404 Not Found", Cause.MISSING, "has no feed at this address"),
        ("410 Gone", Cause.GONE, "has taken this feed down for good"),
        ("418 I'm a teapot", Cause.BROKEN, "does not accept the question (418)"),
        ("429 Too Many Requests", Cause.LIMITED, "asks for fewer visits"),
        (
            "451 Unavailable For Legal Reasons",
            Cause.BLOCKED,
            f"may not show this feed here, for legal reasons{WAY_OUT}",
        ),
        ("500 Internal Server Error", Cause.SERVER, "is out of order (500)"),
        ("503 Service Unavailable", Cause.SERVER, "is out of order (503)"),
        ("304 Not Modified", Cause.BROKEN, "answers, but not with a feed (304)"),
    ],
)
async def test_a_refusal_is_said_in_words(feeds: Feeds, status: str, cause: Cause, why: str) -> None:
    assert await visit(feeds, b"<h1>no</h1>", status=status) == Failed(f"127.0.0.1 {why}", None, cause)


@pytest.mark.parametrize(
    ("body", "cause", "why"),
    [
        (b"", Cause.BROKEN, "sent an empty feed"),
        (b"\x89PNG\r\n", Cause.BROKEN, "sent something that is no feed"),
        (CHALLENGE.encode(), Cause.BLOCKED, f"blocks programs (Cloudflare){WAY_OUT}"),
        (b"<html><body>Welcome</body></html>", Cause.BROKEN, "sent a web page instead of a feed"),
        (b"<!DOCTYPE r [<!ENTITY a 'b'>]><rss/>", Cause.BROKEN, "sent a feed that defines entities, as bombs do"),
    ],
)
async def test_what_is_no_feed_is_said_in_words(feeds: Feeds, body: bytes, cause: Cause, why: str) -> None:
    assert await visit(feeds, body) == Failed(f"127.0.0.1 {why}", None, cause)


async def test_the_one_feed_that_a_page_names_is_taken_in_its_place(feeds: Feeds) -> None:
    async with RawServer(
        {"/blog/": answer(WEB_PAGE.encode()), "/feed.xml": answer(rss(item(1)), etag='"v1"')}
    ) as server:
        feed = Feed(server.url + "blog/")
        brought = got(await feeds.fetch(feed, None))
        assert (brought.found_at, brought.etag) == (server.url + "feed.xml", '"v1"')
        assert brought.headlines[0].feed_url == feed.url
        await feeds.fetch(feed, replace(VISITED, address=brought.found_at, etag=brought.etag))
    assert [request.target for request in server.asked] == ["/blog/", "/feed.xml", "/feed.xml"]
    assert server.asked[-1].headers["if-none-match"] == '"v1"'


async def test_of_several_feeds_of_a_page_none_is_guessed(feeds: Feeds) -> None:
    page = WEB_PAGE.replace(
        "</head>", '<link rel=alternate type="application/atom+xml" title=Podcast href=/pod></head>'
    )
    async with RawServer(answer(page.encode())) as server:
        outcome = await feeds.fetch(Feed(server.url), None)
        assert isinstance(outcome, Failed)
        assert f"it names 2 feeds: {server.url}feed.xml {server.url}pod" in outcome.why
        found = await feeds.discover(server.url)
    assert not isinstance(found, Failed)
    assert [(each.url, each.title, each.items) for each in found] == [
        (server.url + "feed.xml", "RSS", None),
        (server.url + "pod", "Podcast", None),
    ]


async def test_a_page_that_leads_to_a_page_is_not_followed_further(feeds: Feeds) -> None:
    async with RawServer(answer(WEB_PAGE.encode())) as server:
        outcome = await feeds.fetch(Feed(server.url + "blog/"), None)
    assert isinstance(outcome, Failed)
    assert outcome.why == "127.0.0.1 sent a web page instead of a feed"
    assert len(server.asked) == 2


async def test_a_person_s_site_is_looked_through_for_its_feed(feeds: Feeds) -> None:
    async with RawServer(
        {"/": answer(b"<html><body>Welcome</body></html>"), "/rss.xml": answer(rss(item(1), item(2)))}
    ) as server:
        found = await feeds.discover(server.url)
        assert not isinstance(found, Failed)
        assert [(each.url, each.title, each.items) for each in found] == [(server.url + "rss.xml", "Hash & Block", 2)]
        with_name = await feeds.discover(server.url + "rss.xml")
    assert with_name == found


async def test_a_site_without_a_feed_is_told_as_such(feeds: Feeds) -> None:
    async with RawServer({"/": answer(b"<html><body>Welcome</body></html>")}) as server:
        outcome = await feeds.discover(server.url)
    assert isinstance(outcome, Failed)
    assert outcome.why == "127.0.0.1 sent a web page instead of a feed"
    assert len(server.asked) == 1 + len(USUAL_PATHS)


async def test_a_host_that_has_had_enough_is_not_asked_at_all_the_usual_places(feeds: Feeds) -> None:
    page, enough = answer(b"<html><body>Welcome</body></html>"), answer(b"", "429 Too Many Requests")
    async with RawServer({"/": page, **dict.fromkeys(USUAL_PATHS, enough)}) as server:
        outcome = await feeds.discover(server.url)
    assert isinstance(outcome, Failed)
    assert outcome.why == "127.0.0.1 sent a web page instead of a feed"
    assert len(server.asked) == 2


async def test_headers_of_a_feed_are_told_to_its_own_host_only(feeds: Feeds) -> None:
    async with RawServer(answer(rss(item(1)))) as elsewhere, RawServer({"/own": answer(rss(item(1)))}) as server:
        server.answers["/moved"] = answer(b"", "302 Found", location=elsewhere.url)
        feeds._fetcher.allow([elsewhere.url])
        secret = {"Authorization": "Bearer abc"}
        for path, health in (("own", None), ("moved", None), ("own", replace(VISITED, address=elsewhere.url))):
            got(await feeds.fetch(Feed(server.url + path, headers=secret), health))
    assert [request.headers.get("authorization") for request in server.asked] == ["Bearer abc", "Bearer abc"]
    assert [request.headers.get("authorization") for request in elsewhere.asked] == [None, None]


@pytest.mark.parametrize("status", ["400 Bad Request", "412 Precondition Failed"])
async def test_a_server_that_takes_no_conditions_is_asked_without(feeds: Feeds, status: str) -> None:
    async with RawServer(answer(b"", status)) as server:
        outcome = await feeds.fetch(Feed(server.url), replace(VISITED, etag='"v1"'))
    assert isinstance(outcome, Failed)
    assert [request.headers.get("if-none-match") for request in server.asked] == ['"v1"', None]


async def test_an_address_in_place_of_the_typed_one_may_not_be_private(feeds: Feeds) -> None:
    async with RawServer(answer(rss(item(1)))) as server:
        outcome = await feeds.fetch(Feed("https://feed.example/"), replace(VISITED, address=server.url))
    assert isinstance(outcome, Failed)
    assert outcome.cause is Cause.FORBIDDEN
    assert not server.asked


@pytest.mark.parametrize(
    ("status", "headers", "body", "owner"),
    [
        ("403 Forbidden", {"cf_mitigated": "challenge"}, "", " (Cloudflare)"),
        ("403 Forbidden", {}, CHALLENGE, " (Cloudflare)"),
        ("503 Service Unavailable", {}, CHALLENGE, " (Cloudflare)"),
        ("429 Too Many Requests", {"x_vercel_mitigated": "challenge"}, "", " (Vercel)"),
        ("403 Forbidden", {}, "<script src='https://ct.captcha-delivery.com/c.js'></script>", " (DataDome)"),
        ("403 Forbidden", {}, "Access Denied. Reference #18 https://errors.edgesuite.net/18", " (Akamai)"),
        ("200 OK", {"cf_mitigated": "challenge"}, "<rss/>", " (Cloudflare)"),
        ("403 Forbidden", {}, "<p>Please verify you are human</p>", ""),
    ],
)
async def test_walls_are_named(feeds: Feeds, status: str, headers: Mapping[str, str], body: str, owner: str) -> None:
    outcome = await visit(feeds, body, status, **headers)
    assert outcome == Failed(f"127.0.0.1 blocks programs{owner}{WAY_OUT}", None, Cause.BLOCKED)


@pytest.mark.parametrize(
    "after", ["120", format_datetime(datetime.fromtimestamp(NOW + 120, UTC), usegmt=True)], ids=["seconds", "date"]
)
@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
async def test_when_to_come_again_is_heard(feeds: Feeds, status: str, after: str) -> None:
    outcome = await visit(feeds, b"", status=status, retry_after=after)
    assert isinstance(outcome, Failed)
    assert outcome.retry_at == NOW + 120


async def test_a_body_that_breaks_off_is_no_news(feeds: Feeds) -> None:
    outcome = await visit(feeds, rss(item(1)), content_length="5000")
    assert isinstance(outcome, Failed)
    assert outcome.why == "127.0.0.1 sent an incomplete answer"


async def test_a_feed_without_end_is_cut_off(feeds: Feeds) -> None:
    outcome = await visit(feeds, b"", content_length="500000000")
    assert isinstance(outcome, Failed)
    assert outcome.cause is Cause.TOO_LARGE


async def test_after_closing_there_are_only_reasons() -> None:
    feeds = Feeds(Fetcher(user_agent="cointicker/test (a test)"), Worker())
    await feeds.close()
    async with RawServer(answer(rss(item(1)))) as server:
        assert isinstance(await feeds.fetch(Feed(server.url), None), Failed)
