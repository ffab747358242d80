"""``cointicker feeds``: what headlines are read from, how it stands, and what is changed in it."""

import asyncio
import sys
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from cointicker.cli.csv_rows import csv_text
from cointicker.cli.deeds import Deeds
from cointicker.cli.fetching import WAIT_SECONDS
from cointicker.cli.forms.feeds import Feeds
from cointicker.cli.outlines import opml
from cointicker.cli.output import COULD_NOT, DONE, STALE, USAGE, Out, UsageError, no_such, shown_name
from cointicker.cli.tables import Column, table_lines
from cointicker.config.subscriptions import OWN_CATEGORIES
from cointicker.domain.categories import category_named
from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.news import Feed, FeedHealth
from cointicker.engine.actions import AddFeeds, RemoveFeed
from cointicker.engine.engine import Engine
from cointicker.engine.feed_words import word_feed, word_next
from cointicker.engine.ports import FoundFeed
from cointicker.text.numbers import iso_time
from cointicker.text.safe import clean, vet_url

FILE_LIMIT = 5_000_000
"""Bytes of an OPML file."""
_LOOK_EVERY = 0.2
_CALLED = 3
"""Feeds that were not visited and are called by name; more are counted."""
_STANDARD = "-"
_COLUMNS = (
    "url", "name", "categories", "ok", "error", "failures", "ok_at", "checked_at", "next_at", "items", "newest_at",
    "hidden", "gone", "read_at", "refresh", "mute", "full_articles", "headers",
)  # fmt: skip
"""Of the comma-separated values: the keys of the document."""


async def feeds(engine: Engine, command: Feeds, out: Out) -> int:
    """Print the feeds, or change them and say what was done; the exit status."""
    if engine.snapshot.demo and command.action not in {"list", "export"}:
        raise UsageError("--demo writes nothing")
    await engine.news.load()
    match command.action:
        case "list":
            _show(engine, engine.subscriptions.feeds, command, out)
            return DONE
        case "check":
            return await _check(engine, command, out)
        case "export":
            return _export(engine, command, out)
    deeds = Deeds(out, json=command.json)
    match command.action:
        case "add":
            await _add(engine, command, deeds)
        case "remove":
            for feed in _named(engine, command.words):
                deeds.tell(await engine.configuration.change(RemoveFeed(feed.url)), url=feed.url)
        case _:
            await _import(engine, command.words[0], deeds)
    return deeds.end()


# What there is


def _show(engine: Engine, shown: Sequence[Feed], command: Feeds, out: Out, waiting: Collection[Feed] = ()) -> None:
    hidden = Counter(headline.feed_url for headline in engine.snapshot.hidden)
    if command.json or command.csv:
        told = [_document(engine, feed, hidden[feed.url], visited=feed not in waiting) for feed in shown]
        if command.csv:
            out.write(csv_text(_COLUMNS, told))
        else:
            out.json({"demo": engine.snapshot.demo, "feeds": told})
        return
    now = engine.board.clock()
    healths = [engine.subscriptions.health_of(feed.url) or FeedHealth(feed.url, "") for feed in shown]
    states = [word_feed(health, hidden[health.url], now) for health in healths]
    columns = [
        Column("", ["✗" if health.why else "✓" if health.ok_at else "·" for health in healths]),
        Column(
            "", [engine.subscriptions.name_of(feed) for feed in shown], paint=lambda _row, text: out.paint.strong(text)
        ),
        Column("", states),
        Column("", [word_next(health, now) for health in healths], rank=2),
        Column("", [", ".join(feed.categories) for feed in shown], rank=3),
        Column("", [feed.url for feed in shown], rank=1, paint=lambda _row, text: out.paint.dim(text)),
    ]
    for line in table_lines(columns, out.width, out.paint):
        out.print(line)


def _document(engine: Engine, feed: Feed, hidden: int, *, visited: bool) -> dict[str, Any]:
    health = engine.subscriptions.health_of(feed.url) or FeedHealth(feed.url, "")
    return {
        "url": feed.url,
        "name": engine.subscriptions.name_of(feed),
        "categories": list(feed.categories),
        "refresh": feed.refresh,
        "mute": list(feed.mute),
        "full_articles": feed.full_articles,
        "headers": sorted(feed.headers),
        "ok": health.ok_at is not None and not health.why,
        "error": health.why or None,
        "failures": health.failures,
        "ok_at": iso_time(health.ok_at),
        "checked_at": iso_time(health.checked_at),
        "next_at": None if health.gone or health.checked_at is None else iso_time(health.next_at),
        "visited": visited,
        "items": health.items if health.ok_at is not None else None,
        "newest_at": iso_time(health.newest_at),
        "hidden": hidden,
        "gone": health.gone,
        "read_at": health.address or None,
    }


def _named(engine: Engine, words: Sequence[str]) -> tuple[Feed, ...]:
    """The feeds that words mean. Raises ``UsageError`` for one that means none, or more than one."""
    found: dict[str, Feed] = {}
    for word in words:
        meant = engine.subscriptions.named(word)
        if not meant:
            names = tuple(map(engine.subscriptions.name_of, engine.subscriptions.feeds))
            raise UsageError(no_such("feed", word, names))
        if len(meant) > 1:
            urls = ", ".join(feed.url for feed in meant)
            raise UsageError(f"{shown_name(word)} is what {len(meant)} feeds are called; take the address: {urls}")
        found[meant[0].url] = meant[0]
    return tuple(found.values())


