"""Headlines from feeds: asked politely, read in the worker process."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from email.utils import parsedate_to_datetime
from functools import partial
from hashlib import blake2b
from urllib.parse import urljoin

from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.news import Feed, FeedHealth, Headline
from cointicker.domain.words import SafeText
from cointicker.engine.ports import FeedAnswer, FoundFeed
from cointicker.sources.answers import explain, failed, with_way_out
from cointicker.sources.http import Fetcher, Limits, Response, place_of
from cointicker.sources.parsing import MAX_OUTLINE, Result
from cointicker.sources.worker import Worker
from cointicker.text.safe import clean, shown_host, vouch

_LIMITS = Limits(size=5_000_000)
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.5"
)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_LONGEST_VALIDATOR = 1_024
_NO_CONDITIONS = frozenset({400, 412, 428})
"""What servers answer to a question for news only that do not understand it."""
USUAL_PATHS = ("/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json")
"""Where sites have their feeds that do not name them; looked at only when a person adds one."""


class Feeds:
    """Visits feeds. An address of a feed was typed by a person and may be private; the links in it may not."""

    def __init__(self, fetcher: Fetcher, worker: Worker, clock: Callable[[], float] = time.time) -> None:
        """``clock`` gives Unix seconds."""
        self._fetcher = fetcher
        self._worker = worker
        self._clock = clock
        self._bodies: dict[str, bytes] = {}
        """A hash of what each feed sent last and that could be read."""

    async def fetch(self, feed: Feed, health: FeedHealth | None) -> FeedAnswer | Failed:
        """Visit a feed, asking only for what is new since the visit that ``health`` tells of."""
        known = health is not None and health.ok_at is not None
        address = (health.address if health is not None else "") or feed.url
        response = await self._ask(feed, address, _validators(health) if known and health else {})
        if isinstance(response, Failed):
            return response
        if response.status == 304 and known:
            return _answer(response, unchanged=True)
        read = await self._read(response, address, known=known)
        if read is None:
            return _answer(response, unchanged=True)
        if isinstance(read, Failed):
            return read
        if "feeds" in read:
            return await self._follow_page(feed, address, read)
        return self._headlines(feed, response, read)

    async def _ask(self, feed: Feed, address: str, validators: Mapping[str, str]) -> Response | Failed:
        """Ask at an address; what a person set for the feed is told to the feed's own host only."""
        own = place_of(address) == place_of(feed.url)
        headers = {"accept": _ACCEPT} | (dict(feed.headers) if own else {})
        ask = partial(self._fetcher.fetch, address, limits=_LIMITS, typed=own)
        response = await ask(headers=headers | dict(validators))
        if validators and isinstance(response, Response) and response.status in _NO_CONDITIONS:
            return await ask(headers=headers)
        return response

    async def _read(self, response: Response, address: str, *, known: bool) -> Result | Failed | None:
        """What the worker makes of an answer; ``None``: the same as the last time."""
        failure = explain(response, address, "feed")
        if failure is not None:
            return with_way_out(failure)
        digest = blake2b(response.body, digest_size=16).digest()
        if known and self._bodies.get(address) == digest:
            return None
        content_type = response.headers.get("content-type", "")
        result = await self._worker.run("feed", response.body, url=response.url, content_type=content_type)
        if isinstance(result, Failed):
            return with_way_out(failed(address, result.why, result.cause))
        if "items" in result:
            self._bodies[address] = digest
        return result

    async def _follow_page(self, feed: Feed, address: str, page: Result) -> FeedAnswer | Failed:
        """Go on to the feed that a web page names, where that is one."""
        targets = [found["url"] for found in page["feeds"]]
        if len(targets) > 1:
            return failed(
                address, f"sent a web page instead of a feed; it names {len(targets)} feeds: {_ways(targets)}"
            )
        response = await self._ask(feed, targets[0], {})
        if isinstance(response, Failed):
            return response
        read = await self._read(response, targets[0], known=False)
        if isinstance(read, Failed):
            return read
        if read is None or "feeds" in read:
            return failed(address, f"sent a web page instead of a feed, and {targets[0]} is another one")
        return replace(self._headlines(feed, response, read), found_at=targets[0], moved_to="")

    async def discover(self, url: str) -> tuple[FoundFeed, ...] | Failed:
        """The feed at an address that a person typed, else those that its page names, else one at a usual place."""
        self._fetcher.allow((url,))
        response = await self._ask(Feed(url), url, {})
        if isinstance(response, Failed):
            return response
        found = await self._look_into(response, url)
        if isinstance(found, Failed) and found.cause in {Cause.BROKEN, Cause.MISSING}:
            for path in USUAL_PATHS:
                other = await self._look_at(urljoin(url, path))
                if isinstance(other, Failed) and other.cause not in {Cause.BROKEN, Cause.MISSING}:
                    return found  # whoever refuses one question need not hear seven
                if not isinstance(other, Failed) and other[0].items is not None:
                    return other
        if isinstance(found, Failed) or len(found) > 1 or found[0].items is not None:
            return found
        named = await self._look_at(found[0].url)
        return named if isinstance(named, Failed) else named[:1]

    async def _look_at(self, url: str) -> tuple[FoundFeed, ...] | Failed:
        response = await self._ask(Feed(url), url, {})
        return response if isinstance(response, Failed) else await self._look_into(response, url)

    async def _look_into(self, response: Response, url: str) -> tuple[FoundFeed, ...] | Failed:
        read = await self._read(response, url, known=False)
        if isinstance(read, Failed):
            return read
        if read is None or "items" not in read:
            feeds = () if read is None else read["feeds"]
            return tuple(FoundFeed(each["url"], vouch(each["title"])) for each in feeds)
        return (FoundFeed(response.moved_to or url, vouch(read["title"]), len(read["items"])),)

    async def read_outline(self, document: bytes) -> tuple[Feed, ...] | Failed:
        """The feeds of an OPML document. The reason of a failure completes the sentence "FILE …"."""
        if len(document) > MAX_OUTLINE:
            return Failed(f"is larger than {MAX_OUTLINE / 1e6:g} MB", cause=Cause.TOO_LARGE)
        result = await self._worker.run("outline", document)
        if isinstance(result, Failed):
            return result
        return tuple(Feed(each["url"], vouch(each["title"]), tuple(each["categories"])) for each in result["feeds"])

    async def close(self) -> None:
        """Let go of connections and of the worker process; never waits for either."""
        await self._worker.close()
        await self._fetcher.close()

    def _headlines(self, feed: Feed, response: Response, result: Result) -> FeedAnswer:
        now = self._clock()
        name = clean(feed.name) or vouch(result["title"]) or shown_host(feed.url)
        headlines = tuple(_headline(feed.url, name, item, now) for item in result["items"])
        contents = {
            headline.headline_id: item["foreign_html"]
            for headline, item in zip(headlines, result["items"], strict=True)
            if item["foreign_html"]
        }
        told = _answer(response, headlines, contents, name=vouch(result["title"]), pace=result["pace"])
        return replace(told, quiet=frozenset(result["quiet"]))


