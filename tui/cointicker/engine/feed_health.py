"""What a visit to a feed changes in what is known of it. Pure."""

from dataclasses import replace
from urllib.parse import urlsplit

from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.news import Feed, FeedHealth
from cointicker.engine.feed_words import reason_of
from cointicker.engine.ports import FeedAnswer
from cointicker.engine.schedule import DAY, next_visit, retry_at, revisit_at
from cointicker.text.safe import clean, shown_host

MOVED_DAYS = 3
"""Different days on which a permanent redirect must name the same address before it is believed."""
_GIVE_UP_AFTER = 3
"""Failed visits in a row after which an address that stands in for the configured one is dropped again."""
_LEADS_NOWHERE = frozenset({Cause.MISSING, Cause.GONE, Cause.FORBIDDEN})


def place_of(url: str) -> str:
    """Host and port of an address."""
    return urlsplit(url).netloc.lower()


def asked_place(feed: Feed, health: FeedHealth | None) -> str:
    """Host and port that a visit to a feed goes to."""
    return place_of((health.address if health is not None else "") or feed.url)


def after_answer(
    feed: Feed, before: FeedHealth, answer: FeedAnswer, now: float, *, interval: float, items: int, newest: float | None
) -> FeedHealth:
    """After a visit that worked. ``interval``: seconds, of all feeds; ``items`` and ``newest`` of what it brought."""
    unchanged = answer.unchanged
    pace = before.pace if unchanged else answer.pace
    quiet = before.quiet if unchanged else answer.quiet
    asked = max(filter(None, (answer.wait, pace)), default=None)
    return replace(
        _follow_moves(before, answer, now),
        name=feed.name or clean(answer.name) or before.name or shown_host(feed.url),
        why="",
        failures=0,
        ok_at=now,
        checked_at=now,
        next_at=next_visit(now, feed.refresh or interval, asked, feed.url, quiet),
        asked=False,
        items=before.items if unchanged else items,
        newest_at=before.newest_at if newest is None else newest,
        etag=answer.etag or (before.etag if unchanged else ""),
        last_modified=answer.last_modified or (before.last_modified if unchanged else ""),
        pace=pace,
        quiet=quiet,
        gone=False,
    )


def _follow_moves(before: FeedHealth, answer: FeedAnswer, now: float) -> FeedHealth:
    """Believe a permanent redirect after some days, the feed that a page names at once; a temporary one never."""
    if answer.found_at:
        return replace(before, address=answer.found_at, moved_to="", moved_days=0, moved_at=None)
    target = answer.moved_to
    if not target or target == (before.address or before.url):
        return replace(before, moved_to="", moved_days=0, moved_at=None)
    if target != before.moved_to:
        return replace(before, moved_to=target, moved_days=1, moved_at=now)
    if before.moved_at is not None and now // DAY == before.moved_at // DAY:
        return before
    days = before.moved_days + 1
    if days < MOVED_DAYS:
        return replace(before, moved_days=days, moved_at=now)
    address = "" if target == before.url else target
    return replace(before, address=address, moved_to="", moved_days=0, moved_at=None)


def after_failure(feed: Feed, before: FeedHealth, failed: Failed, now: float, *, interval: float) -> FeedHealth:
    """After one more visit that failed; ``interval``: seconds, of all feeds.

    Where another address stood in for the feed's own, that is asked again.
    """
    failures = before.failures + 1
    lost = bool(before.address) and (failed.cause in _LEADS_NOWHERE or failures >= _GIVE_UP_AFTER)
    usual = next_visit(now, feed.refresh or interval, before.pace, feed.url, before.quiet)
    after = replace(
        before,
        name=feed.name or before.name or shown_host(feed.url),
        why=failed.why,
        failures=failures,
        checked_at=now,
        next_at=revisit_at(failed, failures, now, usual),
        asked=failed.retry_at is not None or failed.cause is Cause.LIMITED,
        gone=failed.cause is Cause.GONE and not before.address,
    )
    if not lost:
        return after
    # Validators belong to the address that gave them.
    return replace(after, address="", etag="", last_modified="", failures=1, next_at=retry_at(failed, 1, now))


def told_of(before: FeedHealth | None, after: FeedHealth) -> str:
    """What a person should hear of a visit beside how the feed stands, in a sentence; mostly nothing."""
    name = after.name or shown_host(after.url)
    if after.gone and not (before is not None and before.gone):
        return f"{name} is gone for good: {reason_of(after)}; it is asked no more"
    was = before.address if before is not None else ""
    if after.address and after.address != was:
        if before is not None and before.moved_to == after.address:
            return f"{name} has moved for good: {after.address} is used from now on"
        return f"{name} is a web page that names {after.address} as its feed: that is used"
    return ""
