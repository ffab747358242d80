"""Headlines from feeds: asked politely, read in the worker process."""

import re
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from hashlib import blake2b

from cointicker.domain.freshness import Failed
from cointicker.domain.news import Feed, FeedHealth, Headline
from cointicker.domain.words import SafeText
from cointicker.engine.ports import FeedAnswer
from cointicker.sources.answers import explain, failed
from cointicker.sources.http import Fetcher, Limits, Response
from cointicker.sources.parsing import Result
from cointicker.sources.worker import Worker
from cointicker.text.safe import clean, shown_host, vouch

_LIMITS = Limits(size=5_000_000)
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.5"
)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_LONGEST_VALIDATOR = 1_024


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
        headers = {"accept": _ACCEPT} | (_validators(health) if known and health else {})
        response = await self._fetcher.fetch(feed.url, headers=headers, limits=_LIMITS, typed=True)
        if isinstance(response, Failed):
            return response
        if response.status == 304 and known:
            return _answer(response, unchanged=True)
        failure = explain(response, feed.url, "feed")
        if failure is not None:
            return failure
        digest = blake2b(response.body, digest_size=16).digest()
        if known and self._bodies.get(feed.url) == digest:
            return _answer(response, unchanged=True)
        content_type = response.headers.get("content-type", "")
        result = await self._worker.run("feed", response.body, url=response.url, content_type=content_type)
        if isinstance(result, Failed):
            return failed(feed.url, result.why, result.cause)
        self._bodies[feed.url] = digest
        return self._headlines(feed, response, result)

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
        return _answer(response, headlines, contents, name=vouch(result["title"]), ttl=result["ttl"])


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
    ttl: float | None = None,
) -> FeedAnswer:
    return FeedAnswer(
        headlines=headlines,
        contents=contents or {},
        name=name,
        etag=_validator(response, "etag"),
        last_modified=_validator(response, "last-modified"),
        unchanged=unchanged,
        wait=max(filter(None, (_fresh_for(response.headers), ttl)), default=None),
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
