"""Which feeds are read: looks for new ones, reads the lists of other programs, visits those that a person names."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from cointicker.domain.categories import ALL, category_named
from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.news import Feed, FeedHealth
from cointicker.engine.board import Board
from cointicker.engine.handle import SourceHandle
from cointicker.engine.ports import FoundFeed
from cointicker.engine.visiting import ASKED_AGAIN, Visits
from cointicker.text.numbers import format_clock
from cointicker.text.safe import shown_host, vet_url


@dataclass(frozen=True, slots=True)
class Outline:
    """The feeds of another program's list."""

    feeds: tuple[Feed, ...]
    unknown: tuple[str, ...] = ()
    """Names of its categories that are none of ours; feeds do without them."""


class Subscriptions:
    """Answers questions about feeds; what changes them are actions."""

    def __init__(self, sources: SourceHandle, board: Board, visits: Visits) -> None:
        self._sources = sources
        self._board = board
        self._visits = visits

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """All that are read."""
        return self._board.snapshot.settings.news.feeds

    def named(self, text: str) -> tuple[Feed, ...]:
        """The feeds that a person means by an address or a name; several where they share a name."""
        url = vet_url(text)
        found = tuple(feed for feed in self.feeds if url and feed.url == url)
        wanted = text.strip().lower()
        return found or tuple(feed for feed in self.feeds if self.name_of(feed).lower() == wanted)

    def name_of(self, feed: Feed) -> str:
        """What a feed is called: by the person, by itself, or by its host."""
        health = self.health_of(feed.url)
        return feed.name or (health.name if health is not None else "") or shown_host(feed.url)

    def health_of(self, url: str) -> FeedHealth | None:
        """How the visits to a feed went; ``None`` before the first."""
        return next((health for health in self._board.snapshot.feeds if health.url == url), None)

    async def find(self, text: str) -> tuple[FoundFeed, ...] | Failed:
        """The feeds at an address as a person types it, with or without ``https://``; at least one."""
        if self._board.snapshot.offline:
            return Failed(self._board.snapshot.why_offline, cause=Cause.OFFLINE)
        address = text.strip()
        ways = [address] if "://" in address else [f"https://{address}", f"http://{address}"]
        urls = [url for url in map(vet_url, ways) if url]
        if not urls:
            return Failed("this is not an http or https address", cause=Cause.FORBIDDEN)
        if until := self._visits.waits_until(Feed(urls[0])):
            why = f"{shown_host(urls[0])} asked us to wait until {format_clock(until)}"
            return Failed(why, until, Cause.LIMITED)
        source = (await self._sources.get()).feeds
        found = await source.discover(urls[0])
        if isinstance(found, Failed) and found.cause in {Cause.OFFLINE, Cause.BROKEN} and len(urls) > 1:
            other = await source.discover(urls[1])
            return found if isinstance(other, Failed) else other
        return found

    async def read_outline(self, document: bytes) -> Outline | Failed:
        """The feeds of an OPML document, with such categories as are ours."""
        found = await (await self._sources.get()).feeds.read_outline(document)
        if isinstance(found, Failed):
            return found
        unknown: dict[str, None] = {}
        feeds: list[Feed] = []
        for feed in found:
            ours = {name: category_named(name) for name in feed.categories}
            unknown |= dict.fromkeys(name for name, known in ours.items() if known in {None, ALL})
            kept = dict.fromkeys(known for known in ours.values() if known is not None and known != ALL)
            feeds.append(replace(feed, categories=tuple(kept)))
        return Outline(tuple(feeds), tuple(unknown))

    async def check(self, urls: Collection[str]) -> tuple[Feed, ...]:
        """Visit feeds now, though they be gone; those that were not: seen a moment ago, or told to wait."""
        before = {url: self._checked_at(url) for url in urls}
        await self._visits.refresh(force=True, only=urls)
        return tuple(feed for feed in self.feeds if feed.url in urls and self._checked_at(feed.url) == before[feed.url])

    def _checked_at(self, url: str) -> float | None:
        health = self.health_of(url)
        return health.checked_at if health is not None else None

    async def check_aloud(self, urls: Collection[str]) -> None:
        """The same, and tell the person which were not visited and why not."""
        if self._board.snapshot.offline:
            self._board.tell(self._board.snapshot.why_offline)
            return
        for feed in await self.check(urls):
            self._board.tell(f"{self.name_of(feed)} {self.why_not(feed)}")

    def why_not(self, feed: Feed) -> str:
        """Why a feed was not visited though somebody asked for it; completes a sentence that begins with its name."""
        if until := self._visits.waits_until(feed):
            return f"asked us to wait until {format_clock(until)}"
        return "was visited a moment ago" if self.is_new(feed) else "is being visited by another cointicker"

    def is_elsewhere(self, feed: Feed) -> bool:
        """Whether a feed was not visited because another process is at it."""
        return not self._visits.waits_until(feed) and not self.is_new(feed)

    def is_new(self, feed: Feed) -> bool:
        """Whether a feed was visited a moment ago."""
        at = self._checked_at(feed.url)
        return at is not None and 0 <= self._board.clock() - at < ASKED_AGAIN