async def _check(engine: Engine, command: Feeds, out: Out) -> int:
    wanted = _named(engine, command.words) or engine.subscriptions.feeds
    if engine.snapshot.offline:
        _show(engine, wanted, command, out, wanted)
        out.say(engine.snapshot.why_offline)
        return STALE
    waiting = await _visit(engine, [feed.url for feed in wanted])
    _show(engine, wanted, command, out, waiting)
    reasons: dict[str, list[str]] = {}
    for feed in waiting:
        reasons.setdefault(engine.subscriptions.why_not(feed), []).append(engine.subscriptions.name_of(feed))
    for reason, names in reasons.items():
        out.say(f"{', '.join(names)} {reason}" if len(names) <= _CALLED else f"{len(names)} feeds: each {reason}")
    late = [feed for feed in waiting if not engine.subscriptions.is_new(feed)]
    healths = [engine.subscriptions.health_of(feed.url) for feed in wanted if feed not in late]
    if any(health is not None and health.why for health in healths):
        return COULD_NOT
    return STALE if late else DONE


async def _visit(engine: Engine, urls: Sequence[str]) -> tuple[Feed, ...]:
    """Visit feeds, also where another process is at it for now; those that could not be visited."""
    loop = asyncio.get_running_loop()
    give_up = loop.time() + WAIT_SECONDS
    left = await engine.subscriptions.check(urls)
    while any(map(engine.subscriptions.is_elsewhere, left)) and loop.time() < give_up:
        await asyncio.sleep(_LOOK_EVERY)
        await engine.news.load_health()
        left = await engine.subscriptions.check([feed.url for feed in left])
    return left


# What is changed


async def _add(engine: Engine, command: Feeds, deeds: Deeds) -> None:
    categories = tuple(map(_category, command.categories))
    text = command.words[0]
    if engine.snapshot.offline:
        url = vet_url(text if "://" in text else f"https://{text}")
        if not url:
            raise UsageError(f"{shown_name(text)} is not an http or https address")
        found = FoundFeed(url)
    else:
        looked = await engine.find_feeds(text)
        if isinstance(looked, Failed):
            deeds.failed(looked.why, USAGE if looked.cause is Cause.FORBIDDEN else COULD_NOT)
            return
        if len(looked) > 1:
            deeds.failed(_choice(text, looked), USAGE)
            return
        found = looked[0]
    feed = Feed(found.url, clean(command.name) or found.title, categories)
    items = "" if found.items is None else f" ({found.url}, {found.items} items)"
    deeds.tell(await engine.configuration.change(AddFeeds((feed,))), items, url=feed.url)


def _choice(text: str, found: Sequence[FoundFeed]) -> str:
    ways = "; ".join(f"{each.title}: {each.url}" if each.title else each.url for each in found)
    return f"{shown_name(text)} has {len(found)} feeds; add one by its address: {ways}"


def _category(text: str) -> str:
    name = category_named(text)
    if name not in OWN_CATEGORIES:
        raise UsageError(no_such("category", text, OWN_CATEGORIES))
    return name


async def _import(engine: Engine, name: str, deeds: Deeds) -> None:
    document = await asyncio.to_thread(_read, name)
    outline = await engine.subscriptions.read_outline(document)
    if isinstance(outline, Failed):
        deeds.failed(f"{shown_name(name)} {outline.why}")
        return
    known = {feed.url for feed in engine.subscriptions.feeds}
    already = sum(feed.url in known for feed in outline.feeds)
    more = f"; {already} were read already" if 0 < already < len(outline.feeds) else ""
    if outline.unknown:
        more += f"; no categories of ours: {', '.join(outline.unknown[:8])}{' …' if len(outline.unknown) > 8 else ''}"
    deeds.tell(await engine.configuration.change(AddFeeds(outline.feeds)), more, feeds=len(outline.feeds) - already)


def _read(name: str) -> bytes:
    """At most a byte more than is allowed, which is then said by who reads it. Raises ``UsageError``."""
    try:
        if name == _STANDARD:
            return sys.stdin.buffer.read(FILE_LIMIT + 1)
        with Path(name).open("rb") as file:
            return file.read(FILE_LIMIT + 1)
    except OSError as error:
        raise UsageError(f"{shown_name(name)} cannot be read: {error.strerror}") from error


def _export(engine: Engine, command: Feeds, out: Out) -> int:
    named = [(feed, engine.subscriptions.name_of(feed)) for feed in engine.subscriptions.feeds]
    text = opml(named, engine.board.clock())
    if not command.words or command.words[0] == _STANDARD:
        out.write(text)
        return DONE
    path = Path(command.words[0])
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(f"{shown_name(str(path))} is there already and is kept") from error
    except OSError as error:
        out.say(f"{shown_name(str(path))} cannot be written: {error.strerror}")
        return COULD_NOT
    out.print(f"{len(named)} feeds written to {path}")
    return DONE