def headline_id(feed_url: str, key: str) -> str:
    """Twelve hexadecimal digits that stay the same over visits."""
    return blake2b(f"{feed_url}\n{key}".encode("utf-8", "replace"), digest_size=6).hexdigest()


def _headline(feed_url: str, name: SafeText, item: Result, now: float) -> Headline:
    published, updated = item["published"], item["updated"]
    return Headline(
        headline_id=headline_id(feed_url, item["key"]),
        feed_url=feed_url,
        source=name,
        title=vouch(item["title"]),
        url=item["url"],
        first_seen=now,
        published=min(published, now) if published is not None else None,
        updated=min(updated, now) if updated is not None else None,
        author=vouch(item["author"]),
        deck=vouch(item["deck"]),
        tags=tuple(map(vouch, item["tags"])),
    )


def _ways(targets: Sequence[str]) -> str:
    """The first few addresses, for a person to choose from."""
    return " ".join(targets[:3]) + (" …" if len(targets) > 3 else "")


def _validators(health: FeedHealth) -> dict[str, str]:
    found = {"if-none-match": health.etag, "if-modified-since": health.last_modified}
    return {name: value for name, value in found.items() if value}


def _answer(
    response: Response,
    headlines: tuple[Headline, ...] = (),
    contents: Mapping[str, str] | None = None,
    *,
    unchanged: bool = False,
    name: str = "",
    pace: float | None = None,
) -> FeedAnswer:
    return FeedAnswer(
        headlines=headlines,
        contents=contents or {},
        name=name,
        etag=_validator(response, "etag"),
        last_modified=_validator(response, "last-modified"),
        unchanged=unchanged,
        wait=max(filter(None, (_fresh_for(response.headers), pace)), default=None),
        pace=pace,
        moved_to=response.moved_to,
    )


def _validator(response: Response, name: str) -> str:
    value = response.headers.get(name, "")
    return value if len(value) <= _LONGEST_VALIDATOR else ""


def _fresh_for(headers: Mapping[str, str]) -> float | None:
    """Seconds that an answer stays fresh by its own account (RFC 9111 §4.2.1), ``None`` where it does not say."""
    found = _MAX_AGE.search(headers.get("cache-control", ""))
    if found:
        age = headers.get("age", "").strip()
        return max(0.0, float(found[1]) - (float(age) if age.isascii() and age.isdecimal() and len(age) < 10 else 0.0))
    try:
        expires, date = (parsedate_to_datetime(headers[name]).timestamp() for name in ("expires", "date"))
    except (KeyError, ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(0.0, expires - date)
